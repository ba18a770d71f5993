//! What a subject is compared with, for those who look for another.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::comparison::ArgumentView;
use super::super::shared::list_head;
use super::super::{HeadView, LinkView, json_ld};
use super::subject::{crumbs, hub_link};
use super::{SubjectLinkView, ink, rivals, subject_link};
use crate::site::{PageId, Site, SubjectId};

/// `alternatives`: the page of a subject's alternatives.
#[derive(Debug, Clone, Serialize)]
pub struct AlternativesView {
    /// The subject's name.
    pub name: String,
    /// Where the page is.
    pub url: String,
    /// The subject's ink, 1 to 8.
    pub ink: usize,
    /// What it is compared with, by the number of comparisons, then by name.
    pub alternatives: Vec<AlternativeView>,
    /// The table of all pairs, if there is one.
    pub matrix: Option<String>,
    /// From the home page down to the subject.
    pub breadcrumbs: Vec<LinkView>,
    /// What belongs into `<head>`.
    pub head: HeadView,
}

/// What a subject is compared with.
#[derive(Debug, Clone, Serialize)]
pub struct AlternativeView {
    /// What it is; `count` is how many comparisons it has with the subject.
    pub subject: SubjectLinkView,
    /// What each comparison of the two says for it, the newest first.
    pub arguments: Vec<ArgumentView>,
}

/// The alternatives of a subject; `argue` says what an article says for one.
/// `None` where it has no such page.
pub fn alternatives(
    site: &Site,
    id: SubjectId,
    argue: impl Fn(PageId, SubjectId) -> ArgumentView,
) -> Option<AlternativesView> {
    let hub = &site.hubs.all[id];
    let url = hub.alternatives.as_ref()?;
    let name = &site.subjects.all[id].name;
    let mut breadcrumbs = crumbs(site, id);
    breadcrumbs.extend(hub_link(site, id));
    // An article on three says its verdict of all of them, so it is shown once.
    let mut told: BTreeSet<PageId> = BTreeSet::new();
    let mut argument = |page: PageId, rival: SubjectId| {
        let view = argue(page, rival);
        let verdict = view.verdict.filter(|_| told.insert(page));
        ArgumentView { verdict, ..view }
    };
    let mut alternatives = Vec::with_capacity(hub.rivals.len());
    for rival in &hub.rivals {
        let pages = rival.comparisons.iter();
        alternatives.push(AlternativeView {
            subject: subject_link(site, rival.subject, rival.comparisons.len()),
            arguments: pages.map(|page| argument(*page, rival.subject)).collect(),
        });
    }
    let rivals = rivals(site, id);
    let names = [("name", name.as_str()), ("names", rivals.as_str())];
    let strings = &site.config.strings;
    let description = strings.counted("alternatives_description", hub.comparisons.len(), &names);
    let title = strings.fill("alternatives_title", &names);
    let mut head = list_head(site, &title, &description, url, None);
    let file = site.subjects.all[id].page.map(|page| &site.pages[page].document);
    head.noindex = file.is_some_and(|document| document.front.noindex);
    // What has no page is found in its comparison.
    let items: Vec<(&str, &str)> = alternatives
        .iter()
        .filter_map(|entry| {
            let article = entry.arguments.first().map(|argument| argument.url.as_str());
            Some((entry.subject.name.as_str(), entry.subject.url.as_deref().or(article)?))
        })
        .collect();
    head.json_ld = json_ld::collection(
        site,
        &json_ld::Collection {
            head: &head,
            title: &strings.fill("alternatives_to", &names),
            breadcrumbs: &breadcrumbs,
            about: Some(id),
            items: &items,
        },
    );
    Some(AlternativesView {
        name: name.clone(),
        url: site.href(url),
        ink: ink(site, id),
        alternatives,
        matrix: site.hubs.matrix.as_ref().map(|matrix| site.href(&matrix.url)),
        breadcrumbs,
        head,
    })
}
