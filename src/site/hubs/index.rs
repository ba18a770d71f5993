//! Titles and names by letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Hub, Places};
use crate::path::{UrlPath, slugify};
use crate::site::{PageId, SubjectId};

/// The index has this many entries on a page.
pub const INDEX_PART: usize = 1000;

/// Titles, subjects and their other names, in the order of the alphabet.
#[derive(Debug)]
pub struct Index {
    /// Where it is.
    pub url: UrlPath,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// A line of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The letter it stands under; nothing for digits and signs.
    pub letter: Option<char>,
    /// The title or name.
    pub title: String,
    /// Where it leads.
    pub to: Target,
    /// Whether it is another name of what it leads to.
    pub is_alias: bool,
}

/// Where a line of the index leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A subject's page.
    Subject(SubjectId),
    /// An article.
    Page(PageId),
}

impl Index {
    pub(super) fn of(hubs: &[Hub], places: &Places<'_>) -> Option<Self> {
        let mut entries = Vec::new();
        let mut add = |title: &str, to, is_alias| {
            let title = title.to_owned();
            entries.push(Entry { letter: letter(&title), title, to, is_alias });
        };
        let are_hubs = places.config.hubs.subjects;
        for (id, page) in places.pages.iter().enumerate() {
            let is_subject = are_hubs && page.front.subject.is_some();
            if page.front.is_listed() && !is_subject {
                add(&page.title, Target::Page(id), false);
            }
        }
        for (id, (entry, hub)) in places.subjects.all.iter().zip(hubs).enumerate() {
            let is_hidden = entry.page.is_some_and(|page| !places.pages[page].front.is_listed());
            // What has no page of its own is found in its only comparison.
            let to = match (&hub.url, hub.comparisons.first()) {
                _ if is_hidden || !are_hubs => continue,
                (Some(_), _) => Target::Subject(id),
                (None, Some(page)) => Target::Page(*page),
                (None, None) => continue,
            };
            add(&entry.name, to, false);
            let name = slugify(&entry.name);
            for alias in entry.facts.aliases.iter().filter(|alias| slugify(alias) != name) {
                add(alias, to, true);
            }
        }
        let key = |entry: &Entry| (entry.letter, fold(&entry.title), entry.title.clone(), entry.to);
        entries.sort_by_cached_key(key);
        let url = UrlPath::new("/a-z/").ok()?;
        Some(Self { url, entries })
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
}
