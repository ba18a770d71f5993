//! Links: which are safe to follow, where they lead, what they carry.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::escape_href;

use super::html::{Context, ours};
use super::parse::Spanned;
use super::text::attribute;
use crate::config::ExternalLinks;
use crate::diag::{Diagnostic, Lint};

/// Schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether a destination is relative or has a scheme that is safe to follow.
///
/// Browsers skip blanks and control characters before and inside a scheme, so
/// those count as nothing here.
pub fn safe_scheme(destination: &str) -> bool {
    let mut scheme = String::new();
    for c in destination.chars().filter(|c| !c.is_whitespace() && !c.is_control()) {
        match c {
            ':' => return SCHEMES.contains(&scheme.as_str()),
            '/' | '?' | '#' => return true,
            c => scheme.push(c.to_ascii_lowercase()),
        }
    }
    true
}

/// Whether a destination leads to another site.
pub fn is_external(destination: &str) -> bool {
    let scheme = destination.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.contains(':') || destination.starts_with("//")
}

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
                    let help = format!("use one of {}, or a path", SCHEMES.join(", "));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_schemes_that_are_safe_to_follow_pass() {
        for good in ["https://a.org", "mailto:a@b.c", "/a:b", "a/b", "#x:y", "?q=a:b", "", "tel:1"]
        {
            assert!(safe_scheme(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVa\tScript:x",
            " data:text/html,x",
            "vbscript:x",
            "file:///x",
        ] {
            assert!(!safe_scheme(bad), "{bad}");
        }
    }
}
