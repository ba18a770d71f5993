//! What readers can find: the pages of the index, what a search can be narrowed
//! to, and the files.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use super::letters::{Letters, fold, letter};
use super::taxonomies::TermsOfPages;
use super::{Output, PageId, SubjectId, Subjects, Taxonomy};
use crate::config::Config;
use crate::content::Document;
use crate::path::UrlPath;
use crate::search::{self, Entry, Index};
use crate::terms::Corpus;

/// So many articles are on a part of the search page.
pub const LISTED: usize = 500;
/// Of a facet so many values are offered, those that most articles have.
const OFFERED: usize = 100;
/// The folder of the search page and of the files of the index.
const FOLDER: &str = "search/";

/// What readers can find.
#[derive(Debug, Default)]
pub struct Search {
    /// The index; its pages are those of `numbered`.
    pub index: Index,
    /// The pages by their number in the index: from the oldest to the newest, so
    /// that a new one does not give all others another number.
    pub numbered: Vec<PageId>,
    /// The same by title.
    pub titled: Vec<PageId>,
    /// Where each letter begins among those.
    pub letters: Letters,
    /// What a search can be narrowed to.
    pub facets: Vec<Facet>,
    /// Another one whenever anything in the files may be another.
    pub version: String,
}

/// What a search can be narrowed to.
#[derive(Debug, PartialEq, Eq)]
pub struct Facet {
    /// What its labels begin with: `subject`, or a taxonomy's name.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What can be chosen, by title.
    pub values: Vec<FacetValue>,
}

/// What can be chosen of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// What its label ends in.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How many pages have it.
    pub count: usize,
}

/// A file of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchFile {
    /// What every search begins with: where the shards begin, the facets.
    Index,
    /// The words that a mistyped one may stand for.
    Spellings,
    /// A shard of the words.
    Shard(usize),
    /// The text of a page, by its number in the index.
    Text(usize),
}

/// What the index is made of.
pub(super) struct Parts<'a> {
    pub(super) config: &'a Config,
    /// None in a sketch, which has a search page without articles.
    pub(super) corpus: Option<&'a Corpus>,
    pub(super) pages: &'a [Arc<Document>],
    pub(super) urls: &'a [UrlPath],
    pub(super) newest: &'a [PageId],
    pub(super) subjects: &'a Subjects,
    pub(super) compared: &'a [Vec<SubjectId>],
    pub(super) taxonomies: &'a [Taxonomy],
    pub(super) terms: &'a TermsOfPages,
}

pub(super) fn build(parts: &Parts<'_>) -> Option<Search> {
    let Parts { config, corpus, pages, newest, .. } = *parts;
    let is_listed = |id: &PageId| {
        let page = &pages[*id];
        page.front.is_listed() && !page.front.draft && !page.is_broken
    };
    let numbered: Vec<PageId> = newest.iter().rev().copied().filter(is_listed).collect();
    if !config.search || numbered.is_empty() {
        return None;
    }
    let Some(corpus) = corpus else { return Some(Search::default()) };
    let mut facets = Facets::new(parts);
    let entries: Vec<Entry> =
        numbered.iter().map(|page| Entry { place: *page, labels: facets.of_page(*page) }).collect();
    let labels = std::mem::take(&mut facets.labels);
    let index = search::build(corpus, &entries, labels);
    let mut titled = numbered.clone();
    titled.sort_by_cached_key(|page| {
        let title = &pages[*page].title;
        (letter(title), fold(title), *page)
    });
    let letters = Letters::of(titled.iter().map(|page| letter(&pages[*page].title)));
    let version = version(parts, &index);
    Some(Search { index, numbered, titled, letters, facets: facets.finish(), version })
}

/// Files of one address may be kept by browsers, so it ends in this.
fn version(parts: &Parts<'_>, index: &Index) -> String {
    let mut hash = Xxh3::new();
    for shard in &index.shards {
        hash.update(&shard.bytes);
    }
    for (page, url) in parts.pages.iter().zip(parts.urls) {
        hash.update(&page.hash.to_le_bytes());
        hash.update(url.as_str().as_bytes());
    }
    hash.update(parts.config.base_url.path.as_bytes());
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    format!("{:010x}", hash.digest() >> 24)
}

struct Facets<'a> {
    parts: &'a Parts<'a>,
    /// How many pages have each subject, and each term of each taxonomy.
    subjects: BTreeMap<SubjectId, usize>,
    terms: BTreeMap<(usize, usize), usize>,
    /// What pages can be narrowed to, each once, and its place by what it is called.
    labels: Vec<String>,
    places: HashMap<String, u32>,
}

