//! Titles and names by letter.

use serde::Serialize;

use super::super::shared::{breadcrumbs, list_head, pagination_of};
use super::super::{HeadView, LinkView, PaginationView, json_ld};
use crate::path::UrlPath;
use crate::site::{Entry, INDEX_PART, Letter, Letters, Site, Target, part_url};

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
    Some(IndexView {
        title,
        url: site.href(&index.url),
        entry_count: count,
        jumps: jumps(site, &index.url, &index.letters, INDEX_PART),
        letters: letters(&index.letters, number, INDEX_PART, |at| line(site, &index.entries[at])),
        pagination,
        breadcrumbs,
        head,
    })
}

/// What a letter's heading says.
fn heading(letter: Letter) -> String {
    letter.map_or_else(|| "0–9".to_owned(), |letter| letter.to_string())
}

/// The id of a letter's place on the page.
fn anchor(letter: Letter) -> String {
    letter.map_or_else(|| "l-0".to_owned(), |letter| format!("l-{letter}"))
}

/// Where the letters of a list begin that has so many lines on each of its parts,
/// the first of them at `url`.
pub fn jumps(site: &Site, url: &UrlPath, letters: &Letters, lines: usize) -> Vec<LinkView> {
    let jump = |(letter, start): &(Letter, usize)| {
        let part = site.href(&part_url(url, start / lines + 1));
        LinkView { title: heading(*letter), url: format!("{part}#{}", anchor(*letter)) }
    };
    letters.starts().iter().map(jump).collect()
}

/// The letters of a part of such a list, from 1.
pub fn letters(
    letters: &Letters,
    part: usize,
    lines: usize,
    line: impl Fn(usize) -> IndexEntryView,
) -> Vec<LetterView> {
    let own = letters.within((part - 1) * lines..part * lines);
    own.map(|(letter, lines)| LetterView {
        title: heading(letter),
        anchor: anchor(letter),
        entries: lines.map(&line).collect(),
    })
    .collect()
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
