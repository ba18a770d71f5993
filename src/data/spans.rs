//! The same data with positions, parsed only when a problem has to be shown.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};
use toml::de::{DeTable, DeValue};

use crate::diag::{KeyPath, KeyStep};
use crate::path::slugify;

/// Where the values of a text are.
#[derive(Debug)]
pub struct Spans {
    range: Range<usize>,
    below: Below,
}

#[derive(Debug)]
enum Below {
    Leaf,
    List(Vec<Spans>),
    Map(Vec<(String, Range<usize>, Spans)>),
}

impl Spans {
    /// The bytes of the value at a path, or of its last key.
    pub fn find(&self, path: &KeyPath, key: bool) -> Option<Range<usize>> {
        let mut at = self;
        let mut name = self.range.clone();
        for step in &path.0 {
            (name, at) = match (step, &at.below) {
                (KeyStep::Name(wanted), Below::Map(entries)) => {
                    let named = |found: &str| found.eq_ignore_ascii_case(wanted);
                    let entry = entries.iter().find(|(found, ..)| named(found));
                    // `C++` may stand where `c-plus-plus` is meant.
                    let entry = entry
                        .or_else(|| entries.iter().find(|(found, ..)| named(&slugify(found))))?;
                    (entry.1.clone(), &entry.2)
                }
                (KeyStep::Item(index), Below::List(items)) => {
                    items.get(*index).map(|item| (item.range.clone(), item))?
                }
                // A scalar stands for a list of one.
                (KeyStep::Item(0), _) => (at.range.clone(), at),
                _ => return None,
            };
        }
        // A value that is nothing has no bytes: its key stands for it.
        Some(if key || at.range.is_empty() { name } else { at.range.clone() })
    }
}

pub(super) fn toml(text: &str) -> Option<Spans> {
    let table = DeTable::parse(text).ok()?;
    let range = table.span();
    Some(Spans { range, below: toml_table(table.get_ref()) })
}

fn toml_table(table: &DeTable<'_>) -> Below {
    let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
        let name: &std::borrow::Cow<'_, str> = key.get_ref();
        (name.to_string(), key.span(), toml_value(value))
    };
    Below::Map(table.iter().map(entry).collect())
}

fn toml_value(value: &toml::Spanned<DeValue<'_>>) -> Spans {
    let below = match value.get_ref() {
        DeValue::Array(items) => Below::List(items.iter().map(toml_value).collect()),
        DeValue::Table(table) => toml_table(table),
        _ => Below::Leaf,
    };
    Spans { range: value.span(), below }
}

pub(super) fn yaml(text: &str) -> Option<Spans> {
    YamlReader::new(text).read()
}

/// The first key that stands twice in one map: its name, and both places.
pub(super) fn duplicate(text: &str) -> Option<(String, Range<usize>, Range<usize>)> {
    find_duplicate(&yaml(text)?)
}

fn find_duplicate(spans: &Spans) -> Option<(String, Range<usize>, Range<usize>)> {
    match &spans.below {
        Below::Leaf => None,
        Below::List(items) => items.iter().find_map(find_duplicate),
        Below::Map(entries) => {
            entries.iter().enumerate().find_map(|(index, (name, range, value))| {
                let first = entries[..index].iter().find(|(other, ..)| other == name);
                first
                    .map(|(_, first, _)| (name.clone(), first.clone(), range.clone()))
                    .or_else(|| find_duplicate(value))
            })
        }
    }
}

/// Builds the tree from saphyr's events.
struct YamlReader<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    text: &'t str,
    /// The byte of each character, for a text that is not ASCII throughout.
    bytes: Option<Vec<usize>>,
}

impl<'t> YamlReader<'t> {
    fn new(text: &'t str) -> Self {
        let bytes = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).collect());
        Self { parser: Parser::new_from_str(text), text, bytes }
    }

    fn read(mut self) -> Option<Spans> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_), _) => {}
                (event, span) => return self.value(event, span),
            }
        }
    }

    fn next(&mut self) -> Option<(Event<'t>, Range<usize>)> {
        let (event, span) = self.parser.next()?.ok()?;
        let range = self.range(span);
        Some((event, range))
    }

    fn range(&self, span: Span) -> Range<usize> {
        let byte = |index: usize| match &self.bytes {
            Some(bytes) => bytes.get(index).copied().unwrap_or(self.text.len()),
            None => index.min(self.text.len()),
        };
        let (start, end) = (byte(span.start.index()), byte(span.end.index()));
        let trimmed = self.text[start..end.max(start)].trim_end();
        start..start + trimmed.len()
    }

    fn value(&mut self, event: Event<'t>, range: Range<usize>) -> Option<Spans> {
        match event {
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => break,
                        (event, range) => items.push(self.value(event, range)?),
                    }
                }
                let range = around(range, items.iter().map(|item| &item.range));
                Some(Spans { range, below: Below::List(items) })
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                loop {
                    let (event, key_range) = match self.next()? {
                        (Event::MappingEnd, _) => break,
                        other => other,
                    };
                    let name = match &event {
                        Event::Scalar(name, ..) => name.to_string(),
                        _ => String::new(),
                    };
                    self.value(event, key_range.clone())?;
                    let (event, range) = self.next()?;
                    entries.push((name, key_range, self.value(event, range)?));
                }
                let inside = entries.iter().flat_map(|(_, key, value)| [key, &value.range]);
                let range = around(range, inside);
                Some(Spans { range, below: Below::Map(entries) })
            }
            _ => Some(Spans { range, below: Below::Leaf }),
        }
    }
}

/// A collection reaches from its first part to its last.
fn around<'r>(start: Range<usize>, parts: impl Iterator<Item = &'r Range<usize>>) -> Range<usize> {
    parts.fold(start, |all, part| all.start.min(part.start)..all.end.max(part.end))
}
