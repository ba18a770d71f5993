//! Footnotes: numbered by first use, gathered at the end.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::ours;
use super::parse::Spanned;
use super::text::attribute;
use crate::strings::Strings;

/// Numbers references and moves the notes that are used to the end.
pub(super) fn apply<'a>(events: Vec<Spanned<'a>>, strings: &Strings) -> Vec<Spanned<'a>> {
    let is_note = |(event, _): &Spanned<'_>| {
        matches!(event, Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)))
    };
    if !events.iter().any(is_note) {
        return events;
    }
    let (text, mut definitions) = split(events);
    let mut notes = Notes::default();
    let mut out = notes.number(text);
    if notes.order.is_empty() {
        return out;
    }
    let mut printed = 0;
    let end = out.last().map_or(0..0, |(_, span)| span.clone());
    let mut section = vec![(ours(section_tag(strings)), end.clone())];
    // A note may refer to another, which is then printed after it.
    while printed < notes.order.len() {
        let name = notes.order[printed].clone();
        printed += 1;
        let body = notes.number(definitions.remove(&name).unwrap_or_default());
        let mut open = String::from("<li");
        attribute(&mut open, "id", &format!("fn-{name}"));
        open.push('>');
        section.push((ours(open), end.clone()));
        section.extend(with_back_link(body, &name, strings));
        section.push((ours("</li>\n"), end.clone()));
    }
    section.push((ours("</ol></section>\n"), end));
    out.append(&mut section);
    out
}

type Definitions<'a> = HashMap<String, Vec<Spanned<'a>>>;

fn split(events: Vec<Spanned<'_>>) -> (Vec<Spanned<'_>>, Definitions<'_>) {
    let mut text = Vec::with_capacity(events.len());
    let mut definitions = Definitions::new();
    let mut open: Vec<String> = Vec::new();
    for (event, span) in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                open.push(name.to_string());
                definitions.entry(name.to_string()).or_default();
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                open.pop();
            }
            event => match open.last().and_then(|name| definitions.get_mut(name)) {
                Some(definition) => definition.push((event, span)),
                None => text.push((event, span)),
            },
        }
    }
    (text, definitions)
}

#[derive(Default)]
struct Notes {
    order: Vec<String>,
    /// Number and uses so far, by name.
    uses: HashMap<String, (usize, usize)>,
}

impl Notes {
    fn number<'a>(&mut self, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
        let numbered = |(event, span): Spanned<'a>| match event {
            Event::FootnoteReference(name) => (ours(self.reference(&name)), span),
            event => (event, span),
        };
        events.into_iter().map(numbered).collect()
    }

    fn reference(&mut self, name: &str) -> String {
        if !self.uses.contains_key(name) {
            self.order.push(name.to_owned());
            self.uses.insert(name.to_owned(), (self.order.len(), 0));
        }
        let (number, uses) = self.uses.get_mut(name).map_or((0, 1), |(number, uses)| {
            *uses += 1;
            (*number, *uses)
        });
        let id = if uses == 1 { format!("fnref-{name}") } else { format!("fnref-{name}-{uses}") };
        let mut html = String::from("<sup class=\"fn-ref\"");
        attribute(&mut html, "id", &id);
        html.push_str("><a");
        attribute(&mut html, "href", &format!("#fn-{name}"));
        html.push_str(&format!(">{number}</a></sup>"));
        html
    }
}

fn section_tag(strings: &Strings) -> String {
    let mut tag = String::from("<section class=\"footnotes\"");
    attribute(&mut tag, "aria-label", &strings.text("footnotes"));
    tag.push_str("><ol>\n");
    tag
}

/// The link back stands in the note's last paragraph.
fn with_back_link<'a>(
    mut body: Vec<Spanned<'a>>,
    name: &str,
    strings: &Strings,
) -> Vec<Spanned<'a>> {
    let mut link = String::from(" <a class=\"fn-back\"");
    attribute(&mut link, "href", &format!("#fnref-{name}"));
    attribute(&mut link, "aria-label", &strings.text("back_to_text"));
    // The selector asks for text, where phones would draw a picture.
    link.push_str(">↩\u{fe0e}</a>");
    let at = match body.last() {
        Some((Event::End(TagEnd::Paragraph), _)) => body.len() - 1,
        _ => body.len(),
    };
    let span = body.last().map_or(0..0, |(_, span)| span.clone());
    body.insert(at, (ours(link), span));
    body
}
