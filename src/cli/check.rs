//! `versus check`.

use clap::Args;

use super::project::{Project, Show, articles, tally};
use super::{End, Failure, say};
use crate::output::Null;
use crate::pipeline::{self, Options};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: Project,
    #[command(flatten)]
    show: Show,
}

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    let files = arguments.project.open(Some(&arguments.project.root.join("public")))?;
    let denied = arguments.show.deny.clone();
    let options = Options { denied, ..arguments.project.options() };
    let build = arguments.project.on_threads(|| pipeline::build(&files, &options, &Null))?;
    arguments.show.report(&build.report)?;
    if !arguments.show.quiet {
        let articles = articles(build.site.pages.len());
        say(&format!("{articles}: {}\n", tally(build.report.tally())))?;
    }
    Ok(if build.is_publishable(true) { End::Clean } else { End::Problems })
}
