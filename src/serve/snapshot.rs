//! What is served now: a linked site whose files are made when they are asked
//! for.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use hyper::body::Bytes;
use tokio::sync::watch;

use super::large::Large;
use super::mime;
use crate::diag::{Diagnostic, Lint, Located, Report, Severity};
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
    problems: Vec<Located>,
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

/// What making a file came to.
pub(super) enum Made {
    Page(Arc<Page>),
    /// A source is newer than the snapshot: the file as it was, or what hinders it.
    Stale(Arc<Page>),
    /// There is no such file, or nothing but problems to show of it.
    Nothing,
}

/// How far the preview is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Progress {
    /// The version that is shown.
    pub(super) version: u64,
    /// How many passes are over, whatever came of them.
    pub(super) passes: u64,
}

/// What is served, and what was made of it.
pub(super) struct Shown {
    snapshot: RwLock<Snapshot>,
    version: AtomicU64,
    /// For those who wait for more.
    progress: watch::Sender<Progress>,
    /// In which version a copied file changed last, by its address.
    assets: Mutex<BTreeMap<String, u64>>,
    /// Versions are counted from the start of this preview.
    session: u64,
    kept: Mutex<Kept>,
    files: Disk,
}

impl Shown {
    pub(super) fn new(snapshot: Snapshot, files: Disk) -> Self {
        Self {
            snapshot: RwLock::new(snapshot),
            version: AtomicU64::new(0),
            progress: watch::Sender::default(),
            assets: Mutex::default(),
            session: RandomState::new().hash_one(0),
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
        let mut snapshot = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
        let changed = change(&mut snapshot);
        let version = 1 + self.version.fetch_add(1, Ordering::SeqCst);
        let mut known = self.assets();
        known.extend(assets.iter().map(|address| (address.clone(), version)));
        drop((known, snapshot));
        self.progress.send_modify(|progress| progress.version = version);
        changed
    }

    /// Says that a pass is over.
    pub(super) fn passed(&self) {
        self.progress.send_modify(|progress| progress.passes += 1);
    }

    /// Says when something is shown, and when a pass is over.
    pub(super) fn progress(&self) -> watch::Receiver<Progress> {
        self.progress.subscribe()
    }

    /// A version as open pages name it.
    pub(super) fn name(&self, version: u64) -> String {
        format!("{:x}-{version}", self.session)
    }

    /// The version of a name, unless another preview gave it.
    pub(super) fn version(&self, name: &str) -> Option<u64> {
        let (session, version) = name.split_once('-')?;
        (session == format!("{:x}", self.session)).then(|| version.parse().ok())?
    }

    /// The addresses of copied files that changed after a version.
    pub(super) fn assets_since(&self, version: u64) -> Vec<String> {
        let known = self.assets();
        known.iter().filter(|(_, at)| **at > version).map(|(address, _)| address.clone()).collect()
    }

    /// What is at an address: a path as a browser sent it, decoded.
    pub(super) fn find(&self, address: &str) -> Found {
        self.look(|snapshot| snapshot.find(address))
    }

    /// How many pages the site has.
    pub(super) fn pages(&self) -> usize {
        self.look(|snapshot| snapshot.site.pages.len())
    }

    /// A file that is copied and too large to be held.
    pub(super) fn large(&self, path: &OutputPath) -> Option<(Large, &'static str)> {
        let (source, kind) = self.look(|snapshot| match &snapshot.route(path)?.output {
            output @ Output::Copy(source) => {
                Some((source.clone(), mime::of(output, path.as_str())))
            }
            _ => None,
        })?;
        Some((Large::open(&self.files.root().join(source.as_str()))?, kind))
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
        let is_good = !page.problems.iter().any(|problem| problem.severity == Severity::Error);
        let page = Arc::new(match before {
            Some(before) if !is_good || is_stale => Page {
                bytes: before.bytes.clone(),
                tag: before.tag.clone(),
                kind: before.kind,
                is_broken: false,
                ..page
            },
            _ => page,
        });
        if is_stale {
            return Made::Stale(page);
        }
        if !page.is_broken {
            self.kept().keep(path, &page);
        }
        Made::Page(page)
    }

    /// Every error that an open page has to know of, its own first.
    pub(super) fn errors(&self, path: Option<&OutputPath>) -> Vec<Located> {
        let page = path.and_then(|path| match self.make(path) {
            Made::Page(page) | Made::Stale(page) => Some(page),
            Made::Nothing => None,
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

    fn assets(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.assets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
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

    fn find(&self, address: &str) -> Found {
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
    fn make(&self, path: &OutputPath, files: &Disk, version: u64) -> Option<(Page, bool)> {
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
