//! What speaks for each page, seen from one page.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use super::text::{Index, Top, common};
use super::{Entry, PageId, Parts};
use crate::terms::{Corpus, phrase};

const SUBJECTS: f32 = 0.4;
const KEYWORDS: f32 = 0.25;
const TAGS: f32 = 0.1;
/// The page names the other's title; and the other way round.
pub(super) const NAMED: f32 = 0.3;
const NAMES: f32 = 0.1;
/// The page links to the other; and the other way round.
const LINKED: f32 = 0.3;
const LINKS: f32 = 0.15;

/// From this cosine on two pages say the same.
pub(super) const NEAR_DUPLICATE: f32 = 0.9;

/// A label, title or phrase leads to so many pages.
const PAGES: usize = 192;

/// The text channel is added up for so many pages at once: what a processor has
/// near, however many there are.
const BLOCK: usize = 1 << 14;

/// A page that something speaks for.
pub(super) type Candidate = (PageId, Parts);

pub(super) struct Scorer<'a> {
    entries: &'a [Entry<'a>],
    corpus: &'a Corpus,
    tops: &'a [Top],
    index: Index,
    subjects: Labels,
    keywords: Labels,
    tags: Labels,
    /// The pages that have a title.
    titled: HashMap<u64, Vec<u32>>,
    /// The pages that name a page by its title.
    named_by: Vec<Vec<u32>>,
    linked_by: Vec<Vec<u32>>,
}

/// What is added up for one page.
pub(super) struct Scratch {
    /// The text channel of the pages of a block, which most of them have alone.
    text: Vec<f32>,
    /// The pages of the block whose `text` was not 0.
    met: Vec<u32>,
    /// Where each page stands in `others`, from 1.
    slots: Vec<u32>,
    /// The pages that have other channels.
    others: Vec<Candidate>,
}

impl Scratch {
    fn parts(&mut self, page: PageId) -> &mut Parts {
        let slot = &mut self.slots[page];
        if *slot == 0 {
            self.others.push((page, Parts::default()));
            *slot = self.others.len() as u32;
        }
        &mut self.others[*slot as usize - 1].1
    }

    /// The pages that have other channels, those of a block together.
    fn take_others(&mut self) -> Vec<Candidate> {
        let mut others = std::mem::take(&mut self.others);
        others.iter().for_each(|(page, _)| self.slots[*page] = 0);
        others.sort_unstable_by_key(|(page, _)| page / BLOCK);
        others
    }
}

