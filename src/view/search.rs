//! The search page as readers without scripts have it.

use serde::Serialize;

use super::hubs::{anchor, heading};
use super::shared::{home, list_head, pagination_of};
use super::{HeadView, IndexEntryView, LetterView, LinkView, PaginationView, json_ld};
use crate::site::{PageId, Search, Site, letter, part_url};

/// `search`: every article, for readers without scripts.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// The title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// The articles of this part of the list, by letter.
    pub letters: Vec<LetterView>,
    /// Every letter that has articles, on whichever part it begins.
    pub jumps: Vec<LinkView>,
    /// How many articles the whole list has.
    pub page_count: usize,
    /// The parts of the list.
    pub pagination: PaginationView,
    /// From the home page down.
    pub breadcrumbs: Vec<LinkView>,
    /// What belongs into `<head>`.
    pub head: HeadView,
}

/// A part of the search page.
pub fn search(site: &Site, number: usize) -> SearchView {
    let url = Search::url();
    let title = site.config.strings.text("search");
    let (mut letters, mut jumps, mut page_count, mut total) = (Vec::new(), Vec::new(), 0, 1);
    if let Some(search) = &site.search {
        (page_count, total) = (search.titled.len(), search.parts());
        letters = by_letter(site, search.part(number));
        jumps = beginnings(site, search);
    }
    let pagination = pagination_of(site, &url, total, number);
    let breadcrumbs = vec![home(site)];
    let head = list_head(site, &title, "", &url, Some(&pagination));
    let json_ld = json_ld::breadcrumbs(site, &breadcrumbs, &title);
    SearchView {
        title,
        url: site.href(&url),
        letters,
        jumps,
        page_count,
        pagination,
        breadcrumbs,
        head: HeadView { noindex: true, json_ld, ..head },
    }
}

fn of(site: &Site, page: PageId) -> Option<char> {
    letter(&site.pages[page].document.title)
}

fn by_letter(site: &Site, pages: &[PageId]) -> Vec<LetterView> {
    let entry = |page: &PageId| {
        let page = &site.pages[*page];
        let (title, url) = (page.document.title.clone(), site.href(&page.url));
        IndexEntryView { title, url, see: None }
    };
    let groups = pages.chunk_by(|a, b| of(site, *a) == of(site, *b));
    groups
        .map(|pages| LetterView {
            title: heading(of(site, pages[0])),
            anchor: anchor(of(site, pages[0])),
            entries: pages.iter().map(entry).collect(),
        })
        .collect()
}

fn beginnings(site: &Site, search: &Search) -> Vec<LinkView> {
    let mut jumps = Vec::new();
    let mut last = None;
    for part in 1..=search.parts() {
        let url = site.href(&part_url(&Search::url(), part));
        for letter in search.part(part).iter().map(|page| of(site, *page)) {
            if last != Some(letter) {
                last = Some(letter);
                jumps.push(LinkView {
                    title: heading(letter),
                    url: format!("{url}#{}", anchor(letter)),
                });
            }
        }
    }
    jumps
}
