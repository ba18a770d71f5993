//! What the pages are to one another, for [`crate::related`].

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Site;
use super::names::Names;
use crate::content::Document;
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::path::nearest;
use crate::related::{self, Cards, Entry, Told, Wording};
use crate::terms::Corpus;

/// A taxonomy by what it says of two pages that share a term.
const CATEGORIES: &str = "categories";
/// One author's pages need not be on one thing.
const AUTHORS: &str = "authors";

/// The pages to read next, for each page.
pub(super) fn build(
    site: &Site,
    corpus: Corpus,
    drafts: &[Arc<Document>],
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Cards>, Told) {
    let limit = site.config.related;
    let wording = (limit > 0).then(|| Wording::new(corpus));
    let mut entries = entries(site);
    choose(&mut entries, site, drafts, problems);
    let Some(wording) = wording else {
        return (vec![Cards::default(); entries.len()], Told::default());
    };
    let (mut cards, told) = related::link(&entries, wording, limit);
    for (page, cards) in site.pages.iter().zip(&mut cards) {
        if page.document.front.particulars.related.is_off {
            *cards = Cards::default();
        }
    }
    (cards, told)
}

/// Notes which pages authors chose, and which they did not want.
fn choose(
    entries: &mut [Entry<'_>],
    site: &Site,
    drafts: &[Arc<Document>],
    problems: &mut Vec<Diagnostic>,
) {
    // Most authors choose nothing.
    let pages = || site.pages.iter().map(|page| (&*page.document, &page.url));
    let names = LazyCell::new(|| Names::new(pages()));
    let drafts: Vec<&str> = drafts.iter().map(|draft| draft.name()).collect();
    for (id, entry) in entries.iter_mut().enumerate() {
        let document = &site.pages[id].document;
        let choice = &document.front.particulars.related;
        let mut find = |key: &'static str, wanted: &[String]| {
            let mut found = Vec::new();
            for (index, name) in wanted.iter().enumerate() {
                match names.find(name, id, document) {
                    Some(page) => found.push(page),
                    None if drafts.contains(&last(name)) => {}
                    None => problems.push(
                        dead(name, &names)
                            .at(Place::value(&document.file, KeyPath::top(key).item(index))),
                    ),
                }
            }
            found
        };
        entry.pinned = find("related", &choice.pinned);
        entry.excluded = find("related_exclude", &choice.excluded);
    }
}

fn last(name: &str) -> &str {
    let name = name.trim_matches('/').trim_end_matches(".md");
    name.rsplit('/').next().unwrap_or(name)
}

fn dead(name: &str, names: &Names<'_>) -> Diagnostic {
    Diagnostic::new(Lint::DeadRelated, format!("no page `{name}`"))
        .suggest(nearest(last(name), names.all()))
}

/// Every keyword once, in lower case, sorted.
pub(super) fn keywords(pages: &[Arc<Document>]) -> Vec<String> {
    let keywords = pages.iter().flat_map(|page| &page.front.keywords);
    let all: BTreeSet<String> = keywords.map(|keyword| keyword.to_lowercase()).collect();
    all.into_iter().collect()
}

fn entries(site: &Site) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = site
        .pages
        .iter()
        .map(|page| {
            let front = &page.document.front;
            let mut subjects = page.subjects.to_vec();
            subjects.sort_unstable();
            Entry {
                title: &page.document.title,
                // A subject's page is reached through what compares it.
                is_target: front.is_listed() && !page.document.is_broken && front.subject.is_none(),
                subjects,
                ..Entry::default()
            }
        })
        .collect();
    for (page, entry) in site.pages.iter().zip(&mut entries) {
        let keywords = page.document.front.keywords.iter();
        let number = |keyword: &String| site.keywords.binary_search(&keyword.to_lowercase()).ok();
        entry.keywords = keywords.filter_map(number).collect();
        entry.keywords.sort_unstable();
        entry.keywords.dedup();
        let mut first = 0;
        for (at, taxonomy) in site.taxonomies.iter().enumerate() {
            let own = page.terms.iter().filter(|own| own.taxonomy() == at);
            let terms = own.map(|own| first + own.term());
            match taxonomy.config.name.as_str() {
                AUTHORS => {}
                CATEGORIES => entry.categories.extend(terms),
                _ => entry.tags.extend(terms),
            }
            first += taxonomy.terms.len();
        }
    }
    for (id, page) in site.pages.iter().enumerate() {
        for linking in &page.backlinks {
            entries[*linking].links.push(id);
        }
    }
    entries
}

impl Site {
    /// The title of a tag or category, by the number it has in a
    /// [`Reason`](related::Reason).
    pub fn term_title(&self, number: usize) -> &str {
        let mut number = number;
        for taxonomy in &self.taxonomies {
            match taxonomy.terms.get(number) {
                Some(term) => return &term.title,
                None => number -= taxonomy.terms.len(),
            }
        }
        ""
    }
}
