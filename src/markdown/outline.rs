//! The first pass: what a body holds, without rendering it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parse::{Spanned, parse_defined};
use super::rewrite::{Part, parts};
use super::text::{push_plain, shorten, words};
use super::{
    Dialect, Heading, Marker, citations, headings, markers, placeholder, placeholders, shortcodes,
};
use crate::diag::{At, Checked, Diagnostic, Lint, Place};
use crate::path::SourcePath;

/// How long a summary taken from the text may be, in characters.
const SUMMARY: usize = 280;

/// Ends the summary.
pub(super) const MORE: &str = "<!--more-->";

/// What a body holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outline {
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Ids that raw HTML and footnotes give, as targets of links.
    pub ids: Vec<String>,
    /// Its links and images, in order.
    pub links: Vec<Link>,
    /// The ids that `[^id]` names without a footnote of that name, with their
    /// bytes in the file.
    pub citations: Vec<(String, Range<usize>)>,
    /// Its markers, in order.
    pub markers: Vec<Marker>,
    /// What is written anew where the body is printed as Markdown again.
    pub(super) parts: Vec<Part>,
    /// The words of its prose, without code blocks; those of a comparison
    /// are added to them.
    pub words: usize,
    /// The text before `<!--more-->`, or the first paragraph; plain, cut short.
    pub summary: String,
}

/// The text of a body, for those who look for words in it.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// Its prose, headings included.
    pub prose: String,
    /// Its code blocks.
    pub code: String,
    /// What it sets apart, by a link, as code or by emphasis, in order.
    pub phrases: Vec<String>,
}

/// A link as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The destination.
    pub destination: String,
    /// Where it stands in the file.
    pub at: At,
    /// What it is used for.
    pub kind: LinkKind,
}

/// What a link is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// To be followed.
    Link,
    /// To be shown.
    Image,
}

/// A body to be read.
#[derive(Clone, Copy)]
pub struct Body<'a> {
    /// The file, for messages.
    pub file: &'a SourcePath,
    /// The Markdown.
    pub text: &'a str,
    /// The byte of the file at which it begins.
    pub offset: usize,
    /// The title that a first-level heading would repeat.
    pub title: Option<&'a str>,
    /// Ids that the page gives to other things than headings.
    pub reserved: &'a [String],
    /// The ids of the page's sources: `[^id]` is a number and no word.
    pub sources: &'a [String],
    /// Whether somebody looks for words in its code, and in what it sets apart.
    pub counts_words: bool,
}

/// Reads a body.
pub fn outline(body: Body<'_>, dialect: &Dialect) -> Checked<(Outline, Wording)> {
    outline_at(body, dialect, 0)
}

/// The same, inside `depth` shortcodes.
fn outline_at(whole: Body<'_>, dialect: &Dialect, depth: usize) -> Checked<(Outline, Wording)> {
    let Body { file, text: body, offset, title, reserved, sources, counts_words } = whole;
    let masked = shortcodes::mask(body, dialect);
    let (events, definitions) = parse_defined(&masked.text, dialect);
    let events = masked.without_calls(events, body);
    let citations = citations::find(&events, body);
    let events = citations::without(events, body, sources);
    let mut problems = Vec::new();
    let mut report = |span: Range<usize>, problem: Diagnostic| {
        let range = span.start + offset..span.end + offset;
        problems.push(problem.at(Place::bytes(file, range)));
    };
    let headings = headings::read(&events, title, reserved, &mut report);
    let parts = parts(&events, &definitions, &headings, body);
    let mut walk = Walk {
        offset,
        counts_words,
        outline: Outline { headings, parts, ..Outline::default() },
        wording: Wording { prose: String::with_capacity(body.len()), ..Wording::default() },
        ..Walk::default()
    };
    for event in &events {
        walk.step(event, &mut report);
    }
    for call in &masked.calls {
        let says = |name: &str| {
            call.arguments.iter().any(|(n, text)| n == name && !text.trim().is_empty())
        };
        if call.name == "figure" && !says("alt") && !says("caption") {
            let problem = Diagnostic::new(Lint::ImageAlt, "a figure without a text");
            report(call.range.clone(), problem.help("say what it shows: `alt=\"…\"`"));
        }
        for (index, kind) in call.links() {
            walk.link(&call.arguments[index].1, &call.range, kind);
        }
    }
    if placeholders::may_hold(&walk.wording.prose) {
        for mark in placeholders::find(&events, body) {
            report(mark.clone(), placeholder(&body[mark]));
        }
    }
    let (mut outline, mut wording) = (walk.outline, walk.wording);
    outline.words = words(&wording.prose);
    outline.citations = citations;
    for (_, range) in &mut outline.citations {
        *range = range.start + offset..range.end + offset;
    }
    for range in masked.calls.iter().filter_map(|call| call.inner.as_ref()) {
        if depth < shortcodes::MAX_DEPTH {
            let text = &body[range.clone()];
            let inner = Body { text, offset: offset + range.start, title: Some(""), ..whole };
            let (inner, said) = outline_at(inner, dialect, depth + 1).unpack(&mut problems);
            // Its headings have no ids, so nothing can lead to them.
            outline.links.extend(inner.links);
            outline.citations.extend(inner.citations);
            outline.words += inner.words;
            wording.append(said);
        }
    }
    let first = walk.first_paragraph.unwrap_or(walk.lead.len());
    let lead = if walk.has_more { walk.lead.as_str() } else { &walk.lead[..first] };
    outline.summary = shorten(lead, SUMMARY);
    Checked { value: (outline, wording), problems }
}

