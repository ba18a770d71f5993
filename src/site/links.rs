//! Where links lead.

use std::collections::{BTreeSet, HashMap, HashSet};

use percent_encoding::percent_decode_str;

use super::routes::{Destination, Output, Route};
use super::{Page, PageId, Section, SectionId, Site, SubjectId};
use crate::content::Document;
use crate::diag::{Diagnostic, Lint, Place};
use crate::markdown::{Image, Link, LinkKind, Targets};
use crate::path::{SourcePath, UrlPath, is_external, nearest};

/// A near name is looked for this many times: each search goes through all of them.
const SUGGESTIONS: usize = 100;

/// What a destination as written is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// Another site, or nothing that can be checked.
    External,
    /// Something of this site.
    Found(Located),
    /// A page that is not published.
    Draft(SourcePath),
    /// Nothing.
    Missing,
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The address, without query and fragment.
    pub url: UrlPath,
    /// The page, if it is one.
    pub page: Option<PageId>,
    /// The section, if it is one.
    pub section: Option<SectionId>,
    /// The subject, if the page is made of its comparisons.
    pub subject: Option<SubjectId>,
    /// The copied file, if it is one.
    pub asset: Option<SourcePath>,
    /// Whether there is but a stub that leads on.
    pub is_stub: bool,
}

impl Located {
    fn at(url: UrlPath) -> Self {
        Self { url, page: None, section: None, subject: None, asset: None, is_stub: false }
    }
}

/// Finds what is at a path.
#[derive(Debug)]
pub(super) struct Index {
    by_file: HashMap<SourcePath, PageId>,
    sections_by_file: HashMap<SourcePath, SectionId>,
    by_output: HashMap<String, Output>,
    drafts: HashSet<SourcePath>,
    drafts_by_url: HashMap<UrlPath, SourcePath>,
}

impl Index {
    pub(super) fn new(
        pages: &[Document],
        sections: &[Section],
        routes: &[Route],
        drafts: Vec<(SourcePath, Option<UrlPath>)>,
    ) -> Self {
        let section_file = |(id, section): (usize, &Section)| {
            section.document.as_ref().map(|document| (document.file.clone(), id))
        };
        Self {
            by_file: pages.iter().enumerate().map(|(id, page)| (page.file.clone(), id)).collect(),
            sections_by_file: sections.iter().enumerate().filter_map(section_file).collect(),
            by_output: routes
                .iter()
                .map(|route| (route.path.as_str().to_owned(), route.output.clone()))
                .collect(),
            drafts: drafts.iter().map(|(file, _)| file.clone()).collect(),
            drafts_by_url: drafts
                .into_iter()
                .filter_map(|(file, url)| Some((url?, file)))
                .collect(),
        }
    }
}

