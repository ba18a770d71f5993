//! The three kinds of path a site has, each safe once it exists.
//!
//! [`SourcePath`] names a file of the project, [`UrlPath`] an address of the
//! site, [`OutputPath`] a file of the build. Whatever an author writes (a slug,
//! a `url:`, an alias, a tag) becomes a path only through this module.

mod output;
mod scheme;
mod slug;
mod url;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

pub use output::OutputPath;
pub use scheme::{SAFE_SCHEMES, is_external, safe_scheme};
pub use slug::{nearest, slugify};
pub use url::UrlPath;

/// A file of the project, relative to its root, with `/` between its parts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SourcePath(Arc<str>);

impl From<String> for SourcePath {
    fn from(path: String) -> Self {
        Self(path.into())
    }
}

impl From<SourcePath> for String {
    fn from(path: SourcePath) -> Self {
        path.0.as_ref().into()
    }
}

impl SourcePath {
    /// A path as it is written: relative, `/` between parts.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `b.md` of `content/a/b.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// What stands behind the last dot of the name, if anything does.
    pub fn extension(&self) -> Option<&str> {
        self.name().rsplit_once('.').map(|(_, extension)| extension)
    }

    /// The folder that holds the file, empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What is left of the path below `folder`, or `None` outside it.
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// A path relative to the folder of this file, `..` resolved; `None` when
    /// it leaves the project.
    pub fn join(&self, relative: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|p| !p.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self::new(parts.join("/")))
    }
}

/// A text in its composed form (NFC), which one in ASCII has.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { text.into() } else { text.nfc().collect::<String>().into() }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
