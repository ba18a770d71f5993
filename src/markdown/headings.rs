//! Headings: their ids, their levels, the title that stands twice.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};
use unicode_normalization::char::is_combining_mark;

use super::Ids;
use super::html::ours;
use super::parse::Spanned;
use super::text::{attribute, escape_attribute, push_plain};
use crate::diag::{Diagnostic, Lint};
use crate::strings::Strings;

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 2 to 6; the first level is the title's.
    pub level: u8,
    /// Its id, unique in the page.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// Whether it repeats the page's title and is left out.
    pub dropped: bool,
}

/// The headings of a body, in order, `id`s settled.
pub(super) fn read(
    events: &[Spanned<'_>],
    title: Option<&str>,
    reserved: &[String],
    mut report: impl FnMut(Range<usize>, Diagnostic),
) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut ids = Ids::default();
    for id in reserved {
        ids.unique(id.clone());
    }
    let mut previous = 1;
    let mut index = 0;
    while index < events.len() {
        let (Event::Start(Tag::Heading { level, id, .. }), span) = &events[index] else {
            index += 1;
            continue;
        };
        let mut text = String::new();
        while !matches!(events[index].0, Event::End(TagEnd::Heading(_))) {
            push_plain(&mut text, &events[index].0);
            index += 1;
        }
        let text = text.trim().to_owned();
        let written = *level as u8;
        let first = headings.is_empty();
        // Without a title of its own, a page has that of its first heading.
        let dropped = written == 1 && first && title.is_none_or(|title| same(title, &text));
        if written == 1 && !dropped {
            let problem =
                Diagnostic::new(Lint::H1Duplicate, "a first-level heading beside the title");
            report(span.clone(), problem.help("write `## `: the title is the page's first level"));
        }
        let level = written.max(2);
        if !dropped && level > previous + 1 && written > 1 {
            let message = format!("a heading of level {level} below one of level {previous}");
            let help = format!("make it level {}, or add the heading between", previous + 1);
            report(span.clone(), Diagnostic::new(Lint::HeadingSkip, message).help(help));
        }
        if !dropped {
            previous = level;
        }
        let wanted = id.as_ref().map_or_else(|| anchor(&text), |id| id.to_string());
        // The title prints the id of a heading that repeats it, so it is taken too.
        let (id, taken) = ids.unique(wanted.clone());
        if taken {
            let message = match reserved.contains(&wanted) {
                true => format!(
                    "the id `{wanted}` is another thing's on this page: this heading's becomes `{id}`"
                ),
                false => format!("a second heading `{text}`: its id becomes `{id}`"),
            };
            let help = "give it an id of its own: `## Heading {#id}`";
            report(span.clone(), Diagnostic::new(Lint::DuplicateHeadingId, message).help(help));
        }
        headings.push(Heading { level, id, text, dropped });
    }
    headings
}

/// Titles are one when they differ only in case, blanks and punctuation.
fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

/// The id that GitHub and Hugo give a heading, so that links written for them hold.
pub(crate) fn anchor(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '-' => id.push('-'),
            '_' => id.push('_'),
            c if c.is_ascii_alphanumeric() => id.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => {}
            c if c.is_alphanumeric() || is_combining_mark(c) => id.extend(c.to_lowercase()),
            _ => {}
        }
    }
    if id.is_empty() { "section".into() } else { id }
}

/// Gives the heading events their levels, ids and permalinks.
pub(super) fn apply<'a>(
    events: Vec<Spanned<'a>>,
    headings: &[Heading],
    strings: &Strings,
) -> Vec<Spanned<'a>> {
    let mut label = String::new();
    attribute(&mut label, "aria-label", &strings.text("link_to_section"));
    // Each heading gets a link to itself.
    let mut out = Vec::with_capacity(events.len() + headings.len());
    let mut headings = headings.iter();
    let mut current: Option<&Heading> = None;
    for (event, span) in events {
        match event {
            Event::Start(Tag::Heading { classes, level, .. }) => {
                current = headings.next();
                match current {
                    Some(heading) if heading.dropped => {}
                    Some(heading) => {
                        let id = Some(heading.id.clone().into());
                        out.push((start(heading.level, id, classes), span));
                    }
                    // Inside a shortcode: the page's contents do not know it.
                    None => out.push((start(level as u8, None, Vec::new()), span)),
                }
            }
            Event::End(TagEnd::Heading(level)) => match current.take() {
                Some(heading) if heading.dropped => {}
                Some(heading) => {
                    out.push((ours(permalink(&heading.id, &label)), span.clone()));
                    out.push((Event::End(TagEnd::Heading(below_title(heading.level))), span));
                }
                None => out.push((Event::End(TagEnd::Heading(below_title(level as u8))), span)),
            },
            _ if current.is_some_and(|heading| heading.dropped) => {}
            event => out.push((event, span)),
        }
    }
    out
}

fn start<'a>(level: u8, id: Option<CowStr<'a>>, classes: Vec<CowStr<'a>>) -> Event<'a> {
    // Other attributes may be handlers.
    Event::Start(Tag::Heading { level: below_title(level), id, classes, attrs: Vec::new() })
}

/// The first level is the title's.
fn below_title(level: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from(level.max(2))).unwrap_or(HeadingLevel::H6)
}

/// A link to the heading itself; `label` is its attribute.
fn permalink(id: &str, label: &str) -> String {
    let mut tag = String::with_capacity(48 + id.len() + label.len());
    tag.push_str("<a class=\"anchor\" href=\"#");
    escape_attribute(&mut tag, id);
    tag.push('"');
    tag.push_str(label);
    tag.push_str(">#</a>");
    tag
}
