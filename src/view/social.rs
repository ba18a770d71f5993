//! `card`: what the picture for link previews is drawn from, and where it is.

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use super::{DuelView, HeadView, LinkView, TallyView, articles, comparison, shared};
use crate::config::INK_COLOURS;
use crate::content::Document;
use crate::data::Node;
use crate::drawing::Size;
use crate::markdown::{Image, Targets as _};
use crate::path::UrlPath;
use crate::site::{CARD, Output, PageId, Preview, Site};
use crate::strings::Direction;

/// How large social cards are: what networks ask for.
pub const CARD_SIZE: Size = Size { width: 1200, height: 630 };

/// `card`: an article as its picture for link previews shows it, or the site.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SocialCardView {
    /// The title; of the site's card, its name.
    pub title: String,
    /// The description, or the beginning of the text; plain text.
    pub summary: String,
    /// What it compares.
    pub subjects: Vec<SocialSideView>,
    /// The same cell by cell, as the strip shows it: an ink for each edge, 0 where
    /// the sides are even.
    pub strip: Vec<usize>,
    /// How many dimensions are even.
    pub even: usize,
    /// Who has the edge in each of its dimensions.
    pub tally: Vec<TallyView>,
    /// Its title in its parts, where it has the form `A vs B`.
    pub duel: Option<DuelView>,
    /// The ink of the subject that it is the page of.
    pub ink: Option<usize>,
    /// The section it is in.
    pub section: Option<LinkView>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub date: Option<String>,
    /// When it was changed last.
    pub updated: Option<String>,
    /// How long it takes to read, in minutes; 0 of the site.
    pub reading_time: usize,
    /// The language that it is written in.
    pub language: String,
    /// Which way that is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// The inks on light pages, as CSS has colours.
    pub inks: Vec<String>,
    /// Free keys of its front matter.
    pub extra: Node,
}

/// A side of a social card.
#[derive(Debug, Clone, Serialize)]
pub struct SocialSideView {
    /// Its name.
    pub name: String,
    /// Its ink, 1 to 8.
    pub ink: usize,
    /// How many dimensions it has the edge in.
    pub edges: usize,
}

impl HeadView {
    /// The same with a picture.
    pub(super) fn showing(self, preview: Option<Preview>) -> Self {
        let Some(Preview { url, alt, size }) = preview else { return self };
        let (image_width, image_height) = size.unzip();
        Self { image: Some(url), image_alt: alt, image_width, image_height, ..self }
    }
}

/// What the card of a page is drawn from, or of the site.
pub fn social_card(site: &Site, of: Option<PageId>) -> SocialCardView {
    let Some(id) = of else { return of_site(site) };
    let page = &site.pages[id];
    let front = &page.document.front;
    let tally = comparison::tally(site, id);
    let subjects = sides(site, id, &tally);
    let language = front.particulars.language.as_deref().unwrap_or(&site.config.language);
    let subject = site.subject_of(id).map(|subject| comparison::inks(site, &[subject]));
    let common = of_site(site);
    SocialCardView {
        title: page.document.title.clone(),
        summary: page.document.summary().to_owned(),
        strip: strip(&subjects, &tally),
        even: tally.iter().filter(|entry| is_even(entry)).count(),
        subjects,
        tally,
        duel: comparison::duel(site, id),
        ink: subject.and_then(|inks| inks.first().copied()),
        section: (page.section != 0).then(|| shared::section_link(site, page.section)),
        authors: articles::authors(site, front).to_vec(),
        date: front.date.map(|date| date.to_string()),
        updated: front.updated.map(|date| date.to_string()),
        reading_time: articles::reading_time(&page.document),
        language: language.to_owned(),
        direction: Direction::of(language).name(),
        extra: Node::Map(front.particulars.extra.clone()),
        ..common
    }
}

