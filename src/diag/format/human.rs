//! For people: the source line, a caret, a help line.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::printable;
use crate::diag::report::Excerpt;
use crate::diag::{Located, Report, Severity};

/// How many problems a person is shown at once.
const SHOWN: usize = 20;

/// The gravest come first when not all are shown; otherwise file order rules.
pub(super) fn report(out: &mut String, report: &Report) {
    let mut shown: Vec<&Located> = report.problems.iter().collect();
    if shown.len() > SHOWN {
        shown.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        shown.truncate(SHOWN);
    }
    for problem in &shown {
        one(out, problem);
    }
    let left = report.problems.len() - shown.len();
    if left > 0 {
        let _ = writeln!(out, "and {left} more: `--format short` lists them all");
    }
}

fn one(out: &mut String, problem: &Located) {
    let color = match problem.severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    let grave = Style::new().bold().fg_color(Some(color.into()));
    let bold = Style::new().bold();
    let dim = Style::new().fg_color(Some(AnsiColor::Blue.into()));
    let diagnostic = &problem.diagnostic;
    let (severity, lint) = (problem.severity, diagnostic.lint);
    let _ = writeln!(
        out,
        "{grave}{severity}[{lint}]{grave:#}{bold}: {}{bold:#}",
        printable(&diagnostic.message)
    );
    if let Some(position) = problem.position() {
        let _ = writeln!(out, "{dim} -->{dim:#} {}", printable(&position));
    }
    for line in &diagnostic.trace {
        let _ = writeln!(out, "{dim}   ={dim:#} {}", printable(line));
    }
    if let Some(spot) = &problem.spot {
        let number = spot.line.to_string();
        let margin = " ".repeat(number.len());
        let (line, indent, width) = excerpt(&spot.excerpt, spot.width);
        let carets = "^".repeat(width);
        let label =
            diagnostic.label.as_deref().map(|l| format!(" {}", printable(l))).unwrap_or_default();
        let _ = writeln!(out, "{dim}{margin} |{dim:#}");
        let _ = writeln!(out, "{dim}{number} |{dim:#} {line}");
        let _ = writeln!(out, "{dim}{margin} |{dim:#} {indent}{grave}{carets}{label}{grave:#}");
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "{dim}  ={dim:#} {bold}help{bold:#}: {}", printable(help));
    }
    out.push('\n');
}

/// The text, the indent of the caret line, and how many carets to print. Tabs
/// become blanks so that carets stay below what they mean.
fn excerpt(excerpt: &Excerpt, width: usize) -> (String, String, usize) {
    let mut line = printable(&excerpt.text);
    let mut indent = " ".repeat(excerpt.indent);
    let shown = line.chars().count() - excerpt.indent.min(line.chars().count());
    if excerpt.cut_left {
        line.insert(0, '…');
        indent.push(' ');
    }
    if excerpt.cut_right {
        line.push('…');
    }
    (line, indent, width.min(shown).max(1))
}
