//! Which pages a reader may want next, and why.
//!
//! 1. [`text`]: a page's words become its heaviest terms (BM25F), and these an
//!    index from terms to pages, with a limit on the pages of a term.
//! 2. [`score`]: what a page says, is labelled with, names and links to is
//!    added up for every page it shares something with. What it costs does not
//!    grow with the site, so all pages together take linear time.
//! 3. [`choose`]: the cards, of those candidates: pinned ones first, no two of
//!    one kind, no subject crowding out the other.
//!
//! Sums are taken in one order and ties go to the first page, so the result is
//! the same on any machine. Dates play no part.

mod cards;
mod choose;
mod score;
mod text;
mod told;
mod why;

use rayon::prelude::*;

pub use cards::Cards;
pub use told::Told;

use crate::terms::{Corpus, TermId};

/// A page, by its place among all.
pub type PageId = usize;

/// What is known of a page beside its words.
#[derive(Debug, Clone, Default)]
pub struct Entry<'a> {
    /// Its title.
    pub title: &'a str,
    /// Whether other pages may lead to it.
    pub is_target: bool,
    /// What it compares, in ascending order.
    pub subjects: Vec<usize>,
    /// Its keywords, by number.
    pub keywords: Vec<usize>,
    /// Its tags and the like, by number.
    pub tags: Vec<usize>,
    /// Its categories, by number.
    pub categories: Vec<usize>,
    /// The pages it links to.
    pub links: Vec<PageId>,
    /// The pages that its author wants first.
    pub pinned: Vec<PageId>,
    /// The pages that its author does not want.
    pub excluded: Vec<PageId>,
}

/// A page to read next.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The page.
    pub page: PageId,
    /// What speaks for it.
    pub parts: Parts,
    /// Why, the strongest reason first.
    pub why: Vec<Reason>,
}

/// What speaks for a page, by channel; each has a weight of its own in it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Parts {
    /// The same words: the cosine of the pages' heaviest terms.
    pub text: f32,
    /// The same subjects.
    pub subjects: f32,
    /// The same keywords.
    pub keywords: f32,
    /// The same tags.
    pub tags: f32,
    /// One names the other's title.
    pub mentions: f32,
    /// One links to the other.
    pub links: f32,
}

impl Parts {
    /// Each part with its name.
    pub fn named(&self) -> [(&'static str, f32); 6] {
        [
            ("text", self.text),
            ("subjects", self.subjects),
            ("keywords", self.keywords),
            ("tags", self.tags),
            ("mentions", self.mentions),
            ("links", self.links),
        ]
    }

    /// The sum by which pages are ranked.
    pub fn score(&self) -> f32 {
        self.text + self.subjects + self.keywords + self.tags + self.mentions + self.links
    }
}

/// A reason that can be told to readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The author of the page chose it.
    Pinned,
    /// It compares the same.
    View,
    /// It compares one of the page's subjects.
    Subjects(Vec<usize>),
    /// The page links to it, or names it.
    Named,
    /// It links to the page, or names it.
    Names,
    /// Both have these tags.
    Tags(Vec<usize>),
    /// Both have these keywords.
    Keywords(Vec<usize>),
    /// Both say these words more than others do; [`Told`] has them.
    Terms(Vec<TermId>),
    /// Both are in this category.
    Category(usize),
    /// Its title is next in the alphabet.
    Neighbour,
}

/// What the words of pages say of them.
#[derive(Debug)]
pub struct Wording {
    /// Without counts, which take most of the memory.
    corpus: Corpus,
    tops: Vec<text::Top>,
}

impl Wording {
    /// What the words of all pages say; nothing is made of those of a single one.
    pub fn new(corpus: Corpus) -> Self {
        let tops = if corpus.len() < 2 { Vec::new() } else { text::tops(&corpus) };
        Self { corpus: corpus.without_counts(), tops }
    }
}

/// At most `limit` pages for every page, and the words that are told of them.
/// `wording` is that of the pages, in the same order.
pub fn link(entries: &[Entry<'_>], wording: Wording, limit: usize) -> (Vec<Cards>, Told) {
    if entries.len() < 2 {
        return (vec![Cards::default(); entries.len()], Told::default());
    }
    let Wording { corpus, tops } = wording;
    let scorer = score::Scorer::new(entries, &corpus, &tops);
    let chooser = choose::Chooser::new(entries, &corpus, &tops, limit);
    let pages = (0..entries.len()).into_par_iter();
    let links = pages.map_init(
        || scorer.scratch(),
        |scratch, page| chooser.choose(page, &scorer.candidates(page, limit, scratch)),
    );
    let cards: Vec<Cards> = links.collect();
    let told = Told::new(&cards, &corpus);
    (cards, told)
}

/// Pairs of pages that say nearly the same, each once, with their cosine.
pub fn near_duplicates<'a>(links: impl Iterator<Item = &'a Cards>) -> Vec<(PageId, PageId, f32)> {
    let mut pairs: Vec<(PageId, PageId, f32)> = Vec::new();
    for (page, related) in links.enumerate() {
        for other in related.iter().filter(|other| other.parts.text >= score::NEAR_DUPLICATE) {
            let (a, b) = (page.min(other.page), page.max(other.page));
            pairs.push((a, b, other.parts.text));
        }
    }
    pairs.sort_by_key(|(a, b, _)| (*a, *b));
    pairs.dedup_by_key(|(a, b, _)| (*a, *b));
    pairs
}
