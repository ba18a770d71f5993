//! Completes or discards what a killed build left.

use std::fs;
use std::path::Path;

use super::error::{Attempt, PublishError};
use super::host::{Stamp, look};
use super::in_place;
use super::journal::{Journal, Shelf};
use super::stage::Stage;
use super::swap;

/// Empties the stage of a build that was killed, after its journal was carried
/// out if it is whole. The notes say what had to be left to the user.
pub(super) fn recover(output: &Path, stage: &Stage) -> Result<Vec<String>, PublishError> {
    let journal = stage.journal();
    let mut notes = Vec::new();
    let is_there = look(output).attempt("find", output)?.is_some();
    match Journal::read(&journal).attempt("read", &journal)? {
        // An output folder that somebody removed is not to be made again in part.
        Some(Journal::InPlace(steps)) if is_there => {
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
    let is_there = |path: &Path| look(path).map(|found| found.is_some()).attempt("find", path);
    let staged = look(&new).attempt("find", &new)?;
    let was_exchanged = cfg!(unix) && staged.is_some_and(|found| Stamp::of(&found).inode != inode);
    if was_exchanged && !is_there(&old)? {
        fs::rename(&new, &old).attempt("rename", &new)?;
    }
    if !is_there(output)? && is_there(&old)? {
        // Between two renames; or the new site was removed since.
        let whole = if is_there(&new)? { &new } else { &old };
        fs::rename(whole, output).attempt("rename", whole)?;
    }
    Ok(())
}
