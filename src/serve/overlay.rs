//! The problems that lie over a page, as HTML. Everything in it that an author
//! wrote is text.

use std::fmt::Write as _;
use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::diag::Located;

/// What a path in an address must not have.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'?');

/// So many are shown; the terminal has them all.
const SHOWN: usize = 12;

/// The problems, or nothing where there are none. With the project's folder
/// each leads to its place in the editor.
pub(super) fn html(problems: &[Located], root: Option<&Path>) -> String {
    let mut html = String::new();
    for problem in problems.iter().take(SHOWN) {
        one(&mut html, problem, root);
    }
    if problems.len() > SHOWN {
        let _ = write!(html, "<p>and {} more</p>", problems.len() - SHOWN);
    }
    html
}

fn one(html: &mut String, problem: &Located, root: Option<&Path>) {
    let diagnostic = &problem.diagnostic;
    let _ = write!(
        html,
        "<article><h2><b>{}[{}]</b> {}</h2>",
        problem.severity,
        diagnostic.lint,
        escape(&diagnostic.message)
    );
    if let Some(position) = problem.position() {
        let position = escape(&position);
        let place = root.zip(problem.file.as_ref()).map(|(root, file)| root.join(file.as_str()));
        let _ = match place.filter(|place| place.is_file()) {
            Some(place) => {
                let (line, column) = problem.spot.as_ref().map_or((1, 1), |s| (s.line, s.column));
                let place = place.to_string_lossy().replace('\\', "/");
                let slash = if place.starts_with('/') { "" } else { "/" };
                let place = utf8_percent_encode(&place, UNSAFE);
                write!(
                    html,
                    "<p><a href=\"vscode://file{slash}{place}:{line}:{column}\">{position}</a></p>"
                )
            }
            None => write!(html, "<p>{position}</p>"),
        };
    }
    for line in &diagnostic.trace {
        let _ = write!(html, "<p>{}</p>", escape(line));
    }
    if let Some(spot) = &problem.spot {
        let excerpt = &spot.excerpt;
        let split = |text: &str, at: usize| {
            let at = text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
            (text[..at].to_owned(), text[at..].to_owned())
        };
        let (before, rest) = split(&excerpt.text, excerpt.indent);
        let (marked, after) = split(&rest, spot.width);
        let label = diagnostic.label.as_deref().map(|l| format!("  {l}")).unwrap_or_default();
        let _ = write!(
            html,
            "<pre><i>{} |</i> {}<mark>{}</mark>{}<em>{}</em></pre>",
            spot.line,
            escape(&before),
            escape(if marked.is_empty() { " " } else { &marked }),
            escape(&after),
            escape(&label),
        );
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(html, "<p>help: {}</p>", escape(help));
    }
    html.push_str("</article>");
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
