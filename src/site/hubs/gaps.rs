//! The pairs that nobody has compared yet, and why one might.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::SURVEY;
use crate::site::{Site, SubjectId};

/// A pair that is worth writing about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The one that is compared more often, or comes first by name.
    pub left: SubjectId,
    /// The other.
    pub right: SubjectId,
    /// What both are compared with, by name.
    pub shared: Vec<SubjectId>,
    /// The category that both are of.
    pub category: Option<String>,
    /// How many comparisons each of the two has.
    pub comparisons: [usize; 2],
}

/// The pairs of compared subjects that no comparison has and that are compared
/// with the same third or are of one category, the best first: by how many
/// thirds they share, then those of one category, then by how often the two are
/// compared, then by name.
pub fn gaps(site: &Site) -> Vec<Gap> {
    let hubs = &site.hubs.all;
    let mut thirds: HashMap<(SubjectId, SubjectId), Vec<SubjectId>> = HashMap::new();
    let mut by_category: BTreeMap<&str, Vec<SubjectId>> = BTreeMap::new();
    for (id, hub) in hubs.iter().enumerate() {
        let mut rivals: Vec<SubjectId> = hub.rivals.iter().map(|rival| rival.subject).collect();
        rivals.sort_unstable();
        for pair in pairs(&rivals) {
            thirds.entry(pair).or_default().push(id);
        }
        if let Some(category) = hub.category.as_deref().filter(|_| !rivals.is_empty()) {
            by_category.entry(category).or_default().push(id);
        }
    }
    for pair in by_category.values().flat_map(|ids| pairs(ids)) {
        thirds.entry(pair).or_default();
    }
    // Also by an article that counts for nothing else.
    for page in &site.pages {
        let mut subjects = page.subjects.to_vec();
        subjects.sort_unstable();
        subjects.truncate(SURVEY);
        for pair in pairs(&subjects) {
            thirds.remove(&pair);
        }
    }
    let gap = |(pair, shared)| gap(site, pair, shared);
    let mut gaps: Vec<Gap> = thirds.into_iter().map(gap).collect();
    let name = |id: SubjectId| site.subjects.all[id].name.to_lowercase();
    gaps.sort_by_cached_key(|gap| {
        let rank =
            (gap.shared.len(), gap.category.is_some(), gap.comparisons.iter().sum::<usize>());
        (Reverse(rank), name(gap.left), name(gap.right), gap.left, gap.right)
    });
    gaps
}

/// Every two of some subjects, each pair in their order.
fn pairs(ids: &[SubjectId]) -> impl Iterator<Item = (SubjectId, SubjectId)> {
    ids.iter().enumerate().flat_map(|(at, one)| ids[at + 1..].iter().map(|other| (*one, *other)))
}

fn gap(site: &Site, (one, other): (SubjectId, SubjectId), mut shared: Vec<SubjectId>) -> Gap {
    let hubs = &site.hubs.all;
    let count = |id: SubjectId| hubs[id].comparisons.len();
    let name = |id: SubjectId| site.subjects.all[id].name.to_lowercase();
    let rank = |id: SubjectId| (Reverse(count(id)), name(id), id);
    let (left, right) = if rank(one) <= rank(other) { (one, other) } else { (other, one) };
    shared.sort_by_cached_key(|id| (name(*id), *id));
    let category =
        hubs[left].category.clone().filter(|_| hubs[left].category == hubs[right].category);
    Gap { left, right, shared, category, comparisons: [count(left), count(right)] }
}
