//! What several commands need of a project.

use std::fs;
use std::path::{Path, PathBuf};

use anstream::adapter::strip_str;
use clap::{Args, ValueEnum};

use super::deny::DeniedParser;
use super::{Failure, warn};
use crate::cache::{Cache, Program};
use crate::config::BaseUrl;
use crate::diag::{self, Denied, Report, Severity, Tally};
use crate::pipeline::Options;
use crate::source::Disk;

/// Which project, and how.
#[derive(Debug, Args)]
pub(super) struct Project {
    /// The project's folder
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub(super) root: PathBuf,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Publish at this address instead of the config's
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<BaseUrl>,
    /// How many threads to use; all cores by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

/// Whether anything is taken from earlier runs.
#[derive(Debug, Args)]
pub(super) struct Caching {
    /// Make everything anew, and keep nothing for the next run
    #[arg(long)]
    no_cache: bool,
}

impl Caching {
    /// The cache of a project, or none.
    pub(super) fn open(&self, project: &Path) -> Cache {
        match Program::running() {
            Ok(program) if !self.no_cache => Cache::open(project, program),
            _ => Cache::none(),
        }
    }
}

/// How problems are shown, and which are errors.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The form of the report, on standard error
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Write the report into a file instead
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Take these lints for errors, or `warnings` for all that warn
    #[arg(long, value_name = "LINT", value_delimiter = ',', value_parser = DeniedParser)]
    #[arg(hide_possible_values = true)]
    pub(super) deny: Vec<Denied>,
    /// Say nothing but what is wrong
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// With the source line and a remedy
    Human,
    /// One line a problem
    Short,
    /// One JSON object a line
    Json,
    /// GitHub's annotations
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
        .ok_or_else(|| "not an absolute address; write it like `https://example.org/docs/`".into())
}

impl Project {
    /// Opens the folder; `output` is not read as a source.
    pub(super) fn open(&self, output: Option<&PathBuf>) -> Result<Disk, Failure> {
        let ignored: Vec<PathBuf> = output.into_iter().cloned().collect();
        Disk::open(&self.root, &ignored).map_err(|error| {
            Failure::new(format!("`{}` can't be opened: {error}", self.root.display()))
                .help("`--root` names the folder that holds `content/` and `versus.yaml`")
        })
    }

    pub(super) fn options(&self) -> Options {
        let base_url = self.base_url.clone();
        Options { drafts: self.drafts, base_url, ..Options::default() }
    }

    /// The errors of a report, a line each: what makes a list incomplete.
    pub(super) fn errors(&self, report: &Report) -> String {
        let mut errors = report.clone();
        errors.problems.retain(|problem| problem.severity == Severity::Error);
        diag::Format::Short.write(&errors)
    }

    /// Runs a build on as many threads as were asked for.
    pub(super) fn on_threads<T: Send>(
        &self,
        work: impl FnOnce() -> T + Send,
    ) -> Result<T, Failure> {
        let pool = self.threads().build().map_err(no_threads)?;
        Ok(pool.install(work))
    }

    /// The same for everything that the program does from now on.
    pub(super) fn set_threads(&self) -> Result<(), Failure> {
        self.threads().build_global().map_err(no_threads)
    }

    fn threads(&self) -> rayon::ThreadPoolBuilder {
        let threads = self.jobs.map_or(0, usize::from);
        // Deeply nested quotes and lists are parsed by recursion.
        rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK)
    }
}

/// In bytes.
pub(super) const STACK: usize = 16 << 20;

fn no_threads(error: rayon::ThreadPoolBuildError) -> Failure {
    Failure::new(format!("no threads can be started: {error}"))
}

impl Show {
    /// Prints a report to standard error, or writes its file.
    pub(super) fn report(&self, report: &Report) -> Result<(), Failure> {
        let format = match self.format {
            Format::Human => diag::Format::Human,
            Format::Short => diag::Format::Short,
            Format::Json => diag::Format::Json,
            Format::Github => diag::Format::Github,
            Format::Sarif => diag::Format::Sarif,
        };
        let text = format.write(report);
        let Some(file) = &self.report else {
            warn(&text);
            return Ok(());
        };
        // Colours are a terminal's.
        fs::write(file, strip_str(&text).to_string()).map_err(|error| {
            Failure::new(format!("the report can't be written to `{}`: {error}", file.display()))
        })
    }
}

/// `1 error, 2 warnings`, with what only informs where there is any.
pub(super) fn tally(tally: Tally) -> String {
    let count = |n: usize, word: &str| match n {
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    };
    let mut text =
        format!("{}, {}", count(tally.errors, "error"), count(tally.warnings, "warning"));
    if tally.infos > 0 {
        text.push_str(&format!(", {}", count(tally.infos, "note")));
    }
    text
}

/// `1 article`, `5 articles`.
pub(super) fn articles(count: usize) -> String {
    format!("{count} article{}", if count == 1 { "" } else { "s" })
}

/// `412 KB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
