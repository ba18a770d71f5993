//! Who wants which path.

use std::collections::HashMap;

use super::super::cards::CARD;
use super::super::feeds::is_told;
use super::super::{FeedOf, INDEX_PART, PageId, SubjectId, Term};
use super::{Destination, Output, Places, Route, SITEMAP_URLS, part_url};
use crate::content::Document;
use crate::diag::{Diagnostic, Lint, Place};
use crate::path::{OutputPath, UrlPath};

pub(super) struct Claims<'a> {
    pub(super) places: &'a Places<'a>,
    pub(super) routes: Vec<Route>,
    /// Who has a path, by what a case-blind host makes of it.
    pub(super) taken: HashMap<String, usize>,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'a> Claims<'a> {
    pub(super) fn new(places: &'a Places<'a>) -> Self {
        Self { places, routes: Vec::new(), taken: HashMap::new(), problems: Vec::new() }
    }

    pub(super) fn pages(&mut self) {
        for (id, url) in self.places.urls.iter().enumerate() {
            self.url(url, Output::Page(id));
        }
    }

    pub(super) fn assets(&mut self) {
        for (source, url) in self.places.assets.iter() {
            if let Ok(path) = OutputPath::new(url.as_str().trim_start_matches('/')) {
                self.claim(path, Output::Copy(source.clone()));
            }
        }
    }

    /// Pages made of all comparisons together give way to pages of the site.
    pub(super) fn hubs(&mut self) {
        let hubs = self.places.hubs;
        for (id, section) in self.places.sections.iter().enumerate() {
            if section.is_generated() && hubs.section == Some(id) {
                self.offer_url(&section.url, Output::Section(id, 1));
            }
        }
        for (id, hub) in hubs.all.iter().enumerate() {
            if let Some(url) = hub.url.as_ref().filter(|_| hub.is_generated) {
                self.offer_url(url, Output::Hub(id));
                self.beside_hub(id, url);
            }
            if let Some(url) = &hub.alternatives {
                self.offer_url(url, Output::Alternatives(id));
            }
        }
        if let Some(matrix) = &hubs.matrix {
            self.offer_url(&matrix.url, Output::Matrix);
        }
        if let Some(index) = &hubs.index {
            for part in 1..=index.entries.len().div_ceil(INDEX_PART) {
                self.offer_url(&part_url(&index.url, part), Output::Index(part));
            }
        }
    }

    /// The Markdown of a hub, if the place is the hub's.
    fn beside_hub(&mut self, id: SubjectId, url: &UrlPath) {
        if !self.places.config.outputs.markdown {
            return;
        }
        if self.routes.last().is_some_and(|route| route.output == Output::Hub(id)) {
            let folder = url.as_str().trim_start_matches('/');
            self.offer(&format!("{folder}index.html.md"), Output::HubAlternate(id));
        }
    }

    pub(super) fn reversed(&mut self) {
        for (id, url) in &self.places.reversed {
            self.offer_url(url, Output::Redirect(Destination::Page(*id)));
        }
    }

    fn url(&mut self, url: &UrlPath, output: Output) {
        match url.output() {
            Ok(path) => self.claim(path, output),
            Err(why) => self.problems.push(Diagnostic::new(
                Lint::PathInvalid,
                format!("`{url}` can't be an address: it has {why}"),
            )),
        }
    }

    fn claim(&mut self, path: OutputPath, output: Output) {
        match self.taken.get(&path.collision_key()) {
            Some(first) => {
                let problem = self.collision(&self.routes[*first], &path, &output);
                self.problems.push(problem);
            }
            None => self.add(path, output),
        }
    }

    fn add(&mut self, path: OutputPath, output: Output) {
        self.taken.insert(path.collision_key(), self.routes.len());
        let is_listed = self.places.lists(&output);
        self.routes.push(Route { path, output, is_listed });
    }

    /// Claims a path unless the site's own files have it already, or a file
    /// where it needs a folder.
    fn offer(&mut self, path: &str, output: Output) {
        let Ok(path) = OutputPath::new(path) else { return };
        let key = path.collision_key();
        let mut needed = key.match_indices('/').map(|(at, _)| &key[..at]).chain([key.as_str()]);
        if needed.all(|path| !self.taken.contains_key(path)) {
            self.add(path, output);
        }
    }

    /// The same for what has an address.
    fn offer_url(&mut self, url: &UrlPath, output: Output) {
        if let Ok(path) = url.output() {
            self.offer(path.as_str(), output);
        }
    }

    pub(super) fn lists(&mut self) {
        let size = self.places.config.paginate;
        for (id, section) in self.places.sections.iter().enumerate() {
            // An `index.md` at the root is the home page itself.
            let home = id == 0 && self.places.pages.iter().any(|page| page.below == "index.md");
            let is_overview = self.places.hubs.section == Some(id);
            if home || is_overview && section.is_generated() {
                continue;
            }
            // The overview of subjects is one list, by category.
            let count = if is_overview { 0 } else { section.pages.len() };
            self.parts(&section.url, count.div_ceil(size), |part| Output::Section(id, part));
        }
        for (id, taxonomy) in self.places.taxonomies.iter().enumerate() {
            self.url(&taxonomy.url, Output::Taxonomy(id));
            // A term that is a subject has the subject's page.
            let own = |(_, term): &(usize, &Term)| term.subject.is_none();
            for (term_id, term) in taxonomy.terms.iter().enumerate().filter(own) {
                let parts = term.pages.len().div_ceil(size);
                self.parts(&term.url, parts, |part| Output::Term(id, term_id, part));
            }
        }
    }

    /// Markdown and data stand beside the pages that are folders.
    pub(super) fn data(&mut self) {
        let Places { config, pages, urls, compared, .. } = *self.places;
        let outputs = config.outputs;
        for (id, url) in urls.iter().enumerate() {
            let Some(folder) =
                url.as_str()[1..].strip_suffix('/').or((url.as_str() == "/").then_some(""))
            else {
                continue;
            };
            let slash = if folder.is_empty() { "" } else { "/" };
            if outputs.markdown {
                self.offer(&format!("{folder}{slash}index.html.md"), Output::Alternate(id));
            }
            if outputs.data && pages[id].front.comparison.is_comparison() {
                self.offer(&format!("{folder}{slash}data.json"), Output::Data(id));
            }
        }
        if outputs.llms && !pages.is_empty() {
            self.offer("llms.txt", Output::Llms);
            // It is put together of the Markdown of all pages.
            if outputs.markdown {
                self.offer("llms-full.txt", Output::LlmsFull);
            }
        }
        if outputs.data && compared.iter().any(|subjects| subjects.len() > 1) {
            self.offer("index.json", Output::SiteData);
        }
    }

    /// Beside the pages that are folders, and at the root for all lists.
    pub(super) fn social_cards(&mut self) {
        let Places { config, pages, urls, .. } = *self.places;
        if config.social_cards.kit.is_none() || pages.is_empty() {
            return;
        }
        let is_told = |page: &Document| {
            let front = &page.front;
            let is_of_data = front.comparison.is_comparison() || front.subject.is_some();
            front.particulars.image.is_none() && (is_of_data || config.social_cards.is_of_all)
        };
        for (id, url) in urls.iter().enumerate() {
            if is_told(&pages[id]) && url.as_str().ends_with('/') {
                let folder = url.as_str().trim_start_matches('/');
                self.offer(&format!("{folder}{CARD}"), Output::SocialCard(Some(id)));
            }
        }
        self.offer(CARD, Output::SocialCard(None));
    }

    fn parts(&mut self, url: &UrlPath, parts: usize, output: impl Fn(usize) -> Output) {
        for part in 1..=parts.max(1) {
            self.url(&part_url(url, part), output(part));
        }
    }

    pub(super) fn aliases(&mut self) {
        let Places { pages, urls, sections, .. } = *self.places;
        for (id, page) in pages.iter().enumerate() {
            self.aliases_of(page, &urls[id], Destination::Page(id));
        }
        for (id, section) in sections.iter().enumerate() {
            if let Some(document) = &section.document {
                self.aliases_of(document, &section.url, Destination::Section(id));
            }
        }
    }

    fn aliases_of(&mut self, document: &Document, url: &UrlPath, to: Destination) {
        for (index, alias) in document.front.particulars.aliases.iter().enumerate() {
            match UrlPath::from_author(alias).and_then(|url| url.output()) {
                // An alias that says what the address is already is no loss.
                Ok(path) if url.output().as_ref() == Ok(&path) => {}
                Ok(path) if self.leads_to(&path, to) => {}
                Ok(path) => self.claim(path, Output::Redirect(to)),
                Err(why) => {
                    let place =
                        Place::value(&document.file, document.front.key("aliases").item(index));
                    let message = format!("`{alias}` can't be an address: it has {why}");
                    self.problems.push(Diagnostic::new(Lint::PathInvalid, message).at(place));
                }
            }
        }
    }

    fn leads_to(&self, path: &OutputPath, to: Destination) -> bool {
        let taken = self.taken.get(&path.collision_key());
        taken.is_some_and(|at| self.routes[*at].output == Output::Redirect(to))
    }

    /// The document that an alias stands in.
    pub(super) fn destination(&self, to: Destination) -> Option<&Document> {
        match to {
            Destination::Page(id) => self.places.pages.get(id).map(|page| &**page),
            Destination::Section(id) => self.places.sections[id].document.as_deref(),
        }
    }

    pub(super) fn generated(&mut self) {
        let Places { config, pages, .. } = *self.places;
        self.offer("404.html", Output::NotFound);
        self.offer("404.json", Output::Addresses);
        if config.feeds.limit > 0 && !pages.is_empty() {
            self.feed(&UrlPath::root(), FeedOf::Site);
            self.feeds();
        }
        for (path, output) in self.places.search.iter().flat_map(|search| search.files()) {
            self.offer(&path, output);
        }
        self.offer("robots.txt", Output::Robots);
        if config.hosting.nojekyll {
            self.offer(".nojekyll", Output::NoJekyll);
        }
        if config.hosting.cname.is_some() {
            self.offer("CNAME", Output::Cname);
        }
        if config.hosting.redirects.is_some() {
            self.offer("_redirects", Output::Redirects);
        }
        if !config.hosting.headers.is_empty() {
            self.offer("_headers", Output::Headers);
        }
    }

    /// A feed for each term and subject that says more than its pages do.
    fn feeds(&mut self) {
        let Places { pages, taxonomies, hubs, .. } = *self.places;
        let is_told = |id: &&PageId| is_told(&pages[**id]);
        for (id, taxonomy) in taxonomies.iter().enumerate() {
            for (term_id, term) in taxonomy.terms.iter().enumerate() {
                if term.is_listed() && term.pages.iter().any(|id| is_told(&id)) {
                    self.feed(&term.url, FeedOf::Term(id, term_id));
                }
            }
        }
        for (id, hub) in hubs.all.iter().enumerate() {
            if let Some(url) = &hub.url
                && hub.comparisons.iter().any(|id| is_told(&id))
            {
                self.feed(url, FeedOf::Subject(id));
            }
        }
    }

    fn feed(&mut self, url: &UrlPath, of: FeedOf) {
        let folder = url.as_str().trim_start_matches('/');
        if folder.is_empty() || folder.ends_with('/') {
            self.offer(&format!("{folder}atom.xml"), Output::Atom(of));
            self.offer(&format!("{folder}feed.json"), Output::JsonFeed(of));
        }
    }

    /// In one file if it fits, after everything that it names.
    pub(super) fn sitemap(&mut self) {
        self.offer("sitemap.xml", Output::Sitemap);
        let urls = self.routes.iter().filter(|route| route.is_listed).count();
        let parts = if urls > SITEMAP_URLS { urls.div_ceil(SITEMAP_URLS) } else { 0 };
        for part in 1..=parts {
            self.offer(&format!("sitemap-{part}.xml"), Output::SitemapPart(part));
        }
    }
}
