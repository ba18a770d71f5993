//! The colours of code, found once and kept.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::highlight::{Class, Highlighted, Token, highlight};
use super::languages::Language;
use crate::cache::{Cache, Ingredients, Key};

/// Colours code, and keeps the colours in a cache: a block that was coloured by
/// an earlier run costs no grammar.
#[derive(Debug)]
pub struct Colours<'a> {
    cache: &'a Cache,
    asked: Mutex<Vec<Key>>,
}

/// Colours as they are kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// For each token, what lies between it and the one before, its length, its
    /// class.
    tokens: Vec<(u32, u32, Class)>,
    given_up: Option<usize>,
}

impl<'a> Colours<'a> {
    /// Colours from this cache and for it.
    pub fn new(cache: &'a Cache) -> Self {
        Self { cache, asked: Mutex::default() }
    }

    /// The colours of a block.
    pub(super) fn of(&self, code: &str, language: Language) -> Highlighted {
        let Some(key) = key(code, language) else { return highlight(code, language) };
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(key);
        let kept = self.cache.get(key).and_then(|kept: Kept| kept.over(code));
        kept.unwrap_or_else(|| {
            let found = highlight(code, language);
            self.cache.put(key, &Kept::from(&found));
            found
        })
    }

    /// The keys of what was asked for.
    pub fn into_keys(self) -> Vec<Key> {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(code: &str, language: Language) -> Option<Key> {
    let mut parts = Ingredients::of("code");
    parts.add(&language.number().to_le_bytes());
    parts.add(code.as_bytes());
    parts.key()
}

impl Kept {
    /// The colours, if they can be this block's.
    fn over(self, code: &str) -> Option<Highlighted> {
        let mut end = 0_usize;
        let token = |(gap, length, class)| {
            let start = end.checked_add(gap as usize)?;
            end = start.checked_add(length as usize)?;
            code.get(start..end).map(|_| Token { range: start..end, class })
        };
        let tokens: Option<Vec<Token>> = self.tokens.into_iter().map(token).collect();
        Some(Highlighted { tokens: tokens?, given_up: self.given_up })
    }
}

impl From<&Highlighted> for Kept {
    fn from(found: &Highlighted) -> Self {
        let mut end = 0;
        // Blocks that are coloured are short: `MAX_BLOCK`.
        let tokens = found.tokens.iter().map(|token| {
            let gap = token.range.start - end;
            end = token.range.end;
            (gap as u32, token.range.len() as u32, token.class)
        });
        Self { tokens: tokens.collect(), given_up: found.given_up }
    }
}

#[cfg(test)]
mod tests {
    use super::super::languages::{Word, word};
    use super::*;

    fn rust() -> Language {
        match word("rust") {
            Word::Language(language) => language,
            _ => panic!("Rust has a grammar"),
        }
    }

    #[test]
    fn kept_colours_are_those_that_were_found() {
        let code = "fn main() {\n    let ä = \"ö\"; // ü\n}\n";
        let found = highlight(code, rust());
        assert!(found.tokens.len() > 3);
        let again = Kept::from(&found).over(code).unwrap();
        assert_eq!(again.tokens, found.tokens);
    }

    #[test]
    fn colours_that_do_not_fit_the_code_are_none() {
        let found = highlight("let a = \"long text\";\n", rust());
        assert!(Kept::from(&found).over("let\n").is_none());
        assert!(Kept::from(&found).over("let äöüäöüäöüäöüäöü\n").is_none());
    }
}
