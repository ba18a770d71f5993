//! `versus serve`.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use super::project::{Caching, Project, STACK, tally};
use super::{End, Failure, say, warn};
use crate::diag::{self, Located, Report, printable};
use crate::serve::{Listen, Preview, Step, Taken};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: Project,
    #[command(flatten)]
    caching: Caching,
    /// The address to listen at; `0.0.0.0` lets other machines in
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// The port, or the next one that is free; any free one if it is 0
    #[arg(long, short, value_name = "PORT", default_value_t = 1717)]
    port: u16,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
}

/// What nothing was said of is looked at this often.
const ROUND: Duration = Duration::from_secs(5);
/// A file may change twice within one tick of its clock.
const SETTLE: Duration = Duration::from_millis(250);
/// Where nothing is heard, it is looked often.
const POLL: Duration = Duration::from_millis(500);

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    arguments.project.set_threads()?;
    // A page is parsed by recursion, on this thread too.
    thread::scope(|scope| {
        let serve = || serve(arguments);
        let serving = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, serve);
        serving?.join().map_err(|_| Failure::new("the preview came to a sudden end"))?
    })
}

fn serve(arguments: &Arguments) -> Result<End, Failure> {
    let start = Instant::now();
    let files = arguments.project.open(Some(&arguments.project.root.join("public")))?;
    let options = arguments.project.options();
    let listen = Listen { host: arguments.host, port: arguments.port };
    let cache = arguments.caching.open(files.root());
    let mut preview = Preview::start(files, options, listen, cache).map_err(|error| {
        Failure::new(format!("`{}:{}` can't be listened at: {error}", listen.host, listen.port))
            .help("name another address with `--host`, or another port with `--port`")
    })?;
    greet(&preview, arguments, start.elapsed())?;
    let mut told = preview.report().unwrap_or_default();
    let mut pause = SETTLE;
    let mut is_troubled = false;
    loop {
        let step = preview.step(pause);
        if preview.trouble().is_some() != is_troubled {
            is_troubled = !is_troubled;
            pause = SETTLE;
            if let Some(trouble) = preview.trouble() {
                warn(&format!("note: changes are looked for instead of heard of: {trouble}\n"));
            }
        }
        let taken = match step {
            Step::Taken(taken) => taken,
            Step::Waiting => continue,
            Step::Nothing => {
                pause = if preview.trouble().is_some() { POLL } else { ROUND };
                continue;
            }
        };
        pause = SETTLE;
        if !taken.changed.is_empty() {
            say(&line(&taken))?;
        }
        warn(&diag::Format::Human.write(&news(&taken.report, &told)));
        told = taken.report;
    }
}

fn greet(preview: &Preview, arguments: &Arguments, time: Duration) -> Result<(), Failure> {
    let address = preview.address();
    let port = address.port();
    if arguments.port != 0 && port != arguments.port {
        warn(&format!("note: port {} is taken, so it is {port}\n", arguments.port));
    }
    if !address.ip().is_loopback() {
        let whom = if address.ip().is_unspecified() { "every network" } else { "the network" };
        warn(&format!(
            "note: `--host {}` shows drafts and all to {whom} of this machine\n",
            address.ip()
        ));
    }
    let report = preview.report();
    warn(&report.as_ref().map_or_else(String::new, |report| diag::Format::Human.write(report)));
    let pages = super::project::articles(preview.pages());
    let url = preview.url();
    let millis = time.as_millis();
    let tally = report.map(|report| format!("      {}", tally(report.tally()))).unwrap_or_default();
    say(&format!("{pages} at {url} in {millis} ms{tally}\nCtrl-C ends\n"))?;
    if arguments.open
        && let Err(error) = open::that_detached(&url)
    {
        warn(&format!("note: no browser can be opened: {error}\n"));
    }
    Ok(())
}

/// The problems that were not told of yet.
fn news(report: &Report, told: &Report) -> Report {
    let key = |p: &Located| (p.file.clone(), p.diagnostic.lint, p.diagnostic.message.clone());
    let known: HashSet<_> = told.problems.iter().map(key).collect();
    let is_new = |problem: &&Located| !known.contains(&key(problem));
    Report { problems: report.problems.iter().filter(is_new).cloned().collect() }
}

/// `content/a.md: 31 pages in 12 ms`.
fn line(taken: &Taken) -> String {
    let mut names = taken.changed.iter();
    let first = names.next().map_or_else(String::new, ToString::to_string);
    let more = match names.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let problems = problems(&taken.report);
    let pages = match taken.pages {
        1 => "1 page".to_owned(),
        pages => format!("{pages} pages"),
    };
    let first = printable(&first);
    format!("{first}{more}: {pages} in {} ms{problems}\n", taken.time.as_millis())
}

fn problems(report: &Report) -> String {
    let tally = report.tally();
    match tally.errors + tally.warnings {
        0 => String::new(),
        _ => format!("      {}", super::project::tally(tally)),
    }
}
