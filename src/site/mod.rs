//! The site as a whole: what there is, where it is, and what leads where.
//!
//! [`link`] makes a [`Site`] of all documents at once. It is complete when it
//! exists and holds no text, only what lists, links and neighbours need; every
//! output of the build stands in [`Site::routes`].

mod address;
mod assets;
mod cards;
mod feeds;
mod hubs;
mod letters;
mod links;
mod mirrors;
mod names;
mod pictures;
mod related;
mod routes;
mod search;
mod sections;
mod sketch;
mod subjects;
mod taxonomies;
mod versions;

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

pub use assets::{Assets, Inspected, is_page};
pub use cards::{CARD, Preview};
pub use feeds::{Feed, FeedOf};
pub use hubs::{
    Entry, Gap, GroupScore, Hub, Hubs, INDEX_PART, Index, Matrix, Record, Rival, Score, Target,
    gaps, is_counted,
};
pub use letters::{Letter, Letters};
pub use links::{Located, Lookup, Lookups, Resolution, Resolver};
pub use pictures::{Pictures, Shown};
pub(crate) use routes::part_url;
pub use routes::{Destination, Output, Route, SITEMAP_URLS};
pub use search::{Facet, FacetValue, LISTED, Search, SearchFile};
pub use sections::Section;
pub use subjects::{SubjectEntry, SubjectId, Subjects, sides};
pub use taxonomies::{PageTerm, Taxonomy, Term};

use crate::config::Config;
use crate::content::{Document, Kind};
use crate::diag::{Checked, Diagnostic};
use crate::path::{SourcePath, UrlPath};
use crate::related::{Cards, Told};
use crate::terms::Corpus;

/// The place of a page in [`Site::pages`].
pub type PageId = usize;
/// The place of a section in [`Site::sections`]; the home page is the first.
pub type SectionId = usize;

/// A site, linked.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The pages, by source path.
    pub pages: Vec<Page>,
    /// The sections, by folder; the first is the home page.
    pub sections: Vec<Section>,
    /// The taxonomies that are in use, in the config's order.
    pub taxonomies: Vec<Taxonomy>,
    /// What the site compares.
    pub subjects: Subjects,
    /// The keywords of its pages, in lower case.
    pub keywords: Vec<String>,
    /// The words that related pages share, as far as readers are told of them.
    pub told: Told,
    /// What its comparisons say of each subject together.
    pub hubs: Hubs,
    /// The pages from the newest to the oldest, those without a date last.
    pub newest: Vec<PageId>,
    /// Files beside pages, and static files.
    pub assets: Assets,
    /// The pictures that its pages show, in other widths.
    pub pictures: Pictures,
    /// What readers can find, unless the config says no.
    pub search: Option<Search>,
    /// Every file that the build makes, by path.
    pub routes: Vec<Route>,
    /// The site's own picture for link previews, as soon as it was asked for: it is
    /// that of all pages and lists without one, and of settings alone.
    pub preview: OnceLock<Option<Preview>>,
    links: links::Index,
}

/// A page in its place.
#[derive(Debug)]
pub struct Page {
    /// What was read.
    pub document: Arc<Document>,
    /// Where it is.
    pub url: UrlPath,
    /// Its section.
    pub section: SectionId,
    /// The neighbour before it in reading order, or the older one.
    pub previous: Option<PageId>,
    /// The neighbour after it in reading order, or the newer one.
    pub next: Option<PageId>,
    /// Its terms, by taxonomy.
    pub terms: Box<[PageTerm]>,
    /// What it compares: what it says, or what its title says.
    pub subjects: Box<[SubjectId]>,
    /// The page that it is the mirror of.
    pub mirror_of: Option<PageId>,
    /// The other articles on the same subjects.
    pub views: Box<[PageId]>,
    /// The pages that link to it.
    pub backlinks: Box<[PageId]>,
    /// The pages to read next.
    pub related: Cards,
}

