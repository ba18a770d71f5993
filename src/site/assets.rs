//! Files that are copied: beside pages, and static ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Section;
use crate::content::Document;
use crate::diag::{Diagnostic, Lint, Place};
use crate::path::{SourcePath, UrlPath};
use crate::pictures::{Flaw, Picture};
use crate::theme::STATIC;

/// Files that are copied, and where to.
#[derive(Debug, Default)]
pub struct Assets {
    by_source: BTreeMap<SourcePath, UrlPath>,
    inspected: Inspected,
}

/// The pictures among them, and what is wrong with those that are none.
pub type Inspected = BTreeMap<SourcePath, Result<Picture, Flaw>>;

/// Whether a file of the content folder is a document.
pub fn is_page(path: &SourcePath) -> bool {
    matches!(path.extension(), Some("md" | "markdown"))
}

impl Assets {
    /// A static file keeps its path; a file in a bundle goes below its page,
    /// any other below its section.
    pub(super) fn place(
        root: &str,
        (assets, statics, inspected): (Vec<SourcePath>, Vec<SourcePath>, Inspected),
        pages: &[Arc<Document>],
        urls: &[UrlPath],
        sections: &[Section],
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut folders: BTreeMap<&str, &UrlPath> = BTreeMap::new();
        let content = pages.iter().zip(urls).filter(|(page, _)| page.is_bundle());
        folders.extend(sections.iter().map(|section| (section.folder.as_str(), &section.url)));
        folders.extend(content.map(|(page, url)| (page.folder(), url)));
        let mut by_source = BTreeMap::new();
        let mut add = |source: SourcePath, url: Result<UrlPath, String>| match url {
            Ok(url) => {
                by_source.insert(source, url);
            }
            Err(why) => problems.push(
                Diagnostic::new(
                    Lint::PathInvalid,
                    format!("`{source}` can't be published: it has {why}"),
                )
                .at(Place::file(&source))
                .help("rename the file"),
            ),
        };
        for source in statics {
            let url = UrlPath::new(&format!("/{}", source.below(STATIC).unwrap_or_default()));
            add(source, url.map(|url| url.as_file()));
        }
        for source in assets {
            let below = source.below(root).unwrap_or(source.as_str());
            let url = url_of(below, &folders);
            add(source, url);
        }
        Self { by_source, inspected }
    }

    /// Where a file is copied to.
    pub fn url(&self, source: &SourcePath) -> Option<&UrlPath> {
        self.by_source.get(source)
    }

    /// A picture, or what is wrong with it; nothing of other files.
    pub fn picture(&self, source: &SourcePath) -> Option<Result<&Picture, &Flaw>> {
        self.inspected.get(source).map(Result::as_ref)
    }

    /// Width and height of a picture, in pixels, if it is known.
    pub fn size(&self, source: &SourcePath) -> Option<(u32, u32)> {
        self.picture(source)?.ok()?.size
    }

    /// Every file that is copied, by source.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &UrlPath)> {
        self.by_source.iter()
    }
}

/// The address of the nearest folder that has one, and the rest of the path.
fn url_of(below: &str, folders: &BTreeMap<&str, &UrlPath>) -> Result<UrlPath, String> {
    let mut folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
    loop {
        if let Some(url) = folders.get(folder) {
            let rest = below[folder.len()..].trim_start_matches('/');
            return url.join(rest).map(|url| url.as_file());
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        if folder.is_empty() && !folders.contains_key("") {
            return UrlPath::new(below).map(|url| url.as_file());
        }
    }
}
