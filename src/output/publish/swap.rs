//! Publishing by letting a whole new folder take the place of the old one.

use std::collections::BTreeMap;
use std::fs::{self, FileTimes};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{Attempt, PublishError};
use super::host::{
    Stamp, copy_access, exchange, is_same, is_unsupported, look, sync_folder, sync_tree,
};
use super::journal::{Journal, Shelf};
use super::plan::Plan;
use super::stage::Stage;
use super::survey::key;

/// Whether the output was published.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was; the notes say what had to be left to the user.
    Published(Vec<String>),
    /// The file system can't do it, and nothing was changed.
    Impossible,
}

/// Completes the staged tree, and swaps it with the output folder.
pub(super) fn publish(
    output: &Path,
    stage: &mut Stage,
    plan: &Plan,
) -> Result<Outcome, PublishError> {
    if !complete(output, stage, plan)? {
        return Ok(Outcome::Impossible);
    }
    let (new, journal) = (stage.shelf(Shelf::New), stage.journal());
    let inode = Stamp::of(&fs::metadata(&new).attempt("read", &new)?).inode;
    let mut drops = plan.drops();
    let record = Journal::Swap { inode, drops: drops.clone() };
    record.write(&journal).attempt("write", &journal)?;
    sync_tree(stage.folder()).attempt("write to disk", stage.folder())?;
    stage.hold();
    let swapped = swap(output, stage);
    if !matches!(swapped, Ok(true)) && is_as_before(stage, inode) {
        stage.release();
    }
    if !swapped? {
        return Ok(Outcome::Impossible);
    }
    // They are linked in the new folder.
    drops.extend(plan.unchanged.iter().map(|(path, stamp)| (path.clone(), *stamp)));
    Ok(Outcome::Published(tidy(output, stage, &drops)))
}

/// Whether nothing was swapped; an error may come after the deed.
fn is_as_before(stage: &Stage, inode: u64) -> bool {
    let is_staged = look(&stage.shelf(Shelf::New))
        .is_ok_and(|found| found.is_some_and(|found| Stamp::of(&found).inode == inode));
    is_staged && matches!(look(&stage.old()), Ok(None))
}

/// Adds to the staged tree what stays as it is. False when the file system
/// doesn't let us.
fn complete(output: &Path, stage: &Stage, plan: &Plan) -> Result<bool, PublishError> {
    let new = stage.shelf(Shelf::New);
    for folder in &plan.folders {
        let path = new.join(&folder.found.path);
        match fs::create_dir(&path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(error).attempt("create", &path);
            }
            _ => {}
        }
        if !allowed(copy_access(&folder.found.data, &path)).attempt("give access to", &path)? {
            return Ok(false);
        }
    }
    let unchanged = plan.unchanged.keys().map(Path::new);
    let stays: Vec<&Path> = unchanged.chain(plan.foreign.iter().map(PathBuf::as_path)).collect();
    let link = |path: &&Path| {
        let old = output.join(path);
        allowed(fs::hard_link(&old, new.join(path))).attempt("link", &old)
    };
    let links = stays.par_iter().map(link).collect::<Result<Vec<bool>, _>>()?;
    if links.contains(&false) {
        return Ok(false);
    }
    // Last, because what is put into a folder changes its time.
    for folder in plan.folders.iter().filter(|folder| folder.is_foreign).rev() {
        let times = folder.found.data.modified().map(|time| FileTimes::new().set_modified(time));
        // A folder's time is a courtesy.
        if let (Ok(times), Ok(made)) = (times, fs::File::open(new.join(&folder.found.path))) {
            let _ = made.set_times(times);
        }
    }
    match look(output).attempt("read", output)? {
        Some(found) => allowed(copy_access(&found, &new)).attempt("give access to", &new),
        None => Ok(true),
    }
}

