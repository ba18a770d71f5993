//! A project in memory.

use std::collections::BTreeMap;
use std::io;

use super::{Files, Listing, SourceFile};
use crate::path::SourcePath;

/// Files held in memory, for tests and for trying a change before it is saved.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<SourcePath, Vec<u8>>,
}

impl Memory {
    /// Adds a file or replaces it.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(SourcePath::new(path), bytes.into());
    }
}

impl Files for Memory {
    fn list(&self) -> Listing {
        let file = |(path, bytes): (&SourcePath, &Vec<u8>)| SourceFile {
            path: path.clone(),
            size: bytes.len() as u64,
            stamp: xxhash_rust::xxh3::xxh3_64(bytes),
            time: 0,
        };
        Listing { files: self.files.iter().map(file).collect(), errors: Vec::new() }
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
