//! What is shown now, what was made of it, and who waits for more.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tokio::sync::watch;

use super::large::Large;
use super::mime;
use super::snapshot::{Found, Page, Snapshot};
use crate::diag::{Located, Severity};
use crate::path::OutputPath;
use crate::site::Output;
use crate::source::Disk;

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
        let is_same = |page: &&Arc<Page>| page.version == version || self.is_lasting(path);
        if let Some(page) = before.as_ref().filter(is_same) {
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

    /// Whether a file is the same as long as it is there: the address of a picture in
    /// another width says what is in it.
    fn is_lasting(&self, path: &OutputPath) -> bool {
        self.look(|snapshot| {
            snapshot.route(path).is_some_and(|route| route.output.picture().is_some())
        })
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
