//! Passes over the project, one after the other, beside everything else.

use std::collections::BTreeSet;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::patch::Patch;
use super::snapshot::Shown;
use super::watch::Sign;
use super::workspace::{Doubts, Pass, Workspace, is_unusable};
use crate::diag::Report;
use crate::path::SourcePath;
use crate::source::Disk;

/// Deeply nested quotes and lists are parsed by recursion.
pub(super) const STACK: usize = 16 << 20;

/// An editor that empties a file fills it within so much.
const WRITING: Duration = Duration::from_millis(30);

/// A change that was taken in.
#[derive(Debug)]
pub struct Taken {
    /// The files that are other than before, or gone.
    pub changed: BTreeSet<SourcePath>,
    /// How many pages and other files are made of them.
    pub outputs: usize,
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
        let worker = Worker { workspace, shown, files, patches: patches.clone() };
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
        if self.orders.send(Order { doubts, since, shown, patches }).is_ok() {
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
}

impl Worker {
    /// Takes orders, those that came meanwhile together.
    fn run(mut self, orders: &Receiver<Order>, bell: &Sender<Sign>) {
        while let Ok(mut order) = orders.recv() {
            let mut count = 1;
            while let Ok(next) = orders.try_recv() {
                order.doubts.files.extend(next.doubts.files);
                order.doubts.all |= next.doubts.all;
                order.patches = next.patches;
                order.shown = order.shown.or(next.shown);
                count += 1;
            }
            if self.workspace.is_being_written(&order.doubts) {
                thread::sleep(WRITING);
            }
            // What a pass before this one read of them may be older than the patch.
            let patched = lock(&self.patches).before(order.patches);
            let pass = self.workspace.pass(order.doubts, patched);
            let taken = pass.map(|pass| {
                let mut taken = self.take(pass, order.patches);
                taken.time = order.shown.unwrap_or_else(|| order.since.elapsed());
                taken
            });
            if taken.is_none() {
                lock(&self.patches).waiting.retain(|(at, ..)| *at > order.patches);
            }
            self.shown.passed();
            if bell.send(Sign::Passed(count, taken)).is_err() {
                return;
            }
        }
    }

    /// Shows what was read. A site whose settings or theme can't be read stays
    /// as it was; what is wrong is said all the same.
    fn take(&self, pass: Pass, patches: u64) -> Taken {
        let Pass { mut snapshot, changed } = pass;
        let assets = snapshot.addresses(&changed);
        let outputs = snapshot.site.routes.len();
        let report = snapshot.report.clone();
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
        Taken { changed, outputs, report, time: Duration::ZERO }
    }
}
