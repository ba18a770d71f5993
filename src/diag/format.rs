//! How problems are written: for people, for editors, for CI.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde_json::json;

use super::report::Excerpt;
use super::{Located, Report, Severity};

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
}

/// How many problems a person is shown at once.
const SHOWN: usize = 20;

impl Format {
    /// The whole report as text, with terminal styles in `Human`.
    pub fn write(self, report: &Report) -> String {
        let mut out = String::new();
        match self {
            Self::Human => human_report(&mut out, report),
            Self::Short => report.problems.iter().for_each(|p| short(&mut out, p)),
            Self::Json => {
                report.problems.iter().for_each(|p| json_line(&mut out, p));
                let tally = report.tally();
                let summary = json!({"summary": {
                    "errors": tally.errors, "warnings": tally.warnings, "infos": tally.infos,
                }});
                let _ = writeln!(out, "{summary}");
            }
            Self::Github => report.problems.iter().for_each(|p| github(&mut out, p)),
        }
        out
    }
}

/// The gravest come first when not all are shown; otherwise file order rules.
fn human_report(out: &mut String, report: &Report) {
    let mut shown: Vec<&Located> = report.problems.iter().collect();
    if shown.len() > SHOWN {
        shown.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        shown.truncate(SHOWN);
    }
    for problem in &shown {
        human(out, problem);
    }
    let left = report.problems.len() - shown.len();
    if left > 0 {
        let _ = writeln!(out, "and {left} more: `--format short` lists them all");
    }
}

fn human(out: &mut String, problem: &Located) {
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
        let _ = writeln!(out, "{dim} -->{dim:#} {position}");
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

/// Text from an author's file must not drive the terminal.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn short(out: &mut String, problem: &Located) {
    let position = problem.position().map(|p| format!("{p}: ")).unwrap_or_default();
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

/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
fn github(out: &mut String, problem: &Located) {
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
