//! Where front matter ends and the body begins.

use std::ops::Range;

use crate::data::{Syntax, SyntaxError};

/// A text with front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fenced {
    /// The language between the fences.
    pub syntax: Syntax,
    /// The bytes between the fences.
    pub data: Range<usize>,
    /// The byte at which the body begins.
    pub body: usize,
}

/// Finds the fences: `---` for YAML, `+++` for TOML, each on a line of its own.
/// `None` for a text without front matter.
///
/// # Errors
/// When a fence is opened and never closed.
pub fn split(text: &str) -> Result<Option<Fenced>, SyntaxError> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next() else { return Ok(None) };
    let (syntax, fence) = match first.trim_end() {
        "---" => (Syntax::Yaml, "---"),
        "+++" => (Syntax::Toml, "+++"),
        _ => return Ok(None),
    };
    let data = start + first.len();
    let mut at = data;
    for line in lines {
        if line.trim_end() == fence && line.starts_with(fence) {
            return Ok(Some(Fenced { syntax, data: data..at, body: at + line.len() }));
        }
        at += line.len();
    }
    Err(SyntaxError {
        message: "the front matter never ends".into(),
        range: start..start + fence.len(),
        label: Some("opened here".into()),
        help: Some(format!("add a line `{fence}` between the front matter and the text")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        let fenced = split(text).unwrap()?;
        Some((&text[fenced.data], &text[fenced.body..]))
    }

    #[test]
    fn a_fence_is_a_line_of_its_own() {
        assert_eq!(parts("---\ntitle: a---b\n---\nx"), Some(("title: a---b\n", "x")));
        assert_eq!(parts("\u{feff}---\r\na: 1\r\n---\r\nx"), Some(("a: 1\r\n", "x")));
        assert_eq!(parts("+++\na = 1\n+++"), Some(("a = 1\n", "")));
        assert_eq!(parts("---\n---\nx"), Some(("", "x")));
        assert_eq!(parts("text\n---\n"), None);
        assert_eq!(parts("----\na\n----\n"), None);
        assert_eq!(parts(""), None);
        assert!(split("---\ntitle: x\n").is_err());
        assert!(split("---\ntitle: x\n --- \n").is_err());
    }
}
