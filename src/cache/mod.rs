//! What earlier runs made, and later ones take instead of making it again.
//!
//! A cache may forget but not lie. A key is a hash of everything that the value
//! is made of; the whole cache belongs to one program, down to its bytes, and
//! another one begins anew. What is damaged is not there. All is in one file,
//! which may be copied to another machine: no path of this one is in it.

mod hashing;
mod pack;
mod program;

use std::fs;
use std::io;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use self::pack::Pack;
pub use self::program::Program;

/// Where a project's cache is, in its folder.
pub const FOLDER: &str = ".versus";
const FILE: &str = "cache";

/// As much as the parts of most keys take, in bytes.
const USUAL: usize = 1024;

/// The name of a value: a hash of what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(u128);

impl Key {
    /// The hash.
    pub fn number(self) -> u128 {
        self.0
    }
}

/// Makes a key of what a value is made of, part by part.
pub struct Ingredients {
    /// The parts as they are hashed: values one behind the other, each of which
    /// shows where it ends, so that no two lists of parts are alike.
    parts: Vec<u8>,
    /// Whether something could not be added, so that nothing is known to be the
    /// same.
    is_short: bool,
}

impl Ingredients {
    /// Begins with what kind of value it is.
    pub fn of(kind: &str) -> Self {
        let mut all = Self { parts: Vec::with_capacity(USUAL), is_short: false };
        all.add(kind.as_bytes());
        all
    }

    /// Adds a part.
    pub fn add(&mut self, part: &[u8]) {
        hashing::write_bytes(part, &mut self.parts);
    }

    /// Adds a value, with all that it holds.
    pub fn add_value(&mut self, value: &impl Serialize) {
        self.is_short |= hashing::write(value, &mut self.parts).is_err();
    }

    /// Adds all that others have.
    pub fn add_all(&mut self, others: &Sum) {
        self.add(&others.hash.to_le_bytes());
        self.is_short |= others.is_short;
    }

    /// What stands for all parts.
    pub fn sum(&self) -> Sum {
        Sum { hash: xxh3_128(&self.parts), is_short: self.is_short }
    }

    /// The key of all parts, if they are.
    pub fn key(&self) -> Option<Key> {
        (!self.is_short).then(|| Key(xxh3_128(&self.parts)))
    }
}

/// Stands for parts of a key.
#[derive(Debug, Clone, Copy)]
pub struct Sum {
    hash: u128,
    is_short: bool,
}

/// What earlier runs made. Values are found from several threads; what is put is
/// there for the next run.
#[derive(Debug, Default)]
pub struct Cache {
    pack: Option<Pack>,
}

impl Cache {
    /// A cache that holds nothing and keeps nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Opens the cache of a project. One that can't be read or written, that is
    /// another program's, or that another run holds, is as good as none.
    pub fn open(project: &Path, program: Program) -> Self {
        let folder = project.join(FOLDER);
        let pack = prepare(&folder).and_then(|()| Pack::open(&folder.join(FILE), &program));
        Self { pack: pack.ok() }
    }

    /// Whether anything can be found or kept.
    pub fn is_on(&self) -> bool {
        self.pack.is_some()
    }

    /// What was put under this key.
    pub fn get<T: DeserializeOwned>(&self, key: Key) -> Option<T> {
        let bytes = self.pack.as_ref()?.get(key.0)?;
        postcard::from_bytes(&bytes).ok()
    }

    /// Says that a value is still of use, though this run does not look at it.
    pub fn touch(&self, key: Key) {
        if let Some(pack) = &self.pack {
            pack.touch(key.0);
        }
    }

    /// Keeps a value. One that can't be is made again next time.
    pub fn put<T: Serialize>(&self, key: Key, value: &T) {
        if let Some(pack) = &self.pack
            && let Ok(bytes) = postcard::to_stdvec(value)
        {
            pack.put(key.0, &bytes);
        }
    }

    /// Writes down what was put, and drops what no build has asked for in a while.
    ///
    /// # Errors
    /// When the file can't be written; it is then as it was, or empty.
    pub fn save(self) -> io::Result<()> {
        self.pack.map_or(Ok(()), |pack| pack.save(true))
    }

    /// Writes down what was put by a run that asks for a part of what builds do:
    /// what it did not ask for is no older by it.
    ///
    /// # Errors
    /// As [`Cache::save`].
    pub fn save_part(self) -> io::Result<()> {
        self.pack.map_or(Ok(()), |pack| pack.save(false))
    }
}

/// Makes the folder, which nobody wants among the sources.
fn prepare(folder: &Path) -> io::Result<()> {
    if !folder.is_dir() {
        fs::create_dir(folder)?;
    }
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "*\n")?;
    }
    Ok(())
}
