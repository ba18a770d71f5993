//! Taxonomies: the terms of pages, and the pages of terms.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Page, PageId, Site, SubjectEntry, SubjectId};
use crate::config::{Config, TaxonomyConfig};
use crate::content::Document;
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::path::{UrlPath, slugify};

/// A taxonomy that is in use.
#[derive(Debug)]
pub struct Taxonomy {
    /// Its settings.
    pub config: TaxonomyConfig,
    /// Where its overview is.
    pub url: UrlPath,
    /// Its terms, by slug.
    pub terms: Vec<Term>,
}

/// A term and the pages that have it.
#[derive(Debug)]
pub struct Term {
    /// The spelling that most pages use; of equals the first in code point order.
    pub title: String,
    /// What addresses call it.
    pub slug: String,
    /// Where its list is.
    pub url: UrlPath,
    /// Its pages, the newest first.
    pub pages: Vec<PageId>,
    /// The subject that goes by this name, whose page is the term's too.
    pub subject: Option<SubjectId>,
    /// The terms that most often stand beside it, with how many pages have both.
    pub related: Vec<(usize, usize)>,
}

impl Term {
    /// Whether lists for machines name it: with a single page it says nothing
    /// that the page does not.
    pub fn is_listed(&self) -> bool {
        self.pages.len() > 1 && self.subject.is_none()
    }
}

/// The taxonomy whose terms may be subjects.
const TAGS: &str = "tags";
/// So many terms that stand beside another are kept.
const RELATED: usize = 8;
/// Of the terms of a page so many are paired: the rest would be squared.
const PAIRED: usize = 32;

/// A subject that has a page.
#[derive(Clone, Copy)]
pub(super) struct Hub<'a> {
    pub(super) subject: SubjectId,
    pub(super) entry: &'a SubjectEntry,
    pub(super) url: &'a UrlPath,
}

/// Finds the subject that goes by a name, if it has a page.
pub(super) type HubOf<'a> = &'a dyn Fn(&str) -> Option<Hub<'a>>;

/// A term that a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageTerm {
    taxonomy: u32,
    term: u32,
}

impl PageTerm {
    fn new(taxonomy: usize, term: usize) -> Self {
        Self { taxonomy: taxonomy as u32, term: term as u32 }
    }

    /// The place of its taxonomy in [`Site::taxonomies`].
    pub fn taxonomy(self) -> usize {
        self.taxonomy as usize
    }

    /// Its place in [`Taxonomy::terms`].
    pub fn term(self) -> usize {
        self.term as usize
    }
}

/// The terms of each page, by taxonomy.
pub(super) type TermsOfPages = Vec<Vec<PageTerm>>;

/// Spellings that have one slug are one term.
pub(super) fn build<'a>(
    pages: &[Arc<Document>],
    newest: &[PageId],
    config: &Config,
    hub_of: HubOf<'a>,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Taxonomy>, TermsOfPages) {
    let mut taxonomies = Vec::new();
    let mut of_pages: TermsOfPages = vec![Vec::new(); pages.len()];
    for taxonomy in &config.taxonomies {
        let mut found: BTreeMap<String, Found<'a>> = BTreeMap::new();
        for id in newest {
            let page = &pages[*id];
            for (index, name) in page.front.terms_of(&taxonomy.name).iter().enumerate() {
                let hub = hub_of(name).filter(|_| taxonomy.name == TAGS);
                let slug = hub.as_ref().map_or_else(|| slugify(name), |hub| hub.entry.id.clone());
                if slug.is_empty() {
                    let path = KeyPath::top(taxonomy.name.clone()).item(index);
                    let message = format!("`{name}` has no letter or digit to make an address of");
                    let problem = Diagnostic::new(Lint::PathInvalid, message);
                    problems.push(problem.at(Place::value(&page.file, path)));
                    continue;
                }
                let term = found.entry(slug).or_default();
                term.hub = hub;
                *term.spellings.entry(name.clone()).or_default() += 1;
                if term.pages.last() != Some(id) {
                    term.pages.push(*id);
                }
            }
        }
        if found.is_empty() {
            continue;
        }
        let Ok(url) = UrlPath::new(&format!("/{}/", taxonomy.slug())) else { continue };
        let place = taxonomies.len();
        let mut terms = Vec::with_capacity(found.len());
        for (slug, found) in found {
            let own = || url.join(&format!("{slug}/")).ok();
            let Some(url) = found.hub.map(|hub| hub.url.clone()).or_else(own) else { continue };
            for page in &found.pages {
                of_pages[*page].push(PageTerm::new(place, terms.len()));
            }
            terms.push(Term {
                title: found.title(),
                slug,
                url,
                subject: found.hub.map(|hub| hub.subject),
                pages: found.pages,
                related: Vec::new(),
            });
        }
        relate(&mut terms, place, &of_pages);
        taxonomies.push(Taxonomy { config: taxonomy.clone(), url, terms });
    }
    (taxonomies, of_pages)
}

/// Notes for each term which others its pages have.
fn relate(terms: &mut [Term], taxonomy: usize, of_pages: &TermsOfPages) {
    let mut together: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); terms.len()];
    for of_page in of_pages {
        let own = of_page.iter().filter(|own| own.taxonomy() == taxonomy);
        let own: Vec<usize> = own.map(|own| own.term()).take(PAIRED).collect();
        for term in &own {
            for other in own.iter().filter(|other| *other != term) {
                *together[*term].entry(*other).or_default() += 1;
            }
        }
    }
    let sizes: Vec<usize> = terms.iter().map(|term| term.pages.len()).collect();
    for (term, together) in terms.iter_mut().zip(together) {
        let mut related: Vec<(usize, usize)> = together.into_iter().collect();
        // Of two that are as often beside it, the rarer says more.
        related.sort_by_key(|(other, count)| (std::cmp::Reverse(*count), sizes[*other], *other));
        related.truncate(RELATED);
        term.related = related;
    }
}

#[derive(Default)]
struct Found<'a> {
    hub: Option<Hub<'a>>,
    spellings: BTreeMap<String, usize>,
    pages: Vec<PageId>,
}

impl Found<'_> {
    fn title(&self) -> String {
        if let Some(hub) = &self.hub {
            return hub.entry.name.clone();
        }
        let mut best: Option<(&String, usize)> = None;
        for (spelling, count) in &self.spellings {
            if best.is_none_or(|(_, most)| *count > most) {
                best = Some((spelling, *count));
            }
        }
        best.map(|(spelling, _)| spelling.clone()).unwrap_or_default()
    }
}

impl Site {
    /// The tags of a page, where there is a taxonomy of that name.
    pub fn tags(&self, page: &Page) -> impl Iterator<Item = &Term> {
        page.terms.iter().filter_map(|own| {
            let taxonomy = &self.taxonomies[own.taxonomy()];
            (taxonomy.config.name == TAGS).then(|| &taxonomy.terms[own.term()])
        })
    }

    /// What stands for a name in a taxonomy: names that have one slug are one
    /// term, and all names of a subject that has a page.
    pub fn term_slug(&self, taxonomy: &Taxonomy, name: &str) -> String {
        let subject = self.subjects.find(name).filter(|_| taxonomy.config.name == TAGS);
        let subject = subject.filter(|id| self.hubs.all[*id].url.is_some());
        subject.map_or_else(|| slugify(name), |id| self.subjects.all[id].id.clone())
    }
}
