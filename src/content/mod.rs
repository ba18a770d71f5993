//! Content files: front matter and what the first pass finds in the body.

mod document;
mod fence;
mod front_matter;
mod read;

use std::ops::Range;

pub use document::{Document, Kind};
pub use fence::{Fenced, split};
pub use front_matter::FrontMatter;
pub(crate) use read::humanize;
pub use read::read;

use crate::config;
use crate::data::{self, Syntax};
use crate::diag::{KeyPath, Texts};
use crate::path::SourcePath;
use crate::source::Files;

/// Front matter longer than this is not read, in bytes: YAML readers can take
/// very long over it.
pub const MAX_FRONT_MATTER: usize = 32 << 10;

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
            Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Err(_) => (self.other)(file),
        }
    }

    fn find(
        &self,
        file: &SourcePath,
        text: &str,
        path: &KeyPath,
        key: bool,
    ) -> Option<Range<usize>> {
        if file.as_str() == config::FILE {
            return data::find(Syntax::Yaml, text, path, key);
        }
        let fenced = split(text).ok()??;
        let range = data::find(fenced.syntax, &text[fenced.data.clone()], path, key)?;
        Some(range.start + fenced.data.start..range.end + fenced.data.start)
    }
}
