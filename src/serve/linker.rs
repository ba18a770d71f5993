//! Passes over the project, one after the other, beside everything else.

use std::collections::BTreeSet;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::patch::Patch;
use super::shown::Shown;
use super::snapshot::Snapshot;
use super::touched::Prints;
use super::watch::Sign;
use super::workspace::{Doubts, News, Workspace, is_unusable};
use crate::config;
use crate::diag::Report;
use crate::path::SourcePath;
use crate::site::Site;
use crate::source::Disk;
use crate::theme;

/// Deeply nested quotes and lists are parsed by recursion.
pub(super) const STACK: usize = 16 << 20;

/// Of so many pages, a sketch is shown before all that follows from a change.
pub(super) const MANY: usize = 400;

/// An editor that empties a file fills it within so much.
const WRITING: Duration = Duration::from_millis(30);

/// A change that was taken in.
#[derive(Debug)]
pub struct Taken {
    /// The files that are other than before, or gone.
    pub changed: BTreeSet<SourcePath>,
    /// How many pages and lists show something of it.
    pub pages: usize,
    /// What there is to say of the site now.
    pub report: Report,
    /// How long it took from its first sign until it was shown.
    pub time: Duration,
}

/// What the linker is asked for.
struct Order {
    doubts: Doubts,
    since: Instant,
    /// How long it took until it was shown, if it was.
    shown: Option<Duration>,
    /// How many patches there were.
    patches: u64,
    /// Whether what is shown is a sketch that was made without looking.
    is_first: bool,
}

/// Patches that no pass has read yet.
#[derive(Default)]
pub(super) struct Patches {
    count: u64,
    waiting: Vec<(u64, SourcePath, Patch)>,
}

impl Patches {
    /// The documents that were patched when there were so many patches.
    fn before(&self, count: u64) -> BTreeSet<SourcePath> {
        let patches = self.waiting.iter().filter(|(at, ..)| *at <= count);
        let texts = patches.filter(|(.., patch)| matches!(patch, Patch::Content(_)));
        texts.map(|(_, path, _)| path.clone()).collect()
    }
}

/// Sends for passes.
pub(super) struct Linker {
    orders: Sender<Order>,
    patches: Arc<Mutex<Patches>>,
    /// Passes that were ordered and are not over.
    open: usize,
}

impl Linker {
    pub(super) fn start(
        workspace: Workspace,
        shown: Arc<Shown>,
        files: Disk,
        bell: Sender<Sign>,
    ) -> io::Result<Self> {
        let (orders, receiver) = mpsc::channel();
        let patches = Arc::new(Mutex::default());
        let worker =
            Worker { workspace, shown, files, patches: patches.clone(), prints: Prints::default() };
        let work = move || worker.run(&receiver, &bell);
        thread::Builder::new().name("linker".into()).stack_size(STACK).spawn(work)?;
        Ok(Self { orders, patches, open: 0 })
    }

    /// Takes patches down, to be applied once more to what a pass makes that
    /// did not read them.
    pub(super) fn patched(&self, patches: Vec<(SourcePath, Patch)>) {
        let mut known = lock(&self.patches);
        known.count += 1;
        let count = known.count;
        known.waiting.extend(patches.into_iter().map(|(path, patch)| (count, path, patch)));
    }

    /// Orders a pass.
    pub(super) fn order(&mut self, doubts: Doubts, since: Instant, shown: Option<Duration>) {
        let patches = lock(&self.patches).count;
        if self.orders.send(Order { doubts, since, shown, patches, is_first: false }).is_ok() {
            self.open += 1;
        }
    }

    /// Orders what the sketch at the start left out.
    pub(super) fn complete(&mut self, since: Instant) {
        let doubts = Doubts::default();
        let order = Order { doubts, since, shown: None, patches: 0, is_first: true };
        if self.orders.send(order).is_ok() {
            self.open += 1;
        }
    }

    pub(super) fn done(&mut self, orders: usize) {
        self.open -= orders;
    }

    pub(super) fn is_busy(&self) -> bool {
        self.open > 0
    }
}

fn lock(patches: &Mutex<Patches>) -> MutexGuard<'_, Patches> {
    patches.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Worker {
    workspace: Workspace,
    shown: Arc<Shown>,
    files: Disk,
    patches: Arc<Mutex<Patches>>,
    /// What was shown last.
    prints: Prints,
}

impl Worker {
    /// How many pages a change touches: a setting, a template and what it names,
    /// all of them.
    fn touched(&mut self, site: &Site, changed: &BTreeSet<SourcePath>) -> usize {
        let before = std::mem::replace(&mut self.prints, Prints::new(site));
        let is_general = |path: &SourcePath| path.as_str() == config::FILE || theme::is_part(path);
        match changed.iter().any(is_general) {
            true => self.prints.len(),
            false => self.prints.other_than(&before),
        }
    }

