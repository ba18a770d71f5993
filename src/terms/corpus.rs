//! The terms of all documents, in a few bytes each.

use super::bag::{Bag, Counts};
use super::lexicon::{Lexicon, Numbers, TermId};
use super::vector::{self, Writer};
use super::words::singular;

/// The terms of all documents, in the documents' order.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    lexicon: Lexicon,
    vectors: Rows<u8>,
    phrases: Rows<u64>,
    /// In how many documents each term is.
    documents: Vec<u32>,
}

/// Lists of many documents in one piece.
#[derive(Debug, Clone)]
struct Rows<T> {
    all: Vec<T>,
    /// Where that of each document ends.
    ends: Vec<usize>,
}

/// A [`Corpus`] that is being filled.
#[derive(Debug, Default)]
pub struct Collector {
    corpus: Corpus,
    numbers: Numbers,
    /// For the terms of one document: their numbers, and below that where their
    /// counts are.
    order: Vec<u64>,
}

impl Collector {
    /// Adds the next document.
    pub fn add(&mut self, bag: &Bag) {
        let Self { corpus, numbers, order } = self;
        let Corpus { lexicon, vectors, phrases, documents } = corpus;
        order.clear();
        for (term, at) in bag.places() {
            let id = numbers.of(term, lexicon);
            match documents.get_mut(id as usize) {
                Some(count) => *count += 1,
                None => documents.push(1),
            }
            order.push(u64::from(id) << u32::BITS | u64::from(at));
        }
        order.sort_unstable();
        let mut vector = Writer::new(&mut vectors.all);
        for place in order {
            vector.add((*place >> u32::BITS) as TermId, bag.counts(*place as u32));
        }
        vectors.end();
        phrases.all.extend_from_slice(bag.phrases());
        phrases.end();
    }

    /// The corpus of the documents that are kept, complete: a plural becomes its
    /// singular, if about as many documents have that. `postgre` is a slip, and
    /// `postgres` no plural.
    pub fn finish(self, is_kept: impl Fn(usize) -> bool) -> Corpus {
        let Self { corpus, numbers, .. } = self;
        let Corpus { mut lexicon, vectors: all, phrases, mut documents } = corpus;
        let (dropped, kept): (Vec<usize>, Vec<usize>) =
            (0..all.ends.len()).partition(|at| !is_kept(*at));
        for (id, _) in dropped.into_iter().flat_map(|at| vector::terms(all.of(at))) {
            documents[id as usize] -= 1;
        }
        let singular = |id: TermId| {
            let singular = numbers.find(singular(lexicon.term(id))?, &lexicon)?;
            let is_usual = documents[singular as usize] * 4 >= documents[id as usize];
            is_usual.then_some(singular)
        };
        let ids = 0..lexicon.len() as TermId;
        let stands_for: Vec<TermId> = ids.map(|id| singular(id).unwrap_or(id)).collect();
        drop(numbers);
        let mut vectors = Rows::default();
        for at in &kept {
            vector::rename(all.of(*at), &stands_for, &mut vectors.all, |id, has_both| {
                documents[id as usize] -= 1;
                documents[stands_for[id as usize] as usize] += u32::from(!has_both);
            });
            vectors.end();
        }
        let phrases = phrases.only(&kept);
        lexicon.shrink();
        Corpus { lexicon, vectors, phrases, documents }
    }
}

impl Corpus {
    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.phrases.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.phrases.ends.is_empty()
    }

    /// How many terms there are: one more than the largest number.
    pub fn term_count(&self) -> usize {
        self.lexicon.len()
    }

    /// The text of a term; a pair of words has a blank between them.
    #[inline]
    pub fn term(&self, id: TermId) -> &str {
        self.lexicon.term(id)
    }

    /// Whether a term is a pair of words.
    #[inline]
    pub fn is_pair(&self, id: TermId) -> bool {
        self.term(id).as_bytes().contains(&b' ')
    }

    /// In how many documents a term is.
    pub fn documents(&self, id: TermId) -> usize {
        self.documents.get(id as usize).map_or(0, |count| *count as usize)
    }

    /// A document's terms, by their numbers.
    #[inline]
    pub fn terms(&self, document: usize) -> impl Iterator<Item = (TermId, Counts)> {
        vector::terms(self.vectors.of(document))
    }

    /// The same without the terms of documents and their counts, which take most of
    /// the memory: terms by their numbers, and phrases.
    pub fn without_counts(self) -> Self {
        let Self { lexicon, phrases, .. } = self;
        let mut vectors = Rows::default();
        vectors.ends.resize(phrases.ends.len(), 0);
        Self { lexicon, vectors, phrases, documents: Vec::new() }
    }

    /// The phrases that a document sets apart, as [`phrase`](super::phrase)
    /// names them.
    pub fn phrases(&self, document: usize) -> &[u64] {
        self.phrases.of(document)
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }
}

