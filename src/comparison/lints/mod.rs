//! What is odd about a comparison as a whole, a file a group.

mod evidence;
mod judgement;
mod structure;

pub use evidence::undefined;

use super::Comparison;
use crate::diag::{Diagnostic, KeyPath, Place};
use crate::path::SourcePath;

/// Everything there is to say of a page's comparison by itself.
pub fn check(file: &SourcePath, comparison: &Comparison) -> Vec<Diagnostic> {
    let mut report = Report { file, problems: Vec::new() };
    structure::check(comparison, &mut report);
    judgement::check(comparison, &mut report);
    evidence::check(comparison, &mut report);
    report.problems
}

struct Report<'a> {
    file: &'a SourcePath,
    problems: Vec<Diagnostic>,
}

impl Report<'_> {
    /// A problem with the value at a path.
    fn at(&mut self, path: KeyPath, problem: Diagnostic) {
        self.problems.push(problem.at(Place::value(self.file, path)));
    }

    /// A problem with a part of the text at a path.
    fn within(&mut self, path: KeyPath, part: &str, problem: Diagnostic) {
        self.problems.push(problem.at(Place::within(self.file, path, part)));
    }
}

/// The path of an item of a top-level list.
fn item(list: &str, index: usize) -> KeyPath {
    KeyPath::top(list).item(index)
}

/// `a`, `b` and `c`.
fn names(ids: &[&str]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    match ids.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
