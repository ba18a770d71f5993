//! The terms of one document.

use serde::{Deserialize, Serialize};

use super::packing;

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

/// The one field that has a term, and how often; nothing, if several have it.
#[inline]
pub fn sole(counts: Counts) -> Option<(usize, u16)> {
    let [title, head, body, code] = counts;
    let at = |count: u16, field: u32| u64::from(count) << (16 * field);
    let all = at(title, 0) | at(head, 1) | at(body, 2) | at(code, 3);
    let field = all.trailing_zeros() / 16;
    let count = u16::try_from(all.checked_shr(field * 16)?).ok()?;
    Some((field as usize, count))
}

/// The terms of a document: its words with their counts, the pairs of words in
/// its title and headings, and the phrases that it sets apart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Bag {
    /// The terms one behind the other, in the order in which they were met; a pair
    /// has a blank between its words.
    text: Box<str>,
    /// For each how many bytes of `text` it has, LEB128, and its counts, packed.
    #[serde(with = "bytes")]
    counts: Box<[u8]>,
    phrases: Box<[u64]>,
}

impl Bag {
    /// Terms, of which `text` is all together.
    pub(super) fn new<'t>(
        text: &str,
        terms: impl ExactSizeIterator<Item = (&'t str, Counts)>,
        phrases: Vec<u64>,
    ) -> Self {
        let mut counts = Vec::with_capacity(terms.len() * 3);
        for (term, its) in terms {
            packing::write(&mut counts, term.len() as u32);
            packing::pack(&mut counts, its);
        }
        Self { text: text.into(), counts: counts.into(), phrases: phrases.into() }
    }

    /// The terms in the order in which they were met.
    pub fn terms(&self) -> impl Iterator<Item = (&str, Counts)> {
        let counts = |at| packing::unpack(&mut self.counts(at)).unwrap_or_default();
        self.places().map(move |(term, at)| (term, counts(at)))
    }

    /// The same with the place of the counts of each.
    #[inline]
    pub(super) fn places(&self) -> impl Iterator<Item = (&str, u32)> {
        let (mut text, mut counts) = (&*self.text, &*self.counts);
        std::iter::from_fn(move || {
            let length = packing::read(&mut counts)?;
            let (term, rest) = text.split_at_checked(length as usize)?;
            text = rest;
            let at = self.counts.len() - counts.len();
            packing::packed(&mut counts)?;
            Some((term, at as u32))
        })
    }

    /// The counts at a place, packed.
    #[inline]
    pub(super) fn counts(&self, place: u32) -> &[u8] {
        packing::packed(&mut &self.counts[place as usize..]).unwrap_or_default()
    }

    /// The phrases, as [`phrase`](super::phrase) names them.
    pub fn phrases(&self) -> &[u64] {
        &self.phrases
    }
}

/// Bytes in a cache, at once instead of one by one.
mod bytes {
    use std::fmt;

    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Box<[u8]>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Box<[u8]>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                Ok(bytes.into())
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}
