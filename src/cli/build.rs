//! `versus build`.

use std::path::PathBuf;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use clap::Args;

use super::project::{Caching, Project, Show, articles, size, tally};
use super::{End, Failure, say, warn};
use crate::diag::{Denied, Lint, Located};
use crate::output::Publisher;
use crate::output::publish::Target;
use crate::pipeline::{self, Options, Run};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: Project,
    /// Where the site goes; `public` in the project by default
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Fail on warnings too: the same as `--deny warnings`
    #[arg(long)]
    strict: bool,
    /// Write into a folder that holds other things, which are left alone
    #[arg(long)]
    adopt: bool,
    #[command(flatten)]
    caching: Caching,
    #[command(flatten)]
    show: Show,
}

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    let start = Instant::now();
    let output = match &arguments.output {
        Some(output) => output.clone(),
        None => arguments.project.root.join("public"),
    };
    let files = arguments.project.open(Some(&output))?;
    let target = Target {
        output: &output,
        project: files.root(),
        adopt: arguments.adopt,
        waiting: &|line| warn(&format!("{line}\n")),
    };
    let publisher = Publisher::open(target).map_err(Failure::new)?;
    let cache = arguments.caching.open(files.root());
    let mut denied = arguments.show.deny.clone();
    denied.extend(arguments.strict.then_some(Denied::Warnings));
    let options = Options { denied, ..arguments.project.options() };
    let publish = || pipeline::publish(&files, &options, publisher, &cache, &now);
    let run = arguments.project.on_threads(publish)?;
    if let Err(error) = cache.save() {
        warn(&format!("note: the cache can't be written, so the next build is slower: {error}\n"));
    }
    let Run { report, pages, published } = run;
    arguments.show.report(&report)?;
    let counts = tally(report.tally());
    let Some(published) = published else {
        let is_unwritten = |problem: &Located| problem.diagnostic.lint == Lint::WriteFailed;
        if report.problems.iter().any(is_unwritten) {
            return Err(Failure::new("the output can't be written, so nothing was published"));
        }
        warn(&format!("nothing was written: {counts}\n"));
        return Ok(End::Problems);
    };
    let published = published.map_err(Failure::new)?;
    for note in &published.notes {
        warn(&format!("note: {note}\n"));
    }
    if !arguments.show.quiet {
        let what = format!(
            "{}, {} files, {} in {} ms",
            articles(pages),
            published.files,
            size(published.bytes),
            start.elapsed().as_millis(),
        );
        let changes = format!("{} written, {} deleted", published.written, published.deleted);
        say(&format!("{what}      {counts}\n{changes}: {}\n", output.display()))?;
    }
    Ok(End::Clean)
}

/// In nanoseconds since 1970.
fn now() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos())
}
