//! A project on disk that is built again and again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tempfile::TempDir;
use versus::cache::{Cache, Program};
use versus::diag::Format;
use versus::output::publish::{Published, Target};
use versus::output::{Memory, Publisher};
use versus::pipeline::{self, Options};
use versus::source::{Disk, Files};

pub struct Project {
    dir: TempDir,
    pub options: Options,
    /// How far the clock goes fast: by more than two seconds, and files are
    /// known by their stamps at once.
    pub ahead: Duration,
}

/// What a build had to say, and what is there after it.
#[derive(Debug, PartialEq, Eq)]
pub struct Site {
    pub report: String,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Project {
    pub fn new() -> Self {
        let ahead = Duration::from_secs(5);
        let project =
            Self { dir: tempfile::tempdir().unwrap(), options: Options::default(), ahead };
        project.write("site/versus.yaml", "title: Site\nbase_url: https://example.org/\n");
        project
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn cache_file(&self) -> PathBuf {
        self.path("site/.versus/cache")
    }

    pub fn cache(&self) -> Cache {
        let program = Program::running().unwrap();
        Cache::open(&self.path("site"), program)
    }

    /// Builds into `public` as the command does.
    pub fn build(&self) -> (Option<Published>, Site) {
        let cache = self.cache();
        let built = self.build_with(&cache);
        cache.save().unwrap();
        built
    }

    pub fn build_with(&self, cache: &Cache) -> (Option<Published>, Site) {
        self.build_of(&Disk::open(&self.path("site"), &[]).unwrap(), cache)
    }

    /// Builds from these files.
    pub fn build_of(&self, files: &dyn Files, cache: &Cache) -> (Option<Published>, Site) {
        let output = self.path("public");
        let root = self.path("site");
        let target = Target { output: &output, project: &root, adopt: false, waiting: &|_| {} };
        let publisher = Publisher::open(target).unwrap();
        let clock = || {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            (now + self.ahead).as_nanos()
        };
        let run = pipeline::publish(files, &self.options, publisher, cache, &clock);
        let report = Format::Short.write(&run.report);
        let published = run.published.map(Result::unwrap);
        let mut files = BTreeMap::new();
        collect(&output, &output, &mut files);
        files.remove(versus::output::publish::MANIFEST);
        (published, Site { report, files })
    }

    /// What a build from nothing says and makes.
    pub fn clean(&self) -> Site {
        let files = Disk::open(&self.path("site"), &[]).unwrap();
        let sink = Memory::default();
        let build = pipeline::build(&files, &self.options, &sink, &Cache::none());
        let files = sink.into_files().into_iter();
        Site {
            report: Format::Short.write(&build.report),
            files: files.map(|(path, bytes)| (path.to_string(), bytes)).collect(),
        }
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}
