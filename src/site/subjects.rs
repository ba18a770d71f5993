//! What the site compares: every subject that has a file or that an article
//! names, and which articles compare it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::PageId;
use crate::comparison::Facts;
use crate::content::{Document, humanize};
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::path::{nearest, slugify};

/// The place of a subject in [`Subjects::all`].
pub type SubjectId = usize;

/// The subjects of a site.
#[derive(Debug, Default)]
pub struct Subjects {
    /// Those with files by id, then the others as articles name them.
    pub all: Vec<SubjectEntry>,
    /// Who is called what: ids, names and aliases as slugs.
    by_name: HashMap<String, SubjectId>,
}

/// A subject in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectEntry {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What is true of it.
    pub facts: Facts,
    /// Its current version.
    pub version: Option<String>,
    /// Its file.
    pub page: Option<PageId>,
}

impl Subjects {
    /// The subject that is called so, by id, name or alias.
    pub fn find(&self, name: &str) -> Option<SubjectId> {
        self.by_name.get(&key(name)).copied()
    }
}

/// What a name is looked up by. One of signs alone has no slug.
fn key(name: &str) -> String {
    Some(slugify(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| name.trim().to_owned())
}

/// Gathers the subjects: from their files first, then from articles that say
/// more of one than its id, then from all others.
pub(super) fn build(pages: &[Arc<Document>], problems: &mut Vec<Diagnostic>) -> Subjects {
    let mut found: BTreeMap<String, SubjectEntry> = BTreeMap::new();
    for (page, document) in pages.iter().enumerate() {
        let (Some(id), Some(file)) = (document.subject(), &document.front.subject) else {
            continue;
        };
        let name = file.facts.name.clone().unwrap_or_else(|| document.title.clone());
        let (facts, version) = (file.facts.clone(), file.version.clone());
        found.insert(id.clone(), SubjectEntry { id, name, facts, version, page: Some(page) });
    }
    let mut subjects = Subjects { all: found.into_values().collect(), ..Subjects::default() };
    subjects.claim_names(pages, problems);
    let named = pages.iter().flat_map(|document| {
        document.front.comparison.subjects.iter().map(move |subject| (document, subject))
    });
    let (bare, told): (Vec<_>, Vec<_>) =
        named.partition(|(_, subject)| subject.facts == Facts::default());
    for (document, subject) in told.into_iter().chain(bare) {
        if !subjects.by_name.contains_key(&subject.id) {
            if subject.facts.name.is_none() {
                problems.extend(unknown(document, subject.index, &subject.id, &subjects));
            }
            let name = subject.facts.name.clone().unwrap_or_else(|| humanize(&subject.id));
            let entry = SubjectEntry {
                id: subject.id.clone(),
                name,
                facts: subject.facts.clone(),
                version: None,
                page: None,
            };
            subjects.add(entry);
        }
    }
    twice(pages, &subjects, problems);
    subjects
}

/// One subject under two of its names would be compared with itself.
fn twice(pages: &[Arc<Document>], subjects: &Subjects, problems: &mut Vec<Diagnostic>) {
    for document in pages {
        let mut seen: Vec<SubjectId> = Vec::new();
        for subject in &document.front.comparison.subjects {
            let Some(id) = subjects.find(&subject.id) else { continue };
            if seen.contains(&id) {
                let message = format!("`{}` is `{}` again", subject.id, subjects.all[id].id);
                let path = KeyPath::top("subjects").item(subject.index).name("id");
                let problem = Diagnostic::new(Lint::DuplicateSubject, message)
                    .help("name each subject once")
                    .at(Place::value(&document.file, path));
                problems.push(problem);
            }
            seen.push(id);
        }
    }
}

impl Subjects {
    fn add(&mut self, entry: SubjectEntry) {
        let place = self.all.len();
        for name in [&entry.id, &entry.name].into_iter().chain(&entry.facts.aliases) {
            self.by_name.entry(key(name)).or_insert(place);
        }
        self.all.push(entry);
    }

    /// Ids, names and aliases of files share one namespace.
    fn claim_names(&mut self, pages: &[Arc<Document>], problems: &mut Vec<Diagnostic>) {
        for (place, entry) in self.all.iter().enumerate() {
            self.by_name.insert(entry.id.clone(), place);
        }
        for (place, entry) in self.all.iter().enumerate() {
            let aliases = entry.facts.aliases.iter().enumerate();
            let aliases = aliases.map(|(at, alias)| (alias, KeyPath::top("aliases").item(at)));
            let names = [(&entry.name, KeyPath::top("name"))].into_iter().chain(aliases);
            for (name, path) in names {
                let holder = *self.by_name.entry(key(name)).or_insert(place);
                let Some(page) = entry.page.filter(|_| holder != place) else { continue };
                let other = &self.all[holder];
                let message = format!("`{name}` is the subject `{}` already", other.id);
                let problem = Diagnostic::new(Lint::DuplicateSubject, message)
                    .help("a name can mean one subject only: take it out of one of the two files")
                    .at(Place::value(&pages[page].file, path));
                problems.push(problem);
            }
        }
    }
}

/// A bare id without a file is fine where files are not used, and where nothing
/// looks like it.
fn unknown(document: &Document, index: usize, id: &str, subjects: &Subjects) -> Option<Diagnostic> {
    let files: Vec<&SubjectEntry> =
        subjects.all.iter().filter(|entry| entry.page.is_some()).collect();
    if files.is_empty() {
        return None;
    }
    let path = KeyPath::top("subjects").item(index).name("id");
    let place = Place::value(&document.file, path);
    let allowed = if id.len() < 6 { 1 } else { 2 };
    let near = nearest(id, files.iter().map(|entry| entry.id.as_str()))
        .filter(|near| id.len() > 3 && strsim::damerau_levenshtein(near, id) <= allowed);
    let problem = match near {
        Some(near) => Diagnostic::new(Lint::UnknownSubject, format!("no subject is called `{id}`"))
            .help(format!(
                "did you mean `{near}`? if it is another thing, give it a name: \
                 `{{ id: {id}, name: … }}`"
            )),
        None => {
            let message = format!("the subject `{id}` has no file");
            Diagnostic::new(Lint::SubjectFileMissing, message)
                .help(format!("say what is true of it in `content/subjects/{id}.md`"))
        }
    };
    Some(problem.at(place))
}

/// What a page compares: what it says, or what its title or name says in the
/// form `A vs B`, if all of that is known.
pub(super) fn of_page(document: &Document, subjects: &Subjects) -> Vec<SubjectId> {
    let declared = &document.front.comparison.subjects;
    if !declared.is_empty() {
        return declared.iter().filter_map(|subject| subjects.find(&subject.id)).collect();
    }
    let title = sides(&document.title).and_then(|(sides, _)| resolve(&sides, subjects));
    title
        .or_else(|| resolve(&document.name().split("-vs-").collect::<Vec<_>>(), subjects))
        .unwrap_or_default()
}

fn resolve(sides: &[&str], subjects: &Subjects) -> Option<Vec<SubjectId>> {
    let found: Option<Vec<SubjectId>> = sides.iter().map(|side| subjects.find(side)).collect();
    let is_distinct = |found: &Vec<SubjectId>| {
        found.iter().enumerate().all(|(at, subject)| !found[..at].contains(subject))
    };
    found.filter(|found| found.len() > 1 && is_distinct(found))
}

/// The sides of a title such as `Go vs Rust: which one`, and what stands behind
/// them, its mark included. `None` for a title of another form.
pub fn sides(title: &str) -> Option<(Vec<&str>, &str)> {
    const MARKS: [&str; 5] = [": ", " – ", " — ", " - ", "? "];
    let end = MARKS.iter().filter_map(|mark| title.find(mark)).min().unwrap_or(title.len());
    let (head, rest) = title.split_at(end);
    let mut sides = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(blank) = head[at..].find(' ') {
        let word_at = at + blank + 1;
        let word_end = head[word_at..].find(' ').map_or(head.len(), |end| word_at + end);
        let word = head[word_at..word_end].trim_end_matches('.');
        let is_mark = ["vs", "versus"].iter().any(|mark| word.eq_ignore_ascii_case(mark));
        if is_mark && word_end < head.len() {
            sides.push(head[from..at + blank].trim());
            from = word_end;
        }
        at = word_at;
    }
    sides.push(head[from..].trim());
    (sides.len() > 1).then_some((sides, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_sides() {
        let parts = |title| sides(title).map(|(sides, rest)| (sides.join("|"), rest.to_owned()));
        let is = |sides: &str, rest: &str| Some((sides.to_owned(), rest.to_owned()));
        assert_eq!(parts("Go vs Rust"), is("Go|Rust", ""));
        assert_eq!(parts("Go vs. C++: which one?"), is("Go|C++", ": which one?"));
        assert_eq!(parts("npm versus pnpm vs Yarn – three"), is("npm|pnpm|Yarn", " – three"));
        assert_eq!(parts("PostgreSQL VS SQLite"), is("PostgreSQL|SQLite", ""));
        assert_eq!(parts("Versus"), None);
        assert_eq!(parts("Go vs"), None);
        assert_eq!(parts("Choosing: Go vs Rust"), None);
    }
}
