//! Turns a route into a file.

mod alternate;
mod article;
mod data;
mod feeds;
mod filters;
mod host;
mod hub_text;
mod hubs;
mod lists;
mod pictures;
mod plain_markdown;
mod recipe;
mod search;
mod shortcodes;
mod sitemap;
mod social_card;
mod xml;

use std::sync::OnceLock;

use tera::{Context, Value};

pub use alternate::Part;
pub use filters::register;

use crate::cache::{Cache, Sum};
use crate::content::Document;
use crate::diag::{Checked, Diagnostic, Lint, Place};
use crate::markdown::{self, Colours, Dialect, Setting};
use crate::output::Rendered;
use crate::path::{SourcePath, UrlPath};
use crate::site::{Lookups, Output, PageId, Resolver, Route, Site};
use crate::source::Files;
use crate::theme::{self, Theme};
use crate::view::{self, PageView};

/// So many cards are kept.
const CARDS: usize = 4_096;

/// What all files of a site share.
pub struct Stock {
    theme: Theme,
    /// What every file is made of.
    sum: Sum,
    /// The cards of the first pages, made when a list first asks for them. Those
    /// of the others are made each time: a card takes some kilobytes.
    cards: Vec<OnceLock<Value>>,
    card_sums: Vec<OnceLock<Sum>>,
    /// What the files of each page are made of.
    page_sums: Vec<OnceLock<Sum>>,
}

/// Renders the routes of a site. A file is a function of the site, the theme
/// and the sources it names.
#[derive(Clone, Copy)]
pub struct Renderer<'a> {
    site: &'a Site,
    stock: &'a Stock,
    files: &'a dyn Files,
    notes: Option<&'a Notes<'a>>,
}

/// What is noted while a file is made.
#[derive(Debug)]
pub struct Notes<'a> {
    /// Where links were looked up.
    pub lookups: Lookups,
    /// The colours of code that were asked for.
    pub colours: Colours<'a>,
    /// The page whose recipe was told, which its template sees next.
    page: OnceLock<(PageId, PageView)>,
}

impl<'a> Notes<'a> {
    /// Nothing noted yet; colours are looked for in a cache.
    pub fn new(cache: &'a Cache) -> Self {
        let (lookups, page) = (Lookups::default(), OnceLock::new());
        Self { lookups, colours: Colours::new(cache), page }
    }
}

/// How one document's texts become HTML.
struct Prose<'a> {
    dialect: Dialect,
    resolver: Resolver<'a>,
}

impl Prose<'_> {
    /// The same for texts that are shown on another page.
    fn elsewhere(self) -> Self {
        Self { resolver: self.resolver.elsewhere(), ..self }
    }

    fn printer<'p>(&'p self, theme: &'p Theme) -> view::Printer<'p> {
        let Self { dialect, resolver } = self;
        view::Printer { dialect, targets: resolver, templates: theme, is_draft: false }
    }

    /// One that leaves texts as they are written.
    fn draft_printer<'p>(&'p self, theme: &'p Theme) -> view::Printer<'p> {
        view::Printer { is_draft: true, ..self.printer(theme) }
    }
}

impl Stock {
    /// Prepares what all files of a site share.
    pub fn new(site: &Site, mut theme: Theme) -> Self {
        theme.insert_global("site", Value::from_serializable(&view::site(site)));
        let sum = recipe::of_all(site, &theme);
        let count = site.pages.len();
        Self {
            theme,
            sum,
            cards: vec![OnceLock::new(); count.min(CARDS)],
            card_sums: vec![OnceLock::new(); count],
            page_sums: vec![OnceLock::new(); count],
        }
    }

    /// Lets go of what was made of a page, which is another now.
    pub fn forget(&mut self, page: PageId) {
        if let Some(card) = self.cards.get_mut(page) {
            *card = OnceLock::new();
        }
        self.card_sums[page] = OnceLock::new();
        self.page_sums[page] = OnceLock::new();
    }
}

impl<'a> Renderer<'a> {
    /// Renders with a stock that was made of the same site.
    pub fn new(site: &'a Site, stock: &'a Stock, files: &'a dyn Files) -> Self {
        Self { site, stock, files, notes: None }
    }

    /// The same, noting what it looks up and what it has seen of a page.
    pub fn noting(self, notes: &'a Notes<'a>) -> Self {
        Self { notes: Some(notes), ..self }
    }

