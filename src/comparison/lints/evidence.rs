//! Whether figures can be believed.

use super::structure::metric_path;
use super::{Report, item};
use crate::comparison::{Benchmark, Comparison, Metric, Outcome, Ratio, Value, outcome};
use crate::diag::{Diagnostic, Lint};
use crate::path::nearest;

/// A ratio in words may be off by this share of the computed one.
const TOLERANCE: f64 = 0.25;

pub(super) fn check(comparison: &Comparison, report: &mut Report<'_>) {
    for benchmark in &comparison.benchmarks {
        provenance(benchmark, report);
        for (place, id) in benchmark.sources.iter().enumerate() {
            if comparison.sources.iter().all(|source| source.id != *id) {
                let path = item("benchmarks", benchmark.index).name("sources").item(place);
                report.at(path, undefined(comparison, id));
            }
        }
        for metric in &benchmark.metrics {
            claims(benchmark, metric, report);
        }
    }
}

/// A citation of a source that is not listed.
pub fn undefined(comparison: &Comparison, id: &str) -> Diagnostic {
    let problem = Diagnostic::new(Lint::SourceUndefined, format!("no source is called `{id}`"));
    match nearest(id, comparison.sources.iter().map(|source| source.id.as_str())) {
        Some(near) => problem.suggest(Some(near)),
        None => problem.help(format!("list it: `sources: [{{ id: {id}, title: …, url: … }}]`")),
    }
}

fn provenance(benchmark: &Benchmark, report: &mut Report<'_>) {
    let name = &benchmark.name;
    let mut missing = |is_missing: bool, lint, what: &str, help: &str| {
        if is_missing {
            let problem = Diagnostic::new(lint, format!("`{name}` does not say {what}"));
            report.at(item("benchmarks", benchmark.index).name("name"), problem.help(help));
        }
    };
    let none = |text: &Option<String>| text.is_none();
    missing(
        none(&benchmark.method),
        Lint::BenchmarkNoMethod,
        "how it was measured",
        "add `method:`, so that others can repeat it",
    );
    missing(
        none(&benchmark.environment),
        Lint::BenchmarkNoEnvironment,
        "on what it was measured",
        "add `environment:` with machine, system and versions",
    );
    missing(
        benchmark.sources.is_empty(),
        Lint::BenchmarkNoSource,
        "where its figures come from",
        "add `sources: [id]` and the source under `sources:`",
    );
}

/// "15× faster" in a note, where the figures say otherwise.
fn claims(benchmark: &Benchmark, metric: &Metric, report: &mut Report<'_>) {
    let Some(note) = &metric.note else { return };
    let ratios = ratios(metric);
    if ratios.is_empty() {
        return;
    }
    for (claim, written) in claimed(note) {
        let fits = |ratio: &Ratio| (claim / ratio.times - 1.0).abs() <= TOLERANCE;
        if ratios.iter().any(fits) {
            continue;
        }
        let computed = match outcome(metric) {
            Outcome::Lead { ratio: Some(ratio), .. } => ratio,
            _ => ratios[0],
        };
        let message = format!("`{written}`, but the figures say {}", computed.text());
        let help = "take it out: the ratio is computed and printed beside the figures";
        let problem = Diagnostic::new(Lint::RatioMismatch, message).help(help);
        report.within(metric_path(benchmark, metric).name("note"), written, problem);
    }
}

/// The ratio of every two figures.
fn ratios(metric: &Metric) -> Vec<Ratio> {
    let numbers: Vec<_> = metric.values.iter().filter_map(Value::number).collect();
    let pairs = numbers
        .iter()
        .enumerate()
        .flat_map(|(at, a)| numbers[at + 1..].iter().filter_map(move |b| Ratio::of(a, b)));
    pairs.collect()
}

/// The ratios that a text claims, each as written: `3×`, `3x`, `3.5 times`.
fn claimed(text: &str) -> Vec<(f64, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(digit) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + digit;
        let number_end = text[start..]
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(text.len(), |end| start + end);
        at = number_end;
        let is_word_start = !text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '.');
        let rest = &text[number_end..];
        let bare = rest.trim_start();
        let mark = ["×", "x", "times"].into_iter().find(|mark| {
            bare.strip_prefix(mark).is_some_and(|after| {
                // `3 x 4` is a product; `2x2` a grid.
                let is_word = !after.starts_with(|c: char| c.is_alphanumeric());
                is_word
                    && (*mark != "x" || rest.starts_with('x'))
                    && !after.trim_start().starts_with(|c: char| c.is_ascii_digit())
            })
        });
        let number = text[start..number_end].trim_end_matches('.').parse().ok();
        if let (Some(mark), Some(number), true) = (mark, number, is_word_start) {
            let end = text.len() - bare.len() + mark.len();
            found.push((number, &text[start..end]));
            at = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_a_number_of_times() {
        assert_eq!(claimed("Go compiles ~15× faster"), [(15.0, "15×")]);
        assert_eq!(claimed("2.5x to 3 times."), [(2.5, "2.5x"), (3.0, "3 times")]);
        assert_eq!(claimed("a 3 × 4 grid, 2x2, v1.2x, 64 connections, x86"), []);
        assert_eq!(claimed("10."), []);
    }
}
