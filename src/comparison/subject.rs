//! What is compared.

use serde::{Deserialize, Serialize};

use crate::config::INKS;
use crate::data::{Fields, Node, Scope};
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::path::{SAFE_SCHEMES, nearest, safe_scheme, slugify};

/// A dimension has a cell for each: without an end, 128 KB of front matter would
/// ask for gigabytes.
const MAX_SUBJECTS: usize = 64;

/// Words that mean something else where a subject could stand.
pub(super) const RESERVED: [&str; 2] = ["depends", "tie"];

/// A subject in one article: what the article says of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// Its place in the list as written, counted from 0.
    pub index: usize,
    /// The id, a slug.
    pub id: String,
    /// The version that the article was checked against.
    pub version: Option<String>,
    /// What it is, in a line.
    pub summary: Option<String>,
    /// What speaks for it.
    pub pros: Vec<String>,
    /// What speaks against it.
    pub cons: Vec<String>,
    /// When to use it.
    pub use_when: Vec<String>,
    /// When not to.
    pub avoid_when: Vec<String>,
    /// What was made with it.
    pub examples: Vec<String>,
    /// What is true of it wherever it is compared.
    pub facts: Facts,
}

/// What is true of a thing wherever it is compared: the front matter of a
/// subject's file, which an article may state or overrule for itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// What it is called.
    pub name: Option<String>,
    /// Other names of it.
    pub aliases: Vec<String>,
    /// What kind of thing it is: `language`, `database`.
    pub kind: Option<String>,
    /// What it is, in a line.
    pub tagline: Option<String>,
    /// Its site.
    pub homepage: Option<String>,
    /// Its source code.
    pub repo: Option<String>,
    /// A picture of its mark.
    pub logo: Option<String>,
    /// The place of its ink in [`INKS`].
    pub color: Option<usize>,
    /// What it is licensed under.
    pub license: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
}

impl Facts {
    /// Takes the facts out of a map.
    pub fn read(fields: &mut Fields, scope: &mut Scope<'_>) -> Self {
        let inks: Vec<(&'static str, usize)> =
            INKS.into_iter().enumerate().map(|(place, name)| (name, place)).collect();
        Self {
            name: fields.text(&["name"], scope),
            aliases: fields.texts(&["aliases"], scope).unwrap_or_default(),
            kind: fields.text(&["kind"], scope),
            tagline: fields.text(&["tagline"], scope),
            homepage: address(fields, "homepage", scope),
            repo: address(fields, "repo", scope),
            logo: fields
                .text(&["logo"], scope)
                .and_then(|logo| safe(logo, fields.path().name("logo"), scope)),
            color: fields.choice(&["color"], &inks, scope),
            license: fields.text(&["license"], scope),
            tags: fields.texts(&["tags"], scope).unwrap_or_default(),
        }
    }

    /// These facts, and where one is not stated that of `other`.
    pub fn or(self, other: &Self) -> Self {
        let list = |own: Vec<String>, other: &[String]| {
            if own.is_empty() { other.to_vec() } else { own }
        };
        Self {
            name: self.name.or_else(|| other.name.clone()),
            aliases: list(self.aliases, &other.aliases),
            kind: self.kind.or_else(|| other.kind.clone()),
            tagline: self.tagline.or_else(|| other.tagline.clone()),
            homepage: self.homepage.or_else(|| other.homepage.clone()),
            repo: self.repo.or_else(|| other.repo.clone()),
            logo: self.logo.or_else(|| other.logo.clone()),
            color: self.color.or(other.color),
            license: self.license.or_else(|| other.license.clone()),
            tags: list(self.tags, &other.tags),
        }
    }
}

/// A whole address on the web.
fn address(fields: &mut Fields, name: &'static str, scope: &mut Scope<'_>) -> Option<String> {
    let path = fields.path().name(name);
    let text = fields.text(&[name], scope)?;
    if text.starts_with("https://") || text.starts_with("http://") {
        return Some(text);
    }
    let message = format!("`{name}` should be a whole address, not `{text}`");
    scope.refuse(Diagnostic::new(scope.lint, message).help("begin it with `https://`"), path);
    None
}

/// An address that links may lead to: a path, or one with a scheme that is safe
/// to follow.
pub(super) fn safe(address: String, path: KeyPath, scope: &mut Scope<'_>) -> Option<String> {
    if safe_scheme(&address) {
        return Some(address);
    }
    let message = format!("an address that is not safe to follow: `{address}`");
    let help = format!("use one of {}, or a path", SAFE_SCHEMES.join(", "));
    scope.refuse(Diagnostic::new(Lint::LinkScheme, message).help(help), path);
    None
}

/// What an article may call its subjects.
pub(super) struct Ids<'a> {
    ids: Vec<&'a str>,
}

