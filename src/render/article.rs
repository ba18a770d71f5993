//! Articles.

use tera::value::Key;
use tera::{Context, Value};

use super::Renderer;
use crate::comparison::Block;
use crate::content::Document;
use crate::diag::{Checked, Diagnostic, KeyPath, Place};
use crate::markdown::Setting;
use crate::path::nearest;
use crate::related::Related;
use crate::site::{Page, PageId};
use crate::view;

/// An article's content.
#[derive(Default)]
pub(super) struct Content {
    /// What the templates of its blocks saw.
    pub(super) comparison: Option<Value>,
    /// The blocks and the body.
    pub(super) html: String,
}

impl Renderer<'_> {
    pub(super) fn article(&self, id: PageId) -> Checked<Option<String>> {
        let page = &self.site.pages[id];
        let document = &page.document;
        let mut problems = Vec::new();
        if document.is_broken {
            return Checked { value: None, problems };
        }
        let Content { comparison, html: content } = self.content(id, false).unpack(&mut problems);
        let mut context = Context::new();
        context.insert_value("page", self.page(id));
        let hub = self.site.subject_of(id).and_then(|subject| view::hub(self.site, subject));
        if let Some(hub) = &hub {
            context.insert("subject", hub);
        }
        if let Some(comparison) = comparison {
            context.insert_value("comparison", comparison);
        }
        context.insert_value("content", Value::safe_string(&content));
        let default = if hub.is_some() { "subject.html" } else { "page.html" };
        let template = document.front.particulars.template.as_deref().unwrap_or(default);
        if !self.theme().has(template) {
            problems.push(self.no_template(template, document));
            return Checked { value: None, problems };
        }
        let html = self.template(template, &context, document.file.as_str());
        let value = html.unpack(&mut problems);
        Checked { value, problems }
    }

    /// What the template sees of a page: its related pages are the shared cards,
    /// each with the reasons for it.
    fn page(&self, id: PageId) -> Value {
        let page = self.look(id, Value::from_serializable);
        let mut page = page.into_map().unwrap_or_default();
        let card = |related: Related| {
            let mut card = self.card(related.page).into_map().unwrap_or_default();
            let reasons = view::reasons(self.site, &related);
            card.insert(Key::from("reasons"), Value::from_serializable(&reasons));
            Value::from(card)
        };
        let related: Vec<Value> = self.site.pages[id].related.iter().map(card).collect();
        page.insert(Key::from("related"), Value::from(related));
        Value::from(page)
    }

    /// An article as HTML: its blocks, and its body with blocks at markers.
    pub(super) fn content(&self, id: PageId, for_feed: bool) -> Checked<Content> {
        let Page { document, url, .. } = &self.site.pages[id];
        let mut problems = Vec::new();
        let prose = self.prose(document, url, for_feed);
        let printer = prose.printer(self.theme());
        let mut comparison = None;
        let mut blocks: Vec<(&'static str, String)> = Vec::new();
        let has_data = |block: &Block| block.has_data(&document.front.comparison);
        if !document.front.comparison.is_blank() {
            let view = view::comparison(self.site, id, printer).unpack(&mut problems);
            let view = Value::from_serializable(&view);
            for block in Block::ALL.into_iter().filter(has_data) {
                let html = self.block(block, &view, document).unpack(&mut problems);
                blocks.push((block.name(), html));
            }
            comparison = Some(view);
        }
        let names = view::subject_names(self.site, id);
        let inks = view::subject_inks(self.site, id);
        let citations = &document.citations;
        let layout = document.layout();
        let is_first = layout.before.is_empty() && !for_feed;
        let (names, inks, blocks) = (&names, &inks, &*blocks);
        let setting = Setting { names, inks, citations, blocks, colours: None, is_first };
        let body = self.body(document, &prose, setting).unpack(&mut problems);
        let html_of = |block: &Block| {
            let found = blocks.iter().find(|(name, _)| *name == block.name());
            found.map_or("", |(_, html)| html.as_str())
        };
        let mut html: String = layout.before.iter().map(html_of).collect();
        html.push_str(&body);
        html.extend(layout.after.iter().map(html_of));
        problems.retain(|problem| !document.front.silences(problem));
        Checked { value: Content { comparison, html }, problems }
    }

    /// A block, by the theme's template of its name.
    fn block(&self, block: Block, comparison: &Value, document: &Document) -> Checked<String> {
        let mut context = Context::new();
        context.insert("id", block.name());
        context.insert("title", &self.site.config.strings.text(block.title()));
        context.insert_value("comparison", comparison.clone());
        let template = format!("blocks/{}.html", block.name());
        self.template(&template, &context, document.file.as_str()).map(Option::unwrap_or_default)
    }

    fn no_template(&self, name: &str, document: &Document) -> Diagnostic {
        let near = nearest(name, self.theme().names());
        Diagnostic::new(crate::diag::Lint::TemplateError, format!("no template `{name}`"))
            .suggest(near)
            .at(Place::value(&document.file, KeyPath::top("template")))
    }
}
