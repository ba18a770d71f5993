//! How often a subject has the edge.

use std::cmp::Reverse;

use super::super::{Page, Site, SubjectId};
use crate::comparison::Choice;

/// How a subject does in some dimensions. Those that were not judged count for
/// nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Where it has the edge.
    pub edges: usize,
    /// Where nobody has: a tie, or it depends.
    pub even: usize,
    /// How many were judged.
    pub judged: usize,
}

/// How a subject does over all comparisons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// In all dimensions.
    pub score: Score,
    /// How many comparisons judged any.
    pub comparisons: usize,
    /// By group of dimensions, the largest first; dimensions of no group last.
    pub groups: Vec<GroupScore>,
}

/// How a subject does in the dimensions of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupScore {
    /// The group.
    pub name: Option<String>,
    /// How it does there.
    pub score: Score,
}

impl Score {
    fn add(&mut self, edge: Option<Choice>, place: usize) {
        let Some(edge) = edge else { return };
        self.judged += 1;
        self.edges += usize::from(edge == Choice::Subject(place));
        self.even += usize::from(!matches!(edge, Choice::Subject(_)));
    }

    /// Where another has the edge.
    pub fn behind(self) -> usize {
        self.judged - self.edges - self.even
    }
}

impl Page {
    /// How one of its subjects does.
    pub fn score(&self, subject: SubjectId) -> Score {
        let mut score = Score::default();
        if let Some(place) = self.subjects.iter().position(|own| *own == subject) {
            for dimension in &self.document.front.comparison.dimensions {
                score.add(dimension.edge, place);
            }
        }
        score
    }
}

impl Site {
    /// How a subject does over all comparisons that count.
    pub fn record(&self, subject: SubjectId) -> Record {
        let mut record = Record::default();
        for id in &self.hubs.all[subject].comparisons {
            let page = &self.pages[*id];
            let Some(place) = page.subjects.iter().position(|own| *own == subject) else {
                continue;
            };
            let before = record.score.judged;
            for dimension in &page.document.front.comparison.dimensions {
                if dimension.edge.is_some() {
                    record.score.add(dimension.edge, place);
                    record.group(dimension.group.as_deref()).add(dimension.edge, place);
                }
            }
            record.comparisons += usize::from(record.score.judged > before);
        }
        record.groups.sort_by_cached_key(|group| {
            let name = group.name.as_ref().map(|name| name.to_lowercase());
            (name.is_none(), Reverse(group.score.judged), name)
        });
        record
    }
}

impl Record {
    /// The score of a group, whose name may be written in any case.
    fn group(&mut self, name: Option<&str>) -> &mut Score {
        let lower = |name: Option<&str>| name.map(str::to_lowercase);
        let wanted = lower(name);
        let found = self.groups.iter().position(|group| lower(group.name.as_deref()) == wanted);
        let at = found.unwrap_or_else(|| {
            let name = name.map(str::to_owned);
            self.groups.push(GroupScore { name, score: Score::default() });
            self.groups.len() - 1
        });
        &mut self.groups[at].score
    }
}
