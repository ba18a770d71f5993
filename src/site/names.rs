//! Pages by what front matter calls them: `mirror_of: rust-vs-go`,
//! `related: [../guide/deploy.md, /compare/go-vs-zig/]`.

use std::collections::HashMap;

use super::PageId;
use crate::content::Document;
use crate::path::{SourcePath, UrlPath};

/// Every name that a page goes by.
pub(super) struct Names<'a> {
    by_file: HashMap<&'a SourcePath, PageId>,
    by_url: HashMap<&'a str, PageId>,
    /// By the last part of the address, each with its folder.
    by_last: HashMap<&'a str, Vec<(&'a str, PageId)>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(pages: impl Iterator<Item = (&'a Document, &'a UrlPath)>) -> Self {
        let (mut by_file, mut by_url) = (HashMap::new(), HashMap::new());
        let mut by_last: HashMap<&str, Vec<(&str, PageId)>> = HashMap::new();
        for (id, (document, url)) in pages.enumerate() {
            let url = url.as_str().trim_matches('/');
            by_file.entry(&document.file).or_insert(id);
            by_url.entry(url).or_insert(id);
            let last = url.rsplit('/').next().unwrap_or(url);
            by_last.entry(last).or_default().push((document.folder(), id));
        }
        Self { by_file, by_url, by_last }
    }

    /// The page that another calls so: by its path, its address, or the end of
    /// its address, beside the other before anywhere.
    pub(super) fn find(&self, wanted: &str, from: PageId, document: &Document) -> Option<PageId> {
        let slug = wanted.trim_matches('/');
        let last = || self.by_last.get(slug).into_iter().flatten().filter(|(_, id)| *id != from);
        let beside = || last().find(|(folder, _)| *folder == document.folder());
        let by_path = || self.by_file.get(&document.file.join(wanted)?).copied();
        let by_url = || self.by_url.get(slug).copied();
        let found =
            by_path().filter(|id| *id != from).or_else(|| by_url().filter(|id| *id != from));
        found.or_else(|| beside().or_else(|| last().next()).map(|(_, id)| *id))
    }

    /// The ends of addresses, for suggestions.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a str> {
        let mut all: Vec<&str> = self.by_last.keys().copied().collect();
        all.sort_unstable();
        all.into_iter()
    }
}
