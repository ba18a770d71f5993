//! What the comparisons say of each subject over all of them, and where the
//! pages are that show it.
//!
//! Made once, in time that grows with the comparisons. Mirrors, drafts and what
//! is kept from search engines count for nothing here: see [`is_counted`].

mod gaps;
mod index;
mod score;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use gaps::{Gap, gaps};
pub use index::{Entry, INDEX_PART, Index, Target};
pub use score::{GroupScore, Record, Score};

use super::subjects::{SubjectEntry, SubjectId, Subjects};
use super::{PageId, Section, SectionId, Site};
use crate::config::Config;
use crate::content::{Document, SUBJECTS, humanize};
use crate::path::{UrlPath, slugify};
use crate::strings::Strings;

/// The hubs of a site.
#[derive(Debug, Default)]
pub struct Hubs {
    /// What is known of each subject, by its place.
    pub all: Vec<Hub>,
    /// The table of all pairs.
    pub matrix: Option<Matrix>,
    /// The titles and names by letter.
    pub index: Option<Index>,
    /// The section that lists the subjects.
    pub section: Option<SectionId>,
    /// How many comparisons each section has of each subject, those of the
    /// sections below included.
    pub by_section: Vec<BTreeMap<SubjectId, usize>>,
}

/// The table of all pairs.
#[derive(Debug)]
pub struct Matrix {
    /// Where it is.
    pub url: UrlPath,
    /// The lowest section that all comparisons are in.
    pub section: SectionId,
}

/// What is known of a subject over all comparisons.
#[derive(Debug, Default)]
pub struct Hub {
    /// Its page: that of its file, or one that is made of its comparisons.
    pub url: Option<UrlPath>,
    /// Whether its page is made without a file.
    pub is_generated: bool,
    /// The page of its alternatives.
    pub alternatives: Option<UrlPath>,
    /// What it stands among, such as `Languages`.
    pub category: Option<String>,
    /// The comparisons that count, the newest first.
    pub comparisons: Vec<PageId>,
    /// What it is compared with, by the number of comparisons, then by name.
    pub rivals: Vec<Rival>,
    /// Articles that link to it or have it as a term, the newest first.
    pub mentions: Vec<PageId>,
}

/// What a subject is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rival {
    /// The other subject.
    pub subject: SubjectId,
    /// The comparisons of the two, the newest first.
    pub comparisons: Vec<PageId>,
}

/// A subject without a file has a page, and any has alternatives, from this many
/// comparisons on: of one, the article says all there is.
const ENOUGH: usize = 2;

/// A table says more than its articles from this many subjects on.
const ROWS: usize = 3;

/// An article on more subjects than this is a survey: its pairs, which grow with
/// the square of their number, say little.
const SURVEY: usize = 16;

/// Whether an article counts as a comparison of what it compares.
pub fn is_counted(document: &Document, compared: &[SubjectId]) -> bool {
    compared.len() > 1 && document.front.is_listed()
}

/// Gathers the comparisons of each subject.
pub(super) fn gather(
    pages: &[Arc<Document>],
    newest: &[PageId],
    compared: &[Vec<SubjectId>],
    subjects: &Subjects,
    strings: &Strings,
) -> Vec<Hub> {
    let mut comparisons: Vec<Vec<PageId>> = vec![Vec::new(); subjects.all.len()];
    let mut pairs: Vec<BTreeMap<SubjectId, Vec<PageId>>> =
        vec![BTreeMap::new(); subjects.all.len()];
    for &id in newest.iter().filter(|id| is_counted(&pages[**id], &compared[**id])) {
        for &subject in &compared[id] {
            comparisons[subject].push(id);
            let others = compared[id].iter().filter(|other| **other != subject);
            for other in others.take_while(|_| compared[id].len() <= SURVEY) {
                pairs[subject].entry(*other).or_default().push(id);
            }
        }
    }
    let hub = |((entry, comparisons), pairs): ((&SubjectEntry, Vec<PageId>), BTreeMap<_, _>)| {
        let rival = |(subject, comparisons)| Rival { subject, comparisons };
        let mut rivals: Vec<Rival> = pairs.into_iter().map(rival).collect();
        rivals.sort_by_cached_key(|rival| {
            let other = &subjects.all[rival.subject];
            (Reverse(rival.comparisons.len()), other.name.to_lowercase(), rival.subject)
        });
        let category = category(entry, pages, strings);
        Hub { comparisons, rivals, category, ..Hub::default() }
    };
    let mut hubs: Vec<Hub> = subjects.all.iter().zip(comparisons).zip(pairs).map(hub).collect();
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    for category in hubs.iter_mut().filter_map(|hub| hub.category.as_mut()) {
        *category = spellings.entry(slugify(category)).or_insert(category.clone()).clone();
    }
    hubs
}

/// The first category of its file, or else what kind of thing it is.
fn category(entry: &SubjectEntry, pages: &[Arc<Document>], strings: &Strings) -> Option<String> {
    let file = entry.page.map(|page| &pages[page].front);
    let own = file.and_then(|front| front.terms_of("categories").first().cloned());
    own.or_else(|| {
        let kind = entry.facts.kind.as_deref()?;
        Some(strings.kind(kind).map_or_else(|| humanize(kind), str::to_owned))
    })
}