impl<'a> Ids<'a> {
    pub(super) fn of(subjects: &'a [Subject]) -> Self {
        Self { ids: subjects.iter().map(|subject| subject.id.as_str()).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The place of the subject that a text names, by id or by its name.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let place = |id: &str| self.ids.iter().position(|known| *known == id);
        place(text).or_else(|| place(&slugify(text)))
    }

    /// What is said of a text that names nobody; `others` may stand there too.
    pub(super) fn unknown(&self, lint: Lint, text: &str, others: &[&str]) -> Diagnostic {
        let problem = Diagnostic::new(lint, format!("`{text}` is none of the subjects"));
        let known = self.ids.iter().copied().chain(others.iter().copied());
        if let Some(near) = nearest(text, known.clone()) {
            return problem.suggest(Some(near));
        }
        if self.ids.is_empty() {
            return problem.help("name what is compared: `subjects: [go, rust]`");
        }
        let known: Vec<String> = known.map(|id| format!("`{id}`")).collect();
        problem.help(format!("known here: {}", known.join(", ")))
    }
}

pub(super) fn read_all(fields: &mut Fields, scope: &mut Scope<'_>) -> Vec<Subject> {
    let mut subjects: Vec<Subject> = Vec::new();
    let mut items = fields.list(&["subjects"], scope).unwrap_or_default();
    if let Some((path, _)) = items.get(MAX_SUBJECTS) {
        let message = format!("{} subjects in one article", items.len());
        let help = format!("an article may have {MAX_SUBJECTS}; compare fewer at once");
        scope.refuse(Diagnostic::new(scope.lint, message).help(help), path.clone());
        items.truncate(MAX_SUBJECTS);
    }
    for (index, (path, node)) in items.into_iter().enumerate() {
        let Some((subject, path)) = read(path, node, scope) else { continue };
        let subject = Subject { index, ..subject };
        if subjects.iter().any(|other| other.id == subject.id) {
            let message = format!("the subject `{}` stands here twice", subject.id);
            let problem = Diagnostic::new(Lint::DuplicateSubject, message);
            scope.refuse(problem.help("name each subject once"), path);
        } else {
            subjects.push(subject);
        }
    }
    subjects
}

/// A subject and the path of its id: a text, or a map with `id`.
fn read(path: KeyPath, node: Node, scope: &mut Scope<'_>) -> Option<(Subject, KeyPath)> {
    if !matches!(node, Node::Map(_)) {
        let text = scope.require(&node, &path, "an id or a map with `id`")?;
        let (id, name) = identify(&text, &path, scope)?;
        let facts = Facts { name, ..Facts::default() };
        return Some((Subject { id, facts, ..Subject::default() }, path));
    }
    let mut fields = Fields::of(path.clone(), node, scope)?;
    let mut list = |name| fields.texts(&[name], scope).unwrap_or_default();
    let (pros, cons) = (list("pros"), list("cons"));
    let (use_when, avoid_when) = (list("use_when"), list("avoid_when"));
    let examples = list("examples");
    let written = fields.text(&["id"], scope);
    let version = fields.text(&["version"], scope);
    let summary = fields.text(&["summary"], scope);
    let mut facts = Facts::read(&mut fields, scope);
    fields.finish(scope);
    let (written, id_path) = match (written, &facts.name) {
        (Some(id), _) => (id, path.name("id")),
        (None, Some(name)) => (name.clone(), path.name("name")),
        (None, None) => {
            let problem = Diagnostic::new(scope.lint, "a subject without an `id`");
            scope.refuse(problem.help("add one: `id: go`"), path);
            return None;
        }
    };
    let (id, name) = identify(&written, &id_path, scope)?;
    facts.name = facts.name.or(name);
    let subject = Subject {
        index: 0,
        id,
        version,
        summary,
        pros,
        cons,
        use_when,
        avoid_when,
        examples,
        facts,
    };
    Some((subject, id_path))
}

/// The id that a text gives, and its name where it is written as one: `C++` is
/// `c-plus-plus`, called `C++`.
fn identify(text: &str, path: &KeyPath, scope: &mut Scope<'_>) -> Option<(String, Option<String>)> {
    let id = slugify(text);
    if RESERVED.contains(&id.as_str()) {
        let message = format!("`{id}` has a meaning of its own and can't be a subject");
        let problem = Diagnostic::new(scope.lint, message);
        scope.refuse(problem.help("give it a longer id, and its name under `name:`"), path.clone());
        return None;
    }
    if id.is_empty() {
        let problem = Diagnostic::new(scope.lint, format!("`{text}` can't be an id"));
        scope.refuse(problem.help("use letters, digits and `-`"), path.clone());
        return None;
    }
    let name = (id != text).then(|| text.to_owned());
    Some((id, name))
}

/// The place of a map's key in the file.
pub(super) fn key_place(scope: &Scope<'_>, path: KeyPath) -> Place {
    Place::key(scope.file, path)
}
