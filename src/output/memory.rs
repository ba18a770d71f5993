//! Sinks that write nothing.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

use super::{Digest, Piece, Rendered, Sink};
use crate::path::OutputPath;

/// Keeps every file.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<OutputPath, Vec<u8>>>,
}

impl Memory {
    /// The files that were put, by path.
    pub fn into_files(self) -> BTreeMap<OutputPath, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, file: Rendered) -> io::Result<()> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(file.path, file.bytes);
        Ok(())
    }

    fn join(&self, path: &OutputPath, pieces: &[Piece]) -> io::Result<()> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_bytes(),
            Piece::File(path) => files.get(path).map_or(&[][..], Vec::as_slice),
        });
        let bytes = bytes.collect::<Vec<_>>().concat();
        files.insert(path.clone(), bytes);
        Ok(())
    }
}

/// Keeps nothing.
#[derive(Debug, Default)]
pub struct Null;

impl Sink for Null {
    fn is_lasting(&self) -> bool {
        false
    }

    fn put(&self, _: Rendered) -> io::Result<()> {
        Ok(())
    }

    fn keep(&self, _: &OutputPath, _: Digest) -> io::Result<bool> {
        Ok(true)
    }

    fn join(&self, _: &OutputPath, _: &[Piece]) -> io::Result<()> {
        Ok(())
    }
}
