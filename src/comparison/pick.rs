//! Who comes out ahead: verdicts, and picks under a condition.

use serde::{Deserialize, Serialize};

use super::subject::{Ids, RESERVED};
use crate::data::{Fields, Node, Scope};
use crate::diag::{Diagnostic, KeyPath, Lint};

/// Who is ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// A subject, by its place.
    Subject(usize),
    /// It depends.
    Depends,
    /// Neither: they were found equal.
    Tie,
}

impl Choice {
    /// Reads a choice; a name that is nobody's is told under `lint`.
    pub(super) fn read(
        text: &str,
        path: KeyPath,
        ids: &Ids<'_>,
        lint: Lint,
        scope: &mut Scope<'_>,
    ) -> Option<Self> {
        match text {
            "depends" => Some(Self::Depends),
            "tie" => Some(Self::Tie),
            _ => match ids.find(text) {
                Some(subject) => Some(Self::Subject(subject)),
                None => {
                    scope.refuse(ids.unknown(lint, text, &RESERVED), path);
                    None
                }
            },
        }
    }
}

/// The short answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Who it is for, if the article says.
    pub pick: Option<Choice>,
    /// The answer.
    pub text: String,
}

impl Verdict {
    /// A text, or a map of `pick` and `text`.
    pub(super) fn read(fields: &mut Fields, ids: &Ids<'_>, scope: &mut Scope<'_>) -> Option<Self> {
        let (path, node) = fields.take(&["verdict"])?;
        if !matches!(node, Node::Map(_)) {
            let text = scope.require(&node, &path, "a text, or a map of `pick` and `text`")?;
            return Some(Self { pick: None, text });
        }
        let mut fields = Fields::of(path.clone(), node, scope)?;
        let pick = fields.text(&["pick"], scope);
        let pick = pick.and_then(|pick| {
            Choice::read(&pick, path.name("pick"), ids, Lint::UnknownSubject, scope)
        });
        let text = fields.text(&["text"], scope).unwrap_or_default();
        fields.finish(scope);
        (pick.is_some() || !text.is_empty()).then_some(Self { pick, text })
    }
}

/// A subject to pick under a condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pick {
    /// Its place in the list as written, counted from 0.
    pub index: usize,
    /// The condition: "you ship a desktop program".
    pub condition: String,
    /// What to pick then.
    pub pick: Option<Choice>,
    /// Why.
    pub why: Option<String>,
}

impl Pick {
    /// The id of its place on the page: `take-1`.
    pub fn anchor(&self, list: &str) -> String {
        format!("{list}-{}", self.index + 1)
    }

    pub(super) fn read_all(
        fields: &mut Fields,
        name: &'static str,
        ids: &Ids<'_>,
        scope: &mut Scope<'_>,
    ) -> Vec<Self> {
        let items = fields.list(&[name], scope).unwrap_or_default();
        let read = |(index, (path, node))| Self::read(index, path, node, ids, scope);
        items.into_iter().enumerate().filter_map(read).collect()
    }

    fn read(
        index: usize,
        path: KeyPath,
        node: Node,
        ids: &Ids<'_>,
        scope: &mut Scope<'_>,
    ) -> Option<Self> {
        let mut fields = Fields::of(path.clone(), node, scope)?;
        let condition = fields.text(&["if"], scope);
        let pick = fields.text(&["pick"], scope);
        let why = fields.text(&["why"], scope);
        fields.finish(scope);
        let mut missing = |name: &str, example: &str| {
            let problem = Diagnostic::new(scope.lint, format!("a pick without `{name}`"));
            scope.refuse(problem.help(format!("add `{name}: {example}`")), path.clone());
        };
        if condition.is_none() {
            missing("if", "\"You ship a desktop program\"");
        }
        if pick.is_none() {
            missing("pick", "depends");
        }
        let pick = pick.and_then(|pick| {
            Choice::read(&pick, path.name("pick"), ids, Lint::UnknownSubject, scope)
        });
        Some(Self { index, condition: condition?, pick, why })
    }
}
