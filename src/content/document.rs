//! A content file, as far as it is known without the rest of the site.

use serde::{Deserialize, Serialize};

use super::FrontMatter;
use crate::markdown::Outline;
use crate::path::{SourcePath, slugify};

/// What a content file is to the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// `a.md`, or `a/index.md` with its assets beside it.
    Page,
    /// `_index.md`: the text and settings of its folder.
    Section,
}

/// A content file that was read. Its text is dropped; the second pass reads it
/// again, so that a site's texts are never all in memory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// The file.
    pub file: SourcePath,
    /// The path below the content folder.
    pub below: String,
    /// What it is to the site.
    pub kind: Kind,
    /// The title: front matter's, the first heading's or the file name's.
    pub title: String,
    /// What the front matter says.
    pub front: FrontMatter,
    /// What the body holds.
    pub outline: Outline,
    /// The ids of its sources, in the order of their numbers.
    pub citations: Vec<String>,
    /// The byte of the file at which the body begins.
    pub body: usize,
    /// Whether its front matter or its text could not be read, so that there is
    /// nothing to render.
    pub is_broken: bool,
    /// A hash of the file, by which the second pass knows it is the same.
    pub hash: u64,
}

impl Document {
    /// Whether the page is the `index.md` of a bundle, whose folder is its own.
    pub fn is_bundle(&self) -> bool {
        self.kind == Kind::Page && self.file.name() == "index.md"
    }

    /// The folder that the document is in, or is, below the content folder.
    pub fn folder(&self) -> &str {
        self.below.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The id of the subject whose file it is: `content/subjects/go.md`.
    pub fn subject(&self) -> Option<String> {
        self.front.subject.as_ref().map(|_| slugify(self.name()))
    }

    /// The description, or the beginning of the text; plain text.
    pub fn summary(&self) -> &str {
        self.front.description.as_deref().unwrap_or(&self.outline.summary)
    }

    /// The section that the document belongs to: its folder, or for a bundle
    /// the folder above.
    pub fn section(&self) -> &str {
        let folder = self.folder();
        if self.is_bundle() {
            return folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        folder
    }

    /// The name that its address ends in unless front matter says otherwise.
    pub fn name(&self) -> &str {
        if self.is_bundle() {
            let folder = self.folder();
            return folder.rsplit('/').next().unwrap_or(folder);
        }
        self.file.stem()
    }
}
