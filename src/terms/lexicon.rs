//! Every term of all documents, once.

use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::key::Key;

/// A term's place in a [`Lexicon`]; terms are numbered as they are met.
pub type TermId = u32;

/// The terms by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    text: String,
    /// Where each term ends in `text`.
    ends: Vec<u32>,
}

impl Lexicon {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    pub(super) fn term(&self, id: TermId) -> &str {
        &self.text[self.span(id)]
    }

    fn span(&self, id: TermId) -> Range<usize> {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] as usize };
        start..self.ends[id] as usize
    }

    fn push(&mut self, term: &str) {
        self.text.push_str(term);
        self.ends.push(self.text.len() as u32);
    }

    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// The numbers of terms, by the terms.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The key of each term, which is nearly always all that is looked at.
    keys: Vec<Key>,
    table: HashTable<TermId>,
    hasher: DefaultHashBuilder,
}

impl Numbers {
    pub(super) fn find(&self, term: &str, lexicon: &Lexicon) -> Option<TermId> {
        let key = Key::of(term);
        let is_it = |id: &TermId| is_same(key, term, *id, &self.keys, lexicon);
        self.table.find(key.hash(term, &self.hasher), is_it).copied()
    }

    /// The number of a term, which the lexicon has from then on.
    #[inline]
    pub(super) fn of(&mut self, term: &str, lexicon: &mut Lexicon) -> TermId {
        let Self { keys, table, hasher } = self;
        let key = Key::of(term);
        let hash = key.hash(term, hasher);
        let found = table.find(hash, |id| is_same(key, term, *id, keys, lexicon)).copied();
        found.unwrap_or_else(|| {
            let id = keys.len() as TermId;
            keys.push(key);
            lexicon.push(term);
            table.insert_unique(hash, id, |id| keys[*id as usize].hash(lexicon.term(*id), hasher));
            id
        })
    }
}

#[inline]
fn is_same(key: Key, term: &str, id: TermId, keys: &[Key], lexicon: &Lexicon) -> bool {
    keys[id as usize] == key && (key.is_whole() || lexicon.term(id) == term)
}
