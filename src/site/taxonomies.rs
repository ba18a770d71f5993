//! Taxonomies: the terms of pages, and the pages of terms.

use std::collections::BTreeMap;

use super::PageId;
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
}

impl Term {
    /// Whether lists for machines name it: with a single page it says nothing
    /// that the page does not.
    pub fn is_listed(&self) -> bool {
        self.pages.len() > 1
    }
}

/// The terms of each page: taxonomy and terms by their places.
pub(super) type TermsOfPages = BTreeMap<PageId, Vec<(usize, Vec<usize>)>>;

/// Spellings that have one slug are one term.
pub(super) fn build(
    pages: &[Document],
    newest: &[PageId],
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Taxonomy>, TermsOfPages) {
    let mut taxonomies = Vec::new();
    let mut of_pages = TermsOfPages::new();
    for taxonomy in &config.taxonomies {
        let mut found: BTreeMap<String, Found> = BTreeMap::new();
        for id in newest {
            let page = &pages[*id];
            for (index, name) in
                page.front.terms.get(&taxonomy.name).into_iter().flatten().enumerate()
            {
                let slug = slugify(name);
                if slug.is_empty() {
                    let path = KeyPath::top(taxonomy.name.clone()).item(index);
                    let message = format!("`{name}` has no letter or digit to make an address of");
                    let problem = Diagnostic::new(Lint::PathInvalid, message);
                    problems.push(problem.at(Place::value(&page.file, path)));
                    continue;
                }
                let term = found.entry(slug).or_default();
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
            let Ok(url) = url.join(&format!("{slug}/")) else { continue };
            for page in &found.pages {
                let of_page = of_pages.entry(*page).or_default();
                match of_page.last_mut() {
                    Some((last, terms_of_page)) if *last == place => {
                        terms_of_page.push(terms.len())
                    }
                    _ => of_page.push((place, vec![terms.len()])),
                }
            }
            terms.push(Term { title: found.title(), slug, url, pages: found.pages });
        }
        taxonomies.push(Taxonomy { config: taxonomy.clone(), url, terms });
    }
    (taxonomies, of_pages)
}

#[derive(Default)]
struct Found {
    spellings: BTreeMap<String, usize>,
    pages: Vec<PageId>,
}

impl Found {
    fn title(&self) -> String {
        let mut best: Option<(&String, usize)> = None;
        for (spelling, count) in &self.spellings {
            if best.is_none_or(|(_, most)| *count > most) {
                best = Some((spelling, *count));
            }
        }
        best.map(|(spelling, _)| spelling.clone()).unwrap_or_default()
    }
}
