//! What differs from one operating system to the next.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

/// What tells a file from any other that may take its place, short of reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The inode, or 0 where there is none.
    pub inode: u64,
    /// The size in bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970.
    pub modified: u128,
}

impl Stamp {
    /// The stamp of what the metadata are of.
    pub fn of(found: &Metadata) -> Self {
        let modified = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            inode: inode(found),
            size: found.len(),
            modified: modified.map_or(0, |age| age.as_nanos()),
        }
    }
}

#[cfg(unix)]
fn inode(found: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// What is there, `None` when nothing is. That it can't be told is an error:
/// taken for nothing, it would cost files.
pub(super) fn look(path: &Path) -> io::Result<Option<Metadata>> {
    match path.symlink_metadata() {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether nothing is there.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether two entries are one file or folder.
#[cfg(unix)]
pub(super) fn is_same(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Whether two entries are one file; without inodes, whether they look alike.
#[cfg(not(unix))]
pub(super) fn is_same(a: &Metadata, b: &Metadata) -> bool {
    Stamp::of(a) == Stamp::of(b) && a.file_type() == b.file_type()
}

/// Whether a folder is where another file system, or another part of the same
/// one, is mounted, so that it can't be renamed.
pub(super) fn is_mounted(folder: &Path, found: &Metadata, parent: &Metadata) -> bool {
    device(found) != device(parent) || is_mount_root(folder)
}

#[cfg(unix)]
fn device(found: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(found)
}

#[cfg(not(unix))]
fn device(_: &Metadata) -> u64 {
    0
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_mount_root(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::empty(), StatxFlags::empty())
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_mount_root(_: &Path) -> bool {
    false
}

/// Whether a folder has properties that a copy of it would lose, such as an
/// access control list.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn has_attributes(folder: &Path) -> bool {
    if !rustix::fs::listxattr_query(folder).is_ok_and(|length| length > 0) {
        return false;
    }
    let mut names = vec![0; 64 * 1024];
    let length = rustix::fs::listxattr(folder, &mut names[..]).unwrap_or(0);
    // Labels of security modules are given to every new file by policy.
    names[..length]
        .split(|&byte| byte == 0)
        .any(|name| !name.is_empty() && !name.starts_with(b"security."))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn has_attributes(_: &Path) -> bool {
    false
}

/// Gives a folder the permissions and the owner of another.
pub(super) fn copy_access(from: &Metadata, to: &Path) -> io::Result<()> {
    let found = fs::metadata(to)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if (found.uid(), found.gid()) != (from.uid(), from.gid()) {
            std::os::unix::fs::chown(to, Some(from.uid()), Some(from.gid()))?;
        }
    }
    match found.permissions() == from.permissions() {
        true => Ok(()),
        false => fs::set_permissions(to, from.permissions()),
    }
}

/// Whether the owner may add to the folder and take from it.
#[cfg(unix)]
pub(super) fn is_open_to_owner(found: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::mode(found) & 0o700 == 0o700
}

#[cfg(not(unix))]
pub(super) fn is_open_to_owner(found: &Metadata) -> bool {
    !found.permissions().readonly()
}

/// Swaps two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Makes the entries of a folder last.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Makes everything below a folder last: one call for the whole file system is
/// far cheaper than one for every file.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn sync_tree(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Makes everything below a folder last.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            sync_tree(&entry.path())?;
        } else if kind.is_file() && cfg!(unix) {
            File::open(entry.path())?.sync_all()?;
        }
    }
    sync_folder(folder)
}

/// Whether the file system can't do what was asked, or doesn't let us, though
/// there is another way.
pub(super) fn is_unsupported(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    #[cfg(unix)]
    if rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::OPNOTSUPP) {
        return true;
    }
    matches!(
        error.kind(),
        Kind::Unsupported
            | Kind::InvalidInput
            | Kind::PermissionDenied
            | Kind::TooManyLinks
            | Kind::CrossesDevices
            | Kind::ResourceBusy
    )
}
