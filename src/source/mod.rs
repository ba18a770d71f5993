//! The project's files, on disk or in memory.
//!
//! Everything that reads goes through [`Files`], so that the whole program can
//! be driven from memory; nothing here writes.

mod disk;
mod memory;

use std::io;

pub use disk::Disk;
pub use memory::Memory;

use crate::path::SourcePath;

/// A project: a set of files that can be listed and read.
pub trait Files: Sync {
    /// Every file of the project, and what could not be looked at.
    fn list(&self) -> Listing;

    /// The bytes of a file.
    ///
    /// # Errors
    /// Whatever the file system answers; `NotFound` for a file that is not there.
    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>>;

    /// A hash of a file's bytes, if it is known without reading them.
    fn hash(&self, file: &SourceFile) -> Option<u64> {
        let _ = file;
        None
    }
}

/// The files of a project, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The files found.
    pub files: Vec<SourceFile>,
    /// The places that could not be walked, each with the reason.
    pub errors: Vec<(SourcePath, String)>,
}

/// A file as the listing shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Where it is.
    pub path: SourcePath,
    /// Its length in bytes.
    pub size: u64,
    /// A number that is another when the file is, as far as that can be told
    /// without reading it.
    pub stamp: u64,
    /// When it was changed last, in nanoseconds since 1970; 0 where that is no
    /// matter.
    pub time: u128,
}
