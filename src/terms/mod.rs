//! The words of pages: what related links and the search are made of.
//!
//! A [`Bag`] holds the terms of one document, as the first pass meets them; a
//! [`Corpus`] those of all, packed.

mod bag;
mod corpus;
mod words;

pub use bag::{Bag, Counts, Field, phrase};
pub use corpus::{Corpus, TermId};
pub use words::{Role, singular, words};
