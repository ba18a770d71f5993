//! The second pass: HTML.

use std::ops::Range;

use memchr::memchr;
use pulldown_cmark::{Event, html::push_html};

use super::parse::{Spanned, parse};
use super::{
    Colours, Dialect, Outline, Shortcodes, Targets, alerts, autolinks, citations, code, footnotes,
    headings, images, links, pairs, raw_html, shortcodes, tables,
};
use crate::diag::{Checked, Diagnostic, Place};
use crate::path::SourcePath;

/// A body and what is known of it.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The file, for messages.
    pub file: &'a SourcePath,
    /// The Markdown.
    pub body: &'a str,
    /// The byte of the file at which the body begins.
    pub offset: usize,
    /// What the first pass made of it.
    pub outline: &'a Outline,
    /// What the page it stands in knows.
    pub setting: Setting<'a>,
}

/// What a page tells its texts.
#[derive(Clone, Copy, Default)]
pub struct Setting<'a> {
    /// What the page's subjects are called: words that label a block of code.
    pub names: &'a [String],
    /// The inks of what it compares, by name.
    pub inks: &'a [(String, usize)],
    /// The ids of its sources, in the order of their numbers.
    pub citations: &'a [String],
    /// HTML for the markers that name it, `<!--name-->`.
    pub blocks: &'a [(&'static str, String)],
    /// The colours of code that are known.
    pub colours: Option<&'a Colours<'a>>,
    /// Whether the page shows it first.
    pub is_first: bool,
}

/// What the passes of [`html`] share.
pub(super) struct Context<'a> {
    pub(super) source: Source<'a>,
    pub(super) targets: &'a dyn Targets,
    pub(super) problems: Vec<Diagnostic>,
    /// How many shortcodes the source stands in.
    pub(super) depth: usize,
}

impl Context<'_> {
    /// Reports a problem at a span of the body.
    pub(super) fn report(&mut self, span: &Range<usize>, problem: Diagnostic) {
        let offset = self.source.offset;
        let place = Place::bytes(self.source.file, span.start + offset..span.end + offset);
        self.problems.push(problem.at(place));
    }
}

/// Renders a body.
///
/// Every pass takes events and returns events, and none looks at another's
/// HTML:
///
/// 1. shortcodes are masked, so that Markdown can't read into them;
/// 2. the text becomes events;
/// 3. raw HTML is sanitised, before anything else is HTML, and blocks take the
///    place of their markers;
/// 4. shortcodes are rendered into their places;
/// 5. citations get their numbers, bare addresses become links, links and images get their targets;
/// 6. headings get their ids;
/// 7. code that does one task in several languages is paired, its labels taken
///    aside;
/// 8. code gets its caption and its colours, tables their box, alerts and
///    footnotes their elements;
/// 9. what is left is printed as CommonMark says.
pub fn html(
    source: Source<'_>,
    dialect: &Dialect,
    targets: &dyn Targets,
    templates: &dyn Shortcodes,
) -> Checked<String> {
    html_at(source, dialect, targets, templates, 0)
}

/// The same, inside `depth` shortcodes.
pub(super) fn html_at(
    source: Source<'_>,
    dialect: &Dialect,
    targets: &dyn Targets,
    templates: &dyn Shortcodes,
    depth: usize,
) -> Checked<String> {
    let masked = shortcodes::mask(source.body, dialect);
    let mut events = parse(&masked.text, dialect);
    let mut context = Context { source, targets, problems: Vec::new(), depth };
    if let Dialect::Versus(config) = dialect {
        events = raw_html::apply(events, config.html, &mut context);
        events = shortcodes::apply(events, &masked, templates, dialect, &mut context);
        events = citations::apply(events, source.body, source.setting.citations);
        events = autolinks::apply(events);
        events = links::apply(events, &config.external_links, &mut context);
        events = images::apply(events, &context);
        events = headings::apply(events, &source.outline.headings, &config.strings);
        let (paired, captions) = pairs::apply(events, &mut context);
        events = code::apply(paired, captions, config.highlight, &mut context);
        events = tables::apply(events, &config.strings);
        events = alerts::apply(events, &config.strings);
        events = footnotes::apply(events, &config.strings);
    }
    Checked { value: print(events, source.body.len()), problems: context.problems }
}

fn print(events: Vec<Spanned<'_>>, size: usize) -> String {
    let mut out = String::with_capacity(size + size / 2);
    push_html(&mut out, events.into_iter().map(|(event, _)| event));
    // As CommonMark says (2.3), and no HTML may hold it.
    match memchr(b'\0', out.as_bytes()) {
        Some(_) => out.replace('\0', "\u{fffd}"),
        None => out,
    }
}

/// HTML of our own, as an event.
pub(super) fn ours<'a>(html: impl Into<pulldown_cmark::CowStr<'a>>) -> Event<'a> {
    Event::InlineHtml(html.into())
}
