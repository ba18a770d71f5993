//! The words of a content file.

use super::FrontMatter;
use crate::markdown::{Dialect, Outline, Wording, plain};
use crate::terms::{Bag, Field, Tally};

/// The words that a page says, by the part that says them.
pub(super) fn bag(
    title: &str,
    front: &FrontMatter,
    outline: &Outline,
    wording: &Wording,
    dialect: &Dialect,
) -> Bag {
    let mut tally = Tally::default();
    tally.add(Field::Title, title);
    for keyword in &front.keywords {
        tally.add(Field::Title, keyword);
    }
    let headings = outline.headings.iter().filter(|heading| !heading.dropped);
    for heading in headings {
        tally.add(Field::Head, &heading.text);
    }
    for name in front.comparison.names() {
        tally.add(Field::Head, name);
    }
    for term in front.terms.iter().flat_map(|(_, terms)| terms) {
        tally.add(Field::Head, term);
    }
    if let Some(description) = &front.description {
        tally.add(Field::Head, description);
    }
    if let Some(facts) = front.subject.as_ref().map(|file| &file.facts) {
        let texts = facts.aliases.iter().chain(&facts.tagline);
        texts.for_each(|text| tally.add(Field::Head, text));
    }
    tally.add(Field::Body, &wording.prose);
    for text in front.comparison.texts() {
        tally.add(Field::Body, &plain(text.markdown, dialect));
    }
    tally.add(Field::Code, &wording.code);
    for phrase in &wording.phrases {
        tally.phrase(phrase);
    }
    tally.bag()
}
