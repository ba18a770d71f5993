//! What an author says of a page.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::comparison::{Comparison, Facts};
use crate::config::TaxonomyConfig;
use crate::data::{Blank, Date, Fields, Node, Period, Rare, Scope, Syntax};
use crate::diag::{Diagnostic, KeyPath, Lint, Place, Severity};
use crate::path::{SourcePath, nearest};

/// The front matter of a page or section.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The title.
    pub title: Option<String>,
    /// What it is about, in a sentence or two.
    pub description: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// When it was changed last.
    pub updated: Option<Date>,
    /// When it was last checked against reality.
    pub reviewed: Option<Date>,
    /// Whether it is left out unless drafts are asked for.
    pub draft: bool,
    /// Its place among its neighbours; lower comes first.
    pub weight: Option<i64>,
    /// Its terms, by taxonomy, by name; no taxonomy is without any.
    pub terms: Vec<(String, Vec<String>)>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Whether it shows a table of contents.
    pub toc: bool,
    /// Whether search engines are asked to leave it out.
    pub noindex: bool,
    /// What it compares.
    pub comparison: Rare<Comparison>,
    /// What it says of the subject whose file it is.
    pub subject: Option<Box<SubjectFile>>,
    /// What few pages say.
    pub particulars: Rare<Particulars>,
}

/// What an author may say of a page, and of most says nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Particulars {
    /// How long a check against reality holds, if not as long as the site says.
    pub review_every: Option<Period>,
    /// The last day on which it holds.
    pub expires: Option<Date>,
    /// The last part of its address.
    pub slug: Option<String>,
    /// Its whole address.
    pub url: Option<String>,
    /// Addresses that lead to it.
    pub aliases: Vec<String>,
    /// A picture for link previews.
    pub image: Option<String>,
    /// Its language, if not the site's.
    pub language: Option<String>,
    /// The template to render it with.
    pub template: Option<String>,
    /// The address that search engines should keep instead.
    pub canonical: Option<String>,
    /// Rules that do not speak of this page.
    pub allowed: Vec<Lint>,
    /// The page that it is the mirror of: the same with the order swapped.
    pub mirror_of: Option<String>,
    /// Which pages to read next.
    pub related: RelatedChoice,
    /// Every other key, and what `extra:` holds.
    #[serde(with = "crate::data::packed")]
    pub extra: Vec<(String, Node)>,
    /// The keys that were written by a synonym, each with the name they mean.
    pub(super) synonyms: Vec<(String, String)>,
}

/// What an author says of the pages to read next; pages go by their names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RelatedChoice {
    /// There are to be none: `related: false`.
    pub is_off: bool,
    /// The first ones: `related: [a-vs-b]`.
    pub pinned: Vec<String>,
    /// Those that are never shown: `related_exclude: [a-vs-c]`.
    pub excluded: Vec<String>,
}

/// A file of `content/subjects/`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SubjectFile {
    /// What is true of the subject.
    pub facts: Facts,
    /// Its current version.
    pub version: Option<String>,
}

impl Blank for Particulars {
    const BLANK: &'static Self = &Self {
        review_every: None,
        expires: None,
        slug: None,
        url: None,
        aliases: Vec::new(),
        image: None,
        language: None,
        template: None,
        canonical: None,
        allowed: Vec::new(),
        mirror_of: None,
        related: RelatedChoice { is_off: false, pinned: Vec::new(), excluded: Vec::new() },
        extra: Vec::new(),
        synonyms: Vec::new(),
    };
}

impl FrontMatter {
    /// The path of a top-level key, by the name it was written with.
    pub fn key(&self, name: &str) -> KeyPath {
        let synonym = self.particulars.synonyms.iter().find(|(known, _)| *known == name);
        KeyPath::top(synonym.map_or(name, |(_, written)| written.as_str()))
    }

    /// Where the title stands, if it is in the front matter.
    pub fn title_key(&self) -> Option<KeyPath> {
        let is_name = || self.subject.as_ref().is_some_and(|file| file.facts.name.is_some());
        let name = self.title.is_some().then_some("title").or_else(|| is_name().then_some("name"));
        name.map(|name| self.key(name))
    }

    /// Whether the page asks that a problem is not told. What makes it
    /// impossible always is.
    pub fn silences(&self, problem: &Diagnostic) -> bool {
        problem.lint.default_severity() != Severity::Error
            && self.particulars.allowed.contains(&problem.lint)
    }

    /// Its terms of a taxonomy.
    pub fn terms_of(&self, taxonomy: &str) -> &[String] {
        let of_it = self.terms.iter().find(|(name, _)| name == taxonomy);
        of_it.map_or(&[], |(_, terms)| terms)
    }

