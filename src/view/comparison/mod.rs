//! `comparison`: what the templates of blocks see.

mod argument;
mod measured;
mod said;
mod writer;

use serde::Serialize;

pub use argument::{ArgumentView, argument};
pub use measured::{BenchmarkView, MetricView, RowView, shown};
pub use said::{
    CellView, ChoiceView, DimensionView, GroupView, PickView, SourceView, SubjectView, VerdictView,
};
pub use writer::Printer;

use self::writer::Writer;
use crate::comparison::{Choice, Metric};
use crate::diag::Checked;
use crate::site::{PageId, Site, SubjectId, sides};

/// A comparison. Texts are HTML: print them with `safe`.
#[derive(Debug, Clone, Serialize)]
pub struct ComparisonView {
    /// What is compared, in the order of the columns.
    pub subjects: Vec<SubjectView>,
    /// Who has the edge in each dimension, in their order.
    pub tally: Vec<TallyView>,
    /// How many dimensions are even.
    pub even: usize,
    /// How many dimensions were judged: the edges and the even ones.
    pub judged: usize,
    /// The short answer.
    pub verdict: Option<VerdictView>,
    /// Which one, when.
    pub quick_takes: Vec<PickView>,
    /// The same as a compact table.
    pub checklist: Vec<PickView>,
    /// The dimensions, by group, in the order the groups are first named.
    pub groups: Vec<GroupView>,
    /// Whether some dimensions are a tie and others are not, so that hiding the
    /// ties shows the differences.
    pub has_differences: bool,
    /// What was measured.
    pub benchmarks: Vec<BenchmarkView>,
    /// Whether any subject has pros or cons.
    pub has_pros_cons: bool,
    /// The sources, by number.
    pub sources: Vec<SourceView>,
}

/// A dimension in the tally.
#[derive(Debug, Clone, Serialize)]
pub struct TallyView {
    /// What it is called.
    pub name: String,
    /// The id of its place on the page.
    pub anchor: String,
    /// Who has the edge; nobody where it was not judged.
    pub edge: Option<ChoiceView>,
}

/// A title of the form `A vs B: rest`, in its parts.
#[derive(Debug, Clone, Serialize)]
pub struct DuelView {
    /// The sides, in the title's order.
    pub sides: Vec<SideView>,
    /// What stands behind them, its mark included: `: which one?`.
    pub rest: String,
}

/// A side of a title.
#[derive(Debug, Clone, Serialize)]
pub struct SideView {
    /// The name as the title has it.
    pub name: String,
    /// The subject's ink, 1 to 8.
    pub ink: usize,
    /// The subject's page, if it has one.
    pub url: Option<String>,
}

/// The inks of a page's subjects, 1 to 8: their own, or by a hash of their ids,
/// and no two alike until all are used.
pub fn inks(site: &Site, subjects: &[SubjectId]) -> Vec<usize> {
    const INKS: usize = crate::config::INKS.len();
    let mut used = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let entry = &site.subjects.all[*subject];
        let hash = || xxhash_rust::xxh3::xxh3_64(entry.id.as_bytes()) as usize;
        let mut ink = entry.facts.color.unwrap_or_else(hash) % INKS;
        for _ in 0..INKS {
            if !used.contains(&ink) {
                break;
            }
            ink = (ink + 1) % INKS;
        }
        used.push(ink);
    }
    used.into_iter().map(|ink| ink + 1).collect()
}

/// A page's title in its parts, if its sides are subjects of the page.
pub fn duel(site: &Site, id: PageId) -> Option<DuelView> {
    let page = &site.pages[id];
    if page.subjects.is_empty() {
        return None;
    }
    let (names, rest) = sides(&page.document.title)?;
    let inks = inks(site, &page.subjects);
    let side = |name: &&str| {
        let subject = site.subjects.find(name)?;
        let place = page.subjects.iter().position(|own| *own == subject)?;
        let url = site.hubs.all[subject].url.as_ref().map(|url| site.href(url));
        Some(SideView { name: (*name).to_owned(), ink: inks[place], url })
    };
    let sides: Option<Vec<SideView>> = names.iter().map(side).collect();
    Some(DuelView { sides: sides?, rest: rest.to_owned() })
}

