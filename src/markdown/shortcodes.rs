//! Shortcodes: `{{< figure src="…" >}}`.
//!
//! A call is masked, byte for byte, by characters that mean nothing to
//! Markdown, so that places in the text stay what they are; the template's HTML
//! takes the mask's place among the events.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::html::{Context, Source, ours};
use super::links::safe_scheme;
use super::parse::{Spanned, parse};
use super::{Dialect, LinkKind, Outline, Targets};
use crate::diag::{Diagnostic, Lint};
use crate::path::nearest;

/// The templates that shortcodes call.
pub trait Shortcodes {
    /// The names that have a template.
    fn names(&self) -> Vec<&str>;

    /// Renders one. `inner` is the HTML between an opening and a closing call.
    ///
    /// # Errors
    /// A problem without a place; it gets that of the call.
    fn render(&self, call: &Call, inner: Option<&str>) -> Result<String, ShortcodeError>;
}

/// What went wrong in a shortcode's template.
pub type ShortcodeError = Box<Diagnostic>;

/// A shortcode as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// Its arguments: named, or numbered from `0`.
    pub arguments: Vec<(String, String)>,
    /// The Markdown between opening and closing call.
    inner: Option<Range<usize>>,
    pub(super) range: Range<usize>,
    /// `{{</* name */>}}`: shown, not called.
    literal: bool,
}

impl Call {
    /// The arguments that name a file or a page: place in the list, and use.
    pub(super) fn links(&self) -> impl Iterator<Item = (usize, LinkKind)> {
        let named = |(index, (name, _)): (usize, &(String, String))| match name.as_str() {
            "src" | "poster" => Some((index, LinkKind::Image)),
            "link" | "href" => Some((index, LinkKind::Link)),
            _ => None,
        };
        self.arguments.iter().enumerate().filter_map(named)
    }

    /// The same call, its links leading where they should; a picture that is
    /// measured says its size. A link that is not safe is emptied.
    fn with_targets(&self, targets: &dyn Targets) -> Self {
        let mut call = self.clone();
        for (index, kind) in self.links() {
            let (name, value) = &self.arguments[index];
            if !safe_scheme(value) {
                call.arguments[index].1 = String::new();
            } else if kind == LinkKind::Link {
                call.arguments[index].1 = targets.link(value);
            } else {
                let image = targets.image(value);
                call.arguments[index].1 = image.url;
                let sized =
                    self.arguments.iter().any(|(name, _)| name == "width" || name == "height");
                if let Some((width, height)) = image.size.filter(|_| name == "src" && !sized) {
                    call.arguments.push(("width".into(), width.to_string()));
                    call.arguments.push(("height".into(), height.to_string()));
                }
            }
        }
        call
    }
}

/// A body whose calls are masked.
pub(super) struct Masked<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) calls: Vec<Call>,
    mask: char,
}

const OPEN: &str = "{{<";
const CLOSE: &str = ">}}";
/// Three bytes each, meaning nothing to Markdown or to a reader.
const MASKS: [char; 4] = ['\u{e000}', '\u{e001}', '\u{f8ff}', '\u{f8fe}'];

/// Masks the calls of a body; one in code is text.
pub(super) fn mask<'a>(body: &'a str, dialect: &Dialect) -> Masked<'a> {
    let none = Masked { text: Cow::Borrowed(body), calls: Vec::new(), mask: MASKS[0] };
    if matches!(dialect, Dialect::CommonMark) || !body.contains(OPEN) {
        return none;
    }
    let Some(mask) = MASKS.into_iter().find(|mask| !body.contains(*mask)) else { return none };
    let calls = find_calls(body, &code_ranges(body, dialect));
    let mut text = body.to_owned();
    for call in &calls {
        let mut filler = mask.to_string();
        filler.extend(std::iter::repeat_n('x', call.range.len() - mask.len_utf8()));
        text.replace_range(call.range.clone(), &filler);
    }
    Masked { text: Cow::Owned(text), calls, mask }
}

fn code_ranges(body: &str, dialect: &Dialect) -> Vec<Range<usize>> {
    let code = |(event, span): Spanned<'_>| {
        let code = matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
        code.then_some(span)
    };
    parse(body, dialect).into_iter().filter_map(code).collect()
}