impl Wording {
    /// Adds what a part of the body says.
    fn append(&mut self, inner: Self) {
        self.prose.push('\n');
        self.prose.push_str(&inner.prose);
        self.code.push_str(&inner.code);
        self.phrases.extend(inner.phrases);
    }
}

#[derive(Default)]
struct Walk {
    offset: usize,
    counts_words: bool,
    outline: Outline,
    wording: Wording,
    /// Where in `wording.prose` the things begin that are set apart here.
    apart: Vec<usize>,
    /// The paragraphs before `<!--more-->`, or before enough is collected.
    lead: String,
    /// Where in `lead` the first paragraph ends.
    first_paragraph: Option<usize>,
    has_more: bool,
    in_code: bool,
    headings_read: usize,
    /// The bytes of the HTML block that was begun last.
    html_block: Range<usize>,
    in_paragraph: bool,
    /// The text alternative of the image being read.
    alt: Option<(String, Range<usize>)>,
}

impl Walk {
    fn step(
        &mut self,
        (event, span): &Spanned<'_>,
        report: &mut impl FnMut(Range<usize>, Diagnostic),
    ) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::Heading { .. }) => {
                self.headings_read += 1;
            }
            Event::End(TagEnd::Heading(_)) => {
                self.wording.prose.push('\n');
            }
            Event::Start(Tag::Paragraph) => self.in_paragraph = true,
            Event::End(TagEnd::Paragraph) => self.end_paragraph(),
            Event::Start(Tag::Link { dest_url, link_type, .. })
                if *link_type != pulldown_cmark::LinkType::Email =>
            {
                self.link(dest_url, span, LinkKind::Link);
                self.set_apart(event);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.link(dest_url, span, LinkKind::Image);
                self.alt = Some((String::new(), span.clone()));
            }
            Event::End(TagEnd::Image) => {
                let missing = self.alt.take().filter(|(alt, _)| alt.trim().is_empty());
                if let Some((_, span)) = missing {
                    let problem = Diagnostic::new(Lint::ImageAlt, "an image without a text");
                    report(span, problem.help("say what it shows: `![the text](picture.png)`"));
                }
            }
            Event::Start(Tag::HtmlBlock) => self.html_block = span.clone(),
            Event::Html(html) => {
                self.marker(html, span, span.len() < self.html_block.len());
                self.html(html);
            }
            Event::InlineHtml(html) => {
                self.marker(html, span, true);
                self.html(html);
            }
            Event::FootnoteReference(name) => self.outline.ids.push(format!("fnref-{name}")),
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.outline.ids.push(format!("fn-{name}"));
            }
            event if !self.in_code => self.text(event),
            Event::Text(text) if self.counts_words => self.wording.code.push_str(text),
            _ => {}
        }
    }

    fn text(&mut self, event: &Event<'_>) {
        self.set_apart(event);
        push_plain(&mut self.wording.prose, event);
        if matches!(event, Event::End(_)) {
            self.wording.prose.push(' ');
        }
        if let Some((alt, _)) = &mut self.alt {
            push_plain(alt, event);
        }
        if self.in_paragraph && !self.has_more && self.lead.len() < SUMMARY * 8 {
            push_plain(&mut self.lead, event);
        }
    }

    fn set_apart(&mut self, event: &Event<'_>) {
        match event {
            _ if !self.counts_words => {}
            Event::Code(text) => self.wording.phrases.push(text.to_string()),
            Event::Start(Tag::Link { .. } | Tag::Strong | Tag::Emphasis) => {
                self.apart.push(self.wording.prose.len());
            }
            Event::End(TagEnd::Link | TagEnd::Strong | TagEnd::Emphasis) => {
                let phrase = self.apart.pop().map(|start| &self.wording.prose[start..]);
                self.wording.phrases.extend(phrase.map(str::to_owned));
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.in_paragraph = false;
        self.wording.prose.push('\n');
        if !self.has_more && !self.lead.trim().is_empty() {
            self.first_paragraph.get_or_insert(self.lead.len());
            self.lead.push(' ');
        }
    }

    fn marker(&mut self, html: &str, span: &Range<usize>, is_stray: bool) {
        if let Some(name) = markers::name(html) {
            let range = span.start + self.offset..span.end + self.offset;
            let (name, headings) = (name.to_owned(), self.headings_read);
            self.outline.markers.push(Marker { name, range, headings, is_stray });
        }
    }

    fn link(&mut self, destination: &str, span: &Range<usize>, kind: LinkKind) {
        let range = span.start + self.offset..span.end + self.offset;
        self.outline.links.push(Link {
            destination: destination.to_owned(),
            at: At::Bytes(range),
            kind,
        });
    }

    /// Ids in raw HTML are what links may lead to.
    fn html(&mut self, html: &str) {
        self.has_more |= html.trim() == MORE;
        for name in [" id=", " name="] {
            for (at, _) in html.match_indices(name) {
                let rest = &html[at + name.len()..];
                let value = match rest.chars().next() {
                    Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next(),
                    _ => rest.split([' ', '>', '/']).next(),
                };
                self.outline.ids.extend(value.filter(|id| !id.is_empty()).map(str::to_owned));
            }
        }
    }
}