/// Who has the edge in each dimension of a page, for lists.
pub fn tally(site: &Site, id: PageId) -> Vec<TallyView> {
    let dimensions = &site.pages[id].document.front.comparison.dimensions;
    if dimensions.is_empty() {
        return Vec::new();
    }
    let people = People::new(site, id);
    let entry = |dimension: &crate::comparison::Dimension| TallyView {
        name: dimension.name.clone(),
        anchor: dimension.anchor.clone(),
        edge: dimension.edge.map(|edge| people.choice(edge)),
    };
    dimensions.iter().map(entry).collect()
}

/// The comparison of a page.
pub fn comparison(site: &Site, id: PageId, printer: Printer<'_>) -> Checked<ComparisonView> {
    let document = &site.pages[id].document;
    let comparison = &document.front.comparison;
    let people = People::new(site, id);
    let mut writer = Writer::new(document, printer);
    let (edges, even) = comparison.tally();
    let judged = edges.iter().sum::<usize>() + even;
    let is_tie = |edge: &Option<ChoiceView>| edge.as_ref().is_some_and(|edge| edge.kind == "tie");
    let tally = tally(site, id);
    let ties = tally.iter().filter(|entry| is_tie(&entry.edge)).count();
    let view = ComparisonView {
        subjects: said::subjects(site, id, &people, &edges, &mut writer),
        has_differences: ties > 0 && ties < tally.len(),
        tally,
        even,
        judged,
        verdict: said::verdict(comparison, &people, &mut writer),
        quick_takes: said::picks("quick_takes", &comparison.quick_takes, &people, &mut writer),
        checklist: said::picks("checklist", &comparison.checklist, &people, &mut writer),
        groups: said::groups(comparison, &people, &mut writer),
        benchmarks: measured::benchmarks(comparison, &people, &mut writer),
        has_pros_cons: crate::comparison::Block::ProsCons.has_data(comparison),
        sources: said::sources(document, printer.targets),
    };
    Checked { value: view, problems: writer.problems }
}

/// A metric of a page, without its note.
pub(super) fn metric(site: &Site, id: PageId, metric: &Metric) -> MetricView {
    measured::metric_view(metric, None, &People::new(site, id))
}

/// The subjects of a page as its blocks name them.
struct People {
    names: Vec<String>,
    inks: Vec<usize>,
    depends: String,
    even: String,
    no_figure: String,
}

impl People {
    fn new(site: &Site, id: PageId) -> Self {
        let page = &site.pages[id];
        let names = subject_names(site, id);
        let text = |key| site.config.strings.text(key);
        Self {
            names,
            inks: inks(site, &page.subjects),
            depends: text("depends"),
            even: text("even"),
            no_figure: text("no_figure"),
        }
    }

    fn ink(&self, subject: usize) -> usize {
        self.inks.get(subject).copied().unwrap_or(1)
    }

    fn choice(&self, choice: Choice) -> ChoiceView {
        match choice {
            Choice::Subject(subject) => ChoiceView {
                kind: "subject",
                name: self.names[subject].clone(),
                ink: Some(self.ink(subject)),
                place: Some(subject + 1),
            },
            Choice::Depends => {
                ChoiceView { kind: "depends", name: self.depends.clone(), ink: None, place: None }
            }
            Choice::Tie => {
                ChoiceView { kind: "tie", name: self.even.clone(), ink: None, place: None }
            }
        }
    }
}

/// What the subjects that a page declares are called, in their order.
pub fn subject_names(site: &Site, id: PageId) -> Vec<String> {
    let subjects = site.pages[id].document.front.comparison.subjects.iter();
    let name = |subject: &crate::comparison::Subject| {
        let entry = site.subjects.find(&subject.id).map(|id| site.subjects.all[id].name.clone());
        subject.facts.name.clone().or(entry).unwrap_or_else(|| subject.id.clone())
    };
    subjects.map(name).collect()
}
