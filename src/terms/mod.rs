//! The words of pages: what related links and the search are made of.
//!
//! A [`Tally`] counts the terms of one document, as the first pass meets them, and
//! becomes a [`Bag`]; a [`Collector`] takes the bags of all, and becomes a [`Corpus`].

mod bag;
mod corpus;
mod key;
mod lexicon;
mod packing;
mod table;
mod tally;
mod vector;
mod words;

pub use bag::{Bag, Counts, Field, sole};
pub use corpus::{Collector, Corpus};
pub use lexicon::TermId;
pub use tally::{Tally, phrase};
pub use words::{Role, singular, words};
