//! Shortcodes: `{{< figure src="…" >}}`.
//!
//! A call is masked, byte for byte, by characters that mean nothing to
//! Markdown, so that places in the text stay what they are; the template's HTML
//! takes the mask's place among the events.

mod call;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::html::{Context, Source, ours};
use super::parse::{Spanned, parse};
use super::{Dialect, Outline};
use crate::diag::{Diagnostic, Lint};
use crate::path::nearest;

pub use self::call::Call;
use self::call::{CLOSE, OPEN};

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

/// A body whose calls are masked.
pub(super) struct Masked<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) calls: Vec<Call>,
    mask: char,
}

/// Three bytes each, meaning nothing to Markdown or to a reader.
const MASKS: [char; 4] = ['\u{e000}', '\u{e001}', '\u{f8ff}', '\u{f8fe}'];

/// Masks the calls of a body; one in code is text.
pub(super) fn mask<'a>(body: &'a str, dialect: &Dialect) -> Masked<'a> {
    let none = Masked { text: Cow::Borrowed(body), calls: Vec::new(), mask: MASKS[0] };
    if matches!(dialect, Dialect::CommonMark) || !body.contains(OPEN) {
        return none;
    }
    let Some(mask) = MASKS.into_iter().find(|mask| !body.contains(*mask)) else { return none };
    let calls = call::find(body, &code_ranges(body, dialect));
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