/// Tells what is not allowed or not supported from what fails.
fn allowed(result: io::Result<()>) -> io::Result<bool> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if is_unsupported(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Swaps the staged tree with the output folder; false when that can't be done.
fn swap(output: &Path, stage: &Stage) -> Result<bool, PublishError> {
    let new = stage.shelf(Shelf::New);
    if look(output).attempt("find", output)?.is_none() {
        return fs::rename(&new, output).attempt("create", output).map(|()| true);
    }
    match exchange(&new, output) {
        Ok(()) => Ok(true),
        Err(error) if is_unsupported(&error) => swap_by_renames(output, stage),
        Err(error) => Err(error).attempt("replace", output),
    }
}

/// The same in two steps. A build killed between them leaves no output folder,
/// and the next one puts the new one there.
fn swap_by_renames(output: &Path, stage: &Stage) -> Result<bool, PublishError> {
    let old = stage.old();
    if !allowed(fs::rename(output, &old)).attempt("replace", output)? {
        return Ok(false);
    }
    let Err(error) = fs::rename(stage.shelf(Shelf::New), output) else { return Ok(true) };
    let failed = PublishError::Io { action: "replace", path: output.to_owned(), source: error };
    if fs::rename(&old, output).is_ok() {
        return Err(failed);
    }
    Err(PublishError::HalfDone { output: output.to_owned(), source: Box::new(failed) })
}

/// Removes the old site. The new one is there already, so what fails here is
/// only noted: the next build tries again.
fn tidy(output: &Path, stage: &mut Stage, drops: &BTreeMap<String, Stamp>) -> Vec<String> {
    let (new, old) = (stage.shelf(Shelf::New), stage.old());
    let parent = output.parent().unwrap_or(output);
    let retired = sync_folder(parent).attempt("write to disk", parent).and_then(|()| {
        if look(&new).attempt("find", &new)?.is_some() {
            fs::rename(&new, &old).attempt("rename", &new)?;
        }
        retire(output, stage, drops)
    });
    match retired {
        Ok(notes) => {
            stage.release();
            notes
        }
        Err(error) => {
            let stage = stage.folder().display();
            vec![format!("{error}; `{stage}` holds the old site until then")]
        }
    }
}

/// Deletes the old site, but only files in the list and those that are in the
/// output folder as well; the notes name what had to be kept.
pub(super) fn retire(
    output: &Path,
    stage: &Stage,
    drops: &BTreeMap<String, Stamp>,
) -> Result<Vec<String>, PublishError> {
    let old = stage.old();
    if look(&old).attempt("find", &old)?.is_none() {
        return Ok(Vec::new());
    }
    empty(&old, output, Path::new(""), drops).attempt("remove", &old)?;
    if look(&old).attempt("find", &old)?.is_none() {
        return Ok(Vec::new());
    }
    let kept = free_name(output);
    fs::rename(&old, &kept).attempt("rename", &old)?;
    Ok(vec![format!(
        "`{}` holds files that changed while the site was published; look through them and \
         delete the folder",
        kept.display()
    )])
}

fn empty(
    old: &Path,
    output: &Path,
    folder: &Path,
    drops: &BTreeMap<String, Stamp>,
) -> io::Result<()> {
    let entries = fs::read_dir(old.join(folder))?.collect::<io::Result<Vec<_>>>()?;
    entries.par_iter().try_for_each(|entry| {
        let path = folder.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => empty(old, output, &path, drops),
            false => settle(old, output, &path, drops),
        }
    })?;
    match fs::remove_dir(old.join(folder)) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        other => other,
    }
}

/// Finds a file of the old site its place: none, the output folder, or here.
fn settle(
    old: &Path,
    output: &Path,
    path: &Path,
    drops: &BTreeMap<String, Stamp>,
) -> io::Result<()> {
    let (from, to) = (old.join(path), output.join(path));
    let found = from.symlink_metadata()?;
    let listed = key(path).and_then(|key| drops.get(&key).copied());
    if listed == Some(Stamp::of(&found)) {
        return fs::remove_file(from);
    }
    match look(&to)? {
        Some(other) if is_same(&found, &other) => fs::remove_file(from),
        Some(_) => Ok(()),
        None => move_back(&from, &to),
    }
}

/// Moves a file into the output folder, unless a file of the site is where its
/// folder would be.
fn move_back(from: &Path, to: &Path) -> io::Result<()> {
    let moved = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::rename(from, to));
    match moved {
        Err(error) if is_blocked(&error) => Ok(()),
        other => other,
    }
}

fn is_blocked(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists)
}

/// A name beside the output folder that nothing has.
fn free_name(output: &Path) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut path = output.with_file_name(format!(".{name}.versus-kept"));
    let mut number = 2;
    while path.symlink_metadata().is_ok() {
        path = output.with_file_name(format!(".{name}.versus-kept-{number}"));
        number += 1;
    }
    path
}