/// What a site is made of.
pub struct Parts {
    /// The folder of the documents, `content`, or empty for the project's own.
    pub root: String,
    /// The documents to publish, by source path.
    pub documents: Vec<Arc<Document>>,
    /// The terms of the pages among them, in the same order; of none, where nothing
    /// is made of words. A site without a corpus is a sketch: nothing leads to the
    /// words of its pages, and none are related.
    pub corpus: Option<Corpus>,
    /// The drafts that are left out, by source path.
    pub drafts: Vec<Arc<Document>>,
    /// Files beside the pages.
    pub assets: Vec<SourcePath>,
    /// Static files, the default theme's included.
    pub statics: Vec<SourcePath>,
    /// The pictures among them.
    pub pictures: Inspected,
}

/// Puts everything in its place and checks what leads where.
pub fn link(config: Config, parts: Parts) -> Checked<Site> {
    let mut problems = Vec::new();
    let is_page = |document: &Arc<Document>| document.kind == Kind::Page;
    let (pages, indexes): (Vec<_>, Vec<_>) = parts.documents.into_iter().partition(is_page);
    let newest = newest_first(&pages);
    let subjects = subjects::build(&pages, &mut problems);
    versions::check(&pages, &subjects, &mut problems);
    let compared: Vec<Vec<SubjectId>> =
        pages.par_iter().map(|page| subjects::of_page(page, &subjects)).collect();
    let hubs = hubs::gather(&pages, &newest, &compared, &subjects, &config.strings);
    let folder = hubs::folder(&hubs, &subjects, &config);
    let mut sections = sections::build(&pages, indexes, folder, &config, &mut problems);
    let urls = address::pages(&pages, &sections, &config, &mut problems);
    let homes = sections::of_pages(&sections, &pages);
    sections::order(&mut sections, &pages, &homes);
    let hubs = hubs::place(
        hubs,
        &hubs::Places {
            config: &config,
            pages: &pages,
            urls: &urls,
            sections: &sections,
            homes: &homes,
            subjects: &subjects,
            compared: &compared,
        },
    );
    let mirrors = mirrors::build(&pages, &urls, &compared, &mut problems);
    let reversed = (0..pages.len())
        .filter(|id| mirrors.of[*id].is_none())
        .filter_map(|id| Some((id, mirrors::reversed(&urls[id], &compared[id], &subjects)?)))
        .collect();
    let hub_of = |name: &str| {
        let subject = subjects.find(name)?;
        let url = hubs.all[subject].url.as_ref()?;
        Some(taxonomies::Hub { subject, entry: &subjects.all[subject], url })
    };
    let (taxonomies, terms) = taxonomies::build(&pages, &newest, &config, &hub_of, &mut problems);
    let copied = (parts.assets, parts.statics, parts.pictures);
    let assets = Assets::place(&parts.root, copied, &pages, &urls, &sections, &mut problems);
    let search = search::build(&search::Parts {
        config: &config,
        corpus: parts.corpus.as_ref(),
        pages: &pages,
        urls: &urls,
        newest: &newest,
        subjects: &subjects,
        compared: &compared,
        taxonomies: &taxonomies,
        terms: &terms,
    });
    let routes = routes::build(&routes::Places {
        config: &config,
        pages: &pages,
        urls: &urls,
        sections: &sections,
        taxonomies: &taxonomies,
        assets: &assets,
        subjects: &subjects,
        hubs: &hubs,
        compared: &compared,
        reversed,
        search: search.as_ref(),
    });
    let routes = routes.unpack(&mut problems);
    let drafts = address::drafts(&parts.drafts, &sections, &config);
    let index = links::Index::new(&pages, &sections, drafts);
    let keywords = related::keywords(&pages);
    let mut site = Site {
        pages: place(pages, urls, &sections, homes, Facts { terms, compared, mirrors }),
        config,
        sections,
        taxonomies,
        subjects,
        keywords,
        told: Told::default(),
        hubs,
        newest,
        assets,
        pictures: Pictures::default(),
        search,
        routes,
        preview: OnceLock::new(),
        links: index,
    };
    pictures::offer(&mut site, &mut problems);
    connect(&mut site, parts.corpus, &parts.drafts, &mut problems);
    Checked { value: site, problems }
}

