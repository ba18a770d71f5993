//! Markers: comments on lines of their own that say where a block goes, in the
//! idiom of `<!--more-->`.

use std::ops::Range;

/// A comment that is a single word, on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// The word.
    pub name: String,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// How many headings stand before it.
    pub headings: usize,
}

/// The word of a marker: `dimensions` of `<!-- dimensions -->`.
pub(super) fn name(html: &str) -> Option<&str> {
    let word = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let is_word = word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_'));
    (is_word && word != "more").then_some(word)
}
