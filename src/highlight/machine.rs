//! What is known of one syntax and all it embeds: a machine, which learns as it parses.
//!
//! Threads share a machine. What they find, others read without a lock; a lock
//! is taken to find something new.

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use hashbrown::HashMap;

use super::append::Appended;
use super::automaton::Fragment;
use super::confirm::Pattern;
use super::dfa::{Dfa, Full, NO_MATCH};
use super::grammar::{Context, ContextId, Grammars, Rule};
use super::pattern::{End, Ends, translate};
use super::rows::{RowId, Rows, UNKNOWN};
use super::symbols::{self, Symbols, Wordness};

/// A rule of a context; one whose pattern refers back is a slot for each text referred to.
pub(super) struct Slot<'g> {
    pub rule: &'g Rule,
    /// The pattern with the references replaced.
    variant: Option<Pattern>,
    translated: OnceLock<(Arc<Fragment>, Ends)>,
    /// The contexts it pushes; nothing if one is missing.
    pushed: OnceLock<Option<Box<[&'g Context]>>>,
    /// What it pushes, if that is always the same.
    pub levels: OnceLock<Box<[Level]>>,
}

impl Slot<'_> {
    pub fn pattern(&self) -> &Pattern {
        self.variant.as_ref().unwrap_or(&self.rule.pattern)
    }

    /// Whether the pattern has other text for its references.
    pub fn is_variant(&self) -> bool {
        self.variant.is_some()
    }

    /// Whether the automaton is right where it refuses to match.
    pub fn refuses(&self, ascii: bool) -> bool {
        ascii || self.translated.get().is_some_and(|(_, ends)| ends.refuses_beyond)
    }

    /// Who says where a match ends.
    pub fn end(&self, ascii: bool) -> End {
        match self.translated.get() {
            Some((_, ends)) if ascii => ends.ascii,
            Some((_, ends)) => ends.beyond,
            None => End::Confirmed,
        }
    }
}

/// A context with the texts that its patterns refer to.
pub(super) struct Instance<'g> {
    pub context: &'g Context,
    slots: Box<[u32]>,
    /// Its table where no context below has given it more patterns.
    pub table: OnceLock<u32>,
}

/// Contexts whose patterns come before those of what is pushed with them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Prototypes {
    pub contexts: Box<[ContextId]>,
    instances: Box<[u32]>,
}

/// A level of the stack.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    pub instance: u32,
    pub prototypes: Option<u32>,
    /// The table last used for it, since what is below a level stays.
    pub table: Option<u32>,
}

/// The patterns that are looked for at one level, in order.
pub(super) struct Table {
    pub slots: Box<[u32]>,
    /// So many of them are of prototypes that came with a push.
    pub prototypes: usize,
    fragments: Arc<[Arc<Fragment>]>,
    /// What the patterns ask of the symbol before them.
    behind: Vec<Symbols>,
    boundary: bool,
    /// The first row for the patterns from each on, by the symbol before.
    starts: Box<[OnceLock<Starts>]>,
}

/// First rows by the symbol before, as far as they are known.
pub(super) struct Starts(Box<[AtomicU16; symbols::COUNT]>);

impl Starts {
    fn unknown() -> Self {
        Self(Box::new([const { AtomicU16::new(UNKNOWN) }; symbols::COUNT]))
    }

    #[inline]
    pub fn of(&self, before: u8) -> u16 {
        self.0[usize::from(before)].load(Ordering::Relaxed)
    }
}

impl Table {
    /// The first rows for the patterns from one on, if any is known.
    #[inline]
    pub fn starts(&self, from: usize) -> Option<&Starts> {
        self.starts.get(from)?.get()
    }

    /// What the patterns would learn of the symbol before.
    fn answers(&self, before: u8) -> Vec<bool> {
        let mut answers: Vec<bool> = self.behind.iter().map(|set| set.has(before)).collect();
        if self.boundary {
            let known = symbols::wordness(before);
            answers.extend([known == Wordness::Word, known == Wordness::Unknown]);
        }
        answers
    }
}

/// The groups of a match that a pushed context refers to.
pub(super) type Groups = Vec<Option<String>>;

pub(super) struct Machine<'g> {
    grammars: &'g Grammars,
    pub slots: Appended<Slot<'g>>,
    pub instances: Appended<Instance<'g>>,
    pub prototypes: Appended<Prototypes>,
    pub tables: Appended<Table>,
    inner: Mutex<Inner>,
}

