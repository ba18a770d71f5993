//! Counts the terms of one document.

use hashbrown::{DefaultHashBuilder, HashTable};

use super::bag::{Bag, Counts, Field};
use super::key::Key;
use super::words::{Role, singular, words};

/// More of a body, in bytes, says nothing new of what it is about.
const BODY: usize = 256 << 10;
/// The same of its code.
const CODE: usize = 4 << 10;
/// An article has about so many terms.
const USUAL: usize = 800;
/// Of so many phrases the first are kept.
const PHRASES: usize = 96;

/// A [`Bag`] that is being filled.
#[derive(Debug)]
pub struct Tally {
    /// The terms one behind the other, in the order in which they were met.
    text: String,
    terms: Vec<Term>,
    /// Their places, by what they are.
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
    phrases: Vec<u64>,
}

#[derive(Debug)]
struct Term {
    key: Key,
    /// Where it ends in `text`.
    end: u32,
    counts: Counts,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            text: String::with_capacity(USUAL * 8),
            terms: Vec::with_capacity(USUAL),
            table: HashTable::with_capacity(USUAL),
            hasher: DefaultHashBuilder::default(),
            phrases: Vec::new(),
        }
    }
}

impl Tally {
    /// Adds the words of a text.
    pub fn add(&mut self, field: Field, text: &str) {
        let limit = if field == Field::Code { CODE } else { BODY };
        let mut end = limit.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        if !matches!(field, Field::Title | Field::Head) {
            return words(text, |word, _| self.count(field, word));
        }
        let mut pair = String::new();
        words(text, |word, role| {
            self.count(field, word);
            if role == Role::Piece {
                return;
            }
            if !pair.is_empty() {
                let first = pair.len();
                pair.push(' ');
                pair.push_str(word);
                self.count(field, &pair);
                pair.drain(..=first);
            } else {
                pair.push_str(word);
            }
        });
    }

    /// Adds a phrase that the text sets apart: the text of a link, code, what
    /// is emphasised. Such phrases are how texts name other pages.
    pub fn phrase(&mut self, text: &str) {
        if self.phrases.len() < PHRASES
            && let Some(phrase) = phrase(text)
            && !self.phrases.contains(&phrase)
        {
            self.phrases.push(phrase);
        }
    }

    fn count(&mut self, field: Field, term: &str) {
        let Self { text, terms, table, hasher, .. } = self;
        let key = Key::of(term);
        let is_it = |at: &u32| {
            let at = *at as usize;
            terms[at].key == key && (key.is_whole() || text[span(terms, at)] == *term)
        };
        let hash = key.hash(term, hasher);
        let found = table.find(hash, is_it).copied();
        let at = found.unwrap_or_else(|| {
            let at = terms.len() as u32;
            text.push_str(term);
            terms.push(Term { key, end: text.len() as u32, counts: Counts::default() });
            let of = |at: usize| terms[at].key.hash(&text[span(terms, at)], hasher);
            table.insert_unique(hash, at, |at| of(*at as usize));
            at
        });
        let count = &mut terms[at as usize].counts[field as usize];
        *count = count.saturating_add(1);
    }

    /// What was counted.
    pub fn bag(self) -> Bag {
        let Self { text, terms, phrases, .. } = self;
        let counted = (0..terms.len()).map(|at| (&text[span(&terms, at)], terms[at].counts));
        Bag::new(&text, counted, phrases)
    }
}

/// The bytes of a term in the text of all.
#[inline]
fn span(terms: &[Term], at: usize) -> std::ops::Range<usize> {
    let start = if at == 0 { 0 } else { terms[at - 1].end as usize };
    start..terms[at].end as usize
}

/// A number for a phrase; phrases of the same words have the same. `None` for
/// what is no phrase: no word, or a whole sentence.
pub fn phrase(text: &str) -> Option<u64> {
    const LONGEST: usize = 80;
    if text.len() > LONGEST {
        return None;
    }
    let mut joined = String::with_capacity(text.len());
    words(text, |word, role| {
        if role == Role::Whole {
            joined.push_str(singular(word).unwrap_or(word));
            joined.push(' ');
        }
    });
    (!joined.is_empty()).then(|| xxhash_rust::xxh3::xxh3_64(joined.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bag_counts_words_by_field_and_pairs_of_titles() {
        let mut tally = Tally::default();
        tally.add(Field::Title, "Go vs Rust");
        tally.add(Field::Body, "Rust, and rust again");
        let bag = tally.bag();
        let terms: Vec<(&str, Counts)> = bag.terms().collect();
        let expected = [
            ("go", [1, 0, 0, 0]),
            ("vs", [1, 0, 0, 0]),
            ("go vs", [1, 0, 0, 0]),
            ("rust", [1, 0, 2, 0]),
            ("vs rust", [1, 0, 0, 0]),
            ("and", [0, 0, 1, 0]),
            ("again", [0, 0, 1, 0]),
        ];
        assert_eq!(terms, expected);
    }

    #[test]
    fn long_terms_are_told_apart_by_what_comes_late() {
        let (one, other) = ("internationalised", "internationalized");
        let mut tally = Tally::default();
        let all = [other; 3].join(" ") + " " + &"x".repeat(39) + " " + &"x".repeat(40);
        tally.add(Field::Body, &[one, &all, one].join(" "));
        let bag = tally.bag();
        let counts: Vec<(&str, u16)> =
            bag.terms().map(|(term, counts)| (term, counts[2])).collect();
        assert_eq!(counts[..2], [(one, 2), (other, 3)]);
        assert_eq!(counts[2..].iter().map(|(term, _)| term.len()).collect::<Vec<_>>(), [39, 40]);
    }

    #[test]
    fn a_phrase_is_its_words() {
        assert_eq!(phrase("Borrow  checkers!"), phrase("borrow checker"));
        assert_ne!(phrase("borrow checker"), phrase("borrow"));
        assert_eq!(phrase("…"), None);
        assert_eq!(phrase(&"a sentence ".repeat(20)), None);
    }
}
