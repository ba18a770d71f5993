//! Code blocks as figures.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::highlight::{self, Highlighted, Token};
use super::html::{Context, ours};
use super::info::Info;
use super::languages::{self, Language, Word};
use super::pairs::Captions;
use super::parse::Spanned;
use super::text::{attribute, escape, push_plain};
use crate::diag::{Diagnostic, Lint};

/// Renders every code block; one of a pair has a label in its caption.
pub(super) fn apply<'a>(
    events: Vec<Spanned<'a>>,
    mut captions: Captions<'a>,
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
        let fence = opening_line(&span, context);
        let (info, language) = match &kind {
            CodeBlockKind::Fenced(info) => {
                let info = Info::parse(info);
                let language = language(&info, &code, &fence, context);
                (info, language)
            }
            CodeBlockKind::Indented => (Info::default(), None),
        };
        let tokens = match language {
            Some(language) if highlighted => colours(&code, language, &fence, context),
            _ => Vec::new(),
        };
        let label = captions.remove(&span.start);
        let ink = label.as_deref().and_then(|label| ink(label, context.source.setting.inks));
        let ink = ink.map(|ink| format!(" i{ink}")).unwrap_or_default();
        out.push((ours(format!("<figure class=\"code{ink}\">")), span.clone()));
        push_caption(&mut out, label, &info, language, &span);
        out.push((ours(block(&code, &info, &tokens)), span));
    }
    out
}

/// The ink of the subject that a label begins with.
fn ink(label: &[Spanned<'_>], inks: &[(String, usize)]) -> Option<usize> {
    let mut text = String::new();
    label.iter().for_each(|(event, _)| push_plain(&mut text, event));
    let text = text.trim_start().to_lowercase();
    let begins = |name: &str| {
        let rest = text.strip_prefix(&name.to_lowercase());
        rest.is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_alphanumeric() || "+#".contains(c))
        })
    };
    inks.iter().find(|(name, _)| begins(name)).map(|(_, ink)| *ink)
}

fn colours(
    code: &str,
    language: Language,
    fence: &Range<usize>,
    context: &mut Context<'_>,
) -> Vec<Token> {
    let Highlighted { tokens, given_up } = match context.source.setting.colours {
        Some(colours) => colours.of(code, language),
        None => highlight::highlight(code, language),
    };
    if let Some(line) = given_up {
        let message =
            format!("the grammar takes too long for line {}: the rest is plain text", line + 1);
        let help = "write the block in parts, or as `text`";
        context.report(fence, Diagnostic::new(Lint::CodeTooLarge, message).help(help));
    }
    tokens
}

/// Where a problem with a fence is shown.
pub(super) fn opening_line(span: &Range<usize>, context: &Context<'_>) -> Range<usize> {
    let code = &context.source.body[span.clone()];
    span.start..code.find('\n').map_or(span.end, |at| span.start + at)
}

fn language(
    info: &Info,
    code: &str,
    fence: &Range<usize>,
    context: &mut Context<'_>,
) -> Option<Language> {
    if info.language.is_empty() {
        let problem = Diagnostic::new(Lint::CodeNoLanguage, "a fence without a language");
        context.report(fence, problem.help("write its language behind the fence, or `text`"));
        return None;
    }
    let language = match languages::word(&info.language) {
        Word::Language(language) => language,
        Word::Plain => return None,
        Word::Unknown => {
            let near = languages::nearest_word(&info.language);
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
    if code.len() > highlight::MAX_LINE
        && let Some(line) = code.lines().find(|line| line.len() > highlight::MAX_LINE)
    {
        let message = format!("a line of {} bytes is left without colours", line.len());
        let help = format!("lines up to {} bytes are highlighted", highlight::MAX_LINE);
        context.report(fence, Diagnostic::new(Lint::CodeTooLarge, message).help(help));
    }
    Some(language)
}

/// The label and the title; without a label, the title or the language.
fn push_caption<'a>(
    out: &mut Vec<Spanned<'a>>,
    label: Option<Vec<Spanned<'a>>>,
    info: &Info,
    language: Option<Language>,
    span: &Range<usize>,
) {
    let name = language.map_or(info.language.as_str(), |language| language.name());
    let fallback = if label.is_some() { "" } else { name };
    let title = info.title.as_deref().unwrap_or(fallback);
    let label = label.unwrap_or_default();
    if label.is_empty() && title.is_empty() {
        return;
    }
    let mut html = String::new();
    if !title.is_empty() {
        html.push_str(if label.is_empty() { "<span>" } else { " <span>" });
        escape(&mut html, title);
        html.push_str("</span>");
    }
    html.push_str("</figcaption>");
    out.push((ours("<figcaption>"), span.clone()));
    out.extend(label);
    out.push((ours(html), span.clone()));
}

fn block(code: &str, info: &Info, tokens: &[Token]) -> String {
    let mut html = String::with_capacity(code.len() + code.len() / 2 + 128);
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
