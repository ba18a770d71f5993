//! The letters that titles and names stand under.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A letter, or nothing for digits and signs.
pub type Letter = Option<char>;

/// Where each letter begins in a list that is sorted by it first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letters {
    starts: Vec<(Letter, usize)>,
    count: usize,
}

impl Letters {
    /// Those of a list, one for each line.
    pub(super) fn of(lines: impl Iterator<Item = Letter>) -> Self {
        let mut letters = Self::default();
        for letter in lines {
            if letters.starts.last().is_none_or(|(last, _)| *last != letter) {
                letters.starts.push((letter, letters.count));
            }
            letters.count += 1;
        }
        letters
    }

    /// Each letter and its first line.
    pub fn starts(&self) -> &[(Letter, usize)] {
        &self.starts
    }

    /// The letters of some lines, each with its own among them.
    pub fn within(&self, lines: Range<usize>) -> impl Iterator<Item = (Letter, Range<usize>)> {
        let ends = self.starts.iter().skip(1).map(|(_, start)| *start).chain([self.count]);
        let own = self.starts.iter().zip(ends).map(move |((letter, start), end)| {
            (*letter, lines.start.max(*start)..lines.end.min(end))
        });
        own.filter(|(_, lines)| !lines.is_empty())
    }
}

/// The first letter, large and without its marks; nothing where a digit comes
/// first or where there is none.
pub fn letter(title: &str) -> Option<char> {
    let first = title.nfc().find(|c| c.is_alphanumeric())?;
    // Hangul comes apart into sounds, not into a letter and its marks.
    let base = first.nfd().next().filter(|_| !('\u{ac00}'..='\u{d7a3}').contains(&first));
    let base = base.unwrap_or(first);
    base.to_uppercase().find(|c| c.is_alphabetic()).filter(|_| base.is_alphabetic())
}

/// What titles are sorted by: letters and digits without case and marks.
pub fn fold(title: &str) -> String {
    let kept = |c: &char| !is_combining_mark(*c);
    let lower: String = title.nfd().filter(kept).flat_map(char::to_lowercase).collect();
    lower.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_under_its_first_letter_without_marks() {
        for (title, head) in [
            ("go", Some('G')),
            ("Élixir", Some('E')),
            ("E\u{301}lixir", Some('E')),
            ("“Quoted”", Some('Q')),
            (".NET", Some('N')),
            ("ßeta", Some('S')),
            ("жук", Some('Ж')),
            ("データ", Some('テ')),
            ("가나", Some('가')),
            ("漢字", Some('漢')),
            ("7-Zip", None),
            ("²x", None),
            ("#!", None),
            ("", None),
        ] {
            assert_eq!(letter(title), head, "{title}");
        }
    }

    #[test]
    fn case_and_marks_do_not_part_what_belongs_together() {
        assert_eq!(fold("Élan"), fold("elan"));
        assert!(fold("Élan") < fold("Elbe"));
        assert_eq!(fold(".NET"), "net");
    }

    #[test]
    fn a_part_of_a_list_has_its_own_lines_of_each_letter() {
        let letters = Letters::of([None, Some('A'), Some('A'), Some('A'), Some('C')].into_iter());
        assert_eq!(letters.starts(), [(None, 0), (Some('A'), 1), (Some('C'), 4)]);
        let within = |lines| letters.within(lines).collect::<Vec<_>>();
        assert_eq!(within(0..2), [(None, 0..1), (Some('A'), 1..2)]);
        assert_eq!(within(2..9), [(Some('A'), 2..4), (Some('C'), 4..5)]);
        assert_eq!(within(5..9), []);
    }
}
