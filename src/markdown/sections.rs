//! What each section of a body says, as plain text: what a search shows of it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parse::parse;
use super::text::push_plain;
use super::{Dialect, Source, shortcodes};

/// Of a block of code the lines are kept that end within so many bytes.
const CODE: usize = 400;

/// The text of a body before its first heading, then that of each heading's
/// section without the heading itself; code is cut short.
pub fn sections(source: Source<'_>, dialect: &Dialect) -> Vec<String> {
    let mut walk =
        Walk { citations: citations(source), texts: vec![String::new()], ..Walk::default() };
    walk.body(source.body, dialect, 0);
    walk.texts.truncate(source.outline.headings.len() + 1);
    for text in &mut walk.texts {
        text.truncate(text.trim_end().len());
    }
    walk.texts
}

/// Where the body cites its sources.
fn citations(source: Source<'_>) -> Vec<Range<usize>> {
    let own = |(_, range): &(String, Range<usize>)| {
        range.start.saturating_sub(source.offset)..range.end.saturating_sub(source.offset)
    };
    source.outline.citations.iter().map(own).collect()
}

#[derive(Default)]
struct Walk {
    /// Where sources are cited, which says nothing here.
    citations: Vec<Range<usize>>,
    texts: Vec<String>,
    in_heading: bool,
    /// How many bytes of the block being read are left to keep.
    code: Option<usize>,
}

impl Walk {
    /// Reads a body, or what stands in a shortcode of one.
    fn body(&mut self, body: &str, dialect: &Dialect, depth: usize) {
        let masked = shortcodes::mask(body, dialect);
        let events = masked.without_calls(parse(&masked.text, dialect), body);
        let mut calls = masked.calls.iter().filter_map(|call| call.inner.clone()).peekable();
        for (event, span) in &events {
            while let Some(inner) = calls.next_if(|inner| inner.start <= span.start) {
                self.inner(&body[inner], dialect, depth);
            }
            let is_cited =
                |range: &Range<usize>| range.start <= span.start && span.end <= range.end;
            if depth > 0 || !self.citations.iter().any(is_cited) {
                self.step(event, depth);
            }
        }
        for inner in calls {
            self.inner(&body[inner], dialect, depth);
        }
    }

    fn inner(&mut self, body: &str, dialect: &Dialect, depth: usize) {
        if depth < shortcodes::MAX_DEPTH {
            self.body(body, dialect, depth + 1);
            self.blank();
        }
    }

    fn step(&mut self, event: &Event<'_>, depth: usize) {
        match event {
            // Inside a shortcode nothing can lead to a heading.
            Event::Start(Tag::Heading { .. }) if depth == 0 => {
                self.texts.push(String::new());
                self.in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) if depth == 0 => self.in_heading = false,
            Event::Start(Tag::CodeBlock(_)) => self.code = Some(CODE),
            Event::End(TagEnd::CodeBlock) => {
                self.code = None;
                self.blank();
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::Heading(_)
                | TagEnd::BlockQuote(_)
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => self.blank(),
            _ if self.in_heading => {}
            Event::Text(text) if self.code.is_some() => self.code(text),
            event => push_plain(self.text(), event),
        }
    }

    fn code(&mut self, text: &str) {
        let Some(left) = self.code else { return };
        let end = text.len().min(left);
        let end = if end < text.len() {
            text.as_bytes()[..end].iter().rposition(|b| *b == b'\n')
        } else {
            Some(end)
        };
        self.code = Some(end.map_or(0, |end| left - end));
        let kept = &text[..end.unwrap_or(0)];
        self.text().push_str(kept);
    }

    fn text(&mut self) -> &mut String {
        if self.texts.is_empty() {
            self.texts.push(String::new());
        }
        let last = self.texts.len() - 1;
        &mut self.texts[last]
    }

    fn blank(&mut self) {
        let text = self.text();
        if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}
