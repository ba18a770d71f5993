//! XML text.

use std::borrow::Cow;

/// Escapes text for an element or a quoted attribute; characters that XML 1.0
/// can't hold are left out.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    // 0xef begins the two characters that are left out beside the controls.
    if !text.bytes().any(|b| b < b' ' || matches!(b, b'&' | b'<' | b'>' | b'"' | 0xef)) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
    out.into()
}
