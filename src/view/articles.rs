//! Articles and their cards.

use super::lists::term_link;
use super::shared::{breadcrumbs, document_title, page_link, section_link};
use super::{
    CardView, HeadView, LinkView, PageTermsView, PageView, SideView, TocView, comparison, json_ld,
    social,
};
use crate::comparison::Block;
use crate::content::{Document, FrontMatter};
use crate::data::Node;
use crate::markdown::Targets;
use crate::site::{Page, PageId, PageTerm, Site, SubjectId};
use crate::strings::Direction;

/// Words a person reads in a minute, of technical prose.
const WORDS_PER_MINUTE: usize = 220;

/// A page as lists show it.
pub fn card(site: &Site, id: PageId) -> CardView {
    let page = &site.pages[id];
    let document = &page.document;
    let front = &document.front;
    CardView {
        title: document.title.clone(),
        url: site.href(&page.url),
        permalink: site.absolute(&page.url),
        summary: document.summary().to_owned(),
        date: front.date.map(|date| date.to_string()),
        updated: front.updated.map(|date| date.to_string()),
        reading_time: reading_time(document),
        word_count: document.outline.words,
        draft: front.draft,
        authors: authors(site, front).to_vec(),
        tags: site.tags(page).map(|term| term_link(site, term, term.pages.len())).collect(),
        subjects: sides(site, id),
        tally: comparison::tally(site, id),
        section: (page.section != 0).then(|| section_link(site, page.section)),
        extra: Node::Map(front.particulars.extra.clone()),
    }
}

/// How long a text takes to read, in minutes.
pub(super) fn reading_time(document: &Document) -> usize {
    document.outline.words.div_ceil(WORDS_PER_MINUTE).max(1)
}

/// An article.
pub fn page(site: &Site, id: PageId) -> PageView {
    let page = &site.pages[id];
    let document = &page.document;
    let front = &document.front;
    let is_folder = page.url.as_str().ends_with('/');
    let beside = |name: &str, is_made: bool| {
        (is_made && is_folder).then(|| format!("{}{name}", site.href(&page.url)))
    };
    let outputs = site.config.outputs;
    let language = front.particulars.language.as_deref().unwrap_or(&site.config.language);
    let mut view = PageView {
        card: card(site, id),
        title_id: document.outline.headings.iter().find(|h| h.dropped).map(|h| h.id.clone()),
        description: front.description.clone().unwrap_or_default(),
        duel: comparison::duel(site, id),
        views: page.views.iter().map(|id| page_link(site, *id)).collect(),
        language: language.to_owned(),
        direction: Direction::of(language).name(),
        chapters: chapters(site, page),
        reviewed: front.reviewed.map(|date| date.to_string()),
        toc: toc(site, document),
        breadcrumbs: breadcrumbs(site, page.section),
        previous: page.previous.map(|id| page_link(site, id)),
        next: page.next.map(|id| page_link(site, id)),
        backlinks: page.backlinks.iter().map(|id| page_link(site, *id)).collect(),
        related: page.related.iter().map(|related| related.page).collect(),
        taxonomies: terms(site, page),
        image: front.particulars.image.as_deref().map(|image| whole_url(site, page, image)),
        head: head(site, id),
        markdown: beside("index.html.md", outputs.markdown),
        data: beside("data.json", outputs.data && front.comparison.is_comparison()),
        source: document.file.to_string(),
    };
    view.head.json_ld = json_ld::article(site, page, &view);
    view
}

/// A longer section is a collection and no book.
const MOST_CHAPTERS: usize = 60;

fn chapters(site: &Site, page: &Page) -> Vec<LinkView> {
    let section = &site.sections[page.section];
    let is_book = section.is_ordered && (2..=MOST_CHAPTERS).contains(&section.pages.len());
    let pages = section.pages.iter().filter(|_| is_book);
    pages.map(|page| page_link(site, *page)).collect()
}

