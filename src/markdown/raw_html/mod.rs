//! Raw HTML in Markdown: sanitised, allowed or shown as text.
//!
//! Opening and closing tags reach us as separate fragments with Markdown
//! between them, which is why this works on tags and not, as a DOM cleaner
//! would, on a fragment at a time: `<details>` would be closed at once. The
//! fragments are read by a WHATWG tokenizer and written anew from its tokens,
//! so a browser finds the same tokens; elements whose content has rules of its
//! own (`script`, `style`, `svg`, `textarea` …) are not on the list.

mod allowed;

use std::collections::BTreeSet;
use std::ops::Range;

use html5gum::{DefaultEmitter, Token, Tokenizer};
use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::{Context, ours};
use super::outline::MORE;
use super::parse::Spanned;
use super::text::{attribute, escape};
use super::{Targets, markers};
use crate::config::HtmlPolicy;
use crate::diag::{Diagnostic, Lint};
use crate::path::safe_scheme;

/// Applies the policy to every fragment of raw HTML.
pub(super) fn apply<'a>(
    events: Vec<Spanned<'a>>,
    policy: HtmlPolicy,
    context: &mut Context<'_>,
) -> Vec<Spanned<'a>> {
    let is_html = |(event, _): &Spanned<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    if !events.iter().any(is_html) {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut sanitizer = Sanitizer::default();
    let mut events = events.into_iter();
    while let Some((event, span)) = events.next() {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                let html = markers::html_block(&mut events);
                out.push(match markers::name(&html) {
                    Some(name) => (ours(sanitizer.block(name, context)), span),
                    None => fragment(&html, span, policy, &mut sanitizer, context),
                });
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                out.push(fragment(&html, span, policy, &mut sanitizer, context));
            }
            event => {
                if is_container(&event) {
                    sanitizer.depth += 1;
                } else if let Event::End(end) = &event
                    && is_container_end(end)
                {
                    let closing = sanitizer.leave();
                    if !closing.is_empty() {
                        out.push((ours(closing), span.clone()));
                    }
                }
                out.push((event, span));
            }
        }
    }
    let closing = sanitizer.close_down_to(0);
    out.push((ours(closing), 0..0));
    out
}

/// Whether tags opened inside may not stay open outside.
fn is_container(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(tag) if is_container_end(&tag.to_end()))
}

fn is_container_end(end: &TagEnd) -> bool {
    !matches!(end, TagEnd::HtmlBlock | TagEnd::MetadataBlock(_))
}

fn fragment<'a>(
    html: &str,
    span: Range<usize>,
    policy: HtmlPolicy,
    sanitizer: &mut Sanitizer,
    context: &mut Context<'_>,
) -> Spanned<'a> {
    if html.trim() == MORE {
        return (ours(""), span);
    }
    let event = match policy {
        HtmlPolicy::Allow => ours(html.to_owned()),
        HtmlPolicy::Escape => Event::Text(html.to_owned().into()),
        HtmlPolicy::Sanitize => {
            let mut removed = Vec::new();
            let clean = sanitizer.clean(html, context.targets, &mut removed);
            for (what, range) in removed {
                let problem = Diagnostic::new(Lint::HtmlRemoved, format!("{what} was left out"))
                    .help("use Markdown, or set `markdown: { html: allow }` if you trust every author");
                // A block's lines may lack the indent that its span has.
                let at = span.start + range.start;
                let range = at.min(span.end)..(span.start + range.end).min(span.end);
                context.report(&range, problem);
            }
            ours(clean)
        }
    };
    (event, span)
}

/// Elements nest no deeper than browsers let them.
const MAX_OPEN: usize = 512;

/// What is open, so that a stray end tag can't close an element of the theme.
#[derive(Default)]
struct Sanitizer {
    /// Name, and how many Markdown containers were open when it was opened.
    open: Vec<(String, usize)>,
    depth: usize,
    /// The blocks that took the place of a marker: each stands once.
    printed: BTreeSet<&'static str>,
}

type Removed = Vec<(String, Range<usize>)>;

impl Sanitizer {
    /// The block that a marker names, the first time.
    fn block(&mut self, name: &str, context: &Context<'_>) -> String {
        let mut blocks = context.source.setting.blocks.iter();
        let block = blocks.find(|(block, _)| *block == name && self.printed.insert(*block));
        block.map_or_else(String::new, |(_, html)| html.clone())
    }

    fn clean(&mut self, html: &str, targets: &dyn Targets, removed: &mut Removed) -> String {
        let mut out = String::with_capacity(html.len());
        let lower = html.to_ascii_lowercase();
        // The element whose content is left out with it, such as `script`.
        let mut skipping: Option<String> = None;
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name);
                    if skipping.as_deref() == Some(&*name) {
                        skipping = None;
                    } else if skipping.is_none() {
                        self.close(&name, &mut out);
                    }
                }
                _ if skipping.is_some() => {}
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if allowed::element(&name) && self.open.len() < MAX_OPEN {
                        self.open_tag(&name, &tag, targets, &mut out, removed);
                    } else {
                        removed.push((format!("`<{name}>`"), tag.span.start..tag.span.end));
                        if allowed::is_opaque(&name) && lower.contains(&format!("</{name}")) {
                            skipping = Some(name);
                        }
                    }
                }
                Token::String(text) => escape(&mut out, &String::from_utf8_lossy(&text.value)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        out
    }

    fn open_tag(
        &mut self,
        name: &str,
        tag: &html5gum::StartTag<usize>,
        targets: &dyn Targets,
        out: &mut String,
        removed: &mut Removed,
    ) {
        out.push('<');
        out.push_str(name);
        for (key, value) in &tag.attributes {
            let key = String::from_utf8_lossy(key);
            let value_text = String::from_utf8_lossy(&value.value);
            let safe_url = !allowed::is_url(&key) || safe_scheme(&value_text);
            if !allowed::attribute(name, &key) || !safe_url {
                removed.push((format!("the attribute `{key}`"), value.span.start..value.span.end));
                continue;
            }
            match (name, &*key) {
                (_, "href" | "src" | "poster") => attribute(out, &key, &targets.link(&value_text)),
                _ => attribute(out, &key, &value_text),
            }
        }
        out.push('>');
        if !allowed::is_void(name) {
            self.open.push((name.to_owned(), self.depth));
        }
    }

    /// Closes an element opened at this depth, and what is open inside it.
    fn close(&mut self, name: &str, out: &mut String) {
        let here = |(open, depth): &(String, usize)| open == name && *depth == self.depth;
        if let Some(at) = self.open.iter().rposition(here) {
            out.push_str(&self.close_down_to(at));
        }
    }

    fn leave(&mut self) -> String {
        let keep = self.open.iter().position(|(_, depth)| *depth >= self.depth);
        self.depth = self.depth.saturating_sub(1);
        keep.map(|at| self.close_down_to(at)).unwrap_or_default()
    }

    fn close_down_to(&mut self, at: usize) -> String {
        self.open.drain(at..).rev().map(|(name, _)| format!("</{name}>")).collect()
    }
}
