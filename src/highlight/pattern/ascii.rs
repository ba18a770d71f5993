//! Patterns for texts of ASCII alone.

use super::super::chars::{Beyond, Chars};
use super::parse::classes;

/// A pattern that finds in a text of ASCII what this one finds there; nothing, if it
/// would be no other.
///
/// Oniguruma compiles a class range by range, and `\p{L}` has hundreds of them: most
/// of a large pattern's time goes into letters that a text of ASCII has not.
pub(in crate::highlight) fn for_ascii(source: &str) -> Option<String> {
    let classes = classes(source).ok()?;
    let mut narrow = String::with_capacity(source.len());
    let mut at = 0;
    for (range, chars) in classes {
        if chars.exact && chars.beyond != Beyond::None {
            narrow.push_str(&source[at..range.start]);
            push_class(&mut narrow, chars);
            at = range.end;
        }
    }
    narrow.push_str(&source[at..]);
    (at > 0).then_some(narrow)
}

/// Writes the ASCII characters of a set as a class.
fn push_class(out: &mut String, chars: Chars) {
    if chars.ascii == 0 {
        // No class may be empty; this one is in a text of ASCII.
        out.push_str(r"[^\x00-\x7F]");
        return;
    }
    out.push('[');
    let mut at = 0;
    while at < 128 {
        let length = (chars.ascii >> at).trailing_ones();
        if length > 0 {
            out.push_str(&format!(r"\x{at:02X}-\x{:02X}", at + length - 1));
        }
        at += length + 1;
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_keep_what_is_ascii() {
        let narrow = |source| for_ascii(source).unwrap();
        assert_eq!(narrow(r"a[\p{L}_]+(b)"), r"a[\x41-\x5A\x5F-\x5F\x61-\x7A]+(b)");
        assert_eq!(narrow(r"\P{Lu}?"), r"[\x00-\x40\x5B-\x7F]?");
        assert_eq!(narrow(r"\p{^Alpha}\p{Lo}"), r"[\x00-\x40\x5B-\x60\x7B-\x7F][^\x00-\x7F]");
        assert_eq!(narrow(r"[^a]|[[^\w]&&[ -~]]"), r"[\x00-\x60\x62-\x7F]|[[^\w]&&[ -~]]");
        assert_eq!(narrow(r"é[^]é]"), r"é[\x00-\x5C\x5E-\x7F]");
    }

    #[test]
    fn what_has_no_wide_class_or_no_sure_one_stays() {
        for source in [r"[a-z]\w\d", r"(?i)[\p{L}]", r"[\p{Greek}]", r"(?#[^a])b", r"\G[^a"] {
            assert_eq!(for_ascii(source), None, "{source}");
        }
        assert_eq!(
            for_ascii("(?x) # [^a]\n [^b]").unwrap(),
            "(?x) # [^a]\n [\\x00-\\x61\\x63-\\x7F]"
        );
    }
}
