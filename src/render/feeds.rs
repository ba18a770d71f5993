//! Feeds of the site, of terms and of subjects: Atom (RFC 4287) and JSON Feed 1.1.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Renderer, xml};
use crate::data::Date;
use crate::diag::Checked;
use crate::site::{FeedOf, Site};
use crate::view;

/// A feed's form.
type Form = fn(&Head, &[Entry<'_>]) -> String;

/// What a feed says of itself.
pub(super) struct Head<'a> {
    site: &'a Site,
    title: String,
    /// The page that shows the same, as a whole URL with a closing slash.
    home: String,
}

/// A page as feeds show it.
pub(super) struct Entry<'a> {
    title: &'a str,
    /// The whole address.
    url: String,
    summary: &'a str,
    authors: &'a [String],
    tags: Vec<&'a str>,
    published: Date,
    updated: Date,
    /// The article, or nothing where feeds hold summaries.
    content: Option<String>,
}

impl Renderer<'_> {
    /// The newest pages that have a date, in a form. The feeds of terms and
    /// subjects hold summaries: in full, each article would be made as often as
    /// it has terms.
    pub(super) fn feed(&self, of: FeedOf, form: Form) -> Checked<Option<String>> {
        let site = self.site;
        let feed = site.feed(of);
        let is_full = site.config.feeds.full && of == FeedOf::Site;
        let mut problems = Vec::new();
        let mut entries = Vec::new();
        for id in feed.pages {
            let page = &site.pages[id];
            let front = &page.document.front;
            let Some(published) = front.date else { continue };
            // What is wrong with a body is said of its page too, and told once.
            let content = is_full.then(|| self.content(id, true).unpack(&mut problems).html);
            entries.push(Entry {
                title: &page.document.title,
                url: site.absolute(&page.url),
                summary: page.document.summary(),
                authors: view::authors(site, front),
                tags: site.tags(page).map(|tag| tag.title.as_str()).collect(),
                published,
                updated: front.updated.unwrap_or(published),
                content,
            });
        }
        let title = match feed.title {
            Some(title) => format!("{title} · {}", site.config.title),
            None => site.config.title.clone(),
        };
        let head = Head { site, title, home: site.absolute(feed.url) };
        Checked { value: Some(form(&head, &entries)), problems }
    }
}

/// <https://www.rfc-editor.org/rfc/rfc4287>
pub(super) fn atom(head: &Head, entries: &[Entry<'_>]) -> String {
    let Head { site, title, home } = head;
    let updated = entries.iter().map(|entry| entry.updated).max();
    // A feed without entries changes never: the build asks no clock.
    let updated = updated.map_or("1970-01-01T00:00:00Z".to_owned(), |date| date.rfc3339());
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = write!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{}</title>\n",
        xml::text(&site.config.language),
        xml::text(title)
    );
    if !site.config.description.is_empty() {
        let _ = writeln!(out, "<subtitle>{}</subtitle>", xml::text(&site.config.description));
    }
    let _ = write!(
        out,
        "<link href=\"{0}\"/>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{0}atom.xml\"/>\n\
         <id>{0}</id>\n<updated>{updated}</updated>\n",
        xml::text(home)
    );
    let author = site.config.author.as_deref().unwrap_or(&site.config.title);
    let _ = writeln!(out, "<author><name>{}</name></author>", xml::text(author));
    for entry in entries {
        atom_entry(&mut out, entry);
    }
    out.push_str("</feed>\n");
    out
}

fn atom_entry(out: &mut String, entry: &Entry<'_>) {
    let _ = write!(
        out,
        "<entry>\n<title>{}</title>\n<link href=\"{1}\"/>\n<id>{1}</id>\n\
         <published>{2}</published>\n<updated>{3}</updated>\n",
        xml::text(entry.title),
        xml::text(&entry.url),
        entry.published.rfc3339(),
        entry.updated.rfc3339()
    );
    for author in entry.authors {
        let _ = writeln!(out, "<author><name>{}</name></author>", xml::text(author));
    }
    for tag in &entry.tags {
        let _ = writeln!(out, "<category term=\"{}\"/>", xml::text(tag));
    }
    if !entry.summary.is_empty() {
        let _ = writeln!(out, "<summary>{}</summary>", xml::text(entry.summary));
    }
    if let Some(content) = &entry.content {
        let _ = writeln!(out, "<content type=\"html\">{}</content>", xml::text(content));
    }
    out.push_str("</entry>\n");
}

/// <https://www.jsonfeed.org/version/1.1/>, with its keys in code point order.
#[derive(Serialize)]
struct JsonFeed<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    feed_url: String,
    home_page_url: &'a str,
    items: Vec<JsonItem<'a>>,
    language: &'a str,
    title: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    date_modified: String,
    date_published: String,
    id: &'a str,
    summary: &'a str,
    tags: &'a [&'a str],
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

pub(super) fn json(head: &Head, entries: &[Entry<'_>]) -> String {
    let Head { site, title, home } = head;
    let feed = JsonFeed {
        authors: site.config.author.iter().map(|name| Author { name }).collect(),
        description: &site.config.description,
        feed_url: format!("{home}feed.json"),
        home_page_url: home,
        items: entries.iter().map(json_item).collect(),
        language: &site.config.language,
        title,
        version: "https://jsonfeed.org/version/1.1",
    };
    // Nothing in it is what JSON can't say.
    let json = serde_json::to_string(&feed).unwrap_or_default();
    format!("{json}\n")
}

fn json_item<'a>(entry: &'a Entry<'_>) -> JsonItem<'a> {
    let content = entry.content.as_deref();
    JsonItem {
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        content_html: content,
        content_text: content.is_none().then_some(entry.summary),
        date_modified: entry.updated.rfc3339(),
        date_published: entry.published.rfc3339(),
        id: &entry.url,
        summary: entry.summary,
        tags: &entry.tags,
        title: entry.title,
        url: &entry.url,
    }
}
