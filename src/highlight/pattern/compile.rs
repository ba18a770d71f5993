//! Parts of patterns as states of the automaton, built from the end backwards.

use super::super::automaton::{Automaton, Fragment, Outcome, State, StateId};
use super::super::chars::{Beyond, Chars};
use super::super::symbols::{CONTINUED, END, START, Symbols};
use super::edge::{Edge, edge};
use super::parse::Node;
use super::{End, Ends};

/// A repeated part is written out up to so many states, then taken for a loop.
const MAX_STATES: usize = 2_000;

/// Translates one pattern.
pub(super) struct Compiler<'a> {
    automaton: &'a mut Automaton,
    slot: u32,
    from: usize,
    /// The automaton matches nowhere else than the pattern, in ASCII.
    exact: bool,
    exact_beyond: bool,
    /// The automaton may read lookahead behind the end of a match.
    reads_on: bool,
    /// Where the automaton refuses to match, the pattern does not match, also
    /// beyond ASCII.
    refuses_beyond: bool,
}

/// Where in a pattern a part stands.
#[derive(Clone, Copy)]
struct Spot {
    /// Nothing of the pattern follows.
    last: bool,
    /// Every match of the pattern has this part, at one distance from its start.
    fixed: bool,
}

/// A part that may be left out, or stand at several places.
const INNER: Spot = Spot { last: false, fixed: false };

impl<'a> Compiler<'a> {
    pub fn new(automaton: &'a mut Automaton, slot: u32) -> Self {
        let from = automaton.len();
        Self {
            automaton,
            slot,
            from,
            exact: true,
            exact_beyond: true,
            reads_on: false,
            refuses_beyond: true,
        }
    }

    /// A pattern that may match anywhere.
    pub fn anywhere(self, end: End) -> (Fragment, Ends) {
        let start = self.automaton.push(State::Match(Outcome::matched(self.slot)));
        let ends = Ends { ascii: end, beyond: end, refuses_beyond: false };
        (self.automaton.fragment(self.from, start), ends)
    }

    pub fn pattern(mut self, nodes: &[Node]) -> (Fragment, Ends) {
        let matched = self.automaton.push(State::Match(Outcome::matched(self.slot)));
        let start = self.sequence(nodes, matched, Spot { last: true, fixed: true });
        let fixed = width(nodes).map_or(End::Confirmed, End::After);
        let wide = nodes.iter().any(reads_beyond);
        let (end, end_beyond) = match (self.reads_on, wide) {
            (false, _) => (End::Here, End::Here),
            (true, false) => (fixed, fixed),
            (true, true) => (fixed, End::Confirmed),
        };
        let ends = Ends {
            ascii: if self.exact { end } else { End::Confirmed },
            beyond: if self.exact && self.exact_beyond { end_beyond } else { End::Confirmed },
            refuses_beyond: self.refuses_beyond,
        };
        (self.automaton.fragment(self.from, start), ends)
    }

    /// Translates parts in order.
    fn sequence(&mut self, nodes: &[Node], next: StateId, spot: Spot) -> StateId {
        let mut next = next;
        for (at, node) in nodes.iter().enumerate().rev() {
            let last = spot.last && at + 1 == nodes.len();
            let fixed = spot.fixed && width(&nodes[..at]).is_some();
            next = self.node(node, next, Spot { last, fixed });
        }
        next
    }

