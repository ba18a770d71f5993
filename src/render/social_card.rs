//! Pictures for link previews.

use tera::Context;

use super::Renderer;
use crate::config::Kit;
use crate::diag::{Checked, Diagnostic, Lint, Place};
use crate::drawing;
use crate::path::SourcePath;
use crate::site::PageId;
use crate::theme;
use crate::view;

/// The template, by the name that templates have.
const TEMPLATE: &str = "card.svg";

impl Renderer<'_> {
    /// The card of a page, or of the site.
    pub(super) fn social_card(&self, of: Option<PageId>) -> Checked<Option<Vec<u8>>> {
        let Some(Kit { fonts, .. }) = &self.site.config.social_cards.kit else {
            return Checked::clean(None);
        };
        let mut context = Context::new();
        context.insert("card", &view::social_card(self.site, of));
        let what = match of {
            Some(id) => format!("the card of {}", self.site.pages[id].document.file),
            None => "the card of the site".to_owned(),
        };
        let mut problems = Vec::new();
        let svg = self.template(TEMPLATE, &context, &what).unpack(&mut problems);
        let picture = |href: &str| {
            let path = format!("{}/{}", theme::STATIC, href.trim_start_matches('/'));
            let path = SourcePath::new(path);
            self.site.assets.url(&path)?;
            theme::read(self.files, &path).ok()
        };
        let drawn = svg.and_then(|svg| {
            let drawn = drawing::draw(&svg, view::CARD_SIZE, fonts, &picture);
            let refuse = |fault: drawing::Fault| {
                let problem = Diagnostic::new(Lint::TemplateError, fault.message).help(fault.help);
                let problem = problem.at(Place::file(&SourcePath::new(theme::CARD)));
                problems.push(problem.trace(format!("while drawing {what}")));
            };
            drawn.map_err(refuse).ok()
        });
        Checked { value: drawn, problems }
    }
}
