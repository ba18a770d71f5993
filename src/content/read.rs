//! Reads one content file.

use super::bag::bag;
use super::{Document, FrontMatter, Kind, MAX_FRONT_MATTER, lints, split, structured};
use crate::config::{Config, MarkdownConfig, TaxonomyConfig};
use crate::data::{Scope, Syntax, SyntaxError, parse};
use crate::diag::{Checked, Diagnostic, Lint, Place};
use crate::markdown::{Body, Dialect, outline};
use crate::path::SourcePath;
use crate::terms::Bag;

/// Where the files of subjects are, below the content folder.
pub(crate) const SUBJECTS: &str = "subjects";

/// Ids of the theme's own elements.
const THEME_IDS: [&str; 2] = ["main", "theme"];

/// What of the settings documents are read by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules<'a> {
    /// Which Markdown they are written in.
    pub markdown: &'a MarkdownConfig,
    /// Which keys hold terms.
    pub taxonomies: &'a [TaxonomyConfig],
    /// Whether anything is made of their words.
    pub counts_words: bool,
}

impl<'a> From<&'a Config> for Rules<'a> {
    fn from(config: &'a Config) -> Self {
        Self {
            markdown: &config.markdown,
            taxonomies: &config.taxonomies,
            counts_words: config.counts_words(),
        }
    }
}

/// Makes a document and its terms of a file's bytes; no terms, if nobody asks for
/// them. A file that is broken still becomes one, so that links to it raise no second
/// problem.
pub fn read(
    file: &SourcePath,
    below: &str,
    bytes: &[u8],
    rules: Rules<'_>,
) -> Checked<(Document, Bag)> {
    let mut problems = Vec::new();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let problem = Diagnostic::new(Lint::NotUtf8, "the file is not UTF-8 text")
                .at(Place::bytes(file, at..at + 1))
                .help("save it as UTF-8");
            problems.push(problem);
            ""
        }
    };
    let is_utf8 = problems.is_empty();
    let kind = if file.name() == "_index.md" { Kind::Section } else { Kind::Page };
    let is_subject = kind == Kind::Page && is_below_subjects(below);
    let (front, body) = front_matter(file, text, is_subject, rules, &mut problems);
    let is_broken = !is_utf8 || problems.iter().any(|p| p.lint == Lint::FrontMatterInvalid);
    problems.extend(second_front_matter(file, text, body));
    let dialect = Dialect::Versus(rules.markdown.clone());
    let name = front.subject.as_ref().and_then(|subject| subject.facts.name.clone());
    let title = front.title.clone().or(name);
    let reserved = [THEME_IDS.map(str::to_owned).to_vec(), front.comparison.anchors()].concat();
    let sources: Vec<String> =
        front.comparison.sources.iter().map(|source| source.id.clone()).collect();
    let outlined = outline(
        Body {
            file,
            text: &text[body..],
            offset: body,
            title: title.as_deref(),
            reserved: &reserved,
            sources: &sources,
            counts_words: rules.counts_words,
        },
        &dialect,
    );
    let (mut outline, wording) = outlined.unpack(&mut problems);
    // Front matter that can't be read may hold all that markers ask for.
    let is_unread = is_broken && front.comparison.is_blank();
    let citations = match is_unread {
        true => Vec::new(),
        false => structured::check(file, &front, &mut outline, &dialect, &mut problems),
    };
    outline.ids.extend(front.comparison.anchors());
    let hash = xxhash_rust::xxh3::xxh3_64(bytes);
    let mut document = Document {
        file: file.clone(),
        below: below.to_owned(),
        kind,
        title: String::new(),
        front,
        outline,
        citations,
        body,
        is_broken,
        hash,
    };
    document.title = title.unwrap_or_else(|| {
        if kind == Kind::Page && !is_broken {
            let problem = Diagnostic::new(Lint::TitleMissing, "the page has no title")
                .at(Place::file(file))
                .help("begin the file with `---`, `title: …`, `---`");
            problems.push(problem);
        }
        other_title(&document)
    });
    if !is_broken {
        problems.extend(lints::check(&document, &dialect));
    }
    problems.retain(|problem| !document.front.silences(problem));
    let bag = match rules.counts_words {
        true => bag(&document.title, &document.front, &document.outline, &wording, &dialect),
        false => Bag::default(),
    };
    Checked { value: (document, bag), problems }
}

