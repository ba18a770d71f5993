//! A project on disk that is being previewed.

use std::collections::BTreeMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use versus::cache::{Cache, Program};
use versus::output::Memory;
use versus::pipeline::{self, Build, Options};
use versus::serve::{Listen, Preview, Step};
use versus::source::Disk;

use crate::client::{Answer, ask};

pub struct Previewed {
    pub preview: Preview,
    pub dir: TempDir,
    options: Options,
}

/// A project to be.
pub struct Project {
    dir: TempDir,
    options: Options,
}

impl Project {
    pub fn new() -> Self {
        let project = Self { dir: tempfile::tempdir().unwrap(), options: Options::default() };
        project.file("versus.yaml", "title: Site\nbase_url: https://example.org/\n")
    }

    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        write(&self.dir.path().join(path), bytes);
        self
    }

    pub fn page(self, path: &str, title: &str, body: &str) -> Self {
        self.file(&format!("content/{path}"), format!("---\ntitle: {title}\n---\n{body}\n"))
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    pub fn drafts(mut self) -> Self {
        self.options.drafts = true;
        self
    }

    pub fn serve(self) -> Previewed {
        self.serve_with(Cache::none())
    }

    /// The project's cache, as the command opens it.
    pub fn cache(&self) -> Cache {
        Cache::open(self.dir.path(), Program::running().unwrap())
    }

    pub fn serve_with(self, cache: Cache) -> Previewed {
        let files = Disk::open(self.dir.path(), &[]).unwrap();
        let listen = Listen { host: IpAddr::V4(Ipv4Addr::LOCALHOST), port: 0 };
        let preview = Preview::start(files, self.options.clone(), listen, cache).unwrap();
        Previewed { preview, dir: self.dir, options: self.options }
    }
}

fn write(path: &std::path::Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

impl Previewed {
    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        write(&self.path(path), bytes);
    }

    pub fn address(&self) -> SocketAddr {
        self.preview.address()
    }

    pub fn get(&self, path: &str) -> Answer {
        ask(self.address(), path, &[])
    }

    /// Takes in what changed, until there is nothing more.
    pub fn settle(&mut self) -> &mut Self {
        let start = Instant::now();
        let mut quiet = 0;
        while quiet < 2 {
            assert!(start.elapsed() < Duration::from_secs(60), "it never settles");
            match self.preview.step(Duration::from_millis(20)) {
                Step::Taken(_) => quiet = 0,
                Step::Nothing => quiet += 1,
                Step::Waiting => {}
            }
        }
        self
    }

    /// What a build would make.
    pub fn build(&self) -> (Build, BTreeMap<String, Vec<u8>>) {
        let files = Disk::open(self.dir.path(), &[]).unwrap();
        let sink = Memory::default();
        let build = pipeline::build(&files, &self.options, &sink, &Cache::none());
        let files = sink.into_files();
        (build, files.into_iter().map(|(path, bytes)| (path.to_string(), bytes)).collect())
    }

    /// A file as the preview shows it, without the line that loads the script.
    pub fn shown(&self, path: &str) -> Vec<u8> {
        let base = self.preview.url();
        let base = base.split_once("://").unwrap().1.split_once('/').unwrap().1;
        let path = path
            .strip_suffix("index.html")
            .filter(|p| p.is_empty() || p.ends_with('/'))
            .unwrap_or(path);
        let encoded: String = path
            .bytes()
            .map(|b| match b {
                b if b.is_ascii_alphanumeric() || b"/._-".contains(&b) => (b as char).to_string(),
                b => format!("%{b:02X}"),
            })
            .collect();
        let slash = if base.is_empty() { "" } else { "/" };
        let answer = self.get(&format!("/{}{slash}{encoded}", base.trim_end_matches('/')));
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        let script = b"<script src=\"/__versus/";
        let at = answer.body.windows(script.len()).rposition(|part| part == script);
        let end = match answer.header("content-type") {
            Some(kind) if kind.starts_with("text/html") => at.unwrap(),
            _ => answer.body.len(),
        };
        answer.body[..end].to_vec()
    }

    /// That every file is what a build makes of it; says whether a build would
    /// publish it.
    pub fn is_as_built(&self) -> bool {
        let (build, files) = self.build();
        if !build.is_publishable(false) {
            return false;
        }
        for (path, bytes) in &files {
            let shown = self.shown(path);
            if shown != *bytes {
                let (shown, built) =
                    (String::from_utf8_lossy(&shown), String::from_utf8_lossy(bytes));
                panic!(
                    "`{path}` is shown otherwise than it is built:\n{shown}\n--- built:\n{built}"
                );
            }
        }
        true
    }
}
