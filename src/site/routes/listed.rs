//! What machines are told of, and where it is.

use super::{Output, Places, Route};
use crate::content::Document;
use crate::data::Date;
use crate::path::UrlPath;
use crate::site::{PageId, Site};

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
            Output::Hub(_) | Output::Matrix | Output::Index(1) => true,
            Output::Alternatives(id) => {
                let page = self.subjects.all[*id].page;
                page.is_none_or(|page| self.pages[page].front.is_listed())
            }
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
        let newest =
            |ids: &[PageId]| ids.iter().filter_map(|id| modified(&self.pages[*id].document)).max();
        Some(match output {
            Output::Page(id) => (&self.pages[*id].url, modified(&self.pages[*id].document)),
            Output::Section(id, _) => {
                let section = &self.sections[*id];
                (&section.url, section.document.as_deref().and_then(modified))
            }
            Output::Taxonomy(id) => (&self.taxonomies[*id].url, None),
            Output::Term(id, term, _) => (&self.taxonomies[*id].terms[*term].url, None),
            Output::Hub(id) => {
                let hub = &self.hubs.all[*id];
                (hub.url.as_ref()?, newest(&hub.comparisons))
            }
            Output::Alternatives(id) => {
                let hub = &self.hubs.all[*id];
                (hub.alternatives.as_ref()?, newest(&hub.comparisons))
            }
            Output::Matrix => {
                let all = self.hubs.all.iter().filter_map(|hub| newest(&hub.comparisons));
                (&self.hubs.matrix.as_ref()?.url, all.max())
            }
            Output::Index(_) => (&self.hubs.index.as_ref()?.url, None),
            _ => return None,
        })
    }
}
