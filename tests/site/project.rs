//! A project in memory, built and looked at.

use std::collections::BTreeMap;

use snapbox::assert_data_eq;
use snapbox::data::Data;
use versus::cache::Cache;
use versus::data::Date;
use versus::diag::{Denied, Format};
use versus::output;
use versus::pipeline::{Build, Options, build};
use versus::source::Memory;

/// A project to be: files are added, then it is built once.
#[derive(Default)]
pub struct Project {
    files: Memory,
    options: Options,
}

/// A project that was built.
pub struct Built {
    pub build: Build,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Project {
    pub fn new() -> Self {
        Self::default()
    }

    /// A page of `content/` with front matter and a body.
    pub fn page(self, path: &str, front: &str, body: &str) -> Self {
        self.file(&format!("content/{path}"), format!("---\n{front}\n---\n{body}"))
    }

    pub fn config(self, yaml: &str) -> Self {
        self.file("versus.yaml", yaml)
    }

    /// A template that prints a page's content and nothing else.
    pub fn bare(self) -> Self {
        self.file("templates/page.html", "{{ content }}")
    }

    pub fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path, bytes);
        self
    }

    pub fn drafts(mut self) -> Self {
        self.options.drafts = true;
        self
    }

    /// Checks against a day, as `check` does.
    pub fn on(mut self, day: &str) -> Self {
        self.options.today = Date::parse(day);
        self
    }

    pub fn deny(mut self, denied: Denied) -> Self {
        self.options.denied.push(denied);
        self
    }

    pub fn build(self) -> Built {
        let sink = output::Memory::default();
        let build = build(&self.files, &self.options, &sink, &Cache::none());
        let files = sink.into_files();
        let files = files.into_iter().map(|(path, bytes)| (path.to_string(), bytes)).collect();
        Built { build, files }
    }

    /// Builds, and compares the report as a person would see it.
    pub fn problems(self, expected: impl Into<Data>) -> Built {
        let built = self.build();
        let report =
            anstream::adapter::strip_str(&Format::Human.write(&built.build.report)).to_string();
        assert_data_eq!(report, expected.into().raw());
        built
    }

    /// Builds a project that must have nothing to say but notes.
    pub fn clean(self) -> Built {
        let built = self.build();
        let tally = built.build.report.tally();
        assert_eq!((tally.errors, tally.warnings), (0, 0), "{}", built.short());
        built
    }
}

impl Built {
    pub fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| {
            panic!("no `{path}`; there is {:?}\n{}", self.files.keys(), self.short())
        });
        std::str::from_utf8(bytes).unwrap()
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The report, a line each.
    pub fn short(&self) -> String {
        Format::Short.write(&self.build.report)
    }

    /// The lints that speak, in the report's order; one in a row counts once.
    pub fn ids(&self) -> Vec<&'static str> {
        let problems = self.build.report.problems.iter();
        let mut ids: Vec<&str> = problems.map(|problem| problem.diagnostic.lint.id()).collect();
        ids.dedup();
        ids
    }

    /// The content of a page built with [`Project::bare`].
    pub fn html(&self, path: &str, expected: impl Into<Data>) -> &Self {
        assert_data_eq!(self.text(path).to_owned(), expected.into().raw());
        self
    }
}
