//! The hub of a subject: what is compared with it, and how it does.

use serde::Serialize;

use super::super::comparison::{self, RowView, SideView, TallyView};
use super::super::shared::{breadcrumbs, document_title, feeds, link, list_head, page_link};
use super::super::{HeadView, LinkView, articles, json_ld};
use super::{SubjectLinkView, ink, listed, rivals, subject_link, tagline};
use crate::comparison::Value;
use crate::markdown::Targets;
use crate::path::UrlPath;
use crate::site::{FeedOf, PageId, Record, Score, Site, SubjectId};

/// `subject`: a subject's page.
#[derive(Debug, Clone, Serialize)]
pub struct HubView {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Its ink, 1 to 8.
    pub ink: usize,
    /// Other names of it.
    pub aliases: Vec<String>,
    /// What it stands among: its first category, or what kind of thing it is.
    pub category: Option<String>,
    /// What kind of thing it is: `language`.
    pub kind: Option<String>,
    /// What it is, in a line of plain text.
    pub tagline: Option<String>,
    /// Its current version.
    pub version: Option<String>,
    /// Its site.
    pub homepage: Option<String>,
    /// Its source code.
    pub repo: Option<String>,
    /// A picture of its mark.
    pub logo: Option<String>,
    /// What it is licensed under.
    pub license: Option<String>,
    /// How it does over all comparisons.
    pub record: RecordView,
    /// The comparisons, the newest first.
    pub comparisons: Vec<AgainstView>,
    /// What it is compared with, by the number of comparisons, then by name.
    pub rivals: Vec<SubjectLinkView>,
    /// What was measured of it.
    pub results: Vec<ResultView>,
    /// Articles that mention it without comparing it, the newest first.
    pub mentions: Vec<LinkView>,
    /// The page of its alternatives, if it has one.
    pub alternatives: Option<String>,
    /// The table of all pairs, if there is one.
    pub matrix: Option<String>,
    /// The same page as Markdown, if that is made.
    pub markdown: Option<String>,
    /// From the home page down.
    pub breadcrumbs: Vec<LinkView>,
    /// What belongs into `<head>`.
    pub head: HeadView,
}

/// How a subject does over all comparisons.
#[derive(Debug, Clone, Serialize)]
pub struct RecordView {
    /// In all dimensions.
    pub score: ScoreView,
    /// How many comparisons judged any.
    pub comparisons: usize,
    /// By group of dimensions, the largest first; dimensions of no group last,
    /// and alone not at all.
    pub groups: Vec<ScoreView>,
}

/// How a subject does in some dimensions.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreView {
    /// What the dimensions are called together, if anything.
    pub name: Option<String>,
    /// Where it has the edge.
    pub edges: usize,
    /// Where nobody has.
    pub even: usize,
    /// Where another has.
    pub behind: usize,
    /// How many were judged.
    pub judged: usize,
    /// The edges in percent of those judged.
    pub share: f64,
    /// The even ones in percent of those judged.
    pub even_share: f64,
}

/// A comparison as the page of one of its subjects shows it.
#[derive(Debug, Clone, Serialize)]
pub struct AgainstView {
    /// The other subjects first: `Go vs Rust` on the page of Rust.
    pub title: String,
    /// The article's own title.
    pub article: String,
    /// Where it is.
    pub url: String,
    /// The description, or the beginning of the text; plain text.
    pub summary: String,
    /// When it was published.
    pub date: Option<String>,
    /// All subjects, in the order of the columns.
    pub subjects: Vec<SideView>,
    /// How this subject does in it.
    pub score: ScoreView,
    /// Who has the edge in each of its dimensions.
    pub tally: Vec<TallyView>,
}

/// What was measured of a subject in an article.
#[derive(Debug, Clone, Serialize)]
pub struct ResultView {
    /// What was measured.
    pub name: String,
    /// Its place in the article.
    pub url: String,
    /// The measurement it is part of.
    pub benchmark: String,
    /// `higher` or `lower`, if the article says which is better.
    pub better: Option<&'static str>,
    /// Whether the front can't be told apart.
    pub is_tie: bool,
    /// This subject's figure.
    pub own: RowView,
    /// Those of the others that were measured.
    pub others: Vec<RowView>,
}

/// The page of a subject; `None` where it has none.
pub fn hub(site: &Site, id: SubjectId) -> Option<HubView> {
    let entry = &site.subjects.all[id];
    let hub = &site.hubs.all[id];
    let url = hub.url.as_ref()?;
    let comparisons: Vec<AgainstView> =
        hub.comparisons.iter().map(|page| against(site, id, *page)).collect();
    let crumbs = crumbs(site, id);
    let facts = &entry.facts;
    let logo = facts.logo.as_ref().map(|logo| match entry.page {
        Some(page) => {
            let page = &site.pages[page];
            site.resolver(&page.document, &page.url).link(logo)
        }
        None => logo.clone(),
    });
    let has_markdown = site.config.outputs.markdown && url.as_str().ends_with('/');
    let mut head = head(site, id, url);
    head.feeds = feeds(site, FeedOf::Subject(id));
    let items: Vec<(&str, &str)> =
        comparisons.iter().map(|entry| (entry.title.as_str(), entry.url.as_str())).collect();
    head.json_ld = json_ld::collection(
        site,
        &json_ld::Collection {
            head: &head,
            title: &entry.name,
            breadcrumbs: &crumbs,
            about: Some(id),
            items: &items,
        },
    );
    Some(HubView {
        name: entry.name.clone(),
        url: site.href(url),
        ink: ink(site, id),
        aliases: facts.aliases.clone(),
        category: hub.category.clone(),
        kind: facts.kind.clone(),
        tagline: tagline(site, id),
        version: entry.version.clone(),
        homepage: facts.homepage.clone(),
        repo: facts.repo.clone(),
        logo,
        license: facts.license.clone(),
        record: record(site.record(id)),
        rivals: hub
            .rivals
            .iter()
            .map(|rival| subject_link(site, rival.subject, rival.comparisons.len()))
            .collect(),
        results: hub.comparisons.iter().flat_map(|page| results(site, id, *page)).collect(),
        mentions: hub.mentions.iter().map(|page| page_link(site, *page)).collect(),
        alternatives: hub.alternatives.as_ref().map(|url| site.href(url)),
        matrix: site.hubs.matrix.as_ref().map(|matrix| site.href(&matrix.url)),
        markdown: has_markdown.then(|| format!("{}index.html.md", site.href(url))),
        comparisons,
        breadcrumbs: crumbs,
        head,
    })
}

