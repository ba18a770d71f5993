//! One build at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::error::{Attempt, PublishError};
#[cfg(unix)]
use super::host::is_same;
use super::host::is_unsupported;

/// How long another build is waited for.
const PATIENCE: Duration = Duration::from_secs(600);

/// How often is looked whether it has ended.
const INTERVAL: Duration = Duration::from_millis(50);

/// Waits for other builds, and says so once.
pub(super) struct Turn<'a> {
    waiting: &'a dyn Fn(&str),
    since: Option<Instant>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(waiting: &'a dyn Fn(&str)) -> Self {
        Self { waiting, since: None }
    }

    /// Makes the folder and locks it. The error's kind tells whether it could
    /// not be made.
    pub(super) fn take(&mut self, folder: &Path) -> Result<File, PublishError> {
        loop {
            match fs::create_dir(folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(error).attempt("create", folder);
                }
                _ => {}
            }
            if let Some(lock) = self.take_existing(folder)? {
                return Ok(lock);
            }
        }
    }

    /// Locks the folder; `None` when it is gone.
    pub(super) fn take_existing(&mut self, folder: &Path) -> Result<Option<File>, PublishError> {
        let Some(lock) = open(folder)? else { return Ok(None) };
        while !try_lock(&lock, folder)? {
            self.wait(&lock, folder)?;
        }
        // Who held the lock may have removed the folder meanwhile.
        Ok(is_current(&lock, folder).then_some(lock))
    }

    fn wait(&mut self, lock: &File, folder: &Path) -> Result<(), PublishError> {
        if self.since.is_none() {
            let who = holder(lock).map_or(String::new(), |pid| format!(" (process {pid})"));
            let stage = folder.display();
            (self.waiting)(&format!("another build{who} holds `{stage}`; waiting for it to end"));
        }
        let since = *self.since.get_or_insert_with(Instant::now);
        if since.elapsed() > PATIENCE {
            return Err(PublishError::Locked { stage: folder.to_owned() });
        }
        thread::sleep(INTERVAL);
        Ok(())
    }
}

/// Locks without waiting; false when another process has the lock.
pub(super) fn try_lock(lock: &File, folder: &Path) -> Result<bool, PublishError> {
    match lock.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        // Some network file systems know no locks; a build there is as safe
        // as its user is careful.
        Err(TryLockError::Error(error)) if is_unsupported(&error) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error).attempt("lock", folder),
    }
}

/// Opens what is locked; `None` when the folder is gone.
pub(super) fn open(folder: &Path) -> Result<Option<File>, PublishError> {
    match folder.symlink_metadata() {
        Ok(found) if found.is_dir() => {}
        Ok(_) => {
            let error = io::Error::from(io::ErrorKind::NotADirectory);
            return Err(error).attempt("lock", folder);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).attempt("lock", folder),
    }
    #[cfg(unix)]
    let opened = File::open(folder);
    #[cfg(not(unix))]
    let opened = File::create(folder.join("lock"));
    match opened {
        Ok(lock) => Ok(Some(lock)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).attempt("lock", folder),
    }
}

#[cfg(unix)]
fn is_current(lock: &File, folder: &Path) -> bool {
    match (lock.metadata(), folder.symlink_metadata()) {
        (Ok(locked), Ok(found)) => is_same(&locked, &found),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_current(_: &File, folder: &Path) -> bool {
    folder.join("lock").exists()
}

/// The process that has the lock, if the system tells.
#[cfg(target_os = "linux")]
fn holder(lock: &File) -> Option<u32> {
    let inode = std::os::unix::fs::MetadataExt::ino(&lock.metadata().ok()?).to_string();
    let locks = fs::read_to_string("/proc/locks").ok()?;
    locks.lines().find_map(|line| {
        // `1: FLOCK ADVISORY WRITE pid major:minor:inode start end`
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, "FLOCK", _, _, pid, place, ..] = fields[..] else { return None };
        let found = place.rsplit(':').next() == Some(&inode);
        pid.parse().ok().filter(|&pid| found && pid > 0)
    })
}

#[cfg(not(target_os = "linux"))]
fn holder(_: &File) -> Option<u32> {
    None
}
