//! Markdown that is made rather than written: lines and tables.

use std::fmt::Write as _;

/// A text for the brackets of a link.
pub(super) fn link_text(text: &str) -> String {
    line(text).replace('[', "\\[").replace(']', "\\]")
}

/// A text without line ends; blanks that do not break stay.
pub(super) fn line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// A table, column by column.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<Vec<String>>,
}

impl Table {
    /// Adds a column, unless its cells are all empty.
    pub(super) fn column(&mut self, head: &str, cells: impl Iterator<Item = String>) {
        let cells: Vec<String> = cells.collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.columns.push([vec![head.to_owned(), "---".into()], cells].concat());
        }
    }

    pub(super) fn write(&self, out: &mut String) {
        for at in 0..self.columns.first().map_or(0, Vec::len) {
            row(out, self.columns.iter().map(|column| &column[at]));
        }
    }
}

/// A row of a table.
pub(super) fn row<'c>(out: &mut String, cells: impl IntoIterator<Item = &'c String>) {
    for cell in cells {
        let _ = write!(out, "| {} ", cell_text(cell));
    }
    out.push_str("|\n");
}

/// A text in a table: on one line, and each `|` of it behind a `\`.
fn cell_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_escaped = false;
    for c in line(text).chars() {
        if c == '|' && !is_escaped {
            out.push('\\');
        }
        is_escaped = c == '\\' && !is_escaped;
        out.push(c);
    }
    out
}
