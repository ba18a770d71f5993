//! Why a page was chosen, for readers.

use super::choose::Chooser;
use super::score::NAMED;
use super::text::shared;
use super::{PageId, Parts, Reason};
use crate::terms::TermId;

/// So many shared words are told.
const TOLD: usize = 3;

impl Chooser<'_> {
    /// What speaks for `other` on a card of `page`, which has the words of `title`.
    pub(super) fn why(
        &self,
        page: PageId,
        other: PageId,
        parts: &Parts,
        title: &[&str],
    ) -> Vec<Reason> {
        let (own, its) = (&self.entries[page], &self.entries[other]);
        let both = |own: &[usize], its: &[usize]| -> Vec<usize> {
            own.iter().filter(|label| its.contains(label)).copied().collect()
        };
        let mut why = Vec::new();
        let subjects = both(&own.subjects, &its.subjects);
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
        let tags = both(&own.tags, &its.tags);
        if parts.tags > 0.0 {
            why.push(Reason::Tags(tags));
        }
        if parts.keywords > 0.0 {
            why.push(Reason::Keywords(both(&own.keywords, &its.keywords)));
        }
        let terms = self.shared_terms(page, other, title);
        if !terms.is_empty() {
            why.push(Reason::Terms(terms));
        }
        why
    }

    /// The words that say most of what two pages share, none of them a part of
    /// another.
    fn shared_terms(&self, page: PageId, other: PageId, title: &[&str]) -> Vec<TermId> {
        let mut shared: Vec<_> = shared(&self.tops[page], &self.tops[other]).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut told: Vec<(TermId, &str)> = Vec::new();
        for (id, _) in shared.into_iter().take(TOLD * 8) {
            let term = self.corpus.term(id);
            let is_told = |(_, other): &(TermId, &str)| is_part(term, other.split(is_gap));
            if says_something(term, title) && !told.iter().any(is_told) {
                told.retain(|(_, other)| !is_part(other, term.split(is_gap)));
                told.push((id, term));
            }
            if told.len() == TOLD {
                break;
            }
        }
        told.into_iter().map(|(id, _)| id).collect()
    }
}

pub(super) fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '_')
}

/// Whether all words of a term are among some others.
fn is_part<'w>(term: &str, words: impl Iterator<Item = &'w str> + Clone) -> bool {
    term.split(' ').all(|word| words.clone().any(|other| other == word))
}

/// Whether a term tells a reader more than the page's title does.
fn says_something(term: &str, title: &[&str]) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_telling = |word: &str| is_word(word) && FUNCTION_WORDS.binary_search(&word).is_err();
    term.split(' ').all(is_telling) && !is_part(term, title.iter().copied())
}

/// Words of English that hold others together. Rare ones weigh little, so this
/// matters where a site is too small to show what is rare.
const FUNCTION_WORDS: [&str; 98] = [
    "about", "after", "again", "all", "also", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "both", "but", "by", "can", "could", "did", "do", "does", "each",
    "few", "for", "from", "get", "had", "has", "have", "how", "if", "in", "into", "is", "it",
    "its", "just", "like", "may", "more", "most", "much", "must", "no", "not", "of", "on", "one",
    "only", "or", "other", "out", "over", "own", "same", "should", "so", "some", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through",
    "to", "too", "two", "up", "use", "used", "using", "very", "vs", "was", "we", "were", "what",
    "when", "where", "which", "while", "who", "why", "will", "with", "without", "would", "you",
    "your",
];
