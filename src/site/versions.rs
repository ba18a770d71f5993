//! Articles that were checked against an older version than is current.

use std::sync::Arc;

use super::subjects::Subjects;
use crate::content::Document;
use crate::diag::{Diagnostic, KeyPath, Lint, Place};

pub(super) fn check(pages: &[Arc<Document>], subjects: &Subjects, problems: &mut Vec<Diagnostic>) {
    for document in pages {
        for subject in &document.front.comparison.subjects {
            let entry = subjects.find(&subject.id).map(|id| &subjects.all[id]);
            let current = entry.and_then(|entry| Some((entry, entry.version.as_ref()?)));
            let (Some(checked), Some((entry, current))) = (&subject.version, current) else {
                continue;
            };
            if !is_behind(checked, current) {
                continue;
            }
            let name = &entry.name;
            let message = format!("checked against {name} {checked}, and {current} is current");
            let problem = Diagnostic::new(Lint::VersionBehind, message)
                .help("check what has changed, then raise `version` and `reviewed`");
            let path = KeyPath::top("subjects").item(subject.index).name("version");
            if !document.front.silences(&problem) {
                problems.push(problem.at(Place::value(&document.file, path)));
            }
        }
    }
}

/// Whether a version is older, as far as both say: `1.89` than `1.91`, but not
/// `18` than `18.1`. Versions that are not numbers can't be told apart.
fn is_behind(checked: &str, current: &str) -> bool {
    let numbers = |version: &str| -> Option<Vec<u64>> {
        let version = version.trim().trim_start_matches(['v', 'V']);
        version.split('.').map(|part| part.parse().ok()).collect()
    };
    let (Some(checked), Some(current)) = (numbers(checked), numbers(current)) else { return false };
    let count = checked.len().min(current.len());
    checked[..count] < current[..count]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_number_by_number() {
        assert!(is_behind("1.89", "1.91"));
        assert!(is_behind("1.9", "1.10"));
        assert!(is_behind("v2", "3.1"));
        assert!(!is_behind("18", "18.1"));
        assert!(!is_behind("1.91.2", "1.91"));
        assert!(!is_behind("2024-10", "2025-01"));
    }
}
