//! The terms of all documents, in a few bytes each.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::bag::{Bag, Counts, Field};
use super::words::singular;

/// A term's place in [`Corpus`]; terms are numbered as they are met.
pub type TermId = u32;

/// The terms of all documents, in the documents' order.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    lexicon: Lexicon,
    vectors: Vec<Vector>,
}

/// Every term, once.
#[derive(Debug, Clone, Default)]
struct Lexicon {
    text: String,
    ends: Vec<u32>,
    index: HashTable<TermId>,
    hasher: DefaultHashBuilder,
}

#[derive(Debug, Clone, Default)]
struct Vector {
    /// For each term by number: the distance to the one before it; a byte with
    /// a bit a field and, if the body alone has it, less than 16 times, that
    /// count; else the counts of those fields. Numbers are LEB128.
    bytes: Box<[u8]>,
    phrases: Box<[u64]>,
}

impl Corpus {
    /// Adds the next document.
    pub fn add(&mut self, bag: &Bag) {
        let mut terms: Vec<(TermId, Counts)> =
            bag.terms().map(|(term, counts)| (self.lexicon.id(term), counts)).collect();
        terms.sort_unstable_by_key(|(id, _)| *id);
        self.vectors.push(Vector { bytes: packed(&terms), phrases: bag.phrases().into() });
    }

    /// The corpus of the documents that are kept, complete: a plural becomes its
    /// singular, if about as many documents have that. `postgre` is a slip, and
    /// `postgres` no plural.
    pub fn finish(mut self, is_kept: impl Fn(usize) -> bool) -> Self {
        let mut at = 0;
        self.vectors.retain(|_| {
            at += 1;
            is_kept(at - 1)
        });
        let mut documents = vec![0_usize; self.term_count()];
        for (id, _) in self.vectors.iter().flat_map(Vector::terms) {
            documents[id as usize] += 1;
        }
        let singular = |id: TermId| {
            let singular = self.lexicon.find(singular(self.term(id))?)?;
            let is_usual = documents[singular as usize] * 4 >= documents[id as usize];
            is_usual.then_some(singular)
        };
        let ids = 0..self.lexicon.ends.len() as TermId;
        let stands_for: Vec<TermId> = ids.map(|id| singular(id).unwrap_or(id)).collect();
        for vector in &mut self.vectors {
            vector.rename(&stands_for);
        }
        self
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// How many terms there are: one more than the largest number.
    pub fn term_count(&self) -> usize {
        self.lexicon.ends.len()
    }

    /// The text of a term; a pair of words has a blank between them.
    pub fn term(&self, id: TermId) -> &str {
        self.lexicon.term(id)
    }

    /// A document's terms, by their numbers.
    pub fn terms(&self, document: usize) -> impl Iterator<Item = (TermId, Counts)> {
        self.vectors[document].terms()
    }

    /// The phrases that a document sets apart, as [`phrase`](super::phrase)
    /// names them.
    pub fn phrases(&self, document: usize) -> &[u64] {
        &self.vectors[document].phrases
    }
}

impl Lexicon {
    fn term(&self, id: TermId) -> &str {
        &self.text[span(&self.ends, id)]
    }

    fn find(&self, term: &str) -> Option<TermId> {
        let Self { text, ends, index, hasher } = self;
        index.find(hasher.hash_one(term), |id| text[span(ends, *id)] == *term).copied()
    }

    fn id(&mut self, term: &str) -> TermId {
        let Self { text, ends, index, hasher } = self;
        let hash = hasher.hash_one(term);
        if let Some(id) = index.find(hash, |id| text[span(ends, *id)] == *term) {
            return *id;
        }
        let id = ends.len() as TermId;
        text.push_str(term);
        ends.push(text.len() as u32);
        index.insert_unique(hash, id, |id| hasher.hash_one(&text[span(ends, *id)]));
        id
    }
}

fn span(ends: &[u32], id: TermId) -> std::ops::Range<usize> {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends[id - 1] as usize };
    start..ends[id] as usize
}

