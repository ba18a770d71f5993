//! GitHub's workflow annotations.

use std::fmt::Write as _;

use crate::diag::{Located, Severity};

/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
pub(super) fn annotation(out: &mut String, problem: &Located) {
    let command = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = Vec::new();
    if let Some(file) = &problem.file {
        properties.push(format!("file={}", property(file.as_str())));
    }
    if let Some(spot) = &problem.spot {
        properties.push(format!("line={},col={}", spot.line, spot.column));
    }
    properties.push(format!("title={}", problem.diagnostic.lint));
    let mut message = problem.diagnostic.message.clone();
    if let Some(help) = &problem.diagnostic.help {
        message = format!("{message}\nhelp: {help}");
    }
    let _ = writeln!(out, "::{command} {}::{}", properties.join(","), data(&message));
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
