//! All problems of a run: sorted, said once, with line, column and excerpt.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{At, Diagnostic, KeyPath, Levels, Lint, Severity};
use crate::path::SourcePath;

/// Where a report finds the texts that problems point into.
pub trait Texts {
    /// The text of a file, if it can be had.
    fn text(&self, file: &SourcePath) -> Option<String>;

    /// What finds the bytes of a key path in `text`, a file's.
    fn finder(&self, file: &SourcePath, text: &str) -> Finder;
}

/// Finds the bytes of the value at a key path, or of its key.
pub type Finder = Box<dyn Fn(&KeyPath, bool) -> Option<Range<usize>>>;

/// A problem with everything needed to show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// The problem.
    pub diagnostic: Diagnostic,
    /// How grave it is on this site.
    pub severity: Severity,
    /// The file, if it has one.
    pub file: Option<SourcePath>,
    /// Where in the file, if that is known.
    pub spot: Option<Spot>,
}

/// A place in a text, as people count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// How many characters of the line are meant, at least 1.
    pub width: usize,
    /// The line, or the part of it round the place.
    pub excerpt: Excerpt,
}

/// What is shown of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// How many characters of it stand before the place.
    pub indent: usize,
    /// Whether the line begins before the text.
    pub cut_left: bool,
    /// Whether the line goes on behind the text.
    pub cut_right: bool,
}

/// How many characters are shown before a place, and from it on.
const WINDOW: usize = 100;

/// How many problems of each severity a run has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Those that fail every command.
    pub errors: usize,
    /// Those that fail `check` and `--strict`.
    pub warnings: usize,
    /// Those that fail nothing.
    pub infos: usize,
}

/// The problems of a run, ready to be shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Report {
    /// The problems, by file and position.
    pub problems: Vec<Located>,
}

impl Report {
    /// Looks every problem up in the texts.
    pub fn new(diagnostics: Vec<Diagnostic>, levels: &Levels, texts: &dyn Texts) -> Self {
        let mut by_file: BTreeMap<Option<SourcePath>, Vec<(Diagnostic, Severity)>> =
            BTreeMap::new();
        for diagnostic in diagnostics {
            let Some(severity) = levels.severity(diagnostic.lint) else { continue };
            let file = diagnostic.place.as_ref().map(|place| place.file.clone());
            by_file.entry(file).or_default().push((diagnostic, severity));
        }
        let mut problems = Vec::new();
        for (file, diagnostics) in by_file {
            let source = file.as_ref().and_then(|file| Source::new(file, texts));
            let mut located = locate(diagnostics, source.as_ref());
            located.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
            located.dedup();
            problems.append(&mut located);
        }
        Self { problems }
    }

    /// How many problems of each severity there are.
    pub fn tally(&self) -> Tally {
        let count = |severity| self.problems.iter().filter(|p| p.severity == severity).count();
        Tally {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        }
    }
}

impl Located {
    fn sort_key(&self) -> (usize, usize, Lint, &str) {
        let (line, column) = self.spot.as_ref().map_or((0, 0), |spot| (spot.line, spot.column));
        (line, column, self.diagnostic.lint, &self.diagnostic.message)
    }

    /// `file:line:column`, as far as it is known.
    pub fn position(&self) -> Option<String> {
        let file = self.file.as_ref()?;
        Some(match &self.spot {
            Some(spot) => format!("{file}:{}:{}", spot.line, spot.column),
            None => file.to_string(),
        })
    }
}

/// Places problems of one file, in the order in which they stand in it: so its
/// lines are counted once.
fn locate(diagnostics: Vec<(Diagnostic, Severity)>, source: Option<&Source<'_>>) -> Vec<Located> {
    let range = |diagnostic: &Diagnostic| source?.range(&diagnostic.place.as_ref()?.at);
    let mut ranged: Vec<_> = diagnostics
        .into_iter()
        .map(|(problem, severity)| (range(&problem), problem, severity))
        .collect();
    ranged.sort_by_key(|(range, ..)| range.as_ref().map(|range| range.start));
    let mut lines = source.map(|source| Lines { text: &source.text, line: 1, at: 0 });
    ranged
        .into_iter()
        .map(|(range, diagnostic, severity)| Located {
            file: diagnostic.place.as_ref().map(|place| place.file.clone()),
            spot: lines.as_mut().zip(range).map(|(lines, range)| lines.spot(&range)),
            severity,
            diagnostic,
        })
        .collect()
}

/// A file that problems point into, read once for all of them.
struct Source<'a> {
    file: &'a SourcePath,
    texts: &'a dyn Texts,
    text: String,
    /// Made when a problem first says where it is by a key path.
    finder: OnceCell<Finder>,
}

impl<'a> Source<'a> {
    fn new(file: &'a SourcePath, texts: &'a dyn Texts) -> Option<Self> {
        let text = texts.text(file)?;
        Some(Self { file, texts, text, finder: OnceCell::new() })
    }

    /// The bytes that a problem means.
    fn range(&self, at: &At) -> Option<Range<usize>> {
        match at {
            At::File => None,
            At::Bytes(range) => Some(range.clone()),
            At::Value(path) => self.find(path, false),
            At::Within(path, part) => self.find(path, false).map(|whole| {
                let at = self.text.get(whole.clone()).and_then(|text| text.find(part));
                at.map_or(whole.clone(), |at| {
                    let start = whole.start + at;
                    start..start + part.len()
                })
            }),
            At::Key(path) => self.find(path, true),
        }
    }

    fn find(&self, path: &KeyPath, is_key: bool) -> Option<Range<usize>> {
        let finder = self.finder.get_or_init(|| self.texts.finder(self.file, &self.text));
        finder(path, is_key)
    }
}

/// Counts the lines of a text, from one place on to the next.
struct Lines<'a> {
    text: &'a str,
    /// The line, from 1, that the byte `at` is in.
    line: usize,
    at: usize,
}

impl Lines<'_> {
    /// What stands at a range that begins no earlier than the one before.
    fn spot(&mut self, range: &Range<usize>) -> Spot {
        let text = self.text;
        let start = floor(text, range.start);
        let end = floor(text, range.end).max(start);
        let passed = &text.as_bytes()[self.at..start];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = start;
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let before = text[line_start..start].trim_start_matches('\u{feff}');
        Spot {
            line: self.line,
            column: before.chars().count() + 1,
            width: text[start..end.min(line_end)].chars().count().max(1),
            excerpt: Excerpt::new(before, &text[start..line_end]),
        }
    }
}

impl Excerpt {
    /// A window of the line round the place, of at most [`WINDOW`] characters
    /// on each side: a minified file has one line.
    fn new(before: &str, after: &str) -> Self {
        let left = before.char_indices().rev().nth(WINDOW - 1).map_or(0, |(at, _)| at);
        let right = after.char_indices().nth(WINDOW).map_or(after.len(), |(at, _)| at);
        let mut text = before[left..].to_owned();
        text.push_str(after[..right].trim_end_matches('\r'));
        Self {
            indent: before[left..].chars().count(),
            cut_left: left > 0,
            cut_right: right < after.len(),
            text,
        }
    }
}

/// The nearest character boundary at or below `at`: a text may have changed
/// since the problem was found.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
