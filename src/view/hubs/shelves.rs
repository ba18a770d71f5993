//! Subjects by category.

use std::collections::BTreeMap;

use serde::Serialize;

use super::subject_link;
use crate::site::{SectionId, Site, SubjectId};

/// Subjects that stand together.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfView {
    /// Their category: `Languages`; nothing for those without.
    pub title: Option<String>,
    /// The subjects, by name.
    pub subjects: Vec<SubjectLinkView>,
}

/// A subject in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectLinkView {
    /// What it is called.
    pub name: String,
    /// Its page, if it has one.
    pub url: Option<String>,
    /// Its ink, 1 to 8.
    pub ink: usize,
    /// What it is, in a line of plain text.
    pub tagline: Option<String>,
    /// How many comparisons the list means: all of it, those of the section,
    /// those with the subject of the page.
    pub count: usize,
}

/// What a section shows of subjects: the overview all that have a page, others
/// those that are compared there.
pub(in crate::view) fn shelves(site: &Site, section: SectionId) -> Vec<ShelfView> {
    let hubs = &site.hubs;
    let found: Vec<(SubjectId, usize)> = if hubs.section == Some(section) {
        let all = hubs.all.iter().enumerate().filter(|(_, hub)| hub.url.is_some());
        all.map(|(id, hub)| (id, hub.comparisons.len())).collect()
    } else if site.config.hubs.subjects {
        hubs.by_section[section].iter().map(|(id, count)| (*id, *count)).collect()
    } else {
        Vec::new()
    };
    let mut shelves: BTreeMap<(bool, Option<&str>), Vec<SubjectLinkView>> = BTreeMap::new();
    for (id, count) in found {
        let category = hubs.all[id].category.as_deref();
        let shelf = shelves.entry((category.is_none(), category)).or_default();
        shelf.push(subject_link(site, id, count));
    }
    let shelf = |((_, title), mut subjects): ((bool, Option<&str>), Vec<SubjectLinkView>)| {
        subjects.sort_by_cached_key(|subject| (subject.name.to_lowercase(), subject.url.clone()));
        ShelfView { title: title.map(str::to_owned), subjects }
    };
    shelves.into_iter().map(shelf).collect()
}
