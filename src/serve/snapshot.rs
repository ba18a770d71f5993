//! What is served now: a linked site whose files are made when they are asked
//! for.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use hyper::body::Bytes;
use tokio::sync::broadcast;

use super::mime;
use crate::diag::{Diagnostic, Lint, Located, Report, Severity};
use crate::path::{OutputPath, UrlPath};
use crate::pipeline;
use crate::render::{Renderer, Stock};
use crate::site::{Output, Route, Site};
use crate::source::Disk;

/// A site that can be shown.
pub(super) struct Snapshot {
    pub(super) site: Site,
    /// Nothing where the theme can't be loaded.
    pub(super) stock: Option<Stock>,
    /// What is wrong with it, but for what rendering finds.
    pub(super) report: Report,
}

/// What open pages are told.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// The addresses of copied files that changed.
    pub(super) assets: Arc<[String]>,
}

/// A file as it is answered, without what the preview adds.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) bytes: Bytes,
    /// Other bytes have another.
    pub(super) tag: String,
    pub(super) kind: &'static str,
    /// What making it found.
    problems: Vec<Located>,
    version: u64,
}

/// What there is at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    File(OutputPath),
    /// The folder's address has a slash at its end, or the site a path.
    Elsewhere(String),
    Nothing,
}

/// What making a file came to.
pub(super) enum Made {
    Page(Arc<Page>),
    /// The source is newer than the snapshot.
    Stale,
    /// There is no such file, or nothing but problems to show of it.
    Nothing,
}

/// What is served, and what was made of it.
pub(super) struct Shown {
    snapshot: RwLock<Snapshot>,
    version: AtomicU64,
    changes: broadcast::Sender<Change>,
    kept: Mutex<Kept>,
    files: Disk,
}

impl Shown {
    pub(super) fn new(snapshot: Snapshot, files: Disk) -> Self {
        Self {
            snapshot: RwLock::new(snapshot),
            version: AtomicU64::new(0),
            changes: broadcast::channel(64).0,
            kept: Mutex::default(),
            files,
        }
    }

