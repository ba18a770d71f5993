//! The words that cards tell readers.

use super::{Cards, Reason};
use crate::terms::{Corpus, TermId};

/// The words that cards tell, by their numbers in the corpus, which is gone when
/// they are asked for.
#[derive(Debug, Clone, Default)]
pub struct Told(Box<[(TermId, Box<str>)]>);

impl Told {
    pub(super) fn new(cards: &[Cards], corpus: &Corpus) -> Self {
        let mut is_told = vec![false; corpus.term_count()];
        for reason in cards.iter().flat_map(Cards::iter).flat_map(|card| card.why) {
            if let Reason::Terms(terms) = reason {
                terms.into_iter().for_each(|term| is_told[term as usize] = true);
            }
        }
        let told = (0..).zip(is_told).filter(|(_, is_told)| *is_told);
        Self(told.map(|(term, _)| (term, corpus.term(term).into())).collect())
    }

    /// A word that a card tells.
    pub fn word(&self, term: TermId) -> &str {
        let place = self.0.binary_search_by_key(&term, |(told, _)| *told);
        place.map_or("", |place| &self.0[place].1)
    }
}
