//! Where words begin and end, and what counts as the same word.
//!
//! The script of the search does the same (`static/search.js`); both are held
//! to `tests/words.json`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are hashes, addresses and data.
const LONGEST: usize = 40;

/// How a word was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// As it is written: `get-item`, `Node.js`, `maxRetries`.
    Whole,
    /// A piece of the whole before it: `get`, `item`, `max`, `retries`.
    Piece,
}

/// What a byte is to words: a small letter or a digit, a capital, an underscore, a
/// part of another character, or, at 0, what stands between words.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < classes.len() {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'_' => UNDERSCORE,
            0x80.. => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const UNDERSCORE: u8 = 4;
const OTHER: u8 = 8;
/// What a word may begin with.
const BEGINS: u8 = SMALL | CAPITAL | OTHER;

/// Whether a byte is of some classes.
#[inline]
fn is(classes: u8, byte: u8) -> bool {
    CLASSES[usize::from(byte)] & classes != 0
}

/// Calls `found` with every word of a text, in order: in lower case, without
/// diacritics and without a possessive *'s*. Pieces follow their whole; scripts
/// that set no blanks between words give pairs of characters.
pub fn words(text: &str, mut found: impl FnMut(&str, Role)) {
    let bytes = text.as_bytes();
    let mut buffer = String::new();
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        if !is(BEGINS, *first) {
            at += 1;
            continue;
        }
        if let Some(end) = plain(bytes, at) {
            if end - at > LONGEST {
                // Data, and no word.
            } else if is(CAPITAL, *first) {
                buffer.clear();
                buffer.push(first.to_ascii_lowercase().into());
                buffer.push_str(&text[at + 1..end]);
                found(&buffer, Role::Whole);
            } else {
                found(&text[at..end], Role::Whole);
            }
            at = end;
            continue;
        }
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        at += if !is_letter(c) {
            c.len_utf8()
        } else if is_dense(c) {
            let dense = rest.find(|c| !is_dense(c)).unwrap_or(rest.len());
            pairs(&rest[..dense], &mut buffer, &mut found);
            dense
        } else {
            let end = end(rest);
            word(&rest[..end], &mut buffer, &mut found);
            end
        };
    }
}

/// The end of a word of ASCII letters and digits without humps, as nearly all
/// are, if one begins here.
#[inline]
fn plain(bytes: &[u8], start: usize) -> Option<usize> {
    let tail = bytes[start + 1..].iter();
    let end = start + 1 + tail.take_while(|byte| is(SMALL, **byte)).count();
    let joins = |byte: &u8| is(BEGINS | UNDERSCORE, *byte);
    let is_end = match bytes.get(end) {
        Some(b'-' | b'.' | b'\'') => !bytes.get(end + 1).is_some_and(joins),
        Some(b'+' | b'#') => false,
        behind => !behind.is_some_and(joins),
    };
    (is_end && !is(OTHER, bytes[start])).then_some(end)
}

/// The end of the word that a text begins with: letters, and what joins them.
fn end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = matches!(c, '-' | '.' | '\'' | '’') && next.is_some_and(is_inner);
        if is_inner(c) || joins {
            continue;
        }
        let is_name = || text[..at].chars().all(char::is_alphabetic);
        if text[at..].starts_with("++") && is_name() {
            return at + 2;
        }
        let is_sharp = c == '#' && at == 1 && !next.is_some_and(is_inner);
        return if is_sharp && is_name() { at + 1 } else { at };
    }
    text.len()
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() }
}

