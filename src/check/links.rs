//! What leads where, and what nothing leads to.

use super::Findings;
use crate::diag::{Diagnostic, KeyPath, Lint};
use crate::related;
use crate::site::{Page, Site};

pub(super) fn check(site: &Site, findings: &mut Findings) {
    near_duplicates(site, findings);
    orphans(site, findings);
}

/// Pages that say the same. That two are on the same subjects is told otherwise.
fn near_duplicates(site: &Site, findings: &mut Findings) {
    let links = site.pages.iter().map(|page| &page.related);
    for (first, second, cosine) in related::near_duplicates(links) {
        let (a, b) = (&site.pages[first], &site.pages[second]);
        let is_known = a.views.contains(&second) || [a.mirror_of, b.mirror_of] != [None, None];
        if is_known || a.document.outline.words.min(b.document.outline.words) < LONG {
            continue;
        }
        let message = format!(
            "says nearly the same as `{}`: {:.0} % of the words that matter",
            a.document.file,
            (cosine * 100.0).min(100.0)
        );
        let help = format!(
            "make one of them: `mirror_of: {}`, or an alias; `lint: {{ allow: [near-duplicate] }}` if both are meant",
            a.document.name()
        );
        let problem = Diagnostic::new(Lint::NearDuplicate, message).help(help);
        findings.at(&b.document, KeyPath::top("title"), problem);
    }
}

/// Shorter pages may well use the same words.
const LONG: usize = 150;

/// Pages that only lists lead to: no text, menu, card or neighbour in reading
/// order.
fn orphans(site: &Site, findings: &mut Findings) {
    let mut is_led_to = vec![false; site.pages.len()];
    for page in &site.pages {
        for related in page.related.iter() {
            is_led_to[related.page] = true;
        }
    }
    // Without cards, or without another page, lists are all there is.
    if site.config.related == 0 || site.pages.len() < 2 {
        return;
    }
    for (id, page) in site.pages.iter().enumerate() {
        let document = &page.document;
        let is_reached = is_led_to[id]
            || !page.backlinks.is_empty()
            || document.front.weight.is_some()
            || is_in_menu(site, page);
        let is_meant = document.front.is_listed() && document.subject().is_none();
        if is_reached || !is_meant || document.is_broken || document.below == "index.md" {
            continue;
        }
        let help =
            "link to it where its matter comes up, or name it in `related` of a page near to it";
        let problem =
            Diagnostic::new(Lint::Orphan, "nothing but lists leads to this page").help(help);
        findings.at(document, KeyPath::top("title"), problem);
    }
}

fn is_in_menu(site: &Site, page: &Page) -> bool {
    let mut entries = [&site.config.menu, &site.config.footer].into_iter().flatten().flatten();
    let path = page.url.as_str().trim_matches('/');
    entries.any(|entry| entry.url.trim_matches('/') == path)
}
