//! Completes or discards what a killed build left.

use std::fs;
use std::path::Path;

use super::error::{Attempt, PublishError};
use super::host::Stamp;
use super::in_place;
use super::journal::{Journal, Shelf};
use super::stage::Stage;
use super::swap;

/// Empties the stage of a build that was killed, after its journal was carried
/// out if it is whole. The notes say what had to be left to the user.
pub(super) fn recover(output: &Path, stage: &Stage) -> Result<Vec<String>, PublishError> {
    let journal = stage.journal();
    let mut notes = Vec::new();
    match Journal::read(&journal).attempt("read", &journal)? {
        // An output folder that somebody removed is not to be made again in part.
        Some(Journal::InPlace(steps)) if output.is_dir() => {
            in_place::apply(stage, output, &steps)?;
        }
        Some(Journal::Swap { inode, drops }) => {
            complete_swap(output, stage, inode)?;
            notes.extend(swap::retire(output, stage, &drops)?);
        }
        _ => notes.extend(swap::retire(output, stage, &Default::default())?),
    }
    stage.clear()?;
    Ok(notes)
}

/// Brings a swap to its end, or to its beginning.
fn complete_swap(output: &Path, stage: &Stage, inode: u64) -> Result<(), PublishError> {
    let (new, old) = (stage.shelf(Shelf::New), stage.old());
    let is_new = |found: fs::Metadata| cfg!(not(unix)) || Stamp::of(&found).inode == inode;
    if !old.is_dir() && new.symlink_metadata().is_ok_and(|found| !is_new(found)) {
        // The folders were exchanged, so this is the old one.
        fs::rename(&new, &old).attempt("rename", &new)?;
    }
    if output.symlink_metadata().is_err() && old.is_dir() {
        // Between two renames; or the new site was removed since.
        let whole = if new.is_dir() { &new } else { &old };
        fs::rename(whole, output).attempt("rename", whole)?;
    }
    Ok(())
}