fn is_inner(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    !is_dense(c) && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Thai, Lao, Burmese, Khmer, kana, Han and Hangul.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

fn pairs(run: &str, buffer: &mut String, found: &mut impl FnMut(&str, Role)) {
    let mut ends = run.char_indices().map(|(at, c)| (at, at + c.len_utf8())).peekable();
    let mut is_first = true;
    while let Some((start, end)) = ends.next() {
        let Some((_, end)) = ends.peek().copied().or(is_first.then_some((start, end))) else {
            break;
        };
        fold(&run[start..end], buffer);
        found(buffer, Role::Whole);
        is_first = false;
    }
}

fn word(word: &str, buffer: &mut String, found: &mut impl FnMut(&str, Role)) {
    let word = word.trim_end_matches('_');
    if word.len() > LONGEST {
        return;
    }
    fold(word, buffer);
    found(buffer.strip_suffix("'s").unwrap_or(buffer), Role::Whole);
    let is_joined = |c: char| matches!(c, '-' | '.' | '\'' | '’' | '_');
    let is_single = !word.contains(is_joined);
    for segment in word.split(is_joined) {
        if !is_single {
            piece(segment, buffer, found);
        }
        humps(segment, |hump| piece(hump, buffer, found));
    }
}

/// A digit or a letter alone says nothing.
fn piece(piece: &str, buffer: &mut String, found: &mut impl FnMut(&str, Role)) {
    if piece.len() > 1 && !piece.bytes().all(|b| b.is_ascii_digit()) {
        fold(piece, buffer);
        found(buffer, Role::Piece);
    }
}

/// `maxRetries` has two humps, `HTTPServer` too, `server` none.
fn humps(word: &str, mut found: impl FnMut(&str)) {
    let mut start = 0;
    let mut previous: Option<char> = None;
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
        let is_turn = previous.is_some_and(|before| {
            c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && next_is_small)
        });
        if is_turn {
            found(&word[start..at]);
            start = at;
        }
        previous = Some(c);
    }
    if start > 0 {
        found(&word[start..]);
    }
}

/// Lower case, without the marks that Latin, Greek and Cyrillic put over letters.
fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    let lower = word.nfkd().collect::<String>().to_lowercase();
    out.extend(lower.nfkd().filter(|c| !is_mark(c)).nfc().map(|c| if c == '’' { '\'' } else { c }));
}

/// The word without a final *s* that may be a plural's; `class`, `status`,
/// `analysis` and `node.js` have none. Whether `kubernetes` is a plural only a
/// text can tell that has the singular.
pub fn singular(word: &str) -> Option<&str> {
    let last = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(word);
    let has_own = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    word.strip_suffix('s').filter(|_| last.len() > 3 && !has_own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let mut all = Vec::new();
        words(text, |word, _| all.push(word.to_owned()));
        all.join(" ")
    }

    #[test]
    fn words_are_the_same_whatever_their_case_and_marks() {
        assert_eq!(found("Naïve CACHE; Straße"), "naive cache straße");
        assert_eq!(found("Go's don’t"), "go go don't don");
        assert_eq!(singular("caches"), Some("cache"));
        for word in ["class", "status", "analysis", "gas", "node.js", "cache"] {
            assert_eq!(singular(word), None, "{word}");
        }
    }

    #[test]
    fn identifiers_are_kept_and_split() {
        assert_eq!(found("Get-CimClass"), "get-cimclass get cimclass cim class");
        assert_eq!(found("maxRetries HTTPServer"), "maxretries max retries httpserver http server");
        assert_eq!(found("MAX_SIZE __init__"), "max_size max size init");
        assert_eq!(found("Node.js 1.89 v2.0."), "node.js node js 1.89 v2.0 v2");
    }

    #[test]
    fn names_of_languages_are_words() {
        assert_eq!(found("C++, C# and F#."), "c++ c# and f#");
        assert_eq!(found("page#anchor i++"), "page anchor i++");
    }

    #[test]
    fn scripts_without_blanks_give_pairs() {
        assert_eq!(found("並行処理とRust"), "並行 行処 処理 理と rust");
        assert_eq!(found("型 비교"), "型 비교");
    }

    #[test]
    fn data_is_no_word() {
        assert_eq!(found(&"a1".repeat(40)), "");
        assert_eq!(found("--- ___ … 👍"), "");
    }
}
