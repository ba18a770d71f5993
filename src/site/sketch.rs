//! What a sketch of a site takes from the site before it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{PageId, Site};
use crate::path::SourcePath;
use crate::related::{Cards, Reason, Related};

impl Site {
    /// Relates pages as they were in another state of the site.
    pub fn keep_related(&mut self, before: &Site) {
        let related = Kept::new(before, self).related();
        for (page, related) in related {
            self.pages[page].related = related;
        }
        self.told = before.told.clone();
    }
}

/// Two states of a site, in which the same things have other numbers.
struct Kept<'a> {
    before: &'a Site,
    now: &'a Site,
    /// The pages of the state before by their numbers now.
    pages: Vec<Option<PageId>>,
    /// The same for terms, as a [`Reason`] numbers them.
    terms: Vec<Option<usize>>,
}

impl<'a> Kept<'a> {
    fn new(before: &'a Site, now: &'a Site) -> Self {
        let page = |file: &SourcePath| {
            now.pages.binary_search_by(|page| page.document.file.cmp(file)).ok()
        };
        let pages = before.pages.iter().map(|old| page(&old.document.file)).collect();
        let numbers: BTreeMap<_, usize> =
            terms(now).enumerate().map(|(number, term)| (term, number)).collect();
        let terms = terms(before).map(|term| numbers.get(&term).copied()).collect();
        Self { before, now, pages, terms }
    }

    fn related(&self) -> Vec<(PageId, Cards)> {
        let pages = self.before.pages.par_iter().zip(&self.pages);
        let kept = pages.filter_map(|(old, page)| {
            let cards = old.related.iter().filter_map(|old| self.link(&old));
            page.map(|page| (page, cards.collect()))
        });
        kept.collect()
    }

    fn link(&self, old: &Related) -> Option<Related> {
        let why = old.why.iter().filter_map(|reason| self.reason(reason)).collect();
        Some(Related { page: self.pages[old.page]?, parts: old.parts, why })
    }

    /// A reason, as far as it still is one.
    fn reason(&self, old: &Reason) -> Option<Reason> {
        let term = |number: &usize| self.terms.get(*number).copied().flatten();
        let subject = |id: &usize| self.now.subjects.find(&self.before.subjects.all[*id].id);
        let keyword =
            |number: &usize| self.now.keywords.binary_search(&self.before.keywords[*number]).ok();
        let some = |numbers: Vec<usize>| (!numbers.is_empty()).then_some(numbers);
        match old {
            Reason::Subjects(all) => {
                some(all.iter().filter_map(subject).collect()).map(Reason::Subjects)
            }
            Reason::Tags(all) => some(all.iter().filter_map(term).collect()).map(Reason::Tags),
            Reason::Keywords(all) => {
                some(all.iter().filter_map(keyword).collect()).map(Reason::Keywords)
            }
            Reason::Category(number) => term(number).map(Reason::Category),
            other => Some(other.clone()),
        }
    }
}

/// Taxonomy and slug of every term, in the order of their numbers.
fn terms(site: &Site) -> impl Iterator<Item = (&str, &str)> {
    site.taxonomies.iter().flat_map(|taxonomy| {
        let name = taxonomy.config.name.as_str();
        taxonomy.terms.iter().map(move |term| (name, term.slug.as_str()))
    })
}
