//! Templates and static files: the site's own over those of the default theme.

mod minify;
mod problems;

use std::collections::BTreeMap;

use tera::{Context, Tera, Value};
use xxhash_rust::xxh3::Xxh3;

use crate::config::Config;
use crate::diag::{Checked, Diagnostic, Lint, Place};
use crate::path::{SourcePath, nearest};
use crate::source::{Files, SourceFile};

/// The default theme, file by file: the repository's own `templates/`, `static/`
/// and `strings/`.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// The folder of the templates.
pub const TEMPLATES: &str = "templates";
/// The folder of the files that are copied.
pub const STATIC: &str = "static";

/// The template of pictures for link previews.
pub const CARD: &str = "templates/card.svg";

/// The style sheet of the theme.
const STYLES: &str = "style.css";

/// What the search of a page is: without one, no reader asks for it.
const SEARCH: [&str; 2] = ["static/search.css", "static/search.js"];

/// A template may print this much; more is a loop that does not end.
const MAX_OUTPUT: usize = 64 << 20;

/// The theme of a site.
pub struct Theme {
    tera: Tera,
    sources: BTreeMap<String, String>,
    digest: u64,
}

/// A template that can't be rendered, or parsed.
pub type TemplateError = Box<Diagnostic>;

/// A static file of the default theme.
pub fn embedded(path: &str) -> Option<&'static [u8]> {
    EMBEDDED.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes)
}

/// The names of the files of the default theme, in order.
pub fn embedded_names() -> impl Iterator<Item = &'static str> {
    EMBEDDED.iter().map(|(name, _)| *name)
}

/// The static files of a site: its own, and those of the default theme that it
/// uses and does not replace. Paths begin with `static/`.
pub fn static_files(files: &[SourceFile], config: &Config) -> Vec<SourcePath> {
    let own =
        files.iter().map(|file| file.path.clone()).filter(|path| path.below(STATIC).is_some());
    let mut all: Vec<SourcePath> = own.collect();
    let is_used = |name: &&str| config.search || !SEARCH.contains(name);
    let default = embedded_names().filter(is_used).map(SourcePath::new);
    all.extend(default.filter(|path| path.below(STATIC).is_some()));
    all.sort();
    all.dedup();
    all
}

/// Whether a file is a template or is copied as it is.
pub fn is_part(path: &SourcePath) -> bool {
    [TEMPLATES, STATIC].iter().any(|folder| path.below(folder).is_some())
}

/// Reads a file of the theme: the site's own as it is, else the default one
/// without its comments and blanks. A copy that nobody changed is the default.
///
/// # Errors
/// As [`Files::read`].
pub fn read(files: &dyn Files, path: &SourcePath) -> std::io::Result<Vec<u8>> {
    let default = embedded(path.as_str());
    let small = |bytes: &'static [u8]| minify::minify(path.as_str(), bytes).into_owned();
    match (files.read(path), default) {
        (Ok(own), Some(default)) if own == default => Ok(small(default)),
        (Err(error), Some(default)) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(small(default))
        }
        (own, _) => own,
    }
}

/// A file of the theme as it is published: the style sheet ends with the look
/// that the config asks for, which costs no further file.
///
/// # Errors
/// As [`Files::read`].
pub fn publish(files: &dyn Files, path: &SourcePath, config: &Config) -> std::io::Result<Vec<u8>> {
    let mut bytes = read(files, path)?;
    if path.below(STATIC) == Some(STYLES) {
        bytes.extend_from_slice(config.look.css().as_bytes());
    }
    Ok(bytes)
}

