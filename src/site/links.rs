//! Where links lead.

mod check;
mod lookups;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub(super) use check::check;
pub use lookups::{Lookup, Lookups};

use percent_encoding::percent_decode_str;

use super::routes::{Destination, Output};
use super::{PageId, Section, SectionId, Site, SubjectId};
use crate::content::Document;
use crate::markdown::{Image, Targets};
use crate::path::{SourcePath, UrlPath, is_external};

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
    drafts: HashSet<SourcePath>,
    drafts_by_url: HashMap<UrlPath, SourcePath>,
}

impl Index {
    pub(super) fn new(
        pages: &[Arc<Document>],
        sections: &[Section],
        drafts: Vec<(SourcePath, Option<UrlPath>)>,
    ) -> Self {
        let section_file = |(id, section): (usize, &Section)| {
            section.document.as_ref().map(|document| (document.file.clone(), id))
        };
        Self {
            by_file: pages.iter().enumerate().map(|(id, page)| (page.file.clone(), id)).collect(),
            sections_by_file: sections.iter().enumerate().filter_map(section_file).collect(),
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
    lookups: Option<&'a Lookups>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(site: &'a Site, document: &'a Document, url: &'a UrlPath) -> Self {
        Self { site, document, url, absolute: false, elsewhere: false, lookups: None }
    }

    /// The same, printing whole URLs: feeds are read elsewhere.
    pub fn absolute(self) -> Self {
        Self { absolute: true, ..self }
    }

    /// The same for what is shown on another page: `#fragment` leads back here.
    pub fn elsewhere(self) -> Self {
        Self { elsewhere: true, ..self }
    }

    /// The same, noting each link that leads to a place of the site.
    pub fn noting(self, lookups: Option<&'a Lookups>) -> Self {
        Self { lookups, ..self }
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
        let found = self.site.output(output.as_str()).map(|output| (url.clone(), output));
        let found = found.or_else(|| Some((url.as_file(), self.site.output(file)?)));
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

    fn note(&self, destination: &str) {
        // Where other links lead does not change.
        if let Some(lookups) = self.lookups.filter(|_| !is_external(destination)) {
            lookups.add(self, destination);
        }
    }

    fn address(&self, destination: &str) -> String {
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

    /// A picture as it is shown: feeds are read elsewhere, and get the file itself.
    fn picture(&self, destination: &str) -> Image {
        let mut image = Image { url: self.address(destination), ..Image::default() };
        if let Resolution::Found(Located { asset: Some(asset), .. }) = self.resolve(destination) {
            let shown = self.site.pictures.get(&asset).filter(|_| !self.absolute);
            image.size = self.site.assets.size(&asset);
            image.offered = shown.map_or_else(Vec::new, |shown| {
                let offered = shown.offered.iter();
                offered.map(|(width, url)| (*width, self.print(url))).collect()
            });
            image.sizes.clone_from(&self.site.config.pictures.sizes);
        }
        image
    }
}

impl Site {
    /// Whether a file can be put at an address.
    pub(super) fn is_free(&self, url: &UrlPath) -> bool {
        let Ok(path) = url.output() else { return false };
        let folders = path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
        folders.chain([path.as_str()]).all(|path| self.output(path).is_none())
    }
}

impl Targets for Resolver<'_> {
    fn link(&self, destination: &str) -> String {
        self.note(destination);
        self.address(destination)
    }

    fn image(&self, destination: &str) -> Image {
        self.note(destination);
        self.picture(destination)
    }
}
