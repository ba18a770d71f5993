//! What the last run knew: its files by their stamps, and whether anything has
//! changed since.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{Options, inputs};
use crate::cache::{Cache, Ingredients, Key};
use crate::diag::Report;
use crate::output::publish::{Left, Published, Publisher};
use crate::path::SourcePath;
use crate::source::{Files, Listing, SourceFile};

/// File systems count time in steps of up to two seconds: within them a file
/// may change twice and show one time. In nanoseconds.
const TICK: u128 = 2_000_000_000;

/// The files of a project, and what is known of them without reading.
///
/// Reading through it notes what was read.
pub(super) struct History<'a> {
    files: &'a dyn Files,
    cache: &'a Cache,
    listing: Listing,
    known: HashMap<SourcePath, Seen>,
    read: Mutex<Reads>,
    now: u128,
    key: Option<Key>,
    last: Option<Last>,
}

/// A file that was read.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Seen {
    size: u64,
    stamp: u64,
    hash: u64,
}

#[derive(Default)]
struct Reads {
    hashes: HashMap<SourcePath, u64>,
    /// What was one thing and then another.
    restless: HashSet<SourcePath>,
}

/// A run that ended well.
#[derive(Serialize, Deserialize)]
struct Last {
    /// Everything it was made of.
    inputs: u128,
    report: Report,
    pages: usize,
    /// The list of its files.
    list: u64,
    left: Left,
}

/// A run that found everything as the last one left it.
pub(super) struct Unchanged {
    /// What that one had to say.
    pub(super) report: Report,
    /// How many pages there are.
    pub(super) pages: usize,
    /// What is there.
    pub(super) published: Published,
    /// Whether that is known by the stamps of all files alone.
    pub(super) is_settled: bool,
}

impl<'a> History<'a> {
    /// Looks at the files, and at what the last run with these options into this
    /// folder left. `now` is in nanoseconds since 1970.
    pub(super) fn new(
        files: &'a dyn Files,
        options: &Options,
        output: &Path,
        cache: &'a Cache,
        now: u128,
    ) -> Self {
        let mut name = Ingredients::of("run");
        name.add(format!("{options:?}").as_bytes());
        name.add(output.as_os_str().as_encoded_bytes());
        let key = name.key();
        let seen: Vec<(SourcePath, Seen)> =
            sources().and_then(|key| cache.get(key)).unwrap_or_default();
        Self {
            files,
            cache,
            listing: files.list(),
            known: seen.into_iter().collect(),
            read: Mutex::default(),
            now,
            key,
            last: key.and_then(|key| cache.get(key)),
        }
    }

    /// Whether nothing has changed since the last run. What it knew of the
    /// output folder is told to the publisher.
    pub(super) fn unchanged(&mut self, publisher: &mut Publisher) -> Option<Unchanged> {
        let last = self.last.take()?;
        publisher.remember(last.left);
        if self.inputs() != Some(last.inputs) {
            return None;
        }
        let (published, is_known) = publisher.as_published(last.list)?;
        let is_settled = is_known && self.sources().iter().all(|file| self.seen(file).is_some());
        Some(Unchanged { report: last.report, pages: last.pages, published, is_settled })
    }

    /// Keeps what is known of the files now.
    pub(super) fn keep_files(&self) {
        let settled = |file: &&SourceFile| file.time + TICK < self.now;
        let seen = |file: &SourceFile| {
            let hash = self.hash_now(file)?;
            Some((file.path.clone(), Seen { size: file.size, stamp: file.stamp, hash }))
        };
        let files: Vec<(SourcePath, Seen)> =
            self.sources().into_par_iter().filter(settled).filter_map(seen).collect();
        if let Some(key) = sources() {
            self.cache.put(key, &files);
        }
    }

    /// Keeps what a run found unchanged, which was too young to be known by its
    /// stamps before. What changed since the run began still is.
    pub(super) fn settle(&self, report: &Report, pages: usize, output: &Path, list: u64) {
        self.keep_files();
        self.keep_run(report, pages, list, Publisher::look(output, self.now));
    }

    /// Keeps what came of a run, and what the output folder was like then.
    pub(super) fn keep_run(&self, report: &Report, pages: usize, list: u64, left: Left) {
        if let (Some(key), Some(inputs)) = (self.key, self.inputs()) {
            let last = Last { inputs, report: report.clone(), pages, list, left };
            self.cache.put(key, &last);
        }
    }

    /// A hash of all that a run is made of, if all of it can be read.
    fn inputs(&self) -> Option<u128> {
        if !self.listing.errors.is_empty() || !self.reads().restless.is_empty() {
            return None;
        }
        let hashes: Option<Vec<(&SourcePath, u64)>> = self
            .sources()
            .into_par_iter()
            .map(|file| Some((&file.path, self.hash_now(file)?)))
            .collect();
        let mut all = Ingredients::of("inputs");
        all.add_value(&hashes?);
        all.key().map(Key::number)
    }

    /// The files that a run may read: what else lies about in a project may be
    /// large.
    fn sources(&self) -> Vec<&SourceFile> {
        let is_source = inputs::is_source(&self.listing);
        self.listing.files.iter().filter(|file| is_source(&file.path)).collect()
    }

    /// A hash of a file's bytes, read if they must be.
    fn hash_now(&self, file: &SourceFile) -> Option<u64> {
        self.hash(file).or_else(|| self.read(&file.path).ok().map(|bytes| xxh3_64(&bytes)))
    }

    /// A file's hash, as far as its stamp tells.
    fn seen(&self, file: &SourceFile) -> Option<u64> {
        let seen = self.known.get(&file.path)?;
        ((seen.size, seen.stamp) == (file.size, file.stamp)).then_some(seen.hash)
    }

    fn reads(&self) -> std::sync::MutexGuard<'_, Reads> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sources() -> Option<Key> {
    Ingredients::of("sources").key()
}

impl Files for History<'_> {
    fn list(&self) -> Listing {
        self.listing.clone()
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let bytes = self.files.read(path)?;
        let hash = xxh3_64(&bytes);
        let mut reads = self.reads();
        if reads.hashes.insert(path.clone(), hash).is_some_and(|before| before != hash) {
            reads.restless.insert(path.clone());
        }
        Ok(bytes)
    }

    fn hash(&self, file: &SourceFile) -> Option<u64> {
        if let Some(hash) = self.reads().hashes.get(&file.path) {
            return Some(*hash);
        }
        self.seen(file)
    }
}
