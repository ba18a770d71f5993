//! Every file that a build makes, claimed before any is rendered.
//!
//! A new output is a variant of [`Output`], a claim here, and an arm in
//! `render`.

use std::collections::HashMap;

use super::{Assets, PageId, Section, SectionId, SubjectId, Taxonomy};
use crate::config::Config;
use crate::content::Document;
use crate::diag::{Checked, Diagnostic, Lint, Place};
use crate::path::{OutputPath, SourcePath, UrlPath};

/// A sitemap may name this many addresses (sitemaps.org).
pub const SITEMAP_URLS: usize = 50_000;

/// A file of the build.
#[derive(Debug, Clone)]
pub struct Route {
    /// The file.
    pub path: OutputPath,
    /// What is in it.
    pub output: Output,
}

/// What a file of the build is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// An article.
    Page(PageId),
    /// A part of a section's list, from 1; part 1 is the section itself.
    Section(SectionId, usize),
    /// The overview of a taxonomy.
    Taxonomy(usize),
    /// A part of a term's list: taxonomy, term, part from 1.
    Term(usize, usize, usize),
    /// `404.html`.
    NotFound,
    /// A stub that leads on.
    Redirect(Destination),
    /// A copy of a file.
    Copy(SourcePath),
    /// The Atom feed.
    Atom,
    /// The JSON feed.
    JsonFeed,
    /// `sitemap.xml`: the addresses, or an index where there are too many.
    Sitemap,
    /// A part of the sitemap, from 1.
    SitemapPart(usize),
    /// `robots.txt`.
    Robots,
    /// An empty `.nojekyll`.
    NoJekyll,
    /// A page's comparison as data.
    Data(PageId),
    /// All comparisons as data.
    SiteData,
    /// An article as Markdown.
    Alternate(PageId),
    /// `llms.txt`.
    Llms,
    /// `llms-full.txt`.
    LlmsFull,
    /// `CNAME`.
    Cname,
    /// `_redirects`.
    Redirects,
    /// `_headers`.
    Headers,
}

/// Where an alias leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// A page.
    Page(PageId),
    /// A section.
    Section(SectionId),
}

/// What routes are made of.
pub(super) struct Places<'a> {
    pub(super) config: &'a Config,
    pub(super) pages: &'a [Document],
    pub(super) urls: &'a [UrlPath],
    pub(super) sections: &'a [Section],
    pub(super) taxonomies: &'a [Taxonomy],
    pub(super) assets: &'a Assets,
    /// What each page compares.
    pub(super) compared: &'a [Vec<SubjectId>],
    /// Addresses that read the other way round, unless something is there.
    pub(super) reversed: Vec<(PageId, UrlPath)>,
}

/// Claims a path for every output, in a fixed order.
pub(super) fn build(places: &Places<'_>) -> Checked<Vec<Route>> {
    let mut claims =
        Claims { places, routes: Vec::new(), taken: HashMap::new(), problems: Vec::new() };
    for (id, url) in places.urls.iter().enumerate() {
        claims.url(url, Output::Page(id));
    }
    claims.data();
    claims.lists();
    for (source, url) in places.assets.iter() {
        if let Ok(path) = OutputPath::new(url.as_str().trim_start_matches('/')) {
            claims.claim(path, Output::Copy(source.clone()));
        }
    }
    claims.aliases();
    for (id, url) in &places.reversed {
        if let Ok(path) = url.output() {
            claims.offer(path.as_str(), Output::Redirect(Destination::Page(*id)));
        }
    }
    claims.generated();
    claims.files_as_folders();
    let mut routes = claims.routes;
    routes.sort_by(|a, b| a.path.cmp(&b.path));
    Checked { value: routes, problems: claims.problems }
}

struct Claims<'a> {
    places: &'a Places<'a>,
    routes: Vec<Route>,
    /// Who has a path, by what a case-blind host makes of it.
    taken: HashMap<String, usize>,
    problems: Vec<Diagnostic>,
}

