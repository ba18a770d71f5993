//! Markers: comments on lines of their own that say where a block goes, in the
//! idiom of `<!--more-->`.

use std::borrow::Borrow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use pulldown_cmark::{Event, TagEnd};

use super::parse::Spanned;

/// A comment that is a single word, on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// The word.
    pub name: String,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// How many headings stand before it.
    pub headings: usize,
    /// Whether it stands among text or other HTML, where no block has a place.
    pub is_stray: bool,
}

/// The text of an HTML block whose start was taken, up to and with its end. A
/// marker is all of its block.
pub(super) fn html_block<'a>(events: &mut impl Iterator<Item: Borrow<Spanned<'a>>>) -> String {
    let mut html = String::new();
    for event in events {
        match &event.borrow().0 {
            Event::Html(part) | Event::Text(part) => html.push_str(part),
            Event::End(TagEnd::HtmlBlock) => break,
            _ => {}
        }
    }
    html
}

/// The word of a marker: `dimensions` of `<!-- dimensions -->`.
pub(super) fn name(html: &str) -> Option<&str> {
    let word = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let is_word = word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_'));
    (is_word && word != "more").then_some(word)
}
