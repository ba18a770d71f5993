//! Whose cache it is.

use std::cell::OnceCell;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// A program, known by the bytes of its file: whatever changes what it does
/// changes these.
#[derive(Debug, Clone)]
pub struct Program {
    file: PathBuf,
    /// What tells, short of reading it, that the file is the same.
    stamp: u64,
    hash: OnceCell<u64>,
}

/// What a cache keeps of its program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) stamp: u64,
    pub(super) hash: u64,
}

impl Program {
    /// The running program.
    ///
    /// # Errors
    /// When its file can't be found.
    pub fn running() -> io::Result<Self> {
        Self::of(std::env::current_exe()?)
    }

    /// The program in a file.
    ///
    /// # Errors
    /// When the file can't be found.
    pub fn of(file: PathBuf) -> io::Result<Self> {
        let found = fs::metadata(&file)?;
        let modified = found.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let parts = format!("{} {} {modified:?} {}", file.display(), found.len(), inode(&found));
        Ok(Self { file, stamp: xxh3_64(parts.as_bytes()), hash: OnceCell::new() })
    }

    /// Whether a cache is this program's.
    pub(super) fn is(&self, mark: Mark) -> bool {
        if mark.stamp == self.stamp {
            return self.hash.set(mark.hash).is_ok() || self.hash.get() == Some(&mark.hash);
        }
        self.hash() == Some(mark.hash)
    }

    pub(super) fn mark(&self) -> Option<Mark> {
        Some(Mark { stamp: self.stamp, hash: self.hash()? })
    }

    fn hash(&self) -> Option<u64> {
        if let Some(hash) = self.hash.get() {
            return Some(*hash);
        }
        let hash = hash(&self.file).ok()?;
        Some(*self.hash.get_or_init(|| hash))
    }
}

/// A hash of a file, which is read piece by piece: it takes more memory than a
/// small site does.
fn hash(file: &Path) -> io::Result<u64> {
    let mut file = File::open(file)?;
    let (mut hash, mut piece) = (Xxh3::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hash.digest()),
            Ok(length) => hash.update(&piece[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(unix)]
fn inode(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}
