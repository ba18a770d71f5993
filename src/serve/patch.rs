//! The short way from an edit to its page.
//!
//! A page is mostly a function of its own file. So a new text goes into its
//! place in the site that is shown, at once; what follows from it for others,
//! and for its address, terms and neighbours, comes with the next pass, which
//! is exact.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::snapshot::Snapshot;
use crate::comparison::Subject;
use crate::config::Config;
use crate::content::Document;
use crate::path::SourcePath;
use crate::pipeline::{self, Source};
use crate::render::Stock;
use crate::source::{Disk, Files, Listing, SourceFile};
use crate::theme;

/// What is read without a pass.
#[derive(Clone)]
pub(super) enum Patch {
    /// A content file.
    Content(Arc<Source>),
    /// The templates and static files.
    Theme,
    /// A file that is copied, which is read when it is asked for.
    Copy,
}

/// Reads a file for its page. Nothing comes of files that are new or gone, as
/// they were, or such that what is shown can't hold them.
pub(super) fn read(path: &SourcePath, files: &Disk, shown: &Snapshot) -> Option<Patch> {
    let Some(old) = find(shown, path) else {
        let is_copied = || !shown.addresses(&BTreeSet::from([path.clone()])).is_empty();
        return match theme::is_part(path) {
            true => files.read(path).is_ok().then_some(Patch::Theme),
            false => is_copied().then_some(Patch::Copy),
        };
    };
    let bytes = files.read(path).ok()?;
    // An editor may have emptied it only to fill it.
    if bytes.is_empty() || xxhash_rust::xxh3::xxh3_64(&bytes) == old.hash {
        return None;
    }
    let config: &Config = &shown.site.config;
    let file = SourceFile { path: path.clone(), size: bytes.len() as u64, stamp: 0, time: 0 };
    let source = pipeline::read(&file, &old.below, Ok(bytes), config);
    fits(old, &source.document).then(|| Patch::Content(Arc::new(source)))
}

fn find<'s>(shown: &'s Snapshot, path: &SourcePath) -> Option<&'s Arc<Document>> {
    let pages = &shown.site.pages;
    if let Ok(id) = pages.binary_search_by(|page| page.document.file.cmp(path)) {
        return Some(&pages[id].document);
    }
    let mut indexes = shown.site.sections.iter().filter_map(|section| section.document.as_ref());
    indexes.find(|document| document.file == *path)
}

/// Whether what the site knows of a page is still true enough: whom it compares
/// is counted by place.
fn fits(old: &Document, new: &Document) -> bool {
    let subjects = |document: &Document| -> Vec<String> {
        let id = |subject: &Subject| subject.id.clone();
        document.front.comparison.subjects.iter().map(id).collect()
    };
    old.kind == new.kind
        && (new.is_broken || subjects(old) == subjects(new))
        && old.subject() == new.subject()
}

impl Patch {
    /// Puts what was read in its place.
    pub(super) fn apply(&self, path: &SourcePath, files: &Disk, shown: &mut Snapshot) {
        match self {
            Self::Content(source) => content(source, path, files, shown),
            Self::Theme => restock(path, files, shown),
            Self::Copy => {}
        }
    }
}

fn content(source: &Source, path: &SourcePath, files: &Disk, shown: &mut Snapshot) {
    let Some(old) = find(shown, path).filter(|old| fits(old, &source.document)) else { return };
    let (document, hash) = (source.document.clone(), old.hash);
    if hash == document.hash {
        return;
    }
    let pages = &mut shown.site.pages;
    if let Ok(id) = pages.binary_search_by(|page| page.document.file.cmp(path)) {
        pages[id].document = document;
        if let Some(stock) = &mut shown.stock {
            stock.forget(id);
        }
    } else {
        let sections = shown.site.sections.iter_mut();
        for old in sections.filter_map(|section| section.document.as_mut()) {
            if old.file == *path {
                *old = document.clone();
            }
        }
    }
    let new = pipeline::report(&shown.site, source.problems.clone(), files);
    shown.report.problems.retain(|problem| problem.file.as_ref() != Some(path));
    shown.report.problems.extend(new.problems);
}

/// Loads the theme anew. One that can't be loaded is left to the pass.
fn restock(path: &SourcePath, files: &Disk, shown: &mut Snapshot) {
    let known = &mut shown.theme_files;
    if let Err(at) = known.binary_search_by(|file| file.path.cmp(path)) {
        known.insert(at, SourceFile { path: path.clone(), size: 0, stamp: 0, time: 0 });
    }
    let listing = Listing { files: known.clone(), ..Listing::default() };
    let theme = pipeline::theme(files, &listing, &shown.site.config);
    if shown.stock.is_some() && theme.problems.is_empty() {
        shown.stock = Some(Stock::new(&shown.site, theme.value));
    }
}