/// From the home page down to the section that the subject's page is in.
pub(super) fn crumbs(site: &Site, id: SubjectId) -> Vec<LinkView> {
    let file = site.subjects.all[id].page.map(|page| site.pages[page].section);
    breadcrumbs(site, file.or(site.hubs.section).unwrap_or_default())
}

fn head(site: &Site, id: SubjectId, url: &UrlPath) -> HeadView {
    let name = &site.subjects.all[id].name;
    let page = site.subjects.all[id].page;
    let file = page.map(|page| &site.pages[page]);
    let rivals = rivals(site, id);
    let strings = &site.config.strings;
    let names = [("name", name.as_str()), ("names", rivals.as_str())];
    let title = if rivals.is_empty() { name.clone() } else { strings.fill("hub_title", &names) };
    let count = site.hubs.all[id].comparisons.len();
    let comparisons = strings.counted("hub_description", count, &names);
    let own = file.and_then(|page| page.document.front.description.clone());
    let summary = || file.map(|page| page.document.outline.summary.clone());
    let made = Some(comparisons).filter(|_| !rivals.is_empty());
    let description = own.or_else(|| tagline(site, id)).or(made).or_else(summary);
    let mut head = match page {
        Some(page) => articles::head(site, page),
        None => list_head(site, "", "", url, None),
    };
    head.title = document_title(site, &title);
    head.description = description.unwrap_or_default();
    head.kind = "website";
    head
}

fn against(site: &Site, id: SubjectId, page: PageId) -> AgainstView {
    let location = &site.pages[page];
    let name = |id: SubjectId| site.subjects.all[id].name.clone();
    let others = location.subjects.iter().filter(|subject| **subject != id);
    let others: Vec<String> = others.map(|subject| name(*subject)).collect();
    let versus = site.config.strings.text("versus");
    let mut title = format!("{} {versus} {}", listed(site, &others), name(id));
    if !location.views.is_empty() {
        // Another article has the same subjects.
        let rest = comparison::duel(site, page).map(|duel| duel.rest);
        let rest = rest.filter(|rest| !rest.is_empty());
        title += &rest.unwrap_or_else(|| format!(": {}", location.document.title));
    }
    let front = &location.document.front;
    AgainstView {
        title,
        article: location.document.title.clone(),
        url: site.href(&location.url),
        summary: front
            .description
            .clone()
            .unwrap_or_else(|| location.document.outline.summary.clone()),
        date: front.date.map(|date| date.to_string()),
        subjects: articles::sides(site, page),
        score: score(None, location.score(id)),
        tally: comparison::tally(site, page),
    }
}

fn record(record: Record) -> RecordView {
    let has_named = record.groups.iter().any(|group| group.name.is_some());
    let groups = record.groups.into_iter().filter(|_| has_named);
    RecordView {
        score: score(None, record.score),
        comparisons: record.comparisons,
        groups: groups.map(|group| score(group.name, group.score)).collect(),
    }
}

fn score(name: Option<String>, score: Score) -> ScoreView {
    let share = |count: usize| match score.judged {
        0 => 0.0,
        judged => (count as f64 / judged as f64 * 1000.0).round() / 10.0,
    };
    ScoreView {
        name,
        edges: score.edges,
        even: score.even,
        behind: score.behind(),
        judged: score.judged,
        share: share(score.edges),
        even_share: share(score.even),
    }
}

/// The metrics of an article in which a subject was measured.
fn results(site: &Site, id: SubjectId, page: PageId) -> Vec<ResultView> {
    let location = &site.pages[page];
    let comparison = &location.document.front.comparison;
    let Some(place) = location.subjects.iter().position(|own| *own == id) else {
        return Vec::new();
    };
    let was_measured =
        |value: Option<&Value>| value.is_some_and(|value| *value != Value::NotMeasured);
    let mut results = Vec::new();
    for benchmark in &comparison.benchmarks {
        let metrics = benchmark.metrics.iter();
        for metric in metrics.filter(|metric| was_measured(metric.values.get(place))) {
            let view = comparison::metric(site, page, metric);
            let mut rows = view.rows;
            let own = rows.remove(place);
            results.push(ResultView {
                name: view.name,
                url: format!("{}#{}", site.href(&location.url), metric.anchor),
                benchmark: benchmark.name.clone(),
                better: view.better,
                is_tie: view.is_tie,
                own,
                others: rows.into_iter().filter(|row| row.is_measured).collect(),
            });
        }
    }
    results
}

/// A subject's page as a link.
pub(super) fn hub_link(site: &Site, id: SubjectId) -> Option<LinkView> {
    let url = site.hubs.all[id].url.as_ref()?;
    Some(link(site, &site.subjects.all[id].name, url))
}
