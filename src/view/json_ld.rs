//! Structured data for search engines: <https://schema.org/TechArticle>,
//! <https://schema.org/BreadcrumbList>.

use serde::Serialize;
use serde_json::{Value, json};

use super::{HeadView, LinkView, PageView};
use crate::markdown::Targets;
use crate::site::{Page, Site, SubjectId};

/// An article and the way to it.
pub(super) fn article(site: &Site, page: &Page, view: &PageView) -> String {
    let people: Vec<Value> =
        view.card.authors.iter().map(|name| json!({"@type": "Person", "name": name})).collect();
    let mut article = json!({
        "@type": "TechArticle",
        "headline": view.card.title,
        "description": view.card.summary,
        "url": view.card.permalink,
        "mainEntityOfPage": view.head.canonical,
        "inLanguage": view.language,
        "wordCount": view.card.word_count,
        "datePublished": view.head.published,
        "dateModified": view.head.modified.as_ref().or(view.head.published.as_ref()),
        "author": people,
        "image": view.head.image,
        "keywords": page.document.front.keywords,
        "about": about(site, page),
        "citation": citations(site, page),
        "isPartOf": {"@type": "WebSite", "name": site.config.title, "url": site.config.base_url.whole()},
    });
    if let Value::Object(fields) = &mut article {
        let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        fields.retain(|_, value| !empty(value));
    }
    let trail = trail(site, &view.breadcrumbs, &view.card.title);
    safe(&json!({"@context": "https://schema.org", "@graph": [article, trail]}))
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

/// A page that lists others (<https://schema.org/ItemList>), and the way to it.
pub(super) fn collection(site: &Site, collection: &Collection<'_>) -> String {
    let Collection { head, title, breadcrumbs, about, items } = *collection;
    let origin = &site.config.base_url.origin;
    let item = |(at, (name, url)): (usize, &(&str, &str))| json!({"@type": "ListItem", "position": at + 1, "name": name, "url": format!("{origin}{url}")});
    let elements: Vec<Value> = items.iter().enumerate().map(item).collect();
    let mut page = json!({
        "@type": "CollectionPage",
        "name": title,
        "description": head.description,
        "url": head.canonical,
        "inLanguage": site.config.language,
        "isPartOf": {"@type": "WebSite", "name": site.config.title, "url": site.config.base_url.whole()},
    });
    if let Some(subject) = about {
        page["about"] = thing(site, subject);
    }
    if !elements.is_empty() {
        let count = elements.len();
        page["mainEntity"] =
            json!({"@type": "ItemList", "numberOfItems": count, "itemListElement": elements});
    }
    let trail = trail(site, breadcrumbs, title);
    safe(&json!({"@context": "https://schema.org", "@graph": [page, trail]}))
}

fn about(site: &Site, page: &Page) -> Vec<Value> {
    page.subjects.iter().map(|id| thing(site, *id)).collect()
}

/// A subject, typed by what kind of thing it is.
fn thing(site: &Site, id: SubjectId) -> Value {
    let entry = &site.subjects.all[id];
    let kind = match entry.facts.kind.as_deref() {
        Some("language") => "ComputerLanguage",
        Some("database" | "framework" | "library" | "tool" | "service" | "software") => {
            "SoftwareApplication"
        }
        _ => "Thing",
    };
    let links: Vec<&String> =
        [&entry.facts.homepage, &entry.facts.repo].into_iter().flatten().collect();
    let mut thing = json!({"@type": kind, "name": entry.name});
    if !links.is_empty() {
        thing["sameAs"] = json!(links);
    }
    thing
}

fn citations(site: &Site, page: &Page) -> Vec<Value> {
    let resolver = site.resolver(&page.document, &page.url).absolute();
    let work = |source: &crate::comparison::Source| {
        let mut work = json!({"@type": "CreativeWork", "name": source.title});
        if let Some(url) = &source.url {
            work["url"] = json!(resolver.link(url));
        }
        work
    };
    page.document.front.comparison.sources.iter().map(work).collect()
}

/// The way to a list; nothing for the home page.
pub(super) fn breadcrumbs(site: &Site, above: &[LinkView], title: &str) -> String {
    if above.is_empty() {
        return String::new();
    }
    safe(&Trail { context: Some("https://schema.org"), ..trail(site, above, title) })
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

/// JSON that no HTML parser takes for the end of its script element.
pub fn safe(value: &impl Serialize) -> String {
    // Nothing in it is what JSON can't say.
    let text = serde_json::to_string(value).unwrap_or_default();
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
