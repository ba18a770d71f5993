//! Parsing code by the grammars of syntect, token for token as syntect does, but faster.
//!
//! syntect searches the line for each pattern of a context by itself and takes
//! what comes first. Here a line is gone through place by place, and at each
//! all patterns are tried at once by one automaton:
//!
//! - [`grammar`](self) has the contexts of a syntax, read from syntect's dump when they
//!   are first needed.
//! - `pattern` translates a pattern for the `automaton`, which matches wherever
//!   the pattern does; where it may match more, Oniguruma is asked (`confirm`).
//! - `dfa` makes the automaton deterministic while texts are parsed, into
//!   `rows`, which all threads share.
//! - `machine` holds all that for one syntax and what it embeds, with the
//!   tables of contexts.
//! - `find` finds the next match with it, `search` without it, as syntect
//!   does; `parser` moves the stack of contexts from match to match;
//!   `changes` and `classes` turn that into scopes and into classes.
//!
//! The outcome differs from syntect's where that gives up on a pattern that
//! steps back too often, and in texts that would take longer than a budget of
//! steps: the rest of such a text is plain.

mod append;
mod automaton;
mod changes;
mod chars;
mod classes;
mod confirm;
mod dfa;
mod dump;
mod find;
mod grammar;
mod highlighter;
mod machine;
mod parser;
mod pattern;
mod rows;
mod search;
mod symbols;

pub use changes::{Change, Changes};
pub use classes::Classes;
pub use grammar::{Grammars, Mark, Says};
pub use highlighter::Highlighter;
pub use parser::{Ended, Parser};