    /// Looks at the snapshot; what changes it waits meanwhile.
    pub(super) fn look<T>(&self, at: impl FnOnce(&Snapshot) -> T) -> T {
        at(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the snapshot, and tells open pages.
    pub(super) fn change<T>(
        &self,
        assets: &[String],
        change: impl FnOnce(&mut Snapshot) -> T,
    ) -> T {
        let changed = {
            let mut snapshot = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
            let changed = change(&mut snapshot);
            self.version.fetch_add(1, Ordering::SeqCst);
            changed
        };
        // Nobody may be listening.
        let _ = self.changes.send(Change { assets: assets.into() });
        changed
    }

    /// From now on, what changes.
    pub(super) fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// What is at an address: a path as a browser sent it, decoded.
    pub(super) fn find(&self, address: &str) -> Found {
        self.look(|snapshot| snapshot.find(address))
    }

    /// Makes a file, unless it was made of this snapshot before. One that can't
    /// be made is shown as it was when it last could.
    pub(super) fn make(&self, path: &OutputPath) -> Made {
        let version = self.version.load(Ordering::SeqCst);
        let before = self.kept().pages.get(path).cloned();
        if let Some(page) = before.as_ref().filter(|page| page.version == version) {
            return Made::Page(page.clone());
        }
        let made = self.look(|snapshot| snapshot.make(path, &self.files, version));
        let Some((page, is_stale)) = made else { return Made::Nothing };
        if is_stale {
            return Made::Stale;
        }
        let is_good = !page.problems.iter().any(|problem| problem.severity == Severity::Error);
        let page = match before {
            Some(before) if !is_good => Page {
                bytes: before.bytes.clone(),
                tag: before.tag.clone(),
                kind: before.kind,
                ..page
            },
            _ => page,
        };
        let is_empty = page.bytes.is_empty() && !is_good;
        let page = Arc::new(page);
        if !is_empty {
            self.kept().keep(path, &page);
        }
        Made::Page(page)
    }

    /// Every error that an open page has to know of, its own first.
    pub(super) fn errors(&self, path: Option<&OutputPath>) -> Vec<Located> {
        let page = path.and_then(|path| match self.make(path) {
            Made::Page(page) => Some(page),
            Made::Stale | Made::Nothing => None,
        });
        let is_error = |problem: &&Located| problem.severity == Severity::Error;
        let own = page.iter().flat_map(|page| &page.problems);
        let mut errors: Vec<Located> = own.filter(is_error).cloned().collect();
        self.look(|snapshot| {
            let all = snapshot.report.problems.iter().filter(is_error);
            let others: Vec<Located> = all.filter(|e| !errors.contains(e)).cloned().collect();
            errors.extend(others);
        });
        errors
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Page {
    fn new(bytes: Vec<u8>, kind: &'static str, problems: Vec<Located>, version: u64) -> Self {
        let tag = format!("\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(&bytes));
        Self { bytes: bytes.into(), tag, kind, problems, version }
    }

    pub(super) fn is_html(&self) -> bool {
        self.kind.starts_with("text/html")
    }

    /// Whether it could never be made.
    pub(super) fn is_broken(&self) -> bool {
        self.bytes.is_empty() && self.problems.iter().any(|p| p.severity == Severity::Error)
    }
}

impl Snapshot {
    pub(super) fn route(&self, path: &OutputPath) -> Option<&Route> {
        let routes = &self.site.routes;
        routes.binary_search_by(|route| route.path.cmp(path)).ok().map(|at| &routes[at])
    }

    fn find(&self, address: &str) -> Found {
        let base = &self.site.config.base_url.path;
        let Some(below) = address.strip_prefix(base.as_str()) else {
            let is_root = address == "/" || format!("{address}/") == *base;
            return if is_root { Found::Elsewhere(base.clone()) } else { Found::Nothing };
        };
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
    fn make(&self, path: &OutputPath, files: &Disk, version: u64) -> Option<(Page, bool)> {
        let route = self.route(path)?;
        let kind = mime::of(&route.output, path.as_str());
        let Some(stock) = &self.stock else {
            // Why is said by the report of the site.
            return Some((
                Page::new(Vec::new(), kind, self.report.problems.clone(), version),
                false,
            ));
        };
        let mut problems = Vec::new();
        let made = Renderer::new(&self.site, stock, files).render(route).unpack(&mut problems);
        let is_changed = |problem: &Diagnostic| problem.lint == Lint::FileUnreadable;
        let is_stale = problems.iter().any(is_changed) && !self.is_known_broken(&problems);
        let bytes = made.map(|file| file.bytes).unwrap_or_default();
        let mut located = pipeline::report(&self.site, problems, files).problems;
        if bytes.is_empty()
            && let Output::Page(id) = route.output
        {
            let file = &self.site.pages[id].document.file;
            let own = self.report.problems.iter().filter(|p| p.file.as_ref() == Some(file));
            located.extend(own.cloned());
        }
        Some((Page::new(bytes, kind, located, version), is_stale))
    }

    /// Whether a file can't be read, which the site was told of already.
    fn is_known_broken(&self, problems: &[Diagnostic]) -> bool {
        let unreadable = problems.iter().filter(|p| p.lint == Lint::FileUnreadable);
        let mut files = unreadable.filter_map(|problem| problem.place.as_ref());
        files.all(|place| {
            let mut known = self.report.problems.iter();
            known.any(|p| {
                p.diagnostic.lint == Lint::FileUnreadable && p.file.as_ref() == Some(&place.file)
            })
        })
    }
}

/// Files that were made, the newest of them.
#[derive(Default)]
struct Kept {
    pages: HashMap<OutputPath, Arc<Page>>,
    order: VecDeque<OutputPath>,
    bytes: usize,
}

impl Kept {
    /// So much is kept, in bytes; one file may have an eighth of it.
    const LIMIT: usize = 64 << 20;

    fn keep(&mut self, path: &OutputPath, page: &Arc<Page>) {
        let size = page.bytes.len();
        if size > Self::LIMIT / 8 {
            return;
        }
        self.bytes += size;
        match self.pages.insert(path.clone(), page.clone()) {
            Some(before) => self.bytes -= before.bytes.len(),
            None => self.order.push_back(path.clone()),
        }
        while self.bytes > Self::LIMIT {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(page) = self.pages.remove(&oldest) {
                self.bytes -= page.bytes.len();
            }
        }
    }
}
