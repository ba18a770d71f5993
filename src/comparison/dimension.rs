//! The respects in which subjects are compared.

use serde::{Deserialize, Serialize};

use super::pick::Choice;
use super::subject::{Ids, key_place};
use crate::data::{Fields, Node, Scope};
use crate::diag::{Diagnostic, KeyPath, Lint};
use crate::path::slugify;

/// A respect in which subjects are compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dimension {
    /// Its place in the list as written, counted from 0.
    pub index: usize,
    /// What it is called.
    pub name: String,
    /// The id of its place on the page.
    pub anchor: String,
    /// The dimensions it stands among.
    pub group: Option<String>,
    /// Who has the edge; `None` was not judged.
    pub edge: Option<Choice>,
    /// What is said.
    pub cells: Cells,
    /// What holds for all of them.
    pub note: Option<String>,
}

/// What a dimension says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cells {
    /// A text for each subject, in their order; `None` is missing.
    Each(Vec<Option<String>>),
    /// One text for all.
    Undivided(String),
}

pub(super) fn read_all(
    fields: &mut Fields,
    ids: &Ids<'_>,
    scope: &mut Scope<'_>,
) -> Vec<Dimension> {
    let mut dimensions: Vec<Dimension> = Vec::new();
    let items = fields.list(&["dimensions"], scope).unwrap_or_default();
    for (index, (path, node)) in items.into_iter().enumerate() {
        let Some((dimension, id)) = read(&path, node, ids, scope) else { continue };
        let mut dimension = Dimension { index, ..dimension };
        if dimension.anchor == "d-" {
            // A name of signs alone has no letters to make an id of.
            dimension.anchor = format!("d-{}", index + 1);
        }
        if let Some(other) = dimensions.iter().find(|other| other.anchor == dimension.anchor) {
            let (key, message, help) = match id {
                None => (
                    "name",
                    format!("a second dimension `{}`", dimension.name),
                    "merge the two, or give one of them an `id`".to_owned(),
                ),
                Some(id) => (
                    "id",
                    format!("a second dimension with the id `{id}`"),
                    format!("`{}` has it: give one of them another", other.name),
                ),
            };
            let problem = Diagnostic::new(Lint::DuplicateDimension, message);
            scope.refuse(problem.help(help), path.name(key));
        } else {
            dimensions.push(dimension);
        }
    }
    dimensions
}

/// A dimension and its id as written.
fn read(
    path: &KeyPath,
    node: Node,
    ids: &Ids<'_>,
    scope: &mut Scope<'_>,
) -> Option<(Dimension, Option<String>)> {
    let mut fields = Fields::of(path.clone(), node, scope)?;
    let name = fields.text(&["name"], scope);
    let id = fields.text(&["id"], scope);
    let group = fields.text(&["group"], scope);
    let edge = fields
        .text(&["edge"], scope)
        .and_then(|edge| Choice::read(&edge, path.name("edge"), ids, Lint::EdgeInvalid, scope));
    let cells = cells(&mut fields, path, ids, scope);
    let note = fields.text(&["note"], scope);
    fields.finish(scope);
    let Some(name) = name else {
        let problem = Diagnostic::new(scope.lint, "a dimension without a `name`");
        scope.refuse(problem.help("add one: `name: Memory`"), path.clone());
        return None;
    };
    let anchor = format!("d-{}", slugify(id.as_deref().unwrap_or(&name)));
    Some((Dimension { index: 0, name, anchor, group, edge, cells, note }, id))
}

fn cells(fields: &mut Fields, path: &KeyPath, ids: &Ids<'_>, scope: &mut Scope<'_>) -> Cells {
    let text = fields.text(&["text"], scope);
    let entries = fields.entries(&["cells"], scope);
    if let (Some(_), Some((cells, _))) = (&text, &entries) {
        let problem = Diagnostic::new(scope.lint, "a dimension with both `cells` and `text`");
        let problem = problem.help("what holds for all of them is a `note:`");
        scope.problems.push(problem.at(key_place(scope, cells.clone())));
    }
    match (text, entries) {
        (Some(text), None) => Cells::Undivided(text),
        (_, entries) => {
            let (cells, entries) = entries.unwrap_or_else(|| (path.name("cells"), Vec::new()));
            Cells::Each(texts_by_subject(&cells, entries, ids, scope))
        }
    }
}

/// A text for each subject; `None` where there is none, or an empty one.
pub(super) fn texts_by_subject(
    path: &KeyPath,
    entries: Vec<(String, Node)>,
    ids: &Ids<'_>,
    scope: &mut Scope<'_>,
) -> Vec<Option<String>> {
    let mut texts = vec![None; ids.len()];
    for (subject, path, node) in by_subject(path, entries, ids, scope) {
        if node != Node::Null {
            let text = scope.require(&node, &path, "a text");
            texts[subject] = text.filter(|text| !text.trim().is_empty());
        }
    }
    texts
}

/// The entries of a map whose keys are subjects, each once; others are errors.
pub(super) fn by_subject(
    path: &KeyPath,
    entries: Vec<(String, Node)>,
    ids: &Ids<'_>,
    scope: &mut Scope<'_>,
) -> Vec<(usize, KeyPath, Node)> {
    let mut found: Vec<(usize, KeyPath, Node)> = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        let path = path.name(key.as_str());
        match ids.find(&key) {
            Some(subject) if found.iter().any(|(other, ..)| *other == subject) => {
                let message = format!("`{key}` is a subject that stands here already");
                let problem = Diagnostic::new(Lint::ExtraCell, message).help("keep one of the two");
                scope.problems.push(problem.at(key_place(scope, path)));
            }
            Some(subject) => found.push((subject, path, node)),
            None => {
                let problem = ids.unknown(Lint::ExtraCell, &key, &[]);
                scope.problems.push(problem.at(key_place(scope, path)));
            }
        }
    }
    found
}
