//! Tables in a box of their own, task items, math; rules and breaks.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::html::ours;
use super::parse::Spanned;
use super::text::{attribute, escape, push_plain};
use crate::strings::Strings;

/// Prints tables with classes where CommonMark's printer would use `style`,
/// which a strict content security policy refuses.
pub(super) fn apply<'a>(events: Vec<Spanned<'a>>, strings: &Strings) -> Vec<Spanned<'a>> {
    if !events.iter().any(|(event, _)| is_of_ours(event)) {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut columns: Vec<Alignment> = Vec::new();
    let (mut column, mut in_head) = (0, false);
    for index in 0..events.len() {
        let (event, span) = &events[index];
        let html = match event {
            Event::Start(Tag::Table(alignments)) => {
                columns.clone_from(alignments);
                let mut open = String::from("<div class=\"scroll\" role=\"group\" tabindex=\"0\"");
                attribute(&mut open, "aria-label", &strings.text("table"));
                open + "><table>"
            }
            Event::End(TagEnd::Table) => "</tbody></table></div>\n".into(),
            Event::Start(Tag::TableHead) => {
                (in_head, column) = (true, 0);
                "<thead><tr>".into()
            }
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                "</tr></thead><tbody>\n".into()
            }
            Event::Start(Tag::TableRow) => {
                column = 0;
                "<tr>".into()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".into(),
            Event::Start(Tag::TableCell) => {
                column += 1;
                cell(is_header(in_head, events.get(index + 1)), columns.get(column - 1).copied())
            }
            Event::End(TagEnd::TableCell) => {
                let before = index.checked_sub(1).and_then(|index| events.get(index));
                let empty = matches!(before, Some((Event::Start(Tag::TableCell), _)));
                if in_head && !empty { "</th>" } else { "</td>" }.into()
            }
            Event::Start(Tag::Item) if is_task(&events[index + 1..]) => {
                "<li class=\"task\">".into()
            }
            Event::TaskListMarker(done) => task(*done, &events[index + 1..]),
            Event::Rule => "<hr>\n".into(),
            Event::HardBreak => "<br>\n".into(),
            Event::InlineMath(source) => math("math", "$", source),
            Event::DisplayMath(source) => math("math block", "$$", source),
            _ => {
                out.push(events[index].clone());
                continue;
            }
        };
        out.push((ours(html), span.clone()));
    }
    out
}

/// Whether a body that has this event has something to print anew.
fn is_of_ours(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Table(_))
            | Event::TaskListMarker(_)
            | Event::Rule
            | Event::HardBreak
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
    )
}

/// An empty cell of the head heads nothing.
fn is_header(in_head: bool, next: Option<&Spanned<'_>>) -> bool {
    in_head && !matches!(next, Some((Event::End(TagEnd::TableCell), _)))
}

fn cell(is_header: bool, alignment: Option<Alignment>) -> String {
    let name = if is_header { "th scope=\"col\"" } else { "td" };
    let class = match alignment {
        Some(Alignment::Right) => " class=\"num\"",
        Some(Alignment::Center) => " class=\"mid\"",
        _ => "",
    };
    format!("<{name}{class}>")
}

fn is_task(after: &[Spanned<'_>]) -> bool {
    let after = match after {
        [(Event::Start(Tag::Paragraph), _), rest @ ..] => rest,
        all => all,
    };
    matches!(after, [(Event::TaskListMarker(_), _), ..])
}

/// The box is labelled by the words beside it.
fn task(done: bool, after: &[Spanned<'_>]) -> String {
    let mut label = String::new();
    for (event, _) in after {
        if matches!(
            event,
            Event::End(TagEnd::Item | TagEnd::Paragraph) | Event::Start(Tag::List(_))
        ) {
            break;
        }
        push_plain(&mut label, event);
    }
    let mut html = String::from("<input type=\"checkbox\" disabled");
    if done {
        html.push_str(" checked");
    }
    attribute(&mut html, "aria-label", label.trim());
    html.push_str("> ");
    html
}

/// The source with its delimiters, so that prose with two dollar signs in it
/// reads as it was written where nothing renders math.
fn math(class: &str, delimiter: &str, source: &str) -> String {
    let mut html = format!("<span class=\"{class}\">{delimiter}");
    escape(&mut html, source);
    html.push_str(delimiter);
    html.push_str("</span>");
    html
}
