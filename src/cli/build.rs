//! `versus build`.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::project::{Project, Show, articles, size, tally};
use super::{End, Failure, say, warn};
use crate::diag::{Denied, Lint};
use crate::output::Publisher;
use crate::output::publish::Target;
use crate::pipeline::{self, Options};

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
    let mut denied = arguments.show.deny.clone();
    denied.extend(arguments.strict.then_some(Denied::Warnings));
    let options = Options { denied, ..arguments.project.options() };
    let build = arguments.project.on_threads(|| pipeline::build(&files, &options, &publisher))?;
    arguments.show.report(&build.report)?;
    let counts = tally(build.report.tally());
    if build.report.problems.iter().any(|problem| problem.diagnostic.lint == Lint::WriteFailed) {
        return Err(Failure::new("the output can't be written, so nothing was published"));
    }
    if !build.is_publishable(false) {
        warn(&format!("nothing was written: {counts}\n"));
        return Ok(End::Problems);
    }
    let published = publisher.commit().map_err(Failure::new)?;
    for note in &published.notes {
        warn(&format!("note: {note}\n"));
    }
    if !arguments.show.quiet {
        let what = format!(
            "{}, {} files, {} in {} ms",
            articles(build.site.pages.len()),
            published.files,
            size(published.bytes),
            start.elapsed().as_millis(),
        );
        let changes = format!("{} written, {} deleted", published.written, published.deleted);
        say(&format!("{what}      {counts}\n{changes}: {}\n", output.display()))?;
    }
    Ok(End::Clean)
}
