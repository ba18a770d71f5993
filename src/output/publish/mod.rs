//! Writes the output folder: all of it or nothing.
//!
//! A build's files wait in a *stage*, a folder beside the output folder. Only
//! files that differ from the old output are written there. [`Publisher::commit`]
//! adds the others as hard links and swaps the two folders in one step, so that
//! readers, and whoever finds the machine after a crash, see the old site or the
//! new one. A folder that can't be swapped, because of a `.git` in it or because
//! it is a mount point, is updated in place: file by file, assets before pages,
//! by a journal that the next build completes if this one is killed.
//!
//! What no build wrote is never changed or deleted. A manifest in the output
//! folder tells which files are the site's. When the folders are swapped, foreign
//! files go along as hard links, and their folders are made anew with the same
//! permissions, owner and time; anything that this would lose (symbolic links,
//! special files, mounted or closed folders, access control lists, all of git's)
//! is a reason to update in place.

mod error;
mod host;
mod in_place;
mod journal;
mod left;
mod lock;
mod manifest;
mod plan;
mod recover;
mod refuse;
mod stage;
mod survey;
mod swap;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use xxhash_rust::xxh3::Xxh3;

pub use error::PublishError;
pub use left::Left;
pub use manifest::MANIFEST;

use self::error::{Attempt, remedy};
use self::host::Stamp;
use self::lock::Turn;
use self::manifest::{Kept, Manifest};
use self::plan::{Inputs, Plan, Record};
use self::stage::Stage;
use self::survey::Survey;
use self::swap::Outcome;
use super::{Digest, Piece, Rendered, Sink};
use crate::path::OutputPath;

/// Where to publish to.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// The output folder; it need not be there. A symbolic link is followed, and
    /// the folder it leads to is then treated as if it had been named itself.
    pub output: &'a Path,
    /// The root of the project, which is never written to.
    pub project: &'a Path,
    /// Whether to write into a folder that holds other things, and to
    /// overwrite those that stand where the site has a file.
    pub adopt: bool,
    /// Is called once with a line for the user when another build is waited for.
    pub waiting: &'a dyn Fn(&str),
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target")
            .field("output", &self.output)
            .field("project", &self.project)
            .field("adopt", &self.adopt)
            .finish_non_exhaustive()
    }
}

/// What was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// How many files the site has.
    pub files: usize,
    /// How many of them are new or have changed.
    pub written: usize,
    /// How many of them are as they were.
    pub unchanged: usize,
    /// How many files of the old site were deleted.
    pub deleted: usize,
    /// The size of the site in bytes.
    pub bytes: u64,
    /// What the user should know, a sentence each: the site is published, but
    /// something of the old one could not be removed.
    pub notes: Vec<String>,
    /// A hash of the list of its files.
    pub list: u64,
    /// Its files.
    paths: Vec<String>,
    /// The stamps of those that are as they were.
    stamps: BTreeMap<String, Stamp>,
}

impl Published {
    /// Looks at what was published; `now` is in nanoseconds since 1970.
    pub fn look(&self, output: &Path, now: u128) -> Left {
        Left::of(output, &self.paths, &self.stamps, now)
    }
}

/// The sink that writes a folder.
///
/// Dropping it without [`Publisher::commit`] leaves the output as it was.
#[derive(Debug)]
pub struct Publisher {
    output: PathBuf,
    adopt: bool,
    before: Manifest,
    left: Left,
    files: Mutex<Files>,
    notes: Vec<String>,
    stage: Stage,
}

#[derive(Debug, Default)]
struct Files {
    records: BTreeMap<String, Record>,
    failed: Option<String>,
}

impl Publisher {
    /// Checks that the folder may be written to, waits until no other build
    /// does, and completes what a killed one left.
    ///
    /// # Errors
    /// When the folder is refused, or can't be written to.
    pub fn open(target: Target) -> Result<Self, PublishError> {
        let output = refuse::resolve(&target)?;
        // So that nothing is made in or beside a folder that is refused.
        let early = match stage::is_left(&output) {
            true => None,
            false => Some(refuse::claim(&output, &target)?),
        };
        let (stage, notes) = Stage::open(&output, &mut Turn::new(target.waiting))?;
        // Another build may have published while this one waited.
        let is_current = |early: &Manifest| is_same_text(&output.join(MANIFEST), early.text());
        let before = match early.filter(is_current) {
            Some(early) => early,
            None => refuse::claim(&output, &target)?,
        };
        let files = Mutex::default();
        let left = Left::default();
        Ok(Self { output, adopt: target.adopt, before, left, files, notes, stage })
    }

