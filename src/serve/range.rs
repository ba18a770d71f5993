//! Parts of files: how browsers read media, and seek in it.

use std::ops::Range;

/// What a `Range` header asks of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it. Whatever is not understood asks for that (RFC 9110, 14.2).
    All,
    /// These bytes.
    Part(Range<usize>),
    /// Nothing that it has.
    Nothing,
}

/// Reads a `Range` header for a file of `length` bytes.
pub(super) fn read(header: Option<&str>, length: usize) -> Asked {
    let Some((first, last)) = header.and_then(one) else { return Asked::All };
    let (start, end) = match (first, last) {
        (None, None) => return Asked::All,
        (None, Some(suffix)) => (length.saturating_sub(suffix), length),
        (Some(first), None) => (first, length),
        (Some(first), Some(last)) if last < first => return Asked::All,
        (Some(first), Some(last)) => (first, last.saturating_add(1).min(length)),
    };
    if start < end { Asked::Part(start..end) } else { Asked::Nothing }
}

/// The only range of a header; more than one may be answered with everything.
fn one(header: &str) -> Option<(Option<usize>, Option<usize>)> {
    let (first, last) = header.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| match text.trim() {
        "" => Some(None),
        text if text.bytes().all(|b| b.is_ascii_digit()) => {
            Some(Some(text.parse().unwrap_or(usize::MAX)))
        }
        _ => None,
    };
    Some((number(first)?, number(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_the_header_says_and_the_file_has() {
        for (header, asked) in [
            ("bytes=0-3", Asked::Part(0..4)),
            ("bytes=4-", Asked::Part(4..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-99", Asked::Part(0..10)),
            ("bytes=8-99999999999999999999999", Asked::Part(8..10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=3-2", Asked::All),
            ("bytes=0-1,4-5", Asked::All),
            ("bytes=-", Asked::All),
            ("bytes=+1-2", Asked::All),
            ("lines=1-2", Asked::All),
            ("bytes", Asked::All),
        ] {
            assert_eq!(read(Some(header), 10), asked, "{header}");
        }
        assert_eq!(read(None, 10), Asked::All);
        assert_eq!(read(Some("bytes=0-"), 0), Asked::Nothing);
    }
}
