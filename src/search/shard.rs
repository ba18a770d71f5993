//! The format of a shard.
//!
//! Numbers are LEB128, a text is its length in bytes and its UTF-8. A shard is,
//! without anything between:
//!
//! 1. the prefixes that begin here and go on in the next shard: how many; then
//!    for each the text, how many words complete it best, and those words;
//! 2. the words: how many; then for each how many bytes it shares with the one
//!    before it, its other bytes as a text, and in how many pages it stands;
//! 3. the pages of each word: the gaps between their numbers, the first counted
//!    from 0, as many as pages, or [`KEPT`](super::KEPT) where there are more; the lowest
//!    level, two bytes, the smaller one first; and where there are several
//!    pages the highest level, likewise, and a byte for each page: its level
//!    between these two, 0 to 255.
//!
//! A level *l* says that the word counts for *w* = exp((*l* − 32768) / 4096)
//! there, and adds *w* / (1 + *w*) of its rarity to the score of the page.
//! Words are in the order of their bytes, which is that of their characters.

use super::postings::Pages;
use crate::terms::write_number;

/// What changes with the format.
pub const FORMAT: u32 = 1;

/// A file of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shard {
    /// What its words begin at: not more of the first one than tells it from
    /// the word before.
    pub first: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A word with its pages.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// In how many pages it stands, of which some may be left out.
    pub(super) count: usize,
    pub(super) pages: Pages<'a>,
}

/// A prefix whose words fill more than its shard, and the best of them.
pub(super) type Prefix<'a> = (&'a str, Vec<&'a str>);

pub(super) fn write(prefixes: &[Prefix<'_>], words: &[Word<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, prefixes.len());
    for (prefix, best) in prefixes {
        text(&mut out, prefix.as_bytes());
        number(&mut out, best.len());
        best.iter().for_each(|word| text(&mut out, word.as_bytes()));
    }
    number(&mut out, words.len());
    let mut before: &[u8] = &[];
    for word in words {
        let bytes = word.text.as_bytes();
        let shared = bytes.iter().zip(before).take_while(|(a, b)| a == b).count();
        number(&mut out, shared);
        text(&mut out, &bytes[shared..]);
        number(&mut out, word.count);
        before = bytes;
    }
    words.iter().for_each(|word| pages(&mut out, &word.pages));
    // It is kept until it is written to disk.
    out.shrink_to_fit();
    out
}

fn pages(out: &mut Vec<u8>, pages: &Pages<'_>) {
    out.extend_from_slice(&pages.gaps);
    let levels =
        || pages.levels.chunks_exact(2).map(|level| u16::from_le_bytes([level[0], level[1]]));
    let (low, high) = (levels().min().unwrap_or(0), levels().max().unwrap_or(0));
    out.extend(low.to_le_bytes());
    if levels().len() > 1 {
        out.extend(high.to_le_bytes());
        let range = u32::from(high - low).max(1);
        out.extend(
            levels().map(|level| ((u32::from(level - low) * 255 + range / 2) / range) as u8),
        );
    }
}

fn text(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, bytes.len());
    out.extend(bytes);
}

fn number(out: &mut Vec<u8>, number: usize) {
    write_number(out, number as u32);
}
