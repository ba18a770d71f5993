//! What a match does to the scopes of the text: the marks it sets and takes back.

use onig::Region;
use syntect::parsing::ClearAmount;

use super::find::Hit;
use super::grammar::{Action, Context, Mark, Rule};

/// A change of the scopes, from a place in the line on.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// One more scope, inside all others.
    Push(Mark),
    /// So many fewer.
    Pop(usize),
    /// Some are put away until they are restored.
    Clear(ClearAmount),
    /// Those last put away come back.
    Restore,
}

/// The changes of a line, in order.
pub type Changes = Vec<(usize, Change)>;

/// A rule that has matched, where it was, and what it pushes.
pub(super) struct Applied<'a> {
    pub rule: &'a Rule,
    pub hit: &'a Hit,
    /// The context that the match was found in.
    pub current: &'a Context,
    pub pushed: &'a [&'a Context],
}

impl Applied<'_> {
    /// Adds what the match changes; `region` has its groups.
    pub fn changes(&self, region: &Region, captures: &mut Captures, changes: &mut Changes) {
        let (start, end) = (self.hit.start, self.hit.end);
        self.before(start, changes);
        push(changes, start, &self.rule.scope);
        captures.add(self.rule, (start, end), region, changes);
        pop(changes, end, self.rule.scope.len());
        self.after(end, changes);
    }

    fn is_set(&self) -> bool {
        matches!(self.rule.action, Action::Set(_))
    }

    /// The scopes of contexts that hold for the match itself.
    fn before(&self, at: usize, changes: &mut Changes) {
        match self.rule.action {
            Action::Pop => pop(changes, at, self.current.meta_content_scope.len()),
            Action::Push(_) | Action::Set(_) => {
                if self.is_set() && self.current.clear.is_some() {
                    changes.push((at, Change::Restore));
                }
                for context in self.pushed {
                    if let Some(amount) = context.clear.filter(|_| !self.is_set()) {
                        changes.push((at, Change::Clear(amount)));
                    }
                    push(changes, at, &context.meta_scope);
                }
            }
            Action::Stay | Action::Broken => {}
        }
    }

    /// The scopes of contexts that hold behind the match.
    fn after(&self, at: usize, changes: &mut Changes) {
        let current = self.current;
        match self.rule.action {
            Action::Pop => {
                pop(changes, at, current.meta_scope.len());
                if current.clear.is_some() {
                    changes.push((at, Change::Restore));
                }
            }
            Action::Push(_) | Action::Set(_) => self.enter(at, changes),
            Action::Stay | Action::Broken => {}
        }
    }

    /// Sets the scopes of what was pushed anew, in the order of their nesting.
    fn enter(&self, at: usize, changes: &mut Changes) {
        let (current, is_set) = (self.current, self.is_set());
        let old = current.meta_scope.len() + current.meta_content_scope.len();
        let differs = |context: &&Context| {
            !context.meta_content_scope.is_empty() || (is_set && context.clear.is_some())
        };
        let changes_more = (is_set && old > 0) || self.pushed.iter().any(differs);
        if !changes_more {
            return;
        }
        let set = self.pushed.iter().map(|context| context.meta_scope.len()).sum::<usize>();
        pop(changes, at, if is_set { set + old } else { set });
        for context in self.pushed {
            if let Some(amount) = context.clear.filter(|_| is_set) {
                changes.push((at, Change::Clear(amount)));
            }
            push(changes, at, &context.meta_scope);
            push(changes, at, &context.meta_content_scope);
        }
    }
}

fn push(changes: &mut Changes, at: usize, marks: &[Mark]) {
    changes.extend(marks.iter().map(|mark| (at, Change::Push(*mark))));
}

fn pop(changes: &mut Changes, at: usize, marks: usize) {
    if marks > 0 {
        changes.push((at, Change::Pop(marks)));
    }
}

/// The scopes of groups, which may nest in any order of their numbers.
#[derive(Default)]
pub(super) struct Captures {
    sorted: Vec<((usize, i64), Change)>,
}

impl Captures {
    fn add(&mut self, rule: &Rule, whole: (usize, usize), region: &Region, changes: &mut Changes) {
        if rule.captures.is_empty() {
            return;
        }
        for (group, marks) in &rule.captures {
            let place = if *group == 0 { Some(whole) } else { region.pos(*group) };
            let Some((start, end)) = place.filter(|(start, end)| start != end) else { continue };
            // The longest is outermost; at one place scopes end before others begin.
            let length = end as i64 - start as i64;
            let pushed = marks.iter().map(|mark| ((start, -length), Change::Push(*mark)));
            self.sorted.extend(pushed);
            self.sorted.push(((end, i64::MIN), Change::Pop(marks.len())));
        }
        self.sorted.sort_by_key(|(key, _)| *key);
        changes.extend(self.sorted.drain(..).map(|((at, _), change)| (at, change)));
    }
}