/// The folder's own `index.md` is a page about all of them.
fn is_below_subjects(below: &str) -> bool {
    let name = below.strip_prefix(SUBJECTS).and_then(|rest| rest.strip_prefix('/'));
    name.is_some_and(|name| name != "index.md")
}

fn front_matter(
    file: &SourcePath,
    text: &str,
    is_subject: bool,
    rules: Rules<'_>,
    problems: &mut Vec<Diagnostic>,
) -> (FrontMatter, usize) {
    let empty = FrontMatter { toc: true, ..FrontMatter::default() };
    let invalid = |error: SyntaxError, offset: usize| {
        let range = error.range.start + offset..error.range.end + offset;
        let mut problem =
            Diagnostic::new(Lint::FrontMatterInvalid, error.message).at(Place::bytes(file, range));
        problem.label = error.label;
        problem.help = error.help;
        problem
    };
    let fenced = match split(text) {
        Ok(Some(fenced)) => fenced,
        Ok(None) => return (empty, 0),
        Err(error) => {
            problems.push(invalid(error, 0));
            return (empty, text.len());
        }
    };
    let start = fenced.data.start;
    if fenced.data.len() > MAX_FRONT_MATTER {
        let kilobytes = fenced.data.len() >> 10;
        let error = SyntaxError {
            message: format!("{kilobytes} KB of front matter"),
            range: 0..1,
            label: None,
            help: Some(format!(
                "front matter may have {} KB; move text into the body",
                MAX_FRONT_MATTER >> 10
            )),
        };
        problems.push(invalid(error, start));
        return (empty, fenced.body);
    }
    let data = &text[fenced.data.clone()];
    match parse(fenced.syntax, data, 2) {
        Ok(entries) => {
            let mut scope = Scope::new(file, fenced.syntax, data, Lint::FrontMatterInvalid);
            let front = FrontMatter::read(entries, is_subject, rules.taxonomies, &mut scope);
            problems.append(&mut scope.problems);
            (front, fenced.body)
        }
        Err(error) => {
            problems.push(invalid(error, start));
            (empty, fenced.body)
        }
    }
}

/// Two blocks in a row come of pasting one article into another.
fn second_front_matter(file: &SourcePath, text: &str, body: usize) -> Option<Diagnostic> {
    if body == 0 {
        return None;
    }
    let rest = text[body..].trim_start();
    let start = text.len() - rest.len();
    let fenced = split(rest).ok()??;
    let data = &rest[fenced.data.clone()];
    let is_data = fenced.syntax == Syntax::Toml || data.lines().next()?.contains(':');
    let entries =
        parse(fenced.syntax, data, 1).ok().filter(|entries| is_data && !entries.is_empty());
    entries.map(|_| {
        Diagnostic::new(Lint::FrontMatterTwice, "a second block of front matter")
            .at(Place::bytes(file, start..start + 3))
            .help("merge it into the first block")
    })
}

/// Without a title of its own a page has that of its first heading, if it begins
/// with one of the first level, or of its file.
fn other_title(document: &Document) -> String {
    if document.kind == Kind::Page
        && let Some(heading) = document.outline.headings.iter().find(|heading| heading.dropped)
    {
        return heading.text.clone();
    }
    let name = match document.kind {
        Kind::Page => document.name(),
        Kind::Section => document.folder().rsplit('/').next().unwrap_or_default(),
    };
    humanize(name)
}

/// `go-vs-rust` becomes `Go vs rust`.
pub(crate) fn humanize(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
