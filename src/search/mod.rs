//! What readers search: an index made of the corpus, read by
//! `static/search.js` a few kilobytes at a time.
//!
//! 1. [`weigh`]: what a word counts for in a page (BM25F).
//! 2. [`postings`]: from each word to its pages, in five bytes and fewer.
//! 3. [`shards`]: the words in order, in files of some kilobytes, so that a
//!    query moves those of its words alone. [`shard`] is the format.
//! 4. [`spelling`]: the words of titles and headings, for what is mistyped.
//!
//! No text is kept: excerpts come of files of their own, an article each.

mod postings;
mod shard;
mod shards;
mod spelling;
mod weigh;

pub use postings::KEPT;
pub use shard::{FORMAT, Shard};

use crate::terms::Corpus;

/// A page of the index, by its number there.
pub type Number = usize;

/// A page to be found.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Its place in the corpus.
    pub place: usize,
    /// What a search can be narrowed to, by its places in the list of labels.
    pub labels: Box<[u32]>,
}

/// The index of a site.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// How many pages it has.
    pub pages: usize,
    /// The words with their pages, in order.
    pub shards: Vec<Shard>,
    /// Words that many pages have, the most common first: a long query goes
    /// without them.
    pub common: Vec<String>,
    /// Words that a mistyped one may stand for, in order.
    pub spellings: Vec<String>,
}

/// The index of these pages, in this order. Labels are such as `subject:go`; no text
/// has such words, since no word has a colon.
pub fn build(corpus: &Corpus, entries: &[Entry], labels: Vec<String>) -> Index {
    if entries.is_empty() {
        return Index::default();
    }
    let postings = postings::Postings::new(corpus, entries, labels);
    let spellings = spelling::list(corpus, &postings);
    let (shards, common) = shards::cut(corpus, &postings);
    Index { pages: entries.len(), shards, common, spellings }
}
