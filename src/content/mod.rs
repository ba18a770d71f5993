//! Content files: front matter and what the first pass finds in the body.

mod bag;
mod document;
mod fence;
mod front_matter;
mod lints;
mod read;
mod structured;

pub use document::{Document, Kind};
pub use fence::{Fenced, split};
pub use front_matter::{FrontMatter, RelatedChoice, SubjectFile};
pub use read::{Rules, read};
pub(crate) use read::{SUBJECTS, humanize};
pub use structured::Layout;

use crate::config;
use crate::data::{self, Syntax};
use crate::diag::{Finder, Texts};
use crate::path::SourcePath;
use crate::source::Files;

/// Front matter longer than this is not read, in bytes: YAML readers can take
/// very long over it.
pub const MAX_FRONT_MATTER: usize = 128 << 10;

/// The project's texts, for reports.
pub struct ProjectTexts<'a> {
    /// The project.
    pub files: &'a dyn Files,
    /// A file that is not the project's own, such as one of the default theme.
    pub other: &'a dyn Fn(&SourcePath) -> Option<String>,
}

impl Texts for ProjectTexts<'_> {
    fn text(&self, file: &SourcePath) -> Option<String> {
        match self.files.read(file) {
            Ok(bytes) => Some(
                String::from_utf8(bytes)
                    .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
            ),
            Err(_) => (self.other)(file),
        }
    }

    fn finder(&self, file: &SourcePath, text: &str) -> Finder {
        let nothing: Finder = Box::new(|_, _| None);
        let (syntax, range) = if file.extension() == Some("yaml") {
            (Syntax::Yaml, config::data_start(text)..text.len())
        } else {
            match split(text) {
                Ok(Some(fenced)) => (fenced.syntax, fenced.data),
                _ => return nothing,
            }
        };
        let Some(places) = data::places(syntax, &text[range.clone()]) else { return nothing };
        Box::new(move |path, key| {
            // A short form has no keys below it: `verdict: text` is its `text`.
            let mut path = path.clone();
            while !path.0.is_empty() {
                if let Some(found) = places.find(&path, key) {
                    return Some(found.start + range.start..found.end + range.start);
                }
                path.0.pop();
            }
            None
        })
    }
}
