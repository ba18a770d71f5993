//! Terms as numbers, by which they are told apart without looking at their texts.

use std::hash::BuildHasher;

/// The beginning of a term. Terms of at most 15 bytes, as most are, are the same if
/// their keys are: no term has a byte that is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(u128);

/// So many bytes of a term are in its key; the last byte of a key is the length of a
/// longer term, at most 255.
const WHOLE: usize = 15;

impl Key {
    #[inline]
    pub(super) fn of(term: &str) -> Self {
        let bytes = term.as_bytes();
        match bytes.split_at_checked(WHOLE) {
            Some((first, rest)) if !rest.is_empty() => {
                let length = bytes.len().min(255) as u128;
                Self(number(first) | length << (8 * WHOLE))
            }
            _ => Self(number(bytes)),
        }
    }

    /// Whether the key holds all of its term.
    #[inline]
    pub(super) fn is_whole(self) -> bool {
        self.0 >> (8 * WHOLE) == 0
    }

    /// A hash of its term.
    #[inline]
    pub(super) fn hash(self, term: &str, hasher: &impl BuildHasher) -> u64 {
        match self.is_whole() {
            true => hasher.hash_one(self.0),
            false => hasher.hash_one(term),
        }
    }
}

/// At most 15 bytes as a number, the first in the lowest place. What is read twice
/// falls on itself.
#[inline]
fn number(bytes: &[u8]) -> u128 {
    let behind = |part: usize| 8 * (bytes.len() - part);
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        return u128::from(first) | u128::from(last) << behind(8);
    }
    let number = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        u64::from(first) | u64::from(last) << behind(4)
    } else {
        match *bytes {
            [] => 0,
            [a] => u64::from(a),
            [a, b] => u64::from(a) | u64::from(b) << 8,
            [a, b, c, ..] => u64::from(a) | u64::from(b) << 8 | u64::from(c) << 16,
        }
    };
    u128::from(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_the_bytes_of_a_short_term_in_order() {
        let text = "abcdefghijklmno";
        for length in 0..=text.len() {
            let mut bytes = [0; 16];
            bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
            let key = Key::of(&text[..length]);
            assert_eq!(key, Key(u128::from_le_bytes(bytes)), "{length}");
            assert!(key.is_whole());
        }
    }

    #[test]
    fn a_key_says_that_a_term_is_longer() {
        let text = "a".repeat(300);
        let keys: Vec<Key> = [14, 15, 16, 17].map(|length| Key::of(&text[..length])).to_vec();
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(key.is_whole(), at < 2);
            assert!(!keys[..at].contains(key));
        }
        assert!(!Key::of(&text).is_whole());
    }
}