    /// The folder, links resolved.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// Tells what the folder was like when the last build left it.
    pub fn remember(&mut self, left: Left) {
        self.left = left;
    }

    /// What is there, if it is all that a build listed and nothing of it has
    /// changed; and whether that is known without reading it.
    pub fn as_published(&self, list: u64) -> Option<(Published, bool)> {
        if self.before.hash() != list {
            return None;
        }
        let is_known = self.left.tells_all(&self.output, &self.before)?;
        let published = Published {
            files: self.before.len(),
            unchanged: self.before.len(),
            bytes: self.before.bytes(),
            notes: self.notes.clone(),
            list,
            ..Published::default()
        };
        Some((published, is_known))
    }

    /// Looks at what is there now; `now` is in nanoseconds since 1970.
    pub fn look(output: &Path, now: u128) -> Left {
        match Manifest::read(output) {
            Ok(Kept::Read(manifest)) => {
                let files: Vec<&str> = manifest.files().map(|(path, _)| path).collect();
                Left::of(output, &files, &BTreeMap::new(), now)
            }
            _ => Left::default(),
        }
    }

    /// Publishes the files that were put.
    ///
    /// # Errors
    /// When a file could not be put, something that is not the site's stands
    /// in its way, or writing fails. The old output is then as it was, except
    /// for [`PublishError::HalfDone`].
    pub fn commit(self) -> Result<Published, PublishError> {
        let Self { output, adopt, before, files, notes, mut stage, .. } = self;
        let Files { records, failed } = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = failed {
            return Err(PublishError::Incomplete { path });
        }
        let survey = Survey::of(&output).map_err(|(path, source)| PublishError::Io {
            action: "read",
            path,
            source,
        })?;
        let inputs = Inputs { output: &output, before: &before, files: &records, adopt };
        let mut plan = Plan::new(&inputs, survey)?;
        let mut published = summarize(&records, &plan);
        published.notes = notes;
        let path = stage.shelf(journal::Shelf::New).join(MANIFEST);
        published.list = write_list(&records, &mut io::sink()).attempt("write", &path)?;
        let is_listed = plan.manifest.is_some() && before.hash() == published.list;
        if !plan.is_idle() || !is_listed {
            let written = stage.create(MANIFEST).and_then(|file| {
                let mut file = BufWriter::new(file);
                write_list(&records, &mut file)?;
                file.flush()
            });
            written.attempt("write", &path)?;
            published.notes.extend(publish(&output, &mut stage, &plan, &records)?);
        }
        if stage.is_disposable()
            && let Err(error) = stage.remove()
        {
            published.notes.push(error.to_string());
        }
        published.paths = records.into_keys().collect();
        published.stamps = std::mem::take(&mut plan.unchanged);
        Ok(published)
    }

