//! Code blocks: what the fence says, and the figure that comes of it.

use std::ops::{Range, RangeInclusive};

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::highlight::{self, Language, Token};
use super::html::{Context, ours};
use super::parse::Spanned;
use super::text::{attribute, escape};
use crate::diag::{Diagnostic, Lint};

/// Renders every code block.
pub(super) fn apply<'a>(
    events: Vec<Spanned<'a>>,
    highlighted: bool,
    context: &mut Context<'_>,
) -> Vec<Spanned<'a>> {
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some((event, span)) = events.next() {
        let Event::Start(Tag::CodeBlock(kind)) = event else {
            out.push((event, span));
            continue;
        };
        let mut code = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let info = match &kind {
            CodeBlockKind::Fenced(info) => Info::parse(info),
            CodeBlockKind::Indented => Info::default(),
        };
        let fence = span.start..first_line_end(context.source.body, &span);
        let language = language(&info, &code, &fence, context);
        let tokens = match language {
            Some(language) if highlighted => highlight::highlight(&code, language),
            _ => Vec::new(),
        };
        out.push((ours(figure(&code, &info, language, &tokens)), span));
    }
    out
}

fn first_line_end(body: &str, span: &Range<usize>) -> usize {
    body[span.clone()].find('\n').map_or(span.end, |at| span.start + at)
}

/// What stands behind the opening fence.
#[derive(Debug, Default, PartialEq, Eq)]
struct Info {
    language: String,
    title: Option<String>,
    highlighted: Vec<RangeInclusive<usize>>,
    numbered: bool,
    start: usize,
    diff: bool,
}

impl Info {
    /// `rust {title="src/main.rs" hl_lines="3-5" linenos start=10 diff}`; the
    /// braces may be left out, and what is not known is passed over: other
    /// generators have attributes of their own.
    fn parse(info: &str) -> Self {
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
                _ => {}
            }
        }
        parsed
    }

    fn has_lines(&self) -> bool {
        self.numbered || self.diff || !self.highlighted.is_empty()
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

fn language(
    info: &Info,
    code: &str,
    fence: &Range<usize>,
    context: &mut Context<'_>,
) -> Option<Language> {
    if info.language.is_empty() {
        return None;
    }
    let language = match highlight::language(&info.language) {
        Ok(language) => language?,
        Err(near) => {
            let message = format!("no grammar for `{}`: the block is plain text", info.language);
            let problem = Diagnostic::new(Lint::CodeLanguageUnknown, message).suggest(near);
            let problem = match near {
                Some(_) => problem,
                None => problem.help("write `text` where no colours are meant"),
            };
            context.report(fence, problem);
            return None;
        }
    };
    if code.len() > highlight::MAX_BLOCK {
        let message = format!("{} KB of code: the block is plain text", code.len() >> 10);
        let help = format!("blocks up to {} KB are highlighted", highlight::MAX_BLOCK >> 10);
        context.report(fence, Diagnostic::new(Lint::CodeTooLarge, message).help(help));
        return None;
    }
    if let Some(line) = code.lines().find(|line| line.len() > highlight::MAX_LINE) {
        let message = format!("a line of {} bytes is left without colours", line.len());
        let help = format!("lines up to {} bytes are highlighted", highlight::MAX_LINE);
        context.report(fence, Diagnostic::new(Lint::CodeTooLarge, message).help(help));
    }
    Some(language)
}

fn figure(code: &str, info: &Info, language: Option<Language>, tokens: &[Token]) -> String {
    let mut html = String::with_capacity(code.len() + code.len() / 2 + 128);
    html.push_str("<figure class=\"code\">");
    let name = language.map_or(info.language.as_str(), |language| language.name());
    let caption = info.title.as_deref().unwrap_or(name);
    if !caption.is_empty() {
        html.push_str("<figcaption><span>");
        escape(&mut html, caption);
        html.push_str("</span></figcaption>");
    }
    html.push_str("<pre");
    if info.numbered {
        attribute(&mut html, "class", "numbered");
    }
    html.push_str(" tabindex=\"0\"><code");
    if !info.language.is_empty() {
        attribute(&mut html, "class", &format!("language-{}", info.language.to_lowercase()));
    }
    html.push('>');
    if info.has_lines() {
        push_lines(&mut html, code, info, tokens);
    } else {
        push_tokens(&mut html, code, 0..code.len(), tokens);
    }
    html.push_str("</code></pre></figure>\n");
    html
}

fn push_lines(html: &mut String, code: &str, info: &Info, tokens: &[Token]) {
    let mut at = 0;
    let mut first_token = 0;
    for (index, line) in code.split_inclusive('\n').enumerate() {
        let number = index + 1;
        let text = line.trim_end_matches('\n');
        let mut class = String::from("line");
        if info.highlighted.iter().any(|range| range.contains(&number)) {
            class.push_str(" hl");
        }
        if info.diff {
            class.push_str(match text.as_bytes().first() {
                Some(b'+') => " add",
                Some(b'-') => " del",
                _ => "",
            });
        }
        html.push_str("<span");
        attribute(html, "class", &class);
        if info.numbered {
            attribute(html, "data-n", &info.start.saturating_add(index).to_string());
        }
        html.push('>');
        while tokens.get(first_token).is_some_and(|token| token.range.end <= at) {
            first_token += 1;
        }
        push_tokens(html, code, at..at + text.len(), &tokens[first_token..]);
        html.push_str("</span>");
        html.push_str(&line[text.len()..]);
        at += line.len();
    }
}

/// Prints a part of the code; `tokens` begin at or before it.
fn push_tokens(html: &mut String, code: &str, part: Range<usize>, tokens: &[Token]) {
    let mut at = part.start;
    for token in tokens {
        let range = token.range.start.max(part.start)..token.range.end.min(part.end);
        if token.range.start >= part.end {
            break;
        }
        if range.is_empty() {
            continue;
        }
        escape(html, &code[at..range.start]);
        html.push_str("<span class=\"");
        html.push_str(token.class.name());
        html.push_str("\">");
        escape(html, &code[range.clone()]);
        html.push_str("</span>");
        at = range.end;
    }
    escape(html, &code[at..part.end]);
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
            }
        );
        assert_eq!(Info::parse("rust,ignore").language, "rust");
        assert_eq!(Info::parse("").language, "");
        assert_eq!(Info::parse("rust {=").language, "rust");
    }
}
