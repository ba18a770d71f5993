//! The words of a content file.

use super::FrontMatter;
use crate::markdown::{Dialect, Outline, Wording, plain};
use crate::terms::{Bag, Field};

/// The words that a page says, by the part that says them.
pub(super) fn bag(
    title: &str,
    front: &FrontMatter,
    outline: &Outline,
    wording: &Wording,
    dialect: &Dialect,
) -> Bag {
    let mut bag = Bag::default();
    bag.add(Field::Title, title);
    for keyword in &front.keywords {
        bag.add(Field::Title, keyword);
    }
    let headings = outline.headings.iter().filter(|heading| !heading.dropped);
    for heading in headings {
        bag.add(Field::Head, &heading.text);
    }
    for name in front.comparison.names() {
        bag.add(Field::Head, name);
    }
    for term in front.terms.iter().flat_map(|(_, terms)| terms) {
        bag.add(Field::Head, term);
    }
    if let Some(description) = &front.description {
        bag.add(Field::Head, description);
    }
    if let Some(facts) = front.subject.as_ref().map(|file| &file.facts) {
        let texts = facts.aliases.iter().chain(&facts.tagline);
        texts.for_each(|text| bag.add(Field::Head, text));
    }
    bag.add(Field::Body, &wording.prose);
    for text in front.comparison.texts() {
        bag.add(Field::Body, &plain(text.markdown, dialect));
    }
    bag.add(Field::Code, &wording.code);
    for phrase in &wording.phrases {
        bag.phrase(phrase);
    }
    bag
}
