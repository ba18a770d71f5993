//! The words in order, cut into files.

use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::postings::Postings;
use super::shard::{self, Prefix, Shard, Word};
use crate::terms::{Corpus, TermId};

/// A shard has about so many bytes at least, and on average twice as many. Smaller ones make
/// queries lighter and the list of shards, which every reader loads, longer.
const LEAST: usize = 4 << 10;
/// It has no more, unless it is one word.
const MOST: usize = 16 << 10;
/// A word is common if its pages alone take so many bytes, and if it stands in
/// more than one page of [`SHARE`].
const HEAVY: usize = 4 << 10;
const SHARE: usize = 5;
/// How many words complete a prefix that fills more than its shard.
const COMPLETIONS: usize = 2;

pub(super) fn cut(corpus: &Corpus, postings: &Postings) -> (Vec<Shard>, Vec<String>) {
    let order = Order::new(corpus, postings);
    let ranges = order.ranges();
    let shard = |at: usize| {
        let range = ranges[at].clone();
        let prefixes = order.prefixes(range.clone());
        let word = |at: usize| {
            let id = order.words[at];
            Word { text: order.text(at), count: postings.count(id), pages: postings.of(id) }
        };
        let words: Vec<Word<'_>> = range.clone().map(word).collect();
        Shard { first: order.first(range.start), bytes: shard::write(&prefixes, &words) }
    };
    let shards = (0..ranges.len()).into_par_iter().map(shard).collect();
    (shards, order.common())
}

struct Order<'a> {
    corpus: &'a Corpus,
    postings: &'a Postings,
    /// The numbers of words and labels, in the order of their texts.
    words: Vec<u32>,
    /// How many pages there are.
    pages: usize,
}

impl<'a> Order<'a> {
    fn new(corpus: &'a Corpus, postings: &'a Postings) -> Self {
        let ids = 0..postings.len() as u32;
        let found = ids.filter(|id| postings.count(*id) > 0);
        // Nearly all are in order by how they begin, without their texts.
        let mut words: Vec<(u64, u32)> =
            found.map(|id| (beginning(text(corpus, postings, id)), id)).collect();
        words.par_sort_unstable_by(|(a, one), (b, other)| {
            let whole = |id: u32| text(corpus, postings, id);
            a.cmp(b).then_with(|| whole(*one).cmp(whole(*other)))
        });
        let words = words.into_iter().map(|(_, id)| id).collect();
        Self { corpus, postings, words, pages: corpus.len() }
    }

    fn text(&self, at: usize) -> &'a str {
        text(self.corpus, self.postings, self.words[at])
    }

    /// About how many bytes a word takes.
    fn size(&self, at: usize) -> usize {
        self.text(at).len() / 2 + 6 + self.postings.size(self.words[at])
    }

    /// The words of each shard. Where one ends its next word says and not what stands
    /// before, so that a word that comes or goes changes its own shard alone.
    fn ranges(&self) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let (mut start, mut size) = (0, 0);
        for at in 0..self.words.len() {
            let own = self.size(at);
            // One in so many bytes is where a shard begins.
            let begins = || xxh3_64(self.text(at).as_bytes()) as usize % LEAST < own;
            let is_full = size + own > MOST || size >= LEAST && begins();
            if at > start && is_full {
                ranges.push(start..at);
                (start, size) = (at, 0);
            }
            size += own;
        }
        if start < self.words.len() {
            ranges.push(start..self.words.len());
        }
        ranges
    }

    /// So much of a word that it is behind the one before it.
    fn first(&self, at: usize) -> String {
        let text = self.text(at);
        let Some(before) = at.checked_sub(1).map(|before| self.text(before)) else {
            return String::new();
        };
        let same = text.chars().zip(before.chars()).take_while(|(a, b)| a == b).count();
        text.chars().take(same + 1).collect()
    }

    /// The prefixes whose words begin in a range and go on behind it.
    fn prefixes(&self, range: Range<usize>) -> Vec<Prefix<'a>> {
        let (last, end) = (self.text(range.end - 1), range.end);
        if end == self.words.len() {
            return Vec::new();
        }
        let next = self.text(end);
        let ends = last.char_indices().map(|(at, c)| at + c.len_utf8());
        let goes_on = ends.take_while(|end| next.starts_with(&last[..*end]));
        let begins =
            |prefix: &&str| range.start == 0 || !self.text(range.start - 1).starts_with(*prefix);
        goes_on
            .map(|end| &last[..end])
            .filter(begins)
            .map(|prefix| (prefix, self.best(prefix, range.start)))
            .collect()
    }

    /// The words that most pages have, of those that begin so.
    fn best(&self, prefix: &str, from: usize) -> Vec<&'a str> {
        let behind = (from..self.words.len()).skip_while(|at| !self.text(*at).starts_with(prefix));
        let words = behind.take_while(|at| self.text(*at).starts_with(prefix));
        let mut best: Vec<(Reverse<usize>, usize)> = Vec::new();
        for at in words {
            let pages = self.postings.count(self.words[at]);
            let place = best.partition_point(|other| *other < (Reverse(pages), at));
            if place < COMPLETIONS {
                best.insert(place, (Reverse(pages), at));
                best.truncate(COMPLETIONS);
            }
        }
        best.into_iter().map(|(_, at)| self.text(at)).collect()
    }

    fn is_common(&self, at: usize) -> bool {
        let id = self.words[at];
        let is_word = (id as usize) < self.corpus.term_count();
        let pages = self.postings.count(id);
        is_word && self.postings.size(id) > HEAVY && pages > self.pages / SHARE
    }

    fn common(&self) -> Vec<String> {
        let mut common: Vec<usize> =
            (0..self.words.len()).filter(|at| self.is_common(*at)).collect();
        common.sort_by_key(|at| Reverse(self.postings.count(self.words[*at])));
        common.into_iter().map(|at| self.text(at).to_owned()).collect()
    }
}

fn text<'a>(corpus: &'a Corpus, postings: &'a Postings, id: u32) -> &'a str {
    match (id as usize).checked_sub(corpus.term_count()) {
        Some(label) => &postings.labels[label],
        None => corpus.term(id as TermId),
    }
}

/// The first eight bytes of a text, as a number in the order of texts.
fn beginning(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = text.len().min(bytes.len());
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}
