//! A build that is published, unless nothing has changed since the last.

use super::{Build, History, Options, Unchanged, build};
use crate::cache::Cache;
use crate::diag::Report;
use crate::output::Publisher;
use crate::output::publish::{PublishError, Published};
use crate::source::Files;

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// Every problem, located.
    pub report: Report,
    /// How many pages there are.
    pub pages: usize,
    /// What came of publishing; `None` where errors kept the site from it.
    pub published: Option<Result<Published, PublishError>>,
}

/// Builds a project and publishes it. `clock` tells the time in nanoseconds
/// since 1970; no output depends on it.
pub fn publish(
    files: &dyn Files,
    options: &Options,
    mut publisher: Publisher,
    cache: &Cache,
    clock: &(dyn Fn() -> u128 + Sync),
) -> Run {
    let output = publisher.output().to_owned();
    let mut history = History::new(files, options, &output, cache, clock());
    if let Some(unchanged) = history.unchanged(&mut publisher) {
        let Unchanged { report, pages, published, is_settled } = unchanged;
        if !is_settled {
            history.settle(&report, pages, &output, published.list);
        }
        return Run { report, pages, published: Some(Ok(published)) };
    }
    let build = build(&history, options, &publisher, cache);
    history.keep_files();
    let is_publishable = build.is_publishable(false);
    // The list of its files takes as much memory as a large site.
    let Build { site, report } = build;
    let pages = site.pages.len();
    drop(site);
    if !is_publishable {
        return Run { report, pages, published: None };
    }
    let published = publisher.commit();
    if let Ok(published) = &published {
        let left = published.look(&output, clock());
        history.keep_run(&report, pages, published.list, left);
    }
    Run { report, pages, published: Some(published) }
}
