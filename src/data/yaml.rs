//! YAML, fenced: what could take a long time or lose a value is refused first.
//!
//! libyaml and what descends from it need 99 s for 200 KB of `[` and 800 MB for
//! a small bomb of aliases, keep the last of two equal keys without a word, and
//! report them at 1:1. So depth and aliases are counted before parsing, and the
//! visitor refuses duplicates, which are then located in a spanned parse.

use std::fmt;

use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};

use super::{Node, SyntaxError, spans};

/// How deep `[` and `{` may nest.
const MAX_FLOW_DEPTH: usize = 32;
/// How many anchors and aliases a text may have together.
const MAX_ALIASES: usize = 64;
/// What the visitor says of a key that stands twice; a message of our own.
const DUPLICATE: &str = "duplicate key";

pub(super) fn parse(text: &str, line: usize) -> Result<Node, SyntaxError> {
    fence(text)?;
    serde_yaml::from_str(text).map_err(|error| explain(text, line, &error))
}

/// Counts what makes libyaml slow. It looks at bytes only, so quoted brackets
/// count too: 32 of them unclosed in one text are no loss.
fn fence(text: &str) -> Result<(), SyntaxError> {
    let refuse = |at: usize, message: &str, help: &str| SyntaxError {
        message: message.into(),
        range: at..at + 1,
        label: None,
        help: Some(help.into()),
    };
    let (mut depth, mut anchors, mut aliases) = (0usize, 0usize, 0usize);
    let mut previous = b'\n';
    for (at, pair) in text.as_bytes().windows(2).enumerate() {
        let (byte, next) = (pair[0], pair[1]);
        let names = next.is_ascii_alphanumeric()
            && (previous.is_ascii_whitespace() || b"[{,:-".contains(&previous));
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'&' if names => anchors += 1,
            b'*' if names => aliases += 1,
            _ => {}
        }
        if depth > MAX_FLOW_DEPTH {
            let message = format!("brackets nest more than {MAX_FLOW_DEPTH} deep");
            return Err(refuse(at, &message, "close the brackets, or write the lists as lines"));
        }
        // Without an anchor there is nothing that could grow.
        if anchors > 0 && anchors + aliases > MAX_ALIASES {
            let message = format!("more than {MAX_ALIASES} anchors and aliases");
            return Err(refuse(at, &message, "write the values out; aliases can grow without end"));
        }
        previous = byte;
    }
    Ok(())
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    /// A text without data: empty, or nothing but comments.
    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or_else(|_| Node::Text(value.to_string()), Node::Int))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map: Vec<(String, Node)> = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            if map.iter().any(|(known, _)| *known == key) {
                return Err(serde::de::Error::custom(format_args!("{DUPLICATE} `{key}`")));
            }
            map.push((key, entries.next_value()?));
        }
        Ok(Node::Map(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(serde::de::Error::custom("a `!tag`, which means nothing here"))
    }
}

/// libyaml's words, turned into what an author can act on.
fn explain(text: &str, line: usize, error: &serde_yaml::Error) -> SyntaxError {
    let said = error.to_string();
    if said.contains(DUPLICATE)
        && let Some((name, first, second)) = spans::duplicate(text)
    {
        return SyntaxError {
            message: format!("the key `{name}` stands twice"),
            label: Some(format!("first on line {}", line + lines_before(text, first.start))),
            range: second,
            help: Some("keep one of the two".into()),
        };
    }
    let (start, end) = {
        let at = error.location().map_or(0, |location| location.index());
        let at = at.min(text.len());
        (at, (at + 1).min(text.len().max(at)))
    };
    let fallback =
        SyntaxError { message: plain(&said), range: start..end, label: None, help: None };
    known(text, line, &said, start).unwrap_or(fallback)
}

