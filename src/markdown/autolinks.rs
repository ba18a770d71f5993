//! Bare addresses as links: <https://github.github.com/gfm/#autolinks-extension->.

use std::ops::Range;

use memchr::{memchr, memmem};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::parse::Spanned;

/// Makes links of `https://…`, `http://…` and `www.…` in running text.
pub(super) fn apply(events: Vec<Spanned<'_>>) -> Vec<Spanned<'_>> {
    let mut out: Vec<Spanned<'_>> = Vec::with_capacity(events.len());
    let mut inside = 0usize;
    let mut events = events.into_iter().peekable();
    while let Some((event, mut span)) = events.next() {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => inside -= 1,
            Event::Text(text) if inside == 0 => {
                // The parser cuts texts at characters that might have meant something.
                let mut whole = text.clone();
                if matches!(events.peek(), Some((Event::Text(_), _))) {
                    let mut joined = whole.into_string();
                    while let Some((Event::Text(more), next)) = events.peek() {
                        joined.push_str(more);
                        span.end = next.end;
                        events.next();
                    }
                    whole = joined.into();
                }
                push_text(&mut out, whole, span);
                continue;
            }
            _ => {}
        }
        out.push((event, span));
    }
    out
}

fn push_text<'a>(out: &mut Vec<Spanned<'a>>, text: CowStr<'a>, span: Range<usize>) {
    let mut from = 0;
    while let Some(range) = find(&text, from) {
        if from < range.start {
            out.push((Event::Text(text[from..range.start].to_owned().into()), span.clone()));
        }
        let address = &text[range.clone()];
        let scheme = if address.starts_with("www.") { "http://" } else { "" };
        let link = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: format!("{scheme}{address}").into(),
            title: "".into(),
            id: "".into(),
        };
        out.push((Event::Start(link), span.clone()));
        out.push((Event::Text(address.to_owned().into()), span.clone()));
        out.push((Event::End(TagEnd::Link), span.clone()));
        from = range.end;
    }
    if from == 0 {
        out.push((Event::Text(text), span));
    } else if from < text.len() {
        out.push((Event::Text(text[from..].to_owned().into()), span));
    }
}

/// The first address at or after `from`.
fn find(text: &str, from: usize) -> Option<Range<usize>> {
    // What every address has near its beginning, which few texts have at all.
    let rest = &text.as_bytes()[from..];
    if memchr(b':', rest).is_none() && memmem::find(rest, b"www.").is_none() {
        return None;
    }
    let mut at = from;
    loop {
        let found = ["https://", "http://", "www."]
            .into_iter()
            .filter_map(|start| Some((at + text[at..].find(start)?, start)))
            .min()?;
        let (start, prefix) = found;
        let before = text[..start].chars().next_back();
        let begins = before.is_none_or(|c| c.is_whitespace() || "*_~(".contains(c));
        let end = if begins { end(text, start) } else { start };
        let domain_at = if prefix == "www." { start } else { start + prefix.len() };
        if begins && domain_at < end && is_domain(&text[domain_at..end]) {
            return Some(start..end);
        }
        at = start + prefix.len();
    }
}

/// Where an address ends: at a blank or `<`, without closing punctuation, and
/// without a bracket that it did not open.
fn end(text: &str, start: usize) -> usize {
    let stop = text[start..].find(|c: char| c.is_whitespace() || c == '<');
    let mut end = stop.map_or(text.len(), |at| start + at);
    loop {
        let address = &text[start..end];
        let last = match address.chars().next_back() {
            Some(c) if "?!.,:;*_~'\"".contains(c) => c,
            Some(')') if address.matches(')').count() > address.matches('(').count() => ')',
            _ => return end,
        };
        end -= last.len_utf8();
    }
}

/// At least two parts of letters, digits, `-` and `_`, none of the last two
/// with a `_`; a port may follow.
fn is_domain(rest: &str) -> bool {
    let domain = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let parts: Vec<&str> = domain.split('.').collect();
    let plain = |part: &&str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    parts.len() > 1
        && parts.iter().all(plain)
        && !parts.iter().rev().take(2).any(|part| part.contains('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_begins_and_ends_where_githubs_does() {
        for (text, address) in [
            ("see www.commonmark.org/help.", Some("www.commonmark.org/help")),
            ("(https://a.org/x_(y))", Some("https://a.org/x_(y)")),
            ("https://a.org/?q=1&b=2, and", Some("https://a.org/?q=1&b=2")),
            ("x=https://a.org", None),
            ("http://localhost:3000", None),
            ("https://a_b.org", None),
            ("https://", None),
            ("www.", None),
            ("xhttp://a.org http://b.org", Some("http://b.org")),
            ("é https://ü.de/ß!", Some("https://ü.de/ß")),
        ] {
            assert_eq!(find(text, 0).map(|range| &text[range]), address, "{text}");
        }
    }
}