impl<T: Copy> Rows<T> {
    /// Ends the list of a document.
    fn end(&mut self) {
        self.ends.push(self.all.len());
    }

    fn of(&self, document: usize) -> &[T] {
        let start = if document == 0 { 0 } else { self.ends[document - 1] };
        &self.all[start..self.ends[document]]
    }

    /// The lists of these documents.
    fn only(&self, documents: &[usize]) -> Self {
        let mut rows = Self::default();
        for document in documents {
            rows.all.extend_from_slice(self.of(*document));
            rows.end();
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Tally, phrase};
    use super::*;

    fn corpus(texts: &[&str]) -> Corpus {
        let mut collector = Collector::default();
        for text in texts {
            let mut tally = Tally::default();
            tally.add(Field::Body, text);
            collector.add(&tally.bag());
        }
        collector.finish(|_| true)
    }

    fn named(corpus: &Corpus, at: usize) -> Vec<(&str, u16)> {
        let terms = corpus.terms(at);
        terms.map(|(id, counts)| (corpus.term(id), counts[2])).collect()
    }

    #[test]
    fn what_is_packed_is_what_was_counted() {
        let mut tally = Tally::default();
        tally.add(Field::Title, "go vs rust");
        for _ in 0..300 {
            tally.add(Field::Body, "rust ran");
        }
        tally.add(Field::Code, "let x");
        tally.phrase("borrow checker");
        let bag = tally.bag();
        let mut collector = Collector::default();
        collector.add(&Bag::default());
        collector.add(&bag);
        let corpus = collector.finish(|_| true);
        let terms: Vec<_> = corpus.terms(1).map(|(id, counts)| (corpus.term(id), counts)).collect();
        assert_eq!(terms, bag.terms().collect::<Vec<_>>());
        assert_eq!(corpus.phrases(1), bag.phrases());
        assert_eq!(corpus.terms(0).count(), 0);
        let corpus = corpus.without_counts();
        assert_eq!((corpus.len(), corpus.terms(1).count()), (2, 0));
        assert_eq!((corpus.term(0), corpus.phrases(1)), ("go", bag.phrases()));
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
        assert_eq!(named(&corpus, 0), [("cache", 2), ("kubernetes", 1)]);
        assert_eq!(named(&corpus, 1), [("cache", 1)]);
    }

    #[test]
    fn a_plural_stands_where_its_singular_would() {
        let corpus = corpus(&["rows columns tables", "column go table", "tables row rows go"]);
        assert_eq!(named(&corpus, 0), [("column", 1), ("table", 1), ("row", 1)]);
        assert_eq!(named(&corpus, 2), [("go", 1), ("table", 1), ("row", 2)]);
        let counted = |at: usize| -> Vec<usize> {
            corpus.terms(at).map(|(id, _)| corpus.documents(id)).collect()
        };
        assert_eq!((counted(0), counted(1)), (vec![2, 3, 2], vec![2, 2, 3]));
    }

    #[test]
    fn a_document_that_is_left_out_says_nothing_of_plurals() {
        let mut collector = Collector::default();
        for text in ["caches", "cache", "caches go"] {
            let mut tally = Tally::default();
            tally.add(Field::Body, text);
            tally.phrase(text);
            collector.add(&tally.bag());
        }
        let corpus = collector.finish(|at| at != 1);
        assert_eq!(corpus.len(), 2);
        assert_eq!(named(&corpus, 1), [("caches", 1), ("go", 1)]);
        assert_eq!(corpus.phrases(1), [phrase("cache go").unwrap()]);
    }
}
