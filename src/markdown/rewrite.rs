//! A body as Markdown again, for readers that want no HTML.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::html::Source;
use super::outline::MORE;
use super::parse::{Definition, Spanned, parse_defined};
use super::texts::is_plain;
use super::{Dialect, Heading, Outline, Setting, Targets, citations, markers};
use crate::path::{SourcePath, is_external};

/// A part of a body that is written anew where the body is printed as Markdown.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Part {
    /// Its bytes in the body.
    range: Range<usize>,
    kind: Kind,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
enum Kind {
    /// Where a link or image leads: perhaps elsewhere, read from elsewhere.
    Destination,
    /// A marker of a block.
    Marker(Box<str>),
    /// What is left out: a heading that repeats the title, the end of the summary.
    Spare,
}

/// Finds those parts. Links to other sites are as they should be.
pub(super) fn parts(
    events: &[Spanned<'_>],
    definitions: &[Definition],
    headings: &[Heading],
    body: &str,
) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut headings = headings.iter();
    let mut events = events.iter();
    while let Some((event, span)) = events.next() {
        match event {
            Event::Start(
                Tag::Link { link_type: LinkType::Inline, dest_url, .. }
                | Tag::Image { link_type: LinkType::Inline, dest_url, .. },
            ) => parts.extend(destination(body, "](", dest_url, span)),
            Event::Start(Tag::HtmlBlock) => {
                let html = markers::html_block(&mut events);
                let name = markers::name(&html).map(|name| Kind::Marker(name.into()));
                let kind = if html.trim() == MORE { Some(Kind::Spare) } else { name };
                parts.extend(kind.map(|kind| Part { range: span.clone(), kind }));
            }
            Event::End(TagEnd::Heading(_))
                if headings.next().is_some_and(|heading| heading.dropped) =>
            {
                parts.push(Part { range: span.clone(), kind: Kind::Spare });
            }
            _ => {}
        }
    }
    for (leads_to, span) in definitions {
        parts.extend(destination(body, "]:", leads_to, span));
    }
    parts
}

/// A destination in what was written of its link: it follows a `mark`, which a
/// text and a title that repeat it do not.
fn destination(body: &str, mark: &str, destination: &str, span: &Range<usize>) -> Option<Part> {
    if destination.is_empty() || is_external(destination) {
        return None;
    }
    let written = body.get(span.clone())?;
    let start = written.rmatch_indices(mark).find_map(|(at, _)| {
        let rest = written[at + mark.len()..].trim_start();
        let rest = rest.strip_prefix('<').unwrap_or(rest);
        rest.starts_with(destination).then(|| span.end - rest.len())
    })?;
    Some(Part { range: start..start + destination.len(), kind: Kind::Destination })
}

/// Writes a body anew: links lead where `targets` says, citations are numbers
/// in brackets, blocks take the place of their markers, and a heading that
/// repeats the title is left out. Everything else stays as it was written.
pub fn rewrite(source: Source<'_>, targets: &dyn Targets) -> String {
    let mut printed = Vec::new();
    let mut edits = cited(source, &source.outline.citations);
    for part in &source.outline.parts {
        let text = instead(part, source, &mut printed, targets);
        edits.extend(text.map(|text| (part.range.clone(), text)));
    }
    edited(source.body, edits)
}

/// The same of a short text, which cites the sources of its page.
pub fn rewrite_text(
    file: &SourcePath,
    text: &str,
    sources: &[String],
    dialect: &Dialect,
    targets: &dyn Targets,
) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let (events, definitions) = parse_defined(text, dialect);
    let outline = Outline {
        parts: parts(&events, &definitions, &[], text),
        citations: citations::find(&events, text),
        ..Outline::default()
    };
    let setting = Setting { citations: sources, ..Setting::default() };
    rewrite(Source { file, body: text, offset: 0, outline: &outline, setting }, targets)
}

fn edited(body: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(body.len() + 256);
    let mut at = 0;
    for (range, text) in edits {
        // What stands inside something that was replaced is gone with it.
        if range.start >= at {
            out.push_str(&body[at..range.start]);
            out.push_str(&text);
            at = range.end;
        }
    }
    out.push_str(&body[at..]);
    out.trim().to_owned()
}

type Edit = (Range<usize>, String);

/// What to write in the place of a part; `printed` are the blocks before it.
fn instead<'s>(
    part: &'s Part,
    source: Source<'_>,
    printed: &mut Vec<&'s str>,
    targets: &dyn Targets,
) -> Option<String> {
    match &part.kind {
        Kind::Destination => {
            let destination = source.body.get(part.range.clone())?;
            Some(targets.link(destination)).filter(|target| target != destination)
        }
        Kind::Marker(name) => {
            let block = source.setting.blocks.iter().find(|(block, _)| **block == **name);
            let fresh = block.filter(|_| !printed.contains(&&**name));
            printed.push(name);
            let text = fresh.map(|(_, text)| below(source.body, part.range.start, text));
            Some(text.unwrap_or_default())
        }
        Kind::Spare => Some(String::new()),
    }
}

/// A block in the list or quote that its marker stands in.
fn below(body: &str, marker: usize, text: &str) -> String {
    let line = body[..marker].rfind('\n').map_or(0, |at| at + 1);
    let before = body[line..marker].chars();
    let before: String = before.map(|c| if c == '>' { '>' } else { ' ' }).collect();
    let lines: Vec<String> =
        text.trim_end().lines().map(|line| format!("{before}{line}")).collect();
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    format!("{}\n", lines.join("\n").trim_start_matches(before.as_str()))
}

fn cited(source: Source<'_>, citations: &[(String, Range<usize>)]) -> Vec<Edit> {
    let offset = source.offset;
    let numbers: HashMap<&str, usize> =
        source.setting.citations.iter().enumerate().map(|(at, id)| (id.as_str(), at + 1)).collect();
    let edit = |(id, range): &(String, Range<usize>)| {
        let number = numbers.get(id.as_str())?;
        Some((range.start - offset..range.end - offset, format!("[{number}]")))
    };
    citations.iter().filter_map(edit).collect()
}
