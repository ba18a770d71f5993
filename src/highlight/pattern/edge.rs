//! Lookaround that asks for no more than the symbol beside it.

use super::super::chars::{Beyond, Chars};
use super::super::symbols::{CONTINUED, END, START, Symbols};
use super::parse::Node;

/// What a lookaround says of the symbol beside it.
pub(super) struct Edge {
    /// Beside these it may match.
    pub yes: Symbols,
    /// Beside these it may not match.
    pub no: Symbols,
    /// No ASCII symbol is in both.
    pub exact: bool,
    /// Nor any other.
    pub exact_beyond: bool,
}

/// What a lookaround asks the next symbol, or the one before, if nothing else.
pub(super) fn edge(node: &Node, ahead: bool) -> Option<Edge> {
    let anchor = |yes: Symbols| {
        Some(Edge { yes, no: Symbols::ALL.without(yes), exact: true, exact_beyond: true })
    };
    match node {
        Node::Class(chars) => Some(of_class(*chars, ahead)),
        Node::LineEnd if ahead => anchor(Symbols::line_end()),
        Node::End if ahead => anchor(Symbols::one(END)),
        Node::Start if !ahead => anchor(Symbols::one(START)),
        Node::Alternate(nodes) => {
            let mut whole = edge(nodes.first()?, ahead)?;
            for node in &nodes[1..] {
                let one = edge(node, ahead)?;
                whole.yes = whole.yes.or(one.yes);
                whole.no = whole.no.and(one.no);
                whole.exact &= one.exact;
                whole.exact_beyond &= one.exact_beyond;
            }
            Some(whole)
        }
        _ => None,
    }
}

fn of_class(chars: Chars, ahead: bool) -> Edge {
    let symbols = |chars: Chars| {
        let (set, exact) = Symbols::of_ascii(chars.ascii);
        let beyond = match (chars.beyond, ahead) {
            (Beyond::None, _) => Symbols::NONE,
            (_, true) => Symbols::LEADS,
            (_, false) => Symbols::one(CONTINUED),
        };
        (set.or(beyond), exact)
    };
    let ((yes, exact), (no, _)) = (symbols(chars), symbols(chars.inverted()));
    let nothing = Symbols::one(if ahead { END } else { START });
    Edge {
        yes,
        no: no.or(nothing),
        exact: exact && chars.exact,
        exact_beyond: chars.beyond != Beyond::Some,
    }
}
