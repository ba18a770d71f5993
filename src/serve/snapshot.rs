//! A linked site, whose files are made when they are asked for.

use std::collections::BTreeSet;

use hyper::body::Bytes;

use super::mime;
use crate::diag::{Diagnostic, Lint, Located, Report};
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::pipeline;
use crate::render::{Renderer, Stock};
use crate::site::{Output, Route, Search, Site};
use crate::source::{Disk, Files, SourceFile};

/// A site that can be shown.
pub(super) struct Snapshot {
    pub(super) site: Site,
    /// Nothing where the theme can't be loaded.
    pub(super) stock: Option<Stock>,
    /// What is wrong with it, but for what rendering finds.
    pub(super) report: Report,
    /// The templates and static files that there were.
    pub(super) theme_files: Vec<SourceFile>,
    /// Whether what takes longest was left out, and is being made.
    pub(super) is_sketch: bool,
}

/// A file as it is answered, without what the preview adds.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) bytes: Bytes,
    /// Other bytes have another.
    pub(super) tag: String,
    pub(super) kind: &'static str,
    /// Whether it can't be made, and never could.
    pub(super) is_broken: bool,
    /// What making it found.
    pub(super) problems: Vec<Located>,
    pub(super) version: u64,
}

/// What there is at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    File(OutputPath),
    /// The folder's address has a slash at its end, or the site a path.
    Elsewhere(String),
    /// It is left out of a sketch.
    Later,
    Nothing,
}

impl Page {
    /// A page of what rendering came to; nothing if it was not possible.
    fn new(
        made: Option<Vec<u8>>,
        kind: &'static str,
        problems: Vec<Located>,
        version: u64,
    ) -> Self {
        let is_broken = made.is_none();
        let bytes = made.unwrap_or_default();
        let tag = format!("\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(&bytes));
        Self { bytes: bytes.into(), tag, kind, is_broken, problems, version }
    }

    pub(super) fn is_html(&self) -> bool {
        self.kind.starts_with("text/html")
    }
}

impl Snapshot {
    pub(super) fn route(&self, path: &OutputPath) -> Option<&Route> {
        let routes = &self.site.routes;
        routes.binary_search_by(|route| route.path.cmp(path)).ok().map(|at| &routes[at])
    }

    /// The addresses of copies of these files.
    pub(super) fn addresses(&self, files: &BTreeSet<SourcePath>) -> Vec<String> {
        let site = &self.site;
        let of = |output: &Output| matches!(output, Output::Copy(file) if files.contains(file));
        let routes = site.routes.iter().filter(|route| of(&route.output));
        let address = |path: &str| UrlPath::new(path).map(|url| site.href(&url.as_file()));
        routes.filter_map(|route| address(route.path.as_str()).ok()).collect()
    }

    pub(super) fn find(&self, address: &str) -> Found {
        let base = &self.site.config.base_url.path;
        let Some(below) = address.strip_prefix(base.as_str()) else {
            let is_root = address == "/" || format!("{address}/") == *base;
            return if is_root { Found::Elsewhere(base.clone()) } else { Found::Nothing };
        };
        if self.is_sketch && Search::has(below) {
            return Found::Later;
        }
        let has = |path: &str| OutputPath::new(path).ok().filter(|path| self.route(path).is_some());
        if below.is_empty() || below.ends_with('/') {
            return has(&format!("{below}index.html")).map_or(Found::Nothing, Found::File);
        }
        if let Some(path) = has(below) {
            return Found::File(path);
        }
        let folder = has(&format!("{below}/index.html"))
            .and_then(|_| UrlPath::new(&format!("{below}/")).ok());
        folder.map_or(Found::Nothing, |folder| Found::Elsewhere(self.site.href(&folder)))
    }

    /// A file, and whether a source of it is newer than this.
    pub(super) fn make(
        &self,
        path: &OutputPath,
        files: &Disk,
        version: u64,
    ) -> Option<(Page, bool)> {
        let route = self.route(path)?;
        let kind = mime::of(&route.output, path.as_str());
        let Some(stock) = &self.stock else {
            // Why is said by the report of the site.
            return Some((Page::new(None, kind, self.report.problems.clone(), version), false));
        };
        let mut problems = Vec::new();
        let made = Renderer::new(&self.site, stock, files).render(route).unpack(&mut problems);
        let is_stale = problems.iter().any(|problem| self.is_news(problem));
        // A source that is there was changed, which is no problem.
        let is_there = |problem: &Diagnostic| {
            problem.place.as_ref().is_some_and(|place| files.read(&place.file).is_ok())
        };
        problems.retain(|p| p.lint != Lint::FileUnreadable || !is_there(p));
        let mut located = pipeline::report(&self.site, problems, files).problems;
        let made = made.filter(|_| !is_stale).map(|file| file.bytes);
        if made.is_none()
            && let Output::Page(id) = route.output
        {
            let file = &self.site.pages[id].document.file;
            let own = self.report.problems.iter().filter(|p| p.file.as_ref() == Some(file));
            located.extend(own.cloned());
        }
        Some((Page::new(made, kind, located, version), is_stale))
    }

    /// Whether a file can't be read as it was, of which the site was not told.
    fn is_news(&self, problem: &Diagnostic) -> bool {
        let file = problem.place.as_ref().map(|place| &place.file);
        let is_same =
            |p: &Located| p.diagnostic.lint == Lint::FileUnreadable && p.file.as_ref() == file;
        problem.lint == Lint::FileUnreadable && !self.report.problems.iter().any(is_same)
    }
}