fn find_calls(body: &str, code: &[Range<usize>]) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    let mut at = 0;
    while let Some(found) = body[at..].find(OPEN) {
        let start = at + found;
        if let Some(range) = code.iter().find(|range| range.contains(&start)) {
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

/// Renders the calls into the places of their masks.
pub(super) fn apply<'a>(
    events: Vec<Spanned<'a>>,
    masked: &Masked<'_>,
    templates: &dyn Shortcodes,
    dialect: &Dialect,
    context: &mut Context<'_>,
) -> Vec<Spanned<'a>> {
    if masked.calls.is_empty() {
        return events;
    }
    let mut calls = masked.calls.iter();
    let mut out: Vec<Spanned<'a>> = Vec::with_capacity(events.len());
    for (event, span) in events {
        match event {
            Event::Text(text) if text.contains(masked.mask) => {
                insert(&mut out, &text, span, masked.mask, |out, span| {
                    let call = calls.next()?;
                    render(out, call, span, templates, dialect, context);
                    Some(call.range.len())
                });
            }
            Event::End(TagEnd::Paragraph) => {
                if !unwrap_calls(&mut out) {
                    out.push((event, span));
                }
            }
            event => out.push((event, span)),
        }
    }
    out
}

/// Calls alone in a paragraph stand for blocks: the paragraph goes.
fn unwrap_calls(out: &mut Vec<Spanned<'_>>) -> bool {
    let blank = |event: &Event<'_>| match event {
        Event::Text(text) => text.trim().is_empty(),
        event => matches!(event, Event::SoftBreak),
    };
    let mut has_call = false;
    let start = out.iter().rposition(|(event, _)| {
        has_call |= matches!(event, Event::Html(_));
        !blank(event) && !matches!(event, Event::Html(_))
    });
    let Some(start) = start else { return false };
    if !has_call || !matches!(out[start].0, Event::Start(Tag::Paragraph)) {
        return false;
    }
    let calls = out.split_off(start).into_iter();
    out.extend(calls.filter(|(event, _)| matches!(event, Event::Html(_))));
    true
}

/// Splits a text at its masks; `call` fills the place and says how long it was.
fn insert<'a>(
    out: &mut Vec<Spanned<'a>>,
    text: &str,
    span: Range<usize>,
    mask: char,
    mut call: impl FnMut(&mut Vec<Spanned<'a>>, Range<usize>) -> Option<usize>,
) {
    let mut rest = text;
    while let Some(at) = rest.find(mask) {
        if at > 0 {
            out.push((Event::Text(CowStr::from(rest[..at].to_owned())), span.clone()));
        }
        let length = call(out, span.clone()).unwrap_or(mask.len_utf8());
        rest = rest.get(at + length..).unwrap_or_default();
    }
    if !rest.is_empty() {
        out.push((Event::Text(CowStr::from(rest.to_owned())), span));
    }
}

fn render<'a>(
    out: &mut Vec<Spanned<'a>>,
    call: &Call,
    span: Range<usize>,
    templates: &dyn Shortcodes,
    dialect: &Dialect,
    context: &mut Context<'_>,
) {
    let source = context.source;
    let as_written = source.body[call.range.clone()].to_owned();
    if call.literal {
        out.push((Event::Text(format!("{OPEN} {} {CLOSE}", call.name).into()), span));
        return;
    }
    if !templates.names().contains(&call.name.as_str()) {
        let near = nearest(&call.name, templates.names());
        let problem = Diagnostic::new(
            Lint::ShortcodeUnknown,
            format!("no shortcode is called `{}`", call.name),
        );
        let problem = match near {
            Some(_) => problem.suggest(near),
            None => problem.help(format!("add `templates/shortcodes/{}.html`", call.name)),
        };
        context.report(&call.range, problem);
        out.push((Event::Text(as_written.into()), span));
        return;
    }
    let inner = call.inner.as_ref().map(|range| {
        let outline = Outline::default();
        let fragment = Source {
            body: &source.body[range.clone()],
            offset: source.offset + range.start,
            outline: &outline,
            ..source
        };
        let html = super::html(fragment, dialect, context.targets, templates);
        html.unpack(&mut context.problems)
    });
    let call = call.with_targets(context.targets);
    match templates.render(&call, inner.as_deref()) {
        // `Html`, not the `InlineHtml` of the other passes: `unwrap_calls` asks.
        Ok(html) => out.push((Event::Html(html.into()), span)),
        Err(problem) => {
            context.report(&call.range, *problem);
            out.push((ours(""), span));
        }
    }
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

    #[test]
    fn a_mask_keeps_every_place() {
        let config = crate::config::MarkdownConfig::default();
        let body = "a {{< b >}} `{{< c >}}` {{< d >}}in{{< /d >}} é";
        let masked = mask(body, &Dialect::Versus(config));
        assert_eq!(masked.text.len(), body.len());
        assert_eq!(masked.calls.len(), 2);
        assert!(masked.text.contains("`{{< c >}}`"));
        assert!(masked.text.ends_with(" é"));
    }
}
