//! Why a page is worth reading next, in words.

use crate::related::{Reason, Related};
use crate::site::Site;

/// The reasons for a page, the strongest first.
pub fn reasons(site: &Site, related: &Related) -> Vec<String> {
    related.why.iter().filter_map(|reason| told(site, reason)).collect()
}

/// What speaks for itself is not told.
fn told(site: &Site, reason: &Reason) -> Option<String> {
    let strings = &site.config.strings;
    let row = |names: Vec<&str>| strings.row(&names);
    let fill = |key: &str, names: Vec<&str>| strings.fill(key, &[("names", &row(names))]);
    let terms = |numbers: &[usize]| -> Vec<&str> {
        numbers.iter().map(|number| site.term_title(*number)).collect()
    };
    Some(match reason {
        Reason::Pinned | Reason::Neighbour => return None,
        Reason::View => strings.text("why_view"),
        Reason::Subjects(subjects) => {
            let names = subjects.iter().map(|subject| site.subjects.all[*subject].name.as_str());
            let names = row(names.collect());
            strings.counted("why_subjects", subjects.len(), &[("names", &names)])
        }
        Reason::Named => strings.text("why_named"),
        Reason::Names => strings.text("why_names"),
        Reason::Tags(tags) => fill("why_tags", terms(tags)),
        Reason::Keywords(keywords) => {
            let names = keywords.iter().map(|keyword| site.keywords[*keyword].as_str());
            fill("why_keywords", names.collect())
        }
        Reason::Terms(terms) => {
            fill("why_terms", terms.iter().map(|term| site.told.word(*term)).collect())
        }
        Reason::Category(category) => fill("why_category", terms(&[*category])),
    })
}