impl<'a> Scorer<'a> {
    pub(super) fn new(entries: &'a [Entry<'a>], corpus: &'a Corpus, tops: &'a [Top]) -> Self {
        let mut titled: HashMap<u64, Vec<u32>> = HashMap::new();
        for (page, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.is_target) {
            if let Some(title) = phrase(entry.title) {
                titled.entry(title).or_default().push(page as u32);
            }
        }
        let mut scorer = Self {
            entries,
            corpus,
            tops,
            index: Index::new(tops, |page| entries[page].is_target),
            subjects: Labels::new(entries, |entry| &entry.subjects),
            keywords: Labels::new(entries, |entry| &entry.keywords),
            tags: Labels::new(entries, |entry| &entry.tags),
            titled,
            named_by: vec![Vec::new(); entries.len()],
            linked_by: vec![Vec::new(); entries.len()],
        };
        scorer.drop_common_titles();
        for (page, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.is_target) {
            for named in scorer.named(page) {
                scorer.named_by[named].push(page as u32);
            }
            for linked in &entry.links {
                scorer.linked_by[*linked].push(page as u32);
            }
        }
        for pages in scorer.named_by.iter_mut().chain(&mut scorer.linked_by) {
            pages.truncate(PAGES);
        }
        scorer
    }

    /// A title that many pages set apart, such as `Options`, names no page.
    fn drop_common_titles(&mut self) {
        let mut counts: HashMap<u64, usize> = HashMap::new();
        for page in 0..self.entries.len() {
            for phrase in self.corpus.phrases(page) {
                if self.titled.contains_key(phrase) {
                    *counts.entry(*phrase).or_default() += 1;
                }
            }
        }
        let limit = common(self.entries.len());
        self.titled.retain(|title, _| counts.get(title).is_none_or(|count| *count <= limit));
    }

    /// The pages whose title a page sets apart in its text.
    fn named(&self, page: PageId) -> Vec<PageId> {
        let phrases = self.corpus.phrases(page).iter();
        let pages = phrases.filter_map(|phrase| self.titled.get(phrase)).flatten();
        let mut pages: Vec<PageId> =
            pages.map(|named| *named as PageId).filter(|named| *named != page).collect();
        pages.sort_unstable();
        pages.dedup();
        pages
    }

    pub(super) fn scratch(&self) -> Scratch {
        let pages = self.entries.len();
        let (met, others) = (Vec::new(), Vec::new());
        Scratch { text: vec![0.0; pages.min(BLOCK)], met, slots: vec![0; pages], others }
    }

    /// The best candidates for a page's cards: enough of them that filters leave
    /// `limit`.
    pub(super) fn candidates(
        &self,
        page: PageId,
        limit: usize,
        scratch: &mut Scratch,
    ) -> Vec<Candidate> {
        let entry = &self.entries[page];
        let mut label =
            |labels: &Labels, own: &[usize], weight, part: fn(&mut Parts) -> &mut f32| {
                labels.score(own, |other, share| *part(scratch.parts(other)) += weight * share);
            };
        label(&self.subjects, &entry.subjects, SUBJECTS, |parts| &mut parts.subjects);
        label(&self.keywords, &entry.keywords, KEYWORDS, |parts| &mut parts.keywords);
        label(&self.tags, &entry.tags, TAGS, |parts| &mut parts.tags);
        for named in self.named(page) {
            scratch.parts(named).mentions += NAMED;
        }
        for names in &self.named_by[page] {
            scratch.parts(*names as PageId).mentions += NAMES;
        }
        for linked in entry.links.iter().filter(|linked| self.entries[**linked].is_target) {
            scratch.parts(*linked).links += LINKED;
        }
        for links in &self.linked_by[page] {
            scratch.parts(*links as PageId).links += LINKS;
        }
        self.best(page, limit * 8, scratch)
    }

    /// The best of all that something speaks for. One that has the text channel
    /// alone is among them only if it is among the best by that.
    fn best(&self, page: PageId, count: usize, scratch: &mut Scratch) -> Vec<Candidate> {
        let mut others = scratch.take_others();
        let mut rest = &mut others[..];
        let terms = self.tops[page].iter();
        let mut lists: Vec<_> =
            terms.map(|(term, weight)| (self.index.pages(*term), *weight)).collect();
        let excluded = &self.entries[page].excluded;
        let is_wanted = |other: PageId| other != page && !excluded.contains(&other);
        let mut by_text = Heaviest::new(count);
        for start in (0..self.entries.len()).step_by(BLOCK) {
            add_up(&mut lists, start, scratch);
            let own = rest.partition_point(|(other, _)| *other < start + BLOCK);
            let (own, behind) = rest.split_at_mut(own);
            for (other, parts) in own {
                parts.text = std::mem::take(&mut scratch.text[*other - start]);
            }
            rest = behind;
            for other in scratch.met.drain(..) {
                let text = std::mem::take(&mut scratch.text[other as usize - start]);
                // Nearly all end here, before anything else is looked up.
                if text > 0.0 && text >= by_text.least && is_wanted(other as usize) {
                    by_text.push(text, other);
                }
            }
        }
        let mut best = others;
        best.retain(|(other, _)| is_wanted(*other));
        best.extend(by_text.pages());
        best.sort_unstable_by(|a, b| b.1.score().total_cmp(&a.1.score()).then(a.0.cmp(&b.0)));
        best.truncate(count);
        best
    }
}

/// Adds up the text channel of the pages of a block. Of each term's `lists`, whose
/// pages ascend, what lies behind the block is left.
fn add_up(lists: &mut [(&[(u32, f32)], f32)], start: usize, scratch: &mut Scratch) {
    let Scratch { text, met, .. } = scratch;
    for (list, weight) in lists {
        while let [(other, there), behind @ ..] = list {
            let Some(text) = text.get_mut(*other as usize - start) else { break };
            if *text == 0.0 {
                met.push(*other);
            }
            *text += *weight * there;
            *list = behind;
        }
    }
}

