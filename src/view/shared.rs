//! What several kinds of page show.

use serde::Serializer;
use serde_json::json;

use super::{
    CallToActionView, FeedView, HeadView, LinkView, LogoView, PaginationView, SiteView, social,
};
use crate::config::{Logo, MenuEntry};
use crate::path::UrlPath;
use crate::path::is_external;
use crate::site::{FeedOf, Output, PageId, Search, SectionId, Site, part_url};
use crate::strings::Direction;

/// The site, for every template.
pub fn site(site: &Site) -> SiteView {
    let config = &site.config;
    let taxonomies: Vec<LinkView> = site
        .taxonomies
        .iter()
        .map(|taxonomy| link(site, &taxonomy.config.title, &taxonomy.url))
        .collect();
    let sections: Vec<LinkView> =
        site.home().sections.iter().map(|id| section_link(site, *id)).collect();
    let menu = match &config.menu {
        Some(entries) => entries.iter().map(|entry| menu_entry(site, entry)).collect(),
        None => sections.iter().chain(&taxonomies).cloned().collect(),
    };
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        base_url: config.base_url.whole(),
        base_path: config.base_url.path.clone(),
        direction: Direction::of(&config.language).name(),
        logo: config.look.logo.as_ref().map(logo),
        stylesheet: config.look.stylesheet.clone(),
        author: config.author.clone(),
        menu,
        footer: match &config.footer {
            Some(entries) => entries.iter().map(|entry| menu_entry(site, entry)).collect(),
            None => overviews(site),
        },
        eyebrow: config.eyebrow.clone(),
        call_to_action: config.call_to_action.as_ref().map(|call| {
            let LinkView { title, url } = menu_entry(site, &call.link);
            CallToActionView { label: call.label.clone(), title, url, text: call.text.clone() }
        }),
        taxonomies,
        sections,
        feeds: feeds(site, FeedOf::Site),
        search: site.search.as_ref().map(|_| site.href(&Search::url())),
        search_texts: search_texts(site),
        extra: config.extra.clone(),
    }
}

fn logo(logo: &Logo) -> LogoView {
    const HEIGHT: usize = 28;
    let width = logo
        .size
        .map_or(HEIGHT, |(width, height)| width as usize * HEIGHT / (height as usize).max(1));
    LogoView { path: logo.path.clone(), width: width.max(1), height: HEIGHT }
}

fn search_texts(site: &Site) -> String {
    let texts = site.config.strings.changed("search_");
    if texts.is_empty() { String::new() } else { json!(texts).to_string() }
}

/// What is made of all comparisons together.
fn overviews(site: &Site) -> Vec<LinkView> {
    let text = |key| site.config.strings.text(key);
    let index = site.hubs.index.as_ref().map(|index| link(site, &text("a_to_z"), &index.url));
    let matrix = site.hubs.matrix.as_ref().map(|matrix| link(site, &text("matrix"), &matrix.url));
    matrix.into_iter().chain(index).collect()
}

fn menu_entry(site: &Site, entry: &MenuEntry) -> LinkView {
    let url = if is_external(&entry.url) || entry.url.starts_with('#') {
        entry.url.clone()
    } else {
        format!("{}{}", site.config.base_url.path, entry.url.trim_start_matches('/'))
    };
    LinkView { title: entry.title.clone(), url }
}

/// The feeds of something, by the page that shows the same.
pub(super) fn feeds(site: &Site, of: FeedOf) -> Vec<FeedView> {
    let url = site.feed(of).url;
    let kinds = [
        ("atom.xml", Output::Atom(of), "application/atom+xml"),
        ("feed.json", Output::JsonFeed(of), "application/feed+json"),
    ];
    let feed = |(name, output, kind)| {
        let url = site.beside(url, name, &output)?;
        Some(FeedView { kind, url })
    };
    kinds.into_iter().filter_map(feed).collect()
}

pub(super) fn link(site: &Site, title: &str, url: &UrlPath) -> LinkView {
    LinkView { title: title.to_owned(), url: site.href(url) }
}

pub(super) fn page_link(site: &Site, id: PageId) -> LinkView {
    let page = &site.pages[id];
    link(site, &page.document.title, &page.url)
}

pub(super) fn section_link(site: &Site, id: SectionId) -> LinkView {
    let section = &site.sections[id];
    link(site, &section.title, &section.url)
}

/// The home page, where breadcrumbs begin.
pub(super) fn home(site: &Site) -> LinkView {
    link(site, &site.config.strings.text("home"), &UrlPath::root())
}

/// From the home page down to a section, itself included.
pub(super) fn breadcrumbs(site: &Site, section: SectionId) -> Vec<LinkView> {
    let mut trail = Vec::new();
    let mut at = Some(section);
    while let Some(id) = at {
        trail.push(match id {
            0 => home(site),
            id => section_link(site, id),
        });
        at = site.sections[id].parent;
    }
    trail.reverse();
    trail
}

/// How far from a part the parts are that it links to.
const NEAR: usize = 3;

/// The part of a list that `number` is, and its neighbours.
pub(super) fn pagination(
    site: &Site,
    url: &UrlPath,
    count: usize,
    number: usize,
) -> PaginationView {
    pagination_of(site, url, count.div_ceil(site.config.paginate), number)
}

/// The same for a list of so many parts.
pub(super) fn pagination_of(
    site: &Site,
    url: &UrlPath,
    parts: usize,
    number: usize,
) -> PaginationView {
    let total = parts.max(1);
    let href = |part: usize| site.href(&part_url(url, part));
    let window = number.saturating_sub(NEAR).max(2)..=(number + NEAR).min(total - 1);
    let last = (total > 1).then_some(total);
    let near = [1].into_iter().chain(window).chain(last);
    PaginationView {
        number,
        total,
        previous: (number > 1).then(|| href(number - 1)),
        next: (number < total).then(|| href(number + 1)),
        parts: near.map(|part| LinkView { title: part.to_string(), url: href(part) }).collect(),
    }
}

/// The pages of a part of a list.
pub(super) fn part(site: &Site, pages: &[PageId], number: usize) -> Vec<PageId> {
    let size = site.config.paginate;
    pages.iter().copied().skip((number - 1) * size).take(size).collect()
}

/// The head of a list: canonical is the part's own address.
pub(super) fn list_head(
    site: &Site,
    title: &str,
    description: &str,
    url: &UrlPath,
    pagination: Option<&PaginationView>,
) -> HeadView {
    let number = pagination.map_or(1, |pagination| pagination.number);
    let place = number.to_string();
    let numbered = [("title", title), ("number", place.as_str())];
    let name = match number {
        1 => title.to_owned(),
        _ => site.config.strings.fill("numbered_title", &numbered),
    };
    let head = HeadView {
        title: document_title(site, &name),
        description: description.to_owned(),
        canonical: site.absolute(&part_url(url, number)),
        kind: "website",
        image: None,
        image_alt: None,
        image_width: None,
        image_height: None,
        noindex: false,
        published: None,
        modified: None,
        json_ld: String::new(),
        previous: pagination.and_then(|pagination| pagination.previous.clone()),
        next: pagination.and_then(|pagination| pagination.next.clone()),
        feeds: Vec::new(),
    };
    head.showing(social::of_list(site, None, url))
}

/// A page's title and the site's.
pub(super) fn document_title(site: &Site, title: &str) -> String {
    let name = &site.config.title;
    if title == name { name.clone() } else { format!("{title} · {name}") }
}

/// Cards are the same wherever they stand, so the renderer fills them in.
pub(super) fn nothing<S: Serializer>(_: &[PageId], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_unit()
}
