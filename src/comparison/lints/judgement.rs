//! Whether what is concluded follows from what is said.

use super::{Report, item, names};
use crate::comparison::{Cells, Choice, Comparison};
use crate::diag::{Diagnostic, KeyPath, Lint};

/// Edges all to one side are odd from this many on.
const MANY_EDGES: usize = 4;
/// A cell this many times as long as its neighbour says more than its share.
const CELL_RATIO: usize = 4;
/// Cells shorter than this are short whatever the others are, in characters.
const SHORT_CELL: usize = 160;

pub(super) fn check(comparison: &Comparison, report: &mut Report<'_>) {
    if !comparison.is_comparison() {
        return;
    }
    verdict(comparison, report);
    one_sided(comparison, report);
    unbalanced_lists(comparison, report);
    unbalanced_cells(comparison, report);
}

fn verdict(comparison: &Comparison, report: &mut Report<'_>) {
    let Some(verdict) = &comparison.verdict else {
        let problem = Diagnostic::new(Lint::NoVerdict, "a comparison without a verdict");
        let help = "readers come for one: `verdict: { pick: depends, text: … }`";
        report.at(KeyPath::top("subjects"), problem.help(help));
        return;
    };
    let Some(Choice::Subject(picked)) = verdict.pick else { return };
    let (edges, _) = comparison.tally();
    let own = edges[picked];
    let best = edges.iter().enumerate().max_by_key(|(place, edges)| (**edges, usize::MAX - place));
    let Some((rival, most)) = best else { return };
    if rival == picked || *most == 0 || (own > 0 && 2 * most <= 3 * own) {
        return;
    }
    let (picked, rival) = (&comparison.subjects[picked].id, &comparison.subjects[rival].id);
    let message =
        format!("the verdict picks `{picked}`, which has the edge in {own}; `{rival}` has {most}");
    let help = "pick another, or say in the verdict's text which dimensions weigh more and allow \
                this with `lint: { allow: [verdict-contradicts-edges] }`";
    let problem = Diagnostic::new(Lint::VerdictContradictsEdges, message).help(help);
    report.at(KeyPath::top("verdict").name("pick"), problem);
}

fn one_sided(comparison: &Comparison, report: &mut Report<'_>) {
    let (edges, even) = comparison.tally();
    let judged: usize = edges.iter().sum();
    let Some(winner) = edges.iter().position(|edges| *edges == judged) else { return };
    if judged >= MANY_EDGES && even == 0 {
        let id = &comparison.subjects[winner].id;
        let message = format!("all {judged} edges go to `{id}`");
        let help = "if nothing speaks for the others, say so in the verdict; else add what does";
        let problem = Diagnostic::new(Lint::OneSidedEdges, message).help(help);
        report.at(KeyPath::top("dimensions"), problem);
    }
}

/// One subject is told more good or more bad than is fair.
fn unbalanced_lists(comparison: &Comparison, report: &mut Report<'_>) {
    type Lists = [(&'static str, fn(&crate::comparison::Subject) -> usize); 2];
    let lists: Lists = [("pros", |s| s.pros.len()), ("cons", |s| s.cons.len())];
    for (name, count) in lists {
        let counts: Vec<usize> = comparison.subjects.iter().map(count).collect();
        let (Some(least), Some(most)) = (counts.iter().min(), counts.iter().max()) else {
            continue;
        };
        let is_unfair = (*least == 0 && *most > 0) || (*most > 2 * least && most - least > 2);
        if !is_unfair {
            continue;
        }
        let few: Vec<&crate::comparison::Subject> =
            comparison.subjects.iter().filter(|subject| count(subject) == *least).collect();
        let ids: Vec<&str> = few.iter().map(|subject| subject.id.as_str()).collect();
        let message = format!("{least} {name} of {}, and up to {most} of others", names(&ids));
        let problem = Diagnostic::new(Lint::UnbalancedProsCons, message);
        let help = "weigh all subjects alike, or readers will not trust the verdict";
        report.at(item("subjects", few[0].index), problem.help(help));
    }
}

fn unbalanced_cells(comparison: &Comparison, report: &mut Report<'_>) {
    for dimension in &comparison.dimensions {
        let Cells::Each(cells) = &dimension.cells else { continue };
        let lengths = comparison
            .subjects
            .iter()
            .zip(cells)
            .filter_map(|(subject, cell)| Some((cell.as_ref()?.chars().count(), subject)));
        let lengths: Vec<_> = lengths.collect();
        let least = lengths.iter().min_by_key(|(length, _)| *length);
        let most = lengths.iter().max_by_key(|(length, _)| *length);
        let (Some((least, short)), Some((most, long))) = (least, most) else { continue };
        if *most > SHORT_CELL && *most > CELL_RATIO * least {
            let message = format!(
                "`{}` has {most} characters on `{}` and {least} on `{}`",
                dimension.name, long.id, short.id
            );
            let problem = Diagnostic::new(Lint::UnbalancedCells, message);
            let path = item("dimensions", dimension.index).name("cells").name(short.id.as_str());
            report.at(path, problem.help("say as much of each, or as little"));
        }
    }
}
