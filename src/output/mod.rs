//! What a build makes, and where it goes.
//!
//! A build hands each [`Rendered`] file to a [`Sink`] as soon as it is made, so
//! the whole output is never in memory. [`Publisher`] is the sink that writes a
//! folder; [`Memory`] keeps everything, for tests and the preview server;
//! [`Null`] only counts.

mod memory;
pub mod publish;

use std::io;

pub use memory::{Memory, Null};
pub use publish::Publisher;

use crate::path::OutputPath;

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Where it goes.
    pub path: OutputPath,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Where a build's files go, in any order and from several threads.
pub trait Sink: Sync {
    /// Takes a file.
    ///
    /// # Errors
    /// When it can't be kept; the build then fails as a whole.
    fn put(&self, file: Rendered) -> io::Result<()>;
}