    fn node(&mut self, node: &Node, next: StateId, spot: Spot) -> StateId {
        match node {
            Node::Empty => next,
            Node::Class(chars) => self.class(*chars, next),
            Node::Folded(chars) => self.folded(*chars, next),
            Node::Concat(nodes) => self.sequence(nodes, next, spot),
            Node::Alternate(nodes) => {
                let spot = Spot { fixed: false, ..spot };
                let ways = nodes.iter().map(|node| self.node(node, next, spot)).collect();
                self.automaton.push(State::Split(ways))
            }
            Node::Repeat { node, min, max, greedy } => self.repeat(node, *min, *max, *greedy, next),
            Node::Atomic(node) => {
                self.exact &= spot.last;
                self.node(node, next, Spot { fixed: false, ..spot })
            }
            Node::Look { node, ahead, negative } => self.look(node, *ahead, *negative, next, spot),
            Node::Start => self.behind(Symbols::one(START), next),
            Node::LineEnd => self.ahead(Symbols::line_end(), next),
            Node::End => self.ahead(Symbols::one(END), next),
            Node::Boundary { negative } => {
                self.exact_beyond = false;
                self.automaton.push(State::Boundary { negative: *negative, next })
            }
            Node::Unknown => {
                self.exact = false;
                let any = Node::Class(Chars::ALL);
                self.repeat(&any, 0, None, true, next)
            }
        }
    }

    fn behind(&mut self, set: Symbols, next: StateId) -> StateId {
        self.automaton.push(State::Behind { set, next })
    }

    fn ahead(&mut self, set: Symbols, next: StateId) -> StateId {
        self.automaton.push(State::Ahead { set, next })
    }

    fn class(&mut self, chars: Chars, next: StateId) -> StateId {
        let (set, exact) = Symbols::of_ascii(chars.ascii);
        self.exact &= exact && chars.exact;
        self.exact_beyond &= chars.beyond != Beyond::Some;
        if chars.beyond == Beyond::None {
            return self.automaton.push(State::Read { set, next, tail: next });
        }
        let continued = Symbols::one(CONTINUED);
        let read = |next| State::Read { set: continued, next, tail: next };
        let tail = self.automaton.push(read(next));
        let two = self.automaton.push(read(tail));
        self.automaton.push(read(two));
        self.automaton.push(State::Read { set: set.or(Symbols::LEADS), next, tail })
    }

    /// A letter where case does not count. Beyond ASCII it may be another
    /// character, which may be a ligature of this letter and those before it.
    fn folded(&mut self, chars: Chars, next: StateId) -> StateId {
        let read = self.class(Chars { beyond: Beyond::Some, ..chars }, next);
        if !b"fils".iter().chain(b"t").any(|letter| chars.has(*letter)) {
            return read;
        }
        let within = self.behind(Symbols::one(CONTINUED), next);
        self.automaton.push(State::Split(Box::new([read, within])))
    }

    fn repeat(
        &mut self,
        node: &Node,
        min: u32,
        max: Option<u32>,
        greedy: bool,
        next: StateId,
    ) -> StateId {
        // How often an empty part is tried again is Oniguruma's own affair.
        self.exact &= max == Some(1) || !may_be_empty(node);
        let copies = max.unwrap_or(min.max(1)) as usize;
        let (min, max) = if size(node).saturating_mul(copies) > MAX_STATES {
            self.exact = false;
            (min.min(1), None)
        } else {
            (min, max)
        };
        let ordered = |way, out| if greedy { [way, out] } else { [out, way] };
        let (mut start, written) = match max {
            None => {
                let looped = self.automaton.push_loop();
                let way = self.node(node, looped, INNER);
                self.automaton.set_loop(looped, ordered(way, next));
                if min == 0 { (looped, 0) } else { (way, 1) }
            }
            Some(max) => {
                let mut start = next;
                for _ in min..max {
                    let way = self.node(node, start, INNER);
                    start = self.automaton.push(State::Split(Box::new(ordered(way, next))));
                }
                (start, 0)
            }
        };
        for _ in written..min {
            start = self.node(node, start, INNER);
        }
        start
    }

