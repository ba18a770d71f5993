//! Publishing file by file into a folder that can't be swapped.

use std::fs;
use std::io;
use std::path::Path;

use super::error::{Attempt, PublishError, unless_missing};
use super::host::{Stamp, is_absent, is_unsupported, look, sync_tree};
use super::journal::{Journal, Shelf, Step};
use super::manifest::MANIFEST;
use super::plan::{Plan, Record};
use super::stage::Stage;
use super::survey::folders;

/// Moves the staged files into the output folder. When that fails it is taken
/// back; when the build is killed the next one completes it.
pub(super) fn publish(
    output: &Path,
    stage: &mut Stage,
    plan: &Plan,
    files: &std::collections::BTreeMap<String, Record>,
) -> Result<(), PublishError> {
    fs::create_dir_all(output).attempt("create", output)?;
    let steps = steps(plan, |path| files.contains_key(path));
    let way_back = way_back(output, stage, plan, &steps)?;
    sync_tree(stage.folder()).attempt("write to disk", stage.folder())?;
    let journal = stage.journal();
    Journal::InPlace(steps.clone()).write(&journal).attempt("write", &journal)?;
    stage.hold();
    let Err(error) = apply(stage, output, &steps) else {
        stage.release();
        return Ok(());
    };
    let taken_back = way_back.is_some_and(|steps| {
        let journal = Journal::InPlace(steps.clone()).write(&journal);
        journal.is_ok() && apply(stage, output, &steps).is_ok()
    });
    if taken_back {
        stage.release();
        return Err(error);
    }
    Err(PublishError::HalfDone { output: output.to_owned(), source: Box::new(error) })
}

/// What is to be done, in an order in which a reader meets no page whose
/// assets are not there yet.
fn steps(plan: &Plan, is_file: impl Fn(&str) -> bool) -> Vec<Step> {
    let is_in_the_way = |path: &str| {
        let blocks = folders(path).chain([path]).any(&is_file);
        blocks || plan.fresh.binary_search_by(|folder| folder.as_str().cmp(path)).is_ok()
    };
    let delete =
        |(path, stamp): (&String, &Stamp)| Step::Delete { path: path.clone(), stamp: *stamp };
    let prune = |path: &String| Step::Prune { path: path.clone() };
    let place = |path: &str| Step::Place { from: Shelf::New, path: path.to_owned() };

    let mut staged: Vec<&str> = plan.staged.iter().map(String::as_str).collect();
    staged.sort_by_key(|path| rank(path));
    let (early, late): (Vec<_>, Vec<_>) =
        plan.stale.iter().partition(|(path, _)| is_in_the_way(path));
    let (early_folders, late_folders): (Vec<_>, Vec<_>) =
        plan.spent.iter().rev().partition(|path| is_in_the_way(path));

    let mut steps: Vec<Step> = early.into_iter().map(delete).collect();
    steps.extend(early_folders.into_iter().map(prune));
    steps.extend(staged.into_iter().map(place));
    steps.push(place(MANIFEST));
    steps.extend(late.into_iter().map(delete));
    steps.extend(late_folders.into_iter().map(prune));
    steps
}

/// Assets, then pages, then what lists pages.
fn rank(path: &str) -> u8 {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => 1,
        Some("xml" | "json" | "txt") => 2,
        _ => 0,
    }
}

/// Sets aside what the steps replace or delete, and says how to bring it back;
/// `None` where files can't have two names.
fn way_back(
    output: &Path,
    stage: &Stage,
    plan: &Plan,
    steps: &[Step],
) -> Result<Option<Vec<Step>>, PublishError> {
    let drops = plan.drops();
    for path in drops.keys() {
        let (old, copy) = (output.join(path), stage.shelf(Shelf::Undo).join(path));
        let parent = copy.parent().unwrap_or(&copy);
        fs::create_dir_all(parent).attempt("create", parent)?;
        match fs::hard_link(&old, &copy) {
            Err(error) if is_unsupported(&error) => return Ok(None),
            other => other.attempt("link", &old)?,
        }
    }
    let bring_back = |path: &String| Step::Place { from: Shelf::Undo, path: path.clone() };
    let (mut way, mut deleted) = (Vec::new(), Vec::new());
    for step in steps {
        match step {
            Step::Place { path, .. } if drops.contains_key(path) => way.push(bring_back(path)),
            Step::Place { path, .. } => {
                let staged = stage.shelf(Shelf::New).join(path);
                let found = staged.symlink_metadata().attempt("read", &staged)?;
                way.push(Step::Delete { path: path.clone(), stamp: Stamp::of(&found) });
            }
            Step::Delete { path, .. } => deleted.push(bring_back(path)),
            Step::Prune { .. } => {}
        }
    }
    // A file may come back where a folder has to go first.
    way.extend(plan.fresh.iter().rev().map(|path| Step::Prune { path: path.clone() }));
    way.extend(deleted);
    Ok(Some(way))
}

/// Takes all steps that were not taken yet.
pub(super) fn apply(stage: &Stage, output: &Path, steps: &[Step]) -> Result<(), PublishError> {
    for step in steps {
        match step {
            Step::Place { from, path } => {
                let to = output.join(path);
                place(&stage.shelf(*from).join(path), &to).attempt("write", &to)?;
            }
            Step::Delete { path, stamp } => {
                let path = output.join(path);
                delete(&path, *stamp).attempt("delete", &path)?;
            }
            Step::Prune { path } => {
                let path = output.join(path);
                prune(&path).attempt("remove", &path)?;
            }
        }
    }
    sync_tree(output).attempt("write to disk", output)
}

fn place(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        // Either what is moved is missing, because this was done before, or
        // the folder it goes to.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if look(from)?.is_none() {
                return Ok(());
            }
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::rename(from, to)
        }
        other => other,
    }
}

fn delete(path: &Path, stamp: Stamp) -> io::Result<()> {
    match look(path)? {
        Some(found) if Stamp::of(&found) == stamp => unless_missing(fs::remove_file(path)),
        _ => Ok(()),
    }
}

fn prune(path: &Path) -> io::Result<()> {
    match fs::remove_dir(path) {
        Err(error) if is_absent(&error) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        other => other,
    }
}
