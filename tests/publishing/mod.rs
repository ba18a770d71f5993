//! A folder to publish to, and ways to look at it.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use tempfile::TempDir;
use versus::output::publish::{MANIFEST, PublishError, Published, Publisher, Target};
use versus::output::{Rendered, Sink};
use versus::path::OutputPath;

/// A project and its output folder.
pub struct Bench {
    pub root: TempDir,
    pub output: PathBuf,
}

impl Bench {
    pub fn new() -> Self {
        Self::below(&std::env::temp_dir())
    }

    fn below(folder: &Path) -> Self {
        let root = tempfile::tempdir_in(folder).unwrap();
        fs::create_dir(root.path().join("project")).unwrap();
        let output = root.path().join("out");
        Self { root, output }
    }

    /// Where writing to disk costs nothing, if there is such a place.
    pub fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() { Self::below(memory) } else { Self::new() }
    }

    /// With an output folder that has to be updated in place.
    pub fn in_place() -> Self {
        let bench = Self::new();
        bench.publish(&[]).unwrap();
        fs::create_dir(bench.output.join(".git")).unwrap();
        bench
    }

    pub fn project(&self) -> PathBuf {
        self.root.path().join("project")
    }

    pub fn open(&self) -> Result<Publisher, PublishError> {
        self.open_as(false)
    }

    pub fn open_as(&self, adopt: bool) -> Result<Publisher, PublishError> {
        let (project, waiting) = (self.project(), |_: &str| {});
        let target = Target { output: &self.output, project: &project, adopt, waiting: &waiting };
        Publisher::open(target)
    }

    pub fn publish(&self, entries: &[(&str, &str)]) -> Result<Published, PublishError> {
        self.publish_as(entries, false)
    }

    pub fn publish_as(
        &self,
        entries: &[(&str, &str)],
        adopt: bool,
    ) -> Result<Published, PublishError> {
        let publisher = self.open_as(adopt)?;
        for (path, text) in entries {
            put(&publisher, path, text).unwrap();
        }
        publisher.commit()
    }

    /// There is nothing but the project, the output and the manifest.
    pub fn assert_clean(&self) {
        for folder in [self.root.path(), &self.output] {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                assert!(!name.contains("versus") || name == MANIFEST, "{name} is left");
            }
        }
    }
}

pub fn put(publisher: &Publisher, path: &str, text: &str) -> io::Result<()> {
    let path = OutputPath::new(path).unwrap();
    publisher.put(Rendered { path, bytes: text.as_bytes().to_vec() })
}

/// Files by path, as [`files`] finds them.
pub fn site(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// The regular files below a folder but for the manifest.
pub fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk(folder, Path::new(""), &mut |path, data| {
        if data.is_file() && path != MANIFEST {
            let text = fs::read_to_string(folder.join(path)).unwrap();
            found.insert(path.to_owned(), text);
        }
    });
    found
}

/// Everything below a folder, with what may not change unnoticed.
pub fn snapshot(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk(folder, Path::new(""), &mut |path, data| {
        found.insert(path.to_owned(), describe(&folder.join(path), data));
    });
    found
}

fn describe(path: &Path, data: &Metadata) -> String {
    #[cfg(unix)]
    let (inode, mode) = {
        use std::os::unix::fs::MetadataExt;
        (data.ino(), data.mode())
    };
    #[cfg(not(unix))]
    let (inode, mode) = (0, 0);
    let time = data.modified().unwrap();
    if data.is_dir() {
        // Folders are made anew, and change with what is in them.
        format!("{mode:o}")
    } else if data.is_symlink() {
        format!("{inode} {mode:o} {time:?} -> {:?}", fs::read_link(path).unwrap())
    } else if data.is_file() {
        format!("{inode} {mode:o} {time:?} {:?}", fs::read(path).unwrap())
    } else {
        format!("{inode} {mode:o} {time:?}")
    }
}

fn walk(root: &Path, below: &Path, visit: &mut impl FnMut(&str, &Metadata)) {
    for entry in fs::read_dir(root.join(below)).into_iter().flatten() {
        let path = below.join(entry.unwrap().file_name());
        let data = root.join(&path).symlink_metadata().unwrap();
        visit(&path.to_str().unwrap().replace(MAIN_SEPARATOR, "/"), &data);
        if data.is_dir() {
            walk(root, &path, visit);
        }
    }
}
