//! The info string: what stands behind an opening fence.

use std::ops::RangeInclusive;

/// What a fence says of its block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Info {
    /// The language as written, or nothing.
    pub(super) language: String,
    pub(super) title: Option<String>,
    /// Lines to mark, counted from 1.
    pub(super) highlighted: Vec<RangeInclusive<usize>>,
    pub(super) numbered: bool,
    /// The number of the first line.
    pub(super) start: usize,
    pub(super) diff: bool,
    pub(super) pair: Pairing,
}

/// Which blocks beside it a block may be paired with.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Pairing {
    /// Those of other languages, where all have labels.
    #[default]
    ByLabel,
    /// Those for the same task.
    Task(String),
    /// None.
    Off,
}

impl Info {
    /// `rust {title="src/main.rs" hl_lines="3-5" linenos start=10 diff}`; the
    /// braces may be left out, and what is not known is passed over: other
    /// generators have attributes of their own.
    pub(super) fn parse(info: &str) -> Self {
        let info = info.trim();
        let end = info.find([' ', '\t', '{', ',']).unwrap_or(info.len());
        let mut parsed = Self { language: info[..end].to_owned(), start: 1, ..Self::default() };
        let attributes = info[end..].trim_matches([' ', '\t', '{', '}', ',']);
        for (name, value) in split_attributes(attributes) {
            match name {
                "title" | "file" | "filename" => parsed.title = value.map(str::to_owned),
                "hl_lines" => parsed.highlighted = lines(value.unwrap_or_default()),
                "linenos" => parsed.numbered = !matches!(value, Some("false" | "none")),
                "start" | "linenostart" => {
                    parsed.start = value.and_then(|n| n.parse().ok()).unwrap_or(1);
                }
                "diff" => parsed.diff = value != Some("false"),
                "pair" => parsed.pair = Pairing::parse(value.unwrap_or_default()),
                _ => {}
            }
        }
        parsed
    }

    /// Whether each line is an element.
    pub(super) fn has_lines(&self) -> bool {
        self.numbered || self.diff || !self.highlighted.is_empty()
    }
}

impl Pairing {
    fn parse(value: &str) -> Self {
        match value.trim() {
            "" => Self::ByLabel,
            "off" => Self::Off,
            task => Self::Task(task.to_owned()),
        }
    }
}

/// `name`, `name=value`, `name="a value"` or `name=[a, list]`, parted by blanks
/// or commas.
fn split_attributes(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim_start_matches([' ', '\t', ',']);
    while !rest.is_empty() {
        let end = rest.find([' ', '\t', ',', '=']).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = &rest[end..];
        let mut value = None;
        if let Some(after) = rest.strip_prefix('=') {
            let close = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => Some(quote),
                Some('[') => Some(']'),
                _ => None,
            };
            let (from, to) = match close {
                Some(close) => (1, after[1..].find(close).map_or(after.len(), |at| at + 1)),
                None => (0, after.find([' ', '\t', ',']).unwrap_or(after.len())),
            };
            value = Some(&after[from.min(to)..to]);
            rest = after[to..].trim_start_matches(|c| Some(c) == close);
        }
        if !name.is_empty() {
            attributes.push((name, value));
        }
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if name.is_empty() && value.is_none() {
            break;
        }
    }
    attributes
}

/// `3-5 8`, `3-5,8`, `"3-5",8`: line ranges, counted from 1.
fn lines(text: &str) -> Vec<RangeInclusive<usize>> {
    text.split([' ', ',', '"', '\''])
        .filter_map(|part| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            Some(from.trim().parse().ok()?..=to.trim().parse().ok()?)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_says_what_it_wants_in_every_generators_way() {
        let info =
            Info::parse(r#"rust {title="src/main.rs" hl_lines="3-5 8" linenos start=10 diff}"#);
        assert_eq!(info.language, "rust");
        assert_eq!(info.title.as_deref(), Some("src/main.rs"));
        assert_eq!(info.highlighted, [3..=5, 8..=8]);
        assert!(info.numbered && info.diff);
        assert_eq!(info.start, 10);
        assert_eq!(
            Info::parse(r#"go {linenos=table,hl_lines=[1,"3-4"],linenostart=7}"#),
            Info {
                language: "go".into(),
                title: None,
                highlighted: vec![1..=1, 3..=4],
                numbered: true,
                start: 7,
                diff: false,
                pair: Pairing::ByLabel,
            }
        );
        let pair = |info: &str| Info::parse(info).pair;
        assert_eq!(pair(r#"go {pair="HTTP server"}"#), Pairing::Task("HTTP server".into()));
        assert_eq!(pair("go pair=off"), Pairing::Off);
        assert_eq!(pair("go {pair}"), Pairing::ByLabel);
        assert_eq!(Info::parse("rust,ignore").language, "rust");
        assert_eq!(Info::parse("").language, "");
        assert_eq!(Info::parse("rust {=").language, "rust");
    }
}
