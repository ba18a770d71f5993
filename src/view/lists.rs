//! Sections, taxonomies and terms; and the pages that are none of these.

use super::articles::toc;
use super::hubs::shelves;
use super::shared::{breadcrumbs, feeds, home, link, list_head, pagination, part};
use super::{
    HeadView, LinkView, SectionLinkView, SectionView, TaxonomyView, TermLinkView, TermView,
    json_ld, social,
};
use crate::data::Node;
use crate::path::UrlPath;
use crate::site::{Destination, FeedOf, PageId, Section, SectionId, Site, Taxonomy, Term};

/// A part of a section's list.
pub fn section(site: &Site, id: SectionId, number: usize) -> SectionView {
    let section = &site.sections[id];
    let document = section.document.as_deref();
    let description = description(section);
    let is_overview = site.hubs.section == Some(id);
    let pages: &[PageId] = if is_overview { &[] } else { &section.pages };
    let pagination = pagination(site, &section.url, pages.len(), number);
    let matrix = site.hubs.matrix.as_ref().filter(|matrix| matrix.section == id);
    let text =
        if id == 0 && description.is_empty() { &site.config.description } else { &description };
    let mut head = list_head(site, &section.title, text, &section.url, Some(&pagination));
    head.noindex = document.is_some_and(|document| document.front.noindex);
    head = head.showing(social::of_list(site, document, &section.url));
    let breadcrumbs = section.parent.map(|parent| breadcrumbs(site, parent)).unwrap_or_default();
    head.json_ld = json_ld::breadcrumbs(site, &breadcrumbs, &section.title);
    SectionView {
        title: section.title.clone(),
        url: site.href(&section.url),
        sections: section.sections.iter().map(|id| section_link(site, *id)).collect(),
        pages: part(site, pages, number),
        page_count: pages.len(),
        shelves: if number == 1 { shelves(site, id) } else { Vec::new() },
        matrix: matrix.map(|matrix| site.href(&matrix.url)),
        pagination,
        breadcrumbs,
        toc: document.map(|document| toc(site, document)).unwrap_or_default(),
        extra: Node::Map(document.map(|d| d.front.particulars.extra.clone()).unwrap_or_default()),
        head,
        description,
    }
}

fn description(section: &Section) -> String {
    section.document.as_ref().and_then(|d| d.front.description.clone()).unwrap_or_default()
}

fn section_link(site: &Site, id: SectionId) -> SectionLinkView {
    let section = &site.sections[id];
    let subjects = || site.hubs.all.iter().filter(|hub| hub.url.is_some()).count();
    SectionLinkView {
        title: section.title.clone(),
        url: site.href(&section.url),
        description: description(section),
        count: section.count,
        subjects: if site.hubs.section == Some(id) { subjects() } else { 0 },
    }
}

fn trail(site: &Site, taxonomy: Option<&Taxonomy>) -> Vec<LinkView> {
    let home = home(site);
    let overview = taxonomy.map(|taxonomy| link(site, &taxonomy.config.title, &taxonomy.url));
    [home].into_iter().chain(overview).collect()
}

/// The overview of a taxonomy.
pub fn taxonomy(site: &Site, id: usize) -> TaxonomyView {
    let taxonomy = &site.taxonomies[id];
    let link = |term: &Term| term_link(site, term, term.pages.len());
    let mut terms: Vec<TermLinkView> = taxonomy.terms.iter().map(link).collect();
    terms.sort_by_cached_key(|term| (term.title.to_lowercase(), term.url.clone()));
    let title = &taxonomy.config.title;
    let breadcrumbs = trail(site, None);
    let mut head = list_head(site, title, "", &taxonomy.url, None);
    head.json_ld = json_ld::breadcrumbs(site, &breadcrumbs, title);
    TaxonomyView {
        name: taxonomy.config.name.clone(),
        title: title.clone(),
        url: site.href(&taxonomy.url),
        terms,
        breadcrumbs,
        head,
    }
}

pub(super) fn term_link(site: &Site, term: &Term, count: usize) -> TermLinkView {
    TermLinkView { title: term.title.clone(), url: site.href(&term.url), count }
}

/// A part of a term's list.
pub fn term(site: &Site, id: usize, place: usize, number: usize) -> TermView {
    let taxonomy = &site.taxonomies[id];
    let term = &taxonomy.terms[place];
    let related =
        |(other, count): &(usize, usize)| term_link(site, &taxonomy.terms[*other], *count);
    let pagination = pagination(site, &term.url, term.pages.len(), number);
    let breadcrumbs = trail(site, Some(taxonomy));
    let mut head = list_head(site, &term.title, "", &term.url, Some(&pagination));
    head.noindex = !term.is_listed();
    head.feeds = feeds(site, FeedOf::Term(id, place));
    head.json_ld = json_ld::breadcrumbs(site, &breadcrumbs, &term.title);
    TermView {
        title: term.title.clone(),
        url: site.href(&term.url),
        taxonomy: link(site, &taxonomy.config.title, &taxonomy.url),
        pages: part(site, &term.pages, number),
        page_count: term.pages.len(),
        related: term.related.iter().map(related).collect(),
        pagination,
        breadcrumbs,
        head,
    }
}

/// The head of `404.html`.
pub fn not_found(site: &Site) -> HeadView {
    let head =
        list_head(site, &site.config.strings.text("not_found_title"), "", &UrlPath::root(), None);
    HeadView { noindex: true, ..head }
}

/// A stub: where it leads, and its head.
pub fn redirect(site: &Site, to: Destination) -> (LinkView, HeadView) {
    let (title, url) = site.destination(to);
    let head = list_head(site, title, "", url, None);
    (link(site, title, url), HeadView { noindex: true, ..head })
}
