//! What is left when publishing is killed, or the file system fails, anywhere.
//!
//! `strace` runs this very program, as [`driver`], and injects the fault into
//! one system call after the other. Only a sample is tried unless
//! `VERSUS_ALL_FAULTS` is set.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![expect(clippy::print_stdout, reason = "says what was tried, and to the parent what happened")]

#[expect(dead_code, reason = "other tests use the rest")]
mod publishing;

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use publishing::{Bench, files, put, snapshot};
use versus::output::publish::MANIFEST;

const ROOT: &str = "VERSUS_FAULT_ROOT";
const BEGIN: &str = "/versus-faults-begin";
const END: &str = "/versus-faults-end";
const PADDING: usize = 100;

/// The calls that change a file system, or open something on it.
const CALLS: [&str; 20] = [
    "rename",
    "renameat",
    "renameat2",
    "open",
    "openat",
    "write",
    "unlink",
    "unlinkat",
    "rmdir",
    "mkdir",
    "mkdirat",
    "link",
    "linkat",
    "chmod",
    "fchmodat",
    "fsync",
    "syncfs",
    "flock",
    "getdents64",
    "statx",
];

/// How many calls of a kind are tried with a fault unless all are.
const SAMPLE: usize = 5;

type Site = BTreeMap<String, String>;

/// How the output folder is updated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Swap,
    /// Where folders can't be exchanged.
    Renames,
    InPlace,
    /// Where a file can't have two names.
    Unlinked,
}

impl Mode {
    /// What the file system can't do.
    fn lack(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Swap | Self::InPlace => None,
            Self::Renames => Some(("renameat2", "inject=renameat2:error=EINVAL")),
            Self::Unlinked => Some(("linkat", "inject=linkat:error=EOPNOTSUPP")),
        }
    }
}

fn old_site() -> Site {
    let mut site: Site = (0..50).map(|n| (page(n), format!("page {n}"))).collect();
    site.insert("file".into(), "becomes a folder".into());
    site.insert("folder/x/y".into(), "becomes a file".into());
    site
}

fn new_site() -> Site {
    let mut site: Site = (10..60).map(|n| (page(n), format!("page {n}"))).collect();
    site.values_mut().step_by(2).for_each(|text| text.push_str(", changed"));
    site.insert("file/z".into(), "was a file".into());
    site.insert("folder".into(), "was a folder".into());
    site
}

fn page(n: usize) -> String {
    let extension = ["html", "css", "xml"][n % 3];
    format!("d{}/p{n}.{extension}", n % 7)
}

fn foreign(mode: Mode) -> Site {
    let own = match mode {
        Mode::Swap | Mode::Renames => "mine/deep",
        Mode::InPlace | Mode::Unlinked => ".git/HEAD",
    };
    ["CNAME", "d1/mine.txt", own].into_iter().map(|path| (path.into(), path.into())).collect()
}

/// The files that are there with a site.
fn with(site: Site, mode: Mode) -> Site {
    site.into_iter().chain(foreign(mode)).collect()
}