impl Theme {
    /// Loads every template. `register` adds the filters and functions that
    /// templates may use; it runs first, since parsing checks their names.
    ///
    /// `versions` are hashes of static files by path.
    pub fn load(
        files: &dyn Files,
        listing: &[SourceFile],
        versions: BTreeMap<String, String>,
        register: impl FnOnce(&mut Tera, BTreeMap<String, String>),
    ) -> Checked<Self> {
        let mut problems = Vec::new();
        let sources = template_sources(files, listing, &mut problems);
        let mut hash = Xxh3::new();
        for text in sources.iter().chain(&versions).flat_map(|(name, text)| [name, text]) {
            hash.update(&text.len().to_le_bytes());
            hash.update(text.as_bytes());
        }
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
        register(&mut tera, versions);
        if let Err(error) = tera.add_raw_templates(sources.iter()) {
            problems.extend(problems::of_set(&tera, &sources, &error));
        }
        Checked { value: Self { tera, sources, digest: hash.digest() }, problems }
    }

    /// Makes a value known to every template.
    pub fn insert_global(&mut self, name: &'static str, value: Value) {
        self.tera.global_context().insert_value(name, value);
    }

    /// A hash of the templates and of the versions of static files.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// Whether there is such a template.
    pub fn has(&self, template: &str) -> bool {
        self.sources.contains_key(template)
    }

    /// The names of the templates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    /// The names of the shortcodes.
    pub fn shortcodes(&self) -> Vec<&str> {
        self.names()
            .filter_map(|name| name.strip_prefix("shortcodes/")?.strip_suffix(".html"))
            .collect()
    }

    /// Renders a template.
    ///
    /// # Errors
    /// A located problem; the caller adds what was being rendered.
    pub fn render(&self, template: &str, context: &Context) -> Result<String, TemplateError> {
        if !self.has(template) {
            let problem = Diagnostic::new(Lint::TemplateError, format!("no template `{template}`"));
            return Err(Box::new(problem.suggest(nearest(template, self.names()))));
        }
        let mut out = Limited { bytes: Vec::with_capacity(16 << 10) };
        match self.tera.render_to(template, context, &mut out) {
            Ok(()) => String::from_utf8(out.bytes).map_err(|_| {
                Box::new(Diagnostic::new(Lint::TemplateError, "the output is not UTF-8"))
            }),
            Err(error) => Err(Box::new(problems::of_render(&error, &self.sources, context))),
        }
    }
}

/// The text of a template, for reports on the default theme.
pub fn embedded_text(path: &SourcePath) -> Option<String> {
    embedded(path.as_str()).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

fn template_sources(
    files: &dyn Files,
    listing: &[SourceFile],
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    for (name, bytes) in EMBEDDED {
        if let Some(name) = SourcePath::new(name).below(TEMPLATES) {
            sources.insert(name.to_owned(), String::from_utf8_lossy(bytes).into_owned());
        }
    }
    for file in listing {
        let Some(name) = file.path.below(TEMPLATES) else { continue };
        let place = Place::file(&file.path);
        match files.read(&file.path).map(String::from_utf8) {
            Ok(Ok(text)) => {
                sources.insert(name.to_owned(), text);
            }
            Ok(Err(_)) => {
                let problem = Diagnostic::new(Lint::NotUtf8, "the template is not UTF-8 text");
                problems.push(problem.at(place).help("save it as UTF-8"));
            }
            Err(error) => {
                let message = format!("the template can't be read: {error}");
                problems.push(Diagnostic::new(Lint::FileUnreadable, message).at(place));
            }
        }
    }
    sources
}

/// A buffer that ends a template which prints without end.
struct Limited {
    bytes: Vec<u8>,
}

impl std::io::Write for Limited {
    fn write(&mut self, part: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + part.len() > MAX_OUTPUT {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_site_gets_these_files_and_no_others_of_the_repository() {
        let names: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        let copied: Vec<&&str> = names.iter().filter(|name| name.starts_with("static/")).collect();
        let expected = ["404.js", "app.js", "favicon.svg", "search.css", "search.js", "style.css"];
        assert!(copied.iter().map(|name| &name["static/".len()..]).eq(expected), "{copied:?}");
        let rest = names.iter().filter(|name| !name.starts_with("static/"));
        assert!(
            rest.clone()
                .all(|name| name.ends_with(".html") || *name == CARD || *name == "strings/en.yaml")
        );
    }
}
