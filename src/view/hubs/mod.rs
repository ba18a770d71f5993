//! Pages made of all comparisons together: hubs of subjects, their
//! alternatives, the matrix, and titles and names by letter.

mod alternatives;
mod index;
mod matrix;
mod shelves;
mod subject;

pub use alternatives::{AlternativeView, AlternativesView, alternatives};
pub use index::{IndexEntryView, IndexView, LetterView, index};
pub(super) use index::{jumps, letters};
pub use matrix::{
    MatrixCellView, MatrixGroupView, MatrixPairView, MatrixRowView, MatrixView, matrix,
};
pub(super) use shelves::shelves;
pub use shelves::{ShelfView, SubjectLinkView};
pub use subject::{AgainstView, HubView, RecordView, ResultView, ScoreView, hub};

use super::comparison::inks;
use crate::markdown::{Dialect, plain};
use crate::site::{Site, SubjectId};

/// How many names a title or description gives before it counts the rest.
const NAMED: usize = 3;

/// A subject as lists show it; `count` is how many comparisons the list means.
fn subject_link(site: &Site, id: SubjectId, count: usize) -> SubjectLinkView {
    let entry = &site.subjects.all[id];
    SubjectLinkView {
        name: entry.name.clone(),
        url: site.hubs.all[id].url.as_ref().map(|url| site.href(url)),
        ink: ink(site, id),
        tagline: tagline(site, id),
        count,
    }
}

/// A subject's ink where it stands by itself.
fn ink(site: &Site, id: SubjectId) -> usize {
    inks(site, &[id]).first().copied().unwrap_or(1)
}

/// What a subject is, in a line of plain text.
fn tagline(site: &Site, id: SubjectId) -> Option<String> {
    let dialect = Dialect::Versus(site.config.markdown.clone());
    let tagline = site.subjects.all[id].facts.tagline.as_deref()?;
    Some(plain(tagline, &dialect).into_owned())
}

/// The names of what a subject is compared with: `Go, C++ and 5 others`.
fn rivals(site: &Site, id: SubjectId) -> String {
    let rivals = &site.hubs.all[id].rivals;
    let mut names: Vec<String> =
        rivals.iter().map(|rival| site.subjects.all[rival.subject].name.clone()).collect();
    if names.len() > NAMED {
        let rest = names.len() - NAMED + 1;
        names.truncate(NAMED - 1);
        names.push(site.config.strings.counted("other_count", rest, &[]));
    }
    listed(site, &names)
}

/// Names in a sentence: `a, b and c`.
fn listed(site: &Site, names: &[String]) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    site.config.strings.listed(&names)
}
