//! The automaton made deterministic, state by state, as texts ask for it.
//!
//! One table serves all contexts of a machine: a context is a list of
//! patterns, and only its first state is its own. A state is an ordered list
//! of states of the automaton, so that of several patterns the first in order
//! wins, and of one pattern what Oniguruma would try first.
//!
//! A match is known one symbol late: the symbol behind it may be asked for by
//! the edge of a word or by lookahead. So matching is a property of the state
//! that is reached, and means the position before the symbol just read.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::automaton::{Asks, Automaton, Fragment, State, StateId, may_be_boundary};
use super::rows::{DEAD, LOOK, MAX_ROWS, RowId, Rows, UNKNOWN};
use super::symbols::{self, Wordness};

/// No slot has matched. It differs from what a cell not yet written says.
pub(super) const NO_MATCH: u16 = UNKNOWN - 1;

/// The table is full: the machine must be made anew.
#[derive(Debug)]
pub(super) struct Full;

/// A deterministic state.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    matched: u16,
    /// The symbol before, as far as it is asked for.
    before: u8,
    roots: Box<[StateId]>,
}

/// What a row stands for.
#[derive(Debug)]
enum Row {
    /// The patterns of a context, before a symbol was read.
    Start {
        fragments: Arc<[Arc<Fragment>]>,
        from: usize,
        before: u8,
    },
    Inner(Key),
}

#[derive(Debug)]
pub(super) struct Dfa {
    pub automaton: Automaton,
    rows: Vec<Row>,
    inner: HashTable<RowId>,
    hasher: DefaultHashBuilder,
    table: Arc<Rows>,
    /// There are fewer rows than this.
    limit: usize,
    heap: usize,
    scratch: Scratch,
}

/// What finding a transition needs, kept for the next.
#[derive(Debug, Default)]
struct Scratch {
    /// When each state was last seen.
    seen: Vec<u32>,
    now: u32,
    open: Vec<StateId>,
    reached: Vec<StateId>,
    roots: Vec<StateId>,
}

impl Scratch {
    fn begin(&mut self, states: usize) {
        if self.now == u32::MAX {
            self.seen.clear();
            self.now = 0;
        }
        self.seen.resize(states, 0);
        self.now += 1;
    }

    /// Whether a state is met for the first time since `begin`.
    fn is_new(&mut self, id: StateId) -> bool {
        std::mem::replace(&mut self.seen[id as usize], self.now) != self.now
    }
}

impl Dfa {
    /// A table of fewer rows than `limit`, which is `MAX_ROWS` at most.
    pub fn new(limit: usize) -> Self {
        let dead = Key { matched: NO_MATCH, before: 0, roots: Box::new([]) };
        let table = Rows::new(32);
        table.set_matched(0, NO_MATCH);
        Self {
            automaton: Automaton::default(),
            rows: vec![Row::Inner(dead)],
            inner: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            table: Arc::new(table),
            limit: limit.min(MAX_ROWS),
            heap: 0,
            scratch: Scratch::default(),
        }
    }

    /// The table as it is; a later one has the same rows and more.
    pub fn table(&self) -> Arc<Rows> {
        Arc::clone(&self.table)
    }

    /// Whether there is no room for another row.
    pub fn is_full(&self) -> bool {
        self.rows.len() >= self.limit
    }

    /// The bytes that states take.
    pub fn bytes(&self) -> usize {
        self.table.bytes() + self.heap + self.automaton.len() * size_of::<State>()
    }

    /// A state for the patterns of a context from one of them on.
    pub fn start(
        &mut self,
        fragments: Arc<[Arc<Fragment>]>,
        from: usize,
        before: u8,
    ) -> Result<RowId, Full> {
        self.add(Row::Start { fragments, from, before }, NO_MATCH)
    }

    fn add(&mut self, row: Row, matched: u16) -> Result<RowId, Full> {
        let id = self.rows.len();
        if id >= self.limit {
            return Err(Full);
        }
        if id >= self.table.states() {
            let states = (id + id / 2).min(self.limit);
            self.table = Arc::new(self.table.grown(states));
        }
        self.heap += size_of::<Row>();
        if let Row::Inner(key) = &row {
            self.heap += key.roots.len() * size_of::<StateId>();
        }
        self.table.set_matched(id as RowId, matched);
        self.rows.push(row);
        Ok(id as RowId)
    }

