//! Pages made of all comparisons together.

use tera::{Context, Value};

use super::Renderer;
use crate::diag::Checked;
use crate::site::{PageId, SubjectId};
use crate::view;

impl Renderer<'_> {
    /// The page of a subject without a file.
    pub(super) fn hub(&self, id: SubjectId) -> Checked<Option<String>> {
        let mut context = Context::new();
        context.insert("subject", &view::hub(self.site, id));
        context.insert_value("content", Value::safe_string(""));
        self.template("subject.html", &context, &self.of_subject(id))
    }

    pub(super) fn alternatives(&self, id: SubjectId) -> Checked<Option<String>> {
        let argue = |page: PageId, subject: SubjectId| {
            let location = &self.site.pages[page];
            let prose = self.prose(&location.document, &location.url, false).elsewhere();
            view::argument(self.site, page, subject, prose.printer(self.theme()))
        };
        let mut context = Context::new();
        context.insert("alternatives", &view::alternatives(self.site, id, argue));
        self.template("alternatives.html", &context, &self.of_subject(id))
    }

    pub(super) fn matrix(&self) -> Checked<Option<String>> {
        let mut context = Context::new();
        context.insert("matrix", &view::matrix(self.site));
        self.template("matrix.html", &context, "the matrix")
    }

    pub(super) fn index(&self, part: usize) -> Checked<Option<String>> {
        let mut context = Context::new();
        context.insert("index", &view::index(self.site, part));
        self.template("a-z.html", &context, "the index by letter")
    }

    fn of_subject(&self, id: SubjectId) -> String {
        format!("what is compared with `{}`", self.site.subjects.all[id].name)
    }
}