    fn theme(&self) -> &'a Theme {
        &self.stock.theme
    }

    /// The file of a route; `None` where a problem made it impossible.
    pub fn render(&self, route: &Route) -> Checked<Option<Rendered>> {
        let bytes = match &route.output {
            Output::Copy(source) => self.copy(source),
            Output::Picture(source, width) => self.picture(source, *width),
            Output::Search(file) => self.search(*file),
            Output::SocialCard(of) => self.social_card(*of),
            output => self.print(output).map(|text| text.map(String::into_bytes)),
        };
        bytes.map(|bytes| bytes.map(|bytes| Rendered { path: route.path.clone(), bytes }))
    }

    fn print(&self, output: &Output) -> Checked<Option<String>> {
        let text = match output {
            Output::Page(id) => return self.article(*id),
            Output::Section(id, part) => return self.section(*id, *part),
            Output::Taxonomy(id) => return self.taxonomy(*id),
            Output::Term(id, term, part) => return self.term(*id, *term, *part),
            Output::Hub(id) => return self.hub(*id),
            Output::Alternatives(id) => return self.alternatives(*id),
            Output::Matrix => return self.matrix(),
            Output::Index(part) => return self.index(*part),
            Output::NotFound => return self.not_found(),
            Output::SearchPage(part) => return self.search_page(*part),
            Output::Redirect(to) => return self.redirect(*to),
            Output::Atom(of) => return self.feed(*of, feeds::atom),
            Output::JsonFeed(of) => return self.feed(*of, feeds::json),
            Output::Sitemap => sitemap::main(self.site),
            Output::SitemapPart(part) => sitemap::part(self.site, *part),
            Output::Robots => host::robots(self.site),
            Output::Alternate(id) => return self.alternate(*id),
            Output::HubAlternate(id) => self.hub_alternate(*id),
            Output::Llms => self.llms(),
            Output::LlmsFull => return self.llms_full_text(),
            Output::Data(id) => self.data(*id),
            Output::SiteData => self.site_data(),
            Output::Addresses => self.addresses(),
            Output::Cname => host::cname(self.site),
            Output::Redirects => host::redirects(self.site),
            Output::Headers => host::headers(self.site),
            Output::NoJekyll
            | Output::Copy(_)
            | Output::Picture(..)
            | Output::Search(_)
            | Output::SocialCard(_) => String::new(),
        };
        Checked::clean(Some(text))
    }

    fn template(&self, name: &str, context: &Context, what: &str) -> Checked<Option<String>> {
        match self.theme().render(name, context) {
            Ok(html) => Checked::clean(Some(html)),
            Err(problem) => {
                let problem = problem.trace(format!("while rendering {what}"));
                Checked { value: None, problems: vec![problem] }
            }
        }
    }

    /// How a document's texts become HTML. Feeds are read elsewhere and without
    /// our stylesheet: for them links are whole URLs and code has no colours.
    fn prose<'p>(&'p self, document: &'p Document, url: &'p UrlPath, for_feed: bool) -> Prose<'p> {
        let mut config = self.site.config.markdown.clone();
        config.highlight &= !for_feed;
        let resolver =
            self.site.resolver(document, url).noting(self.notes.map(|notes| &notes.lookups));
        let resolver = if for_feed { resolver.absolute() } else { resolver };
        Prose { dialect: Dialect::Versus(config), resolver }
    }

    /// A document's body as HTML.
    fn body(
        &self,
        document: &Document,
        prose: &Prose<'_>,
        setting: Setting<'_>,
    ) -> Checked<String> {
        let mut problems = Vec::new();
        let Some(text) = self.text(document, &mut problems) else {
            return Checked { value: String::new(), problems };
        };
        let setting = Setting { colours: self.notes.map(|notes| &notes.colours), ..setting };
        let source = source(document, &text, setting);
        let html = markdown::html(source, &prose.dialect, &prose.resolver, self.theme());
        let html = html.unpack(&mut problems);
        problems.retain(|problem| !document.front.silences(problem));
        Checked { value: html, problems }
    }

    /// The text that the first pass read, or a problem if it is another now.
    fn text(&self, document: &Document, problems: &mut Vec<Diagnostic>) -> Option<String> {
        if document.is_broken {
            return None;
        }
        let bytes = self.files.read(&document.file).unwrap_or_default();
        if xxhash_rust::xxh3::xxh3_64(&bytes) != document.hash {
            problems.push(changed(&document.file));
            return None;
        }
        String::from_utf8(bytes).ok()
    }

    fn copy(&self, source: &SourcePath) -> Checked<Option<Vec<u8>>> {
        match theme::publish(self.files, source, &self.site.config) {
            Ok(bytes) => Checked::clean(Some(bytes)),
            Err(error) => {
                let message = format!("the file can't be read: {error}");
                let problem = Diagnostic::new(Lint::FileUnreadable, message);
                Checked { value: None, problems: vec![problem.at(Place::file(source))] }
            }
        }
    }

    /// What templates see of a page but its related pages, for `look`.
    fn look<T>(&self, id: PageId, look: impl FnOnce(&PageView) -> T) -> T {
        let view = || view::page(self.site, id);
        match self.notes.map(|notes| notes.page.get_or_init(|| (id, view()))) {
            Some((seen, page)) if *seen == id => look(page),
            _ => look(&view()),
        }
    }

    fn card(&self, page: PageId) -> Value {
        let card = || Value::from_serializable(&view::card(self.site, page));
        match self.stock.cards.get(page) {
            Some(made) => made.get_or_init(card).clone(),
            None => card(),
        }
    }

    fn cards(&self, pages: &[PageId]) -> Value {
        Value::from(pages.iter().map(|id| self.card(*id)).collect::<Vec<_>>())
    }

    /// The newest pages that have a date; where none has, the first pages.
    fn recent_pages(&self) -> Vec<PageId> {
        const RECENT: usize = 12;
        let newest = &self.site.newest;
        let dated = |id: &PageId| self.site.pages[*id].document.front.date.is_some();
        let count = newest.iter().take(RECENT).filter(|id| dated(id)).count();
        let count = if count == 0 { RECENT.min(newest.len()) } else { count };
        newest[..count].to_vec()
    }
}

/// What there is to say of a file that is not what it was when it was read first.
fn changed(file: &SourcePath) -> Diagnostic {
    Diagnostic::new(Lint::FileUnreadable, "the file changed during the build")
        .at(Place::file(file))
        .help("build again")
}

/// A document's body, for a pass over its text.
fn source<'a>(document: &'a Document, text: &'a str, setting: Setting<'a>) -> markdown::Source<'a> {
    markdown::Source {
        file: &document.file,
        body: &text[document.body..],
        offset: document.body,
        outline: &document.outline,
        setting,
    }
}
