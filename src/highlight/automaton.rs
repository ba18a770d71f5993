//! The automaton of all patterns of a machine: an arena that only grows.

use super::symbols::{self, Symbols, Wordness};

/// The place of a state in the arena.
pub(super) type StateId = u32;

/// A state; what it leads to is said in the order of preference.
#[derive(Debug)]
pub(super) enum State {
    /// Reads a symbol of the set. A lead byte leads into `tail`, to as many
    /// states as its character has bytes to come.
    Read { set: Symbols, next: StateId, tail: StateId },
    /// Goes on if the symbol before is of the set.
    Behind { set: Symbols, next: StateId },
    /// Goes on if the symbol to come is of the set.
    Ahead { set: Symbols, next: StateId },
    /// Goes on at the edge of a word, or elsewhere if negative.
    Boundary { negative: bool, next: StateId },
    /// Goes on in several ways.
    Split(Box<[StateId]>),
    /// A pattern has matched, or refuses to.
    Match(Outcome),
}

/// What the automaton says of the pattern of a slot, in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome(u32);

impl Outcome {
    pub fn matched(slot: u32) -> Self {
        Self(slot << 1)
    }

    /// The pattern does not match, whatever else was said of it.
    pub fn refused(slot: u32) -> Self {
        Self(slot << 1 | 1)
    }

    pub fn slot(self) -> u32 {
        self.0 >> 1
    }

    pub fn is_refusal(self) -> bool {
        self.0 & 1 == 1
    }

    /// The number for a cell of the table, if it fits.
    pub fn cell(self) -> Option<u16> {
        u16::try_from(self.0).ok()
    }

    pub fn of_cell(cell: u16) -> Self {
        Self(cell.into())
    }
}

/// What must be known of the symbol before to go on from a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asks {
    Nothing,
    /// Whether it is of a word.
    Wordness,
    Symbol,
}

/// The part of the arena that is one pattern.
#[derive(Debug, Clone)]
pub(super) struct Fragment {
    pub start: StateId,
    /// What a match may begin with; all symbols if it may be empty.
    pub first: Symbols,
    /// The sets that its start asks the symbol before for.
    pub behind: Vec<Symbols>,
    /// Its start asks whether the symbol before is of a word.
    pub boundary: bool,
}

/// The states of all patterns.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    states: Vec<State>,
    asks: Vec<Asks>,
}

impl Automaton {
    pub fn len(&self) -> usize {
        self.states.len()
    }

    pub fn state(&self, id: StateId) -> &State {
        &self.states[id as usize]
    }

    pub fn asks(&self, id: StateId) -> Asks {
        self.asks[id as usize]
    }

    /// Adds a state; the arena stays below 2^32, since machines are dropped long before.
    pub fn push(&mut self, state: State) -> StateId {
        self.states.push(state);
        (self.states.len() - 1) as StateId
    }

    /// Adds a state whose ways are set later, so that they can lead back to it.
    pub fn push_loop(&mut self) -> StateId {
        self.push(State::Split(Box::new([])))
    }

    pub fn set_loop(&mut self, id: StateId, ways: [StateId; 2]) {
        self.states[id as usize] = State::Split(Box::new(ways));
    }

    /// Closes a pattern whose states were added since there were `from`.
    pub fn fragment(&mut self, from: usize, start: StateId) -> Fragment {
        self.ask(from);
        let mut fragment =
            Fragment { start, first: Symbols::NONE, behind: Vec::new(), boundary: false };
        let (mut seen, mut open) = (vec![false; self.states.len() - from], vec![start]);
        while let Some(id) = open.pop() {
            if std::mem::replace(&mut seen[id as usize - from], true) {
                continue;
            }
            match self.state(id) {
                State::Read { set, .. } => fragment.first = fragment.first.or(*set),
                State::Match(_) => fragment.first = Symbols::ALL,
                State::Behind { set, next } => {
                    if !fragment.behind.contains(set) {
                        fragment.behind.push(*set);
                    }
                    open.push(*next);
                }
                State::Boundary { next, .. } => {
                    fragment.boundary = true;
                    open.push(*next);
                }
                State::Ahead { next, .. } => open.push(*next),
                State::Split(ways) => open.extend(ways),
            }
        }
        fragment
    }

    /// Finds what each new state asks for before a symbol is read.
    fn ask(&mut self, from: usize) {
        self.asks.resize(self.states.len(), Asks::Nothing);
        let mut changed = true;
        while changed {
            changed = false;
            for id in from..self.states.len() {
                let asks = |id: &StateId| self.asks[*id as usize];
                let found = match &self.states[id] {
                    State::Read { .. } | State::Match(_) => Asks::Nothing,
                    State::Behind { .. } => Asks::Symbol,
                    State::Boundary { next, .. } => asks(next).max(Asks::Wordness),
                    State::Ahead { next, .. } => asks(next),
                    State::Split(ways) => ways.iter().map(asks).max().unwrap_or(Asks::Nothing),
                };
                changed |= found != self.asks[id];
                self.asks[id] = found;
            }
        }
    }
}

/// Whether there is the edge of a word between two symbols, if that is known.
///
/// Of a character beyond ASCII it is not, and both answers hold.
pub(super) fn may_be_boundary(before: u8, next: u8, negative: bool) -> bool {
    match (symbols::wordness(before), symbols::wordness(next)) {
        (Wordness::Unknown, _) | (_, Wordness::Unknown) => true,
        (before, next) => (before != next) != negative,
    }
}