/// The destination's parts: path, `?query`, `#fragment`.
fn split(destination: &str) -> (&str, &str, &str) {
    let fragment = destination.find('#').unwrap_or(destination.len());
    let query = destination[..fragment].find('?').unwrap_or(fragment);
    (&destination[..query], &destination[query..fragment], &destination[fragment..])
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Resolves the links of one document.
#[derive(Clone, Copy)]
pub struct Resolver<'a> {
    site: &'a Site,
    document: &'a Document,
    url: &'a UrlPath,
    absolute: bool,
    elsewhere: bool,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(site: &'a Site, document: &'a Document, url: &'a UrlPath) -> Self {
        Self { site, document, url, absolute: false, elsewhere: false }
    }

    /// The same, printing whole URLs: feeds are read elsewhere.
    pub fn absolute(self) -> Self {
        Self { absolute: true, ..self }
    }

    /// The same for what is shown on another page: `#fragment` leads back here.
    pub fn elsewhere(self) -> Self {
        Self { elsewhere: true, ..self }
    }

    /// What a destination is. The path may be relative to the file or to its
    /// address, or begin at the site's root, with or without the base path.
    pub fn resolve(&self, destination: &str) -> Resolution {
        if is_external(destination) {
            return Resolution::External;
        }
        let (path, _, _) = split(destination);
        let path = decode(path);
        if path.is_empty() {
            return self.own();
        }
        if let Some(rooted) = path.strip_prefix('/') {
            return self.rooted(rooted);
        }
        if let Some(file) = self.document.file.join(&path)
            && let Some(found) = self.file(&file)
        {
            return found;
        }
        if path.ends_with(".md") {
            return Resolution::Missing;
        }
        let base = self.url.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let joined = SourcePath::new(format!("{}/x", base.trim_start_matches('/'))).join(&path);
        let slash = if path.ends_with('/') { "/" } else { "" };
        joined.map_or(Resolution::Missing, |joined| self.at(&format!("{joined}{slash}")))
    }

    /// The document itself, for `#fragment` alone.
    fn own(&self) -> Resolution {
        let index = &self.site.links;
        Resolution::Found(Located {
            page: index.by_file.get(&self.document.file).copied(),
            section: index.sections_by_file.get(&self.document.file).copied(),
            ..Located::at(self.url.clone())
        })
    }

    fn file(&self, file: &SourcePath) -> Option<Resolution> {
        let (site, index) = (self.site, &self.site.links);
        let located = |url: &UrlPath| Located::at(url.clone());
        if let Some(id) = index.by_file.get(file) {
            return Some(Resolution::Found(Located {
                page: Some(*id),
                ..located(&site.pages[*id].url)
            }));
        }
        if let Some(id) = index.sections_by_file.get(file) {
            let url = &site.sections[*id].url;
            return Some(Resolution::Found(Located { section: Some(*id), ..located(url) }));
        }
        if index.drafts.contains(file) {
            return Some(Resolution::Draft(file.clone()));
        }
        let url = site.assets.url(file)?;
        Some(Resolution::Found(Located { asset: Some(file.clone()), ..located(url) }))
    }

    fn rooted(&self, path: &str) -> Resolution {
        let base = self.site.config.base_url.path.trim_start_matches('/');
        match self.at(path) {
            Resolution::Missing if !base.is_empty() => {
                path.strip_prefix(base).map_or(Resolution::Missing, |below| self.at(below))
            }
            found => found,
        }
    }

    /// What a static host answers a path with.
    fn at(&self, path: &str) -> Resolution {
        let index = &self.site.links;
        let Ok(url) = UrlPath::new(path) else { return Resolution::Missing };
        let Ok(output) = url.output() else { return Resolution::Missing };
        let file = url.as_str().trim_matches('/');
        let found = index.by_output.get(output.as_str()).map(|output| (url.clone(), output));
        let found =
            found.or_else(|| index.by_output.get(file).map(|output| (url.as_file(), output)));
        let Some((url, output)) = found else {
            let draft = index.drafts_by_url.get(&url);
            return draft.map_or(Resolution::Missing, |file| Resolution::Draft(file.clone()));
        };
        let mut located = Located::at(url);
        located.is_stub = matches!(output, Output::Redirect(_));
        match output {
            Output::Page(id) | Output::Redirect(Destination::Page(id)) => located.page = Some(*id),
            Output::Section(id, _) | Output::Redirect(Destination::Section(id)) => {
                located.section = Some(*id);
            }
            Output::Hub(id) | Output::Alternatives(id) => located.subject = Some(*id),
            Output::Copy(source) => located.asset = Some(source.clone()),
            _ => {}
        }
        Resolution::Found(located)
    }

    fn print(&self, url: &UrlPath) -> String {
        if self.absolute { self.site.absolute(url) } else { self.site.href(url) }
    }
}

impl Targets for Resolver<'_> {
    fn link(&self, destination: &str) -> String {
        let (path, query, fragment) = split(destination);
        if path.is_empty() && !self.absolute && !self.elsewhere {
            return destination.to_owned();
        }
        match self.resolve(destination) {
            Resolution::Found(located) => format!("{}{query}{fragment}", self.print(&located.url)),
            Resolution::External => destination.to_owned(),
            Resolution::Draft(_) | Resolution::Missing => match destination.strip_prefix('/') {
                Some(rooted) => {
                    let base = &self.site.config.base_url;
                    let origin = if self.absolute { base.origin.as_str() } else { "" };
                    format!("{origin}{}{rooted}", base.path)
                }
                None => destination.to_owned(),
            },
        }
    }

    fn image(&self, destination: &str) -> Image {
        let size = match self.resolve(destination) {
            Resolution::Found(Located { asset: Some(asset), .. }) => self.site.assets.size(&asset),
            _ => None,
        };
        Image { url: self.link(destination), size }
    }
}

/// Which pages lead to what.
pub(super) struct Leads {
    /// By page.
    pub(super) backlinks: Vec<Vec<PageId>>,
    /// By subject, to what is made of its comparisons.
    pub(super) to_subjects: Vec<Vec<PageId>>,
}

/// Checks every link, and gathers which pages lead to what.
pub(super) fn check(site: &Site, problems: &mut Vec<Diagnostic>) -> Leads {
    let mut checker = Checker { site, problems, suggestions: 0 };
    let mut backlinks = vec![Vec::new(); site.pages.len()];
    let mut to_subjects = vec![Vec::new(); site.subjects.all.len()];
    for (id, Page { document, url, .. }) in site.pages.iter().enumerate() {
        let targets = checker.document(document, url);
        for page in targets.pages.into_iter().filter(|page| *page != id) {
            backlinks[page].push(id);
        }
        for subject in targets.subjects {
            to_subjects[subject].push(id);
        }
    }
    for section in &site.sections {
        if let Some(document) = &section.document {
            checker.document(document, &section.url);
        }
    }
    Leads { backlinks, to_subjects }
}

/// What a document links to, each once.
#[derive(Default)]
struct Linked {
    pages: BTreeSet<PageId>,
    subjects: BTreeSet<SubjectId>,
}

