//! Plain text: escaping it, counting it, cutting it short.

use pulldown_cmark::Event;
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

/// Text for an element.
pub(super) fn escape(out: &mut String, text: &str) {
    // Writing to a text can't fail.
    let _ = escape_html_body_text(out, text);
}

/// A text as HTML shows it.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(&mut out, text);
    out
}

/// Text for an attribute in double quotes.
pub(super) fn escape_attribute(out: &mut String, value: &str) {
    // Writing to a text can't fail.
    let _ = escape_html(out, value);
}

/// ` name="value"`.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_attribute(out, value);
    out.push('"');
}

/// Adds the words that an event shows.
pub(super) fn push_plain(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => out.push_str(text),
        Event::SoftBreak | Event::HardBreak => out.push(' '),
        _ => {}
    }
}

/// Words, with two characters of a script that has no blanks for one word.
pub(super) fn words(text: &str) -> usize {
    let mut dense = 0;
    let spaced = text
        .split_whitespace()
        .filter(|word| {
            if word.is_ascii() {
                return word.bytes().any(|b| b.is_ascii_alphanumeric());
            }
            let count = word.chars().filter(|c| is_dense(*c)).count();
            dense += count;
            count == 0 && word.contains(char::is_alphanumeric)
        })
        .count();
    spaced + dense.div_ceil(2)
}

/// Kana, Han and Hangul: scripts in which a blank is not what parts words.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// At most `limit` characters, cut between words.
pub(super) fn shorten(text: &str, limit: usize) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    [text[..cut].trim_end_matches([' ', ',', ';', ':', '.', '–', '-']), "…"].concat()
}
