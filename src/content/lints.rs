//! What is odd about a file by itself.

use super::{Document, Kind};
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::markdown::{Dialect, placeholder, placeholders};

/// Search engines show about so many characters of a title, and not more.
const TITLE: usize = 70;
/// The same of a description.
const DESCRIPTION: usize = 160;

/// Everything there is to say of a document that could be read.
pub(super) fn check(document: &Document, dialect: &Dialect) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    dates(document, &mut problems);
    title(document, &mut problems);
    description(document, &mut problems);
    section(document, &mut problems);
    let front = &document.front;
    let texts = [
        (front.title.as_ref(), front.title_key()),
        (front.description.as_ref(), Some(front.key("description"))),
    ];
    for (text, path) in texts {
        let (Some(text), Some(path)) = (text, path) else { continue };
        for word in placeholders(text, dialect) {
            let place = Place::within(&document.file, path.clone(), word);
            problems.push(placeholder(word).at(place));
        }
    }
    problems
}

fn dates(document: &Document, problems: &mut Vec<Diagnostic>) {
    let front = &document.front;
    let (Some(date), Some(updated)) = (front.date, front.updated) else { return };
    if updated.day() < date.day() {
        let message = format!("updated on {updated}, before it was published on {date}");
        let place = Place::value(&document.file, front.key("updated"));
        problems.push(Diagnostic::new(Lint::UpdatedBeforeDate, message).at(place));
    }
}

/// A section prints no blocks, so what compares belongs into an article.
fn section(document: &Document, problems: &mut Vec<Diagnostic>) {
    let Some(key) = document.front.comparison.first_key() else { return };
    if document.kind == Kind::Section {
        let message = format!("a section shows no `{key}`");
        let help = "what is compared stands in an article: `versus new` makes one";
        let place = Place::key(&document.file, KeyPath::top(key));
        problems.push(Diagnostic::new(Lint::SectionComparison, message).help(help).at(place));
    }
}

fn title(document: &Document, problems: &mut Vec<Diagnostic>) {
    let length = document.title.chars().count();
    if length <= TITLE {
        return;
    }
    let message = format!("a title of {length} characters");
    let help = format!("search engines show about {TITLE}: say the rest in `description`");
    let place = place(document, document.front.title_key());
    problems.push(Diagnostic::new(Lint::TitleLong, message).help(help).at(place));
}

fn description(document: &Document, problems: &mut Vec<Diagnostic>) {
    let front = &document.front;
    let length = front.description.as_ref().map_or(0, |text| text.trim().chars().count());
    if length > DESCRIPTION {
        let message = format!("a description of {length} characters");
        let help = format!(
            "search engines show about {DESCRIPTION}: begin with what matters, and let the rest be the first paragraph"
        );
        let place = place(document, Some(front.key("description")));
        problems.push(Diagnostic::new(Lint::DescriptionLong, message).help(help).at(place));
    }
    // An empty page has nothing to describe.
    let holds = document.outline.words > 0 || !front.comparison.subjects.is_empty();
    let is_silent = length == 0 && document.outline.summary.is_empty();
    if is_silent && holds && document.kind == Kind::Page && front.is_listed() {
        let message = "neither a description nor a paragraph to make one of";
        let help = "add `description: …`: lists, feeds and search engines show it";
        let place = place(document, None);
        problems.push(Diagnostic::new(Lint::DescriptionMissing, message).help(help).at(place));
    }
}

fn place(document: &Document, path: Option<KeyPath>) -> Place {
    match path {
        Some(path) => Place::value(&document.file, path),
        None => Place::file(&document.file),
    }
}
