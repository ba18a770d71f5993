//! What the automaton does at each symbol, as far as it has been asked.

use std::sync::atomic::{AtomicU16, Ordering};

use super::symbols::{COUNT, START};

/// A state of the table.
pub(super) type RowId = u16;

/// The transition has not been worked out.
pub(super) const UNKNOWN: u16 = u16::MAX;
/// Nothing can match any more.
pub(super) const DEAD: u16 = LOOK;
/// A transition that is more than the next state: dead, unknown, or into a
/// state where something has matched.
pub(super) const LOOK: u16 = 1 << 15;
/// States are below this.
pub(super) const MAX_ROWS: usize = LOOK as usize - 1;

/// No symbol to come is the one before the text, so its cell holds the match.
const MATCH: usize = START as usize;

/// A table of transitions, a row of `COUNT` cells a state.
///
/// Each cell is written once, from unknown to what it stays. A thread that
/// does not see another's writing yet asks again under the lock of the
/// writers, so no order between cells is needed.
#[derive(Debug)]
pub(super) struct Rows {
    cells: Box<[AtomicU16]>,
}

impl Rows {
    pub fn new(states: usize) -> Self {
        Self { cells: (0..states * COUNT).map(|_| AtomicU16::new(UNKNOWN)).collect() }
    }

    /// A larger table with the same content.
    pub fn grown(&self, states: usize) -> Self {
        let more = (states * COUNT).saturating_sub(self.cells.len());
        let old = self.cells.iter().map(|cell| cell.load(Ordering::Relaxed));
        let cells = old.chain(std::iter::repeat_n(UNKNOWN, more));
        Self { cells: cells.map(AtomicU16::new).collect() }
    }

    pub fn states(&self) -> usize {
        self.cells.len() / COUNT
    }

    /// The bytes it takes.
    pub fn bytes(&self) -> usize {
        self.cells.len() * size_of::<u16>()
    }

    /// Where a symbol leads; unknown too if the table is too small to say.
    #[inline]
    pub fn next(&self, row: RowId, symbol: u8) -> u16 {
        let at = usize::from(row) * COUNT + usize::from(symbol);
        self.cells.get(at).map_or(UNKNOWN, |cell| cell.load(Ordering::Relaxed))
    }

    pub fn set_next(&self, row: RowId, symbol: u8, next: u16) {
        if let Some(cell) = self.cells.get(usize::from(row) * COUNT + usize::from(symbol)) {
            cell.store(next, Ordering::Relaxed);
        }
    }

    /// The outcome that is known when this state is reached.
    #[inline]
    pub fn matched(&self, row: RowId) -> u16 {
        self.next(row, MATCH as u8)
    }

    pub fn set_matched(&self, row: RowId, outcome: u16) {
        self.set_next(row, MATCH as u8, outcome);
    }
}