    /// Whether lists for machines (sitemap, feeds) name the page.
    pub fn is_listed(&self) -> bool {
        let Particulars { canonical, mirror_of, .. } = &*self.particulars;
        !self.noindex && canonical.is_none() && mirror_of.is_none()
    }

    /// Reads the entries of a front matter; `is_subject` says that it is that of
    /// a subject's file.
    pub(super) fn read(
        entries: Vec<(String, Node)>,
        is_subject: bool,
        taxonomies: &[TaxonomyConfig],
        scope: &mut Scope<'_>,
    ) -> Self {
        let entries = entries.into_iter().map(|(key, node)| (known_case(key), node)).collect();
        let mut fields = Fields::new(KeyPath::default(), entries);
        let mut front = Self::known(&mut fields, is_subject, scope);
        let mut particulars = Particulars::known(&mut fields, scope);
        front.terms = terms(&mut fields, taxonomies, scope);
        particulars.extra = extra(&mut fields, taxonomies, scope);
        front.particulars = particulars.into();
        front
    }

    /// Every key that means something in the front matter of a page, or of a
    /// subject's file, on a site with the usual taxonomies.
    pub fn keys(is_subject: bool) -> BTreeSet<String> {
        let file = SourcePath::new("");
        let scope = &mut Scope::new(&file, Syntax::Yaml, "", Lint::FrontMatterInvalid);
        let mut fields = Fields::new(KeyPath::default(), Vec::new());
        let taxonomies = TaxonomyConfig::defaults();
        Self::known(&mut fields, is_subject, scope);
        Particulars::known(&mut fields, scope);
        terms(&mut fields, &taxonomies, scope);
        extra(&mut fields, &taxonomies, scope);
        let known = fields.known().iter().map(|key| (*key).to_owned());
        known.chain(taxonomies.into_iter().map(|taxonomy| taxonomy.name)).collect()
    }

    /// Takes what is known by name whatever the site is.
    fn known(fields: &mut Fields, is_subject: bool, scope: &mut Scope<'_>) -> Self {
        // First, since `aliases` and `tags` are the subject's there.
        let subject = is_subject.then(|| {
            let facts = Facts::read(fields, scope);
            Box::new(SubjectFile { facts, version: fields.text(&["version"], scope) })
        });
        Self {
            title: fields.text(&["title"], scope).filter(|title| !title.trim().is_empty()),
            description: fields.text(&["description", "summary", "excerpt"], scope),
            date: fields.date(&["date", "publishDate"], scope),
            updated: fields.date(&["updated", "lastmod", "last_modified_at", "updated_at"], scope),
            reviewed: fields.date(&["reviewed"], scope),
            draft: fields.bool(&["draft"], scope).unwrap_or_default(),
            weight: fields.int(&["weight"], scope),
            terms: Vec::new(),
            keywords: fields.texts(&["keywords"], scope).unwrap_or_default(),
            toc: toc(fields),
            noindex: fields.bool(&["noindex"], scope).unwrap_or_default(),
            comparison: Comparison::read(fields, scope).into(),
            subject,
            particulars: Rare::default(),
        }
    }
}

impl Particulars {
    /// Takes what is known by name whatever the site is; what is left is not read yet.
    fn known(fields: &mut Fields, scope: &mut Scope<'_>) -> Self {
        Self {
            review_every: fields.period(&["review_every"], scope),
            expires: fields.date(&["expiryDate"], scope),
            slug: fields.text(&["slug"], scope),
            url: fields.text(&["url", "permalink"], scope),
            aliases: fields.texts(&["aliases", "redirect_from"], scope).unwrap_or_default(),
            image: image(fields, scope),
            language: fields.text(&["lang", "language"], scope),
            template: fields.text(&["template"], scope),
            canonical: fields.text(&["canonical", "canonicalURL"], scope),
            allowed: allowed(fields, scope),
            mirror_of: fields.text(&["mirror_of"], scope),
            related: related(fields, scope),
            extra: Vec::new(),
            synonyms: fields.synonyms(),
        }
    }
}

/// Hugo reads keys in any case, so its articles have `Tags` and `Title`.
fn known_case(key: String) -> String {
    let lower = key.to_ascii_lowercase();
    let known = [
        "title",
        "description",
        "date",
        "draft",
        "tags",
        "categories",
        "authors",
        "author",
        "aliases",
        "weight",
        "slug",
        "url",
        "keywords",
        "lastmod",
    ];
    if known.contains(&lower.as_str()) { lower } else { key }
}

