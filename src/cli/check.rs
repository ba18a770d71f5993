//! `versus check`.

use std::env;

use clap::Args;

use super::project::{Caching, Project, Show, articles, tally};
use super::{End, Failure, say};
use crate::data::Date;
use crate::output::Null;
use crate::pipeline::{self, Options};

/// The time of builds that can be repeated, in seconds since 1970.
/// <https://reproducible-builds.org/specs/source-date-epoch/>
const EPOCH: &str = "SOURCE_DATE_EPOCH";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: Project,
    /// The day to check dates against; SOURCE_DATE_EPOCH or today by default
    #[arg(long, value_name = "DATE", value_parser = day)]
    now: Option<Date>,
    #[command(flatten)]
    caching: Caching,
    #[command(flatten)]
    show: Show,
}

fn day(text: &str) -> Result<Date, String> {
    let date = Date::parse(text).ok_or("not a date; write it like `2026-03-02`")?;
    Ok(date.day_only())
}

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    let files = arguments.project.open(Some(&arguments.project.root.join("public")))?;
    let today = Some(match arguments.now {
        Some(day) => day,
        None => today()?,
    });
    let denied = arguments.show.deny.clone();
    let options = Options { today, denied, ..arguments.project.options() };
    let cache = arguments.caching.open(files.root());
    let check = || pipeline::build(&files, &options, &Null, &cache);
    let build = arguments.project.on_threads(check)?;
    // What can't be kept is looked at again.
    cache.save_part().ok();
    arguments.show.report(&build.report)?;
    if !arguments.show.quiet {
        let articles = articles(build.site.pages.len());
        say(&format!("{articles}: {}\n", tally(build.report.tally())))?;
    }
    Ok(if build.is_publishable(true) { End::Clean } else { End::Problems })
}

/// What the build says it is, else today in UTC.
fn today() -> Result<Date, Failure> {
    let epoch = env::var_os(EPOCH).map(|epoch| epoch.to_string_lossy().into_owned());
    let seconds = match &epoch {
        Some(epoch) => epoch.parse().ok(),
        None => Some(jiff::Timestamp::now().as_second()),
    };
    seconds.and_then(Date::from_timestamp).ok_or_else(|| {
        Failure::new(format!("`{EPOCH}` is not a time: `{}`", epoch.unwrap_or_default()))
            .help("it is a whole number, the seconds since 1970; or say the day with `--now`")
    })
}
