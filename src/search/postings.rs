//! From each word to the pages that have it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::num::NonZeroU32;

use super::Entry;
use super::weigh::{Lengths, Measures};
use crate::terms::{Corpus, Counts, Field, TermId, read_number, sole, write_number};

/// Of the pages of a word so many are kept, the heaviest: what stands in more
/// tells few apart.
pub const KEPT: usize = 8192;

/// The postings of all words, and of labels behind them.
pub(super) struct Postings {
    /// The labels, numbered behind the words of the corpus.
    pub(super) labels: Vec<String>,
    places: Places,
    /// Where the postings of each word and label begin in `bytes`, and how many there
    /// are, by its place.
    extents: Vec<Extent>,
    /// For each word the gaps between its pages, LEB128, then what it counts
    /// for in each, two bytes.
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    start: usize,
    gaps: u32,
    pages: u32,
    /// How many pages have it in their title or head.
    named: u32,
    /// The last page that was met.
    last: u32,
    /// How many bytes of gaps are written, and of how many pages.
    written: (u32, u32),
}

/// The pages of a word, and what it counts for in each.
pub(super) struct Pages<'a> {
    /// The gaps between their numbers, LEB128.
    pub(super) gaps: Cow<'a, [u8]>,
    /// The levels, two bytes each, the smaller one first.
    pub(super) levels: Cow<'a, [u8]>,
}

impl Postings {
    pub(super) fn new(corpus: &Corpus, entries: &[Entry], labels: Vec<String>) -> Self {
        let places = Places::new(corpus);
        let reader = Reader { corpus, entries, places: &places };
        let mut extents = vec![Extent::default(); places.words + labels.len()];
        let mut lengths = vec![Lengths::default(); entries.len()];
        reader.each(|page, place, counts| {
            let extent = &mut extents[place];
            extent.gaps += size(page - extent.last);
            extent.pages += 1;
            extent.last = page;
            let named = counts[Field::Title as usize] | counts[Field::Head as usize];
            extent.named += u32::from(named > 0);
            for (length, count) in lengths[page as usize].iter_mut().zip(&counts) {
                *length += u32::from(*count);
            }
        });
        let mut start = 0;
        for extent in &mut extents {
            extent.start = start;
            extent.last = 0;
            start += extent.gaps as usize + extent.pages as usize * 2;
        }
        let mut bytes = vec![0; start];
        let mut levels = Levels::new(Measures::new(&lengths));
        reader.each(|page, place, counts| {
            let extent = &mut extents[place];
            let (gaps, pages) = &mut extent.written;
            let own = &mut bytes[extent.start..];
            let at = extent.gaps as usize + *pages as usize * 2;
            own[at..at + 2].copy_from_slice(&levels.of(page, counts).to_le_bytes());
            *gaps += put(&mut own[*gaps as usize..], page - extent.last) as u32;
            *pages += 1;
            extent.last = page;
        });
        Self { labels, places, extents, bytes }
    }

    /// Nothing of a pair of words.
    fn extent(&self, word: u32) -> Extent {
        self.places.of(word).map(|place| self.extents[place]).unwrap_or_default()
    }

    /// How many pages have a word in their title or head.
    pub(super) fn named(&self, word: u32) -> usize {
        self.extent(word).named as usize
    }

    /// How many terms and labels there are: one more than the largest number.
    pub(super) fn len(&self) -> usize {
        self.places.terms.len() + self.labels.len()
    }

    /// How many pages have a word.
    pub(super) fn count(&self, word: u32) -> usize {
        self.extent(word).pages as usize
    }

    /// How many bytes the pages of a word take in a shard.
    pub(super) fn size(&self, word: u32) -> usize {
        let Extent { gaps, pages, .. } = self.extent(word);
        match pages as usize {
            0 => 0,
            1 => gaps as usize + 2,
            count => (gaps as usize + count).min(KEPT * 2) + 4,
        }
    }

    /// The pages of a word; of very many the heaviest.
    pub(super) fn of(&self, word: u32) -> Pages<'_> {
        let Extent { start, gaps, pages, .. } = self.extent(word);
        let (gaps, levels) = self.bytes[start..].split_at(gaps as usize);
        let levels = &levels[..pages as usize * 2];
        match pages as usize {
            ..=KEPT => Pages { gaps: gaps.into(), levels: levels.into() },
            _ => heaviest(gaps, levels),
        }
    }
}

