//! Images: text alternative, size, widths to choose from, and when they are loaded.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Image;
use super::html::{Context, ours};
use super::parse::Spanned;
use super::text::{attribute, push_plain};
use crate::path::safe_scheme;

/// How wide the default theme shows what stands in the text, in pixels of CSS.
const COLUMN: u32 = 624;

/// So many characters of text leave a picture in the first view.
const FIRST_VIEW: usize = 700;

/// Replaces each image and the text in it by one element.
pub(super) fn apply<'a>(events: Vec<Spanned<'a>>, context: &Context<'_>) -> Vec<Spanned<'a>> {
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    // Only the first picture of a page may be in the first view.
    let mut before = context.source.setting.is_first.then_some(0);
    while let Some((event, span)) = events.next() {
        let Event::Start(Tag::Image { dest_url, title, .. }) = event else {
            before = before.and_then(|before| go_on(before, &event));
            out.push((event, span));
            continue;
        };
        let is_seen = before.take().is_some();
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
            let image = context.targets.image(&dest_url);
            out.push((ours(element(&image, &alt, &title, is_seen)), span));
        } else {
            out.push((Event::Text(alt.into()), span));
        }
    }
    out
}

/// How much text there is before a picture, until it is out of the first view.
fn go_on(before: usize, event: &Event<'_>) -> Option<usize> {
    let more = match event {
        Event::Text(text) | Event::Code(text) => text.len(),
        // A heading has room round it; what a shortcode shows may be of any size.
        Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_)) | Event::Html(_) => FIRST_VIEW,
        _ => 0,
    };
    Some(before + more).filter(|before| *before < FIRST_VIEW)
}

fn element(image: &Image, alt: &str, title: &str, is_seen: bool) -> String {
    let mut tag = String::from("<img");
    attribute(&mut tag, "src", &image.url);
    if let Some(srcset) = image.srcset() {
        attribute(&mut tag, "srcset", &srcset);
        attribute(&mut tag, "sizes", &image.sizes(COLUMN));
    }
    attribute(&mut tag, "alt", alt);
    if !title.is_empty() {
        attribute(&mut tag, "title", title);
    }
    if let Some((width, height)) = image.size {
        attribute(&mut tag, "width", &width.to_string());
        attribute(&mut tag, "height", &height.to_string());
    }
    // What is in the first view is wanted at once.
    tag.push_str(if is_seen {
        " decoding=\"async\">"
    } else {
        " loading=\"lazy\" decoding=\"async\">"
    });
    tag
}

impl Image {
    /// What a browser may choose from, if there is a choice.
    pub(super) fn srcset(&self) -> Option<String> {
        let offered: Vec<String> =
            self.offered.iter().map(|(width, url)| format!("{url} {width}w")).collect();
        (!offered.is_empty()).then(|| offered.join(", "))
    }

    /// How wide it is shown where there is room for so many pixels of CSS.
    pub(super) fn sizes(&self, room: u32) -> String {
        let width = self.size.map_or(room, |(width, _)| width.min(room));
        let usual = || format!("(max-width: {width}px) 100vw, {width}px");
        self.sizes.clone().unwrap_or_else(usual)
    }
}