/// What leads from a page to another: links, relations, mentions.
fn connect(
    site: &mut Site,
    corpus: Option<Corpus>,
    drafts: &[Arc<Document>],
    problems: &mut Vec<Diagnostic>,
) {
    let leads = links::check(site, problems);
    for (page, backlinks) in site.pages.iter_mut().zip(leads.backlinks) {
        page.backlinks = backlinks.into();
    }
    if let Some(corpus) = corpus {
        let (related, told) = related::build(site, corpus, drafts, problems);
        site.told = told;
        for (page, related) in site.pages.iter_mut().zip(related) {
            page.related = related;
        }
    }
    let mentions = hubs::mentions(site, leads.to_subjects);
    for (hub, mentions) in site.hubs.all.iter_mut().zip(mentions) {
        hub.mentions = mentions;
    }
}

fn newest_first(pages: &[Arc<Document>]) -> Vec<PageId> {
    let is_own = |id: &PageId| pages[*id].front.particulars.mirror_of.is_none();
    let mut newest: Vec<PageId> = (0..pages.len()).filter(is_own).collect();
    newest.sort_by_cached_key(|id| Reverse(pages[*id].front.date));
    newest
}

/// What is known of the pages beside their places.
struct Facts {
    terms: taxonomies::TermsOfPages,
    compared: Vec<Vec<SubjectId>>,
    mirrors: mirrors::Mirrors,
}

fn place(
    documents: Vec<Arc<Document>>,
    urls: Vec<UrlPath>,
    sections: &[Section],
    homes: Vec<SectionId>,
    mut facts: Facts,
) -> Vec<Page> {
    let neighbours = sections::neighbours(sections, documents.len());
    let parts = documents.into_iter().zip(urls).zip(homes).zip(neighbours).enumerate();
    parts
        .map(|(id, (((document, url), section), (previous, next)))| Page {
            document,
            url,
            section,
            previous,
            next,
            terms: std::mem::take(&mut facts.terms[id]).into(),
            subjects: std::mem::take(&mut facts.compared[id]).into(),
            mirror_of: facts.mirrors.of[id],
            views: std::mem::take(&mut facts.mirrors.views[id]).into(),
            backlinks: Box::default(),
            related: Cards::default(),
        })
        .collect()
}

impl Site {
    /// Resolves the links of a document at `url`.
    pub fn resolver<'a>(&'a self, document: &'a Document, url: &'a UrlPath) -> Resolver<'a> {
        Resolver::new(self, document, url)
    }

    /// The title and address of what an alias leads to.
    pub fn destination(&self, to: Destination) -> (&str, &UrlPath) {
        match to {
            Destination::Page(id) => (&self.pages[id].document.title, &self.pages[id].url),
            Destination::Section(id) => (&self.sections[id].title, &self.sections[id].url),
        }
    }

    /// The subject whose hub a page is: that of its file, where there are hubs.
    pub fn subject_of(&self, page: PageId) -> Option<SubjectId> {
        let id = self.pages[page].document.subject().filter(|_| self.config.hubs.subjects)?;
        self.subjects.find(&id).filter(|subject| self.subjects.all[*subject].page == Some(page))
    }

    /// What the build makes at a path.
    pub fn output(&self, path: &str) -> Option<&Output> {
        let place = self.routes.binary_search_by_key(&path, |route| route.path.as_str()).ok()?;
        Some(&self.routes[place].output)
    }

    /// The home page.
    pub fn home(&self) -> &Section {
        &self.sections[0]
    }

    /// A path of the site with the base URL's path, encoded, for an attribute.
    pub fn href(&self, url: &UrlPath) -> String {
        self.whole("", url)
    }

    /// A path of the site as a whole URL.
    pub fn absolute(&self, url: &UrlPath) -> String {
        self.whole(&self.config.base_url.origin, url)
    }

    fn whole(&self, origin: &str, url: &UrlPath) -> String {
        let below = url.encoded();
        let parts = [origin, &self.config.base_url.path, below.trim_start_matches('/')];
        let mut whole = String::with_capacity(parts.iter().map(|part| part.len()).sum());
        parts.iter().for_each(|part| whole.push_str(part));
        whole
    }
}
