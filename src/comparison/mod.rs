//! The comparison itself, as data: what is compared, in which respects, what
//! was measured, who comes out ahead, and on whose word.
//!
//! Each file is a structure of the front matter: its type, how it is read, and
//! what of it is nonsense by itself. What is odd about the whole is told by
//! [`lints`]. Subjects are referred to by their place in
//! [`Comparison::subjects`]; a name that is none of them is an error and does
//! not get past reading.

mod benchmark;
mod block;
mod dimension;
pub mod lints;
mod number;
mod outcome;
mod pick;
mod source;
mod subject;
mod texts;

pub use benchmark::{Benchmark, Better, Metric};
pub use block::Block;
pub use dimension::{Cells, Dimension};
pub use number::{Number, Value};
pub use outcome::{Outcome, Ratio, outcome};
pub use pick::{Choice, Pick, Verdict};
pub use source::Source;
pub use subject::{Facts, Subject};
pub use texts::Text;

use serde::{Deserialize, Serialize};

use crate::data::{Blank, Fields, Scope};

/// The structured part of an article's front matter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What is compared, in the order of the columns.
    pub subjects: Vec<Subject>,
    /// The short answer.
    pub verdict: Option<Verdict>,
    /// Which one, when.
    pub quick_takes: Vec<Pick>,
    /// The same as a compact table.
    pub checklist: Vec<Pick>,
    /// The respects in which they are compared.
    pub dimensions: Vec<Dimension>,
    /// What was measured.
    pub benchmarks: Vec<Benchmark>,
    /// Where facts and figures come from.
    pub sources: Vec<Source>,
}

impl Blank for Comparison {
    const BLANK: &'static Self = &Self {
        subjects: Vec::new(),
        verdict: None,
        quick_takes: Vec::new(),
        checklist: Vec::new(),
        dimensions: Vec::new(),
        benchmarks: Vec::new(),
        sources: Vec::new(),
    };
}

impl Comparison {
    /// Takes the structures out of a front matter.
    pub fn read(fields: &mut Fields, scope: &mut Scope<'_>) -> Self {
        let subjects = subject::read_all(fields, scope);
        let ids = &subject::Ids::of(&subjects);
        Self {
            verdict: Verdict::read(fields, ids, scope),
            quick_takes: Pick::read_all(fields, "quick_takes", ids, scope),
            checklist: Pick::read_all(fields, "checklist", ids, scope),
            dimensions: dimension::read_all(fields, ids, scope),
            benchmarks: benchmark::read_all(fields, ids, scope),
            sources: source::read_all(fields, scope),
            subjects,
        }
    }

    /// The first key of front matter that gave it anything.
    pub fn first_key(&self) -> Option<&'static str> {
        let keys = [
            ("subjects", !self.subjects.is_empty()),
            ("verdict", self.verdict.is_some()),
            ("quick_takes", !self.quick_takes.is_empty()),
            ("checklist", !self.checklist.is_empty()),
            ("dimensions", !self.dimensions.is_empty()),
            ("benchmarks", !self.benchmarks.is_empty()),
            ("sources", !self.sources.is_empty()),
        ];
        keys.into_iter().find(|(_, is_there)| *is_there).map(|(key, _)| key)
    }

    /// Whether the page compares things, rather than being about one or none.
    pub fn is_comparison(&self) -> bool {
        self.subjects.len() > 1
    }

    /// The ids that the page's blocks take: no heading may have them.
    pub fn anchors(&self) -> Vec<String> {
        let blocks = Block::ALL.into_iter().filter(|block| block.has_data(self));
        let mut anchors: Vec<String> = blocks.map(|block| block.name().to_owned()).collect();
        anchors.extend(self.quick_takes.iter().map(|take| take.anchor("take")));
        anchors.extend(self.checklist.iter().map(|check| check.anchor("check")));
        anchors.extend(self.dimensions.iter().map(|dimension| dimension.anchor.clone()));
        for benchmark in &self.benchmarks {
            anchors.push(benchmark.anchor.clone());
            anchors.extend(benchmark.metrics.iter().map(|metric| metric.anchor.clone()));
        }
        anchors.extend(self.sources.iter().map(Source::anchor));
        anchors
    }

    /// How many dimensions each subject has the edge in, by its place, and how
    /// many are even. Dimensions that were not judged count for nobody.
    pub fn tally(&self) -> (Vec<usize>, usize) {
        let mut edges = vec![0; self.subjects.len()];
        let mut even = 0;
        for dimension in &self.dimensions {
            match dimension.edge {
                Some(Choice::Subject(subject)) => edges[subject] += 1,
                Some(Choice::Depends | Choice::Tie) => even += 1,
                None => {}
            }
        }
        (edges, even)
    }
}