/// What only one thread at a time reads and writes.
struct Inner {
    dfa: Dfa,
    slots: HashMap<(usize, Option<String>), u32>,
    instances: HashMap<(ContextId, Box<[u32]>), u32>,
    prototypes: HashMap<Prototypes, u32>,
    tables: HashMap<Box<[u32]>, u32>,
    starts: HashMap<(u32, usize, Vec<bool>), RowId>,
    /// How many slots all tables list.
    listed: usize,
}

/// Machines that take more are made anew for the next text.
const MAX_BYTES: usize = 16 << 20;

/// About what a slot, instance or table takes beside what is counted exactly.
const ENTRY_BYTES: usize = 512;

impl<'g> Machine<'g> {
    /// A machine with fewer rows than a limit.
    pub fn new(grammars: &'g Grammars, rows: usize) -> Self {
        let inner = Inner {
            dfa: Dfa::new(rows),
            slots: HashMap::new(),
            instances: HashMap::new(),
            prototypes: HashMap::new(),
            tables: HashMap::new(),
            starts: HashMap::new(),
            listed: 0,
        };
        Self {
            grammars,
            slots: Appended::default(),
            instances: Appended::default(),
            prototypes: Appended::default(),
            tables: Appended::default(),
            inner: Mutex::new(inner),
        }
    }

    /// Nothing of what is under the lock is left half done by a panic.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bytes it takes, about.
    pub fn bytes(&self) -> usize {
        let entries = self.slots.len() + self.instances.len() + self.tables.len();
        let inner = self.lock();
        inner.dfa.bytes() + inner.listed * ENTRY_BYTES / 16 + entries * ENTRY_BYTES
    }

    /// Whether it has learnt so much that it should be forgotten.
    pub fn is_full(&self) -> bool {
        self.bytes() > MAX_BYTES || self.lock().dfa.is_full()
    }

    pub fn rows(&self) -> Arc<Rows> {
        self.lock().dfa.table()
    }

    /// Where a symbol leads, and the table that says so.
    pub fn next(&self, row: RowId, symbol: u8) -> Result<(u16, Arc<Rows>), Full> {
        let mut inner = self.lock();
        let next = inner.dfa.next(row, symbol)?;
        Ok((next, inner.dfa.table()))
    }

    /// The first row for the patterns of a table from one on.
    pub fn start(&self, table: u32, from: usize, before: u8) -> Result<RowId, Full> {
        let Some(of) = self.tables.get(table) else { return Err(Full) };
        let Some(cell) = of.starts.get(from) else { return Ok(0) };
        if self.slots.len() >= usize::from(NO_MATCH / 2) {
            return Err(Full);
        }
        let mut inner = self.lock();
        let key = (table, from, of.answers(before));
        let row = match inner.starts.get(&key) {
            Some(row) => *row,
            None => {
                let row = inner.dfa.start(Arc::clone(&of.fragments), from, before)?;
                inner.starts.insert(key, row);
                row
            }
        };
        cell.get_or_init(Starts::unknown).0[usize::from(before)].store(row, Ordering::Relaxed);
        Ok(row)
    }

    /// A level for a context pushed with prototypes, by a match with these groups.
    pub fn level(
        &self,
        context: ContextId,
        prototypes: &[ContextId],
        groups: Option<&Groups>,
    ) -> Option<Level> {
        let mut inner = self.lock();
        let instance = self.instance(&mut inner, context, groups)?;
        if prototypes.is_empty() {
            return Some(Level { instance, prototypes: None, table: None });
        }
        let instances: Option<Box<[u32]>> =
            prototypes.iter().map(|id| self.instance(&mut inner, *id, groups)).collect();
        let key = Prototypes { contexts: prototypes.into(), instances: instances? };
        let known = inner.prototypes.get(&key).copied();
        let id = known.unwrap_or_else(|| {
            let id = self.prototypes.push(key.clone());
            inner.prototypes.insert(key, id);
            id
        });
        Some(Level { instance, prototypes: Some(id), table: None })
    }

    fn instance(&self, inner: &mut Inner, id: ContextId, groups: Option<&Groups>) -> Option<u32> {
        let context = self.grammars.context(id)?;
        let rules = self.grammars.rules(id);
        let slots: Box<[u32]> =
            rules.into_iter().map(|rule| self.slot(inner, rule, groups)).collect();
        let key = (id, slots);
        if let Some(instance) = inner.instances.get(&key) {
            return Some(*instance);
        }
        let slots = key.1.clone();
        let instance = self.instances.push(Instance { context, slots, table: OnceLock::new() });
        inner.instances.insert(key, instance);
        Some(instance)
    }

