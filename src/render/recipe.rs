//! What a file is made of, told before it is made: files of one recipe hold the
//! same.
//!
//! A recipe covers what templates can see: views, as they are, and texts, as
//! they are written. Where the links of texts lead is noted when they are
//! rendered ([`super::Notes`]).

use super::Renderer;
use crate::cache::{Ingredients, Key, Sum};
use crate::path::SourcePath;
use crate::pictures;
use crate::site::{FeedOf, Output, PageId, Route, SearchFile, SectionId, Site, SubjectId};
use crate::theme::Theme;
use crate::view;

/// What all files of a site are made of.
pub(super) fn of_all(site: &Site, theme: &Theme) -> Sum {
    let mut parts = Ingredients::of("site");
    parts.add(&theme.digest().to_le_bytes());
    // What names every field can't forget one.
    parts.add(format!("{:?}", site.config).as_bytes());
    parts.add_value(&view::site(site));
    parts.sum()
}

impl Renderer<'_> {
    /// The recipe of a route's file; `None` for files that are cheaper to make
    /// than to look up.
    pub fn recipe(&self, route: &Route) -> Option<Key> {
        let site = self.site;
        if let Output::Picture(source, width) = &route.output {
            return self.picture_recipe(source, *width);
        }
        let mut parts = Ingredients::of("file");
        parts.add_all(&self.stock.sum);
        parts.add(route.path.as_str().as_bytes());
        match &route.output {
            Output::Page(id) => self.add_page("page", *id, &mut parts),
            Output::Alternate(id) => self.add_page("alternate", *id, &mut parts),
            Output::Data(id) => self.add_page("data", *id, &mut parts),
            Output::Search(SearchFile::Text(number)) => {
                let id = *site.search.as_ref()?.numbered.get(*number)?;
                self.add_page("text", id, &mut parts);
            }
            Output::Section(id, part) => self.add_section(*id, *part, &mut parts),
            Output::Taxonomy(id) => parts.add_value(&view::taxonomy(site, *id)),
            Output::Term(id, term, part) => {
                let view = view::term(site, *id, *term, *part);
                parts.add_value(&view);
                self.add_cards(&view.pages, &mut parts);
            }
            Output::Hub(id) => parts.add_value(&view::hub(site, *id)),
            Output::HubAlternate(id) => {
                parts.add(b"alternate");
                parts.add_value(&view::hub(site, *id));
            }
            Output::Alternatives(id) => self.add_alternatives(*id, &mut parts),
            Output::Matrix => parts.add_value(&view::matrix(site)),
            Output::Index(part) => parts.add_value(&view::index(site, *part)),
            Output::NotFound => {
                parts.add_value(&view::not_found(site));
                self.add_cards(&self.recent_pages(), &mut parts);
            }
            Output::SearchPage(part) => parts.add_value(&view::search(site, *part)),
            Output::SocialCard(of) => parts.add_value(&view::social_card(site, *of)),
            Output::Redirect(to) => parts.add_value(&view::redirect(site, *to)),
            Output::Atom(of) => self.add_feed("atom", *of, &mut parts),
            Output::JsonFeed(of) => self.add_feed("json", *of, &mut parts),
            Output::Copy(_)
            | Output::Picture(..)
            | Output::Search(_)
            | Output::Sitemap
            | Output::SitemapPart(_)
            | Output::Robots
            | Output::Llms
            | Output::LlmsFull
            | Output::SiteData
            | Output::Cname
            | Output::Redirects
            | Output::Headers
            | Output::Addresses
            | Output::NoJekyll => return None,
        }
        parts.key()
    }

    /// A picture is made of its file alone, whatever pages say.
    fn picture_recipe(&self, source: &SourcePath, width: u32) -> Option<Key> {
        let picture = self.site.assets.picture(source)?.ok()?;
        let mut parts = Ingredients::of("picture");
        parts.add(&picture.hash.to_le_bytes());
        parts.add(&width.to_le_bytes());
        parts.add(&pictures::VERSION.to_le_bytes());
        parts.add(&[self.site.config.pictures.quality]);
        parts.key()
    }

    fn add_page(&self, form: &str, id: PageId, parts: &mut Ingredients) {
        parts.add(form.as_bytes());
        parts.add_all(&self.page_sum(id));
    }

    /// All that the files of one page are made of.
    fn page_sum(&self, id: PageId) -> Sum {
        let of_page = || {
            let mut parts = Ingredients::of("page");
            let document = &self.site.pages[id].document;
            parts.add(&document.hash.to_le_bytes());
            self.look(id, |page| parts.add_value(page));
            for related in self.site.pages[id].related.iter() {
                self.add_cards(&[related.page], &mut parts);
                parts.add_value(&view::named_reasons(self.site, &related));
            }
            let hub = self.site.subject_of(id).and_then(|subject| view::hub(self.site, subject));
            parts.add_value(&hub);
            if !document.front.comparison.is_blank() {
                let unnoted = self.unnoted();
                let prose = unnoted.prose(document, &self.site.pages[id].url, false);
                let drafted = view::comparison(self.site, id, prose.draft_printer(self.theme()));
                parts.add_value(&drafted.value);
                self.add_subjects(id, &mut parts);
            }
            parts.sum()
        };
        *self.stock.page_sums[id].get_or_init(of_page)
    }

    /// What a recipe looks up may be more than its file does.
    fn unnoted(&self) -> Self {
        Self { notes: None, ..*self }
    }

    /// What a page's subjects are called by other pages.
    fn add_subjects(&self, id: PageId, parts: &mut Ingredients) {
        for subject in &self.site.pages[id].document.front.comparison.subjects {
            let entry = self.site.subjects.find(&subject.id).map(|id| &self.site.subjects.all[id]);
            let said = entry.map(|entry| (&entry.id, &entry.name, &entry.facts.tagline));
            parts.add_value(&said);
        }
        for subject in &self.site.pages[id].subjects {
            parts.add(self.site.subjects.all[*subject].id.as_bytes());
        }
    }

    fn add_section(&self, id: SectionId, part: usize, parts: &mut Ingredients) {
        let section = &self.site.sections[id];
        let view = view::section(self.site, id, part);
        parts.add_value(&view);
        self.add_cards(&view.pages, parts);
        let document = section.document.as_ref().map(|document| document.hash);
        parts.add_value(&document);
        if id == 0 {
            self.add_cards(&self.recent_pages(), parts);
        }
    }

    fn add_alternatives(&self, id: SubjectId, parts: &mut Ingredients) {
        let argue = |page: PageId, subject: SubjectId| {
            let location = &self.site.pages[page];
            let unnoted = self.unnoted();
            let prose = unnoted.prose(&location.document, &location.url, false).elsewhere();
            view::argument(self.site, page, subject, prose.draft_printer(self.theme()))
        };
        parts.add_value(&view::alternatives(self.site, id, argue));
    }

    fn add_feed(&self, form: &str, of: FeedOf, parts: &mut Ingredients) {
        let feed = self.site.feed(of);
        parts.add(form.as_bytes());
        parts.add_value(&feed.title);
        for id in feed.pages {
            parts.add_all(&self.page_sum(id));
        }
    }

    fn add_cards(&self, pages: &[PageId], parts: &mut Ingredients) {
        for id in pages {
            let card = || {
                let mut card = Ingredients::of("card");
                card.add_value(&view::card(self.site, *id));
                card.sum()
            };
            parts.add_all(self.stock.card_sums[*id].get_or_init(card));
        }
    }
}
