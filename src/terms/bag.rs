//! The terms of one document.

use std::hash::BuildHasher;

use serde::{Deserialize, Serialize};

use hashbrown::{DefaultHashBuilder, HashTable};

use super::words::{Role, singular, words};

/// The part that a text plays in its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The title, and the keywords.
    Title,
    /// Headings and the description.
    Head,
    /// The text, its headings included.
    Body,
    /// Code blocks.
    Code,
}

/// How often a term stands in each field.
pub type Counts = [u16; Field::COUNT];

impl Field {
    /// How many there are.
    pub const COUNT: usize = 4;
}

/// More of a body, in bytes, says nothing new of what it is about.
const BODY: usize = 256 << 10;
/// The same of its code.
const CODE: usize = 4 << 10;
/// An article has about so many terms.
const USUAL: usize = 800;
/// Of so many phrases the first are kept.
const PHRASES: usize = 96;

/// The terms of a document: its words with their counts, the pairs of words in
/// its title and headings, and the phrases that it sets apart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Bag {
    /// The terms one behind the other; a pair has a blank between its words.
    text: String,
    /// Where each ends in `text`, and how often it stands where.
    entries: Vec<(u32, Counts)>,
    #[serde(skip)]
    index: HashTable<u32>,
    #[serde(skip)]
    hasher: DefaultHashBuilder,
    phrases: Vec<u64>,
}

impl Bag {
    /// Adds the words of a text.
    pub fn add(&mut self, field: Field, text: &str) {
        let limit = if field == Field::Code { CODE } else { BODY };
        let mut end = limit.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let has_pairs = matches!(field, Field::Title | Field::Head);
        let mut pair = String::new();
        words(text, |word, role| {
            self.count(field, word);
            if !has_pairs || role == Role::Piece {
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

    /// The same in less memory, complete: nothing more is added to it.
    pub fn sealed(mut self) -> Self {
        self.index = HashTable::new();
        self.text.shrink_to_fit();
        self.entries.shrink_to_fit();
        self.phrases.shrink_to_fit();
        self
    }

    fn count(&mut self, field: Field, term: &str) {
        let Self { text, entries, index, hasher, .. } = self;
        let span = |entries: &[(u32, Counts)], at: u32| {
            let at = at as usize;
            let start = if at == 0 { 0 } else { entries[at - 1].0 as usize };
            start..entries[at].0 as usize
        };
        let hash = hasher.hash_one(term);
        let found = index.find(hash, |at| text[span(entries, *at)] == *term).copied();
        let at = found.unwrap_or_else(|| {
            let at = entries.len() as u32;
            if entries.is_empty() {
                index.reserve(USUAL, |_| 0);
            }
            text.push_str(term);
            entries.push((text.len() as u32, Counts::default()));
            index.insert_unique(hash, at, |at| hasher.hash_one(&text[span(entries, *at)]));
            at
        });
        let count = &mut entries[at as usize].1[field as usize];
        *count = count.saturating_add(1);
    }

    /// The terms in the order in which they were met.
    pub fn terms(&self) -> impl Iterator<Item = (&str, Counts)> {
        let mut start = 0;
        self.entries.iter().map(move |(end, counts)| {
            let term = &self.text[start..*end as usize];
            start = *end as usize;
            (term, *counts)
        })
    }

    /// The phrases, as [`phrase`] names them.
    pub fn phrases(&self) -> &[u64] {
        &self.phrases
    }
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
        let mut bag = Bag::default();
        bag.add(Field::Title, "Go vs Rust");
        bag.add(Field::Body, "Rust, and rust again");
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
    fn a_phrase_is_its_words() {
        assert_eq!(phrase("Borrow  checkers!"), phrase("borrow checker"));
        assert_ne!(phrase("borrow checker"), phrase("borrow"));
        assert_eq!(phrase("…"), None);
        assert_eq!(phrase(&"a sentence ".repeat(20)), None);
    }
}
