//! Patterns of grammars, translated for the automaton.
//!
//! The automaton matches wherever the pattern does. For most patterns the
//! reverse holds too, and where a match ends: they are exact, and Oniguruma is
//! never asked. What an automaton cannot say (lookaround over several
//! characters, references, atomic groups) is left out, which makes a pattern
//! match more than it should; Oniguruma then has the last word.

mod ascii;
mod class;
mod compile;
mod edge;
mod parse;

pub(super) use ascii::for_ascii;

use super::automaton::{Automaton, Fragment};
use compile::Compiler;
use parse::{Node, parse};

/// Who says where a match ends, once the automaton has found one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The automaton has read no further.
    Here,
    /// So many bytes from its start; what the automaton read behind is lookahead.
    After(u32),
    /// Oniguruma, which may also say that there is none.
    Confirmed,
    /// A search by Oniguruma as syntect would do it: the pattern depends on
    /// where the search began.
    Searched,
}

/// Who says where a match ends, in lines of ASCII and in others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    pub ascii: End,
    pub beyond: End,
    /// The automaton is right where it refuses to match, also in other lines.
    pub refuses_beyond: bool,
}

/// Adds a pattern to the automaton, to match for `slot`.
pub(super) fn translate(automaton: &mut Automaton, source: &str, slot: u32) -> (Fragment, Ends) {
    let compiler = Compiler::new(automaton, slot);
    if source.contains("\\G") || source.contains("\\K") {
        return compiler.anywhere(End::Searched);
    }
    match parse(source) {
        Ok(Node::Concat(nodes)) => compiler.pattern(&nodes),
        Ok(node) => compiler.pattern(&[node]),
        Err(_) => compiler.anywhere(End::Confirmed),
    }
}
