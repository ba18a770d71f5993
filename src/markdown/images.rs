//! Images: text alternative, lazy loading, size.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::{Context, ours};
use super::parse::Spanned;
use super::text::{attribute, push_plain};
use crate::path::safe_scheme;

/// Replaces each image and the text in it by one element.
pub(super) fn apply<'a>(events: Vec<Spanned<'a>>, context: &Context<'_>) -> Vec<Spanned<'a>> {
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some((event, span)) = events.next() {
        let Event::Start(Tag::Image { dest_url, title, .. }) = event else {
            out.push((event, span));
            continue;
        };
        // Images may nest in the text of another; the outermost one counts.
        let (mut alt, mut depth) = (String::new(), 1);
        for (event, _) in events.by_ref() {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth -= 1,
                ref other => push_plain(&mut alt, other),
            }
            if depth == 0 {
                break;
            }
        }
        if safe_scheme(&dest_url) {
            out.push((ours(element(&dest_url, &alt, &title, context)), span));
        } else {
            out.push((Event::Text(alt.into()), span));
        }
    }
    out
}

fn element(destination: &str, alt: &str, title: &str, context: &Context<'_>) -> String {
    let image = context.targets.image(destination);
    let mut tag = String::from("<img");
    attribute(&mut tag, "src", &image.url);
    attribute(&mut tag, "alt", alt);
    if !title.is_empty() {
        attribute(&mut tag, "title", title);
    }
    if let Some((width, height)) = image.size {
        attribute(&mut tag, "width", &width.to_string());
        attribute(&mut tag, "height", &height.to_string());
    }
    tag.push_str(" loading=\"lazy\" decoding=\"async\">");
    tag
}
