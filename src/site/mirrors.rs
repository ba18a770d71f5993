//! Articles on the same subjects: mirrors, reversed addresses, other views.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::PageId;
use super::names::Names;
use super::subjects::{SubjectId, Subjects};
use crate::content::Document;
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::path::{UrlPath, nearest};

/// How the articles on the same subjects stand to one another, by page.
pub(super) struct Mirrors {
    /// The page that a page is the mirror of.
    pub(super) of: Vec<Option<PageId>>,
    /// The other articles on the same subjects.
    pub(super) views: Vec<Vec<PageId>>,
}

/// Finds the mirrors, and the articles that should say whether they are.
pub(super) fn build(
    pages: &[Arc<Document>],
    urls: &[UrlPath],
    subjects: &[Vec<SubjectId>],
    problems: &mut Vec<Diagnostic>,
) -> Mirrors {
    // Most sites have no mirror.
    let names = LazyCell::new(|| Names::new(pages.iter().map(|page| &**page).zip(urls)));
    let of: Vec<Option<PageId>> = (0..pages.len())
        .map(|id| {
            let wanted = pages[id].front.particulars.mirror_of.as_deref()?;
            let found = names.find(wanted, id, &pages[id]);
            let is_plain =
                found.is_some_and(|other| pages[other].front.particulars.mirror_of.is_none());
            if !is_plain {
                problems.push(missing(wanted, &pages[id], found, (pages, &names)));
            }
            found.filter(|_| is_plain)
        })
        .collect();
    let mut groups: BTreeMap<Vec<SubjectId>, Vec<PageId>> = BTreeMap::new();
    for (id, subjects) in subjects.iter().enumerate() {
        if subjects.len() > 1 && pages[id].front.particulars.mirror_of.is_none() {
            let mut key = subjects.clone();
            key.sort_unstable();
            groups.entry(key).or_default().push(id);
        }
    }
    let mut views = vec![Vec::new(); pages.len()];
    for group in groups.values() {
        for id in group {
            views[*id] = group.iter().copied().filter(|other| other != id).collect();
        }
        for id in group.iter().skip(1) {
            unlinked(&pages[*id], &pages[group[0]], problems);
        }
    }
    Mirrors { of, views }
}

fn missing(
    wanted: &str,
    page: &Document,
    found: Option<PageId>,
    (pages, names): (&[Arc<Document>], &Names<'_>),
) -> Diagnostic {
    let place = Place::value(&page.file, KeyPath::top("mirror_of"));
    let problem = match found {
        Some(other) => {
            let other = &pages[other].file;
            let message = format!("`{other}` is a mirror itself");
            Diagnostic::new(Lint::DeadLink, message).help("name the page that both are mirrors of")
        }
        None => {
            let problem = Diagnostic::new(Lint::DeadLink, format!("no other page `{wanted}`"));
            let others = names.all().filter(|name| *name != page.name());
            problem.suggest(nearest(wanted, others))
        }
    };
    problem.at(place)
}

fn unlinked(page: &Document, first: &Document, problems: &mut Vec<Diagnostic>) {
    let message = format!("`{}` compares the same subjects", first.file);
    let help = format!(
        "if it is the same article, say `mirror_of: {}`; if it is another view, \
         `lint: {{ allow: [mirror-unlinked] }}`",
        first.name()
    );
    let problem = Diagnostic::new(Lint::MirrorUnlinked, message).help(help);
    let place = match page.front.comparison.subjects.is_empty() {
        true => Place::value(&page.file, KeyPath::top("title")),
        false => Place::key(&page.file, KeyPath::top("subjects")),
    };
    if !page.front.silences(&problem) {
        problems.push(problem.at(place));
    }
}

/// The address that reads the other way round: `/compare/rust-vs-go/` of
/// `/compare/go-vs-rust/`, where both sides name a subject of the page.
pub(super) fn reversed(url: &UrlPath, page: &[SubjectId], subjects: &Subjects) -> Option<UrlPath> {
    let path = url.as_str().trim_matches('/');
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (left, right) = name.split_once("-vs-")?;
    let is_side = |side: &str| subjects.find(side).is_some_and(|id| page.contains(&id));
    if page.len() != 2 || !is_side(left) || !is_side(right) {
        return None;
    }
    let slash = if folder.is_empty() { "" } else { "/" };
    UrlPath::new(&format!("/{folder}{slash}{right}-vs-{left}/")).ok()
}
