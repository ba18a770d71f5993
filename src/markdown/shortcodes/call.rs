//! Shortcodes as authors write them.

use std::ops::Range;

use crate::markdown::{Image, LinkKind, Targets};
use crate::path::safe_scheme;

pub(super) const OPEN: &str = "{{<";
pub(super) const CLOSE: &str = ">}}";

/// How wide the default theme shows a figure at most, in pixels of CSS.
const ROOM: u32 = 928;

/// A shortcode as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// Its arguments: named, or numbered from `0`.
    pub arguments: Vec<(String, String)>,
    /// The Markdown between opening and closing call.
    pub(in crate::markdown) inner: Option<Range<usize>>,
    pub(in crate::markdown) range: Range<usize>,
    /// `{{</* name */>}}`: shown, not called.
    pub(super) literal: bool,
}

impl Call {
    /// The arguments that name a file or a page: place in the list, and use.
    pub(in crate::markdown) fn links(&self) -> impl Iterator<Item = (usize, LinkKind)> {
        let named = |(index, (name, _)): (usize, &(String, String))| match name.as_str() {
            "src" | "poster" => Some((index, LinkKind::Image)),
            "link" | "href" => Some((index, LinkKind::Link)),
            _ => None,
        };
        self.arguments.iter().enumerate().filter_map(named)
    }

    /// The same call, its links leading where they should; a local picture says its
    /// size, and what there is of it to choose from. A link that is not safe is
    /// emptied.
    pub(super) fn with_targets(&self, targets: &dyn Targets) -> Self {
        let mut call = self.clone();
        for (index, kind) in self.links() {
            let (name, value) = &self.arguments[index];
            if !safe_scheme(value) {
                call.arguments[index].1 = String::new();
            } else if kind == LinkKind::Link {
                call.arguments[index].1 = targets.link(value);
            } else {
                let image = targets.image(value);
                if name == "src" {
                    call.measure(&image);
                }
                call.arguments[index].1 = image.url;
            }
        }
        call
    }

    /// Adds what is known of the picture and not said.
    fn measure(&mut self, image: &Image) {
        let said = |name: &str| {
            self.arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
        };
        let number = |name| said(name).map(|text| text.trim_end_matches("px").parse::<u32>().ok());
        let mut known = Vec::new();
        let mut shown = number("width").flatten();
        if let Some((wide, high)) = image.size {
            // A side that is left out follows from the other, so that nothing jumps.
            let part = |side: u32, of: u32, whole: u32| {
                let (side, of, whole) = (u64::from(side), u64::from(of), u64::from(whole.max(1)));
                ((side * of + whole / 2) / whole).max(1)
            };
            match (number("width"), number("height")) {
                (None, None) => {
                    known.push(("width", wide.to_string()));
                    known.push(("height", high.to_string()));
                }
                (Some(Some(width)), None) => {
                    known.push(("height", part(width, high, wide).to_string()));
                }
                (None, Some(Some(height))) => {
                    let width = part(height, wide, high);
                    shown = u32::try_from(width).ok();
                    known.push(("width", width.to_string()));
                }
                _ => {}
            }
        }
        if let Some(srcset) = image.srcset().filter(|_| said("srcset").is_none()) {
            known.push(("srcset", srcset));
            if said("sizes").is_none() {
                let room = shown.map_or(ROOM, |width| width.min(ROOM));
                known.push(("sizes", image.sizes(room)));
            }
        }
        self.arguments.extend(known.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
}

/// The calls of a body that do not begin inside `code`.
pub(super) fn find(body: &str, code: &[Range<usize>]) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    let mut at = 0;
    while let Some(found) = body[at..].find(OPEN) {
        let start = at + found;
        let next = code.partition_point(|range| range.end <= start);
        if let Some(range) = code.get(next).filter(|range| range.contains(&start)) {
            at = range.end.max(start + OPEN.len());
            continue;
        }
        let Some(length) = body[start..].find(CLOSE) else { break };
        let end = start + length + CLOSE.len();
        at = end;
        let inside = body[start + OPEN.len()..end - CLOSE.len()].trim();
        if let Some(name) = inside.strip_prefix('/').filter(|name| !name.starts_with('*')) {
            close(&mut calls, name.trim(), start, end);
        } else if let Some(call) = read_call(inside, start..end) {
            calls.push(call);
        }
    }
    calls
}

/// A closing call makes the last opening one of its name a pair; what stands
/// between belongs to it.
fn close(calls: &mut Vec<Call>, name: &str, start: usize, end: usize) {
    let opening = calls.iter().rposition(|call| call.name == name && call.inner.is_none());
    if let Some(index) = opening {
        calls.truncate(index + 1);
        let call = &mut calls[index];
        call.inner = Some(call.range.end..start);
        call.range.end = end;
    }
}

fn read_call(inside: &str, range: Range<usize>) -> Option<Call> {
    if let Some(literal) = inside.strip_prefix("/*").and_then(|text| text.strip_suffix("*/")) {
        let name = literal.trim().to_owned();
        return Some(Call { name, arguments: Vec::new(), inner: None, range, literal: true });
    }
    let inside = inside.trim_end_matches('/').trim();
    let end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let name = &inside[..end];
    let plain = |c: char| c.is_alphanumeric() || "-_/.".contains(c);
    if name.is_empty() || !name.chars().all(plain) {
        return None;
    }
    let arguments = read_arguments(&inside[end..]);
    Some(Call { name: name.to_owned(), arguments, inner: None, range, literal: false })
}

/// `name="value"`, `name=value`, or values alone, which are numbered.
fn read_arguments(text: &str) -> Vec<(String, String)> {
    let mut arguments = Vec::new();
    let mut rest = text.trim_start();
    let mut position = 0;
    while !rest.is_empty() {
        let name_end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
            .filter(|end| *end > 0 && rest[*end..].starts_with('='));
        let name = match name_end {
            Some(end) => {
                let name = rest[..end].to_owned();
                rest = &rest[end + 1..];
                name
            }
            None => {
                position += 1;
                (position - 1).to_string()
            }
        };
        let (value, length) = match rest.chars().next() {
            Some(quote @ ('"' | '`')) => {
                let end = rest[1..].find(quote).map_or(rest.len(), |at| at + 1);
                (&rest[1..end], (end + 1).min(rest.len()))
            }
            _ => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (&rest[..end], end)
            }
        };
        arguments.push((name, value.to_owned()));
        rest = rest[length..].trim_start();
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_named_or_numbered() {
        let read = |text| read_arguments(text);
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(read(r#"src="a b.png" width=3"#), [pair("src", "a b.png"), pair("width", "3")]);
        assert_eq!(read(r#"one "two three""#), [pair("0", "one"), pair("1", "two three")]);
        assert_eq!(read(r#"x="unclosed"#), [pair("x", "unclosed")]);
        assert_eq!(read("  "), []);
    }
}