    fn look(
        &mut self,
        node: &Node,
        ahead: bool,
        negative: bool,
        next: StateId,
        spot: Spot,
    ) -> StateId {
        if let Some(Edge { yes, no, exact, exact_beyond }) = edge(node, ahead) {
            self.exact &= exact;
            self.exact_beyond &= exact_beyond;
            let set = if negative { no } else { yes };
            return if ahead { self.ahead(set, next) } else { self.behind(set, next) };
        }
        match (ahead, negative) {
            // Read as if it were the end of the pattern.
            (true, false) if spot.last => {
                self.reads_on = true;
                return self.node(node, next, spot);
            }
            (true, true) if spot.fixed => {
                if let Some(refused) = self.refused(node) {
                    return self.automaton.push(State::Split(Box::new([refused, next])));
                }
            }
            _ => {}
        }
        self.exact = false;
        next
    }

    /// What must not follow, as a way that is preferred to matching and refuses to.
    ///
    /// It wins whether it is read to its end before the pattern has matched or
    /// later, since the preferred way has the last word. It must not match more
    /// than it says; beyond ASCII, where it may, Oniguruma is asked.
    fn refused(&mut self, node: &Node) -> Option<StateId> {
        let saved = (self.exact, self.exact_beyond, self.reads_on);
        (self.exact, self.exact_beyond) = (true, true);
        let refuse = self.automaton.push(State::Match(Outcome::refused(self.slot)));
        let start = self.node(node, refuse, Spot { last: true, fixed: false });
        let (exact, exact_beyond) = (self.exact, self.exact_beyond);
        (self.exact, self.exact_beyond, self.reads_on) = saved;
        if !exact {
            return None;
        }
        self.refuses_beyond &= exact_beyond;
        Some(start)
    }
}

/// Whether a part may match nothing.
fn may_be_empty(node: &Node) -> bool {
    match node {
        Node::Class(_) | Node::Folded(_) => false,
        Node::Concat(nodes) => nodes.iter().all(may_be_empty),
        Node::Alternate(nodes) => nodes.iter().any(may_be_empty),
        Node::Repeat { node, min, .. } => *min == 0 || may_be_empty(node),
        Node::Atomic(node) => may_be_empty(node),
        _ => true,
    }
}

/// How many characters the parts match, if it is one number.
fn width(nodes: &[Node]) -> Option<u32> {
    nodes.iter().try_fold(0_u32, |sum, node| {
        let one = match node {
            Node::Class(_) | Node::Folded(_) => 1,
            Node::Concat(nodes) => width(nodes)?,
            Node::Alternate(nodes) => {
                let mut widths = nodes.iter().map(|node| width(std::slice::from_ref(node)));
                let first = widths.next()??;
                if widths.any(|width| width != Some(first)) {
                    return None;
                }
                first
            }
            Node::Repeat { node, min, max, .. } if *max == Some(*min) => {
                width(std::slice::from_ref(node))?.checked_mul(*min)?
            }
            Node::Repeat { .. } | Node::Unknown => return None,
            Node::Atomic(node) => width(std::slice::from_ref(node))?,
            _ => 0,
        };
        sum.checked_add(one)
    })
}

/// Whether a part may read a character of several bytes.
fn reads_beyond(node: &Node) -> bool {
    match node {
        Node::Class(chars) => chars.beyond != Beyond::None,
        Node::Folded(_) | Node::Unknown => true,
        Node::Concat(nodes) | Node::Alternate(nodes) => nodes.iter().any(reads_beyond),
        Node::Repeat { node, .. } | Node::Atomic(node) => reads_beyond(node),
        _ => false,
    }
}

/// How many states a part takes, about.
fn size(node: &Node) -> usize {
    match node {
        Node::Class(chars) if chars.beyond == Beyond::None => 1,
        Node::Class(_) => 4,
        Node::Folded(_) => 6,
        Node::Concat(nodes) | Node::Alternate(nodes) => 1 + nodes.iter().map(size).sum::<usize>(),
        Node::Repeat { node, min, max, .. } => {
            size(node).saturating_mul(max.unwrap_or(*min).max(1) as usize) + 1
        }
        Node::Atomic(node) => size(node),
        _ => 2,
    }
}