const SUBJECT: &str = "subject";

impl<'a> Facets<'a> {
    fn new(parts: &'a Parts<'a>) -> Self {
        let (subjects, terms) = (BTreeMap::new(), BTreeMap::new());
        Self { parts, subjects, terms, labels: Vec::new(), places: HashMap::new() }
    }

    /// What a page can be narrowed to; each is counted.
    fn of_page(&mut self, page: PageId) -> Box<[u32]> {
        let Parts { pages, subjects, compared, taxonomies, terms, .. } = *self.parts;
        let own = pages[page].subject().and_then(|id| subjects.find(&id));
        let mut all: Vec<SubjectId> = compared[page].iter().copied().chain(own).collect();
        all.sort_unstable();
        all.dedup();
        let mut labels = Vec::new();
        for subject in all {
            *self.subjects.entry(subject).or_default() += 1;
            labels.push(self.place(format!("{SUBJECT}:{}", subjects.all[subject].id)));
        }
        for own in terms[page].iter().filter(|own| is_facet(&taxonomies[own.taxonomy()])) {
            *self.terms.entry((own.taxonomy(), own.term())).or_default() += 1;
            let Taxonomy { config, terms, .. } = &taxonomies[own.taxonomy()];
            labels.push(self.place(format!("{}:{}", config.name, terms[own.term()].slug)));
        }
        labels.into()
    }

    fn place(&mut self, label: String) -> u32 {
        let next = self.labels.len() as u32;
        *self.places.entry(label).or_insert_with_key(|label| {
            self.labels.push(label.clone());
            next
        })
    }

    /// The facets that tell pages apart.
    fn finish(self) -> Vec<Facet> {
        let Parts { subjects, taxonomies, .. } = *self.parts;
        let values = self.subjects.iter().map(|(id, count)| {
            let subject = &subjects.all[*id];
            FacetValue { id: subject.id.clone(), title: subject.name.clone(), count: *count }
        });
        let mut facets = vec![Facet::new(SUBJECT, "Subject", values.collect())];
        for (at, taxonomy) in taxonomies.iter().enumerate() {
            let of_it = self.terms.range((at, 0)..(at + 1, 0)).map(|((_, term), count)| {
                let term = &taxonomy.terms[*term];
                FacetValue { id: term.slug.clone(), title: term.title.clone(), count: *count }
            });
            let title = &taxonomy.config.title;
            facets.push(Facet::new(&taxonomy.config.name, title, of_it.collect()));
        }
        facets.retain(|facet| facet.values.len() > 1);
        facets
    }
}

/// Who wrote an article is not what it is about.
fn is_facet(taxonomy: &Taxonomy) -> bool {
    !matches!(taxonomy.config.name.as_str(), "authors" | SUBJECT)
}

impl Facet {
    fn new(name: &str, title: &str, mut values: Vec<FacetValue>) -> Self {
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.id.cmp(&b.id)));
        values.truncate(OFFERED);
        values.sort_by_cached_key(|value| (value.title.to_lowercase(), value.id.clone()));
        Self { name: name.to_owned(), title: title.to_owned(), values }
    }
}

impl Search {
    /// Whether a path is that of a file that a search reads.
    pub fn has(path: &str) -> bool {
        path.starts_with(FOLDER)
    }

    /// Where the search page is.
    pub fn url() -> UrlPath {
        UrlPath::root().join(FOLDER).unwrap_or_else(|_| UrlPath::root())
    }

    /// How many parts the search page has.
    pub fn parts(&self) -> usize {
        self.titled.len().div_ceil(LISTED).max(1)
    }

    /// Every file that a search reads, the search page included.
    pub(super) fn files(&self) -> Vec<(String, Output)> {
        let page = |part| match part {
            1 => format!("{FOLDER}index.html"),
            _ => format!("{FOLDER}page/{part}/index.html"),
        };
        let file = |name: String, file| (format!("{FOLDER}{name}"), Output::Search(file));
        let pages = (1..=self.parts()).map(|part| (page(part), Output::SearchPage(part)));
        let texts = 0..self.numbered.len();
        let shards = 0..self.index.shards.len();
        pages
            .chain([
                file("index.json".into(), SearchFile::Index),
                file("words.json".into(), SearchFile::Spellings),
            ])
            .chain(shards.map(|at| file(format!("terms-{at}.bin"), SearchFile::Shard(at))))
            .chain(texts.map(|at| file(format!("pages/{at}.json"), SearchFile::Text(at))))
            .collect()
    }
}
