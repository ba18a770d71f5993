//! All problems of a run: sorted, said once, with line, column and excerpt.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{At, Diagnostic, KeyPath, Lint, Severity};
use crate::path::SourcePath;

/// Where a report finds the texts that problems point into.
pub trait Texts {
    /// The text of a file, if it can be had.
    fn text(&self, file: &SourcePath) -> Option<String>;

    /// The bytes in `text` of the value at `path`, or of its key.
    fn find(
        &self,
        file: &SourcePath,
        text: &str,
        path: &KeyPath,
        key: bool,
    ) -> Option<Range<usize>>;
}

/// A problem with everything needed to show it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// How many characters of the line are meant, at least 1.
    pub width: usize,
    /// The whole line.
    pub text: String,
}

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
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The problems, by file and position.
    pub problems: Vec<Located>,
}

impl Report {
    /// Looks every problem up in the texts. `levels` are the site's own
    /// severities; a rule at `None` is off.
    pub fn new(
        diagnostics: Vec<Diagnostic>,
        levels: &BTreeMap<Lint, Option<Severity>>,
        texts: &dyn Texts,
    ) -> Self {
        let mut by_file: BTreeMap<Option<SourcePath>, Vec<(Diagnostic, Severity)>> =
            BTreeMap::new();
        for diagnostic in diagnostics {
            let own = diagnostic.lint.default_severity();
            let level = levels.get(&diagnostic.lint).copied().unwrap_or(Some(own));
            let Some(severity) = level else { continue };
            let file = diagnostic.place.as_ref().map(|place| place.file.clone());
            by_file.entry(file).or_default().push((diagnostic, severity));
        }
        let mut problems = Vec::new();
        for (file, diagnostics) in by_file {
            let text = file.as_ref().and_then(|file| texts.text(file));
            let mut located: Vec<Located> = diagnostics
                .into_iter()
                .map(|(diagnostic, severity)| locate(diagnostic, severity, text.as_deref(), texts))
                .collect();
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

fn locate(
    diagnostic: Diagnostic,
    severity: Severity,
    text: Option<&str>,
    texts: &dyn Texts,
) -> Located {
    let place = diagnostic.place.as_ref();
    let spot = place.zip(text).and_then(|(place, text)| {
        let range = match &place.at {
            At::File => None,
            At::Bytes(range) => Some(range.clone()),
            At::Value(path) => texts.find(&place.file, text, path, false),
            At::Key(path) => texts.find(&place.file, text, path, true),
        }?;
        Some(spot(text, range))
    });
    Located { file: place.map(|place| place.file.clone()), spot, severity, diagnostic }
}

fn spot(text: &str, range: Range<usize>) -> Spot {
    let start = floor(text, range.start);
    let end = floor(text, range.end).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = text[line_start..line_end].trim_end_matches('\r');
    Spot {
        line: text[..start].matches('\n').count() + 1,
        column: text[line_start..start].trim_start_matches('\u{feff}').chars().count() + 1,
        width: text[start..end.min(line_end)].chars().count().max(1),
        text: line.trim_start_matches('\u{feff}').to_owned(),
    }
}

/// The nearest character boundary at or below `at`: a text may have changed
/// since the problem was found.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
