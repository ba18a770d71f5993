//! What the comparisons say of a subject together, as Markdown.

use std::fmt::Write as _;

use super::Renderer;
use super::plain_markdown::{line, link_text, row};
use crate::site::SubjectId;
use crate::view::{self, HubView, ResultView, RowView, ScoreView};

impl Renderer<'_> {
    /// The page of a subject without a file.
    pub(super) fn hub_alternate(&self, id: SubjectId) -> String {
        let Some(hub) = view::hub(self.site, id) else { return String::new() };
        let head = format!("# {}\n\nSource: <{}>\n", line(&hub.name), hub.head.canonical);
        let parts = [head, facts(&hub), self.hub_text(&hub)].into_iter();
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// What stands below the prose of a subject's page.
    pub(super) fn hub_text(&self, hub: &HubView) -> String {
        let parts = [self.compared(hub), record(hub), self.measured(hub), self.mentioned(hub)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// A path that templates see as a whole URL.
    fn whole(&self, url: &str) -> String {
        format!("{}{url}", self.site.config.base_url.origin)
    }

    fn compared(&self, hub: &HubView) -> String {
        let mut out = heading("Compared with", hub.comparisons.is_empty());
        for entry in &hub.comparisons {
            let (title, url) = (link_text(&entry.title), self.whole(&entry.url));
            let score = match entry.score.judged {
                0 => "not judged".into(),
                _ => edges(&entry.score),
            };
            let _ = writeln!(out, "- [{title}]({url}): {score}. {}", line(&entry.summary));
        }
        out
    }

    fn measured(&self, hub: &HubView) -> String {
        let mut out = heading("Measured", hub.results.is_empty());
        if hub.results.is_empty() {
            return out;
        }
        row(&mut out, &["What".into(), line(&hub.name), "Others".into(), "Better".into()]);
        row(&mut out, &vec!["---".to_owned(); 4]);
        for result in &hub.results {
            let ResultView { name, benchmark, own, others, better, .. } = result;
            let others: Vec<String> =
                others.iter().map(|row| format!("{} {}", line(&row.name), figure(row))).collect();
            let what =
                format!("[{}]({}) ({})", link_text(name), self.whole(&result.url), line(benchmark));
            let better = better.unwrap_or_default().to_owned();
            row(&mut out, &[what, figure(own), others.join(", "), better]);
        }
        out
    }

    fn mentioned(&self, hub: &HubView) -> String {
        let mut out = heading("Mentioned in", hub.mentions.is_empty());
        for link in &hub.mentions {
            let _ = writeln!(out, "- [{}]({})", link_text(&link.title), self.whole(&link.url));
        }
        out
    }
}

fn heading(title: &str, is_empty: bool) -> String {
    if is_empty { String::new() } else { format!("## {title}\n\n") }
}

/// What a subject is.
pub(super) fn facts(hub: &HubView) -> String {
    let aliases = Some(hub.aliases.join(", ")).filter(|aliases| !aliases.is_empty());
    let facts = [
        ("What it is", hub.tagline.as_ref()),
        ("Category", hub.category.as_ref()),
        ("Other names", aliases.as_ref()),
        ("Version", hub.version.as_ref()),
        ("Licence", hub.license.as_ref()),
        ("Home page", hub.homepage.as_ref()),
        ("Source code", hub.repo.as_ref()),
    ];
    let fact =
        |(name, value): (&str, Option<&String>)| Some(format!("- {name}: {}\n", line(value?)));
    facts.into_iter().filter_map(fact).collect()
}

fn edges(score: &ScoreView) -> String {
    let even = if score.even > 0 { format!(", {} even", score.even) } else { String::new() };
    format!("edge in {} of {}{even}", score.edges, score.judged)
}

fn record(hub: &HubView) -> String {
    let record = &hub.record;
    let mut out = heading("Record", record.score.judged == 0);
    if record.score.judged > 0 {
        let (dimensions, comparisons) = (record.score.judged, record.comparisons);
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let even = match record.score.even {
            0 => String::new(),
            even => format!(", {even} even"),
        };
        let _ = writeln!(
            out,
            "Edge in {} of {dimensions} dimension{} over {comparisons} comparison{}{even}.",
            record.score.edges,
            plural(dimensions),
            plural(comparisons)
        );
        if !record.groups.is_empty() {
            out.push('\n');
        }
        for group in &record.groups {
            let name = group.name.as_deref().unwrap_or("Others");
            let _ = writeln!(out, "- {}: {}", line(name), edges(group));
        }
    }
    out
}

fn figure(row: &RowView) -> String {
    let ratio = row.ratio.as_ref().map(|ratio| format!(" ({ratio} better)")).unwrap_or_default();
    format!("{}{ratio}", line(&row.text))
}