impl Vector {
    /// Puts terms in the place of those that they stand for.
    fn rename(&mut self, stands_for: &[TermId]) {
        if self.terms().all(|(id, _)| stands_for[id as usize] == id) {
            return;
        }
        let terms = self.terms().map(|(id, counts)| (stands_for[id as usize], counts));
        let mut terms: Vec<(TermId, Counts)> = terms.collect();
        terms.sort_by_key(|(id, _)| *id);
        terms.dedup_by(|(id, counts), (first, sum)| {
            let is_same = id == first;
            if is_same {
                *sum = std::array::from_fn(|field| sum[field].saturating_add(counts[field]));
            }
            is_same
        });
        self.bytes = packed(&terms);
    }

    fn terms(&self) -> impl Iterator<Item = (TermId, Counts)> {
        let mut bytes = &self.bytes[..];
        let mut id = 0;
        std::iter::from_fn(move || {
            id += read(&mut bytes)?;
            Some((id, unpack(&mut bytes)?))
        })
    }
}

/// Terms, sorted by their numbers, as a [`Vector`] has them.
fn packed(terms: &[(TermId, Counts)]) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(terms.len() * 3);
    let mut previous = 0;
    for (id, counts) in terms {
        write(&mut bytes, id - previous);
        previous = *id;
        pack(&mut bytes, *counts);
    }
    bytes.into()
}

const BODY: u8 = 1 << Field::Body as u8;

fn pack(bytes: &mut Vec<u8>, counts: Counts) {
    let mut mask = 0;
    for (field, count) in counts.iter().enumerate() {
        mask |= u8::from(*count > 0) << field;
    }
    let body = counts[Field::Body as usize];
    if mask == BODY && body < 16 {
        bytes.push(mask | (body as u8) << Field::COUNT);
        return;
    }
    bytes.push(mask);
    for count in counts.into_iter().filter(|count| *count > 0) {
        write(bytes, u32::from(count));
    }
}

fn unpack(bytes: &mut &[u8]) -> Option<Counts> {
    let (head, rest) = bytes.split_first()?;
    *bytes = rest;
    let mut counts = Counts::default();
    let body = head >> Field::COUNT;
    if body > 0 {
        counts[Field::Body as usize] = u16::from(body);
        return Some(counts);
    }
    for (field, count) in counts.iter_mut().enumerate() {
        if head & 1 << field != 0 {
            *count = read(bytes)? as u16;
        }
    }
    Some(counts)
}

fn write(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    let mut shift = 0;
    while shift < u32::BITS {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(texts: &[&str]) -> Corpus {
        let mut corpus = Corpus::default();
        for text in texts {
            let mut bag = Bag::default();
            bag.add(Field::Body, text);
            corpus.add(&bag);
        }
        corpus.finish(|_| true)
    }

    #[test]
    fn what_is_packed_is_what_was_counted() {
        let mut bag = Bag::default();
        bag.add(Field::Title, "go vs rust");
        for _ in 0..300 {
            bag.add(Field::Body, "rust ran");
        }
        bag.add(Field::Code, "let x");
        bag.phrase("borrow checker");
        let mut corpus = Corpus::default();
        corpus.add(&Bag::default());
        corpus.add(&bag);
        let corpus = corpus.finish(|_| true);
        let terms: Vec<_> = corpus.terms(1).map(|(id, counts)| (corpus.term(id), counts)).collect();
        assert_eq!(terms, bag.terms().collect::<Vec<_>>());
        assert_eq!(corpus.phrases(1), bag.phrases());
        assert_eq!(corpus.terms(0).count(), 0);
    }

    #[test]
    fn terms_have_one_number_in_all_documents() {
        let corpus = corpus(&["go rust", "rust zig", "zig go"]);
        let ids = |at: usize| corpus.terms(at).map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!((ids(0), ids(1), ids(2)), (vec![0, 1], vec![1, 2], vec![0, 2]));
        assert_eq!(corpus.term_count(), 3);
    }

    #[test]
    fn a_plural_is_its_singular_where_documents_have_that() {
        let slips = ["postgres"; 9];
        let all = corpus(&[&slips[..], &["postgre"]].concat());
        assert_eq!(all.term(all.terms(0).next().map_or(9, |(id, _)| id)), "postgres");
        let corpus = corpus(&["caches cache kubernetes", "caches"]);
        let named = |at: usize| {
            let terms = corpus.terms(at);
            terms.map(|(id, counts)| (corpus.term(id), counts[2])).collect::<Vec<_>>()
        };
        assert_eq!(named(0), [("cache", 2), ("kubernetes", 1)]);
        assert_eq!(named(1), [("cache", 1)]);
    }
}