/// Of pages those in which their word counts for most.
fn heaviest(mut gaps: &[u8], levels: &[u8]) -> Pages<'static> {
    let mut page = 0;
    let mut postings: Vec<(Reverse<u16>, u32)> = Vec::with_capacity(levels.len() / 2);
    for level in levels.chunks_exact(2) {
        page += read_number(&mut gaps).unwrap_or_default();
        postings.push((Reverse(u16::from_le_bytes([level[0], level[1]])), page));
    }
    postings.select_nth_unstable(KEPT);
    postings.truncate(KEPT);
    postings.sort_unstable_by_key(|(_, page)| *page);
    let (mut gaps, mut levels) = (Vec::with_capacity(KEPT * 2), Vec::with_capacity(KEPT * 2));
    let mut before = 0;
    for (Reverse(level), page) in postings {
        write_number(&mut gaps, page - before);
        levels.extend_from_slice(&level.to_le_bytes());
        before = page;
    }
    Pages { gaps: gaps.into(), levels: levels.into() }
}

/// The places of words among words, and of labels behind them.
struct Places {
    /// By term of the corpus; none for a pair of words, which has a blank and is of no
    /// use to a search. Most terms are such.
    terms: Vec<Option<NonZeroU32>>,
    words: usize,
}

impl Places {
    fn new(corpus: &Corpus) -> Self {
        let mut words = 0;
        let place = |id: TermId| {
            let is_word = !corpus.is_pair(id);
            words += u32::from(is_word);
            NonZeroU32::new(words).filter(|_| is_word)
        };
        let ids = 0..corpus.term_count() as TermId;
        let terms = ids.map(place).collect();
        Self { terms, words: words as usize }
    }

    /// The place of a term, or of a label by its number behind terms.
    fn of(&self, word: u32) -> Option<usize> {
        match self.terms.get(word as usize) {
            Some(place) => place.map(|place| place.get() as usize - 1),
            None => Some(self.words + word as usize - self.terms.len()),
        }
    }
}

struct Reader<'a> {
    corpus: &'a Corpus,
    entries: &'a [Entry],
    places: &'a Places,
}

impl Reader<'_> {
    /// Calls `found` with the place of every word and label of every page, in the
    /// order of the pages.
    fn each(&self, mut found: impl FnMut(u32, usize, Counts)) {
        for (page, entry) in self.entries.iter().enumerate() {
            for (term, counts) in self.corpus.terms(entry.place) {
                if let Some(place) = self.places.of(term) {
                    found(page as u32, place, counts);
                }
            }
            for label in &entry.labels {
                found(page as u32, self.places.words + *label as usize, Counts::default());
            }
        }
    }
}

/// What words count for in one page after another.
struct Levels {
    measures: Measures,
    page: u32,
    /// What a word counts for in the page that one field alone has so often, once it
    /// is known: most words are such, so few logarithms are taken.
    known: [[u16; Self::OFTEN]; Field::COUNT],
}

impl Levels {
    const OFTEN: usize = 16;

    fn new(measures: Measures) -> Self {
        Self { measures, page: 0, known: Default::default() }
    }

    fn of(&mut self, page: u32, counts: Counts) -> u16 {
        if page != self.page {
            self.page = page;
            self.known = Default::default();
        }
        let mut other = 0;
        let known =
            sole(counts).and_then(|(field, count)| self.known[field].get_mut(count as usize));
        let known = known.unwrap_or(&mut other);
        if *known == 0 {
            *known = level(self.measures.count(page as usize, counts));
        }
        *known
    }
}

/// What a word counts for, on a logarithmic scale: 4096 to a factor of *e*,
/// 32768 for one.
fn level(count: f64) -> u16 {
    (count.ln() * 4096.0 + 32768.0).round() as u16
}

/// The bytes of a LEB128 number.
fn size(number: u32) -> u32 {
    (32 - (number | 1).leading_zeros()).div_ceil(7)
}

/// Puts one where there is room for it; how many bytes it takes.
fn put(bytes: &mut [u8], mut number: u32) -> usize {
    let mut at = 0;
    while number >= 0x80 {
        bytes[at] = number as u8 | 0x80;
        number >>= 7;
        at += 1;
    }
    bytes[at] = number as u8;
    at + 1
}
