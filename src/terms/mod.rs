//! The words of pages: what related links and the search are made of.
//!
//! A [`Tally`] counts the terms of one document, as the first pass meets them, and
//! becomes a [`Bag`]; a [`Collector`] takes the bags of all, and becomes a [`Corpus`].

mod bag;
mod corpus;
mod key;
mod lexicon;
mod packing;
mod tally;
mod vector;
mod words;

pub use bag::{Bag, Counts, Field, sole};
pub use corpus::{Collector, Corpus};
pub use lexicon::TermId;
pub(crate) use packing::{read as read_number, write as write_number};
pub use tally::{Tally, phrase};
pub use words::{Role, singular, words};

/// A length, or an average of lengths, rounded to one of eight steps between a number
/// and its double: most edits leave it as it is, and so all that is made by it.
pub fn steady(length: f32) -> f32 {
    const DROPPED: u32 = f32::MANTISSA_DIGITS - 1 - 3;
    let half = 1 << (DROPPED - 1);
    f32::from_bits((length.to_bits() + half) >> DROPPED << DROPPED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_move_in_steps_of_an_eighth() {
        let steps = [(1.0, 1.0), (1.05, 1.0), (1.07, 1.125), (1.95, 2.0), (300.0, 288.0)];
        for (length, step) in steps {
            assert_eq!(steady(length), step, "{length}");
        }
        assert_eq!(steady(1_000.2), steady(1_000.9));
    }
}
