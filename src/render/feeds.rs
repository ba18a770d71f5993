//! Feeds of the site, of terms and of subjects: Atom (RFC 4287) and JSON Feed 1.1.

use std::fmt::Write as _;

use serde_json::json;

use super::{Renderer, xml};
use crate::data::Date;
use crate::diag::Checked;
use crate::site::{FeedOf, Page, Site};
use crate::view::{self, CardView};

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
    page: &'a Page,
    card: CardView,
    published: Date,
    /// The article, or nothing where feeds hold summaries.
    content: Option<String>,
}

impl Entry<'_> {
    fn updated(&self) -> Date {
        self.page.document.front.updated.unwrap_or(self.published)
    }
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
            let Some(published) = page.document.front.date else { continue };
            // What is wrong with a body is said of its page too, and told once.
            let content = is_full.then(|| self.content(id, true).unpack(&mut problems).html);
            entries.push(Entry { page, card: view::card(site, id), published, content });
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
    let updated = entries.iter().map(Entry::updated).max();
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
    let card = &entry.card;
    let _ = write!(
        out,
        "<entry>\n<title>{}</title>\n<link href=\"{1}\"/>\n<id>{1}</id>\n\
         <published>{2}</published>\n<updated>{3}</updated>\n",
        xml::text(&card.title),
        xml::text(&card.permalink),
        entry.published.rfc3339(),
        entry.updated().rfc3339()
    );
    for author in &card.authors {
        let _ = writeln!(out, "<author><name>{}</name></author>", xml::text(author));
    }
    for tag in &card.tags {
        let _ = writeln!(out, "<category term=\"{}\"/>", xml::text(&tag.title));
    }
    if !card.summary.is_empty() {
        let _ = writeln!(out, "<summary>{}</summary>", xml::text(&card.summary));
    }
    if let Some(content) = &entry.content {
        let _ = writeln!(out, "<content type=\"html\">{}</content>", xml::text(content));
    }
    out.push_str("</entry>\n");
}

/// <https://www.jsonfeed.org/version/1.1/>
pub(super) fn json(head: &Head, entries: &[Entry<'_>]) -> String {
    let Head { site, title, home } = head;
    let items: Vec<serde_json::Value> = entries.iter().map(json_item).collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": format!("{home}feed.json"),
        "language": site.config.language,
        "items": items,
    });
    if !site.config.description.is_empty() {
        feed["description"] = json!(site.config.description);
    }
    if let Some(author) = &site.config.author {
        feed["authors"] = json!([{"name": author}]);
    }
    format!("{feed}\n")
}

fn json_item(entry: &Entry<'_>) -> serde_json::Value {
    let card = &entry.card;
    let mut item = json!({
        "id": card.permalink,
        "url": card.permalink,
        "title": card.title,
        "summary": card.summary,
        "date_published": entry.published.rfc3339(),
        "date_modified": entry.updated().rfc3339(),
        "authors": card.authors.iter().map(|name| json!({"name": name})).collect::<Vec<_>>(),
        "tags": card.tags.iter().map(|tag| tag.title.as_str()).collect::<Vec<_>>(),
    });
    match &entry.content {
        Some(content) => item["content_html"] = json!(content),
        None => item["content_text"] = json!(card.summary),
    }
    item
}
