//! What was read of a project, and what of it changed.
//!
//! What a file system says is a hint. A file is the same if its listing is, and
//! nothing was said of it since it was last read; in doubt its bytes decide.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::linker::MANY;
use super::snapshot::Snapshot;
use crate::cache::Cache;
use crate::config::{self, Config};
use crate::content::Rules;
use crate::diag::{Lint, Located, Severity};
use crate::path::SourcePath;
use crate::pictures::{Flaw, Picture};
use crate::pipeline::{self, Options, Prepared, Reader, Shelf, Source, is_too_large};
use crate::render::Stock;
use crate::site;
use crate::source::{Disk, Files, Listing, SourceFile};
use crate::strings;
use crate::theme;

/// A project, and all that is known of its files.
pub(super) struct Workspace {
    files: Disk,
    options: Options,
    known: HashMap<SourcePath, Known>,
    pictures: HashMap<SourcePath, Seen>,
    listing: Listing,
    /// The bytes of files that something was said of.
    hashes: HashMap<SourcePath, u64>,
    /// What they were read with.
    config: Option<Config>,
    /// What changed last: a file may change twice within one tick of its clock.
    unsettled: BTreeSet<SourcePath>,
}

/// A content file that was read.
struct Known {
    below: String,
    stamp: u64,
    hash: u64,
    source: Arc<Source>,
}

/// A picture that was looked at, and its stamp then.
type Seen = (u64, Option<Result<Picture, Flaw>>);

/// What is to be looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Doubts {
    /// Files that something was said of.
    pub(super) files: BTreeSet<SourcePath>,
    /// Whether something may have gone unsaid.
    pub(super) all: bool,
}

/// What is to be linked.
pub(super) struct News {
    listing: Listing,
    /// The files that are other than before, or gone.
    pub(super) changed: BTreeSet<SourcePath>,
}

impl News {
    /// Whether linking takes so long that a sketch is worth while.
    pub(super) fn is_of_many(&self) -> bool {
        let is_page = |file: &&SourceFile| site::is_page(&file.path);
        self.listing.files.iter().filter(is_page).count() >= MANY
    }
}

impl Workspace {
    pub(super) fn new(files: Disk, options: Options) -> Self {
        Self {
            files,
            options,
            known: HashMap::new(),
            pictures: HashMap::new(),
            listing: Listing::default(),
            hashes: HashMap::new(),
            config: None,
            unsettled: BTreeSet::new(),
        }
    }

    /// Everything there is.
    pub(super) fn all(&mut self) -> News {
        self.listing = self.files.list();
        News { listing: self.listing.clone(), changed: BTreeSet::new() }
    }

    /// Looks at every file. There is something to link if anything changed, or if
    /// these files are shown as they were patched.
    pub(super) fn look(&mut self, doubts: Doubts, patched: BTreeSet<SourcePath>) -> Option<News> {
        let listing = self.files.list();
        let mut doubted = doubts.files;
        doubted.append(&mut self.unsettled);
        if doubts.all {
            doubted.extend(listing.files.iter().map(|file| file.path.clone()));
        }
        let mut changed = self.changed(&listing, &doubted);
        changed.retain(|path| is_source(path, &self.listing) || is_source(path, &listing));
        self.listing.clone_from(&listing);
        self.unsettled.clone_from(&changed);
        changed.extend(patched);
        (!changed.is_empty()).then_some(News { listing, changed })
    }

    /// What the doubted files alone tell, as long as they are files; all others are
    /// taken to be as they were. What was looked at is looked at again with all.
    pub(super) fn glance(&self, doubts: &Doubts, patched: &BTreeSet<SourcePath>) -> Option<News> {
        let mut listing = self.listing.clone();
        if doubts.all {
            return None;
        }
        let is_below =
            |file: &SourceFile, folder: &SourcePath| file.path.below(folder.as_str()).is_some();
        for path in &doubts.files {
            let files = &mut listing.files;
            let place = files.binary_search_by(|file| file.path.cmp(path));
            match (place, self.files.file(path).ok()?) {
                (Ok(at), Some(file)) => files[at] = file,
                (Ok(at), None) => drop(files.remove(at)),
                (Err(at), Some(file)) => files.insert(at, file),
                // It was a folder.
                (Err(_), None) if files.iter().any(|file| is_below(file, path)) => return None,
                (Err(_), None) => {}
            }
        }
        let mut changed = difference(&self.listing.files, &listing.files);
        changed.retain(|path| is_source(path, &self.listing) || is_source(path, &listing));
        if changed.is_empty() {
            return None;
        }
        changed.extend(patched.iter().cloned());
        Some(News { listing, changed })
    }

