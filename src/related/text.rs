//! The text channel: the heaviest terms of each page.
//!
//! BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009):
//! counts are weighted by field and added before they saturate.

use rayon::prelude::*;

use crate::terms::{Corpus, Counts, TermId};

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
    let is_pair: Vec<bool> =
        (0..corpus.term_count()).map(|id| corpus.term(id as TermId).contains(' ')).collect();
    let count = |(id, counts): &(TermId, Counts)| {
        let weighted = counts.iter().zip(FIELDS).map(|(count, weight)| f32::from(*count) * weight);
        weighted.sum::<f32>() * if is_pair[*id as usize] { PAIR } else { 1.0 }
    };
    let mut frequency = vec![0_u32; corpus.term_count()];
    let mut lengths = Vec::with_capacity(pages);
    for page in 0..pages {
        let mut length = 0.0;
        for term in corpus.terms(page) {
            frequency[term.0 as usize] += 1;
            length += count(&term);
        }
        lengths.push(length);
    }
    let average = (lengths.iter().sum::<f32>() / pages as f32).max(1.0);
    let rarity = |with: &u32| {
        let (all, with_it) = (pages as f32, *with as f32);
        let says = *with >= 2 && *with as usize <= common(pages);
        says.then(|| (1.0 + (all - with_it + 0.5) / (with_it + 0.5)).ln())
    };
    let rarities: Vec<Option<f32>> = frequency.iter().map(rarity).collect();
    let top = |page: usize| {
        let late = K1 * (1.0 - B + B * lengths[page] / average);
        let weight = |term: (TermId, Counts)| {
            let rarity = rarities[term.0 as usize]?;
            let count = count(&term);
            Some((term.0, count / (count + late) * rarity))
        };
        let mut terms: Vec<(TermId, f32)> = corpus.terms(page).filter_map(weight).collect();
        let heavier =
            |a: &(TermId, f32), b: &(TermId, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if terms.len() > KEPT {
            terms.select_nth_unstable_by(KEPT, heavier);
            terms.truncate(KEPT);
        }
        terms.sort_unstable_by_key(|(id, _)| *id);
        let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        terms.iter_mut().for_each(|(_, weight)| *weight /= length);
        terms.into_boxed_slice()
    };
    (0..pages).into_par_iter().map(top).collect()
}

/// The terms that two pages share, each with the product of its weights.
pub(super) fn shared<'t>(a: &'t Top, b: &'t Top) -> impl Iterator<Item = (TermId, f32)> + 't {
    let mut b = b.iter().peekable();
    a.iter().filter_map(move |(id, weight)| {
        while b.next_if(|(other, _)| other < id).is_some() {}
        let (_, there) = b.next_if(|(other, _)| other == id)?;
        Some((*id, weight * there))
    })
}

/// From terms to the pages that have them among their heaviest.
pub(super) struct Index {
    /// Where each term's pages end.
    ends: Vec<u32>,
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

    /// The pages of a term, with its weight in each.
    pub(super) fn pages(&self, term: TermId) -> &[(u32, f32)] {
        let term = term as usize;
        let Some(end) = self.ends.get(term) else { return &[] };
        let start = if term == 0 { 0 } else { self.ends[term - 1] };
        &self.pages[start as usize..*end as usize]
    }
}