    /// Takes orders, those that came meanwhile together.
    fn run(mut self, orders: &Receiver<Order>, bell: &Sender<Sign>) {
        self.prints = self.shown.look(|shown| Prints::new(&shown.site));
        while let Ok(mut order) = orders.recv() {
            let mut count = 1;
            while let Ok(next) = orders.try_recv() {
                order.doubts.files.extend(next.doubts.files);
                order.doubts.all |= next.doubts.all;
                order.patches = next.patches;
                order.is_first |= next.is_first;
                order.shown = order.shown.or(next.shown);
                count += 1;
            }
            if self.workspace.is_being_written(&order.doubts) {
                thread::sleep(WRITING);
            }
            let patches = order.patches;
            let taken = self.pass(order);
            if taken.is_none() {
                lock(&self.patches).waiting.retain(|(at, ..)| *at > patches);
            }
            self.shown.passed();
            if bell.send(Sign::Passed(count, taken)).is_err() {
                return;
            }
        }
    }

    /// Shows what there is now, if it is other than before: of many pages first a
    /// sketch, of what is known without a look at every file if that is something.
    fn pass(&mut self, order: Order) -> Option<Taken> {
        // What a pass before this one read of them may be older than the patch.
        let patched = lock(&self.patches).before(order.patches);
        let is_sketched = !order.is_first && self.shown.pages() >= MANY;
        let glanced = match is_sketched {
            true => self.workspace.glance(&order.doubts, &patched),
            false => None,
        };
        if let Some(news) = &glanced {
            self.sketch(news, order.patches);
        }
        let mut sketched = glanced.is_some().then(|| order.since.elapsed());
        let news = self.workspace.look(order.doubts, patched);
        let is_due = order.is_first || glanced.is_some();
        let news = news.or_else(|| is_due.then(|| self.workspace.all()))?;
        if is_sketched && sketched.is_none() {
            self.sketch(&news, order.patches);
            sketched = Some(order.since.elapsed());
        }
        let snapshot = self.workspace.link(&news, false);
        let report = snapshot.report.clone();
        let pages = self.touched(&snapshot.site, &news.changed);
        self.show(snapshot, &news.changed, order.patches);
        let shown = order.shown.or(sketched);
        let time = shown.unwrap_or_else(|| order.since.elapsed());
        Some(Taken { changed: news.changed, pages, report, time })
    }

    fn sketch(&mut self, news: &News, patches: u64) {
        let sketch = self.workspace.link(news, true);
        self.show(sketch, &news.changed, patches);
    }

    /// Shows what was read. A site whose settings or theme can't be read stays
    /// as it was; what is wrong is said all the same.
    fn show(&self, mut snapshot: Snapshot, changed: &BTreeSet<SourcePath>, patches: u64) {
        if snapshot.is_sketch {
            self.shown.look(|shown| snapshot.site.keep_related(&shown.site));
        }
        let assets = snapshot.addresses(changed);
        let old = self.shown.change(&assets, |shown| {
            let mut known = lock(&self.patches);
            known.waiting.retain(|(at, ..)| *at > patches);
            for (_, path, patch) in &known.waiting {
                patch.apply(path, &self.files, &mut snapshot);
            }
            if is_unusable(&snapshot) && shown.stock.is_some() {
                shown.report = snapshot.report;
                None
            } else {
                Some(std::mem::replace(shown, snapshot))
            }
        });
        // Freed only now, when nobody waits for it.
        drop(old);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::pipeline::Options;

    #[test]
    fn a_patch_that_a_pass_has_overtaken_does_not_stay() {
        let dir = tempfile::tempdir().unwrap();
        let page = dir.path().join("content/a.md");
        fs::create_dir(dir.path().join("content")).unwrap();
        let write = |text: &str| fs::write(&page, format!("---\ntitle: A\n---\n{text}")).unwrap();
        write("first");
        let files = Disk::open(dir.path(), &[]).unwrap();
        let mut workspace = Workspace::new(files.clone(), Options::default());
        let news = workspace.all();
        let shown = Arc::new(Shown::new(workspace.link(&news, false), files.clone()));
        let path = SourcePath::new("content/a.md");
        write("the second text");
        let patch = shown.look(|shown| super::super::patch::read(&path, &files, shown)).unwrap();
        write("the third text, which a pass reads");
        let news = workspace.look(Doubts::default(), BTreeSet::new()).unwrap();
        let snapshot = workspace.link(&news, false);
        let hash = snapshot.site.pages[0].document.hash;
        shown.change(&[], |shown| *shown = snapshot);
        shown.change(&[], |shown| patch.apply(&path, &files, shown));
        assert_ne!(shown.look(|shown| shown.site.pages[0].document.hash), hash);

        let (bell, _heard) = mpsc::channel();
        let mut linker = Linker::start(workspace, shown.clone(), files, bell).unwrap();
        linker.patched(vec![(path, patch)]);
        let mut progress = shown.progress();
        linker.order(Doubts::default(), Instant::now(), None);
        while progress.borrow_and_update().passes == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(shown.look(|shown| shown.site.pages[0].document.hash), hash);
    }
}
