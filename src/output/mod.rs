//! What a build makes, and where it goes.
//!
//! A build hands each [`Rendered`] file to a [`Sink`] as soon as it is made, so
//! the whole output is never in memory. [`Publisher`] is the sink that writes a
//! folder; [`Memory`] keeps everything, for tests and the preview server;
//! [`Null`] only counts.

mod memory;
pub mod publish;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

pub use memory::{Memory, Null};
pub use publish::Publisher;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::path::OutputPath;

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Where it goes.
    pub path: OutputPath,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a file holds, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The xxh3 hash, of 128 bits.
    pub hash: u128,
    /// The size in bytes.
    pub size: u64,
}

/// A piece of a file that is put together of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A text.
    Text(String),
    /// All that a file of this build holds; nothing, if there is none.
    File(OutputPath),
}

/// Where a build's files go, in any order and from several threads.
pub trait Sink: Sync {
    /// Takes a file.
    ///
    /// # Errors
    /// When it can't be kept; the build then fails as a whole.
    fn put(&self, file: Rendered) -> io::Result<()>;

    /// Takes the file that an earlier build put at this path, if it is still
    /// there and still holds this; otherwise it is to be made and put.
    ///
    /// # Errors
    /// As [`Sink::put`].
    fn keep(&self, path: &OutputPath, digest: Digest) -> io::Result<bool> {
        let _ = (path, digest);
        Ok(false)
    }

    /// Whether anything stays of what is put. What takes long is not made for nobody.
    fn is_lasting(&self) -> bool {
        true
    }

    /// Takes a file that is put together of others, which were put or kept before.
    ///
    /// # Errors
    /// As [`Sink::put`].
    fn join(&self, path: &OutputPath, pieces: &[Piece]) -> io::Result<()>;
}

impl Digest {
    /// The digest of bytes in memory.
    pub fn of(bytes: &[u8]) -> Self {
        Self { hash: xxh3_128(bytes), size: bytes.len() as u64 }
    }

    /// The digest of a file.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let (mut hasher, mut size) = (Xxh3::new(), 0);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => return Ok(Self { hash: hasher.digest128(), size }),
                Ok(n) => {
                    hasher.update(&buffer[..n]);
                    size += n as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
