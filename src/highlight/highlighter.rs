//! Machines for all syntaxes of a set, each made when it is first needed.

use std::sync::{Arc, PoisonError, RwLock};

use super::grammar::Grammars;
use super::machine::Machine;
use super::parser::Parser;
use super::rows::MAX_ROWS;

/// The machines of a set of grammars.
///
/// A machine learns from the texts that it parses, and is shared by all
/// threads; one that has learnt too much is made anew for the next text.
pub struct Highlighter<'g> {
    grammars: &'g Grammars,
    machines: Box<[RwLock<Option<Arc<Machine<'g>>>>]>,
    /// A machine has fewer rows than this.
    rows: usize,
}

impl<'g> Highlighter<'g> {
    /// Machines for these grammars.
    pub fn new(grammars: &'g Grammars) -> Self {
        Self::with_rows(grammars, MAX_ROWS)
    }

    fn with_rows(grammars: &'g Grammars, rows: usize) -> Self {
        let machines = grammars.set().syntaxes().iter().map(|_| RwLock::new(None)).collect();
        Self { grammars, machines, rows }
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
        let machine = made.unwrap_or_else(|| Arc::new(Machine::new(self.grammars, self.rows)));
        *cell = Some(Arc::clone(&machine));
        Some(machine)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Changes, Says};
    use super::*;

    fn parsed(highlighter: &Highlighter<'_>, syntax: usize, code: &str) -> String {
        let mut all = String::new();
        highlighter.with_parser(syntax, code.len(), |mut parser| {
            let mut changes = Changes::new();
            for line in code.split_inclusive('\n') {
                let ended = parser.parse(line, &mut changes);
                all.push_str(&format!("{ended:?} {changes:?}\n"));
            }
        });
        all
    }

    #[test]
    fn a_full_machine_finds_the_same_and_is_made_anew() {
        let grammars = Grammars::new(two_face::syntax::extra_newlines(), |_| Says::Nothing);
        let code = "fn main() {\n    let a = \"b\\n\"; // c\n    loop { a[1.5e3] += 'x'; }\n}\n";
        let set = grammars.set().syntaxes();
        let syntax = set.iter().position(|syntax| syntax.name == "Rust").unwrap();
        let roomy = Highlighter::new(&grammars);
        let expected = parsed(&roomy, syntax, code);
        for rows in [0, 1, 2, 10, 50, 100] {
            let narrow = Highlighter::with_rows(&grammars, rows);
            for _ in 0..3 {
                assert_eq!(parsed(&narrow, syntax, code), expected, "{rows} rows");
            }
            assert!(narrow.bytes() < roomy.bytes());
        }
    }
}
