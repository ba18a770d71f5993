//! Sections: the folders of the content, and the order of the pages in them.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{PageId, SectionId};
use crate::config::Config;
use crate::content::Document;
use crate::content::humanize;
use crate::diag::{Diagnostic, Lint, Place};
use crate::path::{UrlPath, slugify};

/// A folder of pages. The content folder itself is the home page.
#[derive(Debug)]
pub struct Section {
    /// The folder below the content folder, empty for the home page.
    pub folder: String,
    /// Its `_index.md`, if it has one.
    pub document: Option<Arc<Document>>,
    /// The title: that of `_index.md`, or the folder's name.
    pub title: String,
    /// Where it is.
    pub url: UrlPath,
    /// The section above.
    pub parent: Option<SectionId>,
    /// The sections directly below, in order.
    pub sections: Vec<SectionId>,
    /// Its own pages, in order.
    pub pages: Vec<PageId>,
    /// Whether any of its pages has a weight, so that they are read in order.
    pub is_ordered: bool,
    /// How many pages it has, those of the sections below included.
    pub count: usize,
}

impl Section {
    /// Whether nothing of it is in the content folder.
    pub fn is_generated(&self) -> bool {
        self.document.is_none() && self.pages.is_empty() && self.sections.is_empty()
    }
}

/// Every folder that has a page or an `_index.md`, and every folder above one;
/// and `other`, in which generated pages stand.
pub(super) fn build(
    pages: &[Arc<Document>],
    indexes: Vec<Arc<Document>>,
    other: Option<&str>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Section> {
    let mut folders: BTreeMap<String, Option<Arc<Document>>> =
        BTreeMap::from([(String::new(), None)]);
    let with_ancestors = |folder: &str, folders: &mut BTreeMap<String, Option<Arc<Document>>>| {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for end in ends {
            folders.entry(folder[..end].to_owned()).or_default();
        }
    };
    for folder in pages.iter().map(|page| page.section()).chain(other) {
        with_ancestors(folder, &mut folders);
    }
    for index in indexes {
        let folder = index.folder().to_owned();
        with_ancestors(&folder, &mut folders);
        folders.insert(folder, Some(index));
    }
    let mut sections: Vec<Section> = Vec::with_capacity(folders.len());
    for (folder, document) in folders {
        let parent = (!folder.is_empty()).then(|| {
            let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
            // A folder sorts behind the ones above it, so they are there already.
            sections.binary_search_by(|section| section.folder.as_str().cmp(above)).unwrap_or(0)
        });
        let title = match &document {
            Some(document) => document.title.clone(),
            None if folder.is_empty() => config.title.clone(),
            None => humanize(folder.rsplit('/').next().unwrap_or(&folder)),
        };
        let url = url(&folder, document.as_deref(), parent.map(|at| &sections[at].url), problems);
        sections.push(Section {
            folder,
            document,
            title,
            url,
            parent,
            sections: Vec::new(),
            pages: Vec::new(),
            is_ordered: false,
            count: 0,
        });
    }
    sections
}

fn url(
    folder: &str,
    document: Option<&Document>,
    parent: Option<&UrlPath>,
    problems: &mut Vec<Diagnostic>,
) -> UrlPath {
    let Some(parent) = parent else { return UrlPath::root() };
    if let Some((document, url)) =
        document.and_then(|d| Some((d, d.front.particulars.url.as_ref()?)))
    {
        let address = UrlPath::from_author(url).and_then(|url| match url.as_str().ends_with('/') {
            true => Ok(url),
            false => Err("the form of a file, and a section is a folder".into()),
        });
        match address {
            Ok(url) => return url,
            Err(why) => problems.push(
                Diagnostic::new(
                    Lint::PathInvalid,
                    format!("`{url}` can't be an address: it has {why}"),
                )
                .at(Place::value(&document.file, document.front.key("url"))),
            ),
        }
    }
    let name = slugify(folder.rsplit('/').next().unwrap_or(folder));
    let name = if name.is_empty() { "section".to_owned() } else { name };
    parent.join(&format!("{name}/")).unwrap_or_else(|_| UrlPath::root())
}

/// Fills in which pages and sections each section has, in order.
pub(super) fn order(sections: &mut [Section], pages: &[Arc<Document>], homes: &[SectionId]) {
    for (id, (page, home)) in pages.iter().zip(homes).enumerate() {
        // The page at the root is the home page itself; mirrors are in no list.
        if page.below != "index.md" && page.front.particulars.mirror_of.is_none() {
            sections[*home].pages.push(id);
        }
    }
    for id in (0..sections.len()).rev() {
        let section = &mut sections[id];
        section.pages.sort_by(|a, b| compare(&pages[*a], &pages[*b]).then(a.cmp(b)));
        section.is_ordered = section.pages.iter().any(|id| pages[*id].front.weight.is_some());
        section.count += section.pages.len();
        let count = section.count;
        if let Some(parent) = section.parent {
            sections[parent].count += count;
            sections[parent].sections.push(id);
        }
    }
    for id in 0..sections.len() {
        let mut below = std::mem::take(&mut sections[id].sections);
        below.sort_by(|a, b| {
            let key = |id: &SectionId| {
                let section = &sections[*id];
                let weight = section.document.as_ref().and_then(|d| d.front.weight);
                (weight.is_none(), weight, section.title.to_lowercase(), *id)
            };
            key(a).cmp(&key(b))
        });
        sections[id].sections = below;
    }
}

/// By weight, then the newest first, then by title.
fn compare(a: &Document, b: &Document) -> Ordering {
    let weight = |page: &Document| (page.front.weight.is_none(), page.front.weight);
    weight(a)
        .cmp(&weight(b))
        .then_with(|| b.front.date.cmp(&a.front.date))
        .then_with(|| a.title.to_lowercase().cmp(&b.title.to_lowercase()))
}

/// The section of each page.
pub(super) fn of_pages(sections: &[Section], pages: &[Arc<Document>]) -> Vec<SectionId> {
    let section = |page: &Arc<Document>| {
        sections
            .binary_search_by(|section| section.folder.as_str().cmp(page.section()))
            .unwrap_or(0)
    };
    pages.iter().map(section).collect()
}

/// The pages before and after each page: in reading order where the section
/// has weights, by date elsewhere.
pub(super) fn neighbours(
    sections: &[Section],
    count: usize,
) -> Vec<(Option<PageId>, Option<PageId>)> {
    let mut neighbours = vec![(None, None); count];
    for section in sections {
        for pair in section.pages.windows(2) {
            let (upper, lower) = (pair[0], pair[1]);
            if section.is_ordered {
                neighbours[upper].1 = Some(lower);
                neighbours[lower].0 = Some(upper);
            } else {
                neighbours[upper].0 = Some(lower);
                neighbours[lower].1 = Some(upper);
            }
        }
    }
    neighbours
}