/// Whether a subject has a page that no file makes.
fn is_generated(entry: &SubjectEntry, hub: &Hub) -> bool {
    entry.page.is_none() && hub.comparisons.len() >= ENOUGH
}

/// The folder of the subjects, if pages without a file are to stand in it.
pub(super) fn folder(hubs: &[Hub], subjects: &Subjects, config: &Config) -> Option<&'static str> {
    let mut all = subjects.all.iter().zip(hubs);
    let is_used = config.hubs.subjects && all.any(|(entry, hub)| is_generated(entry, hub));
    is_used.then_some(SUBJECTS)
}

/// What hubs are placed by.
pub(super) struct Places<'a> {
    pub(super) config: &'a Config,
    pub(super) pages: &'a [Arc<Document>],
    pub(super) urls: &'a [UrlPath],
    pub(super) sections: &'a [Section],
    /// The section of each page.
    pub(super) homes: &'a [SectionId],
    pub(super) subjects: &'a Subjects,
    /// What each page compares.
    pub(super) compared: &'a [Vec<SubjectId>],
}

/// Gives the hubs their addresses.
pub(super) fn place(mut all: Vec<Hub>, places: &Places<'_>) -> Hubs {
    let Places { config, pages, urls, sections, homes, subjects, compared } = *places;
    let section = sections.iter().position(|section| section.folder == SUBJECTS);
    for (entry, hub) in subjects.all.iter().zip(&mut all) {
        hub.is_generated = config.hubs.subjects && is_generated(entry, hub);
        hub.url = match (entry.page, section.filter(|_| hub.is_generated)) {
            (Some(page), _) => Some(urls[page].clone()),
            (None, Some(section)) => sections[section].url.join(&format!("{}/", entry.id)).ok(),
            (None, None) => None,
        };
        let is_wanted = config.hubs.subjects && config.hubs.alternatives;
        let folder = hub.url.as_ref().filter(|url| url.as_str().ends_with('/'));
        let is_enough = is_wanted && hub.comparisons.len() >= ENOUGH && !hub.rivals.is_empty();
        hub.alternatives =
            folder.filter(|_| is_enough).and_then(|url| url.join("alternatives/").ok());
    }
    let mut by_section = vec![BTreeMap::new(); sections.len()];
    let counted = (0..pages.len()).filter(|id| is_counted(&pages[*id], &compared[*id]));
    let mut home = None;
    for id in counted {
        home = Some(match home {
            Some(other) => common(sections, other, homes[id]),
            None => homes[id],
        });
        for section in upward(sections, homes[id]) {
            for subject in &compared[id] {
                *by_section[section].entry(*subject).or_default() += 1;
            }
        }
    }
    let rows = all.iter().filter(|hub| !hub.rivals.is_empty()).count();
    let matrix = home.filter(|_| config.hubs.matrix && rows >= ROWS);
    let matrix = matrix.and_then(|section| {
        Some(Matrix { url: sections[section].url.join("matrix/").ok()?, section })
    });
    let index = home.filter(|_| config.hubs.a_to_z);
    let index = index.and_then(|_| Index::of(&all, places));
    let section = section.filter(|_| config.hubs.subjects);
    Hubs { all, matrix, index, section, by_section }
}

/// The articles that mention each subject without comparing it: they link to its
/// page, `to_subjects` to one that is generated, or have it as a term.
pub(super) fn mentions(site: &Site, to_subjects: Vec<Vec<PageId>>) -> Vec<Vec<PageId>> {
    let mut found: Vec<BTreeSet<PageId>> =
        to_subjects.into_iter().map(BTreeSet::from_iter).collect();
    for (entry, found) in site.subjects.all.iter().zip(&mut found) {
        let file = entry.page.map(|page| &site.pages[page]);
        found.extend(file.into_iter().flat_map(|page| &page.backlinks));
    }
    for term in site.taxonomies.iter().flat_map(|taxonomy| &taxonomy.terms) {
        if let Some(subject) = site.subjects.find(&term.title) {
            found[subject].extend(&term.pages);
        }
    }
    let mut rank = vec![0; site.pages.len()];
    for (place, id) in site.newest.iter().enumerate() {
        rank[*id] = place;
    }
    let is_article = |id: &PageId| {
        let front = &site.pages[*id].document.front;
        front.is_listed() && front.subject.is_none()
    };
    let articles = found.into_iter().enumerate().map(|(subject, found)| {
        let is_other = |id: &PageId| !site.pages[*id].subjects.contains(&subject);
        let mut articles: Vec<PageId> =
            found.into_iter().filter(|id| is_article(id) && is_other(id)).collect();
        articles.sort_by_key(|id| rank[*id]);
        articles
    });
    articles.collect()
}

/// A section and those above it.
fn upward(sections: &[Section], from: SectionId) -> impl Iterator<Item = SectionId> {
    std::iter::successors(Some(from), |id| sections[*id].parent)
}

/// The lowest section that both are in.
fn common(sections: &[Section], one: SectionId, other: SectionId) -> SectionId {
    let above: Vec<SectionId> = upward(sections, one).collect();
    upward(sections, other).find(|id| above.contains(id)).unwrap_or_default()
}
