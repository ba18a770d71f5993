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
    /// Parts of about so many bytes, cut at blanks, are looked at one by one, since
    /// nearly all are ASCII.
    const PART: usize = 128;
    let (mut spaced, mut dense) = (0, 0);
    let mut rest = text;
    while !rest.is_empty() {
        let blank = rest.bytes().skip(PART).position(|byte| byte.is_ascii_whitespace());
        let (part, behind) = rest.split_at(blank.map_or(rest.len(), |at| PART + at));
        rest = behind;
        if part.is_ascii() {
            spaced += ascii_words(part.as_bytes());
            continue;
        }
        for word in part.split_whitespace() {
            let count = word.chars().filter(|c| is_dense(*c)).count();
            dense += count;
            spaced += usize::from(count == 0 && word.contains(char::is_alphanumeric));
        }
    }
    spaced + dense.div_ceil(2)
}

const LETTER: u8 = 1;
const BLANK: u8 = 2;

/// Which bytes are letters or digits, and which are blanks.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b' ' | b'\t'..=b'\r' => BLANK,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// A word is counted at its first letter or digit; without branches, since none could
/// be foretold.
fn ascii_words(bytes: &[u8]) -> usize {
    let (mut count, mut counted) = (0, 0);
    for byte in bytes {
        let class = CLASSES[usize::from(*byte)];
        count += usize::from(class & LETTER & !counted);
        counted = (counted | class) & LETTER & !(class / BLANK);
    }
    count
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_by_blanks_of_every_kind() {
        assert_eq!(words(""), 0);
        assert_eq!(words(" \t\u{b}\u{c}\r\n"), 0);
        assert_eq!(words("one\ttwo\u{b}three\u{a0}four\u{3000}five \u{2003} six"), 6);
        assert_eq!(words("\u{1f}a\u{1f}b"), 1);
        assert_eq!(words("naïve café – « ouï » — … no 1"), 5);
    }

    #[test]
    fn words_are_counted_wherever_they_fall() {
        for length in 1..20 {
            for blanks in 1..20 {
                let pair = ["x".repeat(length), "-".repeat(length)].join(" ");
                let text = vec![pair; 40].join(&" ".repeat(blanks));
                assert_eq!(words(&text), 40, "{length} {blanks}");
                let late = text.replace('x', "-") + "x";
                assert_eq!(words(&late), 1, "{length} {blanks}");
                assert_eq!(words(&(text + " é")), 41, "{length} {blanks}");
            }
        }
    }

    #[test]
    fn a_word_says_something() {
        assert_eq!(words("-- go, & *rust* … ("), 2);
        assert_eq!(words("@ A [ Z ` a { z / 0 : 9 ~ _ !"), 6);
        assert_eq!(words("a—b is — c"), 3);
    }

    #[test]
    fn two_characters_are_a_word_where_no_blanks_part_them() {
        assert_eq!(words("並行処理"), 2);
        assert_eq!(words("並行 処 Rust"), 3);
        assert_eq!(words("Rustで書く"), 2);
    }
}
