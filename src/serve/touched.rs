//! How many pages a change touches: what is told of it, not what is done.

use std::collections::HashMap;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::path::UrlPath;
use crate::site::{Page, PageId, Site};
use crate::view;

/// What each page and list shows, as a number, by address.
#[derive(Default)]
pub(super) struct Prints(HashMap<UrlPath, u64>);

impl Prints {
    pub(super) fn new(site: &Site) -> Self {
        let ids = 0..site.pages.len();
        let cards: Vec<u64> = ids.into_par_iter().map(|id| card(site, id)).collect();
        let pages = site.pages.iter().map(|page| (page.url.clone(), of_page(page, &cards)));
        let lists = site.sections.iter().map(|section| {
            let own = section.document.as_ref().map_or(0, |document| document.hash);
            (section.url.clone(), of_list(own, &section.pages, &cards))
        });
        let terms = site.taxonomies.iter().flat_map(|taxonomy| &taxonomy.terms);
        let terms = terms.map(|term| (term.url.clone(), of_list(0, &term.pages, &cards)));
        Self(pages.chain(lists).chain(terms).collect())
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many are new, gone, or show something else.
    pub(super) fn other_than(&self, before: &Self) -> usize {
        let is_new = |(url, print): &(&UrlPath, &u64)| before.0.get(*url) != Some(*print);
        let is_gone = |url: &&UrlPath| !self.0.contains_key(*url);
        self.0.iter().filter(is_new).count() + before.0.keys().filter(is_gone).count()
    }
}

/// What lists show of a page.
fn card(site: &Site, id: PageId) -> u64 {
    let card = serde_json::to_vec(&view::card(site, id)).unwrap_or_default();
    xxhash_rust::xxh3::xxh3_64(&card)
}

fn of_page(page: &Page, cards: &[u64]) -> u64 {
    let related = page.related.iter().map(|related| related.page);
    let beside = [page.previous, page.next, page.mirror_of].into_iter().flatten();
    let listed = page.views.iter().chain(&page.backlinks).copied();
    let shown: Vec<PageId> = related.chain(beside).chain(listed).collect();
    of_list(page.document.hash, &shown, cards)
}

fn of_list(own: u64, pages: &[PageId], cards: &[u64]) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(&own.to_le_bytes());
    pages.iter().for_each(|page| hash.update(&cards[*page].to_le_bytes()));
    hash.digest()
}
