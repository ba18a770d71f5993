//! The highlighter against syntect on the same code, by CPU time in one process.
//!
//! `cargo bench --bench highlight -- FOLDER...` takes the fenced blocks of the
//! Markdown files below each folder; `sources` takes Rust, C, Markdown, TOML,
//! YAML, JSON, shell, Python, C++ and Java of the crates in cargo's registry.
#![expect(clippy::print_stdout, reason = "it reports")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use syntect::parsing::{ParseState, SyntaxSet};
use versus::highlight::{Grammars, Highlighter};

#[path = "common/cpu.rs"]
mod cpu;
#[path = "../tests/highlight/oracle.rs"]
mod oracle;
#[path = "../tests/highlight/samples.rs"]
mod samples;

use cpu::cpu;
use samples::Sample;

const EXTENSIONS: [&str; 12] =
    ["rs", "c", "h", "md", "toml", "yml", "json", "sh", "py", "cpp", "java", "js"];

#[derive(Default, Clone, Copy)]
struct Sum {
    bytes: usize,
    stock: Duration,
    cold: Duration,
    warm: Duration,
    differing: usize,
}

fn main() {
    let started = cpu();
    let set = two_face::syntax::extra_newlines();
    println!("set loaded in {:?}", cpu() - started);
    let grammars = Grammars::new(two_face::syntax::extra_newlines(), oracle::silent);
    let highlighter = Highlighter::new(&grammars);
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let only_ours = args.iter().any(|arg| arg == "ours");
    let samples = gather(&args, &set);
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    for sample in &samples {
        let name = set.syntaxes()[sample.syntax].name.clone();
        let sum = sums.entry(name).or_default();
        sum.bytes += sample.code.len();
        sum.cold += timed(|| ours(&highlighter, sample));
        if !only_ours {
            sum.stock += timed(|| stock(&set, sample));
        }
    }
    for sample in &samples {
        let name = &set.syntaxes()[sample.syntax].name;
        let Some(sum) = sums.get_mut(name) else { continue };
        sum.warm += timed(|| ours(&highlighter, sample));
        if args.iter().any(|arg| arg == "verify") {
            let found = oracle::difference(&highlighter, &set, sample.syntax, &sample.code);
            if let Some(found) = found {
                sum.differing += 1;
                if sum.differing <= 3 {
                    println!("{found}");
                }
            }
        }
    }
    report(sums);
    println!("machines take {:.1} MB", highlighter.bytes() as f64 / 1e6);
    threads(&samples);
}

fn gather(args: &[String], set: &SyntaxSet) -> Vec<Sample> {
    let find = |token: &str| {
        let syntax = set.find_syntax_by_token(token)?;
        set.syntaxes().iter().position(|one| one.name == syntax.name)
    };
    let mut samples = Vec::new();
    for arg in args {
        match arg.as_str() {
            "sources" => samples.extend(samples::sources(&EXTENSIONS, find)),
            folder => samples.extend(samples::blocks(Path::new(folder), find)),
        }
    }
    samples.retain(|sample| sample.code.len() <= 256 << 10);
    samples.retain(|sample| sample.code.lines().all(|line| line.len() <= 2_000));
    samples
}

fn timed(run: impl FnOnce()) -> Duration {
    let from = cpu();
    run();
    cpu() - from
}

fn ours(highlighter: &Highlighter<'_>, sample: &Sample) {
    let mut changes = Vec::new();
    highlighter.with_parser(sample.syntax, sample.code.len(), |mut parser| {
        for line in sample.code.split_inclusive('\n') {
            if parser.parse(line, &mut changes).is_err() {
                break;
            }
        }
        std::hint::black_box(&changes);
    });
}

fn stock(set: &SyntaxSet, sample: &Sample) {
    let mut state = ParseState::new(&set.syntaxes()[sample.syntax]);
    for line in sample.code.split_inclusive('\n') {
        match state.parse_line(line, set) {
            Ok(ops) => std::hint::black_box(ops),
            Err(_) => break,
        };
    }
}

fn report(sums: BTreeMap<String, Sum>) {
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.bytes));
    let all = sums.iter().fold(Sum::default(), |all, (_, sum)| Sum {
        bytes: all.bytes + sum.bytes,
        stock: all.stock + sum.stock,
        cold: all.cold + sum.cold,
        warm: all.warm + sum.warm,
        differing: all.differing + sum.differing,
    });
    println!(
        "{:<28} {:>9} {:>7} {:>7} {:>7}  {:>6} {:>6}  differ",
        "", "KB", "stock", "first", "warm", "first", "warm"
    );
    for (name, sum) in [("ALL".to_owned(), all)].into_iter().chain(sums) {
        let speed = |time: Duration| sum.bytes as f64 / 1e6 / time.as_secs_f64().max(1e-9);
        let times = |time: Duration| sum.stock.as_secs_f64() / time.as_secs_f64().max(1e-9);
        println!(
            "{name:<28} {:>9.1} {:>7.3} {:>7.2} {:>7.2}  {:>5.1}x {:>5.1}x  {}",
            sum.bytes as f64 / 1e3,
            speed(sum.stock),
            speed(sum.cold),
            speed(sum.warm),
            times(sum.cold),
            times(sum.warm),
            sum.differing,
        );
    }
}

/// The same code on one thread and on two, each time with new machines.
///
/// The CPU time says what sharing costs also where other work keeps cores busy.
fn threads(samples: &[Sample]) {
    for threads in [1, 2] {
        let grammars = Grammars::new(two_face::syntax::extra_newlines(), oracle::silent);
        let highlighter = Highlighter::new(&grammars);
        for round in ["first", "warm"] {
            let next = AtomicUsize::new(0);
            let (wall, from) = (Instant::now(), cpu());
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(|| {
                        while let Some(sample) = samples.get(next.fetch_add(1, Ordering::Relaxed)) {
                            ours(&highlighter, sample);
                        }
                    });
                }
            });
            let (wall, spent) = (wall.elapsed(), cpu() - from);
            println!("{threads} threads, {round}: {wall:.1?}, {spent:.1?} of CPU");
        }
    }
}