/// A published old site, with foreign files in it.
fn bench(mode: Mode) -> Bench {
    let bench = Bench::in_memory();
    publish(&bench, old_site());
    for (path, text) in foreign(mode) {
        let path = bench.output.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    bench
}

fn publish(bench: &Bench, site: Site) {
    let publisher = bench.open().unwrap();
    for (path, text) in &site {
        put(&publisher, path, text).unwrap();
    }
    let published = publisher.commit().unwrap();
    assert_eq!(published.notes, Vec::<String>::new());
}

/// Publishes the new site under `strace`.
#[test]
fn driver() {
    let Some(root) = env::var_os(ROOT) else { return };
    let project = Path::new(&root).join("project");
    let output = Path::new(&root).join("out");
    // What several threads would do this one does by itself.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    alone.build_global().unwrap();
    // Calls are counted for each thread: with these, a fault meant for this one
    // can't hit the one that runs the tests.
    let mut nothing = File::create("/dev/null").unwrap();
    for _ in 0..PADDING {
        nothing.write_all(b"x").unwrap();
        File::open("/dev/null").unwrap().metadata().unwrap();
        drop(fs::read_dir("/proc/self/ns").unwrap().next());
    }
    File::open(BEGIN).unwrap_err();
    let waiting = |_: &str| {};
    let target = versus::output::publish::Target {
        output: &output,
        project: &project,
        adopt: false,
        waiting: &waiting,
    };
    let result =
        versus::output::Publisher::open(target).map_err(|e| e.to_string()).and_then(|publisher| {
            for (path, text) in new_site() {
                put(&publisher, &path, &text).map_err(|error| error.to_string())?;
            }
            publisher.commit().map_err(|error| error.to_string())
        });
    File::open(END).unwrap_err();
    match result {
        Ok(published) => println!("[published {published:?}]"),
        Err(error) => println!("[failed: {error}]"),
    }
}

/// Runs the driver; `None` when there is no `strace`.
fn trace(bench: &Bench, mode: Mode, arguments: &[&str]) -> Option<Output> {
    Command::new("strace")
        .args(["-f", "-qq"])
        .args(mode.lack().into_iter().flat_map(|(_, lack)| ["-e", lack]))
        .args(arguments)
        .arg(env::current_exe().unwrap())
        .args(["--exact", "driver", "--nocapture", "--test-threads=1"])
        .env(ROOT, bench.root.path())
        .output()
        .ok()
}

/// How often a thread made each call before the driver began and when it
/// ended; `None` when there is no `strace`.
fn count(mode: Mode) -> Option<BTreeMap<String, (usize, usize)>> {
    let bench = bench(mode);
    let log = bench.root.path().join("project/log");
    // A question mark, because not every architecture has them all.
    let calls = format!("trace=?{}", CALLS.join(",?"));
    let output = trace(&bench, mode, &["-o", log.to_str().unwrap(), "-e", &calls])?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("[published"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(log).unwrap();
    let marker = text.lines().find(|line| line.contains(BEGIN)).unwrap();
    let driver = marker.split_whitespace().next().unwrap();
    let (mut counts, mut others) = (BTreeMap::<_, (usize, usize)>::new(), BTreeMap::new());
    let (mut has_begun, mut has_ended) = (false, false);
    for line in text.lines().filter(|line| !line.contains(" resumed>")) {
        let (process, rest) = line.split_once(' ').unwrap();
        let call = rest.trim_start().split('(').next().unwrap().to_owned();
        has_ended |= line.contains(END);
        if process != driver {
            *others.entry(call).or_default() += 1;
        } else if !has_ended {
            let count = counts.entry(call).or_default();
            count.1 += 1;
            count.0 += usize::from(!has_begun);
            has_begun |= line.contains(BEGIN);
        }
    }
    assert!(has_ended, "{text}");
    for (call, (before, _)) in &counts {
        assert!(*before >= others.get(call).copied().unwrap_or(0), "{call} needs padding");
    }
    Some(counts)
}

/// All calls to try a fault on, or a sample of them.
fn points(mode: Mode) -> Vec<(String, usize)> {
    let Some(counts) = count(mode) else {
        println!("skipped: `strace` is not installed, and nothing else can inject faults");
        return Vec::new();
    };
    let sample = if env::var_os("VERSUS_ALL_FAULTS").is_some() { usize::MAX } else { SAMPLE };
    let mut points = Vec::new();
    let is_lacking = |call: &str| mode.lack().is_some_and(|(lacking, _)| lacking == call);
    for (call, (first, last)) in counts.into_iter().filter(|(call, _)| !is_lacking(call)) {
        let total = last - first;
        let tried = total.min(sample);
        points.extend((0..tried).map(|n| {
            // Evenly, with the first and the last one.
            let at = if tried == 1 { 0 } else { n * (total - 1) / (tried - 1) };
            (call.clone(), first + 1 + at)
        }));
    }
    assert!(points.len() > 30, "{points:?}");
    points
}

/// Publishes the new site with a fault; what the driver said of it.
fn publish_with(bench: &Bench, mode: Mode, call: &str, at: usize, fault: &str) -> String {
    let inject = format!("inject={call}:{fault}:when={at}");
    let only = format!("trace={call},{}", mode.lack().map_or(call, |(lacking, _)| lacking));
    let output = trace(bench, mode, &["-o", "/dev/null", "-e", &only, "-e", &inject]).unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The next build makes what it would have made without the fault.
fn check_next_build(bench: &Bench, mode: Mode, before: &Site) {
    publish(bench, new_site());
    assert_eq!(files(&bench.output), with(new_site(), mode));
    assert_eq!(foreign_of(&bench.output, mode), *before);
    let clean = Bench::in_memory();
    publish(&clean, new_site());
    let manifest = |output: &PathBuf| fs::read_to_string(output.join(MANIFEST)).unwrap();
    assert_eq!(manifest(&bench.output), manifest(&clean.output));
    assert!(!bench.output.join("d9").exists());
    bench.assert_clean();
}

fn foreign_of(output: &Path, mode: Mode) -> Site {
    let keys = foreign(mode);
    snapshot(output).into_iter().filter(|(path, _)| keys.contains_key(path)).collect()
}

fn check_kills(mode: Mode) {
    let (old, new) = (with(old_site(), mode), with(new_site(), mode));
    let (mut olds, mut news, mut mixed) = (0, 0, 0);
    for (call, at) in points(mode) {
        let bench = bench(mode);
        let before = foreign_of(&bench.output, mode);
        let said = publish_with(&bench, mode, &call, at, "signal=KILL");
        let context = format!("{mode:?}, killed in {call} {at}: {said}");
        assert!(!said.contains('['), "{context}");
        let found = files(&bench.output);
        let is_whole = found == old || found == new;
        match mode {
            Mode::Swap => assert!(is_whole, "{context}: {found:#?}"),
            Mode::Renames => assert!(is_whole || !bench.output.exists(), "{context}: {found:#?}"),
            Mode::InPlace | Mode::Unlinked => mixed += usize::from(!is_whole),
        }
        // A build that publishes nothing still completes the last one.
        drop(bench.open().unwrap());
        let found = files(&bench.output);
        assert!(found == old || found == new, "{context}: {found:#?}");
        assert_eq!(foreign_of(&bench.output, mode), before, "{context}");
        bench.assert_clean();
        *(if found == old { &mut olds } else { &mut news }) += 1;
        check_next_build(&bench, mode, &before);
    }
    println!("{mode:?}: {olds} old, {news} new, {mixed} of them mixed until the next build");
    assert!(olds + news == 0 || (olds > 0 && news > 0));
}

fn check_errors(mode: Mode) {
    let (old, new) = (with(old_site(), mode), with(new_site(), mode));
    let (mut failed, mut published, mut halves) = (0, 0, 0);
    for (number, (call, at)) in points(mode).into_iter().enumerate() {
        let all = ["ENOSPC", "EIO", "EACCES"];
        let is_sample = env::var_os("VERSUS_ALL_FAULTS").is_none();
        for error in all.iter().skip(number % 3).take(if is_sample { 1 } else { 3 }) {
            let bench = bench(mode);
            let before = foreign_of(&bench.output, mode);
            let said = publish_with(&bench, mode, &call, at, &format!("error={error}"));
            let context = format!("{mode:?}, {error} in {call} {at}: {said}");
            let found = files(&bench.output);
            if said.contains("[published") {
                published += 1;
                assert_eq!(found, new, "{context}");
            } else {
                failed += 1;
                assert!(said.contains("[failed: ") && said.contains('`'), "{context}");
                if said.contains("half updated") {
                    // Nothing was set aside that could be put back.
                    assert_eq!(mode, Mode::Unlinked, "{context}");
                    halves += 1;
                } else {
                    assert_eq!(found, old, "{context}");
                }
            }
            assert_eq!(foreign_of(&bench.output, mode), before, "{context}");
            check_next_build(&bench, mode, &before);
        }
    }
    println!("{mode:?}: {failed} failed ({halves} half way), {published} published");
}

#[test]
fn a_killed_swap_leaves_the_old_site_or_the_new_one() {
    check_kills(Mode::Swap);
}

#[test]
fn a_killed_update_in_place_is_completed_or_discarded() {
    check_kills(Mode::InPlace);
}

#[test]
fn a_swap_that_fails_leaves_the_old_site() {
    check_errors(Mode::Swap);
}

#[test]
fn an_update_in_place_that_fails_is_taken_back() {
    check_errors(Mode::InPlace);
}

#[test]
fn a_swap_by_renames_is_completed_or_taken_back() {
    check_kills(Mode::Renames);
    check_errors(Mode::Renames);
}

#[test]
fn an_update_without_hard_links_is_completed_by_the_next_build() {
    check_kills(Mode::Unlinked);
    check_errors(Mode::Unlinked);
}
