//! How problems are written: for people, for editors, for CI.

mod github;
mod human;
mod sarif;

use std::fmt::Write as _;

use serde_json::json;

use super::{Located, Report};

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// With the source line, a caret and a help line.
    #[default]
    Human,
    /// One line a problem: `file:line:column: severity[id]: message`.
    Short,
    /// One JSON object a line, and a closing summary.
    Json,
    /// GitHub's workflow annotations.
    Github,
    /// SARIF 2.1.0, which code scanning reads.
    Sarif,
}

impl Format {
    /// The whole report as text, with terminal styles in `Human`.
    pub fn write(self, report: &Report) -> String {
        let mut out = String::new();
        match self {
            Self::Human => human::report(&mut out, report),
            Self::Short => report.problems.iter().for_each(|p| short(&mut out, p)),
            Self::Json => {
                report.problems.iter().for_each(|p| json_line(&mut out, p));
                let tally = report.tally();
                let summary = json!({"summary": {
                    "errors": tally.errors, "warnings": tally.warnings, "infos": tally.infos,
                }});
                let _ = writeln!(out, "{summary}");
            }
            Self::Github => report.problems.iter().for_each(|p| github::annotation(&mut out, p)),
            Self::Sarif => sarif::log(&mut out, report),
        }
        out
    }
}

/// Text from an author's file must not drive the terminal.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn short(out: &mut String, problem: &Located) {
    let position = problem.position().map(|p| format!("{}: ", printable(&p))).unwrap_or_default();
    let (severity, lint) = (problem.severity, problem.diagnostic.lint);
    let message = printable(&problem.diagnostic.message);
    let _ = writeln!(out, "{position}{severity}[{lint}]: {message}");
}

fn json_line(out: &mut String, problem: &Located) {
    let diagnostic = &problem.diagnostic;
    let spot = problem.spot.as_ref();
    let line = json!({
        "severity": problem.severity.name(),
        "id": diagnostic.lint.id(),
        "message": diagnostic.message,
        "file": problem.file.as_ref().map(|file| file.as_str()),
        "line": spot.map(|spot| spot.line),
        "column": spot.map(|spot| spot.column),
        "width": spot.map(|spot| spot.width),
        "trace": diagnostic.trace,
        "help": diagnostic.help,
    });
    let _ = writeln!(out, "{line}");
}
