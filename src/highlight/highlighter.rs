//! Machines for all syntaxes of a set, each made when it is first needed.

use std::sync::{Arc, PoisonError, RwLock};

use super::grammar::Grammars;
use super::machine::Machine;
use super::parser::Parser;

/// The machines of a set of grammars.
///
/// A machine learns from the texts that it parses, and is shared by all
/// threads; one that has learnt too much is made anew for the next text.
pub struct Highlighter<'g> {
    grammars: &'g Grammars,
    machines: Box<[RwLock<Option<Arc<Machine<'g>>>>]>,
}

impl<'g> Highlighter<'g> {
    /// Machines for these grammars.
    pub fn new(grammars: &'g Grammars) -> Self {
        let machines = grammars.set().syntaxes().iter().map(|_| RwLock::new(None)).collect();
        Self { grammars, machines }
    }

    /// Calls `parse` with a parser for a text of so many bytes in a syntax.
    ///
    /// Nothing is called if the set has no such syntax.
    pub fn with_parser<T>(
        &self,
        syntax: usize,
        bytes: usize,
        parse: impl FnOnce(Parser<'_, 'g>) -> T,
    ) -> Option<T> {
        let start = self.grammars.start(syntax)?;
        let machine = self.machine(syntax)?;
        Some(parse(Parser::new(&machine, start, bytes)))
    }

    /// The bytes that what has been learnt takes, about.
    pub fn bytes(&self) -> usize {
        let bytes = |machine: &RwLock<Option<Arc<Machine<'g>>>>| {
            let machine = machine.read().unwrap_or_else(PoisonError::into_inner);
            machine.as_ref().map_or(0, |machine| machine.bytes())
        };
        self.machines.iter().map(bytes).sum()
    }

    fn machine(&self, syntax: usize) -> Option<Arc<Machine<'g>>> {
        let cell = self.machines.get(syntax)?;
        let made = cell.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(machine) = made.filter(|machine| !machine.is_full()) {
            return Some(machine);
        }
        let mut cell = cell.write().unwrap_or_else(PoisonError::into_inner);
        let made = cell.take().filter(|machine| !machine.is_full());
        let machine = made.unwrap_or_else(|| Arc::new(Machine::new(self.grammars)));
        *cell = Some(Arc::clone(&machine));
        Some(machine)
    }
}