struct Checker<'a> {
    site: &'a Site,
    problems: &'a mut Vec<Diagnostic>,
    suggestions: usize,
}

impl Checker<'_> {
    fn document(&mut self, document: &Document, url: &UrlPath) -> Linked {
        let resolver = Resolver::new(self.site, document, url);
        let mut targets = Linked::default();
        for link in &document.outline.links {
            let problem = match resolver.resolve(&link.destination) {
                Resolution::External => None,
                Resolution::Missing => Some(self.missing(link, document)),
                Resolution::Draft(file) => Some(
                    Diagnostic::new(Lint::DraftLinked, format!("`{file}` is a draft"))
                        .help("publish it, or take the link out"),
                ),
                Resolution::Found(located) => {
                    targets.pages.extend(located.page);
                    targets.subjects.extend(located.subject);
                    self.anchor(link, &located).or_else(|| self.stub(&located))
                }
            };
            if let Some(problem) = problem
                && !document.front.silences(&problem)
            {
                self.problems
                    .push(problem.at(Place { file: document.file.clone(), at: link.at.clone() }));
            }
        }
        self.picture(document, &resolver);
        targets
    }

    /// The picture that front matter names.
    fn picture(&mut self, document: &Document, resolver: &Resolver<'_>) {
        let Some(image) = &document.front.image else { return };
        let problem = Diagnostic::new(Lint::DeadLink, format!("no image `{image}`"));
        if resolver.resolve(image) == Resolution::Missing && !document.front.silences(&problem) {
            let place = Place::value(&document.file, document.front.key("image"));
            self.problems.push(problem.at(place));
        }
    }

    fn missing(&mut self, link: &Link, document: &Document) -> Diagnostic {
        let (path, _, _) = split(&link.destination);
        let what = match link.kind {
            LinkKind::Image => "image",
            LinkKind::Link if path.ends_with(".md") => "page",
            LinkKind::Link if path.starts_with('/') => "page or file at",
            LinkKind::Link => "page or file",
        };
        let problem = Diagnostic::new(Lint::DeadLink, format!("no {what} `{path}`"));
        self.suggestions += 1;
        if self.suggestions > SUGGESTIONS {
            return problem;
        }
        let site = self.site;
        if path.starts_with('/') {
            let urls = site.pages.iter().map(|page| page.url.as_str());
            let sections = site.sections.iter().map(|section| section.url.as_str());
            let all = urls.chain(sections).chain(site.assets.iter().map(|(_, url)| url.as_str()));
            return problem.suggest(nearest(path, all));
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let files = site.pages.iter().map(|page| &page.document.file);
        let files: Vec<_> = files.chain(site.assets.iter().map(|(source, _)| source)).collect();
        let near = nearest(name, files.iter().map(|file| file.name()));
        match near.and_then(|near| files.iter().find(|file| file.name() == near)) {
            Some(file) => {
                problem.help(format!("did you mean `{}`?", relative(&document.file, file)))
            }
            None => problem,
        }
    }

    fn stub(&self, located: &Located) -> Option<Diagnostic> {
        let to = match (located.page, located.section) {
            (Some(page), _) if located.is_stub => &self.site.pages[page].url,
            (_, Some(section)) if located.is_stub => &self.site.sections[section].url,
            _ => return None,
        };
        let message = format!("`{}` only leads on to `{to}`", located.url);
        Some(Diagnostic::new(Lint::RedirectLink, message).help(format!("link to `{to}`")))
    }

    fn anchor(&mut self, link: &Link, located: &Located) -> Option<Diagnostic> {
        let (path, _, fragment) = split(&link.destination);
        let id = decode(fragment.strip_prefix('#')?);
        if id.is_empty() || id == "top" || id.starts_with(":~:") {
            return None;
        }
        let target = match (located.page, located.section) {
            (Some(page), _) => &self.site.pages[page].document,
            (_, Some(section)) => self.site.sections[section].document.as_ref()?,
            _ => return None,
        };
        // A heading that repeats the title is left out, and the title has its id.
        let ids = target.outline.headings.iter().map(|heading| heading.id.as_str());
        let mut all = ids.chain(target.outline.ids.iter().map(String::as_str));
        if all.clone().any(|known| known == id) {
            return None;
        }
        self.suggestions += 1;
        let near = if self.suggestions > SUGGESTIONS { None } else { nearest(&id, &mut all) };
        let problem =
            Diagnostic::new(Lint::DeadLink, format!("no heading `#{id}` in `{}`", target.file));
        Some(match near {
            Some(near) => problem.help(format!("did you mean `{path}#{near}`?")),
            None => problem,
        })
    }
}

/// The path from one file to another.
fn relative(from: &SourcePath, to: &SourcePath) -> String {
    let from: Vec<&str> = from.folder().split('/').filter(|part| !part.is_empty()).collect();
    let to_parts: Vec<&str> = to.as_str().split('/').collect();
    let shared = from.iter().zip(&to_parts).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    format!("{up}{}", to_parts[shared..].join("/"))
}
