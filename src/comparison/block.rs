//! The blocks that an article's data is printed as.

use super::Comparison;

/// A block of an article. To add one: a variant and its lines here, its view
/// in `view/comparison`, a template `blocks/NAME.html`, and its Markdown in
/// `render/alternate.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// The short answer.
    Verdict,
    /// Which one, when.
    QuickTakes,
    /// Side by side.
    Dimensions,
    /// What was measured.
    Benchmarks,
    /// What speaks for and against each.
    ProsCons,
    /// When to use each.
    UseWhen,
    /// Picks as a compact table.
    Checklist,
    /// The sources.
    Sources,
}

impl Block {
    /// Every block, in the order they are printed in.
    pub const ALL: [Self; 8] = [
        Self::Verdict,
        Self::QuickTakes,
        Self::Dimensions,
        Self::Benchmarks,
        Self::ProsCons,
        Self::UseWhen,
        Self::Checklist,
        Self::Sources,
    ];

    /// What its marker, its id on the page and its template are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::QuickTakes => "quick-takes",
            Self::Dimensions => "dimensions",
            Self::Benchmarks => "benchmarks",
            Self::ProsCons => "pros-cons",
            Self::UseWhen => "use-when",
            Self::Checklist => "checklist",
            Self::Sources => "sources",
        }
    }

    /// The text that is its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::QuickTakes => "quick_takes",
            Self::ProsCons => "pros_cons",
            Self::UseWhen => "use_when",
            other => other.name(),
        }
    }

    /// The block that a marker names.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|block| block.name() == name)
    }

    /// Whether it stands before the body unless a marker says otherwise.
    pub fn leads(self) -> bool {
        matches!(self, Self::Verdict | Self::QuickTakes)
    }

    /// Whether there is anything to print.
    pub fn has_data(self, comparison: &Comparison) -> bool {
        let subjects = &comparison.subjects;
        match self {
            Self::Verdict => comparison.verdict.is_some(),
            Self::QuickTakes => !comparison.quick_takes.is_empty(),
            Self::Dimensions => !comparison.dimensions.is_empty(),
            Self::Benchmarks => !comparison.benchmarks.is_empty(),
            Self::ProsCons => subjects.iter().any(|s| !(s.pros.is_empty() && s.cons.is_empty())),
            Self::UseWhen => subjects
                .iter()
                .any(|s| [&s.use_when, &s.avoid_when, &s.examples].iter().any(|l| !l.is_empty())),
            Self::Checklist => !comparison.checklist.is_empty(),
            Self::Sources => !comparison.sources.is_empty(),
        }
    }
}
