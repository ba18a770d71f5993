//! What an article measured.

use serde::Serialize;

use super::said::cells;
use super::{CellView, People, SourceView, Writer, said};
use crate::comparison::{Better, Comparison, Metric, Outcome, Value, outcome};
use crate::diag::KeyPath;

/// A measurement.
#[derive(Debug, Clone, Serialize)]
pub struct BenchmarkView {
    /// The id of its place on the page.
    pub anchor: String,
    /// What it is called.
    pub name: String,
    /// How it was measured.
    pub method: Option<String>,
    /// On what.
    pub environment: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Where its figures come from.
    pub sources: Vec<SourceView>,
    /// What was run of each subject, where the article says.
    pub setup: Vec<CellView>,
    /// What came out.
    pub metrics: Vec<MetricView>,
}

/// A figure for each subject.
#[derive(Debug, Clone, Serialize)]
pub struct MetricView {
    /// The id of its place on the page.
    pub anchor: String,
    /// What it is called.
    pub name: String,
    /// What it is counted in.
    pub unit: Option<String>,
    /// `higher` or `lower`, if the article says which is better.
    pub better: Option<&'static str>,
    /// What to bear in mind.
    pub note: Option<String>,
    /// Whether the front can't be told apart.
    pub is_tie: bool,
    /// The figures, in the subjects' order; none where nothing was measured.
    pub rows: Vec<RowView>,
}

/// A subject's figure.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    /// The subject's name.
    pub name: String,
    /// Its ink, 1 to 8.
    pub ink: usize,
    /// The figure with its unit, another text, or `not measured`.
    pub text: String,
    /// Whether there is anything: a figure or a text.
    pub is_measured: bool,
    /// How long its bar is, in percent of the scale, a range's to its lower end;
    /// nothing without a figure.
    pub share: Option<f64>,
    /// How far a range goes on from there, in percent of the scale.
    pub spread: f64,
    /// Whether it is ahead, or ties at the front.
    pub is_best: bool,
    /// How many times as good it is as the next best: `3.0×`.
    pub ratio: Option<String>,
}

pub(super) fn benchmarks(
    comparison: &Comparison,
    people: &People,
    writer: &mut Writer<'_>,
) -> Vec<BenchmarkView> {
    let all_sources = said::sources(writer.document, writer.printer.targets);
    let mut views = Vec::with_capacity(comparison.benchmarks.len());
    for benchmark in &comparison.benchmarks {
        let path = KeyPath::top("benchmarks").item(benchmark.index);
        let setup = match benchmark.setup.iter().all(Option::is_none) {
            true => Vec::new(),
            false => cells(comparison, &path.name("setup"), &benchmark.setup, people, writer),
        };
        let metrics = benchmark.metrics.iter().map(|metric| {
            let path = path.name("metrics").item(metric.index);
            let note = writer.maybe(&path, "note", metric.note.as_ref());
            metric_view(metric, note, people)
        });
        views.push(BenchmarkView {
            anchor: benchmark.anchor.clone(),
            name: benchmark.name.clone(),
            metrics: metrics.collect(),
            method: writer.maybe(&path, "method", benchmark.method.as_ref()),
            environment: writer.maybe(&path, "environment", benchmark.environment.as_ref()),
            date: benchmark.date.map(|date| date.to_string()),
            sources: benchmark
                .sources
                .iter()
                .filter_map(|id| all_sources.iter().find(|source| source.id == *id).cloned())
                .collect(),
            setup,
        });
    }
    views
}

pub(super) fn metric_view(metric: &Metric, note: Option<String>, people: &People) -> MetricView {
    let outcome = outcome(metric);
    let scale = metric.values.iter().filter_map(Value::number).map(|n| n.high);
    let scale = scale.fold(0.0, f64::max);
    let is_measured = metric.values.iter().any(|value| *value != Value::NotMeasured);
    let rows = metric.values.iter().enumerate().filter(|_| is_measured);
    MetricView {
        anchor: metric.anchor.clone(),
        name: metric.name.clone(),
        unit: metric.unit.clone(),
        better: metric.better.map(|better| match better {
            Better::Higher => "higher",
            Better::Lower => "lower",
        }),
        note,
        is_tie: matches!(outcome, Outcome::Tie(_)),
        rows: rows
            .map(|(place, value)| row(metric, place, value, &outcome, scale, people))
            .collect(),
    }
}

fn row(
    metric: &Metric,
    place: usize,
    value: &Value,
    outcome: &Outcome,
    scale: f64,
    people: &People,
) -> RowView {
    let (is_best, ratio) = match outcome {
        Outcome::Lead { subject, ratio } if *subject == place => (true, *ratio),
        Outcome::Tie(front) => (front.contains(&place), None),
        _ => (false, None),
    };
    let number = value.number();
    RowView {
        name: people.names[place].clone(),
        ink: people.ink(place),
        text: match value {
            Value::NotMeasured => people.no_figure.clone(),
            value => shown(value, metric.unit.as_deref()),
        },
        is_measured: *value != Value::NotMeasured,
        share: number.map(|number| percent(number.low, scale)),
        spread: number.map_or(0.0, |n| percent(n.high - n.low.max(0.0), scale)),
        is_best,
        ratio: ratio.map(|ratio| ratio.text()),
    }
}

/// A tenth of a percent is less than a pixel.
fn percent(value: f64, scale: f64) -> f64 {
    if scale > 0.0 { (value.max(0.0) / scale * 1000.0).round() / 10.0 } else { 0.0 }
}

/// A value as people read it, with its unit.
pub fn shown(value: &Value, unit: Option<&str>) -> String {
    match (value, unit) {
        (Value::NotMeasured, _) => "not measured".into(),
        (Value::Text(text), _) => text.clone(),
        (Value::Number(number), None) => number.text.clone(),
        (Value::Number(number), Some(unit @ ("%" | "×" | "°"))) => {
            format!("{}{unit}", number.text)
        }
        (Value::Number(number), Some(unit)) => format!("{}\u{a0}{unit}", number.text),
    }
}
