//! Texts of front matter as HTML.

use std::borrow::Cow;

use crate::content::Document;
use crate::diag::{Diagnostic, KeyPath, Place};
use crate::markdown::{self, Dialect, Setting, Shortcodes, Targets};

/// How texts become HTML.
#[derive(Clone, Copy)]
pub struct Printer<'a> {
    /// Which Markdown they are.
    pub dialect: &'a Dialect,
    /// Where their links lead.
    pub targets: &'a dyn Targets,
    /// The templates of shortcodes.
    pub templates: &'a dyn Shortcodes,
    /// Whether texts stay as they are written: enough to see whether a view is
    /// another than it was.
    pub is_draft: bool,
}

/// Writes the texts of one page.
pub(super) struct Writer<'a> {
    pub(super) document: &'a Document,
    pub(super) printer: Printer<'a>,
    pub(super) problems: Vec<Diagnostic>,
    /// Whether the page's sources are at hand, for citations to lead to.
    has_sources: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(document: &'a Document, printer: Printer<'a>) -> Self {
        Self { document, printer, problems: Vec::new(), has_sources: true }
    }

    /// Writes texts that are shown on another page: without citations.
    pub(super) fn elsewhere(document: &'a Document, printer: Printer<'a>) -> Self {
        Self { has_sources: false, ..Self::new(document, printer) }
    }

    /// A text as HTML.
    pub(super) fn html(&mut self, path: KeyPath, text: &str) -> String {
        if self.printer.is_draft {
            return text.to_owned();
        }
        let setting = Setting { citations: &self.document.citations, ..Setting::default() };
        let place = Place::value(&self.document.file, path);
        let Printer { dialect, targets, templates, .. } = self.printer;
        let mut text = Cow::Borrowed(text);
        for id in self.document.citations.iter().filter(|_| !self.has_sources) {
            text = text.replace(&format!("[^{id}]"), "").into();
        }
        let html = markdown::text(&place, &text, setting, dialect, targets, templates);
        html.unpack(&mut self.problems)
    }

    /// The words of a text that may stand in another file, without its marks:
    /// its links lead from there.
    pub(super) fn words(&self, text: &str) -> String {
        markdown::escaped(&markdown::plain(text, self.printer.dialect))
    }

    pub(super) fn maybe(
        &mut self,
        path: &KeyPath,
        name: &str,
        text: Option<&String>,
    ) -> Option<String> {
        text.map(|text| self.html(path.name(name), text))
    }

    pub(super) fn list(&mut self, path: &KeyPath, name: &str, texts: &[String]) -> Vec<String> {
        let path = path.name(name);
        texts.iter().enumerate().map(|(at, text)| self.html(path.item(at), text)).collect()
    }
}
