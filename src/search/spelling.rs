//! The words that a mistyped one may stand for.

use super::postings::Postings;
use crate::terms::Corpus;

/// So many, those that most titles and headings have: the list is loaded whole.
const KEPT: usize = 8000;
/// Of shorter words, every slip is another word.
const SHORTEST: usize = 4;

/// The words of titles, headings, subjects and tags, in order.
pub(super) fn list(corpus: &Corpus, postings: &Postings) -> Vec<String> {
    let is_name =
        |word: &str| word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
    let ids = 0..corpus.term_count() as u32;
    let named = ids.filter(|id| postings.named(*id) > 0 && is_name(corpus.term(*id)));
    let mut ids: Vec<u32> = named.collect();
    ids.sort_unstable_by(|a, b| {
        let uses = |id: &u32| postings.named(*id);
        uses(b).cmp(&uses(a)).then_with(|| corpus.term(*a).cmp(corpus.term(*b)))
    });
    ids.truncate(KEPT);
    let mut words: Vec<String> = ids.into_iter().map(|id| corpus.term(id).to_owned()).collect();
    words.sort_unstable();
    words
}
