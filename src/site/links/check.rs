//! Checks every link, and gathers which pages lead to what.

use std::collections::BTreeSet;

use super::{Located, Resolution, Resolver, decode, split};
use crate::content::Document;
use crate::diag::{Diagnostic, Lint, Place};
use crate::markdown::{Link, LinkKind};
use crate::path::{SourcePath, UrlPath, nearest};
use crate::site::{Page, PageId, Site, SubjectId};

/// A near name is looked for this many times: each search goes through all of them.
const SUGGESTIONS: usize = 100;

/// Which pages lead to what.
pub(in crate::site) struct Leads {
    /// By page.
    pub(in crate::site) backlinks: Vec<Vec<PageId>>,
    /// By subject, to what is made of its comparisons.
    pub(in crate::site) to_subjects: Vec<Vec<PageId>>,
}

/// Checks every link, and gathers which pages lead to what.
pub(in crate::site) fn check(site: &Site, problems: &mut Vec<Diagnostic>) -> Leads {
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
        let Some(image) = &document.front.particulars.image else { return };
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
