//! What each stage of a build costs, by CPU time in one process.
//!
//! `cargo bench --bench stages -- FOLDER [--no-highlighting] [--once]` takes a
//! project's folder and builds it into nothing. With `--once` each stage runs
//! once, for `valgrind --tool=callgrind`.
#![expect(clippy::print_stdout, reason = "it reports")]

use std::path::Path;
use std::time::Duration;

use versus::cache::Cache;
use versus::output::Null;
use versus::pipeline::{self, Options};
use versus::source::{Disk, Files, Listing, SourceFile};

#[path = "common/cpu.rs"]
mod cpu;

use cpu::cpu;

/// Each stage runs so often; the quickest run counts.
const ROUNDS: usize = 5;

/// A project, whose config may be another than the one on disk.
struct Project {
    disk: Disk,
    is_plain: bool,
}

impl Files for Project {
    fn list(&self) -> Listing {
        self.disk.list()
    }

    fn read(&self, path: &versus::path::SourcePath) -> std::io::Result<Vec<u8>> {
        let mut bytes = self.disk.read(path)?;
        if self.is_plain && path.as_str() == "versus.yaml" {
            bytes.extend_from_slice(b"\nmarkdown: { highlight: false }\n");
        }
        Ok(bytes)
    }

    fn hash(&self, file: &SourceFile) -> Option<u64> {
        self.disk.hash(file)
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let has = |word: &str| args.iter().any(|arg| arg == word);
    let folder = args.iter().find(|arg| !arg.starts_with("--"));
    let Some(Ok(disk)) = folder.map(|folder| Disk::open(Path::new(folder), &[])) else {
        println!("which folder? cargo bench --bench stages -- FOLDER");
        return;
    };
    let project = Project { disk, is_plain: has("--no-highlighting") };
    let rounds = if has("--once") { 1 } else { ROUNDS };
    let options = Options::default();
    let pages = pipeline::survey(&project, &Options { is_sketch: true, ..options.clone() })
        .site
        .pages
        .len();
    let mut before = Duration::ZERO;
    let mut stage = |name: &str, run: &dyn Fn()| {
        let took = (0..rounds).map(|_| {
            let begin = cpu();
            run();
            cpu() - begin
        });
        let took = took.min().unwrap_or_default();
        let own = took.saturating_sub(before);
        println!(
            "{name:<28} {:>9.1} ms {:>8.1} µs a page",
            own.as_secs_f64() * 1e3,
            own.as_secs_f64() * 1e6 / pages as f64
        );
        before = took;
    };
    println!("{pages} pages");
    stage("list the files", &|| drop(project.list()));
    stage("read, and link addresses", &|| {
        pipeline::survey(&project, &Options { is_sketch: true, ..options.clone() });
    });
    stage("relate, index the words", &|| {
        pipeline::survey(&project, &options);
    });
    stage("check, load the theme", &|| {
        pipeline::prepare(&project, project.list(), &pipeline::Anew(&project), &options);
    });
    stage("render", &|| {
        pipeline::build(&project, &options, &Null, &Cache::none());
    });
}
