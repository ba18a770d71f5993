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

impl Index {
    pub(super) fn new(tops: &[Top], is_target: impl Fn(usize) -> bool) -> Self {
        let terms = tops.iter().flatten().map(|(id, _)| *id as usize + 1).max().unwrap_or(0);
        let mut starts = vec![0_u32; terms + 1];
        let targets = || tops.iter().enumerate().filter(|(page, _)| is_target(*page));
        for (id, _) in targets().flat_map(|(_, top)| top) {
            starts[*id as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut pages = vec![(0, 0.0); starts.last().map_or(0, |end| *end as usize)];
        let mut next = starts.clone();
        for (page, top) in targets() {
            for (id, weight) in top {
                let at = &mut next[*id as usize];
                pages[*at as usize] = (page as u32, *weight);
                *at += 1;
            }
        }
        let mut ends = Vec::with_capacity(terms);
        let mut kept = 0;
        for term in 0..terms {
            let range = starts[term] as usize..starts[term + 1] as usize;
            let list = &mut pages[range.clone()];
            if list.len() > PAGES {
                list.select_nth_unstable_by(PAGES, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                list[..PAGES].sort_unstable_by_key(|(page, _)| *page);
            }
            let count = range.len().min(PAGES);
            pages.copy_within(range.start..range.start + count, kept);
            kept += count;
            ends.push(kept as u32);
        }
        pages.truncate(kept);
        pages.shrink_to_fit();
        Self { ends, pages }
    }

    /// The pages of a term, in ascending order, with its weight in each.
    pub(super) fn pages(&self, term: TermId) -> &[(u32, f32)] {
        let term = term as usize;
        let Some(end) = self.ends.get(term) else { return &[] };
        let start = if term == 0 { 0 } else { self.ends[term - 1] };
        &self.pages[start as usize..*end as usize]
    }
}
