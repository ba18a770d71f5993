//! The grammars: contexts and their rules, loaded a syntax at a time.

use std::sync::OnceLock;

use syntect::parsing::{ClearAmount, Scope, SyntaxSet};

use super::confirm::Pattern;
use super::dump;

/// What a scope says of the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Nothing: what is outside decides.
    Nothing,
    /// The text is of this class.
    Class(u8),
    /// The text is plain: what is outside no longer counts.
    Plain,
}

/// A scope, and what it says.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// The scope of the grammar.
    pub scope: Scope,
    /// What the caller makes of it.
    pub says: Says,
}

/// The place of a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ContextId {
    syntax: u32,
    context: u32,
}

pub(super) struct Context {
    pub meta_scope: Vec<Mark>,
    pub meta_content_scope: Vec<Mark>,
    pub clear: Option<ClearAmount>,
    pub prototype: Option<ContextId>,
    /// Some rule of it refers to groups of the match that pushed it.
    pub refers_back: bool,
    entries: Vec<Entry>,
}

enum Entry {
    Rule(Rule),
    Include(ContextId),
}

/// A pattern, and what happens where it matches.
pub(super) struct Rule {
    pub pattern: Pattern,
    /// The pattern has references to groups of the match that pushed its context.
    pub refers_back: bool,
    pub scope: Vec<Mark>,
    /// The scopes of groups; 0 is the whole match.
    pub captures: Vec<(usize, Vec<Mark>)>,
    pub action: Action,
    pub with_prototype: Option<ContextId>,
}

pub(super) enum Action {
    Stay,
    Pop,
    Push(Vec<ContextId>),
    /// A pop and a push in one.
    Set(Vec<ContextId>),
    /// A push of a context that the set does not have: parsing ends here.
    Broken,
}

impl Rule {
    /// Whether applying the rule needs the groups of its match.
    pub fn has_captures(&self) -> bool {
        self.captures.iter().any(|(group, _)| *group > 0)
    }

    /// The contexts it pushes.
    pub fn pushed(&self) -> &[ContextId] {
        match &self.action {
            Action::Push(contexts) | Action::Set(contexts) => contexts,
            Action::Stay | Action::Pop | Action::Broken => &[],
        }
    }
}

/// The contexts of one syntax.
struct Grammar {
    start: Option<ContextId>,
    contexts: Vec<Context>,
}

/// A set of grammars; each is loaded when one of its contexts is first asked for.
pub struct Grammars {
    set: SyntaxSet,
    says: fn(Scope) -> Says,
    loaded: Box<[OnceLock<Grammar>]>,
}

impl Grammars {
    /// The grammars of a set; `says` is asked once for each scope of a rule.
    pub fn new(set: SyntaxSet, says: fn(Scope) -> Says) -> Self {
        let loaded = set.syntaxes().iter().map(|_| OnceLock::new()).collect();
        Self { set, says, loaded }
    }

    /// The set itself.
    pub fn set(&self) -> &SyntaxSet {
        &self.set
    }

    /// The context that a text in this syntax begins in.
    ///
    /// There is none if syntect's dumps have changed, which a test would tell.
    pub(super) fn start(&self, syntax: usize) -> Option<ContextId> {
        self.grammar(syntax)?.start
    }

    pub(super) fn context(&self, id: ContextId) -> Option<&Context> {
        self.grammar(id.syntax as usize)?.contexts.get(id.context as usize)
    }

    /// The rules of a context and of those that it includes, in order.
    pub(super) fn rules(&self, id: ContextId) -> Vec<&Rule> {
        let mut rules = Vec::new();
        self.collect(id, &mut vec![], &mut rules);
        rules
    }

    fn collect<'a>(
        &'a self,
        id: ContextId,
        within: &mut Vec<ContextId>,
        rules: &mut Vec<&'a Rule>,
    ) {
        if within.contains(&id) {
            return;
        }
        within.push(id);
        for entry in self.context(id).map_or(&[][..], |context| &context.entries) {
            match entry {
                Entry::Rule(rule) => rules.push(rule),
                Entry::Include(id) => self.collect(*id, within, rules),
            }
        }
        within.pop();
    }

    fn grammar(&self, syntax: usize) -> Option<&Grammar> {
        Some(self.loaded.get(syntax)?.get_or_init(|| self.load(syntax)))
    }

    fn load(&self, syntax: usize) -> Grammar {
        let dumped = self.set.syntaxes().get(syntax).and_then(dump::contexts);
        let Some(dumped) = dumped else { return Grammar { start: None, contexts: Vec::new() } };
        Grammar {
            start: dumped.ids.get("__start").and_then(|id| place(*id)),
            contexts: dumped.contexts.into_iter().map(|context| self.read(context)).collect(),
        }
    }

    fn read(&self, context: dump::Context) -> Context {
        let entries = context.patterns.into_iter().filter_map(|pattern| match pattern {
            dump::Pattern::Match(found) => Some(Entry::Rule(self.rule(found))),
            dump::Pattern::Include(to) => direct(&to).map(Entry::Include),
        });
        Context {
            meta_scope: self.marks(&context.meta_scope),
            meta_content_scope: self.marks(&context.meta_content_scope),
            clear: context.clear_scopes,
            prototype: context.prototype.and_then(place),
            refers_back: context.uses_backrefs,
            entries: entries.collect(),
        }
    }

    fn rule(&self, found: dump::Match) -> Rule {
        let with_prototype = found.with_prototype.as_ref().map(direct);
        let all = |to: &[dump::Reference]| match with_prototype {
            Some(None) => None,
            _ => to.iter().map(direct).collect::<Option<Vec<_>>>(),
        };
        let action = match &found.operation {
            dump::Operation::Push(to) => all(to).map_or(Action::Broken, Action::Push),
            dump::Operation::Set(to) => all(to).map_or(Action::Broken, Action::Set),
            dump::Operation::Pop => Action::Pop,
            dump::Operation::None => Action::Stay,
        };
        let captures = found.captures.unwrap_or_default();
        Rule {
            pattern: Pattern::new(found.regex),
            refers_back: found.has_captures,
            scope: self.marks(&found.scope),
            captures: captures.iter().map(|(group, of)| (*group, self.marks(of))).collect(),
            action,
            with_prototype: with_prototype.flatten(),
        }
    }

    fn marks(&self, scopes: &[Scope]) -> Vec<Mark> {
        scopes.iter().map(|scope| Mark { scope: *scope, says: (self.says)(*scope) }).collect()
    }
}

fn direct(to: &dump::Reference) -> Option<ContextId> {
    match to {
        dump::Reference::Direct(id) => place(*id),
        _ => None,
    }
}

fn place(id: dump::Id) -> Option<ContextId> {
    let syntax = u32::try_from(id.syntax).ok()?;
    Some(ContextId { syntax, context: u32::try_from(id.context).ok()? })
}
