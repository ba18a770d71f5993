//! What an output folder was like when a build left it.
//!
//! It tells a later build that a file is as it was, without reading it.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::host::{Stamp, look};
use super::manifest::Manifest;
use crate::output::Digest;

/// File systems count time in steps of up to two seconds: within them a file
/// may change twice and show one time. In nanoseconds.
const TICK: u128 = 2_000_000_000;

/// What an output folder was like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Hashes of path and stamp of every file that was old enough to be known
    /// by its stamp, by the first.
    stamps: Vec<(u64, u64)>,
}

impl Left {
    /// Looks at the files whose stamps are not known. `now` is in nanoseconds since 1970.
    pub(super) fn of<P: AsRef<str> + Sync>(
        output: &Path,
        files: &[P],
        known: &BTreeMap<String, Stamp>,
        now: u128,
    ) -> Self {
        let stamp = |path: &P| {
            let path = path.as_ref();
            let look = || Some(Stamp::of(&look(&output.join(path)).ok().flatten()?));
            let stamp = known.get(path).copied().or_else(look)?;
            (stamp.modified + TICK < now).then(|| (hash(path), mark(stamp)))
        };
        let mut stamps: Vec<(u64, u64)> = files.par_iter().filter_map(stamp).collect();
        stamps.sort_unstable();
        Self { stamps }
    }

    /// Whether a file holds what it did.
    pub(super) fn holds(&self, output: &Path, path: &str, digest: Digest) -> bool {
        self.tells(output, path, digest).is_some()
    }

    /// If a file holds what it did, whether its stamp alone tells.
    fn tells(&self, output: &Path, path: &str, digest: Digest) -> Option<bool> {
        let whole = output.join(path);
        let found = look(&whole).ok().flatten()?;
        if !found.is_file() || found.len() != digest.size {
            return None;
        }
        if self.knows(path, &found) {
            return Some(true);
        }
        Digest::of_file(&whole).is_ok_and(|now| now == digest).then_some(false)
    }

    fn knows(&self, path: &str, found: &Metadata) -> bool {
        let place = self.stamps.binary_search_by_key(&hash(path), |(path, _)| *path);
        place.is_ok_and(|place| self.stamps[place].1 == mark(Stamp::of(found)))
    }

    /// If all files of a manifest are as they were, whether their stamps alone tell.
    pub(super) fn tells_all(&self, output: &Path, files: &Manifest) -> Option<bool> {
        let told = files.par_files().map(|(path, digest)| self.tells(output, path, digest));
        told.try_reduce(|| true, |one, other| Some(one && other))
    }
}

fn hash(path: &str) -> u64 {
    xxh3_64(path.as_bytes())
}

fn mark(stamp: Stamp) -> u64 {
    let Stamp { inode, size, modified } = stamp;
    let parts = [u128::from(inode), u128::from(size), modified].map(u128::to_le_bytes);
    xxh3_64(parts.as_flattened())
}
