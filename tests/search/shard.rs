//! Reads shards by what `src/search/shard.rs` says of them.

use std::collections::BTreeMap;

/// What a shard says.
pub struct Read {
    /// The best words of the prefixes that go on behind it.
    pub prefixes: BTreeMap<String, Vec<String>>,
    /// The words in order.
    pub words: Vec<Word>,
}

/// A word, in how many pages it stands, and what it counts for in each.
pub struct Word {
    pub text: String,
    pub pages: usize,
    pub postings: Vec<(usize, f64)>,
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn some(&mut self, count: usize) -> &'a [u8] {
        let (some, rest) = self.0.split_at(count);
        self.0 = rest;
        some
    }

    fn number(&mut self) -> usize {
        let mut number = 0;
        for shift in (0..).step_by(7) {
            let byte = self.some(1)[0];
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }

    fn text(&mut self) -> String {
        let count = self.number();
        String::from_utf8(self.some(count).to_vec()).unwrap()
    }

    fn level(&mut self) -> f64 {
        f64::from(u16::from_le_bytes(self.some(2).try_into().unwrap()))
    }
}

pub fn read(bytes: &[u8], kept: usize) -> Read {
    let mut bytes = Bytes(bytes);
    let mut prefixes = BTreeMap::new();
    for _ in 0..bytes.number() {
        let prefix = bytes.text();
        let best = (0..bytes.number()).map(|_| bytes.text()).collect();
        prefixes.insert(prefix, best);
    }
    let mut words: Vec<Word> = Vec::new();
    for _ in 0..bytes.number() {
        let shared = bytes.number();
        let before = words.last().map_or(&[][..], |word| word.text.as_bytes());
        let mut text = before[..shared].to_vec();
        let count = bytes.number();
        text.extend(bytes.some(count));
        let text = String::from_utf8(text).unwrap();
        words.push(Word { text, pages: bytes.number(), postings: Vec::new() });
    }
    for word in &mut words {
        let count = word.pages.min(kept);
        let mut page = 0;
        let pages: Vec<usize> = (0..count)
            .map(|_| {
                page += bytes.number();
                page
            })
            .collect();
        let low = bytes.level();
        let high = if count > 1 { bytes.level() } else { low };
        let steps = if count > 1 { bytes.some(count) } else { &[0] };
        let weight =
            |step: &u8| ((low + f64::from(*step) * (high - low) / 255.0 - 32768.0) / 4096.0).exp();
        word.postings = pages.into_iter().zip(steps.iter().map(weight)).collect();
    }
    assert!(bytes.0.is_empty());
    Read { prefixes, words }
}
