//! The stack of contexts, moved from match to match through the lines of a text.

use onig::Region;

use super::changes::{Applied, Captures, Change, Changes};
use super::confirm::Budget;
use super::find::{Finder, Found, Halt, Hit, Step};
use super::grammar::{Action, Context, ContextId};
use super::machine::{Groups, Level, Machine};
use super::search::{MAX_LEVELS, Search, Searched};

/// Parses one text, line by line.
pub struct Parser<'m, 'g> {
    machine: &'m Machine<'g>,
    finder: Finder<'m, 'g>,
    stack: Stack,
    /// The stack as it was before the line.
    saved: Stack,
    is_first: bool,
    /// The machine is full: the rest is searched for pattern by pattern.
    plainly: bool,
    captures: Captures,
    searched: Searched,
}

#[derive(Default, Clone)]
struct Stack {
    levels: Vec<Level>,
    /// The heights at which prototypes that came with a push have pushed: those
    /// of levels below no longer count.
    prototype_starts: Vec<usize>,
}

impl Stack {
    fn copy(&mut self, from: &Self) {
        self.levels.clone_from(&from.levels);
        self.prototype_starts.clone_from(&from.prototype_starts);
    }
}

/// Parsing has ended before the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// A rule leads to a context that no grammar has.
    Broken,
    /// The text would take too many steps.
    Exhausted,
}

/// What a match costs, in steps of the budget.
const MATCHED: u64 = 64;

/// How matches of a line are found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    ByPlace,
    ByPattern,
}

impl<'m, 'g> Parser<'m, 'g> {
    /// A parser for a text of so many bytes that begins in a context.
    pub(super) fn new(machine: &'m Machine<'g>, start: ContextId, bytes: usize) -> Self {
        let levels = machine.level(start, &[], None).into_iter().collect();
        Self {
            machine,
            finder: Finder::new(machine, Budget::of(bytes)),
            stack: Stack { levels, prototype_starts: Vec::new() },
            saved: Stack::default(),
            is_first: true,
            plainly: false,
            captures: Captures::default(),
            searched: Searched::default(),
        }
    }

    /// The steps that the text may still take.
    pub fn steps_left(&self) -> u64 {
        self.finder.budget.left()
    }

    /// Parses a line, which has its newline at its end, if any.
    pub fn parse(&mut self, line: &str, changes: &mut Changes) -> Result<(), Ended> {
        changes.clear();
        if std::mem::take(&mut self.is_first) {
            let first = self.top().ok_or(Ended::Broken)?.1.meta_content_scope.first();
            changes.extend(first.map(|mark| (0, Change::Push(*mark))));
        }
        let done = changes.len();
        self.saved.copy(&self.stack);
        self.finder.read(line);
        let mut way = if self.plainly { Way::ByPattern } else { Way::ByPlace };
        loop {
            match self.run(line, way, changes) {
                Ok(()) => return Ok(()),
                Err(Halt::Exhausted) => return Err(Ended::Exhausted),
                Err(Halt::Broken) => return Err(Ended::Broken),
                Err(halt) => self.plainly |= matches!(halt, Halt::Full),
            }
            if way == Way::ByPattern {
                return Err(Ended::Broken);
            }
            way = Way::ByPattern;
            self.stack.copy(&self.saved);
            changes.truncate(done);
        }
    }

    fn run(&mut self, line: &str, way: Way, changes: &mut Changes) -> Result<(), Halt> {
        let mut from = 0;
        // Where a push last matched nothing, and how high it left the stack.
        let mut pushed_at = (0, 0);
        self.searched.clear();
        loop {
            let height = self.stack.levels.len();
            let starts = &mut self.stack.prototype_starts;
            while starts.pop_if(|start| *start >= height).is_some() {}
            let pushed_here = pushed_at == (from, height);
            let step = Step { table: self.table()?, from, pushed_here };
            let hit = match self.find(line, way, step)? {
                Found::Nothing => return Ok(()),
                Found::Loop => match line[from..].char_indices().nth(1) {
                    Some((next, _)) => {
                        from += next;
                        continue;
                    }
                    None => return Ok(()),
                },
                Found::Hit(hit) => hit,
            };
            // Some grammars set contexts forever without reading on.
            self.finder.budget.take(MATCHED)?;
            let slot = self.machine.slots.get(hit.slot).ok_or(Halt::Broken)?;
            if hit.end <= from && matches!(slot.rule.action, Action::Push(_)) {
                pushed_at = (hit.end, height + 1);
            }
            from = hit.end;
            if hit.from_prototype {
                self.stack.prototype_starts.push(height);
            }
            self.apply(line, &hit, changes)?;
        }
    }

    fn find(&mut self, line: &str, way: Way, step: Step) -> Result<Found, Halt> {
        let levels = self.stack.levels.len();
        if way == Way::ByPlace {
            if levels >= MAX_LEVELS {
                return Err(Halt::Deep);
            }
            return self.finder.find(line, step);
        }
        let (machine, searched) = (self.machine, &mut self.searched);
        let budget = &mut self.finder.budget;
        Search { machine, line, step, levels, searched, budget }.find(&mut self.finder.region)
    }

