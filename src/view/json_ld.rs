//! Structured data for search engines: <https://schema.org/TechArticle>,
//! <https://schema.org/BreadcrumbList>.

use memchr::{memchr, memchr3};
use serde::Serialize;

use super::{HeadView, LinkView, PageView};
use crate::comparison::Source;
use crate::markdown::Targets;
use crate::site::{Page, Site, SubjectId};

const CONTEXT: &str = "https://schema.org";

/// A page, and the way to it.
#[derive(Serialize)]
struct Graph<'a, T> {
    #[serde(rename = "@context")]
    context: &'a str,
    #[serde(rename = "@graph")]
    graph: (T, Trail<'a>),
}

/// <https://schema.org/TechArticle>
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Work<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    description: &'a str,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    in_language: &'a str,
    is_part_of: Whole<'a>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    keywords: &'a [String],
    main_entity_of_page: &'a str,
    url: &'a str,
    word_count: usize,
}

/// The site that a page is a part of.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    name: &'a str,
    url: String,
}

/// A person or a subject.
#[derive(Serialize)]
struct Thing<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    name: &'a str,
    #[serde(rename = "sameAs", skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<&'a str>,
}

/// <https://schema.org/CreativeWork>
#[derive(Serialize)]
struct Work<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// An article and the way to it.
pub(super) fn article(site: &Site, page: &Page, view: &PageView) -> String {
    let article = Article {
        kind: "TechArticle",
        about: page.subjects.iter().map(|id| thing(site, *id)).collect(),
        author: view.card.authors.iter().map(person).collect(),
        citation: citations(site, page),
        date_modified: view.head.modified.as_deref().or(view.head.published.as_deref()),
        date_published: view.head.published.as_deref(),
        description: &view.card.summary,
        headline: &view.card.title,
        image: view.head.image.as_deref(),
        in_language: &view.language,
        is_part_of: whole(site),
        keywords: &page.document.front.keywords,
        main_entity_of_page: &view.head.canonical,
        url: &view.card.permalink,
        word_count: view.card.word_count,
    };
    let trail = trail(site, &view.breadcrumbs, &view.card.title);
    safe(&Graph { context: CONTEXT, graph: (article, trail) })
}

/// A page that lists others.
pub(super) struct Collection<'a> {
    pub(super) head: &'a HeadView,
    /// What the page calls itself.
    pub(super) title: &'a str,
    pub(super) breadcrumbs: &'a [LinkView],
    /// The subject that it is about.
    pub(super) about: Option<SubjectId>,
    /// Titles and addresses, in order.
    pub(super) items: &'a [(&'a str, &'a str)],
}

/// <https://schema.org/CollectionPage>
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CollectionPage<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<Thing<'a>>,
    description: &'a str,
    in_language: &'a str,
    is_part_of: Whole<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity: Option<ItemList<'a>>,
    name: &'a str,
    url: &'a str,
}

/// <https://schema.org/ItemList>
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemList<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    item_list_element: Vec<Item<'a>>,
    number_of_items: usize,
}

#[derive(Serialize)]
struct Item<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    name: &'a str,
    position: usize,
    url: String,
}

/// A page that lists others, and the way to it.
pub(super) fn collection(site: &Site, collection: &Collection<'_>) -> String {
    let Collection { head, title, breadcrumbs, about, items } = *collection;
    let origin = &site.config.base_url.origin;
    let main_entity = (!items.is_empty()).then(|| ItemList {
        kind: "ItemList",
        item_list_element: (1..)
            .zip(items)
            .map(|(position, (name, url))| Item {
                kind: "ListItem",
                name,
                position,
                url: format!("{origin}{url}"),
            })
            .collect(),
        number_of_items: items.len(),
    });
    let page = CollectionPage {
        kind: "CollectionPage",
        about: about.map(|subject| thing(site, subject)),
        description: &head.description,
        in_language: &site.config.language,
        is_part_of: whole(site),
        main_entity,
        name: title,
        url: &head.canonical,
    };
    safe(&Graph { context: CONTEXT, graph: (page, trail(site, breadcrumbs, title)) })
}

fn person(name: &String) -> Thing<'_> {
    Thing { kind: "Person", name, same_as: Vec::new() }
}

fn whole(site: &Site) -> Whole<'_> {
    Whole { kind: "WebSite", name: &site.config.title, url: site.config.base_url.whole() }
}

/// A subject, typed by what kind of thing it is.
fn thing(site: &Site, id: SubjectId) -> Thing<'_> {
    let entry = &site.subjects.all[id];
    let kind = match entry.facts.kind.as_deref() {
        Some("language") => "ComputerLanguage",
        Some("database" | "framework" | "library" | "tool" | "service" | "software") => {
            "SoftwareApplication"
        }
        _ => "Thing",
    };
    let links = [&entry.facts.homepage, &entry.facts.repo];
    let same_as = links.into_iter().flatten().map(String::as_str).collect();
    Thing { kind, name: &entry.name, same_as }
}

fn citations<'a>(site: &Site, page: &'a Page) -> Vec<Work<'a>> {
    let resolver = site.resolver(&page.document, &page.url).absolute();
    let work = |source: &'a Source| Work {
        kind: "CreativeWork",
        name: &source.title,
        url: source.url.as_ref().map(|url| resolver.link(url)),
    };
    page.document.front.comparison.sources.iter().map(work).collect()
}

/// The way to a list; nothing for the home page.
pub(super) fn breadcrumbs(site: &Site, above: &[LinkView], title: &str) -> String {
    if above.is_empty() {
        return String::new();
    }
    safe(&Trail { context: Some(CONTEXT), ..trail(site, above, title) })
}

/// The way to a page: every list has one.
#[derive(Serialize)]
struct Trail<'a> {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    context: Option<&'a str>,
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(rename = "itemListElement")]
    items: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    name: &'a str,
    position: usize,
}

fn trail<'a>(site: &Site, above: &'a [LinkView], title: &'a str) -> Trail<'a> {
    let origin = &site.config.base_url.origin;
    let whole = |link: &'a LinkView| (link.title.as_str(), Some(format!("{origin}{}", link.url)));
    // The page itself comes last, and needs no address.
    let steps = above.iter().map(whole).chain([(title, None)]);
    let step = |(index, (name, item))| Step { kind: "ListItem", item, name, position: index + 1 };
    let items = steps.enumerate().map(step).collect();
    Trail { context: None, kind: "BreadcrumbList", items }
}

/// What the separators of lines and paragraphs begin with, in UTF-8.
const SEPARATORS: u8 = 0xe2;

/// JSON that no HTML parser takes for the end of its script element.
pub fn safe(value: &impl Serialize) -> String {
    // Nothing in it is what JSON can't say.
    let text = serde_json::to_string(value).unwrap_or_default();
    let bytes = text.as_bytes();
    if memchr3(b'<', b'>', b'&', bytes).is_none() && memchr(SEPARATORS, bytes).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, c) in text.match_indices(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        out.push_str(&text[from..at]);
        out.extend(c.chars().map(|c| format!("\\u{:04x}", u32::from(c))));
        from = at + c.len();
    }
    out.push_str(&text[from..]);
    out
}
