//! The next match in a line: at each position, the first pattern in order.

use std::sync::Arc;

use hashbrown::HashMap;
use onig::Region;

use super::automaton::Outcome;
use super::confirm::{Budget, Exhausted};
use super::dfa::Full;
use super::grammar::Action;
use super::machine::{Machine, Slot, Starts, Table};
use super::pattern::End;
use super::rows::{DEAD, LOOK, RowId, Rows, UNKNOWN};
use super::symbols;

/// Where a pattern matches.
#[derive(Debug)]
pub(super) struct Hit {
    pub slot: u32,
    pub start: usize,
    pub end: usize,
    /// The pattern came with a push, from a prototype.
    pub from_prototype: bool,
    /// The groups of the match are known.
    pub captured: bool,
}

pub(super) enum Found {
    Nothing,
    /// Nothing but a pop that would undo the push before it, at the same place.
    Loop,
    Hit(Hit),
}

/// Why a search was given up.
#[derive(Debug)]
pub(super) enum Halt {
    /// The text takes more steps than it may.
    Exhausted,
    /// The machine's table is full.
    Full,
    /// The stack is so high that it counts which pattern was searched for when.
    Deep,
    /// A rule leads to a context that the set does not have.
    Broken,
}

impl From<Exhausted> for Halt {
    fn from(_: Exhausted) -> Self {
        Self::Exhausted
    }
}

impl From<Full> for Halt {
    fn from(_: Full) -> Self {
        Self::Full
    }
}

/// What a search is about.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub table: u32,
    /// Where to search from.
    pub from: usize,
    /// A push has just matched nothing here: a pop that does so too would loop.
    pub pushed_here: bool,
}

/// Finds matches with the machine's table.
pub(super) struct Finder<'m, 'g> {
    machine: &'m Machine<'g>,
    rows: Arc<Rows>,
    pub region: Region,
    pub budget: Budget,
    /// The symbols of the line, and twice the one behind it.
    line: Vec<u8>,
    ascii: bool,
    /// What was found of patterns that depend on where a search began.
    searched: HashMap<u32, Option<Region>>,
    /// Patterns that are out for this step.
    out: Vec<u32>,
}

/// What is known of a match that the automaton found.
enum Confirmed {
    No,
    To { end: usize, captured: bool },
}

impl<'m, 'g> Finder<'m, 'g> {
    pub fn new(machine: &'m Machine<'g>, budget: Budget) -> Self {
        Self {
            machine,
            rows: machine.rows(),
            region: Region::with_capacity(16),
            budget,
            line: Vec::new(),
            ascii: true,
            searched: HashMap::new(),
            out: Vec::new(),
        }
    }

    /// Turns to a line; it may have a newline at its end and nowhere else.
    pub fn read(&mut self, line: &str) {
        self.line.clear();
        self.line.extend(line.bytes().map(|byte| symbols::OF[usize::from(byte)]));
        self.line.extend([symbols::END; 2]);
        self.ascii = line.is_ascii();
        self.searched.clear();
    }

    pub fn find(&mut self, line: &str, step: Step) -> Result<Found, Halt> {
        let Some(table) = self.machine.tables.get(step.table) else { return Err(Halt::Broken) };
        self.out.clear();
        let mut looping = false;
        let mut at = self.skip(table, step.from);
        while at <= line.len() {
            let row = self.start(table, step.table, 0, self.before(at))?;
            if self.next(row, self.line[at])? != DEAD
                && let Some(hit) = self.match_at(line, table, step, at, &mut looping)?
            {
                return Ok(Found::Hit(hit));
            }
            if looping {
                return Ok(Found::Loop);
            }
            at = self.skip(table, at + 1);
        }
        self.budget.take((line.len() - step.from) as u64)?;
        Ok(Found::Nothing)
    }

    /// The next place, from one on, at which it is not known that nothing matches.
    fn skip(&self, table: &Table, from: usize) -> usize {
        let (mut at, mut before) = (from, self.before(from));
        let starts = table.starts(0);
        while let Some(&symbol) = self.line[..self.line.len() - 1].get(at) {
            let begins = |starts: &Starts| self.rows.next(starts.of(before), symbol) != DEAD;
            if symbol != symbols::CONTINUED && starts.is_none_or(begins) {
                break;
            }
            (at, before) = (at + 1, symbol);
        }
        at
    }

