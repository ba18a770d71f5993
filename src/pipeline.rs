//! From a folder of sources to a site: the whole program on one screen.

mod cards;
mod history;
mod inputs;
mod look;
mod make;
mod pictures;
mod publish;
mod reader;

use rayon::prelude::*;

pub use self::cards::FONTS;
use self::history::{History, Unchanged};
pub use self::inputs::content_root;
use self::make::Maker;
pub use self::publish::{Run, publish};
use self::reader::Kept;
pub use self::reader::{Anew, Reader, Shelf, Source, inspect, is_too_large, read};
use crate::cache::Cache;
use crate::check;
use crate::config::{BaseUrl, Config};
use crate::content::ProjectTexts;
use crate::data::Date;
use crate::diag::{Checked, Denied, Diagnostic, Lint, Report, Severity};
use crate::output::Sink;
use crate::render::{Renderer, Stock};
use crate::site::{self, Output, Route, Site};
use crate::source::{Files, Listing};
use crate::theme::{self, Theme};

/// What a run may decide for itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Publish drafts too.
    pub drafts: bool,
    /// Publish elsewhere than the config says.
    pub base_url: Option<BaseUrl>,
    /// Relate other than so many pages to each.
    pub related: Option<usize>,
    /// The day to check against. A build has none: what it makes is the same on
    /// any day.
    pub today: Option<Date>,
    /// Leave out what takes longest with many pages: which are related, what
    /// words lead to them, and what is wrong with the site as a whole.
    pub is_sketch: bool,
    /// What to take for errors beside what the site does.
    pub denied: Vec<Denied>,
}

/// What a run made, and what it has to say.
#[derive(Debug)]
pub struct Build {
    /// The site, as far as its problems let it be.
    pub site: Site,
    /// Every problem, located.
    pub report: Report,
}

/// A site that was linked, and what its pages are made with.
pub struct Prepared {
    /// The site, as far as its problems let it be.
    pub site: Site,
    /// Its theme; `None` where it can't be loaded, since then every page would
    /// say the same.
    pub theme: Option<Theme>,
}

/// Reads a project, renders it, and hands every file to `sink`.
///
/// Whatever the problems are, every stage runs, so that all are reported
/// together; whether the sink's files are then published is the caller's
/// decision.
pub fn build(files: &dyn Files, options: &Options, sink: &dyn Sink, cache: &Cache) -> Build {
    let mut problems = Vec::new();
    let reader: &dyn Reader = match cache.is_on() {
        true => &Kept { files, shelf: Shelf::new(cache) },
        false => &Anew(files),
    };
    let prepared = prepare(files, files.list(), reader, options);
    let Prepared { site, theme } = prepared.unpack(&mut problems);
    if let Some(theme) = theme {
        problems.extend(render_all(&site, theme, files, sink, cache));
    }
    let report = report(&site, problems, files);
    Build { site, report }
}

/// Reads and links a project without rendering it: what lists need.
pub fn survey(files: &dyn Files, options: &Options) -> Build {
    let mut problems = Vec::new();
    let site = link(files, &files.list(), &Anew(files), options).unpack(&mut problems);
    let report = report(&site, problems, files);
    Build { site, report }
}

/// Everything but rendering.
pub fn prepare(
    files: &dyn Files,
    listing: Listing,
    reader: &dyn Reader,
    options: &Options,
) -> Checked<Prepared> {
    let mut problems = Vec::new();
    let site = link(files, &listing, reader, options).unpack(&mut problems);
    if !options.is_sketch {
        problems.extend(check::check(&site, options.today));
    }
    let theme = theme(files, &listing, &site.config).unpack(&mut problems);
    let is_loaded = !problems.iter().any(|problem| problem.lint == Lint::TemplateError);
    Checked { value: Prepared { site, theme: is_loaded.then_some(theme) }, problems }
}

fn link(
    files: &dyn Files,
    listing: &Listing,
    reader: &dyn Reader,
    options: &Options,
) -> Checked<Site> {
    let mut problems = inputs::unreadable_places(listing);
    let config = inputs::configure(files, listing, options).unpack(&mut problems);
    let parts = inputs::read(files, reader, listing, &config, options).unpack(&mut problems);
    let site = site::link(config, parts).unpack(&mut problems);
    Checked { value: site, problems }
}

/// The theme of a site.
pub fn theme(files: &dyn Files, listing: &Listing, config: &Config) -> Checked<Theme> {
    inputs::load_theme(files, listing, config)
}

/// What there is to say of a site, located.
pub fn report(site: &Site, problems: Vec<Diagnostic>, files: &dyn Files) -> Report {
    let texts = ProjectTexts { files, other: &theme::embedded_text };
    Report::new(problems, &site.config.lints, &texts)
}

impl Build {
    /// Whether the site may be published: no error, and in a strict run no
    /// warning.
    pub fn is_publishable(&self, strict: bool) -> bool {
        let fatal = if strict { Severity::Warning } else { Severity::Error };
        self.report.problems.iter().all(|problem| problem.severity < fatal)
    }
}

fn render_all(
    site: &Site,
    theme: Theme,
    files: &dyn Files,
    sink: &dyn Sink,
    cache: &Cache,
) -> Vec<Diagnostic> {
    let stock = Stock::new(site, theme);
    let renderer = Renderer::new(site, &stock, files);
    let maker = Maker { site, renderer, sink, cache };
    let is_joined = |route: &&Route| route.output == Output::LlmsFull;
    let (joined, made): (Vec<&Route>, Vec<_>) = site.routes.iter().partition(is_joined);
    let (pictures, made): (Vec<&Route>, Vec<_>) =
        made.into_iter().partition(|route| route.output.picture().is_some());
    // The widths of a picture stand together; they take longest, so they are first.
    let is_same = |a: &&Route, b: &&Route| a.output.picture() == b.output.picture();
    let pictures: Vec<&[&Route]> = pictures.chunk_by(is_same).collect();
    let pictures = pictures.into_par_iter().with_max_len(1);
    let pictures = pictures.flat_map_iter(|widths| maker.make_pictures(widths));
    let made = made.into_par_iter().flat_map_iter(|route| maker.make(route));
    let mut problems: Vec<Diagnostic> = pictures.chain(made).collect();
    for route in joined {
        problems.extend(maker.join(&route.path, renderer.llms_full()));
    }
    problems
}