/// A text; or, as Hugo themes have it, a map or list whose first text it is.
fn image(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<String> {
    match fields.take(&["image", "images", "cover"])? {
        (_, Node::Text(text)) if !text.is_empty() => Some(text),
        (path, node @ Node::List(_)) => {
            let mut list = Fields::new(path, vec![("image".into(), node)]);
            list.texts(&["image"], scope)?.into_iter().next()
        }
        (path, Node::Map(entries)) => {
            Fields::new(path, entries).text(&["image", "src", "url"], scope)
        }
        _ => None,
    }
}

/// `false` and nothing else turns contents off: Hugo themes give `toc` values
/// of many kinds.
fn toc(fields: &mut Fields) -> bool {
    !matches!(fields.take(&["toc"]), Some((_, Node::Bool(false))))
}

fn related(fields: &mut Fields, scope: &mut Scope<'_>) -> RelatedChoice {
    let excluded = fields.texts(&["related_exclude"], scope).unwrap_or_default();
    let (is_off, pinned) = match fields.take(&["related"]) {
        Some((_, Node::Bool(shown))) => (!shown, Vec::new()),
        Some((_, node)) => {
            let mut list = Fields::new(KeyPath::default(), vec![("related".into(), node)]);
            (false, list.texts(&["related"], scope).unwrap_or_default())
        }
        None => (false, Vec::new()),
    };
    RelatedChoice { is_off, pinned, excluded }
}

fn allowed(fields: &mut Fields, scope: &mut Scope<'_>) -> Vec<Lint> {
    let Some(mut lint) = fields.map(&["lint"], scope) else { return Vec::new() };
    let path = lint.path().name("allow");
    let ids = lint.texts(&["allow"], scope).unwrap_or_default();
    lint.finish(scope);
    let mut allowed = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        match Lint::by_id(id) {
            Some(lint) => allowed.push(lint),
            None => {
                let near = nearest(id, Lint::ALL.iter().map(|lint| lint.id()));
                let problem =
                    Diagnostic::new(Lint::UnknownKey, format!("no lint is called `{id}`"));
                let place = Place::value(scope.file, path.item(index));
                scope.problems.push(problem.suggest(near).at(place));
            }
        }
    }
    allowed
}

/// Terms stand under the taxonomy's name, or under Zola's `taxonomies`;
/// `author` is one of `authors`.
fn terms(
    fields: &mut Fields,
    taxonomies: &[TaxonomyConfig],
    scope: &mut Scope<'_>,
) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut nested = match fields.take(&["taxonomies"]) {
        Some((path, Node::Map(entries))) => Some(Fields::new(path, entries)),
        _ => None,
    };
    let author = fields.texts(&["author"], scope).unwrap_or_default();
    for taxonomy in taxonomies {
        let name = taxonomy.name.as_str();
        let mut terms = fields.dynamic_texts(name, scope);
        if let Some(nested) = &mut nested {
            terms.extend(nested.dynamic_texts(name, scope));
        }
        if name == "authors" {
            terms.extend(author.iter().cloned());
        }
        if !terms.is_empty() {
            found.push((name.to_owned(), terms));
        }
    }
    // Without a taxonomy of that name, authors are still who wrote the page.
    if !taxonomies.iter().any(|taxonomy| taxonomy.name == "authors") {
        let mut authors = fields.dynamic_texts("authors", scope);
        authors.extend(author);
        if !authors.is_empty() {
            found.push(("authors".into(), authors));
        }
    }
    found.sort();
    found.shrink_to_fit();
    found
}

/// Free keys are the templates'; one that is nearly a known key is a slip.
fn extra(
    fields: &mut Fields,
    taxonomies: &[TaxonomyConfig],
    scope: &mut Scope<'_>,
) -> Vec<(String, Node)> {
    let mut extra = match fields.take(&["extra"]) {
        Some((_, Node::Map(entries))) => entries,
        _ => Vec::new(),
    };
    let known: Vec<&str> = fields
        .known()
        .iter()
        .copied()
        .chain(taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()))
        .collect();
    for (key, node) in fields.take_rest() {
        // Short words are near one another: `math` is no slip of `date`.
        let allowed = if key.len() < 6 { 1 } else { 2 };
        let near = nearest(&key, known.iter().copied())
            .filter(|near| key.len() > 3 && strsim::damerau_levenshtein(near, &key) <= allowed);
        if let Some(near) = near.filter(|_| !known.contains(&key.as_str())) {
            let problem = Diagnostic::new(
                Lint::KeyNearlyKnown,
                format!("the key `{key}` means nothing here"),
            )
            .help(format!("did you mean `{near}`? a key of your own belongs under `extra:`"));
            let place = Place::key(scope.file, KeyPath::top(key.clone()));
            scope.problems.push(problem.at(place));
        }
        if !extra.iter().any(|(own, _)| *own == key) {
            extra.push((key, node));
        }
    }
    extra
}
