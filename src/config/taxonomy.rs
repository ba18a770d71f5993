//! The ways a site groups its pages.

use crate::path::slugify;

/// A taxonomy: a front matter key whose values group pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxonomyConfig {
    /// The key in front matter, and the first part of the addresses: `tags`.
    pub name: String,
    /// What readers see: `Tags`.
    pub title: String,
}

impl TaxonomyConfig {
    /// `tags`, `categories` and `authors`, which every site has.
    pub fn defaults() -> Vec<Self> {
        ["tags", "categories", "authors"].into_iter().map(Self::named).collect()
    }

    /// A taxonomy whose title is its name.
    pub fn named(name: &str) -> Self {
        let mut letters = name.chars();
        let title = letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default();
        Self { name: name.to_owned(), title }
    }

    /// The first part of its addresses.
    pub fn slug(&self) -> String {
        slugify(&self.name)
    }
}
