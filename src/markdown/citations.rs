//! Citations of a page's sources: `[^id]`, where no footnote has that name.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::ours;
use super::parse::Spanned;

/// A citation in a text.
struct Citation<'t> {
    id: &'t str,
    range: Range<usize>,
}

/// The ids that a body cites, each with its bytes in the body.
pub(super) fn find(events: &[Spanned<'_>], body: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut run: Option<Range<usize>> = None;
    let mut end_run = |run: Option<Range<usize>>| {
        let Some(run) = run else { return };
        found.extend(citations(body, &run).map(|c| (c.id.to_owned(), c.range)));
    };
    for (event, span) in events {
        match event {
            Event::Text(_) if depth == 0 => match &mut run {
                Some(run) if run.end == span.start => run.end = span.end,
                _ => end_run(run.replace(span.clone())),
            },
            Event::Start(Tag::CodeBlock(_)) => depth += 1,
            Event::End(TagEnd::CodeBlock) => depth -= 1,
            _ => end_run(run.take()),
        }
    }
    end_run(run);
    found
}

/// Puts a numbered link in the place of each citation. A source's number is its
/// place in `numbered`.
pub(super) fn apply<'a>(
    events: Vec<Spanned<'a>>,
    body: &str,
    numbered: &[String],
) -> Vec<Spanned<'a>> {
    if numbered.is_empty() {
        return events;
    }
    let mut out: Vec<Spanned<'a>> = Vec::with_capacity(events.len());
    let mut depth = 0usize;
    let mut events = events.into_iter().peekable();
    while let Some((event, mut span)) = events.next() {
        match &event {
            Event::Start(Tag::CodeBlock(_)) => depth += 1,
            Event::End(TagEnd::CodeBlock) => depth -= 1,
            Event::Text(_) if depth == 0 => {
                let first = out.len();
                out.push((event, span.clone()));
                while let Some((Event::Text(_), next)) = events.peek()
                    && next.start == span.end
                {
                    span.end = next.end;
                    out.extend(events.next());
                }
                for citation in citations(body, &span) {
                    if let Some(place) = numbered.iter().position(|id| id == citation.id) {
                        replace(&mut out, first, &citation, place + 1);
                    }
                }
                continue;
            }
            _ => {}
        }
        out.push((event, span));
    }
    out
}

/// Puts a link in the place of the texts that are a citation. The parser cuts
/// texts at brackets, so some begin and end where it does.
fn replace(out: &mut Vec<Spanned<'_>>, first: usize, citation: &Citation<'_>, number: usize) {
    let range = &citation.range;
    let from = out[first..].iter().position(|(_, span)| span.start == range.start);
    let to = out[first..].iter().position(|(_, span)| span.end == range.end);
    if let (Some(from), Some(to)) = (from, to)
        && from <= to
    {
        let link = (ours(link(number, citation.id)), range.clone());
        out.splice(first + from..=first + to, [link]);
    }
}

fn link(number: usize, id: &str) -> String {
    let mut link = String::from("<sup class=\"cite\"><a");
    super::text::attribute(&mut link, "href", &format!("#source-{id}"));
    link.push_str(&format!(" aria-label=\"Source {number}\">{number}</a></sup>"));
    link
}

/// The citations in a run of text; `\\[^x]` is none.
fn citations<'t>(body: &'t str, run: &Range<usize>) -> impl Iterator<Item = Citation<'t>> {
    let (run_start, run_end) = (run.start, run.end);
    let written = body.get(run_start..run_end).unwrap_or_default();
    written.match_indices("[^").filter_map(move |(at, _)| {
        let start = run_start + at;
        let rest = &written[at + 2..];
        let id = &rest[..rest.find(']')?];
        let is_id = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
        let is_escaped = body[..start].ends_with('\\');
        let range = start..start + 2 + id.len() + 1;
        (is_id && !is_escaped).then_some(Citation { id, range })
    })
}
