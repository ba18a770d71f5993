//! A body as Markdown again, for readers that want no HTML.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::html::Source;
use super::outline::MORE;
use super::parse::{options, parse};
use super::texts::is_plain;
use super::{Dialect, Outline, Setting, Targets, citations, markers, shortcodes};
use crate::path::{SourcePath, is_external};

/// Writes a body anew: links lead where `targets` says, citations are numbers
/// in brackets, blocks take the place of their markers, and a heading that
/// repeats the title is left out. Everything else stays as it was written.
pub fn rewrite(source: Source<'_>, dialect: &Dialect, targets: &dyn Targets) -> String {
    if is_final(source) {
        return source.body.trim().to_owned();
    }
    let masked = shortcodes::mask(source.body, dialect);
    let mut edits = within(source, &masked.text, dialect, targets);
    edits.extend(cited(source, &source.outline.citations));
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
    let outline = Outline::default();
    let setting = Setting { citations: sources, ..Setting::default() };
    let source = Source { file, body: text, offset: 0, outline: &outline, setting };
    let mut edits = within(source, text, dialect, targets);
    edits.extend(cited(source, &citations::find(&parse(text, dialect), text)));
    edited(text, edits)
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

/// Whether there is nothing to be written anew: most articles need no parsing.
fn is_final(source: Source<'_>) -> bool {
    let outline = source.outline;
    outline.links.iter().all(|link| is_external(&link.destination))
        && outline.citations.is_empty()
        && outline.headings.iter().all(|heading| !heading.dropped)
        && !source.body.contains("<!--")
}

type Edit = (Range<usize>, String);

/// Links, markers and the heading that repeats the title.
fn within(source: Source<'_>, body: &str, dialect: &Dialect, targets: &dyn Targets) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut printed = Vec::new();
    let mut headings = source.outline.headings.iter();
    let mut events = Parser::new_ext(body, options(dialect)).into_offset_iter();
    while let Some((event, span)) = events.next() {
        match event {
            Event::Start(
                Tag::Link { link_type: LinkType::Inline, dest_url, .. }
                | Tag::Image { link_type: LinkType::Inline, dest_url, .. },
            ) => edits.extend(relinked(body, "](", &dest_url, span, targets)),
            Event::Start(Tag::HtmlBlock) => {
                let html = markers::html_block(&mut events);
                if html.trim() == MORE {
                    edits.push((span, String::new()));
                    continue;
                }
                let Some(name) = markers::name(&html) else { continue };
                let block = source.setting.blocks.iter().find(|(block, _)| *block == name);
                let fresh = block.filter(|(block, _)| !printed.contains(block));
                printed.extend(fresh.map(|(block, _)| *block));
                let text =
                    fresh.map_or_else(String::new, |(_, text)| below(body, span.start, text));
                edits.push((span, text));
            }
            Event::End(TagEnd::Heading(_))
                if headings.next().is_some_and(|heading| heading.dropped) =>
            {
                edits.push((span, String::new()));
            }
            _ => {}
        }
    }
    for (_, definition) in events.reference_definitions().iter() {
        edits.extend(relinked(body, "]:", &definition.dest, definition.span.clone(), targets));
    }
    edits
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

/// A destination in what was written of its link: it follows a `mark`, which a
/// text and a title that repeat it do not.
fn relinked(
    body: &str,
    mark: &str,
    destination: &str,
    span: Range<usize>,
    targets: &dyn Targets,
) -> Option<Edit> {
    let target = targets.link(destination);
    if target == destination || destination.is_empty() {
        return None;
    }
    let written = body.get(span.clone())?;
    let start = written.rmatch_indices(mark).find_map(|(at, _)| {
        let rest = written[at + mark.len()..].trim_start();
        let rest = rest.strip_prefix('<').unwrap_or(rest);
        rest.starts_with(destination).then(|| span.end - rest.len())
    })?;
    Some((start..start + destination.len(), target))
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