    /// Whether one of these files, or of the first of them, is empty and was not:
    /// some editors empty a file, and fill it a moment later.
    pub(super) fn is_being_written(&self, doubts: &Doubts) -> bool {
        const FEW: usize = 64;
        let is_empty = |path: &&SourcePath| self.files.read(path).is_ok_and(|b| b.is_empty());
        let known = |path: &&SourcePath| self.known.contains_key(*path);
        doubts.files.iter().filter(known).take(FEW).any(|path| is_empty(&path))
    }

    /// What is not as it was listed, and which of the doubted files are not as
    /// they were read.
    fn changed(
        &mut self,
        listing: &Listing,
        doubted: &BTreeSet<SourcePath>,
    ) -> BTreeSet<SourcePath> {
        let mut changed = difference(&self.listing.files, &listing.files);
        if self.listing.errors != listing.errors {
            changed.extend(self.listing.errors.iter().map(|(path, _)| path.clone()));
            changed.extend(listing.errors.iter().map(|(path, _)| path.clone()));
        }
        for path in doubted {
            let hash = self.files.read(path).ok().map(|bytes| xxhash_rust::xxh3::xxh3_64(&bytes));
            let before = match hash {
                Some(hash) => self.hashes.insert(path.clone(), hash),
                None => self.hashes.remove(path),
            };
            let known = self.known.get(path).map(|known| known.hash);
            let is_listed = listing.files.binary_search_by(|file| file.path.cmp(path)).is_ok();
            if is_listed && hash != before.or(known) {
                changed.insert(path.clone());
            }
        }
        changed
    }

    /// Reads what changed, and links everything; of a sketch, what is soon done.
    pub(super) fn link(&mut self, news: &News, is_sketch: bool) -> Snapshot {
        self.link_with(news, is_sketch, &Cache::none())
    }

    /// The same, reading what the cache does not have.
    pub(super) fn link_with(&mut self, news: &News, is_sketch: bool, cache: &Cache) -> Snapshot {
        let News { listing, changed } = news;
        let reading = Reading {
            files: &self.files,
            known: &self.known,
            pictures: &self.pictures,
            changed,
            config: self.config.as_ref(),
            shelf: Shelf::new(cache),
            read: Mutex::default(),
            seen: Mutex::default(),
        };
        let options = Options { is_sketch, ..self.options.clone() };
        let mut problems = Vec::new();
        let prepared = pipeline::prepare(&self.files, listing.clone(), &reading, &options);
        let Prepared { site, theme } = prepared.unpack(&mut problems);
        let read = reading.read.into_inner().unwrap_or_else(PoisonError::into_inner);
        let seen = reading.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !self.config.as_ref().is_some_and(|config| is_read_alike(config, &site.config)) {
            self.known.clear();
        }
        self.config = Some(site.config.clone());
        self.known.extend(read);
        self.pictures.extend(seen);
        let files = &listing.files;
        let is_there =
            |path: &SourcePath| files.binary_search_by(|file| file.path.cmp(path)).is_ok();
        self.known.retain(|path, _| is_there(path));
        self.pictures.retain(|path, _| is_there(path));
        self.hashes.retain(|path, _| is_there(path));
        let report = pipeline::report(&site, problems, &self.files);
        let stock = theme.map(|theme| Stock::new(&site, theme));
        let theme_files = files.iter().filter(|file| theme::is_part(&file.path)).cloned().collect();
        Snapshot { site, stock, report, theme_files, is_sketch }
    }
}

/// Whether both settings make the same of a document.
fn is_read_alike(one: &Config, other: &Config) -> bool {
    Rules::from(one) == Rules::from(other)
}

