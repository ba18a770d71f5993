//! What is to be done to the output folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::error::{Attempt, PublishError};
use super::host::Stamp;
use super::manifest::{MANIFEST, Manifest};
use super::survey::{Found, Kind, Survey, folders, key};
use crate::output::Digest;

/// A file of the new site.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    /// What it holds.
    pub digest: Digest,
    /// Whether it is staged, not taken from the old output.
    pub is_staged: bool,
}

/// An old folder that the new output has too.
#[derive(Debug)]
pub(super) struct Folder {
    /// The folder.
    pub found: Found,
    /// Whether no file of the old or new site is in it.
    pub is_foreign: bool,
}

/// What is to be done to the output folder.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The staged files.
    pub staged: Vec<String>,
    /// The files that stay as they are because the new site has them too.
    pub unchanged: BTreeMap<String, Stamp>,
    /// The files that stay because the site did not write them.
    pub foreign: Vec<PathBuf>,
    /// The files to delete.
    pub stale: BTreeMap<String, Stamp>,
    /// The files that staged ones take the place of.
    pub replaced: BTreeMap<String, Stamp>,
    /// The folders that stay, a folder before what is in it.
    pub folders: Vec<Folder>,
    /// The site's folders that are not needed any more, likewise.
    pub spent: Vec<String>,
    /// The folders of the new site that the old output does not have, likewise.
    pub fresh: Vec<String>,
    /// The old manifest.
    pub manifest: Option<Stamp>,
    /// Whether there is something that can't be carried over to a new folder.
    pub is_fixed: bool,
}

/// What the plan is made from.
pub(super) struct Inputs<'a> {
    /// The output folder.
    pub output: &'a Path,
    /// The files the last build wrote.
    pub before: &'a Manifest,
    /// The files of this build.
    pub files: &'a BTreeMap<String, Record>,
    /// Whether files that no build wrote may be overwritten.
    pub adopt: bool,
}

impl Plan {
    /// Compares what is there with what is to be there.
    pub fn new(inputs: &Inputs, survey: Survey) -> Result<Self, PublishError> {
        let needed = folders_of(inputs.files.keys().map(String::as_str));
        if let Some(path) = needed.iter().find(|path| inputs.files.contains_key(**path)) {
            return Err(PublishError::FileAndFolder { path: (*path).to_owned() });
        }
        let mut plan =
            Self { manifest: survey.manifest, is_fixed: survey.is_fixed, ..Self::default() };
        let mut kept = BTreeSet::new();
        let (listed, rest): (Vec<_>, Vec<_>) =
            survey.found.into_iter().partition(|found| found.kind == Kind::Folder);
        if listed.iter().any(|found| found.path == Path::new(MANIFEST)) {
            return Err(in_the_way(MANIFEST, MANIFEST, false));
        }
        for found in rest {
            if !plan.sort(inputs, &found)? {
                check_room(inputs, &found, needed.contains(found.key.as_deref().unwrap_or("")))?;
                kept.extend(found.path.ancestors().skip(1).map(Path::to_owned));
                plan.is_fixed |= found.kind != Kind::File;
                plan.foreign.push(found.path);
            }
        }
        plan.sort_folders(inputs, listed, &needed, &mut kept)?;
        for (path, record) in inputs.files {
            if record.is_staged {
                plan.staged.push(path.clone());
            } else if !plan.unchanged.contains_key(path) {
                return Err(PublishError::Vanished { path: path.clone() });
            }
        }
        Ok(plan)
    }

    /// Whether there is nothing to do but for the manifest.
    pub fn is_idle(&self) -> bool {
        self.staged.is_empty() && self.stale.is_empty()
    }

    /// All files of the old output that may be deleted, once the new one is there.
    pub fn drops(&self) -> BTreeMap<String, Stamp> {
        let mut drops = self.stale.clone();
        drops.extend(self.replaced.iter().map(|(path, stamp)| (path.clone(), *stamp)));
        drops.extend(self.manifest.map(|stamp| (MANIFEST.to_owned(), stamp)));
        drops
    }

    /// Finds out what becomes of a file; false when it is foreign.
    fn sort(&mut self, inputs: &Inputs, found: &Found) -> Result<bool, PublishError> {
        let Some(key) = &found.key else { return Ok(false) };
        let before = inputs.before.get(key);
        let stamp = Stamp::of(&found.data);
        if let Some(record) = inputs.files.get(key) {
            if !record.is_staged {
                if found.kind == Kind::File {
                    self.unchanged.insert(key.clone(), stamp);
                }
                return Ok(true);
            }
            let is_replaceable = matches!(found.kind, Kind::File | Kind::Link);
            if !is_replaceable || (before.is_none() && !inputs.adopt) {
                return Err(in_the_way(key, key, is_replaceable));
            }
            self.replaced.insert(key.clone(), stamp);
            return Ok(true);
        }
        let Some(before) = before else { return Ok(false) };
        if found.kind != Kind::File || found.data.len() != before.size {
            return Ok(false);
        }
        let whole = inputs.output.join(&found.path);
        let is_ours = Digest::of_file(&whole).attempt("read", &whole)? == before;
        if is_ours {
            self.stale.insert(key.clone(), stamp);
        }
        Ok(is_ours)
    }

    fn sort_folders(
        &mut self,
        inputs: &Inputs,
        listed: Vec<Found>,
        needed: &BTreeSet<&str>,
        kept: &mut BTreeSet<PathBuf>,
    ) -> Result<(), PublishError> {
        let ours = folders_of(inputs.before.files().map(|(path, _)| path));
        let is_foreign = |found: &Found| {
            let key = found.key.as_deref().unwrap_or_default();
            !ours.contains(key) && !needed.contains(key)
        };
        for found in listed.iter().filter(|found| is_foreign(found)) {
            kept.extend(found.path.ancestors().map(Path::to_owned));
        }
        let mut fresh = needed.clone();
        for found in listed {
            let key = found.key.clone().unwrap_or_default();
            if !fresh.remove(key.as_str()) && !kept.contains(&found.path) {
                self.spent.push(key);
                continue;
            }
            check_room(inputs, &found, false)?;
            self.folders.push(Folder { is_foreign: is_foreign(&found), found });
        }
        self.fresh = fresh.into_iter().map(str::to_owned).collect();
        Ok(())
    }
}

/// Refuses a foreign entry where, or in or above which, the site has a file.
fn check_room(inputs: &Inputs, found: &Found, is_above: bool) -> Result<(), PublishError> {
    let blocks = |wanted: &str| in_the_way(&found.path.to_string_lossy(), wanted, false);
    for place in found.path.ancestors().filter_map(key) {
        if inputs.files.contains_key(&place) {
            return Err(blocks(&place));
        }
    }
    let Some(own) = found.key.as_deref().filter(|_| is_above) else { return Ok(()) };
    let below = |path: &&String| folders(path).any(|folder| folder == own);
    inputs.files.keys().find(below).map_or(Ok(()), |path| Err(blocks(path)))
}

fn in_the_way(found: &str, wanted: &str, adoptable: bool) -> PublishError {
    PublishError::InTheWay { found: found.to_owned(), wanted: wanted.to_owned(), adoptable }
}

/// All folders that the files are in.
fn folders_of<'a>(files: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    files.flat_map(folders).collect()
}
