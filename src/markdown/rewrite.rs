//! A body as Markdown again, for readers that want no HTML.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::html::Source;
use super::outline::MORE;
use super::parse::options;
use super::{Dialect, Targets, markers, shortcodes};
use crate::path::is_external;

/// Writes a body anew: links lead where `targets` says, citations are numbers
/// in brackets, blocks take the place of their markers, and a heading that
/// repeats the title is left out. Everything else stays as it was written.
pub fn rewrite(source: Source<'_>, dialect: &Dialect, targets: &dyn Targets) -> String {
    if is_final(source) {
        return source.body.trim().to_owned();
    }
    let masked = shortcodes::mask(source.body, dialect);
    let mut edits = within(source, &masked.text, dialect, targets);
    edits.extend(citations(source));
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
            ) => edits.extend(relinked(body, &dest_url, span, targets)),
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
                let text = fresh.map_or_else(String::new, |(_, text)| format!("{text}\n"));
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
        edits.extend(relinked(body, &definition.dest, definition.span.clone(), targets));
    }
    edits
}

/// The last place of a destination in what was written of its link.
fn relinked(
    body: &str,
    destination: &str,
    span: Range<usize>,
    targets: &dyn Targets,
) -> Option<Edit> {
    let start = span.start + body.get(span)?.rfind(destination)?;
    let target = targets.link(destination);
    let is_other = target != destination && !destination.is_empty();
    is_other.then(|| (start..start + destination.len(), target))
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
