//! The search page as readers without scripts have it.

use serde::Serialize;

use super::shared::{home, list_head, pagination_of};
use super::{HeadView, IndexEntryView, LetterView, LinkView, PaginationView, hubs, json_ld};
use crate::site::{LISTED, PageId, Search, Site};

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
        let line = |at: usize| entry(site, search.titled[at]);
        letters = hubs::letters(&search.letters, number, LISTED, line);
        jumps = hubs::jumps(site, &url, &search.letters, LISTED);
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

fn entry(site: &Site, page: PageId) -> IndexEntryView {
    let page = &site.pages[page];
    let (title, url) = (page.document.title.clone(), site.href(&page.url));
    IndexEntryView { title, url, see: None }
}