impl Claims<'_> {
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
        self.routes.push(Route { path, output });
    }

    /// Claims a path unless the site's own files have it already.
    fn offer(&mut self, path: &str, output: Output) {
        if let Ok(path) = OutputPath::new(path)
            && !self.taken.contains_key(&path.collision_key())
        {
            self.add(path, output);
        }
    }

    fn lists(&mut self) {
        let size = self.places.config.paginate;
        for (id, section) in self.places.sections.iter().enumerate() {
            // An `index.md` at the root is the home page itself.
            let home = id == 0 && self.places.pages.iter().any(|page| page.below == "index.md");
            if !home {
                self.parts(&section.url, section.pages.len().div_ceil(size), |part| {
                    Output::Section(id, part)
                });
            }
        }
        for (id, taxonomy) in self.places.taxonomies.iter().enumerate() {
            self.url(&taxonomy.url, Output::Taxonomy(id));
            for (term_id, term) in taxonomy.terms.iter().enumerate() {
                let parts = term.pages.len().div_ceil(size);
                self.parts(&term.url, parts, |part| Output::Term(id, term_id, part));
            }
        }
    }

    /// Data stands beside the pages that are folders.
    fn data(&mut self) {
        let Places { pages, urls, compared, .. } = self.places;
        for (id, url) in urls.iter().enumerate() {
            let Some(folder) =
                url.as_str()[1..].strip_suffix('/').or((url.as_str() == "/").then_some(""))
            else {
                continue;
            };
            let slash = if folder.is_empty() { "" } else { "/" };
            self.offer(&format!("{folder}{slash}index.html.md"), Output::Alternate(id));
            if pages[id].front.comparison.is_comparison() {
                self.offer(&format!("{folder}{slash}data.json"), Output::Data(id));
            }
        }
        if !pages.is_empty() {
            self.offer("llms.txt", Output::Llms);
            self.offer("llms-full.txt", Output::LlmsFull);
        }
        if compared.iter().any(|subjects| subjects.len() > 1) {
            self.offer("index.json", Output::SiteData);
        }
    }

    fn parts(&mut self, url: &UrlPath, parts: usize, output: impl Fn(usize) -> Output) {
        for part in 1..=parts.max(1) {
            self.url(&part_url(url, part), output(part));
        }
    }

    fn aliases(&mut self) {
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
        for (index, alias) in document.front.aliases.iter().enumerate() {
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
    fn destination(&self, to: Destination) -> Option<&Document> {
        match to {
            Destination::Page(id) => self.places.pages.get(id),
            Destination::Section(id) => self.places.sections[id].document.as_ref(),
        }
    }

    fn generated(&mut self) {
        let Places { config, pages, .. } = *self.places;
        self.offer("404.html", Output::NotFound);
        if config.feeds.limit > 0 && !pages.is_empty() {
            self.offer("atom.xml", Output::Atom);
            self.offer("feed.json", Output::JsonFeed);
        }
        self.offer("sitemap.xml", Output::Sitemap);
        for part in 1..=self.sitemap_parts() {
            self.offer(&format!("sitemap-{part}.xml"), Output::SitemapPart(part));
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

    /// None where the sitemap fits one file; see [`Site::listed`](super::Site::listed).
    fn sitemap_parts(&self) -> usize {
        let Places { pages, sections, taxonomies, .. } = *self.places;
        let pages = pages.iter().filter(|page| page.front.is_listed()).count();
        let is_listed = |section: &&Section| {
            section.document.as_ref().is_none_or(|document| document.front.is_listed())
        };
        let sections = sections.iter().filter(is_listed).count();
        let terms = taxonomies.iter().flat_map(|taxonomy| &taxonomy.terms);
        let terms = terms.filter(|term| term.is_listed()).count();
        let urls = pages + sections + terms + taxonomies.len();
        if urls > SITEMAP_URLS { urls.div_ceil(SITEMAP_URLS) } else { 0 }
    }

    /// A file and a folder can't have one name.
    fn files_as_folders(&mut self) {
        // What stands beside a page collides with what the page does.
        let beside =
            |route: &&Route| matches!(route.output, Output::Alternate(_) | Output::Data(_));
        for route in self.routes.iter().filter(|route| !beside(route)) {
            let key = route.path.collision_key();
            for (at, _) in key.match_indices('/') {
                if let Some(first) = self.taken.get(&key[..at]) {
                    let problem = self.collision(&self.routes[*first], &route.path, &route.output);
                    self.problems.push(problem);
                }
            }
        }
    }

    fn collision(&self, first: &Route, path: &OutputPath, second: &Output) -> Diagnostic {
        let both_pages = matches!((&first.output, second), (Output::Page(_), Output::Page(_)));
        let lint = if both_pages { Lint::DuplicateUrl } else { Lint::PathCollision };
        let (one, other) = (self.describe(&first.output), self.describe(second));
        let message = if first.path == *path {
            format!("two outputs for `{path}`: {one} and {other}")
        } else {
            format!("`{}` of {one} and `{path}` of {other} are one file on some hosts", first.path)
        };
        let help = if both_pages {
            "give one of them another `url` or `slug`"
        } else {
            "rename one of them"
        };
        let problem = Diagnostic::new(lint, message).help(help);
        match self.place(second).or_else(|| self.place(&first.output)) {
            Some(place) => problem.at(place),
            None => problem,
        }
    }

    fn describe(&self, output: &Output) -> String {
        let Places { pages, sections, taxonomies, .. } = self.places;
        match output {
            Output::Page(id) => format!("the page `{}`", pages[*id].file),
            Output::Section(id, _) => format!("the section `{}`", sections[*id].url),
            Output::Taxonomy(id) => format!("the overview of `{}`", taxonomies[*id].config.name),
            Output::Term(id, term, _) => {
                let taxonomy = &taxonomies[*id];
                format!("`{}` of `{}`", taxonomy.terms[*term].title, taxonomy.config.name)
            }
            Output::Redirect(to) => match self.destination(*to) {
                Some(document) => format!("an alias of `{}`", document.file),
                None => "an alias".into(),
            },
            Output::Copy(source) => format!("the file `{source}`"),
            _ => "a generated file".into(),
        }
    }

    fn place(&self, output: &Output) -> Option<Place> {
        let Places { pages, sections, .. } = self.places;
        Some(match output {
            Output::Page(id) => {
                let page = &pages[*id];
                let own = [("url", page.front.url.is_some()), ("slug", page.front.slug.is_some())];
                match own.into_iter().find(|(_, is_set)| *is_set) {
                    Some((key, _)) => Place::value(&page.file, page.front.key(key)),
                    None => Place::file(&page.file),
                }
            }
            Output::Section(id, _) => Place::file(&sections[*id].document.as_ref()?.file),
            Output::Redirect(to) => {
                let document = self.destination(*to)?;
                Place::value(&document.file, document.front.key("aliases"))
            }
            Output::Copy(source) => Place::file(source),
            _ => return None,
        })
    }
}

/// The address of a part of a list.
pub(crate) fn part_url(url: &UrlPath, part: usize) -> UrlPath {
    if part <= 1 {
        return url.clone();
    }
    url.join(&format!("page/{part}/")).unwrap_or_else(|_| url.clone())
}
