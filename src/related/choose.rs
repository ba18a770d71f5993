//! The cards of a page, out of its candidates.

use super::score::{Candidates, NAMED, NEAR_DUPLICATE};
use super::text::Top;
use super::{Entry, PageId, Parts, Reason, Related};
use crate::terms::Corpus;

/// So many shared words are told.
const TOLD: usize = 3;

pub(super) struct Chooser<'a> {
    entries: &'a [Entry],
    corpus: &'a Corpus,
    tops: &'a [Top],
    candidates: &'a [Candidates],
    limit: usize,
    /// The pages that may be led to, by title.
    by_title: Vec<PageId>,
    /// Each page's place in `by_title`, or where it would be.
    places: Vec<usize>,
}

impl<'a> Chooser<'a> {
    pub(super) fn new(
        entries: &'a [Entry],
        corpus: &'a Corpus,
        tops: &'a [Top],
        candidates: &'a [Candidates],
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
        Self { entries, corpus, tops, candidates, limit, by_title: targets, places }
    }

    pub(super) fn choose(&self, page: PageId) -> Vec<Related> {
        let entry = &self.entries[page];
        let candidates = &self.candidates[page].best;
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
        for (other, parts) in self.balanced(page, &cards) {
            let why = self.why(page, other, &parts);
            cards.push(Related { page: other, parts, why });
        }
        self.fill(page, &mut cards);
        cards
    }

    /// The best candidates that differ from one another, no subject of the page
    /// taking more than half of the cards while another has good ones.
    fn balanced(&self, page: PageId, pinned: &[Related]) -> Vec<(PageId, Parts)> {
        let subjects = &self.entries[page].subjects;
        let mut picked: Vec<PageId> = pinned.iter().map(|card| card.page).collect();
        let mut rest: Vec<(PageId, Parts)> = Vec::new();
        for (other, parts) in &self.candidates[page].best {
            if !picked.contains(other) && !self.repeats(*other, &picked) {
                rest.push((*other, *parts));
            }
        }
        let good = rest.first().map_or(0.0, |(_, parts)| parts.score() / 2.0);
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
            let Some(at) = fair.or((!rest.is_empty()).then_some(0)) else { break };
            let (other, parts) = rest.remove(at);
            picked.push(other);
            chosen.push((other, parts));
            rest.retain(|(other, _)| !self.repeats(*other, &picked));
        }
        chosen
    }

    /// Whether a page compares what a picked one does, or says the same.
    fn repeats(&self, page: PageId, picked: &[PageId]) -> bool {
        let subjects = &self.entries[page].subjects;
        picked.iter().any(|other| {
            let is_view = subjects.len() > 1 && *subjects == self.entries[*other].subjects;
            is_view || self.says_the_same(page, *other) || self.says_the_same(*other, page)
        })
    }

    fn says_the_same(&self, page: PageId, other: PageId) -> bool {
        let candidates = self.candidates[page].best.iter();
        let mut same = candidates.filter(|(_, parts)| parts.text >= NEAR_DUPLICATE);
        same.any(|(candidate, _)| *candidate == other)
    }

    fn why(&self, page: PageId, other: PageId, parts: &Parts) -> Vec<Reason> {
        let (own, its) = (&self.entries[page], &self.entries[other]);
        let shared = |own: &[usize], its: &[usize]| -> Vec<usize> {
            own.iter().filter(|label| its.contains(label)).copied().collect()
        };
        let mut why = Vec::new();
        let subjects = shared(&own.subjects, &its.subjects);
        if subjects.len() > 1 && own.subjects == its.subjects {
            why.push(Reason::View);
        } else if !subjects.is_empty() {
            why.push(Reason::Subjects(subjects));
        }
        if parts.links > 0.0 || parts.mentions > 0.0 {
            let is_named =
                own.links.contains(&other) || parts.links == 0.0 && parts.mentions >= NAMED;
            why.push(if is_named { Reason::Named } else { Reason::Names });
        }
        let tags = shared(&own.tags, &its.tags);
        if parts.tags > 0.0 {
            why.push(Reason::Tags(tags));
        }
        if parts.keywords > 0.0 {
            why.push(Reason::Keywords(shared(&own.keywords, &its.keywords)));
        }
        let terms = self.shared_terms(page, other);
        if !terms.is_empty() {
            why.push(Reason::Terms(terms));
        }
        why
    }

    /// The words that say most of what two pages share, none of them a part of
    /// another.
    fn shared_terms(&self, page: PageId, other: PageId) -> Vec<String> {
        let its = &self.tops[other];
        let shared = self.tops[page].iter().filter_map(|(term, weight)| {
            let (_, there) = its.iter().find(|(own, _)| own == term)?;
            Some((*term, weight * there))
        });
        let mut shared: Vec<_> = shared.collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut told: Vec<&str> = Vec::new();
        for (term, _) in shared.into_iter().take(TOLD * 4) {
            let term = self.corpus.term(term);
            let is_word = term.chars().filter(|c| c.is_alphabetic()).count() > 1;
            if !is_word || told.iter().any(|other| is_part(term, other)) {
                continue;
            }
            told.retain(|other| !is_part(other, term));
            told.push(term);
        }
        told.truncate(TOLD);
        told.into_iter().map(str::to_owned).collect()
    }

    /// Every page has cards: of its category, then of its neighbours by title.
    fn fill(&self, page: PageId, cards: &mut Vec<Related>) {
        let entry = &self.entries[page];
        let place = self.places[page];
        let after = self.by_title[place..].iter();
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

/// Whether all words of a term stand in another.
fn is_part(term: &str, whole: &str) -> bool {
    term.split(' ').all(|word| whole.split([' ', '-', '.', '_']).any(|part| part == word))
}
