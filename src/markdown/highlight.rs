//! Highlighting: which bytes of a code block are a keyword, a string, a
//! constant or a comment.
//!
//! `highlight` finds the scopes by syntect's grammars; here they are given one
//! of a few classes, so that a page carries one short span a token.

use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use syntect::parsing::Scope;

use super::languages::Language;
use crate::highlight::{Classes, Ended, Grammars, Highlighter, Says};

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

static GRAMMARS: LazyLock<Grammars> =
    LazyLock::new(|| Grammars::new(two_face::syntax::extra_newlines(), says));

static HIGHLIGHTER: LazyLock<Highlighter<'static>> =
    LazyLock::new(|| Highlighter::new(LazyLock::force(&GRAMMARS)));

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
    HIGHLIGHTER.with_parser(language.number(), code.len(), |mut parser| {
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
