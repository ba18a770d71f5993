//! Lists of pages, and the pages that are no articles.

use serde::Serialize;
use tera::value::Key;
use tera::{Context, Value};

use super::Renderer;
use crate::diag::Checked;
use crate::markdown::Setting;
use crate::site::{Destination, PageId, SectionId};
use crate::view;

impl Renderer<'_> {
    pub(super) fn section(&self, id: SectionId, part: usize) -> Checked<Option<String>> {
        let section = &self.site.sections[id];
        let view = view::section(self.site, id, part);
        let mut problems = Vec::new();
        let content = match &section.document {
            // The text introduces the list; it is not repeated on its later parts.
            Some(document) if part == 1 => {
                let prose = self.prose(document, &section.url, false);
                self.body(document, &prose, Setting { is_first: true, ..Setting::default() })
                    .unpack(&mut problems)
            }
            _ => String::new(),
        };
        let mut context = Context::new();
        context.insert_value("section", self.with_cards(&view, &view.pages));
        context.insert_value("content", Value::safe_string(&content));
        if id == 0 {
            context.insert_value("recent", self.cards(&self.recent_pages()));
        }
        let default = if id == 0 { "home.html" } else { "section.html" };
        let own = section
            .document
            .as_ref()
            .and_then(|document| document.front.particulars.template.as_deref());
        let what = format!("the section `{}`", section.url);
        let html = self.template(own.unwrap_or(default), &context, &what);
        let value = html.unpack(&mut problems);
        Checked { value, problems }
    }

    pub(super) fn taxonomy(&self, id: usize) -> Checked<Option<String>> {
        let mut context = Context::new();
        let view = view::taxonomy(self.site, id);
        context.insert("taxonomy", &view);
        self.template("taxonomy.html", &context, &format!("`{}`", view.url))
    }

    pub(super) fn term(&self, id: usize, term: usize, part: usize) -> Checked<Option<String>> {
        let view = view::term(self.site, id, term, part);
        let mut context = Context::new();
        context.insert_value("term", self.with_cards(&view, &view.pages));
        self.template("term.html", &context, &format!("`{}`", view.url))
    }

    pub(super) fn search_page(&self, part: usize) -> Checked<Option<String>> {
        let view = view::search(self.site, part);
        let mut context = Context::new();
        context.insert("head", &view.head);
        context.insert("search", &view);
        self.template("search.html", &context, &format!("`{}`", view.url))
    }

    pub(super) fn not_found(&self) -> Checked<Option<String>> {
        let mut context = Context::new();
        context.insert("head", &view::not_found(self.site));
        context.insert_value("recent", self.cards(&self.recent_pages()));
        self.template("404.html", &context, "`404.html`")
    }

    pub(super) fn redirect(&self, to: Destination) -> Checked<Option<String>> {
        let (target, head) = view::redirect(self.site, to);
        let mut context = Context::new();
        context.insert("target", &target);
        context.insert("head", &head);
        let what = format!("an alias of `{}`", target.url);
        self.template("redirect.html", &context, &what)
    }

    /// A view whose `pages` are the shared cards.
    fn with_cards(&self, view: &impl Serialize, pages: &[PageId]) -> Value {
        let mut map = Value::from_serializable(view).into_map().unwrap_or_default();
        map.insert(Key::from("pages"), self.cards(pages));
        Value::from(map)
    }
}
