//! Whole builds that are killed, or whose system calls fail, at every kind of point.
//!
//! `strace` injects the faults. Points are sampled evenly; with
//! `VERSUS_ALL_FAULTS=1` every one is tried.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test ends here, and says when it skips"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What publishing does to a file system.
const CALLS: [&str; 10] = [
    "openat",
    "write",
    "mkdir",
    "linkat",
    "rename",
    "renameat2",
    "unlink",
    "rmdir",
    "syncfs",
    "fsync",
];

const PAGES: usize = 50;

/// A project of 50 pages, its old site, and what its new site has to be.
struct Bench {
    dir: tempfile::TempDir,
    old: Tree,
    new: Tree,
}

/// Files by path; folders as a path with a slash.
type Tree = BTreeMap<String, Vec<u8>>;

impl Bench {
    fn new(prepare: impl Fn(&Path)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let site = dir.path().join("site");
        let saved = dir.path().join("saved/out");
        write_pages(&site, "old");
        prepare(&saved);
        run(&mut versus(&site, &saved));
        write_pages(&site, "new");
        let clean = dir.path().join("clean/out");
        copy(&saved, &clean);
        run(&mut versus(&site, &clean));
        Self { old: tree(&saved), new: tree(&clean), dir }
    }

    fn output(&self) -> PathBuf {
        self.dir.path().join("work/out")
    }

    /// The old site again, without anything that an earlier fault left.
    fn reset(&self) {
        let work = self.dir.path().join("work");
        let _ = fs::remove_dir_all(&work);
        copy(&self.dir.path().join("saved/out"), &self.output());
    }

    /// A build under `strace`.
    fn traced(&self, options: &[&str]) -> Output {
        let build = versus(&self.dir.path().join("site"), &self.output());
        let mut command = Command::new("strace");
        command
            .env_remove("LD_LIBRARY_PATH")
            .args(["-f", "-qq"])
            .args(options)
            .arg(build.get_program())
            .args(build.get_args());
        command.output().unwrap()
    }

    /// How often one thread makes each call, at the most.
    fn counts(&self) -> BTreeMap<&'static str, usize> {
        self.reset();
        let log = self.dir.path().join("trace");
        let trace = format!("trace={}", CALLS.join(","));
        run_ok(self.traced(&["-o", log.to_str().unwrap(), "-e", &trace]));
        let mut by_thread: BTreeMap<(String, &str), usize> = BTreeMap::new();
        for line in fs::read_to_string(log).unwrap().lines() {
            let thread = line.split_whitespace().next().unwrap().to_owned();
            let call = CALLS.iter().find(|call| line.contains(&format!(" {call}(")));
            if let Some(call) = call {
                *by_thread.entry((thread, call)).or_default() += 1;
            }
        }
        let mut most = BTreeMap::new();
        for ((_, call), count) in by_thread {
            let known = most.entry(call).or_insert(0);
            *known = count.max(*known);
        }
        most.into_iter()
            .map(|(call, n)| (*CALLS.iter().find(|c| **c == call).unwrap(), n))
            .collect()
    }

    /// The next build must end in exactly the new site, with nothing left over.
    fn assert_recovers(&self, after: &str) {
        run(&mut versus(&self.dir.path().join("site"), &self.output()));
        assert_eq!(differences(&tree(&self.output()), &self.new), "", "after {after}");
        let beside: Vec<_> = fs::read_dir(self.dir.path().join("work")).unwrap().collect();
        assert_eq!(beside.len(), 1, "left after {after}: {beside:?}");
    }
}

fn versus(site: &Path, output: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_versus"));
    command.args(["build", "--quiet", "--jobs", "1", "--adopt", "--root"]).arg(site);
    // Cargo's list of folders makes the loader look into dozens of them.
    command.arg("--output").arg(output).env_remove("LD_LIBRARY_PATH");
    command
}

fn run(command: &mut Command) {
    run_ok(command.output().unwrap());
}

