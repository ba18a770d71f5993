//! What is in the output folder.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::host::{Stamp, has_attributes, is_absent, is_mounted, is_open_to_owner};
use super::manifest::MANIFEST;
use super::stage::INSIDE;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file.
    File,
    /// A symbolic link.
    Link,
    /// A folder whose entries are listed too.
    Folder,
    /// What is left alone: special files, git's data, mounted or closed folders.
    Opaque,
}

/// An entry of the output folder.
#[derive(Debug)]
pub(super) struct Found {
    /// Its path below the output folder.
    pub path: PathBuf,
    /// The same as a site's path, if it can be one.
    pub key: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// More about it.
    pub data: Metadata,
}

/// All entries of an output folder, a folder before what is in it.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The entries but for the manifest and the stage.
    pub found: Vec<Found>,
    /// The manifest, or what stands in its place.
    pub manifest: Option<Stamp>,
    /// Whether a folder has properties that a copy of it would lose.
    pub is_fixed: bool,
}

impl Survey {
    /// Lists an output folder, which may be absent. On error also names what
    /// could not be read.
    pub fn of(output: &Path) -> Result<Self, (PathBuf, io::Error)> {
        let mut survey = Self::default();
        let top = match fs::metadata(output) {
            Ok(data) => data,
            Err(error) if is_absent(&error) => return Ok(survey),
            Err(error) => return Err((output.to_owned(), error)),
        };
        survey.is_fixed = !is_open_to_owner(&top) || has_attributes(output);
        let entries = fs::read_dir(output).map_err(|error| (output.to_owned(), error))?;
        survey.list(output, (Path::new(""), &top), entries)?;
        Ok(survey)
    }

    fn list(
        &mut self,
        output: &Path,
        (folder, parent): (&Path, &Metadata),
        entries: fs::ReadDir,
    ) -> Result<(), (PathBuf, io::Error)> {
        let failed = |error| (output.join(folder), error);
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry.map_err(failed)?.file_name());
        }
        names.sort();
        for name in names {
            let path = folder.join(&name);
            let whole = output.join(&path);
            let data = whole.symlink_metadata().map_err(|error| (whole.clone(), error))?;
            let is_top = folder.as_os_str().is_empty();
            if is_top && name == INSIDE {
                continue;
            }
            if is_top && name == MANIFEST && !data.is_dir() {
                self.manifest = Some(Stamp::of(&data));
                continue;
            }
            self.add(output, path, data, parent)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        output: &Path,
        path: PathBuf,
        data: Metadata,
        parent: &Metadata,
    ) -> Result<(), (PathBuf, io::Error)> {
        let whole = output.join(&path);
        let mut entries = None;
        let kind = if path.file_name().is_some_and(|name| name == ".git") {
            Kind::Opaque
        } else if data.is_file() {
            Kind::File
        } else if data.is_symlink() {
            Kind::Link
        } else if data.is_dir() && !is_mounted(&whole, &data, parent) {
            match fs::read_dir(&whole) {
                Ok(listing) => entries = Some(listing),
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                Err(error) => return Err((whole, error)),
            }
            if entries.is_some() { Kind::Folder } else { Kind::Opaque }
        } else {
            Kind::Opaque
        };
        if kind == Kind::Folder {
            self.is_fixed |= !is_open_to_owner(&data) || has_attributes(&whole);
        }
        let found = Found { key: key(&path), path: path.clone(), kind, data: data.clone() };
        self.found.push(found);
        entries.map_or(Ok(()), |entries| self.list(output, (&path, &data), entries))
    }
}

/// A path below the output folder as the site would write it.
pub(super) fn key(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// The folders that a path is in, the innermost first.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}
