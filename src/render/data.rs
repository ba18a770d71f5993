//! Comparisons as data for programs: `data.json` beside each, and `index.json`
//! of all. The guide documents the shape; what changes it raises [`VERSION`].

use serde_json::{Map, Value, json};

use super::Renderer;
use crate::comparison::{
    Benchmark, Better, Cells, Choice, Comparison, Dimension, Metric, Number, Outcome, Pick,
    Subject, Value as Figure, outcome,
};
use crate::markdown::Targets;
use crate::site::{Hub, Page, PageId, Site, SubjectEntry, is_counted};
use crate::view;

/// The version of the shape.
const VERSION: u64 = 1;

impl Renderer<'_> {
    /// A page's comparison.
    pub(super) fn data(&self, id: PageId) -> String {
        let mut data = summary(self.site, id);
        let comparison = &self.site.pages[id].document.front.comparison;
        let writer = Writer { comparison, ids: declared(self.site, id) };
        data["version"] = json!(VERSION);
        data["subjects"] = writer.subjects(self.site, id);
        data["quick_takes"] = writer.picks(&comparison.quick_takes);
        data["checklist"] = writer.picks(&comparison.checklist);
        data["dimensions"] = writer.each(&comparison.dimensions, Writer::dimension);
        data["benchmarks"] = writer.each(&comparison.benchmarks, Writer::benchmark);
        let Page { document, url, .. } = &self.site.pages[id];
        let targets = self.prose(document, url, true).resolver;
        data["sources"] = comparison
            .sources
            .iter()
            .map(|source| {
                let accessed = source.accessed.map(|date| date.to_string());
                json!({
                    "id": source.id,
                    "title": source.title,
                    "url": source.url.as_deref().map(|url| targets.link(url)),
                    "accessed": accessed,
                })
            })
            .collect();
        format!("{data:#}\n")
    }

    /// Addresses and titles of the newest pages, for readers who mistyped one.
    pub(super) fn addresses(&self) -> String {
        const MOST: usize = 2000;
        let site = self.site;
        let pages = site.newest.iter().map(|id| &site.pages[*id]);
        let pages = pages.filter(|page| page.document.front.is_listed());
        let pages = pages.map(|page| (site.href(&page.url), page.document.title.clone()));
        let hubs = site.subjects.all.iter().zip(&site.hubs.all).filter(|(_, hub)| hub.is_generated);
        let hubs = hubs
            .filter_map(|(entry, hub)| Some((site.href(hub.url.as_ref()?), entry.name.clone())));
        let sections = site.sections.iter().skip(1);
        let sections = sections.map(|section| (site.href(&section.url), section.title.clone()));
        let all: Vec<(String, String)> = sections.chain(pages).chain(hubs).take(MOST).collect();
        json!(all).to_string()
    }

    /// Every comparison of the site in short, and every subject.
    pub(super) fn site_data(&self) -> String {
        let site = self.site;
        let listed = |id: &PageId| {
            let page = &site.pages[*id];
            is_counted(&page.document, &page.subjects)
        };
        let comparisons: Vec<Value> =
            (0..site.pages.len()).filter(listed).map(|id| summary(site, id)).collect();
        let subject = |(entry, hub): (&SubjectEntry, &Hub)| {
            json!({
                "id": entry.id,
                "name": entry.name,
                "aliases": entry.facts.aliases,
                "kind": entry.facts.kind,
                "version": entry.version,
                "homepage": entry.facts.homepage,
                "url": hub.url.as_ref().map(|url| site.absolute(url)),
            })
        };
        let subjects: Vec<Value> =
            site.subjects.all.iter().zip(&site.hubs.all).map(subject).collect();
        let data = json!({
            "version": VERSION,
            "title": site.config.title,
            "url": site.config.base_url.whole(),
            "subjects": subjects,
            "comparisons": comparisons,
        });
        format!("{data:#}\n")
    }
}

/// What a list needs to know of a comparison.
fn summary(site: &Site, id: PageId) -> Value {
    let page = &site.pages[id];
    let front = &page.document.front;
    let card = view::card(site, id);
    let comparison = &front.comparison;
    let ids: Vec<&str> =
        page.subjects.iter().map(|subject| site.subjects.all[*subject].id.as_str()).collect();
    let (edges, even) = comparison.tally();
    let declared = declared(site, id);
    let edges: Map<String, Value> =
        declared.iter().zip(edges).map(|(id, edges)| ((*id).to_owned(), json!(edges))).collect();
    let verdict = comparison.verdict.as_ref().map(|verdict| {
        let pick = verdict.pick.map(|pick| choice(pick, &declared));
        json!({"pick": pick, "text": verdict.text})
    });
    json!({
        "url": card.permalink,
        "title": card.title,
        "description": card.summary,
        "published": front.date.map(|date| date.rfc3339()),
        "updated": front.updated.map(|date| date.rfc3339()),
        "reviewed": front.reviewed.map(|date| date.to_string()),
        "subjects": ids,
        "edges": edges,
        "even": even,
        "verdict": verdict,
    })
}

