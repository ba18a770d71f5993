//! Highlighting: which bytes of a code block are a keyword, a string, a
//! constant or a comment.
//!
//! syntect reads the grammars and finds the scopes; here each run of text gets
//! one of four classes, so that a page carries one short span a token.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::path::nearest;

/// A line longer than this is not parsed: grammars backtrack on long lines.
/// The gate is a length, never a time, so the output does not depend on the machine.
pub const MAX_LINE: usize = 2_000;
/// A block longer than this is not parsed.
pub const MAX_BLOCK: usize = 256 << 10;

/// What a run of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
pub struct Language(&'static SyntaxReference);

impl Language {
    /// The language's name for readers, without what only grammars tell apart.
    pub fn name(self) -> &'static str {
        match self.0.name.split(" (").next() {
            Some("Bourne Again Shell") => "Shell",
            Some(name) => name,
            None => &self.0.name,
        }
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

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

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
        Some(syntax) if syntax.name == PLAIN_NAME => Word::Plain,
        Some(syntax) => Word::Language(Language(syntax)),
        None => Word::Unknown,
    }
}

/// The grammar of an extension or, where none has it, of a name, in lower case.
fn by_token(token: &str) -> Option<&'static SyntaxReference> {
    static BY_TOKEN: LazyLock<HashMap<String, &'static SyntaxReference>> = LazyLock::new(|| {
        let syntaxes = LazyLock::force(&GRAMMARS).syntaxes();
        let names = syntaxes.iter().map(|syntax| (&syntax.name, syntax));
        let extensions = syntaxes
            .iter()
            .flat_map(|syntax| syntax.file_extensions.iter().map(move |word| (word, syntax)));
        // Of equals the last counts.
        names.chain(extensions).map(|(word, syntax)| (word.to_ascii_lowercase(), syntax)).collect()
    });
    BY_TOKEN.get(token).copied()
}

/// The known word that is nearest to one that is not, if any is near.
pub fn nearest_word(word: &str) -> Option<&'static str> {
    nearest(&word.to_ascii_lowercase(), words().iter().map(String::as_str))
}

/// What readers call the languages that have a grammar.
pub fn names() -> impl Iterator<Item = &'static str> {
    let syntaxes = LazyLock::force(&GRAMMARS).syntaxes().iter();
    let shown = syntaxes.filter(|syntax| !syntax.hidden && syntax.name != PLAIN_NAME);
    shown.map(|syntax| Language(syntax).name())
}

/// Every word that a fence may bear.
fn words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let set = LazyLock::force(&GRAMMARS);
        let own = set.syntaxes().iter().filter(|syntax| !syntax.hidden);
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

/// The tokens of a block, in order; what no token covers is plain.
///
/// A block or line over its limit is plain from there on; the caller says so.
pub fn highlight(code: &str, language: Language) -> Vec<Token> {
    let mut tokens = Vec::new();
    let set = LazyLock::force(&GRAMMARS);
    let mut state = ParseState::new(language.0);
    let mut stack = ScopeStack::new();
    let mut classes = Classes::default();
    let mut line_start = 0;
    for line in code.split_inclusive('\n') {
        if line.len() <= MAX_LINE {
            // A grammar that refers to one that is missing ends the colours here.
            let Ok(ops) = state.parse_line(line, set) else { break };
            let mut from = 0;
            for (at, op) in ops {
                push(&mut tokens, code, line_start + from..line_start + at, classes.of(&stack));
                from = at;
                if stack.apply(&op).is_err() {
                    return tokens;
                }
            }
            let range = line_start + from..line_start + line.len();
            push(&mut tokens, code, range, classes.of(&stack));
        }
        line_start += line.len();
    }
    tokens
}

/// Adds a run, or lengthens the one before it when nothing visible lies between.
fn push(tokens: &mut Vec<Token>, code: &str, range: Range<usize>, class: Option<Class>) {
    let Some(class) = class else { return };
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

/// What a scope says of the text in it.
#[derive(Clone, Copy)]
enum Says {
    Nothing,
    Class(Class),
    /// An embedded language begins: what is outside no longer counts.
    Plain,
}

/// Scopes already looked at; a block has few.
#[derive(Default)]
struct Classes {
    known: HashMap<Scope, Says>,
}

impl Classes {
    /// The innermost scope that says something decides.
    fn of(&mut self, stack: &ScopeStack) -> Option<Class> {
        for scope in stack.as_slice().iter().rev() {
            match *self.known.entry(*scope).or_insert_with(|| says(*scope)) {
                Says::Nothing => {}
                Says::Class(class) => return Some(class),
                Says::Plain => return None,
            }
        }
        None
    }
}

/// <https://www.sublimetext.com/docs/scope_naming.html>
fn says(scope: Scope) -> Says {
    static RULES: LazyLock<Vec<(Scope, Says)>> = LazyLock::new(|| {
        let rule = |(name, says): &(&str, Says)| Scope::new(name).ok().map(|scope| (scope, *says));
        NAMES.iter().filter_map(rule).collect()
    });
    const NAMES: [(&str, Says); 22] = [
        ("comment", Says::Class(Class::Comment)),
        ("constant.other.placeholder", Says::Class(Class::Constant)),
        ("string.unquoted", Says::Nothing),
        ("string", Says::Class(Class::String)),
        ("constant", Says::Class(Class::Constant)),
        ("keyword.operator.word", Says::Class(Class::Keyword)),
        ("keyword.operator", Says::Nothing),
        ("keyword", Says::Class(Class::Keyword)),
        ("storage", Says::Class(Class::Keyword)),
        ("entity.name.tag", Says::Class(Class::Keyword)),
        ("support.type.property-name", Says::Class(Class::Keyword)),
        ("support.type", Says::Class(Class::Keyword)),
        ("variable.language", Says::Class(Class::Keyword)),
        ("markup.inserted", Says::Class(Class::Inserted)),
        ("markup.deleted", Says::Class(Class::Deleted)),
        ("markup.heading", Says::Class(Class::Keyword)),
        ("markup.raw", Says::Class(Class::String)),
        ("meta.diff.header", Says::Class(Class::Comment)),
        ("meta.diff.range", Says::Class(Class::Comment)),
        ("meta.interpolation", Says::Plain),
        ("meta.embedded", Says::Plain),
        ("source", Says::Plain),
    ];
    RULES.iter().find(|(rule, _)| rule.is_prefix_of(scope)).map_or(Says::Nothing, |(_, says)| *says)
}
