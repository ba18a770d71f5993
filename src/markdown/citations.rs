//! Citations of a page's sources: `[^id]`, where no footnote has that name.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::ours;
use super::parse::Spanned;

/// The ids that a body cites, each with its bytes in the body.
pub(super) fn find(events: &[Spanned<'_>], body: &str) -> Vec<(String, Range<usize>)> {
    if memmem::find(body.as_bytes(), b"[^").is_none() {
        return Vec::new();
    }
    let runs = runs(events).into_iter();
    let found = runs.flat_map(|run| citations(body, run.bytes));
    found.map(|citation| (citation.id.to_owned(), citation.bytes)).collect()
}

/// Puts a numbered link in the place of each citation. A source's number is its
/// place in `numbered`.
pub(super) fn apply<'a>(
    events: Vec<Spanned<'a>>,
    body: &str,
    numbered: &[String],
) -> Vec<Spanned<'a>> {
    replace(events, body, numbered, |cited, is_linked| Some(ours(mark(cited, is_linked))))
}

/// Takes the citations of `sources` out: they are no words of a text.
pub(super) fn without<'a>(
    events: Vec<Spanned<'a>>,
    body: &str,
    sources: &[String],
) -> Vec<Spanned<'a>> {
    replace(events, body, sources, |_, _| None)
}

/// Texts that follow one another, which the parser cuts at brackets.
struct Run {
    events: Range<usize>,
    bytes: Range<usize>,
}

/// The runs outside code blocks.
fn runs(events: &[Spanned<'_>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut in_code = false;
    for (at, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => match runs.last_mut() {
                Some(run) if run.events.end == at && run.bytes.end == span.start => {
                    run.events.end = at + 1;
                    run.bytes.end = span.end;
                }
                _ => runs.push(Run { events: at..at + 1, bytes: span.clone() }),
            },
            _ => {}
        }
    }
    runs
}

/// A citation as written.
struct Citation<'t> {
    id: &'t str,
    bytes: Range<usize>,
}

/// The citations in a run of text; `\\[^x]` is none.
fn citations(body: &str, run: Range<usize>) -> impl Iterator<Item = Citation<'_>> {
    let written = body.get(run.clone()).unwrap_or_default();
    written.match_indices("[^").filter_map(move |(at, _)| {
        let start = run.start + at;
        let rest = &written[at + 2..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c)))?;
        let is_citation = end > 0 && rest[end..].starts_with(']') && !body[..start].ends_with('\\');
        is_citation.then(|| Citation { id: &rest[..end], bytes: start..start + 2 + end + 1 })
    })
}

/// A citation of a known source, in whole events.
struct Cited<'t> {
    id: &'t str,
    number: usize,
    events: Range<usize>,
    bytes: Range<usize>,
}

fn cited<'t>(events: &[Spanned<'_>], body: &'t str, sources: &[String]) -> Vec<Cited<'t>> {
    let numbers: HashMap<&str, usize> =
        sources.iter().enumerate().map(|(at, id)| (id.as_str(), at + 1)).collect();
    let mut found = Vec::new();
    for run in runs(events) {
        let mut at = run.events.start;
        let mut next = |is_it: &dyn Fn(&Range<usize>) -> bool| {
            let place = events[at..run.events.end].iter().position(|(_, span)| is_it(span));
            at += place.unwrap_or_default();
            place.map(|_| at)
        };
        for Citation { id, bytes } in citations(body, run.bytes) {
            let Some(number) = numbers.get(id).copied() else { continue };
            if let Some(first) = next(&|span| span.start == bytes.start)
                && let Some(last) = next(&|span| span.end == bytes.end)
            {
                found.push(Cited { id, number, events: first..last + 1, bytes });
            }
        }
    }
    found
}

/// Puts what `mark` makes of a citation, told whether it stands in a link, in
/// its place.
fn replace<'a>(
    events: Vec<Spanned<'a>>,
    body: &str,
    sources: &[String],
    mark: impl Fn(&Cited<'_>, bool) -> Option<Event<'a>>,
) -> Vec<Spanned<'a>> {
    if sources.is_empty() {
        return events;
    }
    let mut cited = cited(&events, body, sources).into_iter().peekable();
    let mut out = Vec::with_capacity(events.len());
    let mut links = 0usize;
    let mut end = 0;
    for (at, (event, span)) in events.into_iter().enumerate() {
        match event {
            Event::Start(Tag::Link { .. }) => links += 1,
            Event::End(TagEnd::Link) => links -= 1,
            _ => {}
        }
        if let Some(citation) = cited.next_if(|citation| citation.events.start == at) {
            out.extend(mark(&citation, links > 0).map(|event| (event, citation.bytes.clone())));
            end = citation.events.end;
        }
        if at >= end {
            out.push((event, span));
        }
    }
    out
}

/// A link in a link would end the outer one.
fn mark(cited: &Cited<'_>, is_linked: bool) -> String {
    let number = cited.number;
    let mut mark = String::from("<sup class=\"cite\">");
    if is_linked {
        mark.push_str(&format!("{number}</sup>"));
        return mark;
    }
    mark.push_str("<a");
    super::text::attribute(&mut mark, "href", &format!("#source-{}", cited.id));
    mark.push_str(&format!(" aria-label=\"Source {number}\">{number}</a></sup>"));
    mark
}