fn run_ok(output: Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A third of the pages changes, a third stays, a third makes way for others.
fn write_pages(site: &Path, version: &str) {
    let content = site.join("content");
    let _ = fs::remove_dir_all(&content);
    fs::create_dir_all(&content).unwrap();
    fs::write(site.join("versus.yaml"), "title: Faults\n").unwrap();
    for number in 0..PAGES {
        let (name, text) = match number % 3 {
            0 => (format!("changes-{number}"), version),
            1 => (format!("stays-{number}"), "the same"),
            _ => (format!("only-{version}-{number}"), version),
        };
        let page = format!("---\ntitle: {name}\ndescription: d\n---\n{text}\n");
        fs::write(content.join(format!("{name}.md")), page).unwrap();
    }
}

fn tree(dir: &Path) -> Tree {
    fn add(root: &Path, dir: &Path, found: &mut Tree) {
        for entry in fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                found.insert(format!("{name}/"), Vec::new());
                add(root, &path, found);
            } else {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = Tree::new();
    add(dir, dir, &mut found);
    found
}

fn differences(one: &Tree, other: &Tree) -> String {
    let paths = one.keys().chain(other.keys());
    let mut wrong: Vec<&String> = paths.filter(|path| one.get(*path) != other.get(*path)).collect();
    wrong.dedup();
    wrong.iter().map(|path| format!("{path} ")).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    run_ok(Command::new("cp").arg("-a").arg(from).arg(to).output().unwrap());
}

/// At most `most` numbers from 1 to `count`, evenly, the first and last included.
fn sample(count: usize, most: usize) -> Vec<usize> {
    if count <= most || std::env::var_os("VERSUS_ALL_FAULTS").is_some() {
        return (1..=count).collect();
    }
    (0..most).map(|n| 1 + n * (count - 1) / (most - 1)).collect()
}

fn has_strace() -> bool {
    let found = Command::new("strace").args(["-f", "true"]).output();
    let works = found.is_ok_and(|output| output.status.success());
    if !works {
        println!("skipped: `strace` is not installed or not allowed");
    }
    works
}

#[test]
fn a_build_killed_at_any_point_leaves_the_old_site_or_the_new_one() {
    if !has_strace() {
        return;
    }
    // A file of the owner's own, which has to survive as well.
    let bench = Bench::new(|output| {
        fs::create_dir_all(output).unwrap();
        fs::write(output.join("CNAME"), "example.org\n").unwrap();
    });
    assert_ne!(bench.old, bench.new);
    for (call, count) in bench.counts() {
        for when in sample(count, 8) {
            bench.reset();
            let fault = format!("inject={call}:signal=KILL:when={when}");
            bench.traced(&["-e", &format!("trace={call}"), "-e", &fault]);
            let found = tree(&bench.output());
            let (old, new) = (differences(&found, &bench.old), differences(&found, &bench.new));
            assert!(old.is_empty() || new.is_empty(), "{fault}: neither: {old}\nnor: {new}");
            bench.assert_recovers(&fault);
        }
    }
}

#[test]
fn a_build_whose_writing_fails_leaves_the_old_site_and_says_so() {
    if !has_strace() {
        return;
    }
    let bench = Bench::new(|_| {});
    let counts = bench.counts();
    for (call, error) in [
        ("write", "ENOSPC"),
        ("write", "EIO"),
        ("mkdir", "EACCES"),
        ("linkat", "EIO"),
        ("renameat2", "EIO"),
        ("syncfs", "EIO"),
        ("openat", "EIO"),
        ("openat", "ENOSPC"),
    ] {
        for when in sample(counts.get(call).copied().unwrap_or_default(), 6) {
            bench.reset();
            let fault = format!("inject={call}:error={error}:when={when}");
            let output = bench.traced(&["-e", &format!("trace={call}"), "-e", &fault]);
            let found = tree(&bench.output());
            // A fault that did no harm (a locale that is not read, say) is none.
            let expected = if output.status.success() { &bench.new } else { &bench.old };
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(differences(&found, expected), "", "{fault}: {:?} {said}", output.status);
            assert!(output.status.success() || said.contains("error"), "{fault}: {said}");
            bench.assert_recovers(&fault);
        }
    }
}