/// The ids of the subjects that a page declares, in their order: an article may
/// call one by an alias.
fn declared(site: &Site, id: PageId) -> Vec<&str> {
    let subjects = site.pages[id].document.front.comparison.subjects.iter();
    let own = |subject: &Subject| {
        site.subjects.find(&subject.id).map(|id| site.subjects.all[id].id.as_str())
    };
    subjects.map(|subject| own(subject).unwrap_or_default()).collect()
}

fn choice(choice: Choice, ids: &[&str]) -> String {
    match choice {
        Choice::Subject(subject) => ids.get(subject).map_or_else(String::new, |id| (*id).into()),
        Choice::Depends => "depends".into(),
        Choice::Tie => "tie".into(),
    }
}

/// Writes the comparison of one page.
struct Writer<'a> {
    comparison: &'a Comparison,
    ids: Vec<&'a str>,
}

impl Writer<'_> {
    fn each<T>(&self, items: &[T], value: fn(&Self, &T) -> Value) -> Value {
        items.iter().map(|item| value(self, item)).collect()
    }

    fn subjects(&self, site: &Site, id: PageId) -> Value {
        let names = view::subject_names(site, id);
        let subject = |((subject, name), id): ((&Subject, String), &&str)| {
            json!({
                "id": id,
                "name": name,
                "version": subject.version,
                "summary": subject.summary,
                "pros": subject.pros,
                "cons": subject.cons,
                "use_when": subject.use_when,
                "avoid_when": subject.avoid_when,
                "examples": subject.examples,
            })
        };
        self.comparison.subjects.iter().zip(names).zip(&self.ids).map(subject).collect()
    }

    fn choice(&self, pick: Option<Choice>) -> Option<String> {
        pick.map(|pick| choice(pick, &self.ids))
    }

    fn picks(&self, picks: &[Pick]) -> Value {
        let pick = |pick: &Pick| json!({"if": pick.condition, "pick": self.choice(pick.pick), "why": pick.why});
        picks.iter().map(pick).collect()
    }

    fn dimension(&self, dimension: &Dimension) -> Value {
        let (cells, text) = match &dimension.cells {
            Cells::Each(cells) => {
                (Some(self.by_subject(cells.iter().map(|cell| json!(cell)))), None)
            }
            Cells::Undivided(text) => (None, Some(text)),
        };
        json!({
            "name": dimension.name,
            "id": dimension.anchor,
            "group": dimension.group,
            "edge": self.choice(dimension.edge),
            "cells": cells,
            "text": text,
            "note": dimension.note,
        })
    }

    fn benchmark(&self, benchmark: &Benchmark) -> Value {
        json!({
            "name": benchmark.name,
            "id": benchmark.anchor,
            "method": benchmark.method,
            "environment": benchmark.environment,
            "date": benchmark.date.map(|date| date.to_string()),
            "sources": benchmark.sources,
            "setup": self.by_subject(benchmark.setup.iter().map(|setup| json!(setup))),
            "metrics": self.each(&benchmark.metrics, Self::metric),
        })
    }

    fn metric(&self, metric: &Metric) -> Value {
        let (winners, ratio): (Vec<usize>, _) = match outcome(metric) {
            Outcome::Open => (Vec::new(), None),
            Outcome::Tie(front) => (front, None),
            Outcome::Lead { subject, ratio } => (vec![subject], ratio),
        };
        json!({
            "name": metric.name,
            "id": metric.anchor,
            "unit": metric.unit,
            "better": metric.better.map(|better| match better {
                Better::Higher => "higher",
                Better::Lower => "lower",
            }),
            "values": self.by_subject(metric.values.iter().map(figure)),
            "best": winners.iter().map(|subject| self.ids[*subject]).collect::<Vec<_>>(),
            "ratio": ratio.map(|ratio| (ratio.times * 100.0).round() / 100.0),
            "note": metric.note,
        })
    }

    fn by_subject(&self, values: impl Iterator<Item = Value>) -> Value {
        Value::Object(self.ids.iter().map(|id| (*id).to_owned()).zip(values).collect())
    }
}

/// A number, a range, a text, or nothing where nothing was measured.
fn figure(value: &Figure) -> Value {
    match value {
        Figure::NotMeasured => Value::Null,
        Figure::Text(text) => json!(text),
        Figure::Number(Number { low, high, .. }) if low < high => {
            json!([whole(*low), whole(*high)])
        }
        Figure::Number(number) => whole(number.low),
    }
}

/// A number without `.0`.
fn whole(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT { json!(value as i64) } else { json!(value) }
}
