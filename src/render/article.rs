//! Articles.

use tera::{Context, Value};

use super::Renderer;
use crate::diag::{Checked, Diagnostic, KeyPath, Place};
use crate::path::nearest;
use crate::site::PageId;
use crate::view;

impl Renderer<'_> {
    pub(super) fn article(&self, id: PageId) -> Checked<Option<String>> {
        let page = &self.site.pages[id];
        let document = &page.document;
        let mut problems = Vec::new();
        let content = self.body(document, &page.url, false).unpack(&mut problems);
        if document.is_broken {
            return Checked { value: None, problems };
        }
        let mut context = Context::new();
        context.insert("page", &view::page(self.site, id));
        context.insert_value("content", Value::safe_string(&content));
        let template = document.front.template.as_deref().unwrap_or("page.html");
        if !self.theme.has(template) {
            problems.push(self.no_template(template, document));
            return Checked { value: None, problems };
        }
        let html = self.template(template, &context, document.file.as_str());
        let value = html.unpack(&mut problems);
        Checked { value, problems }
    }

    fn no_template(&self, name: &str, document: &crate::content::Document) -> Diagnostic {
        let near = nearest(name, self.theme.names());
        Diagnostic::new(crate::diag::Lint::TemplateError, format!("no template `{name}`"))
            .suggest(near)
            .at(Place::value(&document.file, KeyPath::top("template")))
    }
}