/// Whether a site is made of a file, or can't be because of it.
fn is_source(path: &SourcePath, listing: &Listing) -> bool {
    path.below(pipeline::content_root(listing)).is_some()
        || theme::is_part(path)
        || path.below(strings::FOLDER).is_some()
        || path.below(pipeline::FONTS).is_some()
        || path.as_str() == config::FILE
        || config::UNREAD.contains(&path.as_str())
        || listing.errors.iter().any(|(place, _)| place == path)
}

/// What stands in only one of two listings, each sorted by path.
fn difference(before: &[SourceFile], now: &[SourceFile]) -> BTreeSet<SourcePath> {
    let mut changed = BTreeSet::new();
    let (mut before, mut now) = (before.iter().peekable(), now.iter().peekable());
    loop {
        let (old, new) = (before.peek(), now.peek());
        let order = match (old, new) {
            (None, None) => return changed,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(old), Some(new)) => old.path.cmp(&new.path),
        };
        let old = order.is_le().then(|| before.next()).flatten();
        let new = order.is_ge().then(|| now.next()).flatten();
        if old != new {
            changed.extend(old.or(new).map(|file| file.path.clone()));
        }
    }
}

/// Whether a site can't be shown as it is meant: its settings can't be read, or
/// its theme can't be loaded.
pub(super) fn is_unusable(snapshot: &Snapshot) -> bool {
    let is_config = |problem: &Located| {
        let is_of_config = problem.file.as_ref().is_some_and(|file| file.as_str() == config::FILE);
        let lint = problem.diagnostic.lint;
        let is_unread = matches!(lint, Lint::ConfigInvalid | Lint::NotUtf8 | Lint::FileUnreadable);
        is_of_config && is_unread && problem.severity == Severity::Error
    };
    snapshot.stock.is_none() || snapshot.report.problems.iter().any(is_config)
}

/// Reads content files and pictures that are not known, or not as they were.
struct Reading<'a> {
    files: &'a Disk,
    known: &'a HashMap<SourcePath, Known>,
    pictures: &'a HashMap<SourcePath, Seen>,
    changed: &'a BTreeSet<SourcePath>,
    /// What the known files were read with.
    config: Option<&'a Config>,
    /// What earlier runs read.
    shelf: Shelf<'a>,
    read: Mutex<Vec<(SourcePath, Known)>>,
    seen: Mutex<Vec<(SourcePath, Seen)>>,
}

impl Reading<'_> {
    fn reads(&self) -> MutexGuard<'_, Vec<(SourcePath, Known)>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reader for Reading<'_> {
    fn read(&self, file: &SourceFile, below: &str, config: &Config) -> Arc<Source> {
        let is_alike = self.config.is_some_and(|known| is_read_alike(known, config));
        let known = self.known.get(&file.path).filter(|known| is_alike && known.below == below);
        if let Some(known) = known
            && known.stamp == file.stamp
            && !self.changed.contains(&file.path)
        {
            return known.source.clone();
        }
        if is_too_large(file, config) {
            return Arc::new(pipeline::read(file, below, Ok(Vec::new()), config));
        }
        let bytes = match self.files.read(&file.path) {
            Ok(bytes) => bytes,
            Err(error) => return Arc::new(pipeline::read(file, below, Err(error), config)),
        };
        let hash = xxhash_rust::xxh3::xxh3_64(&bytes);
        let source = match known.filter(|known| known.hash == hash) {
            Some(known) => known.source.clone(),
            None => Arc::new(self.shelf.read(file, below, bytes, config)),
        };
        let (below, stamp) = (below.to_owned(), file.stamp);
        let known = Known { below, stamp, hash, source: source.clone() };
        self.reads().push((file.path.clone(), known));
        source
    }

    fn picture(&self, file: &SourceFile) -> Option<Result<Picture, Flaw>> {
        if let Some((stamp, found)) = self.pictures.get(&file.path)
            && *stamp == file.stamp
            && !self.changed.contains(&file.path)
        {
            return found.clone();
        }
        let found = pipeline::inspect(self.files, file);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.push((file.path.clone(), (file.stamp, found.clone())));
        found
    }
}
