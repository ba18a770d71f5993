//! The words on fences, and the languages that they stand for.
//!
//! What the grammars call themselves is kept as a list beside this file, since
//! loading the grammars takes longer than rendering many pages, and most builds
//! have the colours of all their code already.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::path::nearest;

/// A language that has a grammar.
#[derive(Debug, Clone, Copy)]
pub struct Language {
    /// The place of its grammar in the set.
    place: usize,
}

/// What is known of a grammar that is not loaded.
#[derive(Debug)]
struct Grammar {
    name: &'static str,
    /// What fences call it beside its name.
    words: Vec<&'static str>,
    /// Whether it is only a part of others.
    is_hidden: bool,
}

/// A line for each grammar, in the order of the set: its name, `-` if it is hidden,
/// and its other words, with tabs between.
const LIST: &str = include_str!("languages.txt");

static GRAMMARS: LazyLock<Vec<Grammar>> = LazyLock::new(|| LIST.lines().map(grammar).collect());

fn grammar(line: &'static str) -> Grammar {
    let mut parts = line.split('\t').peekable();
    let name = parts.next().unwrap_or_default();
    let is_hidden = parts.next_if_eq(&"-").is_some();
    Grammar { name, words: parts.collect(), is_hidden }
}

fn languages() -> impl Iterator<Item = Language> {
    (0..GRAMMARS.len()).map(|place| Language { place })
}

impl Language {
    fn grammar(self) -> &'static Grammar {
        &GRAMMARS[self.place]
    }

    /// The language's name for readers, without what only grammars tell apart.
    pub fn name(self) -> &'static str {
        let name = self.grammar().name;
        match name.split(" (").next() {
            Some("Bourne Again Shell") => "Shell",
            Some(name) => name,
            None => name,
        }
    }

    /// Which of the grammars of this program it is.
    pub fn number(self) -> usize {
        self.place
    }
}

/// Several grammars may be one language to readers.
impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

/// The grammar that has no rules.
const PLAIN_NAME: &str = "Plain Text";

/// Words on a fence that ask for plain text.
const PLAIN: [&str; 9] =
    ["text", "txt", "plain", "plaintext", "none", "output", "mermaid", "math", "ascii"];

/// Names in use that the grammars do not know themselves by.
const ALIASES: [(&str, &str); 20] = [
    ("asm", "nasm"),
    ("c++", "cpp"),
    ("console", "sh"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("golang", "go"),
    ("hcl", "tf"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsx", "js"),
    ("mjs", "js"),
    ("objective-c", "m"),
    ("proto", "protobuf"),
    ("ps", "ps1"),
    ("shell-session", "sh"),
    ("terraform", "tf"),
    ("udiff", "diff"),
    ("vim", "viml"),
    ("yml", "yaml"),
    ("zsh", "sh"),
];

/// What a word on a fence stands for.
pub enum Word {
    /// A language that has a grammar.
    Language(Language),
    /// Plain text.
    Plain,
    /// Nothing that is known.
    Unknown,
}

/// Reads a word on a fence.
pub fn word(word: &str) -> Word {
    let lower = word.to_ascii_lowercase();
    if PLAIN.contains(&lower.as_str()) {
        return Word::Plain;
    }
    let token =
        ALIASES.iter().find(|(alias, _)| *alias == lower).map_or(lower.as_str(), |(_, t)| t);
    match by_token(token) {
        Some(language) if language.grammar().name == PLAIN_NAME => Word::Plain,
        Some(language) => Word::Language(language),
        None => Word::Unknown,
    }
}

/// The language of an extension or, where none has it, of a name, in lower case.
fn by_token(token: &str) -> Option<Language> {
    static BY_TOKEN: LazyLock<HashMap<String, Language>> = LazyLock::new(|| {
        let names = languages().map(|language| (language.grammar().name, language));
        let words = languages().flat_map(|language| {
            language.grammar().words.iter().map(move |word| (*word, language))
        });
        // Of equals the last counts.
        let all = names.chain(words);
        all.map(|(word, language)| (word.to_ascii_lowercase(), language)).collect()
    });
    BY_TOKEN.get(token).copied()
}

/// The known word that is nearest to one that is not, if any is near.
pub fn nearest_word(word: &str) -> Option<&'static str> {
    nearest(&word.to_ascii_lowercase(), words().iter().map(String::as_str))
}

/// What readers call the languages that have a grammar.
pub fn names() -> impl Iterator<Item = &'static str> {
    let is_shown = |language: &Language| {
        !language.grammar().is_hidden && language.grammar().name != PLAIN_NAME
    };
    languages().filter(is_shown).map(Language::name)
}

/// Every word that a fence may bear.
fn words() -> &'static [String] {
    static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let own = GRAMMARS.iter().filter(|grammar| !grammar.is_hidden);
        let mut words: Vec<String> = own
            .flat_map(|grammar| grammar.words.iter().chain([&grammar.name]))
            .map(|name| name.to_ascii_lowercase())
            .chain(ALIASES.iter().map(|(alias, _)| (*alias).to_owned()))
            .collect();
        words.sort();
        words.dedup();
        words
    });
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After an update of the grammars `SNAPSHOTS=overwrite cargo test --lib` writes
    /// the list anew.
    #[test]
    fn the_list_is_what_the_grammars_call_themselves() {
        let set = two_face::syntax::extra_newlines();
        let mut list = String::new();
        for syntax in set.syntaxes() {
            let hidden = syntax.hidden.then_some("-");
            let words = syntax.file_extensions.iter().map(String::as_str);
            let line: Vec<&str> = [&*syntax.name].into_iter().chain(hidden).chain(words).collect();
            list.push_str(&line.join("\t"));
            list.push('\n');
        }
        if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/markdown/languages.txt");
            std::fs::write(path, &list).unwrap();
        }
        assert!(list == LIST, "the list is not that of the grammars");
    }

    #[test]
    fn a_word_stands_for_the_last_grammar_that_has_it() {
        let name = |text: &str| match word(text) {
            Word::Language(language) => language.name(),
            Word::Plain => "plain",
            Word::Unknown => "unknown",
        };
        let words = ["Rust", "rs", "TSX", "c++", "bash", "text", "Plain Text", "nonsense"];
        let names = words.map(name);
        assert_eq!(
            names,
            ["Rust", "Rust", "TypeScriptReact", "C++", "Shell", "plain", "plain", "unknown"]
        );
        assert_eq!(nearest_word("pyton"), Some("python"));
    }
}
