//! `versus list`.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::project::Project;
use super::{End, Failure, say, warn};
use crate::diag::printable;
use crate::pipeline::{self, Build, Options};
use crate::site::{self, Gap, Site, SubjectId};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What to list
    #[arg(value_enum, default_value_t = What::Pages)]
    what: What,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// At most so many lines
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    #[command(flatten)]
    project: Project,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Every page: date, address, source, title
    Pages,
    /// The pages that are drafts
    Drafts,
    /// Every section and how many pages it has
    Sections,
    /// Every term of every taxonomy and how many pages it has
    Terms,
    /// Every file that a build writes
    Files,
    /// The pairs worth comparing that no article compares yet, the best first,
    /// and why
    Gaps,
}

/// A line: a text in columns, or an object.
struct Row {
    columns: Vec<String>,
    object: Value,
}

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    let files = arguments.project.open(None)?;
    let options = arguments.project.options();
    let drafts = options.drafts || arguments.what == What::Drafts;
    let options = Options { drafts, ..options };
    let build = arguments.project.on_threads(|| pipeline::survey(&files, &options))?;
    let limit = arguments.limit.unwrap_or(usize::MAX);
    for row in rows(arguments.what, &build).into_iter().take(limit) {
        if arguments.json {
            say(&format!("{}\n", row.object))?;
        } else {
            say(&format!("{}\n", printable(&row.columns.join("  "))))?;
        }
    }
    let problems = arguments.project.errors(&build.report);
    warn(&problems);
    Ok(if problems.is_empty() { End::Clean } else { End::Problems })
}

fn rows(what: What, build: &Build) -> Vec<Row> {
    match what {
        What::Pages => pages(build, |_| true),
        What::Drafts => pages(build, |draft| draft),
        What::Sections => sections(build),
        What::Terms => terms(build),
        What::Files => files(build),
        What::Gaps => gaps(&build.site),
    }
}

fn pages(build: &Build, wanted: fn(bool) -> bool) -> Vec<Row> {
    let pages = build.site.pages.iter().filter(|page| wanted(page.document.front.draft));
    pages
        .map(|page| {
            let document = &page.document;
            let date = document.front.date.map(|date| date.to_string());
            let day = date.as_deref().and_then(|date| date.get(..10)).unwrap_or("-");
            Row {
                columns: vec![
                    format!("{day:10}"),
                    page.url.to_string(),
                    document.file.to_string(),
                    document.title.clone(),
                ],
                object: json!({
                    "url": page.url.as_str(),
                    "source": document.file.as_str(),
                    "title": document.title,
                    "date": date,
                    "draft": document.front.draft,
                    "words": document.outline.words,
                    "terms": document.front.terms.iter().cloned().collect::<BTreeMap<_, _>>(),
                }),
            }
        })
        .collect()
}

fn sections(build: &Build) -> Vec<Row> {
    let row = |section: &crate::site::Section| Row {
        columns: vec![
            format!("{:5}", section.count),
            section.url.to_string(),
            section.title.clone(),
        ],
        object: json!({
            "url": section.url.as_str(), "title": section.title, "pages": section.count,
        }),
    };
    build.site.sections.iter().map(row).collect()
}

fn terms(build: &Build) -> Vec<Row> {
    let mut rows = Vec::new();
    for taxonomy in &build.site.taxonomies {
        for term in &taxonomy.terms {
            let count = term.pages.len();
            rows.push(Row {
                columns: vec![
                    format!("{count:5}"),
                    taxonomy.config.name.clone(),
                    term.title.clone(),
                    term.url.to_string(),
                ],
                object: json!({
                    "taxonomy": taxonomy.config.name, "title": term.title,
                    "url": term.url.as_str(), "pages": count,
                }),
            });
        }
    }
    rows
}

fn files(build: &Build) -> Vec<Row> {
    let row = |route: &crate::site::Route| Row {
        columns: vec![route.path.to_string()],
        object: json!({"path": route.path.as_str()}),
    };
    build.site.routes.iter().map(row).collect()
}

fn gaps(site: &Site) -> Vec<Row> {
    let row = |gap: Gap| {
        let name = |id: SubjectId| site.subjects.all[id].name.clone();
        let id = |id: SubjectId| site.subjects.all[id].id.as_str();
        let thirds: Vec<String> = gap.shared.iter().map(|third| name(*third)).collect();
        let mut reasons = Vec::new();
        if !thirds.is_empty() {
            reasons.push(format!("both against {}", thirds.join(", ")));
        }
        reasons.extend(gap.category.as_ref().map(|category| format!("both in {category}")));
        let [left, right] = gap.comparisons;
        reasons.push(format!("{left} and {right} comparisons"));
        Row {
            columns: vec![
                format!("{:5}", gap.shared.len()),
                format!("{} vs {}", name(gap.left), name(gap.right)),
                reasons.join("; "),
            ],
            object: json!({
                "subjects": [id(gap.left), id(gap.right)],
                "shared": gap.shared.iter().map(|third| id(*third)).collect::<Vec<_>>(),
                "category": gap.category,
                "comparisons": gap.comparisons,
            }),
        }
    };
    site::gaps(site).into_iter().map(row).collect()
}
