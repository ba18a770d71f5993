//! Reading a map key by key, with every problem told at once.

use std::cell::OnceCell;

use super::{Date, Node, Period, Spans, Syntax, places};
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::path::{SourcePath, nearest};

/// The file that a map was read from, and what was found wrong with it.
pub struct Scope<'t> {
    /// The file.
    pub file: &'t SourcePath,
    /// Its language.
    pub syntax: Syntax,
    /// Its text, or the part that is data.
    pub text: &'t str,
    /// The rule that a value of the wrong kind breaks.
    pub lint: Lint,
    /// What was found wrong so far.
    pub problems: Vec<Diagnostic>,
    /// Where the values are, once that was asked for.
    places: OnceCell<Option<Spans>>,
}

impl<'t> Scope<'t> {
    /// A text that was parsed without a problem so far.
    pub fn new(file: &'t SourcePath, syntax: Syntax, text: &'t str, lint: Lint) -> Self {
        Self { file, syntax, text, lint, problems: Vec::new(), places: OnceCell::new() }
    }

    /// Reports a problem with the value at a path.
    pub fn refuse(&mut self, problem: Diagnostic, path: KeyPath) {
        self.problems.push(problem.at(Place::value(self.file, path)));
    }

    /// The text that a scalar was written as; anything else is not `expected`.
    pub fn require(&mut self, node: &Node, path: &KeyPath, expected: &str) -> Option<String> {
        let text = self.scalar(node, path);
        if text.is_none() {
            self.wrong_kind(path, expected, node);
        }
        text
    }

    fn wrong_kind(&mut self, path: &KeyPath, expected: &str, found: &Node) {
        let name = last_name(path);
        let message = format!("`{name}` should be {expected}, not {}", found.kind());
        self.refuse(Diagnostic::new(self.lint, message), path.clone());
    }

    /// Numbers are kept as they were written: `version: 1.10` is not `1.1`.
    fn written(&self, path: &KeyPath) -> Option<String> {
        let places = self.places.get_or_init(|| places(self.syntax, self.text));
        let range = places.as_ref()?.find(path, false)?;
        let text = self.text.get(range)?;
        // Behind a tag stands no number alone.
        text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)).then(|| text.to_owned())
    }

    /// The text that a scalar was written as.
    pub fn scalar(&self, node: &Node, path: &KeyPath) -> Option<String> {
        match node {
            Node::Text(text) => Some(text.clone()),
            Node::Bool(value) => Some(value.to_string()),
            Node::Int(value) => self.written(path).or_else(|| Some(value.to_string())),
            Node::Float(value) => self.written(path).or_else(|| Some(value.to_string())),
            Node::Null | Node::List(_) | Node::Map(_) => None,
        }
    }
}

fn last_name(path: &KeyPath) -> String {
    use crate::diag::KeyStep;
    let name = path.0.iter().rev().find_map(|step| match step {
        KeyStep::Name(name) => Some(name.clone()),
        KeyStep::Item(_) => None,
    });
    name.unwrap_or_else(|| "value".into())
}

/// A map whose keys are taken one after another; what is left is unknown.
pub struct Fields {
    path: KeyPath,
    entries: Vec<(String, Node)>,
    known: Vec<&'static str>,
    synonyms: Vec<(String, String)>,
}

/// What is turned on or off as a whole, or set in parts.
pub enum Switch {
    /// `true` or `false`.
    All(bool),
    /// A map.
    Parts(Fields),
}

impl Fields {
    /// The entries of a map at `path`.
    pub fn new(path: KeyPath, entries: Vec<(String, Node)>) -> Self {
        Self { path, entries, known: Vec::new(), synonyms: Vec::new() }
    }

    /// The fields of a node that should be a map.
    pub fn of(path: KeyPath, node: Node, scope: &mut Scope<'_>) -> Option<Self> {
        match node {
            Node::Map(entries) => Some(Self::new(path, entries)),
            other => {
                scope.wrong_kind(&path, "a map", &other);
                None
            }
        }
    }