    /// The symbol before a place.
    fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(symbols::START, |before| self.line[before])
    }

    /// Finds the first pattern in order that matches at a place.
    fn match_at(
        &mut self,
        line: &str,
        table: &'m Table,
        step: Step,
        at: usize,
        looping: &mut bool,
    ) -> Result<Option<Hit>, Halt> {
        let before = self.before(at);
        let mut from = 0;
        while from < table.slots.len() {
            let row = self.start(table, step.table, from, before)?;
            let Some((outcome, end)) = self.scan(row, at)? else { break };
            let id = outcome.slot();
            let rest = &table.slots[from..];
            let Some(place) = rest.iter().position(|slot| *slot == id) else { break };
            let place = from + place;
            from = place + 1;
            let Some(slot) = self.machine.slots.get(id) else { break };
            let refused = outcome.is_refusal();
            if self.out.contains(&id) || (refused && slot.refuses(self.ascii)) {
                continue;
            }
            let sayer = if refused { End::Confirmed } else { slot.end(self.ascii) };
            let confirmed = self.confirm(line, slot, (id, sayer), step.from, (at, end))?;
            let Confirmed::To { end, captured } = confirmed else { continue };
            match slot.rule.action {
                // It does nothing, here and further on.
                Action::Stay if end == at => self.out.push(id),
                Action::Pop if step.pushed_here && end <= step.from => *looping = true,
                _ => {
                    let from_prototype = place < table.prototypes;
                    let hit = Hit { slot: id, start: at, end, from_prototype, captured };
                    return Ok(Some(hit));
                }
            }
        }
        Ok(None)
    }

    /// Asks Oniguruma about a match, if the automaton cannot tell.
    fn confirm(
        &mut self,
        line: &str,
        slot: &Slot<'_>,
        (id, sayer): (u32, End),
        from: usize,
        (at, end): (usize, usize),
    ) -> Result<Confirmed, Halt> {
        let (end, captured) = match sayer {
            End::Here => (Some(end), false),
            End::After(bytes) => (Some(at + bytes as usize), false),
            End::Confirmed => {
                let captured = slot.rule.has_captures();
                let region = captured.then_some(&mut self.region);
                (slot.pattern().match_at(line, at, region, &mut self.budget)?, captured)
            }
            End::Searched => (self.search(line, slot, id, from, at)?, true),
        };
        Ok(end.map_or(Confirmed::No, |end| Confirmed::To { end, captured }))
    }

    /// Searches as syntect does, which remembers for a line what it has found.
    fn search(
        &mut self,
        line: &str,
        slot: &Slot<'_>,
        id: u32,
        from: usize,
        at: usize,
    ) -> Result<Option<usize>, Halt> {
        let found = |region: &Region| region.pos(0).unwrap_or_default();
        let stale = match self.searched.get(&id) {
            Some(Some(region)) => found(region).0 < from,
            Some(None) => false,
            None => true,
        };
        if stale && at == from {
            let mut region = Region::new();
            let matched = slot.pattern().search(line, from, &mut region, &mut self.budget)?;
            self.searched.insert(id, matched.then_some(region));
        }
        let Some(Some(region)) = self.searched.get(&id) else { return Ok(None) };
        let (start, end) = found(region);
        if start != at {
            return Ok(None);
        }
        self.region.clone_from(region);
        Ok(Some(end))
    }

    #[inline]
    fn start(&self, table: &Table, id: u32, from: usize, before: u8) -> Result<RowId, Halt> {
        match table.starts(from).map_or(UNKNOWN, |starts| starts.of(before)) {
            UNKNOWN => Ok(self.machine.start(id, from, before)?),
            row => Ok(row),
        }
    }

    #[inline]
    fn next(&mut self, row: RowId, symbol: u8) -> Result<u16, Halt> {
        match self.rows.next(row, symbol) {
            UNKNOWN => self.learn(row, symbol),
            next => Ok(next),
        }
    }

    #[cold]
    fn learn(&mut self, row: RowId, symbol: u8) -> Result<u16, Halt> {
        let (next, rows) = self.machine.next(row, symbol)?;
        self.rows = rows;
        Ok(next)
    }

    /// Reads on from a place while something can match; says what did, and up to where.
    fn scan(&mut self, row: RowId, from: usize) -> Result<Option<(Outcome, usize)>, Halt> {
        let (mut row, mut at, mut found) = (row, from, None);
        loop {
            let mut next = self.next(row, self.line[at])?;
            if next & LOOK != 0 {
                if next == DEAD {
                    break;
                }
                next &= !LOOK;
                found = Some((self.matched(next), at));
            }
            row = next;
            at += 1;
        }
        self.budget.take((at - from + 1) as u64)?;
        Ok(found)
    }

    #[inline]
    fn matched(&mut self, row: RowId) -> Outcome {
        let cell = match self.rows.matched(row) {
            UNKNOWN => {
                // Another thread has made this row: under the lock it is seen.
                self.rows = self.machine.rows();
                self.rows.matched(row)
            }
            cell => cell,
        };
        Outcome::of_cell(cell)
    }
}
