//! Highlighting: which bytes of a code block are a keyword, a string, a
//! constant or a comment.
//!
//! `highlight` finds the scopes by syntect's grammars; here they are given one
//! of a few classes, so that a page carries one short span a token.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use serde::{Deserialize, Serialize};
use syntect::parsing::{Scope, SyntaxReference, SyntaxSet};

use crate::highlight::{Classes, Ended, Grammars, Highlighter, Says};
use crate::path::nearest;

/// A line longer than this is not parsed: grammars backtrack on long lines.
/// The gate is a length, never a time, so the output does not depend on the machine.
pub const MAX_LINE: usize = 2_000;
/// A block longer than this is not parsed.
pub const MAX_BLOCK: usize = 256 << 10;

/// What a run of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Class {
    /// A keyword, a type of the language, a tag.
    Keyword,
    /// A text.
    String,
    /// A number or another constant.
    Constant,
    /// A comment.
    Comment,
    /// Added by a diff.
    Inserted,
    /// Removed by a diff.
    Deleted,
}

impl Class {
    const ALL: [Self; 6] =
        [Self::Keyword, Self::String, Self::Constant, Self::Comment, Self::Inserted, Self::Deleted];

    /// The class attribute that stylesheets colour.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keyword => "k",
            Self::String => "s",
            Self::Constant => "n",
            Self::Comment => "c",
            Self::Inserted => "i",
            Self::Deleted => "d",
        }
    }
}

/// A run of code of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The bytes of the block.
    pub range: Range<usize>,
    /// What they are.
    pub class: Class,
}

/// A language that has a grammar.
#[derive(Clone, Copy)]
pub struct Language {
    syntax: &'static SyntaxReference,
    /// Its place in the set.
    place: usize,
}

impl Language {
    /// The language's name for readers, without what only grammars tell apart.
    pub fn name(self) -> &'static str {
        match self.syntax.name.split(" (").next() {
            Some("Bourne Again Shell") => "Shell",
            Some(name) => name,
            None => &self.syntax.name,
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

static GRAMMARS: LazyLock<Grammars> =
    LazyLock::new(|| Grammars::new(two_face::syntax::extra_newlines(), says));

static HIGHLIGHTER: LazyLock<Highlighter<'static>> =
    LazyLock::new(|| Highlighter::new(LazyLock::force(&GRAMMARS)));

fn set() -> &'static SyntaxSet {
    LazyLock::force(&GRAMMARS).set()
}

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
        Some(language) if language.syntax.name == PLAIN_NAME => Word::Plain,
        Some(language) => Word::Language(language),
        None => Word::Unknown,
    }
}

/// The language of an extension or, where none has it, of a name, in lower case.
fn by_token(token: &str) -> Option<Language> {
    static BY_TOKEN: LazyLock<HashMap<String, Language>> = LazyLock::new(|| {
        let languages = || {
            set().syntaxes().iter().enumerate().map(|(place, syntax)| Language { syntax, place })
        };
        let names = languages().map(|language| (&language.syntax.name, language));
        let extensions = languages().flat_map(|language| {
            language.syntax.file_extensions.iter().map(move |word| (word, language))
        });
        // Of equals the last counts.
        let all = names.chain(extensions);
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
    let syntaxes = set().syntaxes().iter().enumerate();
    let shown = syntaxes.filter(|(_, syntax)| !syntax.hidden && syntax.name != PLAIN_NAME);
    shown.map(|(place, syntax)| Language { syntax, place }.name())
}

/// Every word that a fence may bear.
fn words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let own = set().syntaxes().iter().filter(|syntax| !syntax.hidden);
        let mut words: Vec<String> = own
            .flat_map(|syntax| syntax.file_extensions.iter().chain([&syntax.name]))
            .map(|name| name.to_ascii_lowercase())
            .chain(ALIASES.iter().map(|(alias, _)| (*alias).to_owned()))
            .collect();
        words.sort();
        words.dedup();
        words
    })
}

/// A block with its colours.
#[derive(Debug, Default)]
pub struct Highlighted {
    /// What has a class, in order; what no token covers is plain.
    pub tokens: Vec<Token>,
    /// The line, from 0, from which on the block is plain because its grammar
    /// takes too many steps for it.
    pub given_up: Option<usize>,
}

/// The tokens of a block.
///
/// A line over its limit is plain; the caller says so, and minds the limit of
/// blocks. So is the rest of a block whose grammar refers to one that is missing.
pub fn highlight(code: &str, language: Language) -> Highlighted {
    let mut done = Highlighted::default();
    HIGHLIGHTER.with_parser(language.place, code.len(), |mut parser| {
        let (mut classes, mut changes) = (Classes::default(), Vec::new());
        let mut line_start = 0;
        for (number, line) in code.split_inclusive('\n').enumerate() {
            let range = line_start..line_start + line.len();
            line_start = range.end;
            if line.len() > MAX_LINE {
                continue;
            }
            if let Err(ended) = parser.parse(line, &mut changes) {
                done.given_up = (ended == Ended::Exhausted).then_some(number);
                return;
            }
            let runs = classes.runs(range, &changes, |range, class| {
                push(&mut done.tokens, code, range, Class::ALL[usize::from(class)]);
            });
            if runs.is_none() {
                return;
            }
        }
    });
    done
}

/// Adds a run, or lengthens the one before it when nothing visible lies between.
fn push(tokens: &mut Vec<Token>, code: &str, range: Range<usize>, class: Class) {
    let trimmed = code[range.clone()].trim_end();
    if trimmed.is_empty() {
        return;
    }
    let end = range.start + trimmed.len();
    match tokens.last_mut() {
        Some(last)
            if last.class == class && code[last.range.end..range.start].trim().is_empty() =>
        {
            last.range.end = end;
        }
        _ => tokens.push(Token { range: range.start..end, class }),
    }
}

/// <https://www.sublimetext.com/docs/scope_naming.html>
fn says(scope: Scope) -> Says {
    static RULES: LazyLock<Vec<(Scope, Says)>> = LazyLock::new(|| {
        let rule = |(name, says): &(&str, Says)| Scope::new(name).ok().map(|scope| (scope, *says));
        NAMES.iter().filter_map(rule).collect()
    });
    const fn class(class: Class) -> Says {
        Says::Class(class as u8)
    }
    const NAMES: [(&str, Says); 22] = [
        ("comment", class(Class::Comment)),
        ("constant.other.placeholder", class(Class::Constant)),
        ("string.unquoted", Says::Nothing),
        ("string", class(Class::String)),
        ("constant", class(Class::Constant)),
        ("keyword.operator.word", class(Class::Keyword)),
        ("keyword.operator", Says::Nothing),
        ("keyword", class(Class::Keyword)),
        ("storage", class(Class::Keyword)),
        ("entity.name.tag", class(Class::Keyword)),
        ("support.type.property-name", class(Class::Keyword)),
        ("support.type", class(Class::Keyword)),
        ("variable.language", class(Class::Keyword)),
        ("markup.inserted", class(Class::Inserted)),
        ("markup.deleted", class(Class::Deleted)),
        ("markup.heading", class(Class::Keyword)),
        ("markup.raw", class(Class::String)),
        ("meta.diff.header", class(Class::Comment)),
        ("meta.diff.range", class(Class::Comment)),
        ("meta.interpolation", Says::Plain),
        ("meta.embedded", Says::Plain),
        ("source", Says::Plain),
    ];
    RULES.iter().find(|(rule, _)| rule.is_prefix_of(scope)).map_or(Says::Nothing, |(_, says)| *says)
}
