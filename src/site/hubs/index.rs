//! Titles and names by letter.

use super::{Hub, Places};
use crate::path::{UrlPath, slugify};
use crate::site::letters::{Letters, fold, letter};
use crate::site::{PageId, SubjectId};

/// The index has this many entries on a page.
pub const INDEX_PART: usize = 1000;

/// Titles, subjects and their other names, in the order of the alphabet.
#[derive(Debug)]
pub struct Index {
    /// Where it is.
    pub url: UrlPath,
    /// The entries.
    pub entries: Vec<Entry>,
    /// Where each letter begins among them.
    pub letters: Letters,
}

/// A line of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The title or name.
    pub title: String,
    /// Where it leads.
    pub to: Target,
    /// Whether it is another name of what it leads to.
    pub is_alias: bool,
}

/// Where a line of the index leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A subject's page.
    Subject(SubjectId),
    /// An article.
    Page(PageId),
}

impl Index {
    pub(super) fn of(hubs: &[Hub], places: &Places<'_>) -> Option<Self> {
        let mut entries = Vec::new();
        let mut add = |title: &str, to, is_alias| {
            entries.push(Entry { title: title.to_owned(), to, is_alias });
        };
        let are_hubs = places.config.hubs.subjects;
        for (id, page) in places.pages.iter().enumerate() {
            let is_subject = are_hubs && page.front.subject.is_some();
            if page.front.is_listed() && !is_subject {
                add(&page.title, Target::Page(id), false);
            }
        }
        for (id, (entry, hub)) in places.subjects.all.iter().zip(hubs).enumerate() {
            let is_hidden = entry.page.is_some_and(|page| !places.pages[page].front.is_listed());
            // What has no page of its own is found in its only comparison.
            let to = match (&hub.url, hub.comparisons.first()) {
                _ if is_hidden || !are_hubs => continue,
                (Some(_), _) => Target::Subject(id),
                (None, Some(page)) => Target::Page(*page),
                (None, None) => continue,
            };
            add(&entry.name, to, false);
            let name = slugify(&entry.name);
            for alias in entry.facts.aliases.iter().filter(|alias| slugify(alias) != name) {
                add(alias, to, true);
            }
        }
        let key = |entry: &Entry| {
            (letter(&entry.title), fold(&entry.title), entry.title.clone(), entry.to)
        };
        entries.sort_by_cached_key(key);
        let letters = Letters::of(entries.iter().map(|entry| letter(&entry.title)));
        let url = UrlPath::new("/a-z/").ok()?;
        Some(Self { url, entries, letters })
    }
}
