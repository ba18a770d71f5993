//! GitHub's alerts: `> [!NOTE]`.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::html::ours;
use super::parse::Spanned;

/// Prints alerts as labelled asides.
pub(super) fn apply(mut events: Vec<Spanned<'_>>) -> Vec<Spanned<'_>> {
    for (event, _) in &mut events {
        match event {
            Event::Start(Tag::BlockQuote(Some(kind))) => *event = ours(open(*kind)),
            Event::End(TagEnd::BlockQuote(Some(_))) => *event = ours("</aside>\n"),
            _ => {}
        }
    }
    events
}

fn open(kind: BlockQuoteKind) -> String {
    let (class, name) = match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    };
    format!(
        "<aside class=\"alert {class}\" aria-label=\"{name}\">\n<p class=\"alert-title\">{name}</p>\n"
    )
}
