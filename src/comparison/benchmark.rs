//! What was measured.

use serde::{Deserialize, Serialize};

use super::dimension::{by_subject, texts_by_subject};
use super::number::Value;
use super::subject::Ids;
use crate::data::{Date, Fields, Node, Scope};
use crate::diag::{Diagnostic, KeyPath};
use crate::markdown;
use crate::path::slugify;

/// A measurement: how, where, and what came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Benchmark {
    /// Its place in the list as written, counted from 0.
    pub index: usize,
    /// What it is called.
    pub name: String,
    /// The id of its place on the page.
    pub anchor: String,
    /// How it was measured.
    pub method: Option<String>,
    /// On what.
    pub environment: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// The ids of its sources.
    pub sources: Vec<String>,
    /// What was run of each subject, in their order.
    pub setup: Vec<Option<String>>,
    /// What came out.
    pub metrics: Vec<Metric>,
}

/// A figure for each subject.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metric {
    /// Its place in the list as written, counted from 0.
    pub index: usize,
    /// What it is called.
    pub name: String,
    /// The id of its place on the page.
    pub anchor: String,
    /// What it is counted in.
    pub unit: Option<String>,
    /// Which is better.
    pub better: Option<Better>,
    /// What was found, in the subjects' order.
    pub values: Vec<Value>,
    /// What to bear in mind.
    pub note: Option<String>,
}

/// Which figure is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Better {
    /// The higher.
    Higher,
    /// The lower.
    Lower,
}

pub(super) fn read_all(
    fields: &mut Fields,
    ids: &Ids<'_>,
    scope: &mut Scope<'_>,
) -> Vec<Benchmark> {
    let mut anchors = markdown::Ids::default();
    let items = fields.list(&["benchmarks"], scope).unwrap_or_default();
    let read = |(index, (path, node))| {
        let benchmark = read(&path, node, ids, &mut anchors, scope)?;
        Some(Benchmark { index, ..benchmark })
    };
    items.into_iter().enumerate().filter_map(read).collect()
}

fn read(
    path: &KeyPath,
    node: Node,
    ids: &Ids<'_>,
    anchors: &mut markdown::Ids,
    scope: &mut Scope<'_>,
) -> Option<Benchmark> {
    let mut fields = Fields::of(path.clone(), node, scope)?;
    let name = fields.text(&["name"], scope);
    let id = fields.text(&["id"], scope);
    let method = fields.text(&["method"], scope);
    let environment = fields.text(&["environment"], scope);
    let date = fields.date(&["date"], scope);
    let sources = fields.texts(&["sources"], scope).unwrap_or_default();
    let setup = match fields.entries(&["setup"], scope) {
        Some((path, entries)) => texts_by_subject(&path, entries, ids, scope),
        None => vec![None; ids.len()],
    };
    let metrics = fields.list(&["metrics"], scope).unwrap_or_default();
    fields.finish(scope);
    let Some(name) = name else {
        let problem = Diagnostic::new(scope.lint, "a benchmark without a `name`");
        scope.refuse(problem.help("say what was measured: `name: Cold start`"), path.clone());
        return None;
    };
    let (anchor, _) = anchors.unique(format!("b-{}", slugify(id.as_deref().unwrap_or(&name))));
    let metrics = metrics
        .into_iter()
        .enumerate()
        .filter_map(|(index, (path, node))| {
            let metric = metric(&path, node, &anchor, ids, anchors, scope)?;
            Some(Metric { index, ..metric })
        })
        .collect();
    Some(Benchmark { index: 0, name, anchor, method, environment, date, sources, setup, metrics })
}

fn metric(
    path: &KeyPath,
    node: Node,
    benchmark: &str,
    ids: &Ids<'_>,
    anchors: &mut markdown::Ids,
    scope: &mut Scope<'_>,
) -> Option<Metric> {
    const BETTER: [(&str, Better); 2] = [("higher", Better::Higher), ("lower", Better::Lower)];
    let mut fields = Fields::of(path.clone(), node, scope)?;
    let name = fields.text(&["name"], scope);
    let unit = fields.text(&["unit"], scope);
    let better = fields.choice(&["better"], &BETTER, scope);
    let note = fields.text(&["note"], scope);
    let mut values = vec![Value::NotMeasured; ids.len()];
    if let Some((path, entries)) = fields.entries(&["values"], scope) {
        for (subject, path, node) in by_subject(&path, entries, ids, scope) {
            let value = Value::read(&node, unit.as_deref(), &path, scope);
            values[subject] = value.unwrap_or_default();
        }
    }
    fields.finish(scope);
    let Some(name) = name else {
        let problem = Diagnostic::new(scope.lint, "a metric without a `name`");
        scope.refuse(problem.help("say what was counted: `name: Requests`"), path.clone());
        return None;
    };
    let (anchor, _) = anchors.unique(format!("{benchmark}-{}", slugify(&name)));
    Some(Metric { index: 0, name, anchor, unit, better, values, note })
}
