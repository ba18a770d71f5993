//! The elements and attributes that raw HTML keeps.

/// Elements without behaviour of their own. No `svg` or `math`: their content
/// is parsed by other rules.
const ELEMENTS: [&str; 74] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
];

/// Elements that go together with what is in them.
const OPAQUE: [&str; 13] = [
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "style",
    "svg",
    "textarea",
    "title",
    "xmp",
];

const VOID: [&str; 7] = ["br", "col", "hr", "img", "source", "wbr", "track"];

const EVERYWHERE: [&str; 8] =
    ["class", "dir", "hidden", "id", "lang", "role", "title", "translate"];

pub(super) fn element(name: &str) -> bool {
    name == "wbr" || name == "video" || name == "track" || ELEMENTS.binary_search(&name).is_ok()
}

/// Whether the content of an element that is left out goes with it.
pub(super) fn is_opaque(name: &str) -> bool {
    OPAQUE.binary_search(&name).is_ok()
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

pub(super) fn is_url(attribute: &str) -> bool {
    matches!(attribute, "href" | "src" | "cite" | "poster")
}

pub(super) fn attribute(element: &str, name: &str) -> bool {
    let own: &[&str] = match element {
        "a" => &["href", "name", "rel", "hreflang", "download"],
        "img" => &["src", "alt", "width", "height", "loading", "decoding", "align"],
        "audio" | "video" => {
            &["src", "controls", "width", "height", "poster", "muted", "loop", "preload"]
        }
        "source" => &["src", "type", "media", "width", "height"],
        "track" => &["src", "kind", "srclang", "label", "default"],
        "td" | "th" => &["colspan", "rowspan", "align", "valign", "scope", "headers", "abbr"],
        "col" | "colgroup" => &["span"],
        "tr" | "thead" | "tbody" | "tfoot" | "div" | "p" | "h1" | "h2" | "h3" => &["align"],
        "ol" => &["start", "type", "reversed"],
        "li" => &["value"],
        "details" => &["open", "name"],
        "time" | "ins" | "del" => &["datetime", "cite"],
        "blockquote" | "q" => &["cite"],
        "data" => &["value"],
        _ => &[],
    };
    own.contains(&name) || EVERYWHERE.contains(&name) || name.starts_with("aria-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_their_search() {
        assert!(ELEMENTS.is_sorted() && OPAQUE.is_sorted());
    }

    #[test]
    fn nothing_that_runs_is_allowed() {
        for name in [
            "script", "style", "iframe", "svg", "math", "object", "embed", "form", "input", "link",
            "meta", "base", "template",
        ] {
            assert!(!element(name), "{name}");
        }
        for name in ["onclick", "style", "srcdoc", "formaction", "srcset", "action"] {
            assert!(!attribute("a", name) && !attribute("img", name), "{name}");
        }
    }
}
