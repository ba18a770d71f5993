//! The folder in which a build's files wait until all are there.
//!
//! It is locked as long as a build uses it, and holds `new` (the files of the
//! new site), `old` (the old site, once it was swapped out), `undo` (what an
//! update in place replaces) and `journal`.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::{Attempt, PublishError, unless_missing};
use super::host::{copy_access, is_mounted, is_open_to_owner, is_unsupported, look};
use super::journal::Shelf;
use super::lock::{self, Turn};
use super::recover::recover;

/// Its name when it has to be inside the output folder.
pub(super) const INSIDE: &str = ".versus-stage";

/// A stage that this process has locked.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    lock: Option<File>,
    is_beside: bool,
    is_disposable: bool,
    made: Mutex<HashSet<PathBuf>>,
}

impl Stage {
    /// Locks the stage of an output folder, completes what a killed build left
    /// there, and empties it. The notes say what had to be left to the user.
    pub fn open(output: &Path, turn: &mut Turn) -> Result<(Self, Vec<String>), PublishError> {
        loop {
            let mut notes = Vec::new();
            let stage = Self::lock(output, turn)?;
            let other = if stage.is_beside { inside(output) } else { beside(output) };
            if !take_over(&other, output, turn, &mut notes)? {
                // Two builds with different rights wait for each other here, so
                // neither may keep what it has.
                drop(stage);
                turn.take_existing(&other)?;
                continue;
            }
            notes.extend(recover(output, &stage)?);
            let new = stage.shelf(Shelf::New);
            fs::create_dir(&new).attempt("create", &new)?;
            if let Some(found) = fs::metadata(output).ok().filter(is_open_to_owner) {
                // Refused now, it is refused again when the folders are swapped.
                let _ = copy_access(&found, &new);
            }
            return Ok((stage, notes));
        }
    }

    /// Beside the output folder if that is possible: there it is not served,
    /// and can take the folder's place.
    fn lock(output: &Path, turn: &mut Turn) -> Result<Self, PublishError> {
        let parent = output.parent().unwrap_or(output);
        let found = look(output).attempt("find", output)?;
        let exists = found.is_some();
        let stays = |found| fs::metadata(parent).map_or(true, |at| is_mounted(output, &found, &at));
        if !found.is_some_and(stays) {
            fs::create_dir_all(parent).attempt("create", parent)?;
            let folder = beside(output);
            match turn.take(&folder) {
                Ok(lock) => return Ok(Self::new(folder, lock, true)),
                Err(PublishError::Io { source, .. }) if exists && is_out_of_reach(&source) => {}
                Err(error) => return Err(error),
            }
        }
        let folder = inside(output);
        let lock = turn.take(&folder)?;
        Ok(Self::new(folder, lock, false))
    }

    fn new(folder: PathBuf, lock: File, is_beside: bool) -> Self {
        let made = Mutex::default();
        Self { folder, lock: Some(lock), is_beside, is_disposable: true, made }
    }

    /// Whether the stage can take the place of the output folder.
    pub fn is_beside(&self) -> bool {
        self.is_beside
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A folder of the stage.
    pub fn shelf(&self, shelf: Shelf) -> PathBuf {
        self.folder.join(shelf.name())
    }

    /// Where the old site goes.
    pub fn old(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Where is written what is about to be done.
    pub fn journal(&self) -> PathBuf {
        self.folder.join("journal")
    }

    /// Writes a file of the new site.
    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.create(path)?.write_all(bytes)
    }

    /// Makes a file of the new site.
    pub fn create(&self, path: &str) -> io::Result<File> {
        let path = self.shelf(Shelf::New).join(path);
        if let Some(parent) = path.parent() {
            self.make_folder(parent)?;
        }
        OpenOptions::new().write(true).create_new(true).open(&path)
    }

    /// Takes back a file of the new site.
    pub fn discard(&self, path: &str) -> io::Result<()> {
        fs::remove_file(self.shelf(Shelf::New).join(path))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made().contains(folder) {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        made().insert(folder.to_owned());
        Ok(())
    }

    /// From now on the next build decides what becomes of the stage, unless
    /// this one gets to do it.
    pub fn hold(&mut self) {
        self.is_disposable = false;
    }

    /// Nothing in the stage is needed any more.
    pub fn release(&mut self) {
        self.is_disposable = true;
    }

    /// Whether nothing in the stage is needed any more.
    pub fn is_disposable(&self) -> bool {
        self.is_disposable
    }

    /// Removes all but the old site: that takes more care.
    pub fn clear(&self) -> Result<(), PublishError> {
        // First the journal: without it, all else is known to be useless.
        let journal = self.journal();
        unless_missing(fs::remove_file(&journal)).attempt("remove", &journal)?;
        let draft = journal.with_extension("draft");
        unless_missing(fs::remove_file(&draft)).attempt("remove", &draft)?;
        for shelf in [Shelf::New, Shelf::Undo] {
            let folder = self.shelf(shelf);
            unless_missing(fs::remove_dir_all(&folder)).attempt("remove", &folder)?;
        }
        Ok(())
    }

    /// Removes the stage.
    pub fn remove(mut self) -> Result<(), PublishError> {
        self.is_disposable = false;
        self.clear()?;
        self.remove_folder().attempt("remove", &self.folder)
    }

    fn remove_folder(&mut self) -> io::Result<()> {
        if cfg!(not(unix)) {
            // An open file would keep its folder.
            self.lock = None;
            unless_missing(fs::remove_file(self.folder.join("lock")))?;
        }
        unless_missing(fs::remove_dir(&self.folder))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What can't be removed now is removed by the next build.
        if self.is_disposable && self.clear().is_ok() {
            let _ = self.remove_folder();
        }
    }
}

fn inside(output: &Path) -> PathBuf {
    output.join(INSIDE)
}

fn beside(output: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(".versus-stage");
    output.with_file_name(name)
}

/// Whether a stage was left by a killed build, or is in use.
pub(super) fn is_left(output: &Path) -> bool {
    [inside(output), beside(output)].iter().any(|stage| !matches!(look(stage), Ok(None)))
}

fn is_out_of_reach(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    is_unsupported(error)
        || matches!(error.kind(), Kind::ReadOnlyFilesystem | Kind::InvalidFilename)
}

/// Completes what a build with its stage in the other place left; false when
/// that build is still running.
fn take_over(
    folder: &Path,
    output: &Path,
    turn: &mut Turn,
    notes: &mut Vec<String>,
) -> Result<bool, PublishError> {
    let Some(lock) = lock::open(folder)? else { return Ok(true) };
    if !lock::try_lock(&lock, folder)? {
        return Ok(false);
    }
    drop(lock);
    if let Some(lock) = turn.take_existing(folder)? {
        let mut stage = Stage::new(folder.to_owned(), lock, false);
        stage.hold();
        notes.extend(recover(output, &stage)?);
        stage.remove()?;
    }
    Ok(true)
}