    /// What may be turned on or off as a whole.
    pub fn switch(&mut self, names: &[&'static str], scope: &mut Scope<'_>) -> Option<Switch> {
        let (path, node) = self.take(names)?;
        match node {
            Node::Bool(is_on) => Some(Switch::All(is_on)),
            Node::Map(entries) => Some(Switch::Parts(Self::new(path, entries))),
            other => {
                scope.wrong_kind(&path, "`true`, `false` or a map", &other);
                None
            }
        }
    }

    /// Takes a value: the key as written, and the node, unless it is absent,
    /// nothing or an empty text. Of several `names` (a key and its synonyms) the first counts.
    pub fn take(&mut self, names: &[&'static str]) -> Option<(KeyPath, Node)> {
        self.known.extend(names);
        let at =
            names.iter().find_map(|name| self.entries.iter().position(|(key, _)| key == name))?;
        let (key, node) = self.entries.remove(at);
        if let Some(name) = names.first().filter(|name| **name != key) {
            self.synonyms.push(((*name).to_owned(), key.clone()));
        }
        let is_given = node != Node::Null && node != Node::Text(String::new());
        is_given.then(|| (self.path.name(key), node))
    }

    /// A text; numbers and booleans count as what was written.
    pub fn text(&mut self, names: &[&'static str], scope: &mut Scope<'_>) -> Option<String> {
        let (path, node) = self.take(names)?;
        scope.require(&node, &path, "a text")
    }

    /// `true` or `false`, also in quotes.
    pub fn bool(&mut self, names: &[&'static str], scope: &mut Scope<'_>) -> Option<bool> {
        let (path, node) = self.take(names)?;
        match &node {
            Node::Bool(value) => Some(*value),
            Node::Text(text) if text == "true" => Some(true),
            Node::Text(text) if text == "false" => Some(false),
            _ => {
                scope.wrong_kind(&path, "`true` or `false`", &node);
                None
            }
        }
    }

    /// A whole number, also in quotes.
    pub fn int(&mut self, names: &[&'static str], scope: &mut Scope<'_>) -> Option<i64> {
        let (path, node) = self.take(names)?;
        let number = match &node {
            Node::Int(value) => Some(*value),
            Node::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            scope.wrong_kind(&path, "a whole number", &node);
        }
        number
    }

    /// A whole number of at least `least`.
    pub fn count(
        &mut self,
        names: &[&'static str],
        least: usize,
        scope: &mut Scope<'_>,
    ) -> Option<usize> {
        let path = self.path.name(*names.first()?);
        let number = self.int(names, scope)?;
        let count = usize::try_from(number).ok().filter(|count| *count >= least);
        if count.is_none() {
            let message =
                format!("`{}` should be at least {least}, not {number}", last_name(&path));
            scope.refuse(Diagnostic::new(scope.lint, message), path);
        }
        count
    }

    /// A date.
    pub fn date(&mut self, names: &[&'static str], scope: &mut Scope<'_>) -> Option<Date> {
        let (path, node) = self.take(names)?;
        let text = scope.scalar(&node, &path).unwrap_or_default();
        let date = Date::parse(&text);
        if date.is_none() {
            let message = format!("`{}` is not a date that can be read", last_name(&path));
            let help = format!("write it as {}", Date::FORMS);
            scope.refuse(Diagnostic::new(Lint::DateInvalid, message).help(help), path);
        }
        date
    }

    /// A length of time, or `off`.
    pub fn period(&mut self, names: &[&'static str], scope: &mut Scope<'_>) -> Option<Period> {
        let (path, node) = self.take(names)?;
        let period = match &node {
            // YAML 1.1 readers take `off` for false.
            Node::Bool(false) => Some(Period::Off),
            node => scope.scalar(node, &path).and_then(|text| Period::parse(text.trim())),
        };
        if period.is_none() {
            let message = format!("`{}` is not a length of time", last_name(&path));
            let help = format!("write it as {}", Period::FORMS);
            scope.refuse(Diagnostic::new(scope.lint, message).help(help), path);
        }
        period
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, names: &[&'static str], scope: &mut Scope<'_>) -> Option<Vec<String>> {
        let (path, node) = self.take(names)?;
        Some(texts(node, &path, scope))
    }

    /// The list of texts under a key that only the config knows.
    pub fn dynamic_texts(&mut self, name: &str, scope: &mut Scope<'_>) -> Vec<String> {
        let Some(at) = self.entries.iter().position(|(key, _)| key == name) else {
            return Vec::new();
        };
        let (key, node) = self.entries.remove(at);
        texts(node, &self.path.name(key), scope)
    }

    /// One of several words.
    pub fn choice<T: Copy>(
        &mut self,
        names: &[&'static str],
        choices: &[(&'static str, T)],
        scope: &mut Scope<'_>,
    ) -> Option<T> {
        let (path, node) = self.take(names)?;
        let text = scope.scalar(&node, &path).unwrap_or_default();
        let found = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<String> = choices.iter().map(|(word, _)| format!("`{word}`")).collect();
            let found = if text.is_empty() { node.kind().into() } else { format!("`{text}`") };
            let message = format!(
                "`{}` should be one of {}, not {found}",
                last_name(&path),
                words.join(", ")
            );
            let near = nearest(&text, choices.iter().map(|(word, _)| *word));
            scope.refuse(Diagnostic::new(scope.lint, message).suggest(near), path);
        }
        found
    }

    /// The fields of a map below this one.
    pub fn map(&mut self, names: &[&'static str], scope: &mut Scope<'_>) -> Option<Self> {
        let (path, node) = self.take(names)?;
        Self::of(path, node, scope)
    }

    /// The entries of a map whose keys are the author's own, and its path.
    pub fn entries(
        &mut self,
        names: &[&'static str],
        scope: &mut Scope<'_>,
    ) -> Option<(KeyPath, Vec<(String, Node)>)> {
        let map = self.map(names, scope)?;
        Some((map.path, map.entries))
    }

    /// The items of a list, each with its path.
    pub fn list(
        &mut self,
        names: &[&'static str],
        scope: &mut Scope<'_>,
    ) -> Option<Vec<(KeyPath, Node)>> {
        let (path, node) = self.take(names)?;
        match node {
            Node::List(items) => {
                Some(items.into_iter().enumerate().map(|(i, item)| (path.item(i), item)).collect())
            }
            other => {
                scope.wrong_kind(&path, "a list", &other);
                None
            }
        }
    }

    /// The path of this map.
    pub fn path(&self) -> &KeyPath {
        &self.path
    }

    /// The keys that were written by a synonym, each with the name they mean.
    pub fn synonyms(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.synonyms)
    }

    /// Every key that was asked for so far.
    pub fn known(&self) -> &[&'static str] {
        &self.known
    }

    /// Takes what nobody asked for.
    pub fn take_rest(&mut self) -> Vec<(String, Node)> {
        std::mem::take(&mut self.entries)
    }

    /// Whatever is left is an error, each with the nearest known key.
    pub fn finish(self, scope: &mut Scope<'_>) {
        for (key, _) in &self.entries {
            let near = nearest(key, self.known.iter().copied());
            let mut diagnostic =
                Diagnostic::new(Lint::UnknownKey, format!("unknown key `{key}`")).suggest(near);
            if near.is_none() && !self.known.is_empty() {
                diagnostic = diagnostic.help(format!("known here: {}", self.known.join(", ")));
            }
            let path = self.path.name(key.clone());
            scope.problems.push(diagnostic.at(Place::key(scope.file, path)));
        }
    }
}

/// The texts of a node: of each item, or of itself.
fn texts(node: Node, path: &KeyPath, scope: &mut Scope<'_>) -> Vec<String> {
    let items = match node {
        Node::List(items) => items,
        one => vec![one],
    };
    let mut texts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let path = path.item(index);
        // Hugo's themes have authors that are maps with a name.
        let name = match item {
            Node::Map(entries) => {
                entries.iter().find(|(key, _)| key == "name").map(|(_, name)| name)
            }
            _ => None,
        };
        match scope.scalar(name.unwrap_or(item), &path) {
            Some(text) if !text.trim().is_empty() => texts.push(text.trim().to_owned()),
            Some(_) => {}
            None if *item == Node::Null => {}
            None => scope.wrong_kind(&path, "a text or a list of texts", item),
        }
    }
    texts
}
