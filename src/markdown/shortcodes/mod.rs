//! Shortcodes: `{{< figure src="…" >}}`.
//!
//! A call is masked, byte for byte, by characters that mean nothing to
//! Markdown, so that places in the text stay what they are; the template's HTML
//! takes the mask's place among the events.

mod call;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::html::{Context, Setting, Source, html_at, ours};
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

/// How deep pairs may nest: each level is rendered again for those above it.
pub(super) const MAX_DEPTH: usize = 8;

/// A body whose calls are masked.
pub(super) struct Masked<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) calls: Vec<Call>,
    mask: char,
}

/// Three bytes each, meaning nothing to Markdown or to a reader.
const MASKS: [char; 4] = ['\u{e000}', '\u{e001}', '\u{f8ff}', '\u{f8fe}'];

/// Masks the calls of a body; one in code or in raw HTML is text.
pub(super) fn mask<'a>(body: &'a str, dialect: &Dialect) -> Masked<'a> {
    let none = Masked { text: Cow::Borrowed(body), calls: Vec::new(), mask: MASKS[0] };
    if matches!(dialect, Dialect::CommonMark) || !body.contains(OPEN) {
        return none;
    }
    let Some(mask) = MASKS.into_iter().find(|mask| !body.contains(*mask)) else { return none };
    let calls = call::find(body, &literal_ranges(body, dialect));
    let mut text = body.to_owned();
    for (index, call) in calls.iter().enumerate() {
        text.replace_range(call.range.clone(), &filler(mask, index, call.range.len()));
    }
    Masked { text: Cow::Owned(text), calls, mask }
}

/// The shortest call, `{{<a>}}`, has room for a mask and this many letters.
const LETTERS: u32 = 4;

/// A mask, the call's number in letters, and `x` up to the call's length.
fn filler(mask: char, index: usize, length: usize) -> String {
    let mut filler = mask.to_string();
    for place in (0..LETTERS).rev() {
        let digit = index / 26usize.pow(place) % 26;
        filler.push(char::from(b'a' + digit as u8));
    }
    filler.extend(std::iter::repeat_n('x', length.saturating_sub(filler.len())));
    filler
}

/// A piece of a text with masks.
enum Piece<'t> {
    Text(&'t str),
    Call(&'t Call),
}

impl Masked<'_> {
    /// Splits a text at its masks.
    fn pieces<'t>(&'t self, text: &'t str) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(self.mask) {
            if at > 0 {
                pieces.push(Piece::Text(&rest[..at]));
            }
            let letters = rest[at + self.mask.len_utf8()..].bytes().take(LETTERS as usize);
            let index = letters.fold(0, |n, b| n * 26 + usize::from(b.wrapping_sub(b'a')));
            let call = self.calls.get(index);
            let length = call.map_or(self.mask.len_utf8(), |call| call.range.len());
            pieces.extend(call.map(Piece::Call));
            rest = rest.get(at + length..).unwrap_or_default();
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest));
        }
        pieces
    }

    /// The text as it was written.
    fn restore(&self, text: &str, body: &str) -> String {
        let mut whole = String::new();
        for piece in self.pieces(text) {
            whole.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Call(call) => &body[call.range.clone()],
            });
        }
        whole
    }

    /// Puts back what was written where no template can print: in destinations.
    fn restore_destination<'a>(&self, event: Event<'a>, body: &str) -> Event<'a> {
        let fix = |url: CowStr<'a>| match url.contains(self.mask) {
            true => CowStr::from(self.restore(&url, body)),
            false => url,
        };
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let (dest_url, title) = (fix(dest_url), fix(title));
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let (dest_url, title) = (fix(dest_url), fix(title));
                Event::Start(Tag::Image { link_type, dest_url, title, id })
            }
            event => event,
        }
    }

    /// The events without the calls: what the first pass reads.
    pub(super) fn without_calls<'a>(
        &self,
        events: Vec<Spanned<'a>>,
        body: &str,
    ) -> Vec<Spanned<'a>> {
        if self.calls.is_empty() {
            return events;
        }
        fn text<'t>(piece: Piece<'t>) -> Option<&'t str> {
            match piece {
                Piece::Text(text) => Some(text),
                Piece::Call(_) => None,
            }
        }
        let plain = |(event, span): Spanned<'a>| match event {
            Event::Text(masked) if masked.contains(self.mask) => {
                let kept: String = self.pieces(&masked).into_iter().filter_map(text).collect();
                (Event::Text(kept.into()), span)
            }
            event => (self.restore_destination(event, body), span),
        };
        events.into_iter().map(plain).collect()
    }
}

fn literal_ranges(body: &str, dialect: &Dialect) -> Vec<Range<usize>> {
    let literal = |(event, span): Spanned<'_>| {
        let literal = matches!(
            event,
            Event::Code(_)
                | Event::InlineHtml(_)
                | Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
        );
        literal.then_some(span)
    };
    parse(body, dialect).into_iter().filter_map(literal).collect()
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
    let body = context.source.body;
    let mut out: Vec<Spanned<'a>> = Vec::with_capacity(events.len());
    for (event, span) in events {
        match event {
            Event::Text(text) if text.contains(masked.mask) => {
                for piece in masked.pieces(&text) {
                    match piece {
                        Piece::Text(text) => {
                            out.push((Event::Text(text.to_owned().into()), span.clone()));
                        }
                        Piece::Call(call) => {
                            render(&mut out, call, span.clone(), templates, dialect, context);
                        }
                    }
                }
            }
            Event::End(TagEnd::Paragraph) => {
                if !unwrap_calls(&mut out) {
                    out.push((event, span));
                }
            }
            event => out.push((masked.restore_destination(event, body), span)),
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
    if call.inner.is_some() && context.depth >= MAX_DEPTH {
        let message = format!("shortcodes nest more than {MAX_DEPTH} deep");
        context.report(&call.range, Diagnostic::new(Lint::TemplateError, message));
        return;
    }
    let depth = context.depth + 1;
    let inner = call.inner.as_ref().map(|range| {
        let outline = Outline::default();
        let fragment = Source {
            body: &source.body[range.clone()],
            offset: source.offset + range.start,
            outline: &outline,
            setting: Setting { blocks: &[], is_first: false, ..source.setting },
            ..source
        };
        let html = html_at(fragment, dialect, context.targets, templates, depth);
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
