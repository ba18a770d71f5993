//! Why a page is worth reading next, in words.

use crate::related::{Reason, Related};
use crate::site::Site;

/// The reasons for a page, the strongest first.
pub fn reasons(site: &Site, related: &Related) -> Vec<String> {
    related.why.iter().filter_map(|reason| told(site, reason)).collect()
}

/// What speaks for itself is not told.
fn told(site: &Site, reason: &Reason) -> Option<String> {
    let terms = |numbers: &[usize]| {
        let titles: Vec<&str> = numbers.iter().map(|number| site.term_title(*number)).collect();
        titles.join(", ")
    };
    Some(match reason {
        Reason::Pinned | Reason::Neighbour => return None,
        Reason::View => "another view".into(),
        Reason::Subjects(subjects) => {
            let names = subjects.iter().map(|subject| site.subjects.all[*subject].name.as_str());
            let names: Vec<&str> = names.collect();
            let plural = if names.len() == 1 { "" } else { "s" };
            format!("same subject{plural}: {}", names.join(", "))
        }
        Reason::Named => "named here".into(),
        Reason::Names => "speaks of this".into(),
        Reason::Tags(tags) => format!("both tagged {}", terms(tags)),
        Reason::Keywords(keywords) => {
            let names: Vec<&str> =
                keywords.iter().map(|keyword| site.keywords[*keyword].as_str()).collect();
            format!("both about {}", names.join(", "))
        }
        Reason::Terms(terms) => format!("shared terms: {}", terms.join(", ")),
        Reason::Category(category) => format!("also in {}", terms(&[*category])),
    })
}
