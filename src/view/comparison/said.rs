//! What an article says: subjects, verdict, picks, dimensions, sources.

use serde::Serialize;

use super::{People, Writer};
use crate::comparison::{Cells, Choice, Comparison, Pick};
use crate::content::Document;
use crate::diag::KeyPath;
use crate::markdown::Targets;
use crate::site::{PageId, Site};

/// A subject as its article sees it.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its ink, 1 to 8.
    pub ink: usize,
    /// Its page, if it has one.
    pub url: Option<String>,
    /// The version that the article was checked against.
    pub version: Option<String>,
    /// What it is, in a line; its tagline where the article says nothing.
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
    /// How many dimensions it has the edge in.
    pub edges: usize,
    /// What kind of thing it is: `language`.
    pub kind: Option<String>,
    /// Its site.
    pub homepage: Option<String>,
    /// Its source code.
    pub repo: Option<String>,
    /// A picture of its mark.
    pub logo: Option<String>,
    /// What it is licensed under.
    pub license: Option<String>,
}

/// Who is ahead.
#[derive(Debug, Clone, Serialize)]
pub struct ChoiceView {
    /// `subject`, `depends` or `tie`.
    pub kind: &'static str,
    /// The subject's name, `It depends` or `Even`.
    pub name: String,
    /// The subject's ink, 1 to 8.
    pub ink: Option<usize>,
    /// The subject's column, from 1.
    pub place: Option<usize>,
}

/// The short answer.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictView {
    /// Who it is for, if the article says.
    pub pick: Option<ChoiceView>,
    /// The answer.
    pub text: String,
}

/// A pick under a condition.
#[derive(Debug, Clone, Serialize)]
pub struct PickView {
    /// The id of its place on the page.
    pub anchor: String,
    /// The condition.
    pub condition: String,
    /// What to pick then; nothing where it names nobody.
    pub pick: Option<ChoiceView>,
    /// Why.
    pub why: Option<String>,
}

/// Dimensions that stand together.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// What they are called together.
    pub name: Option<String>,
    /// The dimensions.
    pub dimensions: Vec<DimensionView>,
}

/// A respect in which subjects are compared.
#[derive(Debug, Clone, Serialize)]
pub struct DimensionView {
    /// The id of its place on the page.
    pub anchor: String,
    /// What it is called.
    pub name: String,
    /// Who has the edge; nobody where it was not judged.
    pub edge: Option<ChoiceView>,
    /// What is said of each subject, in the columns' order.
    pub cells: Vec<CellView>,
    /// What is said of all of them at once.
    pub text: Option<String>,
    /// What holds for all of them.
    pub note: Option<String>,
}

/// What is said of a subject.
#[derive(Debug, Clone, Serialize)]
pub struct CellView {
    /// The subject's name.
    pub name: String,
    /// Its ink, 1 to 8.
    pub ink: usize,
    /// The text; nothing where it is missing.
    pub text: Option<String>,
}

/// A source.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// The name it is cited by.
    pub id: String,
    /// The id of its place on the page.
    pub anchor: String,
    /// Its number.
    pub number: usize,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: Option<String>,
    /// When it was looked at.
    pub accessed: Option<String>,
}

pub(super) fn subjects(
    site: &Site,
    id: PageId,
    people: &People,
    edges: &[usize],
    writer: &mut Writer<'_>,
) -> Vec<SubjectView> {
    let declared = &site.pages[id].document.front.comparison.subjects;
    let mut views = Vec::with_capacity(declared.len());
    for (place, subject) in declared.iter().enumerate() {
        let path = KeyPath::top("subjects").item(subject.index);
        let entry = site.subjects.find(&subject.id).map(|id| &site.subjects.all[id]);
        let facts = subject.facts.clone();
        let facts = entry.map_or(facts.clone(), |entry| facts.or(&entry.facts));
        let hub = site.subjects.find(&subject.id).map(|id| &site.hubs.all[id]);
        let summary = writer.maybe(&path, "summary", subject.summary.as_ref());
        let tagline = || facts.tagline.as_ref().map(|text| writer.words(text));
        views.push(SubjectView {
            id: subject.id.clone(),
            name: people.names[place].clone(),
            ink: people.ink(place),
            url: hub.and_then(|hub| hub.url.as_ref()).map(|url| site.href(url)),
            version: subject.version.clone(),
            summary: summary.or_else(tagline),
            pros: writer.list(&path, "pros", &subject.pros),
            cons: writer.list(&path, "cons", &subject.cons),
            use_when: writer.list(&path, "use_when", &subject.use_when),
            avoid_when: writer.list(&path, "avoid_when", &subject.avoid_when),
            examples: writer.list(&path, "examples", &subject.examples),
            edges: edges[place],
            kind: facts.kind,
            homepage: facts.homepage,
            repo: facts.repo,
            logo: facts.logo.map(|logo| writer.printer.targets.link(&logo)),
            license: facts.license,
        });
    }
    views
}