fn of_site(site: &Site) -> SocialCardView {
    let config = &site.config;
    let inks = config.look.inks.iter().zip(INK_COLOURS);
    SocialCardView {
        title: config.title.clone(),
        summary: config.description.clone(),
        language: config.language.clone(),
        direction: Direction::of(&config.language).name(),
        inks: inks.map(|(own, ink)| own.map_or(ink.into(), |own| own.light.to_string())).collect(),
        extra: Node::Map(Vec::new()),
        ..SocialCardView::default()
    }
}

fn is_even(entry: &TallyView) -> bool {
    entry.edge.as_ref().is_some_and(|edge| edge.place.is_none())
}

fn sides(site: &Site, id: PageId, tally: &[TallyView]) -> Vec<SocialSideView> {
    let edges = |place: usize| {
        let own = |entry: &&TallyView| entry.edge.as_ref().is_some_and(|e| e.place == Some(place));
        tally.iter().filter(own).count()
    };
    let side = |(at, side): (usize, super::SideView)| SocialSideView {
        name: side.name,
        ink: side.ink,
        edges: edges(at + 1),
    };
    articles::sides(site, id).into_iter().enumerate().map(side).collect()
}

/// Each edge on its subject's side, and the even ones before the last.
fn strip(subjects: &[SocialSideView], tally: &[TallyView]) -> Vec<usize> {
    let own = |side: &SocialSideView| std::iter::repeat_n(side.ink, side.edges);
    let Some((last, others)) = subjects.split_last() else { return Vec::new() };
    let even = tally.iter().filter(|entry| is_even(entry)).map(|_| 0);
    others.iter().flat_map(own).chain(even).chain(own(last)).collect()
}

/// The picture of a page: what its front matter names, its card, or that of the site.
pub(super) fn of_page(site: &Site, id: PageId) -> Option<Preview> {
    let page = &site.pages[id];
    match page.document.front.particulars.image.as_deref() {
        Some(image) => Some(named(site, &page.document, &page.url, image)),
        None => beside(site, &page.url).or_else(|| beside(site, &UrlPath::root())),
    }
}

/// The picture of a list: what its own file names, or the card of the site.
pub(super) fn of_list(site: &Site, document: Option<&Document>, url: &UrlPath) -> Option<Preview> {
    let image = |document: &Document| {
        Some(named(site, document, url, document.front.particulars.image.as_deref()?))
    };
    document.and_then(image).or_else(|| beside(site, &UrlPath::root()))
}

fn named(site: &Site, document: &Document, url: &UrlPath, image: &str) -> Preview {
    let Image { url, size, .. } = site.resolver(document, url).absolute().image(image);
    Preview { url, alt: None, size }
}

fn beside(site: &Site, folder: &UrlPath) -> Option<Preview> {
    match site.card_beside(folder)? {
        Output::SocialCard(None) => {
            let own = || drawn(site, folder, &of_site(site));
            site.preview.get_or_init(own).clone()
        }
        Output::SocialCard(of) => drawn(site, folder, &social_card(site, *of)),
        Output::Copy(file) => {
            let url = site.absolute(&folder.join(CARD).ok()?);
            Some(Preview { url, alt: None, size: site.assets.size(file) })
        }
        _ => None,
    }
}

/// A card, at an address that is another whenever it shows something else:
/// networks keep what they once fetched.
fn drawn(site: &Site, folder: &UrlPath, card: &SocialCardView) -> Option<Preview> {
    let mut hash = Xxh3::new();
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    hash.update(site.config.title.as_bytes());
    if let Some(kit) = &site.config.social_cards.kit {
        hash.update(&kit.digest.to_le_bytes());
    }
    hash.update(&serde_json::to_vec(card).unwrap_or_default());
    let version = hash.digest() >> 24;
    let Size { width, height } = CARD_SIZE;
    Some(Preview {
        url: format!("{}?v={version:010x}", site.absolute(&folder.join(CARD).ok()?)),
        alt: Some(card.title.clone()),
        size: Some((width, height)),
    })
}
