//! Sinks that write nothing.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

use super::{Rendered, Sink};
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
}

/// Keeps nothing.
#[derive(Debug, Default)]
pub struct Null;

impl Sink for Null {
    fn put(&self, _: Rendered) -> io::Result<()> {
        Ok(())
    }
}
