//! What labels a block of code: a line that begins with bold text, or a heading
//! that begins with a name.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::html::ours;
use super::languages::{self, Word};
use super::parse::Spanned;
use super::text::{escape, push_plain, words};

/// A line of more words is prose.
const MAX_WORDS: usize = 10;

const COLONS: [char; 2] = [':', '：'];

const SENTENCE_ENDS: [char; 6] = ['.', '!', '?', ';', '…', '。'];

/// What languages are called, folded once for all labels, by their first letters.
static LANGUAGES: LazyLock<BTreeMap<Option<char>, Vec<String>>> = LazyLock::new(|| {
    let mut names = BTreeMap::<_, Vec<String>>::new();
    for name in languages::names().map(folded) {
        names.entry(name.chars().next()).or_default().push(name);
    }
    names
});

/// How a block of code is labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// Not at all.
    None,
    /// By a line that begins with bold text.
    Line,
    /// By a heading.
    Heading(HeadingLevel),
}

impl Label {
    /// The label that begins with an event, and the index behind it.
    pub(super) fn read(events: &[Spanned<'_>], start: usize, body: &str) -> Option<(Self, usize)> {
        match &events.get(start)?.0 {
            Event::Start(Tag::CodeBlock(_)) => Some((Self::None, start)),
            Event::Start(Tag::Heading { level, .. }) => {
                let line = line(&events[start + 1..], body);
                Some((Self::Heading(*level), start + line.len() + 2))
            }
            Event::Start(Tag::Paragraph) if begins_bold(&events[start + 1..]) => {
                let line = line(&events[start + 1..], body);
                is_label(line).then_some((Self::Line, start + line.len() + 2))
            }
            Event::Start(Tag::Strong) if begins_tight_paragraph(&events[..start]) => {
                let line = line(&events[start..], body);
                is_label(line).then_some((Self::Line, start + line.len()))
            }
            _ => None,
        }
    }

    /// Whether it labels a block in a language: a heading has to begin with a
    /// name, that of a subject or of a language.
    pub(super) fn fits(self, label: &[Spanned<'_>], word: &str, subjects: &[String]) -> bool {
        if !matches!(self, Self::Heading(_)) {
            return true;
        }
        let text = plain(label);
        let text = text.trim();
        let letters = folded(text);
        let languages = LANGUAGES.get(&letters.chars().next());
        begins_with(&letters, &folded(word))
            || subjects.iter().any(|name| begins_with(&letters, &folded(name)))
            || languages.into_iter().flatten().any(|name| begins_with(&letters, name))
            || begins_with_other_name(text, word)
    }

    /// The label as a caption begins with it; `name` stands for none.
    pub(super) fn caption<'a>(
        self,
        mut label: Vec<Spanned<'a>>,
        name: &str,
        span: &Range<usize>,
    ) -> Vec<Spanned<'a>> {
        match self {
            Self::Heading(_) => label,
            Self::None if name.is_empty() => Vec::new(),
            Self::None => {
                let mut html = String::from("<span>");
                escape(&mut html, name);
                html.push_str("</span>");
                vec![(ours(html), span.clone())]
            }
            Self::Line => {
                let is_paragraph = |event: &Event<'_>| {
                    matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
                };
                label.retain(|(event, _)| !is_paragraph(event));
                drop_colon(&mut label);
                label.insert(0, (ours("<span>"), span.clone()));
                label.push((ours("</span>"), span.clone()));
                label
            }
        }
    }
}

/// The inline events at the beginning, as far as they stand in one line.
fn line<'e, 'a>(events: &'e [Spanned<'a>], body: &str) -> &'e [Spanned<'a>] {
    let Some((_, first)) = events.first() else { return events };
    let end = body[first.start..].find('\n').map_or(body.len(), |at| first.start + at);
    let length = events.iter().take_while(|(event, span)| span.start < end && is_inline(event));
    &events[..length.count()]
}

/// A shortcode, which is `Html`, may be a block.
fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline_end(&tag.to_end()),
        Event::End(end) => is_inline_end(end),
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_) => true,
        _ => false,
    }
}

fn is_inline_end(end: &TagEnd) -> bool {
    matches!(end, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link)
}

/// The items of a tight list hold their text without a paragraph's tags.
fn begins_tight_paragraph(before: &[Spanned<'_>]) -> bool {
    matches!(
        before.last(),
        Some((
            Event::Start(Tag::Item | Tag::DefinitionListDefinition) | Event::End(TagEnd::CodeBlock),
            _
        ))
    )
}

/// Whether a line begins with bold text and goes on, if it does, with a remark:
/// in brackets or behind a colon, comma or dash. A sentence is no label.
fn is_label(line: &[Spanned<'_>]) -> bool {
    if !begins_bold(line) {
        return false;
    }
    let is_end = |(event, _): &Spanned<'_>| matches!(event, Event::End(TagEnd::Strong));
    let Some(end) = line.iter().position(is_end) else { return false };
    let (bold, rest) = (plain(&line[..end]), &line[end + 1..]);
    let whole = plain(line);
    let whole = whole.trim_end().trim_end_matches(COLONS);
    (1..=MAX_WORDS).contains(&words(whole))
        && !whole.ends_with(SENTENCE_ENDS)
        && !whole.ends_with(',')
        && (bold.trim_end().ends_with(COLONS) || is_remark(rest))
}

fn begins_bold(line: &[Spanned<'_>]) -> bool {
    let begins = |(event, _): &&Spanned<'_>| {
        !matches!(event, Event::Start(Tag::Emphasis | Tag::Link { .. }) | Event::InlineHtml(_))
    };
    matches!(line.iter().find(begins), Some((Event::Start(Tag::Strong), _)))
}

/// Whether nothing follows, or what follows does not go on with a word.
fn is_remark(rest: &[Spanned<'_>]) -> bool {
    for (event, _) in rest {
        match event {
            Event::End(_) => {}
            Event::Text(text) => {
                if let Some(c) = text.trim_start().chars().next() {
                    return !c.is_alphabetic() && !SENTENCE_ENDS.contains(&c);
                }
            }
            _ => return true,
        }
    }
    true
}

/// Takes the colon off the last text.
fn drop_colon(label: &mut [Spanned<'_>]) {
    let texts = label.iter_mut().rev().map(|(event, _)| event);
    let mut texts = texts.skip_while(|event| matches!(event, Event::End(_) | Event::InlineHtml(_)));
    if let Some(Event::Text(text)) = texts.next() {
        *text = CowStr::from(text.trim_end().trim_end_matches(COLONS).to_owned());
    }
}

/// A text in which case does not count.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Whether a text begins with a name, not with a word that the name begins;
/// both folded.
fn begins_with(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name).filter(|_| !name.is_empty());
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Whether the first word is another name of a fence's language: `JS` for `javascript`.
fn begins_with_other_name(text: &str, word: &str) -> bool {
    let end = text.find(|c: char| c.is_whitespace() || ":,(/–—’'".contains(c));
    let first = &text[..end.unwrap_or(text.len())];
    match (languages::word(first), languages::word(word)) {
        (Word::Language(a), Word::Language(b)) => a == b,
        _ => false,
    }
}

fn plain(events: &[Spanned<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        push_plain(&mut text, event);
    }
    text
}