    fn files(&self) -> std::sync::MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a path for a file; no other may have it.
    fn claim(&self, path: &str, record: Record) -> io::Result<()> {
        if is_reserved(path) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the name is reserved"));
        }
        match self.files().records.insert(path.to_owned(), record) {
            Some(_) => Err(io::Error::new(io::ErrorKind::AlreadyExists, "it was written before")),
            None => Ok(()),
        }
    }

    fn take(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let digest = Digest::of(bytes);
        let record = Record { digest, is_staged: true };
        self.claim(path, record)?;
        let may_stay = self.adopt || self.before.get(path) == Some(digest);
        if may_stay && holds(&self.output.join(path), bytes).unwrap_or(false) {
            let record = Record { digest, is_staged: false };
            self.files().records.insert(path.to_owned(), record);
            return Ok(());
        }
        self.stage.write(path, bytes)
    }

    /// Puts a file together in the stage.
    fn put_together(&self, path: &str, pieces: &[Piece]) -> io::Result<()> {
        let (mut hash, mut size) = (Xxh3::new(), 0);
        let mut file = BufWriter::with_capacity(1 << 18, self.stage.create(path)?);
        for piece in pieces {
            let bytes = match piece {
                Piece::Text(text) => text.as_bytes().to_vec(),
                Piece::File(path) => self.taken(path.as_str())?,
            };
            hash.update(&bytes);
            size += bytes.len() as u64;
            file.write_all(&bytes)?;
        }
        file.flush()?;
        let digest = Digest { hash: hash.digest128(), size };
        let may_stay =
            self.before.get(path) == Some(digest) && self.left.holds(&self.output, path, digest);
        if may_stay {
            self.stage.discard(path)?;
        }
        self.claim(path, Record { digest, is_staged: !may_stay })
    }

    /// What a file of this build holds.
    fn taken(&self, path: &str) -> io::Result<Vec<u8>> {
        let Some(record) = self.files().records.get(path).copied() else { return Ok(Vec::new()) };
        let new = self.stage.shelf(journal::Shelf::New);
        let folder = if record.is_staged { &new } else { &self.output };
        fs::read(folder.join(path))
    }

    /// Remembers that a file could not be taken, and says so.
    fn failed(&self, path: &str, error: &io::Error) -> io::Error {
        self.files().failed.get_or_insert_with(|| path.to_owned());
        let remedy = remedy(error);
        io::Error::new(error.kind(), format!("can't write `{path}`: {error}; {remedy}"))
    }
}

impl Sink for Publisher {
    fn put(&self, file: Rendered) -> io::Result<()> {
        let path = file.path.as_str();
        self.take(path, &file.bytes).map_err(|error| self.failed(path, &error))
    }

    fn join(&self, path: &OutputPath, pieces: &[Piece]) -> io::Result<()> {
        let path = path.as_str();
        self.put_together(path, pieces).map_err(|error| self.failed(path, &error))
    }

    fn keep(&self, path: &OutputPath, digest: Digest) -> io::Result<bool> {
        let path = path.as_str();
        let is_kept =
            self.before.get(path) == Some(digest) && self.left.holds(&self.output, path, digest);
        if is_kept {
            self.claim(path, Record { digest, is_staged: false })?;
        }
        Ok(is_kept)
    }
}

fn publish(
    output: &Path,
    stage: &mut Stage,
    plan: &Plan,
    records: &BTreeMap<String, Record>,
) -> Result<Vec<String>, PublishError> {
    if stage.is_beside()
        && !plan.is_fixed
        && !is_workplace(output)
        && let Outcome::Published(notes) = swap::publish(output, stage, plan)?
    {
        return Ok(notes);
    }
    in_place::publish(output, stage, plan, records)?;
    Ok(Vec::new())
}

/// Whether the process itself would be left in a folder that is gone.
fn is_workplace(output: &Path) -> bool {
    std::env::current_dir().is_ok_and(|folder| folder.starts_with(output))
}

/// Whether the publisher uses the name itself.
fn is_reserved(path: &str) -> bool {
    path.split('/').next().is_some_and(|first| first == MANIFEST || first == stage::INSIDE)
}

/// Writes the list of files, and tells its hash.
fn write_list(files: &BTreeMap<String, Record>, out: &mut impl io::Write) -> io::Result<u64> {
    let files = files.iter().map(|(path, record)| (path.as_str(), record.digest));
    Manifest::write(files, out)
}

fn summarize(records: &BTreeMap<String, Record>, plan: &Plan) -> Published {
    Published {
        files: records.len(),
        written: plan.staged.len(),
        unchanged: plan.unchanged.len(),
        deleted: plan.stale.len(),
        bytes: records.values().map(|record| record.digest.size).sum(),
        ..Published::default()
    }
}

fn is_same_text(path: &Path, text: &str) -> bool {
    holds(path, text.as_bytes()).unwrap_or(false)
}

/// Whether a regular file holds exactly these bytes.
fn holds(path: &Path, mut bytes: &[u8]) -> io::Result<bool> {
    let found = fs::symlink_metadata(path)?;
    if !found.is_file() || found.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut file = File::open(path)?;
    let mut buffer = [0; 16 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(bytes.is_empty()),
            Ok(n) => match bytes.strip_prefix(&buffer[..n]) {
                Some(rest) => bytes = rest,
                None => return Ok(false),
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
