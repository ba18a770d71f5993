//! Short texts of front matter: Markdown without a body of their own.

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Tag};

use super::parse::parse;
use super::text::{escaped, push_plain, words};
use super::{Dialect, LinkKind, Outline, Setting, Shortcodes, Source, Targets, citations, html};
use crate::diag::{Checked, Place};

/// What a text refers to.
#[derive(Debug, Default)]
pub struct References {
    /// Destinations of links and images.
    pub links: Vec<(String, LinkKind)>,
    /// The ids it cites.
    pub citations: Vec<String>,
}

/// Whether a text is nothing but words, as most are: the parser would add
/// nothing but escapes.
pub(super) fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    let starts_plain = bytes.next().is_none_or(|b| b.is_ascii_alphabetic() || b >= 0x80);
    starts_plain
        && !text.bytes().any(|b| b"\\`*_[]<>&!{}~|\n\r\t$^#\0".contains(&b))
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !text.contains("//")
        && !text.contains("www.")
}

/// What a text links to and cites.
pub fn references(text: &str, dialect: &Dialect) -> References {
    let mut references = References::default();
    if is_plain(text) {
        return references;
    }
    let events = parse(text, dialect);
    for (event, _) in &events {
        match event {
            Event::Start(Tag::Link { dest_url, link_type, .. })
                if *link_type != LinkType::Email =>
            {
                references.links.push((dest_url.to_string(), LinkKind::Link));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                references.links.push((dest_url.to_string(), LinkKind::Image));
            }
            _ => {}
        }
    }
    references.citations = citations::find(&events, text).into_iter().map(|(id, _)| id).collect();
    references
}

/// How many words a text has.
pub fn word_count(text: &str, dialect: &Dialect) -> usize {
    words(&plain(text, dialect))
}

/// The words of a text, without its marks.
pub fn plain<'t>(text: &'t str, dialect: &Dialect) -> Cow<'t, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len());
    for (event, _) in parse(text, dialect) {
        push_plain(&mut words, &event);
    }
    Cow::Owned(words.trim().to_owned())
}

/// Renders a text. One that is a single paragraph stands without its `<p>`, so
/// that it fits a line, a cell or a list. Problems are told at `place`.
pub fn text(
    place: &Place,
    text: &str,
    setting: Setting<'_>,
    dialect: &Dialect,
    targets: &dyn Targets,
    templates: &dyn Shortcodes,
) -> Checked<String> {
    if is_plain(text) {
        return Checked::clean(escaped(text));
    }
    let outline = Outline::default();
    let source = Source { file: &place.file, body: text, offset: 0, outline: &outline, setting };
    let mut html = html(source, dialect, targets, templates);
    for problem in &mut html.problems {
        problem.place = Some(place.clone());
    }
    html.map(|html| inline(&html).to_owned())
}

/// HTML without the tags of a paragraph that is all of it.
pub fn inline(html: &str) -> &str {
    let html = html.trim_end();
    let single = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    single.filter(|html| !html.contains("</p>")).unwrap_or(html)
}
