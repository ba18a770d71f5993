//! GitHub's alerts: `> [!NOTE]`.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::html::ours;
use super::parse::Spanned;
use super::text::{attribute, escape};
use crate::strings::Strings;

/// Prints alerts as labelled asides.
pub(super) fn apply<'a>(mut events: Vec<Spanned<'a>>, strings: &Strings) -> Vec<Spanned<'a>> {
    for (event, _) in &mut events {
        match event {
            Event::Start(Tag::BlockQuote(Some(kind))) => *event = ours(open(*kind, strings)),
            Event::End(TagEnd::BlockQuote(Some(_))) => *event = ours("</aside>\n"),
            _ => {}
        }
    }
    events
}

fn open(kind: BlockQuoteKind, strings: &Strings) -> String {
    let class = match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    };
    let name = strings.text(class);
    let mut html = format!("<aside class=\"alert {class}\"");
    attribute(&mut html, "aria-label", &name);
    html.push_str(">\n<p class=\"alert-title\">");
    escape(&mut html, &name);
    html.push_str("</p>\n");
    html
}
