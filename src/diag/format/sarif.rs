//! SARIF, the form in which code scanning takes problems.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::diag::{Lint, Located, Report, Severity};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Where a problem of the whole project is told: GitHub refuses a log with a
/// result that has no place.
const PROJECT: &str = "versus.yaml";

/// What a path may hold in a URI as it is.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) fn log(out: &mut String, report: &Report) {
    let rules: Vec<Value> = Lint::ALL.iter().map(|lint| rule(*lint)).collect();
    let results: Vec<Value> = report.problems.iter().map(result).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "versus",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let _ = writeln!(out, "{log:#}");
}

fn rule(lint: Lint) -> Value {
    json!({
        "id": lint.id(),
        "shortDescription": { "text": lint.meaning() },
        "defaultConfiguration": { "level": level(lint.default_severity()) },
    })
}

fn result(problem: &Located) -> Value {
    let lint = problem.diagnostic.lint;
    let uri = problem.file.as_ref().map_or(PROJECT, |file| file.as_str());
    let uri = utf8_percent_encode(uri, PATH).to_string();
    let mut location = json!({ "artifactLocation": { "uri": uri } });
    if let Some(spot) = &problem.spot {
        location["region"] = json!({
            "startLine": spot.line,
            "startColumn": spot.column,
            "endColumn": spot.column + spot.width,
        });
    }
    json!({
        "ruleId": lint.id(),
        "ruleIndex": Lint::ALL.iter().position(|other| *other == lint),
        "level": level(problem.severity),
        "message": { "text": message(problem) },
        "locations": [{ "physicalLocation": location }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn message(problem: &Located) -> String {
    let diagnostic = &problem.diagnostic;
    let mut text = diagnostic.message.clone();
    for line in &diagnostic.trace {
        let _ = write!(text, "\n{line}");
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    // `[text](address)` would be a link.
    match text.contains("](") {
        true => text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]"),
        false => text,
    }
}