pub(super) fn head(site: &Site, id: PageId) -> HeadView {
    let page = &site.pages[id];
    let document = &page.document;
    let front = &document.front;
    let head = HeadView {
        title: document_title(site, &document.title),
        description: document.summary().to_owned(),
        canonical: match (&front.particulars.canonical, page.mirror_of) {
            (Some(canonical), _) => whole_url(site, page, canonical),
            (None, Some(mirrored)) => site.absolute(&site.pages[mirrored].url),
            (None, None) => site.absolute(&page.url),
        },
        kind: "article",
        image: None,
        image_alt: None,
        image_width: None,
        image_height: None,
        noindex: front.noindex,
        published: front.date.map(|date| date.rfc3339()),
        modified: front.updated.map(|date| date.rfc3339()),
        json_ld: String::new(),
        previous: None,
        next: None,
        feeds: Vec::new(),
    };
    head.showing(social::of_page(site, id))
}

/// The page's own authors, or the site's.
pub fn authors<'a>(site: &'a Site, front: &'a FrontMatter) -> &'a [String] {
    match front.terms_of("authors") {
        [] => site.config.author.as_slice(),
        own => own,
    }
}

fn terms(site: &Site, page: &Page) -> Vec<PageTermsView> {
    let of_taxonomy = |own: &[PageTerm]| {
        let taxonomy = &site.taxonomies[own[0].taxonomy()];
        let term = |own: &PageTerm| {
            let term = &taxonomy.terms[own.term()];
            term_link(site, term, term.pages.len())
        };
        PageTermsView {
            name: taxonomy.config.name.clone(),
            title: taxonomy.config.title.clone(),
            terms: own.iter().map(term).collect(),
        }
    };
    page.terms.chunk_by(|a, b| a.taxonomy() == b.taxonomy()).map(of_taxonomy).collect()
}

/// What front matter links to, as a whole URL.
fn whole_url(site: &Site, page: &Page, link: &str) -> String {
    site.resolver(&page.document, &page.url).absolute().link(link)
}

/// What a page compares, by the names and inks it uses.
pub(super) fn sides(site: &Site, id: PageId) -> Vec<SideView> {
    let subjects = &site.pages[id].subjects;
    let inks = comparison::inks(site, subjects);
    let side = |(subject, ink): (&SubjectId, usize)| SideView {
        name: site.subjects.all[*subject].name.clone(),
        ink,
        url: site.hubs.all[*subject].url.as_ref().map(|url| site.href(url)),
    };
    subjects.iter().zip(inks).map(side).collect()
}

/// The inks of what a page compares, by name.
pub fn subject_inks(site: &Site, id: PageId) -> Vec<(String, usize)> {
    sides(site, id).into_iter().map(|side| (side.name, side.ink)).collect()
}

/// The headings of blocks and body, nested by level.
pub(super) fn toc(site: &Site, document: &Document) -> Vec<TocView> {
    if !document.front.toc {
        return Vec::new();
    }
    let strings = &site.config.strings;
    let of_block = |block: Block| Entry {
        level: 2,
        id: block.name(),
        title: strings.pattern(block.title(), None).unwrap_or(block.title()),
    };
    let layout = document.layout();
    let mut entries: Vec<Entry<'_>> = layout.before.into_iter().map(of_block).collect();
    let mut placed = layout.within.into_iter().peekable();
    for (at, own) in document.outline.headings.iter().enumerate() {
        while let Some((block, _)) = placed.next_if(|(_, before)| *before <= at) {
            entries.push(of_block(block));
        }
        if !own.dropped {
            entries.push(Entry { level: own.level, id: &own.id, title: &own.text });
        }
    }
    entries.extend(placed.map(|(block, _)| of_block(block)));
    entries.extend(layout.after.into_iter().map(of_block));
    nest(&entries)
}

/// A heading of the body or of a block.
struct Entry<'a> {
    level: u8,
    id: &'a str,
    title: &'a str,
}

fn nest(entries: &[Entry<'_>]) -> Vec<TocView> {
    let mut nested = Vec::new();
    let mut rest = entries;
    while let Some((first, after)) = rest.split_first() {
        let below = after.iter().take_while(|entry| entry.level > first.level).count();
        nested.push(TocView {
            id: first.id.to_owned(),
            title: first.title.to_owned(),
            level: first.level,
            children: nest(&after[..below]),
        });
        rest = &after[below..];
    }
    nested
}
