//! Links: where they lead, and what they carry.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::escape_href;

use super::html::{Context, ours};
use super::parse::Spanned;
use super::text::attribute;
use crate::config::ExternalLinks;
use crate::diag::{Diagnostic, Lint};
use crate::path::{SAFE_SCHEMES, is_external, safe_scheme};

/// Gives links their targets; a link that is not safe becomes its text.
pub(super) fn apply<'a>(
    events: Vec<Spanned<'a>>,
    external: &ExternalLinks,
    context: &mut Context<'_>,
) -> Vec<Spanned<'a>> {
    let mut unsafe_links = 0usize;
    let mut out = Vec::with_capacity(events.len());
    for (event, span) in events {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                if link_type != LinkType::Email && !safe_scheme(&dest_url) {
                    let problem = Diagnostic::new(
                        Lint::LinkScheme,
                        format!("a link that is not safe to follow: `{dest_url}`"),
                    );
                    let help = format!("use one of {}, or a path", SAFE_SCHEMES.join(", "));
                    context.report(&span, problem.help(help));
                    unsafe_links += 1;
                    continue;
                }
                let leaves = link_type != LinkType::Email && is_external(&dest_url);
                let event = if leaves {
                    ours(external_link(&dest_url, &title, external))
                } else {
                    let dest_url = match link_type {
                        LinkType::Email => dest_url,
                        _ => CowStr::from(context.targets.link(&dest_url)),
                    };
                    Event::Start(Tag::Link { link_type, dest_url, title, id })
                };
                out.push((event, span));
            }
            Event::End(TagEnd::Link) if unsafe_links > 0 => unsafe_links -= 1,
            event => out.push((event, span)),
        }
    }
    out
}

fn external_link<'a>(url: &str, title: &str, external: &ExternalLinks) -> CowStr<'a> {
    let mut tag = String::from("<a");
    tag.push_str(" href=\"");
    // Writing to a text can't fail.
    let _ = escape_href(&mut tag, url);
    tag.push('"');
    if !title.is_empty() {
        attribute(&mut tag, "title", title);
    }
    if let Some(class) = &external.class {
        attribute(&mut tag, "class", class);
    }
    let mut rel = external.rel.clone().unwrap_or_default();
    if external.new_tab {
        tag.push_str(" target=\"_blank\"");
        if !rel.contains("noopener") {
            rel = format!("{rel} noopener").trim().to_owned();
        }
    }
    if !rel.is_empty() {
        attribute(&mut tag, "rel", &rel);
    }
    tag.push('>');
    tag.into()
}
