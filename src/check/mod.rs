//! Lints that need the whole site, or today's date: a file a group.

mod cards;
mod freshness;
mod links;
mod taxonomy;

use crate::content::Document;
use crate::data::Date;
use crate::diag::{Diagnostic, KeyPath, Place};
use crate::site::Site;

/// Everything there is to say of a site that is linked. Without `today` nothing
/// is said of what depends on the day.
pub fn check(site: &Site, today: Option<Date>) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    links::check(site, &mut findings);
    taxonomy::check(site, &mut findings);
    cards::check(site, &mut findings);
    if let Some(today) = today {
        freshness::check(site, &today, &mut findings);
    }
    findings.problems
}

#[derive(Default)]
struct Findings {
    problems: Vec<Diagnostic>,
}

impl Findings {
    /// A problem with the value of a key of a page, unless the page allows it.
    fn at(&mut self, document: &Document, path: KeyPath, problem: Diagnostic) {
        if !document.front.silences(&problem) {
            self.problems.push(problem.at(Place::value(&document.file, path)));
        }
    }
}

/// Every content file: the pages, then what sections say of themselves.
fn documents(site: &Site) -> impl Iterator<Item = &Document> {
    let sections = site.sections.iter().filter_map(|section| section.document.as_deref());
    site.pages.iter().map(|page| &*page.document).chain(sections)
}
