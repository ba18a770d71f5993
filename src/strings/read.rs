//! Reads files of texts.

use std::collections::{BTreeMap, BTreeSet};

use super::plural::Form;
use super::{Text, Texts, names};
use crate::data::{Node, Scope, Syntax, parse};
use crate::diag::{Checked, Diagnostic, KeyPath, Lint, Place};
use crate::path::{SourcePath, nearest};

/// The map of names for kinds of things; a site may have kinds of its own.
const KINDS: &str = "kinds";

/// The file of the program itself, which its tests hold to be right.
pub(super) fn english(text: &str) -> Texts {
    let entries = parse(Syntax::Yaml, text, 1).unwrap_or_default();
    let mut texts = Texts::new();
    for (key, node) in entries {
        match node {
            Node::Map(kinds) if key == KINDS => {
                let kinds = kinds.into_iter().filter_map(|(kind, node)| match node {
                    Node::Text(text) => Some((format!("{KINDS}.{kind}"), Text::Plain(text))),
                    _ => None,
                });
                texts.extend(kinds);
            }
            node => texts.extend(read(&node).ok().map(|text| (key, text))),
        }
    }
    texts
}

/// The texts of a project's file. What is wrong in it stays English.
pub(super) fn translation(file: &SourcePath, text: &str, english: &Texts) -> Checked<Texts> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let entries = match parse(Syntax::Yaml, text, 1) {
        Ok(entries) => entries,
        Err(error) => {
            let mut problem = Diagnostic::new(Lint::ConfigInvalid, error.message)
                .at(Place::bytes(file, error.range));
            problem.label = error.label;
            problem.help = error.help;
            return Checked { value: Texts::new(), problems: vec![problem] };
        }
    };
    let mut scope = Scope::new(file, Syntax::Yaml, text, Lint::ConfigInvalid);
    let mut texts = Texts::new();
    for (key, node) in entries {
        let path = KeyPath::top(key.clone());
        match (key.as_str(), node) {
            // Still to be translated.
            (_, Node::Null) => {}
            (KINDS, Node::Map(kinds)) => {
                for (kind, node) in kinds {
                    let path = path.name(kind.clone());
                    let name = scope.require(&node, &path, "a text");
                    texts.extend(name.map(|name| (format!("{KINDS}.{kind}"), Text::Plain(name))));
                }
            }
            (_, node) => match english.get(&key) {
                Some(model) => {
                    texts.extend(like(model, &node, &path, &mut scope).map(|text| (key, text)));
                }
                None => {
                    let known = english.keys().map(String::as_str);
                    let near = nearest(&key, known.filter(|known| !known.contains('.')));
                    let message = format!("no text is called `{key}`");
                    let problem = Diagnostic::new(Lint::ConfigInvalid, message).suggest(near);
                    scope.problems.push(problem.at(Place::key(file, path)));
                }
            },
        }
    }
    Checked { value: texts, problems: scope.problems }
}

/// A text if it can stand in the place of an English one.
fn like(model: &Text, node: &Node, path: &KeyPath, scope: &mut Scope<'_>) -> Option<Text> {
    let mut refuse = |message: String, help: String| {
        let problem = Diagnostic::new(Lint::ConfigInvalid, message).help(help);
        scope.refuse(problem, path.clone());
        None
    };
    let text = match read(node) {
        Ok(text) => text,
        Err(why) => return refuse(why, "write one text, or forms: `{one: …, other: …}`".into()),
    };
    match (model, &text) {
        (Text::List(model), Text::List(own)) if model.len() == own.len() => return Some(text),
        (Text::List(model), _) => {
            return refuse(
                format!("this should be a list of {} texts", model.len()),
                "write `[first, second, …]`".into(),
            );
        }
        (_, Text::List(_)) => {
            return refuse("this should be a text, not a list".into(), "write one text".into());
        }
        (Text::Plain(_), Text::Counted(_)) => {
            return refuse("nothing is counted here".into(), "write one text".into());
        }
        _ => {}
    }
    let known: BTreeSet<&str> = patterns(model).flat_map(names).collect();
    let unknown = patterns(&text).flat_map(names).find(|name| !known.contains(name));
    match unknown {
        Some(unknown) => {
            let known: Vec<String> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
            let help = match known.as_slice() {
                [] => "nothing is filled in here".to_owned(),
                known => format!("what is filled in here is {}", known.join(", ")),
            };
            refuse(format!("nothing is filled in for `{{{unknown}}}`"), help)
        }
        None => Some(text),
    }
}

fn patterns(text: &Text) -> impl Iterator<Item = &str> {
    let all: Vec<&str> = match text {
        Text::Plain(text) => vec![text],
        Text::Counted(forms) => forms.values().map(String::as_str).collect(),
        Text::List(_) => Vec::new(),
    };
    all.into_iter()
}

fn read(node: &Node) -> Result<Text, String> {
    let plain = |node: &Node| match node {
        Node::Text(text) => Ok(text.clone()),
        Node::Int(number) => Ok(number.to_string()),
        other => Err(format!("this should be a text, not {}", other.kind())),
    };
    match node {
        Node::List(items) => Ok(Text::List(items.iter().map(plain).collect::<Result<_, _>>()?)),
        Node::Map(entries) => {
            let mut forms = BTreeMap::new();
            for (name, node) in entries {
                let form =
                    Form::by_name(name).ok_or_else(|| format!("no form is called `{name}`"))?;
                forms.insert(form, plain(node)?);
            }
            match forms.contains_key(&Form::Other) {
                true => Ok(Text::Counted(forms)),
                false => Err("the form `other` is missing".into()),
            }
        }
        node => plain(node).map(Text::Plain),
    }
}