    /// Where a symbol leads from a state: the cell of the table, worked out if need be.
    pub fn next(&mut self, row: RowId, symbol: u8) -> Result<u16, Full> {
        let known = self.table.next(row, symbol);
        if known != UNKNOWN {
            return Ok(known);
        }
        let matched = self.read(row, symbol);
        let before = self.gather(symbol);
        let next = if matched == NO_MATCH && self.scratch.roots.is_empty() {
            DEAD
        } else {
            let roots = self.scratch.roots.as_slice().into();
            let id = self.inner(Key { matched, before, roots })?;
            if matched == NO_MATCH { id } else { id | LOOK }
        };
        self.table.set_next(row, symbol, next);
        Ok(next)
    }

    fn inner(&mut self, key: Key) -> Result<RowId, Full> {
        let hash = self.hasher.hash_one(&key);
        let rows = &self.rows;
        let same = |id: &RowId| matches!(&rows[usize::from(*id)], Row::Inner(one) if *one == key);
        if let Some(id) = self.inner.find(hash, same) {
            return Ok(*id);
        }
        let matched = key.matched;
        let id = self.add(Row::Inner(key), matched)?;
        let (rows, hasher) = (&self.rows, &self.hasher);
        self.inner.insert_unique(hash, id, |id| match &rows[usize::from(*id)] {
            Row::Inner(key) => hasher.hash_one(key),
            Row::Start { .. } => 0,
        });
        Ok(id)
    }

    /// Finds the states that are reached by reading a symbol, in order, up to
    /// the first that has matched before it.
    fn read(&mut self, row: RowId, symbol: u8) -> u16 {
        let Self { automaton, rows, scratch, .. } = self;
        scratch.begin(automaton.len());
        scratch.reached.clear();
        let none = None;
        let found = match &rows[usize::from(row)] {
            Row::Start { fragments, from, before } => fragments[*from..]
                .iter()
                .filter(|fragment| fragment.first.has(symbol))
                .find_map(|fragment| follow(automaton, scratch, fragment.start, *before, symbol)),
            Row::Inner(key) => key.roots.iter().fold(none, |found, root| {
                found.or_else(|| follow(automaton, scratch, *root, key.before, symbol))
            }),
        };
        found.unwrap_or(NO_MATCH)
    }

    /// Turns the states reached into the roots of a row, each once.
    ///
    /// What asks for the symbol before is answered here, where it is known; the
    /// answer is what is left of it to ask later.
    fn gather(&mut self, before: u8) -> u8 {
        let Self { automaton, scratch, .. } = self;
        scratch.begin(automaton.len());
        scratch.roots.clear();
        scratch.open.clear();
        let mut asks = Asks::Nothing;
        for at in 0..scratch.reached.len() {
            scratch.open.push(scratch.reached[at]);
            while let Some(id) = scratch.open.pop() {
                if !scratch.is_new(id) {
                    continue;
                }
                match automaton.state(id) {
                    State::Split(ways) if automaton.asks(id) == Asks::Symbol => {
                        scratch.open.extend(ways.iter().rev());
                    }
                    State::Behind { set, next } => {
                        if set.has(before) {
                            scratch.open.push(*next);
                        }
                    }
                    _ => {
                        asks = asks.max(automaton.asks(id));
                        scratch.roots.push(id);
                    }
                }
            }
        }
        match (asks, symbols::wordness(before)) {
            (Asks::Nothing, _) => 0,
            (Asks::Wordness, Wordness::Word) => symbols::A_WORD,
            (Asks::Wordness, Wordness::Other) => symbols::NO_WORD,
            (Asks::Wordness, Wordness::Unknown) => symbols::CONTINUED,
            (Asks::Symbol, _) => before,
        }
    }
}

/// Follows a state to all that read the symbol, in order of preference; stops
/// at an outcome, and says which.
fn follow(
    automaton: &Automaton,
    scratch: &mut Scratch,
    root: StateId,
    before: u8,
    symbol: u8,
) -> Option<u16> {
    scratch.open.clear();
    scratch.open.push(root);
    while let Some(id) = scratch.open.pop() {
        if !scratch.is_new(id) {
            continue;
        }
        match automaton.state(id) {
            State::Read { set, next, tail } => {
                if set.has(symbol) {
                    let lead = symbols::LEADS.iter().position(|lead| *lead == symbol);
                    scratch.reached.push(lead.map_or(*next, |more| tail + more as u32));
                }
            }
            State::Split(ways) => scratch.open.extend(ways.iter().rev()),
            State::Behind { set, next } if set.has(before) => scratch.open.push(*next),
            State::Ahead { set, next } if set.has(symbol) => scratch.open.push(*next),
            State::Boundary { negative, next } if may_be_boundary(before, symbol, *negative) => {
                scratch.open.push(*next);
            }
            State::Behind { .. } | State::Ahead { .. } | State::Boundary { .. } => {}
            State::Match(outcome) => return outcome.cell(),
        }
    }
    None
}
