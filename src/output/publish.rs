//! Writes the output folder: all of it or nothing.

/// The sink that writes a folder.
#[derive(Debug)]
pub struct Publisher;
