//! Code pairs: one task in several languages, as one block.
//!
//! Fences with nothing between them but their labels are a pair if each has a
//! label and a language of its own, or if all name one task: `pair="HTTP server"`.

use std::collections::BTreeMap;
use std::iter;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::code::opening_line;
use super::html::{Context, ours};
use super::info::{Info, Pairing};
use super::labels::Label;
use super::languages::{self, Word};
use super::parse::Spanned;
use super::text::attribute;
use crate::diag::{Diagnostic, Lint};

/// What the captions of paired blocks begin with, by the byte of the body at
/// which the fence begins.
pub(super) type Captions<'a> = BTreeMap<usize, Vec<Spanned<'a>>>;

/// Puts an element around every pair, and takes the labels out of the text.
pub(super) fn apply<'a>(
    events: Vec<Spanned<'a>>,
    context: &mut Context<'_>,
) -> (Vec<Spanned<'a>>, Captions<'a>) {
    let pairs = find(&events, context);
    let mut captions = Captions::new();
    if pairs.is_empty() {
        return (events, captions);
    }
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    let mut at = 0;
    for pair in &pairs {
        out.extend(events.by_ref().take(pair.first.start - at));
        out.push((ours(pair.start_tag()), pair.first.span.clone()));
        for panel in pair.panels() {
            let label = events.by_ref().take(panel.fence - panel.start).collect();
            let caption = panel.label.caption(label, panel.name(), &panel.span);
            captions.insert(panel.span.start, caption);
            out.extend(events.by_ref().take(panel.end - panel.fence));
        }
        out.push((ours("</div>\n"), pair.last().span.clone()));
        at = pair.last().end;
    }
    out.extend(events);
    (out, captions)
}

fn find(events: &[Spanned<'_>], context: &mut Context<'_>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    // The language of the last note, so that a row of commands gets one.
    let mut told = None;
    let mut index = 0;
    while index < events.len() {
        let Some(first) = Panel::read(events, index, context) else {
            index += 1;
            continue;
        };
        let mut pair = Pair { first, others: Vec::new() };
        let next = loop {
            index = pair.last().end;
            match Panel::read(events, index, context) {
                Some(panel) if pair.takes(&panel) => pair.others.push(panel),
                next => break next,
            }
        };
        let same = next.filter(|next| next.repeats(pair.last()));
        if let Some(next) = same.as_ref().filter(|next| next.language != told) {
            context.report(&opening_line(&next.span, context), next.same_language());
        }
        told = same.and_then(|next| next.language);
        match &pair.first.info.pair {
            _ if !pair.others.is_empty() => pairs.push(pair.settled()),
            Pairing::Task(task) => {
                let fence = opening_line(&pair.first.span, context);
                context.report(&fence, alone(task));
            }
            _ => {}
        }
    }
    pairs
}

fn alone(task: &str) -> Diagnostic {
    let message = format!("no fence beside this one has the pair `{task}`");
    let help = "name it on the fence before or behind, with nothing between them but a label";
    Diagnostic::new(Lint::PairAlone, message).help(help)
}

/// Blocks in a row that do one task.
struct Pair {
    first: Panel,
    others: Vec<Panel>,
}

impl Pair {
    fn panels(&self) -> impl Iterator<Item = &Panel> {
        iter::once(&self.first).chain(&self.others)
    }

    fn last(&self) -> &Panel {
        self.others.last().unwrap_or(&self.first)
    }

    /// Whether the panel behind the last one belongs to the pair.
    fn takes(&self, next: &Panel) -> bool {
        match (&self.first.info.pair, &next.info.pair) {
            (Pairing::Task(task), Pairing::Task(other)) => task == other,
            (Pairing::ByLabel, Pairing::ByLabel) => {
                next.label == self.first.label
                    && self.panels().all(|panel| panel.language != next.language)
            }
            _ => false,
        }
    }

    /// A label before the first block of a task whose others have none is a
    /// title for all of them, and stays in the text.
    fn settled(mut self) -> Self {
        if self.others.iter().any(|panel| panel.label == Label::None) {
            self.first.label = Label::None;
            self.first.start = self.first.fence;
        }
        self
    }

    fn start_tag(&self) -> String {
        let mut tag = String::from("<div class=\"pair\"");
        if let Pairing::Task(task) = &self.first.info.pair {
            tag.push_str(" role=\"group\"");
            attribute(&mut tag, "aria-label", task);
        }
        tag.push_str(">\n");
        tag
    }
}

/// A fence that may be one of a pair. Its label is the events from `start` to
/// `fence`, its code those from `fence` to `end`.
struct Panel {
    start: usize,
    fence: usize,
    end: usize,
    label: Label,
    info: Info,
    /// What readers call the language; plain text is none.
    language: Option<String>,
    /// The code's bytes of the body.
    span: Range<usize>,
}

impl Panel {
    /// The panel that begins with an event.
    fn read(events: &[Spanned<'_>], start: usize, context: &Context<'_>) -> Option<Self> {
        let (label, fence) = Label::read(events, start, context.source.body)?;
        let (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), span) =
            events.get(fence)?
        else {
            return None;
        };
        let info = Info::parse(info);
        let may_pair = match info.pair {
            Pairing::Off => false,
            Pairing::Task(_) => true,
            Pairing::ByLabel => label != Label::None,
        };
        if !may_pair
            || !label.fits(&events[start..fence], &info.language, context.source.setting.names)
        {
            return None;
        }
        let language = language(&info.language);
        if info.pair == Pairing::ByLabel && language.is_none() {
            return None;
        }
        let is_end = |(event, _): &Spanned<'_>| matches!(event, Event::End(TagEnd::CodeBlock));
        let end = fence + events[fence..].iter().position(is_end)? + 1;
        Some(Self { start, fence, end, label, info, language, span: span.clone() })
    }

    /// What to call the block if it has no label.
    fn name(&self) -> &str {
        self.language.as_deref().unwrap_or(&self.info.language)
    }

    /// Whether only the language keeps this block from being one of a pair.
    fn repeats(&self, last: &Self) -> bool {
        let by_label = |panel: &Self| panel.info.pair == Pairing::ByLabel;
        by_label(self)
            && by_label(last)
            && self.label == last.label
            && self.language == last.language
    }

    fn same_language(&self) -> Diagnostic {
        let message = format!("two labelled blocks of {} in a row are no pair", self.name());
        let help = "write `pair=\"the task\"` on both to show them side by side, or `pair=off` on this one to leave them as they are";
        Diagnostic::new(Lint::PairSameLanguage, message).help(help)
    }
}

fn language(word: &str) -> Option<String> {
    match languages::word(word) {
        _ if word.is_empty() => None,
        Word::Language(language) => Some(language.name().to_owned()),
        Word::Plain => None,
        Word::Unknown => Some(word.to_lowercase()),
    }
}