    fn top(&self) -> Option<(Level, &'g Context)> {
        let level = *self.stack.levels.last()?;
        Some((level, self.machine.instances.get(level.instance)?.context))
    }

    /// The table of the level on top.
    fn table(&mut self) -> Result<u32, Halt> {
        let Stack { levels, prototype_starts } = &mut self.stack;
        let from = prototype_starts.last().copied().unwrap_or(0);
        let (top, below) = levels.split_last_mut().ok_or(Halt::Broken)?;
        if let Some(table) = top.table {
            return Ok(table);
        }
        let above = below.iter().skip(from).chain([&*top]);
        let prototypes: Vec<u32> = above.filter_map(|level| level.prototypes).collect();
        let instance = self.machine.instances.get(top.instance).ok_or(Halt::Broken)?;
        let known = if prototypes.is_empty() { instance.table.get().copied() } else { None };
        let table = match known {
            Some(table) => table,
            None => self.machine.table(&prototypes, top.instance).ok_or(Halt::Broken)?,
        };
        if prototypes.is_empty() {
            let _ = instance.table.set(table);
        }
        top.table = Some(table);
        Ok(table)
    }

    /// Does what the rule that has matched says.
    fn apply(&mut self, line: &str, hit: &Hit, changes: &mut Changes) -> Result<(), Halt> {
        let slot = self.machine.slots.get(hit.slot).ok_or(Halt::Broken)?;
        if matches!(slot.rule.action, Action::Broken) {
            return Err(Halt::Broken);
        }
        if slot.rule.has_captures() && !hit.captured {
            self.capture(line, hit)?;
        }
        let pushed = self.machine.pushed(slot).ok_or(Halt::Broken)?;
        let (_, current) = self.top().ok_or(Halt::Broken)?;
        let applied = Applied { rule: slot.rule, hit, current, pushed };
        applied.changes(&self.finder.region, &mut self.captures, changes);
        match slot.rule.action {
            Action::Pop => {
                self.stack.levels.pop();
                Ok(())
            }
            Action::Push(_) => self.push(line, hit, None),
            Action::Set(_) => {
                let level = self.stack.levels.pop();
                self.push(line, hit, level.and_then(|level| level.prototypes))
            }
            Action::Stay | Action::Broken => Ok(()),
        }
    }

    /// Pushes what a rule pushes; `kept` are the prototypes of a level that was set.
    fn push(&mut self, line: &str, hit: &Hit, kept: Option<u32>) -> Result<(), Halt> {
        let slot = self.machine.slots.get(hit.slot).ok_or(Halt::Broken)?;
        if let Some(levels) = slot.levels.get().filter(|_| kept.is_none()) {
            self.stack.levels.extend_from_slice(levels);
            return Ok(());
        }
        let kept = kept.and_then(|id| self.machine.prototypes.get(id));
        let mut kept: Vec<ContextId> = kept.map_or(vec![], |kept| kept.contexts.to_vec());
        let always = kept.is_empty();
        let pushed = slot.rule.pushed();
        let mut groups: Option<Groups> = None;
        let mut levels = Vec::with_capacity(pushed.len());
        for (at, context) in pushed.iter().enumerate() {
            let mut prototypes = std::mem::take(&mut kept);
            if at + 1 == pushed.len() {
                prototypes.extend(slot.rule.with_prototype);
            }
            let mut needed = prototypes.iter().chain([context]);
            let refers = needed.any(|id| self.machine.refers_back(*id));
            if refers && groups.is_none() {
                groups = Some(self.groups(line, hit)?);
            }
            let groups = groups.as_ref().filter(|_| refers);
            let level = self.machine.level(*context, &prototypes, groups);
            levels.push(level.ok_or(Halt::Broken)?);
        }
        self.stack.levels.extend_from_slice(&levels);
        if always && groups.is_none() {
            let _ = slot.levels.set(levels.into());
        }
        Ok(())
    }

    /// The texts of the groups of a match.
    fn groups(&mut self, line: &str, hit: &Hit) -> Result<Groups, Halt> {
        let slot = self.machine.slots.get(hit.slot).ok_or(Halt::Broken)?;
        if !hit.captured && !slot.rule.has_captures() {
            self.capture(line, hit)?;
        }
        let text = |(start, end): (usize, usize)| line.get(start..end).map(str::to_owned);
        Ok((0..10).map(|group| self.finder.region.pos(group).and_then(text)).collect())
    }

    /// Finds the groups of a match that is known.
    fn capture(&mut self, line: &str, hit: &Hit) -> Result<(), Halt> {
        let slot = self.machine.slots.get(hit.slot).ok_or(Halt::Broken)?;
        let Finder { region, budget, .. } = &mut self.finder;
        let end = slot.pattern().match_at(line, hit.start, Some(region), budget)?;
        debug_assert_eq!(end, Some(hit.end), "{} in {line:?}", slot.pattern().source());
        if end.is_none() {
            *region = Region::new();
        }
        Ok(())
    }
}
