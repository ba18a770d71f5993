//! What machines are told of, and where it is.

use super::{Output, Places, Route};
use crate::content::Document;
use crate::data::Date;
use crate::path::UrlPath;
use crate::site::Site;

impl Places<'_> {
    /// Whether the sitemap names an output: no stubs, no `noindex`, no parts of
    /// lists but the first.
    pub(super) fn lists(&self, output: &Output) -> bool {
        match output {
            Output::Page(id) => self.pages[*id].front.is_listed(),
            Output::Section(id, 1) => {
                let document = self.sections[*id].document.as_ref();
                document.is_none_or(|document| document.front.is_listed())
            }
            Output::Taxonomy(_) => true,
            Output::Term(id, term, 1) => self.taxonomies[*id].terms[*term].is_listed(),
            _ => false,
        }
    }
}

impl Site {
    /// The addresses that machines are told of, with the day each was changed
    /// last.
    pub fn listed(&self) -> Vec<(&UrlPath, Option<String>)> {
        let listed = self.routes.iter().filter(|route| route.is_listed);
        let mut urls: Vec<_> = listed
            .filter_map(|Route { output, .. }| {
                let (url, modified) = self.address(output)?;
                Some((url, modified.map(|date| date.to_string())))
            })
            .collect();
        urls.sort();
        urls
    }

    /// Where readers find an output, and when it changed last as far as its
    /// sources say.
    fn address(&self, output: &Output) -> Option<(&UrlPath, Option<Date>)> {
        let modified = |document: &Document| document.front.updated.or(document.front.date);
        Some(match output {
            Output::Page(id) => (&self.pages[*id].url, modified(&self.pages[*id].document)),
            Output::Section(id, _) => {
                let section = &self.sections[*id];
                (&section.url, section.document.as_ref().and_then(modified))
            }
            Output::Taxonomy(id) => (&self.taxonomies[*id].url, None),
            Output::Term(id, term, _) => (&self.taxonomies[*id].terms[*term].url, None),
            _ => return None,
        })
    }
}
