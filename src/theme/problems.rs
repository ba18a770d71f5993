//! Tera's errors, in this program's form.
//!
//! Tera keeps the chain of includes and the list of a set's errors to its
//! printed report, in the form `error: …`, `--> file:line:column`; that is read
//! back here, and nowhere else.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{Context, Error, ErrorKind, Tera};

use super::TEMPLATES;
use crate::diag::{Diagnostic, Lint, Place};
use crate::path::{SourcePath, nearest};

type Sources = BTreeMap<String, String>;

fn file(name: &str) -> SourcePath {
    SourcePath::new(format!("{TEMPLATES}/{name}"))
}

/// Every problem of a set of templates that does not load.
pub(super) fn of_set(registered: &Tera, sources: &Sources, error: &Error) -> Vec<Diagnostic> {
    // The set stops at its first syntax error; alone, each template shows its own.
    let mut problems = Vec::new();
    for (name, source) in sources {
        let mut alone = registered.clone();
        if let Err(error) = alone.add_raw_template(name, source)
            && let ErrorKind::SyntaxError(report) = error.kind()
        {
            let place = Place::bytes(&file(report.filename()), report.span().range.clone());
            problems.push(Diagnostic::new(Lint::TemplateError, lower(report.message())).at(place));
        }
    }
    if problems.is_empty() {
        problems = of_names(error).map_or_else(
            || printed(&error.to_string(), sources),
            |(name, message)| {
                let problem = Diagnostic::new(Lint::TemplateError, message);
                vec![problem.at(Place::file(&file(name)))]
            },
        );
    }
    problems
}

/// Problems of a whole template: its name, and what is wrong.
fn of_names(error: &Error) -> Option<(&str, String)> {
    match error.kind() {
        ErrorKind::CircularExtend { tpl, .. } => {
            Some((tpl, format!("`{tpl}` extends itself; extend `base.html` instead")))
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            Some((tpl, format!("`{tpl}` includes itself: {}", include_chain.join(", "))))
        }
        ErrorKind::MissingParent { current, parent } => {
            Some((current, format!("it extends `{parent}`, which is not there")))
        }
        _ => None,
    }
}

/// The problem of one rendering.
pub(super) fn of_render(error: &Error, sources: &Sources, context: &Context) -> Diagnostic {
    let (ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report)) = error.kind() else {
        let message = match error.kind() {
            ErrorKind::Io(std::io::ErrorKind::FileTooLarge) => {
                "the template prints more than 64 MB".to_owned()
            }
            _ => lower(&error.to_string()),
        };
        return Diagnostic::new(Lint::TemplateError, message);
    };
    let source = sources.get(report.filename()).map_or("", String::as_str);
    let range = report.span().range.clone();
    let place = Place::bytes(&file(report.filename()), range.clone());
    let problem = undefined(report.message(), source, &range, context)
        .unwrap_or_else(|| Diagnostic::new(Lint::TemplateError, lower(report.message())));
    let mut problem = problem.at(place);
    for line in error.to_string().lines() {
        if let Some(caller) = line.strip_prefix("note: called from ") {
            problem = problem.trace(format!("included from {TEMPLATES}/{caller}"));
        }
    }
    problem
}

/// A longer list of names helps nobody.
const MOST_NAMES: usize = 50;

/// A name that is not there, with the nearest that is.
fn undefined(
    said: &str,
    source: &str,
    range: &Range<usize>,
    context: &Context,
) -> Option<Diagnostic> {
    let (what, known) = said.split_once(" is not defined.")?;
    let name = what.split('`').nth(1)?;
    let known = known.split_once(": ").map_or("", |(_, list)| list);
    let names: Vec<&str> = known.split(", ").filter(|name| !name.is_empty()).collect();
    // The span ends at the name: what stands before it is the way to it.
    let end =
        source.get(..range.end).map_or(0, |text| text.rfind(name).map_or(0, |at| at + name.len()));
    let whole = source.get(..end).unwrap_or(name);
    let start = whole
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
        .map_or(0, |at| at + whole[at..].chars().next().map_or(1, char::len_utf8));
    let expression = &whole[start..];
    let owner = expression.strip_suffix(name).unwrap_or_default();
    let problem = Diagnostic::new(Lint::TemplateError, format!("unknown variable `{expression}`"));
    let near = nearest(name, names.iter().copied());
    Some(match near {
        Some(near) => problem.help(format!("did you mean `{owner}{near}`?")),
        None if owner.is_empty() && context.contains_key(name) => problem,
        None if names.is_empty() || names.len() > MOST_NAMES => problem,
        None => problem.help(format!("known here: {}", names.join(", "))),
    })
}

/// Reads a printed report back.
fn printed(report: &str, sources: &Sources) -> Vec<Diagnostic> {
    let mut problems: Vec<Diagnostic> = Vec::new();
    for line in report.lines() {
        if let Some(message) = line.strip_prefix("error: ") {
            problems.push(Diagnostic::new(Lint::TemplateError, lower(message)));
        } else if let Some(position) = line.trim_start().strip_prefix("--> ")
            && let Some(problem) = problems.last_mut()
        {
            problem.place = place(position, sources);
        }
    }
    if problems.is_empty() {
        problems.push(Diagnostic::new(Lint::TemplateError, lower(report)));
    }
    problems
}

/// `name:line:column`, counted from 1.
fn place(position: &str, sources: &Sources) -> Option<Place> {
    let mut parts = position.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let source = sources.get(name)?;
    let start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let text = &source[start..];
    let below = text.char_indices().nth(column - 1).map_or(0, |(at, _)| at);
    let at = start + below;
    Some(Place::bytes(&file(name), at..at + 1))
}

/// Tera begins its messages with a capital.
fn lower(message: &str) -> String {
    let first_line = message.lines().next().unwrap_or_default();
    let mut letters = first_line.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
