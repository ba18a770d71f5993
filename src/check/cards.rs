//! What can't be drawn on social cards.

use super::Findings;
use crate::diag::{Diagnostic, Lint};
use crate::site::{Output, Page, Site};

/// Titles with letters that no font has, told once: another font mends all.
pub(super) fn check(site: &Site, findings: &mut Findings) {
    let Some(kit) = &site.config.social_cards.kit else { return };
    let is_drawn =
        |page: &&Page| matches!(site.card_beside(&page.url), Some(Output::SocialCard(Some(_))));
    let lacking = site
        .pages
        .iter()
        .filter(is_drawn)
        .filter_map(|page| Some((page, kit.fonts.lacks(&page.document.title)?)));
    let lacking: Vec<_> = lacking.collect();
    let Some((page, letter)) = lacking.first() else { return };
    let others = match lacking.len() - 1 {
        0 => String::new(),
        1 => ", nor all letters of another title".into(),
        count => format!(", nor all letters of {count} other titles"),
    };
    let message = format!("no font of the social cards has `{letter}`{others}");
    let problem = Diagnostic::new(Lint::CardLetterMissing, message)
        .help("name a font that has them: `social_cards: { font: … }` in `versus.yaml`");
    findings.at(&page.document, page.document.front.key("title"), problem);
}
