//! Changes of scopes as runs of classes.

use std::ops::Range;

use syntect::parsing::ClearAmount;

use super::changes::Change;
use super::grammar::{Mark, Says};

/// The scopes of a text so far, each with the class of the text in it.
#[derive(Default)]
pub struct Classes {
    scopes: Vec<(Mark, Option<u8>)>,
    /// Scopes put away, to be restored.
    cleared: Vec<Vec<Mark>>,
}

impl Classes {
    /// Splits a line at its changes, and says of each part which class it has.
    ///
    /// The innermost scope that says something decides. Nothing more can be
    /// said if scopes are restored that were not put away.
    pub fn runs(
        &mut self,
        line: Range<usize>,
        changes: &[(usize, Change)],
        mut run: impl FnMut(Range<usize>, u8),
    ) -> Option<()> {
        let mut from = line.start;
        for (at, change) in changes {
            let to = line.start + at;
            if to > from {
                if let Some(class) = self.class() {
                    run(from..to, class);
                }
                from = to;
            }
            self.apply(*change)?;
        }
        if let Some(class) = self.class().filter(|_| line.end > from) {
            run(from..line.end, class);
        }
        Some(())
    }

    /// The class of the text at this place.
    fn class(&self) -> Option<u8> {
        self.scopes.last().and_then(|(_, class)| *class)
    }

    fn apply(&mut self, change: Change) -> Option<()> {
        match change {
            Change::Push(mark) => self.push(mark),
            Change::Pop(scopes) => self.scopes.truncate(self.scopes.len().saturating_sub(scopes)),
            Change::Clear(amount) => {
                let kept = match amount {
                    ClearAmount::TopN(scopes) => self.scopes.len().saturating_sub(scopes),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.scopes.drain(kept..).map(|(mark, _)| mark).collect());
            }
            Change::Restore => {
                for mark in self.cleared.pop()? {
                    self.push(mark);
                }
            }
        }
        Some(())
    }

    fn push(&mut self, mark: Mark) {
        let class = match mark.says {
            Says::Nothing => self.class(),
            Says::Class(class) => Some(class),
            Says::Plain => None,
        };
        self.scopes.push((mark, class));
    }
}
