//! What feeds are of, and what is in them.

use super::{Output, PageId, Site, SubjectId};
use crate::content::Document;
use crate::path::UrlPath;

/// What a feed tells the news of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedOf {
    /// The site.
    Site,
    /// A term: taxonomy and term.
    Term(usize, usize),
    /// A subject: what compares it.
    Subject(SubjectId),
}

/// A feed in its place.
pub struct Feed<'a> {
    /// What it is called; none where it is the site's.
    pub title: Option<&'a str>,
    /// The page that shows the same to people.
    pub url: &'a UrlPath,
    /// Its pages, the newest first.
    pub pages: Vec<PageId>,
}

/// Whether feeds name a page.
pub(super) fn is_told(document: &Document) -> bool {
    document.front.is_listed() && document.front.date.is_some() && !document.is_broken
}

impl Site {
    /// What a feed holds.
    pub fn feed(&self, of: FeedOf) -> Feed<'_> {
        let (title, url, pages) = match of {
            FeedOf::Site => (None, &self.home().url, &self.newest),
            FeedOf::Term(taxonomy, term) => {
                let term = &self.taxonomies[taxonomy].terms[term];
                (Some(term.title.as_str()), &term.url, &term.pages)
            }
            FeedOf::Subject(id) => {
                let hub = &self.hubs.all[id];
                let url = hub.url.as_ref().unwrap_or(&self.home().url);
                (Some(self.subjects.all[id].name.as_str()), url, &hub.comparisons)
            }
        };
        let is_told = |id: &&PageId| is_told(&self.pages[**id].document);
        let pages = pages.iter().filter(is_told).take(self.config.feeds.limit).copied().collect();
        Feed { title, url, pages }
    }

    /// The path of the file with an output, below the base URL, if it is made.
    pub fn beside(&self, url: &UrlPath, name: &str, output: &Output) -> Option<String> {
        let path = format!("{}{name}", url.as_str().trim_start_matches('/'));
        (self.output(&path)? == output).then(|| format!("{}{name}", self.href(url)))
    }
}
