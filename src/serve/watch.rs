//! Hints of what changed on disk.
//!
//! Nothing rests on a hint: what is said here only makes the preview look
//! sooner. Where nothing is said, since the system has no more watches or a
//! network drive is silent, it looks again from time to time.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::linker::Taken;
use super::workspace::Doubts;
use crate::source::Disk;

/// Editors write, rename and touch within so much of one another.
const QUIET: Duration = Duration::from_millis(3);
/// What never ends is looked at all the same.
const PATIENCE: Duration = Duration::from_millis(40);

/// Why to look.
pub(super) enum Sign {
    /// The system said something.
    Event(notify::Result<Event>),
    /// A source is newer than what is shown.
    Stale,
    /// Passes are over, so many; what they took in, if anything.
    Passed(usize, Option<Taken>),
}

/// Says when to look.
pub(super) struct Watch {
    files: Disk,
    signs: Receiver<Sign>,
    sender: Sender<Sign>,
    watcher: Option<RecommendedWatcher>,
    /// Why there is no watching, where there is none.
    pub(super) trouble: Option<String>,
}

impl Watch {
    /// Watches a project.
    pub(super) fn new(files: &Disk) -> Self {
        let (sender, signs) = mpsc::channel();
        let files = files.clone();
        let mut watch = Self { files, signs, sender, watcher: None, trouble: None };
        let sender = watch.sender.clone();
        // Who no longer listens needs no events.
        let tell = move |event| drop(sender.send(Sign::Event(event)));
        match notify::recommended_watcher(tell) {
            Ok(watcher) => {
                watch.watcher = Some(watcher);
                watch.cover();
            }
            Err(error) => watch.trouble = Some(error.to_string()),
        }
        watch
    }

    /// Where others say that it is time to look.
    pub(super) fn bell(&self) -> Sender<Sign> {
        self.sender.clone()
    }

    /// Watches every folder of the project that there is now.
    fn cover(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let mut done = watcher.watch(self.files.root(), RecursiveMode::NonRecursive);
        for folder in self.files.folders() {
            done = done.and(watcher.watch(&folder, RecursiveMode::Recursive));
        }
        self.trouble = done.err().map(|error| error.to_string());
    }

    /// Waits for something to do, at most so long; then for quiet.
    pub(super) fn wait(&mut self, longest: Duration) -> Heard {
        let mut heard = Heard::default();
        match self.signs.recv_timeout(longest) {
            Ok(sign) => self.note(sign, &mut heard),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                heard.is_idle = true;
                return heard;
            }
        }
        let start = Instant::now();
        while heard.look
            && start.elapsed() < PATIENCE
            && let Ok(sign) = self.signs.recv_timeout(QUIET)
        {
            self.note(sign, &mut heard);
        }
        if heard.is_root {
            self.cover();
        }
        heard
    }

    /// Takes a sign down.
    fn note(&mut self, sign: Sign, heard: &mut Heard) {
        let event = match sign {
            Sign::Passed(count, taken) => {
                heard.passed += count;
                heard.taken = taken.or(heard.taken.take());
                return;
            }
            Sign::Stale => {
                heard.look = true;
                return;
            }
            Sign::Event(event) => event,
        };
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                // A folder that is new may be one too many to watch.
                self.trouble = Some(error.to_string());
                (heard.look, heard.doubts.all) = (true, true);
                return;
            }
        };
        heard.doubts.all |= event.need_rescan();
        if matches!(event.kind, EventKind::Access(_)) && !is_written(&event.kind) {
            heard.look |= event.need_rescan();
            return;
        }
        let root = self.files.root();
        let is_data = matches!(event.kind, EventKind::Modify(notify::event::ModifyKind::Data(_)));
        heard.look = true;
        heard.is_root |= !is_data && event.paths.iter().any(|path| path.parent() == Some(root));
        let files = event.paths.iter().filter_map(|path| self.files.source_of(path));
        heard.doubts.files.extend(files);
    }
}

/// What was heard.
#[derive(Default)]
pub(super) struct Heard {
    /// Whether to look for changes.
    pub(super) look: bool,
    /// Whether nothing was heard at all.
    pub(super) is_idle: bool,
    pub(super) doubts: Doubts,
    /// Passes that are over.
    pub(super) passed: usize,
    pub(super) taken: Option<Taken>,
    /// Whether something is new in the project's own folder.
    is_root: bool,
}

fn is_written(kind: &EventKind) -> bool {
    use notify::event::{AccessKind, AccessMode};
    matches!(kind, EventKind::Access(AccessKind::Close(AccessMode::Write)))
}
