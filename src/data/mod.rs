//! Data that people write: YAML and TOML, read into one tree of [`Node`]s.
//!
//! A tree has no positions, since nearly all of them are never asked for. A
//! problem keeps the [`KeyPath`](crate::diag::KeyPath) to its value, and
//! [`places`] parses the text once more, with positions, to point at it.

mod date;
mod fields;
mod node;
pub mod packed;
mod period;
mod rare;
mod spans;
mod toml;
mod yaml;

use std::ops::Range;

pub use date::Date;
pub use fields::{Fields, Scope, Switch};
pub use node::Node;
pub use period::Period;
pub use rare::{Blank, Rare};
pub use spans::Spans;

/// A data language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// YAML 1.2, as libyaml reads it.
    Yaml,
    /// TOML 1.0.
    Toml,
}

/// Why a text is not data, with a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, in plain words.
    pub message: String,
    /// The bytes it is about.
    pub range: Range<usize>,
    /// A few words at the caret.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// Reads a text whose top is a map; an empty text is an empty map. `line` is
/// the line of the file, from 1, at which the text begins.
///
/// # Errors
/// What makes the text unreadable, duplicate keys included.
pub fn parse(syntax: Syntax, text: &str, line: usize) -> Result<Vec<(String, Node)>, SyntaxError> {
    let node = match syntax {
        Syntax::Yaml => yaml::parse(text, line)?,
        Syntax::Toml => toml::parse(text)?,
    };
    match node {
        Node::Map(entries) => Ok(entries),
        Node::Null => Ok(Vec::new()),
        other => {
            let start = text.len() - text.trim_start().len();
            let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
            Err(SyntaxError {
                message: format!("expected `key: value` lines, found {}", other.kind()),
                range: start..end,
                label: None,
                help: Some(
                    "write each fact as `key: value`, for example `title: Go vs Rust`".into(),
                ),
            })
        }
    }
}

/// The places of everything in a text that parses.
pub fn places(syntax: Syntax, text: &str) -> Option<Spans> {
    match syntax {
        Syntax::Yaml => spans::yaml(text),
        Syntax::Toml => spans::toml(text),
    }
}
