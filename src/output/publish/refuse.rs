//! The folders that are never written into.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{self, Path, PathBuf};

use super::Target;
use super::error::{Attempt, PublishError};
use super::manifest::{Kept, MANIFEST, Manifest};
use super::stage::INSIDE;

/// The folders of a project that hold its sources.
const SOURCES: [&str; 3] = ["content", "templates", "static"];

/// Files that keep an otherwise empty folder in version control.
const KEEPERS: [&str; 2] = [".gitkeep", ".gitignore"];

/// Where the output folder really is, if it is one a site may be written to.
pub(super) fn resolve(target: &Target) -> Result<PathBuf, PublishError> {
    let refuse = |reason: &str, remedy: &str| PublishError::Refused {
        output: target.output.to_owned(),
        reason: reason.to_owned(),
        remedy: remedy.to_owned(),
    };
    let Some(output) = follow(target.output).attempt("find", target.output)? else {
        return Err(refuse(
            "is not a path that can be made",
            "name a folder without `..` and without dangling symbolic links",
        ));
    };
    let other = "name a folder of its own, such as `public`";
    if output.parent().is_none() {
        return Err(refuse("is the root of the file system", other));
    }
    if output.components().any(|part| part.as_os_str() == ".git") {
        return Err(refuse("belongs to a git repository's own data", other));
    }
    if let Some(reason) = protection(&output, target.project) {
        return Err(refuse(&reason, other));
    }
    match fs::metadata(&output) {
        Ok(found) if !found.is_dir() => Err(refuse("is a file", "name a folder")),
        _ => Ok(output),
    }
}

/// Why writing there would harm the project or the user's home.
fn protection(output: &Path, project: &Path) -> Option<String> {
    let mut protected = vec![(project.to_owned(), "the project".to_owned(), false)];
    for name in SOURCES {
        protected.push((project.join(name), format!("the project's `{name}`"), true));
    }
    protected.extend(env::home_dir().map(|home| (home, "the home folder".into(), false)));
    for (path, name, with_contents) in protected {
        // What can't be followed is protected under the name it has.
        let path = follow(&path).ok().flatten().unwrap_or(path);
        if output == path {
            return Some(format!("is {name}"));
        }
        if path.starts_with(output) {
            return Some(format!("holds {name}"));
        }
        if with_contents && output.starts_with(&path) {
            return Some(format!("is inside {name}"));
        }
    }
    None
}

/// The path with all symbolic links resolved, though its end may be missing;
/// `None` when it can't be made either.
fn follow(path: &Path) -> io::Result<Option<PathBuf>> {
    let mut existing = path::absolute(path)?;
    let mut missing: Vec<OsString> = Vec::new();
    loop {
        match fs::canonicalize(&existing) {
            Ok(mut resolved) => {
                resolved.extend(missing.iter().rev());
                return Ok(Some(resolved));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let dangling = existing.symlink_metadata().is_ok();
        match existing.file_name() {
            Some(name) if !dangling => missing.push(name.to_owned()),
            _ => return Ok(None),
        }
        existing.pop();
    }
}

/// The manifest of the output folder; refuses a folder that has none and is
/// somebody else's.
pub(super) fn claim(output: &Path, target: &Target) -> Result<Manifest, PublishError> {
    let kept = Manifest::read(output).attempt("read", &output.join(MANIFEST))?;
    let reason = match kept {
        Kept::Read(manifest) => return Ok(manifest),
        Kept::Absent if is_free(output).attempt("read", output)? => {
            return Ok(Manifest::default());
        }
        _ if target.adopt => return Ok(Manifest::default()),
        Kept::Unreadable => "has a `.versus-manifest` that this version can't read",
        Kept::Absent if output.join(".git").symlink_metadata().is_ok() => {
            "is a git work tree that no build has written"
        }
        Kept::Absent => "is not empty, and no build has written it",
    };
    Err(PublishError::Refused {
        output: target.output.to_owned(),
        reason: reason.to_owned(),
        remedy: "pass `--adopt` to write into it (nothing in it that the site does not itself \
                 write will be changed), or name another folder"
            .into(),
    })
}

/// Whether a folder is absent or as good as empty.
fn is_free(output: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(output) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let keeper = KEEPERS.iter().any(|keeper| name == *keeper) && entry.file_type()?.is_file();
        if !keeper && name != INSIDE {
            return Ok(false);
        }
    }
    Ok(true)
}
