//! The next match found as syntect finds it: each pattern searched for by itself.
//!
//! On a stack of a hundred levels syntect behaves otherwise for patterns that it
//! has searched for before in the line. Such lines are parsed this way, and
//! texts that a machine has no more room for.

use hashbrown::HashMap;
use onig::Region;

use super::confirm::Budget;
use super::find::{Found, Halt, Hit, Step};
use super::grammar::Action;
use super::machine::{Machine, Slot, Table};

/// At so many levels nothing more is pushed.
pub(super) const MAX_LEVELS: usize = 100;

/// What has been found in a line, by slot.
pub(super) type Searched = HashMap<u32, Option<Region>>;

/// A search for the patterns of a table, one after another.
pub(super) struct Search<'a, 'g> {
    pub machine: &'a Machine<'g>,
    pub line: &'a str,
    pub step: Step,
    /// How many levels the stack has.
    pub levels: usize,
    pub searched: &'a mut Searched,
    pub budget: &'a mut Budget,
}

impl Search<'_, '_> {
    /// Finds the first match, and the first pattern in order of those that
    /// match there; its groups are left in `region`.
    pub fn find(&mut self, region: &mut Region) -> Result<Found, Halt> {
        let table = self.machine.tables.get(self.step.table).ok_or(Halt::Broken)?;
        let mut best: Option<Hit> = None;
        let mut looping = false;
        for (place, id) in table.slots.iter().enumerate() {
            let Some(slot) = self.machine.slots.get(*id) else { return Err(Halt::Broken) };
            let Some(found) = self.search(slot, *id)? else { continue };
            let (start, end) = found.pos(0).unwrap_or_default();
            let better = best
                .as_ref()
                .is_none_or(|best| start < best.start || start == best.start && looping);
            if !better {
                continue;
            }
            let consumes = end > self.step.from;
            looping = self.step.pushed_here && !consumes && matches!(slot.rule.action, Action::Pop);
            if matches!(slot.rule.action, Action::Push(_)) && self.levels >= MAX_LEVELS {
                return Ok(Found::Nothing);
            }
            best = Some(hit(table, place, *id, start, end));
            *region = found;
            if start == self.step.from && !looping {
                break;
            }
        }
        Ok(match best {
            None => Found::Nothing,
            Some(_) if looping => Found::Loop,
            Some(hit) => Found::Hit(hit),
        })
    }

    fn search(&mut self, slot: &Slot<'_>, id: u32) -> Result<Option<Region>, Halt> {
        match self.searched.get(&id) {
            Some(None) => return Ok(None),
            Some(Some(region)) if region.pos(0).unwrap_or_default().0 >= self.step.from => {
                return Ok(Some(region.clone()));
            }
            _ => {}
        }
        let mut region = Region::with_capacity(8);
        let found = slot.pattern().search(self.line, self.step.from, &mut region, self.budget)?;
        if !found {
            if !slot.is_variant() {
                self.searched.insert(id, None);
            }
            return Ok(None);
        }
        let (start, end) = region.pos(0).unwrap_or_default();
        let does_something = match slot.rule.action {
            Action::Stay => start != end,
            Action::Push(_) => self.levels < MAX_LEVELS,
            _ => true,
        };
        if !does_something {
            return Ok(None);
        }
        if !slot.is_variant() {
            self.searched.insert(id, Some(region.clone()));
        }
        Ok(Some(region))
    }
}

fn hit(table: &Table, place: usize, slot: u32, start: usize, end: usize) -> Hit {
    Hit { slot, start, end, from_prototype: place < table.prototypes, captured: true }
}
