//! A body as Markdown again, for readers that want no HTML.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::html::Source;
use super::outline::MORE;
use super::parse::{options, parse};
use super::{Dialect, Targets, markers, shortcodes};

/// Writes a body anew: links lead where `targets` says, citations are numbers
/// in brackets, blocks take the place of their markers, and a heading that
/// repeats the title is left out. Everything else stays as it was written.
pub fn rewrite(source: Source<'_>, dialect: &Dialect, targets: &dyn Targets) -> String {
    let masked = shortcodes::mask(source.body, dialect);
    let mut edits = links(&masked.text, dialect, targets);
    edits.extend(citations(source));
    edits.extend(comments(source, &masked.text, dialect));
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(source.body.len() + 256);
    let mut at = 0;
    for (range, text) in edits {
        // What stands inside something that was replaced is gone with it.
        if range.start >= at {
            out.push_str(&source.body[at..range.start]);
            out.push_str(&text);
            at = range.end;
        }
    }
    out.push_str(&source.body[at..]);
    out.trim().to_owned()
}

type Edit = (Range<usize>, String);

fn links(body: &str, dialect: &Dialect, targets: &dyn Targets) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut edit = |destination: &str, range: Range<usize>| {
        let Some(at) = body.get(range.clone()).and_then(|text| text.rfind(destination)) else {
            return;
        };
        let start = range.start + at;
        let target = targets.link(destination);
        if target != destination && !destination.is_empty() {
            edits.push((start..start + destination.len(), target));
        }
    };
    for (event, span) in parse(body, dialect) {
        match event {
            Event::Start(
                Tag::Link { link_type: LinkType::Inline, dest_url, .. }
                | Tag::Image { link_type: LinkType::Inline, dest_url, .. },
            ) => edit(&dest_url, span),
            _ => {}
        }
    }
    let parser = Parser::new_ext(body, options(dialect));
    let mut definitions: Vec<_> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| (definition.dest.to_string(), definition.span.clone()))
        .collect();
    definitions.sort_by_key(|(_, span)| span.start);
    for (destination, span) in definitions {
        edit(&destination, span);
    }
    edits
}

fn citations(source: Source<'_>) -> Vec<Edit> {
    let offset = source.offset;
    let number = |id: &String| source.setting.citations.iter().position(|own| own == id);
    let edit = |(id, range): &(String, Range<usize>)| {
        let number = number(id)? + 1;
        Some((range.start - offset..range.end - offset, format!("[{number}]")))
    };
    source.outline.citations.iter().filter_map(edit).collect()
}

fn comments(source: Source<'_>, body: &str, dialect: &Dialect) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut printed = Vec::new();
    let mut headings = source.outline.headings.iter();
    for (event, span) in parse(body, dialect) {
        match event {
            Event::Html(html) if html.trim() == MORE => edits.push((span, String::new())),
            Event::Html(html) => {
                let Some(name) = markers::name(&html) else { continue };
                let block = source.setting.blocks.iter().find(|(block, _)| *block == name);
                let fresh = block.filter(|(block, _)| !printed.contains(block));
                printed.extend(fresh.map(|(block, _)| *block));
                let text = fresh.map_or_else(String::new, |(_, text)| format!("{text}\n"));
                edits.push((span, text));
            }
            Event::End(TagEnd::Heading(_)) => {
                if headings.next().is_some_and(|heading| heading.dropped) {
                    edits.push((span, String::new()));
                }
            }
            _ => {}
        }
    }
    edits
}
