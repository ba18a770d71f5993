//! The text channel: the heaviest terms of each page.
//!
//! BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009):
//! counts are weighted by field and added before they saturate.

use rayon::prelude::*;

use crate::terms::{Corpus, Counts, TermId, steady};

/// The weights of title, head, body and code.
const FIELDS: [f32; 4] = [5.0, 1.0, 1.0, 0.2];
/// A pair of words says again what its words say.
const PAIR: f32 = 0.5;
/// How late a count saturates.
const K1: f32 = 2.0;
/// How much the length of a page counts against it.
const B: f32 = 0.6;
/// So many terms of a page are kept.
const KEPT: usize = 64;

/// A share of the pages, and at least a few: what more pages have says little.
pub(super) fn common(pages: usize) -> usize {
    (pages / 5).max(8)
}

/// A page's heaviest terms, by their numbers; the sum of squares is 1.
pub(super) type Top = Box<[(TermId, f32)]>;

/// The heaviest terms of every page.
pub(super) fn tops(corpus: &Corpus) -> Vec<Top> {
    let pages = corpus.len();
    let ids = || 0..corpus.term_count() as TermId;
    let is_pair: Vec<bool> = ids().map(|id| corpus.is_pair(id)).collect();
    let count = |(id, counts): (TermId, Counts)| {
        weighted(counts) * if is_pair[id as usize] { PAIR } else { 1.0 }
    };
    let length = |page: usize| {
        let mut length = 0.0;
        for term in corpus.terms(page) {
            length += count(term);
        }
        length
    };
    let lengths: Vec<f32> = (0..pages).into_par_iter().map(length).collect();
    let average = steady((lengths.iter().sum::<f32>() / pages as f32).max(1.0));
    // Nothing for a term that says nothing.
    let rarity = |id: TermId| match corpus.documents(id) {
        with if with >= 2 && with <= common(pages) => {
            let (all, with_it) = (pages as f32, with as f32);
            (1.0 + (all - with_it + 0.5) / (with_it + 0.5)).ln()
        }
        _ => 0.0,
    };
    let rarities: Vec<f32> = ids().map(rarity).collect();
    let top = |heaviest: &mut Vec<u64>, page: usize| {
        let late = K1 * (1.0 - B + B * steady(lengths[page]) / average);
        heaviest.clear();
        for term in corpus.terms(page) {
            let rarity = rarities[term.0 as usize];
            if rarity > 0.0 {
                let count = count(term);
                heaviest.push(ranked(term.0, count / (count + late) * rarity));
            }
        }
        if heaviest.len() > KEPT {
            heaviest.select_nth_unstable(KEPT);
            heaviest.truncate(KEPT);
        }
        let mut terms: Vec<(TermId, f32)> = heaviest.iter().map(|rank| unranked(*rank)).collect();
        terms.sort_unstable_by_key(|(id, _)| *id);
        let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        terms.iter_mut().for_each(|(_, weight)| *weight /= length);
        terms.into_boxed_slice()
    };
    (0..pages).into_par_iter().map_init(Vec::new, top).collect()
}

fn weighted(counts: Counts) -> f32 {
    let in_field = |field: usize| f32::from(counts[field]) * FIELDS[field];
    in_field(0) + in_field(1) + in_field(2) + in_field(3)
}

/// A number for a term and its weight, which is positive: the heavier a term, the
/// lower; of two of one weight the first is lower.
fn ranked(id: TermId, weight: f32) -> u64 {
    u64::from(!weight.to_bits()) << u32::BITS | u64::from(id)
}

fn unranked(rank: u64) -> (TermId, f32) {
    (rank as u32, f32::from_bits(!(rank >> u32::BITS) as u32))
}

/// The terms that two pages share, each with the product of its weights.
pub(super) fn shared<'t>(
    mut a: &'t [(TermId, f32)],
    mut b: &'t [(TermId, f32)],
) -> impl Iterator<Item = (TermId, f32)> + 't {
    std::iter::from_fn(move || {
        while let ([(id, here), rest @ ..], [(other, there), others @ ..]) = (a, b) {
            if id <= other {
                a = rest;
            }
            if other <= id {
                b = others;
            }
            if id == other {
                return Some((*id, here * there));
            }
        }
        None
    })
}

/// From terms to the pages that have them among their heaviest.
pub(super) struct Index {
    /// Where each term's pages end.
    ends: Vec<u32>,
    /// The pages of each term, in ascending order.
    pages: Vec<(u32, f32)>,
}

/// A term leads to so many pages, those in which it is heaviest.
const PAGES: usize = 96;

/// The index is made in so many parts of about as many pages, so that not the pages of
/// all terms are there at once before they are cut down.
const PARTS: usize = 16;

impl Index {
    pub(super) fn new(tops: &[Top], is_target: impl Fn(usize) -> bool) -> Self {
        let terms = tops.iter().flatten().map(|(id, _)| *id as usize + 1).max().unwrap_or(0);
        let mut counts = vec![0; terms];
        let targets = || tops.iter().enumerate().filter(|(page, _)| is_target(*page));
        for (id, _) in targets().flat_map(|(_, top)| top) {
            counts[*id as usize] += 1;
        }
        let part = counts.iter().sum::<usize>() / PARTS;
        let mut index = Self { ends: Vec::with_capacity(terms), pages: Vec::new() };
        while index.ends.len() < terms {
            let first = index.ends.len();
            let mut pages = 0;
            let is_own = |count: &&usize| {
                let is_own = pages <= part;
                pages += **count;
                is_own
            };
            let counts = &counts[first..];
            let count = counts.iter().take_while(is_own).count();
            index.add(first, &counts[..count], targets());
        }
        index.pages.shrink_to_fit();
        index
    }

    /// Adds the terms from `first` on that stand so often in the tops of pages.
    fn add<'t>(
        &mut self,
        first: usize,
        counts: &[usize],
        targets: impl Iterator<Item = (usize, &'t Top)>,
    ) {
        let starts = counts.iter().scan(0, |end, count| {
            let start = *end;
            *end += count;
            Some(start)
        });
        let mut ends: Vec<usize> = starts.collect();
        let mut pages = vec![(0, 0.0); counts.iter().sum()];
        for (page, top) in targets {
            let place = |term: usize| top.partition_point(|(id, _)| (*id as usize) < term);
            for (id, weight) in &top[place(first)..place(first + counts.len())] {
                let end = &mut ends[*id as usize - first];
                pages[*end] = (page as u32, *weight);
                *end += 1;
            }
        }
        for (end, count) in ends.into_iter().zip(counts) {
            let mut list = &mut pages[end - count..end];
            if list.len() > PAGES {
                list.select_nth_unstable_by(PAGES, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                list = &mut list[..PAGES];
                list.sort_unstable_by_key(|(page, _)| *page);
            }
            self.pages.extend_from_slice(list);
            self.ends.push(self.pages.len() as u32);
        }
    }

    /// The pages of a term, in ascending order, with its weight in each.
    pub(super) fn pages(&self, term: TermId) -> &[(u32, f32)] {
        let term = term as usize;
        let Some(end) = self.ends.get(term) else { return &[] };
        let start = if term == 0 { 0 } else { self.ends[term - 1] };
        &self.pages[start as usize..*end as usize]
    }
}