    fn slot(&self, inner: &mut Inner, rule: &'g Rule, groups: Option<&Groups>) -> u32 {
        let variant = groups
            .filter(|_| rule.refers_back)
            .map(|groups| substituted(rule.pattern.source(), groups));
        // A rule stays where it is as long as its grammar.
        let key = (std::ptr::from_ref(rule).addr(), variant);
        if let Some(slot) = inner.slots.get(&key) {
            return *slot;
        }
        let slot = self.slots.push(Slot {
            rule,
            variant: key.1.clone().map(Pattern::new),
            translated: OnceLock::new(),
            pushed: OnceLock::new(),
            levels: OnceLock::new(),
        });
        inner.slots.insert(key, slot);
        slot
    }

    /// The table for a context, below which stand these prototypes.
    pub fn table(&self, prototypes: &[u32], instance: u32) -> Option<u32> {
        let mut inner = self.lock();
        let mut chain: Vec<u32> = prototypes.to_vec();
        chain.push(instance);
        if let Some(table) = inner.tables.get(chain.as_slice()) {
            return Some(*table);
        }
        let mut slots = Vec::new();
        for id in prototypes {
            for instance in &self.prototypes.get(*id)?.instances {
                slots.extend_from_slice(&self.instances.get(*instance)?.slots);
            }
        }
        let with_prototypes = slots.len();
        let own = self.instances.get(instance)?;
        if let Some(prototype) = own.context.prototype {
            let prototype = self.instance(&mut inner, prototype, None)?;
            slots.extend_from_slice(&self.instances.get(prototype)?.slots);
        }
        slots.extend_from_slice(&own.slots);
        inner.listed += slots.len();
        let table = self.tables.push(self.made(&mut inner, slots, with_prototypes)?);
        inner.tables.insert(chain.into(), table);
        Some(table)
    }

    fn made(&self, inner: &mut Inner, slots: Vec<u32>, prototypes: usize) -> Option<Table> {
        let fragments: Option<Vec<_>> =
            slots.iter().map(|slot| self.fragment(inner, *slot)).collect();
        let fragments = fragments?;
        let mut behind: Vec<Symbols> = Vec::new();
        for set in fragments.iter().flat_map(|fragment| &fragment.behind) {
            if !behind.contains(set) {
                behind.push(*set);
            }
        }
        Some(Table {
            prototypes,
            behind,
            boundary: fragments.iter().any(|fragment| fragment.boundary),
            starts: slots.iter().map(|_| OnceLock::new()).collect(),
            fragments: fragments.into(),
            slots: slots.into(),
        })
    }

    fn fragment(&self, inner: &mut Inner, id: u32) -> Option<Arc<Fragment>> {
        let slot = self.slots.get(id)?;
        let (fragment, _) = slot.translated.get_or_init(|| {
            let source = slot.pattern().source();
            let (fragment, ends) = translate(&mut inner.dfa.automaton, source, id);
            (Arc::new(fragment), ends)
        });
        Some(Arc::clone(fragment))
    }

    /// Whether a context refers to groups of the match that pushes it.
    pub fn refers_back(&self, id: ContextId) -> bool {
        self.grammars.context(id).is_some_and(|context| context.refers_back)
    }

    /// The contexts that a slot's rule pushes.
    pub fn pushed<'a>(&self, slot: &'a Slot<'g>) -> Option<&'a [&'g Context]> {
        let contexts = slot.rule.pushed();
        let find = || contexts.iter().map(|id| self.grammars.context(*id)).collect();
        slot.pushed.get_or_init(find).as_deref()
    }
}

/// The pattern with the texts of the groups it refers to, as syntect replaces them.
fn substituted(source: &str, groups: &Groups) -> String {
    let mut replaced = String::with_capacity(source.len());
    let mut escaped = false;
    for character in source.chars() {
        match (escaped, character.to_digit(10)) {
            (true, Some(digit)) => {
                if let Some(Some(text)) = groups.get(digit as usize) {
                    push_escaped(&mut replaced, text);
                }
            }
            (true, None) => replaced.extend(['\\', character]),
            (false, _) if character != '\\' => replaced.push(character),
            (false, _) => {}
        }
        escaped = character == '\\' && !escaped;
    }
    if escaped {
        replaced.push('\\');
    }
    replaced
}

/// Adds a text as a pattern that matches it alone, as regex-syntax escapes it.
fn push_escaped(pattern: &mut String, text: &str) {
    const META: &str = r"\.+*?()|[]{}^$#&-~";
    for character in text.chars() {
        if META.contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
}
