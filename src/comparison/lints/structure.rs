//! Whether the parts fit together.

use super::{Report, item, names};
use crate::comparison::{Benchmark, Cells, Comparison, Metric, Value};
use crate::diag::{Diagnostic, KeyPath, Lint};

/// More columns than this can't be read side by side.
const MANY: usize = 5;

pub(super) fn check(comparison: &Comparison, report: &mut Report<'_>) {
    let count = comparison.subjects.len();
    if count > MANY {
        let problem = Diagnostic::new(Lint::TooManySubjects, format!("{count} subjects at once"));
        let help = "a table of more than five columns is hard to read; compare fewer, or in pairs";
        report.at(item("subjects", MANY), problem.help(help));
    }
    missing_cells(comparison, report);
    for benchmark in &comparison.benchmarks {
        for metric in &benchmark.metrics {
            check_metric(comparison, benchmark, metric, report);
        }
    }
}

fn missing_cells(comparison: &Comparison, report: &mut Report<'_>) {
    for dimension in &comparison.dimensions {
        let Cells::Each(cells) = &dimension.cells else { continue };
        let missing: Vec<&str> = cells
            .iter()
            .zip(&comparison.subjects)
            .filter(|(cell, _)| cell.is_none())
            .map(|(_, subject)| subject.id.as_str())
            .collect();
        if missing.is_empty() && !cells.is_empty() {
            continue;
        }
        let path = item("dimensions", dimension.index);
        let problem = if missing.len() == cells.len() {
            Diagnostic::new(Lint::MissingCell, format!("`{}` says nothing", dimension.name))
                .help("give it `cells:` with a text for each subject, or one `text:` for all")
        } else {
            let message = format!("`{}` says nothing of {}", dimension.name, names(&missing));
            Diagnostic::new(Lint::MissingCell, message)
                .help(format!("add `{}: …` to its `cells`", missing[0]))
        };
        report.at(path.name("name"), problem);
    }
}

fn check_metric(
    comparison: &Comparison,
    benchmark: &Benchmark,
    metric: &Metric,
    report: &mut Report<'_>,
) {
    let path = metric_path(benchmark, metric);
    let name = &metric.name;
    let measured = metric.values.iter().filter(|value| **value != Value::NotMeasured).count();
    if measured == 0 {
        let problem = Diagnostic::new(Lint::MetricNoValues, format!("`{name}` has no values"));
        let help = "add `values:` with a figure for each subject, or take the metric out";
        report.at(path.name("name"), problem.help(help));
        return;
    }
    let numbers = metric.values.iter().filter_map(Value::number).count();
    if measured == 1 && comparison.is_comparison() {
        let message = format!("`{name}` was measured for one subject only");
        let help = "a single figure compares nothing; measure the others or say why not in a note";
        let problem = Diagnostic::new(Lint::MetricOneValue, message).help(help);
        report.at(path.name("values"), problem);
    }
    if metric.better.is_none() && numbers > 1 {
        let message = format!("`{name}` does not say which is better, so nobody wins it");
        let problem = Diagnostic::new(Lint::MetricNoBetter, message);
        let help = "add `better: higher` or `better: lower`";
        report.at(path.name("name"), problem.help(help));
    }
    if metric.unit.is_none() && numbers > 0 {
        let problem = Diagnostic::new(Lint::MetricUnitMissing, format!("`{name}` has no unit"));
        report.at(path.name("name"), problem.help("say what it is counted in: `unit: ms`"));
    }
    for (subject, value) in comparison.subjects.iter().zip(&metric.values) {
        if let Value::Text(text) = value {
            let message = format!("`{text}` is shown as it is and never ranked");
            let help = "write a figure such as `140`, `~140`, `510k` or `[18, 20]`, its unit under `unit:`";
            let problem = Diagnostic::new(Lint::ValueNotNumeric, message).help(help);
            report.at(path.name("values").name(subject.id.as_str()), problem);
        }
    }
}

pub(super) fn metric_path(benchmark: &Benchmark, metric: &Metric) -> KeyPath {
    item("benchmarks", benchmark.index).name("metrics").item(metric.index)
}
