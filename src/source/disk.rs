//! A project on disk.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Files, Listing, SourceFile};
use crate::path::SourcePath;

/// Folders of a project that hold no sources.
const SKIPPED: [&str; 3] = ["node_modules", "target", "public"];

/// The files below a folder.
///
/// Symbolic links are followed only to targets inside the project; any other
/// is an error of the listing.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
    ignored: Vec<PathBuf>,
}

impl Disk {
    /// The project in `root`; `ignored` names folders (the output) that are
    /// not part of it.
    ///
    /// # Errors
    /// When the folder is not there or is not a folder.
    pub fn open(root: &Path, ignored: &[PathBuf]) -> io::Result<Self> {
        let root = fs::canonicalize(root)?;
        if !root.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let ignored = ignored.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
        Ok(Self { root, ignored })
    }

    /// The folder, with symbolic links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn is_source(&self, entry: &DirEntry) -> bool {
        entry.depth() == 0
            || self.is_named_source(entry.path().strip_prefix(&self.root).unwrap_or(entry.path()))
    }

    /// Whether a place below the project's folder is none that is skipped for its
    /// name; the folders that it is in are not looked at.
    fn is_named_source(&self, below: &Path) -> bool {
        let Some(name) = below.file_name().map(OsStr::to_string_lossy) else { return false };
        let is_top = below.components().nth(1).is_none();
        let skipped = is_top && SKIPPED.contains(&name.as_ref());
        // Hosts have dot files of their own, such as `.htaccess` and `.well-known`.
        let is_static = below.starts_with("static");
        let litter = matches!(&*name, ".git" | ".gitignore" | ".gitkeep" | ".DS_Store");
        let hidden = name.starts_with('.') && (!is_static || litter) && name != ".well-known";
        !hidden
            && !skipped
            && !name.ends_with('~')
            && !self.ignored.iter().any(|ignored| *ignored == self.root.join(below))
    }

    fn source_path(&self, path: &Path) -> Result<SourcePath, String> {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let text = relative.to_str().ok_or("the file's name is not UTF-8")?;
        Ok(SourcePath::new(text.replace(std::path::MAIN_SEPARATOR, "/")))
    }

    fn entry(&self, entry: &DirEntry) -> Result<Option<SourceFile>, String> {
        if entry.path_is_symlink() {
            let target = fs::canonicalize(entry.path()).map_err(|e| e.to_string())?;
            if !target.starts_with(&self.root) {
                return Err("a symbolic link to a place outside the project".into());
            }
        }
        if !entry.file_type().is_file() {
            return Ok(None);
        }
        let metadata = entry.metadata().map_err(|e| e.to_string())?;
        let path = self.source_path(entry.path())?;
        let (stamp, time) = stamp(&metadata);
        Ok(Some(SourceFile { path, size: metadata.len(), stamp, time }))
    }

    /// A file as the listing would show it, if there is one.
    ///
    /// # Errors
    /// When there is something else, or it can't be told.
    pub fn file(&self, path: &SourcePath) -> io::Result<Option<SourceFile>> {
        let found = match fs::symlink_metadata(self.root.join(path.as_str())) {
            Ok(found) if found.is_file() => found,
            Ok(_) => return Err(io::ErrorKind::InvalidInput.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let (stamp, time) = stamp(&found);
        Ok(Some(SourceFile { path: path.clone(), size: found.len(), stamp, time }))
    }

    /// The folders right below the project's own that may hold sources: what
    /// there is to watch.
    pub fn folders(&self) -> Vec<PathBuf> {
        let walk = WalkDir::new(&self.root).min_depth(1).max_depth(1).sort_by_file_name();
        let entries = walk.into_iter().filter_map(Result::ok);
        let folders = entries.filter(|entry| entry.path().is_dir() && self.is_source(entry));
        folders.map(DirEntry::into_path).collect()
    }

    /// The project's name of a place on disk, if it may be a source.
    pub fn source_of(&self, path: &Path) -> Option<SourcePath> {
        let below = path.strip_prefix(&self.root).ok()?;
        let mut places = below.ancestors().filter(|place| !place.as_os_str().is_empty());
        let is_source = places.all(|place| self.is_named_source(place));
        if is_source { self.source_path(path).ok() } else { None }
    }
}

/// The stamp of a file, and the time in it.
#[cfg(unix)]
fn stamp(metadata: &fs::Metadata) -> (u64, u128) {
    use std::os::unix::fs::MetadataExt as _;
    let parts = [
        metadata.mtime(),
        metadata.mtime_nsec(),
        // A copy may keep the first two; nothing keeps these.
        metadata.ctime(),
        metadata.ctime_nsec(),
        metadata.ino().cast_signed(),
    ];
    let time = |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
    let [modified, nanos, changed, changed_nanos, _] = parts;
    let latest = time(modified, nanos).max(time(changed, changed_nanos));
    let hash = xxhash_rust::xxh3::xxh3_64(parts.map(i64::to_le_bytes).as_flattened());
    (hash, u128::try_from(latest).unwrap_or_default())
}

#[cfg(not(unix))]
fn stamp(metadata: &fs::Metadata) -> (u64, u128) {
    let times = [metadata.modified(), metadata.created()];
    let nanos = times.map(|time| {
        let since = time.ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        since.map_or(0, |since| since.as_nanos())
    });
    let latest = nanos.iter().copied().max().unwrap_or_default();
    (xxhash_rust::xxh3::xxh3_64(nanos.map(u128::to_le_bytes).as_flattened()), latest)
}

impl Files for Disk {
    fn list(&self) -> Listing {
        let mut listing = Listing::default();
        let mut walk = WalkDir::new(&self.root).follow_links(true).into_iter();
        while let Some(step) = walk.next() {
            let entry = match step {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&self.root);
                    let name = SourcePath::new(
                        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy(),
                    );
                    listing.errors.push((name, reason(&error)));
                    continue;
                }
            };
            if !self.is_source(&entry) {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            match self.entry(&entry) {
                Ok(file) => listing.files.extend(file),
                Err(message) => {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    let name = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
                    listing.errors.push((SourcePath::new(name.to_string_lossy()), message));
                }
            }
        }
        listing.files.sort();
        listing.errors.sort();
        listing
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(path.as_str()))
    }
}

fn reason(error: &walkdir::Error) -> String {
    if error.loop_ancestor().is_some() {
        return "a symbolic link that leads back into its own folder".into();
    }
    match error.io_error() {
        Some(error) => error.to_string(),
        None => error.to_string(),
    }
}
