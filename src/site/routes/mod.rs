//! Every file that a build makes, claimed before any is rendered.
//!
//! A new output is a variant of [`Output`], a claim in `claims`, and an arm in
//! `render`. One that readers look for has an address in [`listed`] too.

mod claims;
mod collisions;
mod listed;

use std::sync::Arc;

use self::claims::Claims;
use super::{
    Assets, FeedOf, Hubs, PageId, Search, SearchFile, Section, SectionId, SubjectId, Subjects,
    Taxonomy,
};
use crate::config::Config;
use crate::content::Document;
use crate::diag::Checked;
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
    /// Whether the sitemap names it.
    pub is_listed: bool,
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
    /// The page of a subject without a file.
    Hub(SubjectId),
    /// What a subject is compared with.
    Alternatives(SubjectId),
    /// The table of all pairs.
    Matrix,
    /// A part of the titles and names by letter, from 1.
    Index(usize),
    /// `404.html`.
    NotFound,
    /// A stub that leads on.
    Redirect(Destination),
    /// A copy of a file.
    Copy(SourcePath),
    /// A picture in another width.
    Picture(SourcePath, u32),
    /// An Atom feed.
    Atom(FeedOf),
    /// A JSON feed.
    JsonFeed(FeedOf),
    /// `sitemap.xml`: the addresses, or an index where there are too many.
    Sitemap,
    /// A part of the sitemap, from 1.
    SitemapPart(usize),
    /// What `404.html` looks for near addresses in.
    Addresses,
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
    /// The page of a subject without a file, as Markdown.
    HubAlternate(SubjectId),
    /// `llms.txt`.
    Llms,
    /// `llms-full.txt`.
    LlmsFull,
    /// The picture of an article for link previews, or of the site.
    SocialCard(Option<PageId>),
    /// A part of the search page, from 1.
    SearchPage(usize),
    /// A file of the search.
    Search(SearchFile),
    /// `CNAME`.
    Cname,
    /// `_redirects`.
    Redirects,
    /// `_headers`.
    Headers,
}

impl Output {
    /// The picture that it is, in some width.
    pub fn picture(&self) -> Option<&SourcePath> {
        match self {
            Self::Picture(source, _) => Some(source),
            _ => None,
        }
    }
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
    pub(super) pages: &'a [Arc<Document>],
    pub(super) urls: &'a [UrlPath],
    pub(super) sections: &'a [Section],
    pub(super) taxonomies: &'a [Taxonomy],
    pub(super) assets: &'a Assets,
    pub(super) subjects: &'a Subjects,
    pub(super) hubs: &'a Hubs,
    /// What each page compares.
    pub(super) compared: &'a [Vec<SubjectId>],
    /// Addresses that read the other way round, unless something is there.
    pub(super) reversed: Vec<(PageId, UrlPath)>,
    pub(super) search: Option<&'a Search>,
}

/// Claims a path for every output, in a fixed order.
pub(super) fn build(places: &Places<'_>) -> Checked<Vec<Route>> {
    let mut claims = Claims::new(places);
    claims.pages();
    claims.data();
    claims.lists();
    claims.assets();
    claims.aliases();
    claims.reversed();
    claims.hubs();
    claims.social_cards();
    claims.generated();
    claims.sitemap();
    claims.files_as_folders();
    let Claims { mut routes, problems, .. } = claims;
    routes.sort_by(|a, b| a.path.cmp(&b.path));
    routes.shrink_to_fit();
    Checked { value: routes, problems }
}

/// The address of a part of a list.
pub(crate) fn part_url(url: &UrlPath, part: usize) -> UrlPath {
    if part <= 1 {
        return url.clone();
    }
    url.join(&format!("page/{part}/")).unwrap_or_else(|_| url.clone())
}