pub(super) fn verdict(
    comparison: &Comparison,
    people: &People,
    writer: &mut Writer<'_>,
) -> Option<VerdictView> {
    let verdict = comparison.verdict.as_ref()?;
    let text = writer.html(KeyPath::top("verdict").name("text"), &verdict.text);
    Some(VerdictView { pick: verdict.pick.map(|pick| people.choice(pick)), text })
}

pub(super) fn picks(
    list: &str,
    picks: &[Pick],
    people: &People,
    writer: &mut Writer<'_>,
) -> Vec<PickView> {
    let prefix = if list == "checklist" { "check" } else { "take" };
    let view = |pick: &Pick| {
        let path = KeyPath::top(list).item(pick.index);
        PickView {
            anchor: pick.anchor(prefix),
            condition: writer.html(path.name("if"), &pick.condition),
            pick: pick.pick.map(|pick| people.choice(pick)),
            why: writer.maybe(&path, "why", pick.why.as_ref()),
        }
    };
    picks.iter().map(view).collect()
}

/// Dimensions of one group stand together where the first of them does.
pub(super) fn groups(
    comparison: &Comparison,
    people: &People,
    writer: &mut Writer<'_>,
) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = Vec::new();
    for dimension in &comparison.dimensions {
        let path = KeyPath::top("dimensions").item(dimension.index);
        let (cells, text) = match &dimension.cells {
            Cells::Each(cells) => {
                (self::cells(comparison, &path.name("cells"), cells, people, writer), None)
            }
            Cells::Undivided(text) => (Vec::new(), Some(writer.html(path.name("text"), text))),
        };
        let view = DimensionView {
            anchor: dimension.anchor.clone(),
            name: dimension.name.clone(),
            edge: dimension.edge.map(|edge: Choice| people.choice(edge)),
            cells,
            text,
            note: writer.maybe(&path, "note", dimension.note.as_ref()),
        };
        match groups.iter_mut().find(|group| group.name == dimension.group) {
            Some(group) => group.dimensions.push(view),
            None => {
                groups.push(GroupView { name: dimension.group.clone(), dimensions: vec![view] })
            }
        }
    }
    groups
}

/// A text for each subject.
pub(super) fn cells(
    comparison: &Comparison,
    path: &KeyPath,
    texts: &[Option<String>],
    people: &People,
    writer: &mut Writer<'_>,
) -> Vec<CellView> {
    let subjects = comparison.subjects.iter().zip(texts).enumerate();
    let cell = |(place, (subject, text)): (usize, (&crate::comparison::Subject, _))| CellView {
        name: people.names[place].clone(),
        ink: people.ink(place),
        text: writer.maybe(path, &subject.id, Option::as_ref(text)),
    };
    subjects.map(cell).collect()
}

pub(super) fn sources(document: &Document, targets: &dyn Targets) -> Vec<SourceView> {
    let sources = &document.front.comparison.sources;
    let numbered = document.citations.iter().enumerate();
    let source = |(at, id): (usize, &String)| {
        let source = sources.iter().find(|source| source.id == *id)?;
        Some(SourceView {
            id: id.clone(),
            anchor: source.anchor(),
            number: at + 1,
            title: source.title.clone(),
            url: source.url.as_deref().map(|url| targets.link(url)),
            accessed: source.accessed.map(|date| date.to_string()),
        })
    };
    numbered.filter_map(source).collect()
}
