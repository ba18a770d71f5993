//! Titles and names by letter.

use serde::Serialize;

use super::super::shared::{breadcrumbs, list_head, pagination_of};
use super::super::{HeadView, LinkView, PaginationView, json_ld};
use crate::site::{Entry, INDEX_PART, Index, Site, Target, part_url};

/// `index`: a part of the titles and names by letter.
#[derive(Debug, Clone, Serialize)]
pub struct IndexView {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// How many entries all parts have.
    pub entry_count: usize,
    /// Every letter that has entries, on whichever part it begins.
    pub jumps: Vec<LinkView>,
    /// The letters of this part.
    pub letters: Vec<LetterView>,
    /// The parts.
    pub pagination: PaginationView,
    /// From the home page down.
    pub breadcrumbs: Vec<LinkView>,
    /// What belongs into `<head>`.
    pub head: HeadView,
}

/// What stands under a letter.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// The letter; `0–9` for digits and signs.
    pub title: String,
    /// The id of its place on the page.
    pub anchor: String,
    /// The entries, in order.
    pub entries: Vec<IndexEntryView>,
}

/// A title or name.
#[derive(Debug, Clone, Serialize)]
pub struct IndexEntryView {
    /// The title or name.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// What the place is called where it leads, if that is another name.
    pub see: Option<String>,
}

/// A part of the index, from 1; `None` where there is none.
pub fn index(site: &Site, number: usize) -> Option<IndexView> {
    let index = site.hubs.index.as_ref()?;
    let count = index.entries.len();
    let pagination = pagination_of(site, &index.url, count.div_ceil(INDEX_PART), number);
    let breadcrumbs = breadcrumbs(site, 0);
    let text = |key| site.config.strings.text(key);
    let (title, description) = (text("a_to_z"), text("a_to_z_description"));
    let mut head = list_head(site, &title, &description, &index.url, Some(&pagination));
    head.json_ld = json_ld::breadcrumbs(site, &breadcrumbs, &title);
    let from = (number - 1) * INDEX_PART;
    let part = index.entries.iter().skip(from).take(INDEX_PART);
    let mut letters: Vec<(Option<char>, LetterView)> = Vec::new();
    for entry in part {
        let line = line(site, entry);
        match letters.last_mut() {
            Some((letter, view)) if *letter == entry.letter => view.entries.push(line),
            _ => {
                let (title, anchor) = (heading(entry.letter), anchor(entry.letter));
                letters.push((entry.letter, LetterView { title, anchor, entries: vec![line] }));
            }
        }
    }
    Some(IndexView {
        title,
        url: site.href(&index.url),
        entry_count: count,
        jumps: jumps(site, index),
        letters: letters.into_iter().map(|(_, view)| view).collect(),
        pagination,
        breadcrumbs,
        head,
    })
}

/// What a letter's heading says.
pub fn heading(letter: Option<char>) -> String {
    letter.map_or_else(|| "0–9".to_owned(), |letter| letter.to_string())
}

/// The id of a letter's place on the page.
pub fn anchor(letter: Option<char>) -> String {
    letter.map_or_else(|| "l-0".to_owned(), |letter| format!("l-{letter}"))
}

fn jumps(site: &Site, index: &Index) -> Vec<LinkView> {
    let mut jumps = Vec::new();
    let mut last = None;
    for (at, entry) in index.entries.iter().enumerate() {
        if last != Some(entry.letter) {
            last = Some(entry.letter);
            let page = site.href(&part_url(&index.url, at / INDEX_PART + 1));
            let url = format!("{page}#{}", anchor(entry.letter));
            jumps.push(LinkView { title: heading(entry.letter), url });
        }
    }
    jumps
}

fn line(site: &Site, entry: &Entry) -> IndexEntryView {
    let (name, url) = match entry.to {
        Target::Page(id) => (&site.pages[id].document.title, Some(&site.pages[id].url)),
        Target::Subject(id) => (&site.subjects.all[id].name, site.hubs.all[id].url.as_ref()),
    };
    IndexEntryView {
        title: entry.title.clone(),
        url: url.map(|url| site.href(url)).unwrap_or_default(),
        see: (*name != entry.title).then(|| name.clone()),
    }
}
