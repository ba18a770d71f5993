//! `versus related`.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::project::Project;
use super::{End, Failure, say, warn};
use crate::diag::printable;
use crate::path::nearest;
use crate::pipeline::{self, Options};
use crate::related::Related;
use crate::site::{Page, Site};
use crate::view;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The page, by its path, address or name; all pages by default
    page: Option<String>,
    /// How many related pages for each; as the site has it by default
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    project: Project,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// A list of the pages with theirs
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    let files = arguments.project.open(None)?;
    let options = Options { related: arguments.limit, ..arguments.project.options() };
    let build = arguments.project.on_threads(|| pipeline::survey(&files, &options))?;
    let site = &build.site;
    let pages: Vec<&Page> = match &arguments.page {
        Some(name) => vec![find(site, name)?],
        None => site.pages.iter().collect(),
    };
    match arguments.format {
        Format::Human => say(&pages.iter().map(|page| human(site, page)).collect::<String>())?,
        Format::Json => {
            let all: Vec<Value> = pages.iter().map(|page| object(site, page)).collect();
            say(&format!("{:#}\n", Value::from(all)))?;
        }
    }
    let problems = arguments.project.errors(&build.report);
    warn(&problems);
    Ok(if problems.is_empty() { End::Clean } else { End::Problems })
}

fn find<'s>(site: &'s Site, name: &str) -> Result<&'s Page, Failure> {
    let slug = name.trim_start_matches("./").trim_matches('/');
    let is_it = |page: &&Page| {
        let document = &page.document;
        let url = page.url.as_str().trim_matches('/');
        [document.file.as_str(), &document.below, url, document.name()].contains(&slug)
    };
    site.pages.iter().find(is_it).ok_or_else(|| {
        let failure = Failure::new(format!("no page `{name}`"));
        match nearest(slug, site.pages.iter().map(|page| page.document.name())) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("`versus list` lists the pages"),
        }
    })
}

fn human(site: &Site, page: &Page) -> String {
    let mut text = format!("{}\n", printable(page.document.file.as_str()));
    for related in page.related.iter() {
        let other = &site.pages[related.page].document;
        let title = printable(&other.title);
        let _ = writeln!(text, "  {:.3}  {title}  {}", related.parts.score(), other.file);
        for line in [parts(&related).join(" + "), reasons(site, &related)] {
            if !line.is_empty() {
                let _ = writeln!(text, "         {}", printable(&line));
            }
        }
    }
    text + "\n"
}

/// What the score is the sum of.
fn parts(related: &Related) -> Vec<String> {
    let parts = related.parts.named().into_iter().filter(|(_, part)| *part > 0.0);
    parts.map(|(name, part)| format!("{name} {part:.3}")).collect()
}

fn reasons(site: &Site, related: &Related) -> String {
    view::reasons(site, related).join(" · ")
}

fn object(site: &Site, page: &Page) -> Value {
    let related = page.related.iter().map(|related| {
        let parts =
            related.parts.named().into_iter().map(|(name, part)| (name.to_owned(), rounded(part)));
        json!({
            "page": site.pages[related.page].document.below,
            "score": rounded(related.parts.score()),
            "parts": parts.collect::<serde_json::Map<String, Value>>(),
            "why": reasons(site, &related),
        })
    });
    json!({ "page": page.document.below, "related": related.collect::<Vec<Value>>() })
}

/// More digits would say more than there is to say.
fn rounded(part: f32) -> Value {
    json!((f64::from(part) * 1e4).round() / 1e4)
}