/// What libyaml says, what an author reads, and what to do. The first that
/// matches counts.
const KNOWN: [(&str, &str, &str); 8] = [
    ("`!tag`", "a `!tag`, which means nothing here", "put a text that begins with `!` in quotes"),
    (
        "unknown escape",
        "a backslash that means nothing in double quotes",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    ("tab character", "a tab where YAML takes blanks only", "indent with blanks"),
    (
        "control characters",
        "a control character",
        "delete it; editors show it as a box or not at all",
    ),
    (
        "mapping values are not allowed",
        "a second `: ` on one line",
        "put the text in quotes: `title: \"Go: the good parts\"`",
    ),
    (
        "block mapping",
        "this line does not fit the lines before it",
        "indent it like its neighbours, and write `key: value` with a blank after the colon",
    ),
    (
        "expected ':'",
        "this line does not fit the lines before it",
        "indent it like its neighbours, and write `key: value` with a blank after the colon",
    ),
    ("unknown anchor", "a text that begins with `*` reads as an alias", "put it in quotes"),
];

/// The errors that authors meet most, in their words and at their cause.
fn known(text: &str, line: usize, said: &str, at: usize) -> Option<SyntaxError> {
    let told = |at: usize, message: &str, help: &str| SyntaxError {
        message: message.into(),
        range: at..(at + 1).min(text.len()),
        label: None,
        help: Some(help.into()),
    };
    if said.contains("cannot start any token") {
        let found = text[at..].chars().next()?;
        if found == '\t' {
            return known(text, line, "tab character", at);
        }
        let help = format!("put the text that begins with `{found}` in quotes");
        return Some(told(at, "a text that begins with a reserved character", &help));
    }
    let never_ends = || never_ends(text, line, said, context_offset(text, said).unwrap_or(at));
    let simple = KNOWN.iter().find(|(needle, ..)| said.contains(needle));
    if simple.is_none_or(|(needle, ..)| *needle == "block mapping")
        && let Some((at, message, help)) = never_ends()
    {
        return Some(SyntaxError {
            label: Some("opened here".into()),
            ..told(at, &message, &help)
        });
    }
    if let Some((open, quote)) = unclosed_before(text, at) {
        let line = line + lines_before(text, open);
        let help = format!("add a closing {quote} at the end of line {line}");
        return Some(SyntaxError {
            label: Some("opened here".into()),
            ..told(open, "the quoted text never ends", &help)
        });
    }
    let (_, message, help) = simple?;
    let position = said.split_once("at position ").map(|(_, digits)| digits);
    let at = position
        .and_then(|digits| digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .unwrap_or(at);
    Some(told(at, message, help))
}

/// A quote or bracket that is opened at `open` and not closed.
fn never_ends(text: &str, line: usize, said: &str, open: usize) -> Option<(usize, String, String)> {
    if said.contains("quoted scalar") {
        let quote = text[open..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let line = line + lines_before(text, open);
        let help = format!("add a closing {quote} at the end of line {line}");
        return Some((open, "the quoted text never ends".into(), help));
    }
    let (name, close) = match said {
        said if said.contains("flow sequence") => ("list", ']'),
        said if said.contains("flow mapping") => ("map", '}'),
        _ => return None,
    };
    let message = format!("the {name} in brackets never ends, or lacks a comma");
    Some((open, message, format!("add the missing `,` or the closing `{close}`")))
}

/// The quote that opens a text which only the quote of a later value, just
/// before `at`, closes: `a: "x` above `b: "y"`.
fn unclosed_before(text: &str, at: usize) -> Option<(usize, char)> {
    let before = text.get(..at)?;
    let quote = before.chars().next_back().filter(|c| matches!(c, '"' | '\''))?;
    let line_start = before.rfind('\n')? + 1;
    let key = before[line_start..].trim_end_matches(quote).strip_suffix(": ")?;
    if key.contains(quote) {
        return None;
    }
    let mut start = 0;
    let lines = before[..line_start].split_inclusive('\n').map(|line| {
        start += line.len();
        (start - line.len(), line)
    });
    let (start, opener) = lines.filter(|(_, line)| line.matches(quote).count() % 2 == 1).last()?;
    Some((start + opener.rfind(quote)?, quote))
}

/// Where the construct begins that libyaml was reading: its second position.
fn context_offset(text: &str, said: &str) -> Option<usize> {
    let mut numbers = said.rsplit(" at line ").next()?.split(" column ");
    let line: usize = numbers.next()?.trim().parse().ok()?;
    let column: usize =
        numbers.next()?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let line_text = text.get(start..)?.lines().next()?;
    let below = line_text.char_indices().nth(column - 1).map_or(line_text.len(), |(at, _)| at);
    Some(start + below)
}

fn lines_before(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].matches('\n').count()
}

/// The message without its positions: ours are in the file's coordinates.
fn plain(said: &str) -> String {
    let mut out = String::new();
    let mut rest = said;
    while let Some(at) = rest.find(" at line ") {
        out.push_str(&rest[..at]);
        let after = &rest[at + " at line ".len()..];
        let end = after
            .find(|c: char| !(c.is_ascii_digit() || c == ' ' || "column".contains(c)))
            .unwrap_or(after.len());
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}
