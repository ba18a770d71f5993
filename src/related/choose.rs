//! The cards of a page, out of its candidates.

use std::collections::VecDeque;

use super::score::{Candidate, NEAR_DUPLICATE};
use super::text::{Top, shared};
use super::why::is_gap;
use super::{Cards, Entry, PageId, Parts, Reason, Related};
use crate::terms::Corpus;

pub(super) struct Chooser<'a> {
    pub(super) entries: &'a [Entry<'a>],
    pub(super) corpus: &'a Corpus,
    pub(super) tops: &'a [Top],
    limit: usize,
    /// The pages that may be led to, by title.
    by_title: Vec<PageId>,
    /// Each page's place in `by_title`, or where it would be.
    places: Vec<usize>,
}

impl<'a> Chooser<'a> {
    pub(super) fn new(
        entries: &'a [Entry<'a>],
        corpus: &'a Corpus,
        tops: &'a [Top],
        limit: usize,
    ) -> Self {
        let mut by_title: Vec<(String, PageId)> = entries
            .iter()
            .enumerate()
            .map(|(page, entry)| (entry.title.to_lowercase(), page))
            .collect();
        by_title.sort();
        let mut places = vec![0; entries.len()];
        let mut targets = Vec::new();
        for (_, page) in by_title {
            places[page] = targets.len();
            if entries[page].is_target {
                targets.push(page);
            }
        }
        Self { entries, corpus, tops, limit, by_title: targets, places }
    }

    /// The cards of a page; `candidates` are sorted, the best first.
    pub(super) fn choose(&self, page: PageId, candidates: &[Candidate]) -> Cards {
        let entry = &self.entries[page];
        let parts = |other: PageId| {
            let found = candidates.iter().find(|(candidate, _)| *candidate == other);
            found.map(|(_, parts)| *parts).unwrap_or_default()
        };
        let mut cards: Vec<Related> = Vec::new();
        for pinned in &entry.pinned {
            if *pinned != page && cards.iter().all(|card| card.page != *pinned) {
                let why = vec![Reason::Pinned];
                cards.push(Related { page: *pinned, parts: parts(*pinned), why });
            }
        }
        cards.truncate(self.limit);
        let title = entry.title.to_lowercase();
        let title: Vec<&str> = title.split(is_gap).collect();
        for (other, parts) in self.balanced(page, candidates, &cards) {
            let why = self.why(page, other, &parts, &title);
            cards.push(Related { page: other, parts, why });
        }
        self.fill(page, &mut cards);
        cards.into_iter().collect()
    }

    /// The best candidates that differ from one another, no subject of the page
    /// taking more than half of the cards while another has good ones.
    fn balanced(
        &self,
        page: PageId,
        candidates: &[Candidate],
        pinned: &[Related],
    ) -> Vec<Candidate> {
        let subjects = &self.entries[page].subjects;
        let mut picked: Vec<PageId> = pinned.iter().map(|card| card.page).collect();
        let is_new = |(other, _): &&Candidate| !picked.contains(other);
        let mut rest: VecDeque<Candidate> = candidates.iter().filter(is_new).copied().collect();
        let good = rest.front().map_or(0.0, |(_, parts)| parts.score() / 2.0);
        let share = self.limit.div_ceil(2);
        let mut chosen = Vec::new();
        while picked.len() < self.limit {
            let has = |page: PageId, subject: &usize| self.entries[page].subjects.contains(subject);
            let is_full = |subject: &&usize| {
                picked.iter().filter(|page| has(**page, subject)).count() >= share
            };
            let full: Vec<&usize> = subjects.iter().filter(is_full).collect();
            let is_crowding = |page: PageId| full.iter().any(|subject| has(page, subject));
            let fair = rest.iter().position(|(page, parts)| {
                let is_others = subjects.iter().any(|subject| has(*page, subject));
                !is_crowding(*page) && (full.is_empty() || is_others && parts.score() > good)
            });
            let Some((other, parts)) = rest.remove(fair.unwrap_or(0)) else { break };
            if !self.repeats(other, &picked) {
                picked.push(other);
                chosen.push((other, parts));
            }
        }
        chosen
    }

    /// Whether a page compares what a picked one does, or says the same.
    fn repeats(&self, page: PageId, picked: &[PageId]) -> bool {
        let subjects = &self.entries[page].subjects;
        picked.iter().any(|other| {
            let is_view = subjects.len() > 1 && *subjects == self.entries[*other].subjects;
            is_view || self.says_the_same(page, *other)
        })
    }

    fn says_the_same(&self, page: PageId, other: PageId) -> bool {
        let shared = shared(&self.tops[page], &self.tops[other]);
        shared.map(|(_, weight)| weight).sum::<f32>() >= NEAR_DUPLICATE
    }

    /// Every page has cards: of its category, then of its neighbours by title.
    fn fill(&self, page: PageId, cards: &mut Vec<Related>) {
        if cards.len() >= self.limit {
            return;
        }
        let entry = &self.entries[page];
        let place = self.places[page];
        let after = self.by_title[place..].iter().filter(|other| **other != page);
        let before = self.by_title[..place].iter().rev();
        let (mut after, mut before) = (after.peekable(), before.peekable());
        let mut near = Vec::new();
        while near.len() < self.limit * 8 && (after.peek().is_some() || before.peek().is_some()) {
            near.extend(after.next().copied());
            near.extend(before.next().copied());
        }
        let category = |other: &PageId| {
            let its = &self.entries[*other].categories;
            entry.categories.iter().find(|category| its.contains(category)).copied()
        };
        let of_category =
            near.iter().filter_map(|other| Some((*other, Reason::Category(category(other)?))));
        let rest = near.iter().map(|other| (*other, Reason::Neighbour));
        for (other, why) in of_category.chain(rest) {
            if cards.len() >= self.limit {
                break;
            }
            let is_new = other != page
                && !entry.excluded.contains(&other)
                && cards.iter().all(|card| card.page != other);
            if is_new {
                cards.push(Related { page: other, parts: Parts::default(), why: vec![why] });
            }
        }
    }
}