/// The pages that the text channel speaks for most.
struct Heaviest {
    heap: BinaryHeap<Reverse<(Ordered, Reverse<u32>)>>,
    count: usize,
    /// What is less is not among them.
    least: f32,
}

impl Heaviest {
    fn new(count: usize) -> Self {
        Self { heap: BinaryHeap::with_capacity(count + 1), count, least: 0.0 }
    }

    fn push(&mut self, text: f32, page: u32) {
        self.heap.push(Reverse((Ordered(text), Reverse(page))));
        if self.heap.len() > self.count {
            self.heap.pop();
            self.least = self.heap.peek().map_or(0.0, |Reverse((Ordered(text), _))| *text);
        }
    }

    fn pages(self) -> impl Iterator<Item = Candidate> {
        self.heap.into_iter().map(|Reverse((Ordered(text), Reverse(page)))| {
            (page as PageId, Parts { text, ..Parts::default() })
        })
    }
}

/// A score that can be sorted.
#[derive(PartialEq)]
struct Ordered(f32);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// From labels to the pages that have them.
struct Labels {
    pages: Vec<Vec<u32>>,
    /// How much a label says; nothing if many pages have it.
    weights: Vec<f32>,
}

impl Labels {
    fn new(entries: &[Entry<'_>], of: impl for<'e> Fn(&'e Entry<'_>) -> &'e Vec<usize>) -> Self {
        let count = entries.iter().flat_map(&of).map(|label| label + 1).max().unwrap_or(0);
        let mut pages = vec![Vec::new(); count];
        for (page, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.is_target) {
            for label in of(entry) {
                pages[*label].push(page as u32);
            }
        }
        let limit = common(entries.len());
        let weight = |pages: &Vec<u32>| match pages.len() {
            0 => 0.0,
            with if with > limit => 0.0,
            with => (1.0 + entries.len() as f32 / with as f32).ln(),
        };
        let weights = pages.iter().map(weight).collect();
        pages.iter_mut().for_each(|pages| pages.truncate(PAGES));
        Self { pages, weights }
    }

    /// The share of a page's labels that each other page has, by weight.
    fn score(&self, own: &[usize], mut add: impl FnMut(PageId, f32)) {
        let all: f32 = own.iter().map(|label| self.weights[*label]).sum();
        for label in own.iter().filter(|label| self.weights[**label] > 0.0) {
            for page in &self.pages[*label] {
                add(*page as PageId, self.weights[*label] / all);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::related::text;
    use crate::terms::{Collector, Field, Tally};

    #[test]
    fn pages_far_apart_are_added_up_like_near_ones() {
        let pages = 2 * BLOCK + 9;
        let mut collector = Collector::default();
        for page in 0..pages {
            let mut tally = Tally::default();
            tally.add(Field::Body, &format!("w{}", page % BLOCK));
            collector.add(&tally.bag());
        }
        let corpus = collector.finish(|_| true);
        let of = |page| Entry {
            is_target: true,
            subjects: Vec::from_iter([3, 3 + BLOCK].contains(&page).then_some(0)),
            ..Entry::default()
        };
        let entries: Vec<Entry<'_>> = (0..pages).map(of).collect();
        let tops = text::tops(&corpus);
        let scorer = Scorer::new(&entries, &corpus, &tops);
        let mut scratch = scorer.scratch();
        let mut found = |page| scorer.candidates(page, 1, &mut scratch);
        let places = |found: &[Candidate]| found.iter().map(|(page, _)| *page).collect::<Vec<_>>();
        assert_eq!(places(&found(3)), [3 + BLOCK, 3 + 2 * BLOCK]);
        assert_eq!(places(&found(5 + 2 * BLOCK)), [5, 5 + BLOCK]);
        let best = &found(3 + BLOCK)[0];
        assert_eq!((best.0, best.1.text > 0.99, best.1.subjects > 0.0), (3, true, true));
        assert_eq!(places(&found(BLOCK - 1)), [2 * BLOCK - 1]);
    }
}
