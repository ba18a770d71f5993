//! Why an output folder was not written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the output was not published. Unless it is [`PublishError::HalfDone`],
/// the old output is as it was.
#[derive(Debug)]
#[non_exhaustive]
pub enum PublishError {
    /// The folder is not one to write into.
    Refused {
        /// The folder, as it was named.
        output: PathBuf,
        /// What speaks against it.
        reason: String,
        /// What to do about it.
        remedy: String,
    },
    /// Something that is not the site's stands where the site has a file.
    InTheWay {
        /// What stands there, below the output folder.
        found: String,
        /// The site's file, below the output folder.
        wanted: String,
        /// Whether `--adopt` would allow to overwrite it.
        adoptable: bool,
    },
    /// Two of the site's own files exclude each other.
    FileAndFolder {
        /// The file that is a folder as well.
        path: String,
    },
    /// A file of the old output was there when it was compared, but not later.
    Vanished {
        /// The file, below the output folder.
        path: String,
    },
    /// A file could not be kept, so there is no whole site to publish.
    Incomplete {
        /// The file, below the output folder.
        path: String,
    },
    /// Another build did not finish in time.
    Locked {
        /// The stage of that build.
        stage: PathBuf,
    },
    /// The update of a folder in place stopped, and could not be taken back.
    HalfDone {
        /// The output folder.
        output: PathBuf,
        /// What stopped it.
        source: Box<PublishError>,
    },
    /// A file or folder could not be read or written.
    Io {
        /// What was to be done, as an infinitive.
        action: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { output, reason, remedy } => {
                write!(f, "the output folder `{}` {reason}; {remedy}", output.display())
            }
            Self::InTheWay { found, wanted, adoptable } => {
                if found == wanted {
                    write!(f, "`{found}` in the output folder was not written by a build")?;
                } else {
                    write!(f, "`{found}` in the output folder stands in the way of `{wanted}`")?;
                }
                let or = if *adoptable { ", or pass `--adopt` to overwrite it" } else { "" };
                write!(f, "; move it away{or}")
            }
            Self::FileAndFolder { path } => {
                write!(f, "the site has both a file and a folder `{path}`; rename one of them")
            }
            Self::Vanished { path } => {
                write!(f, "`{path}` in the output folder changed during the build; build again")
            }
            Self::Incomplete { path } => {
                write!(f, "`{path}` could not be written; solve that and build again")
            }
            Self::Locked { stage } => write!(
                f,
                "another build still holds `{}`; wait for it to end, or stop it, and build again",
                stage.display()
            ),
            Self::HalfDone { output, source } => write!(
                f,
                "the output folder `{}` is half updated: {source}; the next build completes it",
                output.display()
            ),
            Self::Io { action, path, source } => {
                write!(f, "can't {action} `{}`: {source}; {}", path.display(), remedy(source))
            }
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::HalfDone { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// What to do about an error of the file system.
pub(super) fn remedy(error: &io::Error) -> &'static str {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => "free some space and build again",
        Kind::PermissionDenied => "allow writing there and build again",
        Kind::ReadOnlyFilesystem => "choose an output folder that can be written",
        Kind::NotADirectory | Kind::IsADirectory | Kind::AlreadyExists => {
            "move away what stands there and build again"
        }
        _ => "solve that and build again",
    }
}

/// Says what an operation of the file system was for.
pub(super) trait Attempt<T> {
    /// Turns the error into one that names the action and the path.
    fn attempt(self, action: &'static str, path: &Path) -> Result<T, PublishError>;
}

impl<T> Attempt<T> for io::Result<T> {
    fn attempt(self, action: &'static str, path: &Path) -> Result<T, PublishError> {
        self.map_err(|source| PublishError::Io { action, path: path.to_owned(), source })
    }
}

/// Takes "it isn't there" for success.
pub(super) fn unless_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
