//! Why a page is worth reading next, in words.

use crate::related::{Reason, Related};
use crate::site::{Site, SubjectId};

/// The reasons for a page, the strongest first.
pub fn reasons(site: &Site, related: &Related) -> Vec<String> {
    let strings = &site.config.strings;
    let tell = |(key, names): (&str, Vec<&str>)| {
        strings.counted(key, names.len(), &[("names", &strings.row(&names))])
    };
    named_reasons(site, related).into_iter().map(tell).collect()
}

/// The same before they are put in words, which settings alone decide: each as the
/// key of its text and what the text names.
pub fn named_reasons<'a>(site: &'a Site, related: &Related) -> Vec<(&'static str, Vec<&'a str>)> {
    related.why.iter().filter_map(|reason| named(site, reason)).collect()
}

/// What speaks for itself is not told.
fn named<'a>(site: &'a Site, reason: &Reason) -> Option<(&'static str, Vec<&'a str>)> {
    let terms = |numbers: &[usize]| -> Vec<&str> {
        numbers.iter().map(|number| site.term_title(*number)).collect()
    };
    let subject = |id: &SubjectId| site.subjects.all[*id].name.as_str();
    let keyword = |number: &usize| site.keywords[*number].as_str();
    Some(match reason {
        Reason::Pinned | Reason::Neighbour => return None,
        Reason::View => ("why_view", Vec::new()),
        Reason::Subjects(subjects) => ("why_subjects", subjects.iter().map(subject).collect()),
        Reason::Named => ("why_named", Vec::new()),
        Reason::Names => ("why_names", Vec::new()),
        Reason::Tags(tags) => ("why_tags", terms(tags)),
        Reason::Keywords(keywords) => ("why_keywords", keywords.iter().map(keyword).collect()),
        Reason::Terms(terms) => {
            ("why_terms", terms.iter().map(|term| site.told.word(*term)).collect())
        }
        Reason::Category(category) => ("why_category", terms(&[*category])),
    })
}
