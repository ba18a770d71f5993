//! What front matter and body say together: citations and markers.

use super::{Document, FrontMatter};
use crate::comparison::{Block, Comparison, lints};
use crate::diag::{At, Diagnostic, KeyPath, Lint, Place};
use crate::markdown::{
    Dialect, Link, LinkKind, Outline, placeholder, placeholders, references, word_count,
};
use crate::path::{SourcePath, nearest};

/// Checks a comparison against itself and against its page's body; the texts'
/// links and words go to the `outline`'s. Returns the ids of the sources, in the order of
/// their numbers.
pub(super) fn check(
    file: &SourcePath,
    front: &FrontMatter,
    outline: &mut Outline,
    dialect: &Dialect,
    problems: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let comparison = &front.comparison;
    problems.extend(lints::check(file, comparison));
    markers(file, comparison, outline, problems);
    let mut cited: Vec<(Option<Block>, String)> = Vec::new();
    for text in comparison.texts() {
        outline.words += word_count(text.markdown, dialect);
        for mark in placeholders(text.markdown, dialect) {
            problems.push(placeholder(mark).at(Place::within(file, text.path.clone(), mark)));
        }
        let found = references(text.markdown, dialect);
        for (destination, kind) in found.links {
            outline.links.push(Link { destination, kind, at: At::Value(text.path.clone()) });
        }
        for id in found.citations {
            if comparison.sources.iter().all(|source| source.id != id) {
                let place = Place::within(file, text.path.clone(), format!("[^{id}]"));
                problems.push(lints::undefined(comparison, &id).at(place));
            }
            cited.push((text.block, id));
        }
    }
    for benchmark in &comparison.benchmarks {
        cited.extend(benchmark.sources.iter().map(|id| (Some(Block::Benchmarks), id.clone())));
    }
    for source in &comparison.sources {
        let path = KeyPath::top("sources").item(source.index).name("url");
        if let Some(url) = &source.url {
            let (destination, kind) = (url.clone(), LinkKind::Link);
            outline.links.push(Link { destination, kind, at: At::Value(path) });
        }
    }
    body_citations(file, comparison, outline, problems);
    number(file, comparison, outline, &cited, problems)
}

/// Citations of the body that name no source. Where there are no sources at all
/// they are slips of footnotes, and shown as written.
fn body_citations(
    file: &SourcePath,
    comparison: &Comparison,
    outline: &Outline,
    problems: &mut Vec<Diagnostic>,
) {
    for (id, range) in &outline.citations {
        let problem = match comparison.sources.as_slice() {
            [] => Diagnostic::new(Lint::FootnoteUndefined, format!("no footnote is called `{id}`"))
                .help(format!(
                    "add its text, `[^{id}]: …`, or write `\\[^{id}]` to show it as it is"
                )),
            sources if sources.iter().any(|source| source.id == *id) => continue,
            _ => lints::undefined(comparison, id),
        };
        problems.push(problem.at(Place::bytes(file, range.clone())));
    }
}

/// Numbers the sources by first use, those without a use last.
fn number(
    file: &SourcePath,
    comparison: &Comparison,
    outline: &Outline,
    cited: &[(Option<Block>, String)],
    problems: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let placed = placed(comparison, outline);
    let unplaced = |block: &Block| placed.iter().all(|(_, placed)| placed != block);
    let (leading, trailing): (Vec<Block>, Vec<Block>) =
        Block::ALL.into_iter().filter(unplaced).partition(|block| block.leads());
    let of =
        |block: Option<Block>| cited.iter().filter(move |(of, _)| *of == block).map(|(_, id)| id);
    let mut order: Vec<&String> = of(None).collect();
    order.extend(leading.into_iter().flat_map(|block| of(Some(block))));
    let mut markers = placed.iter().peekable();
    for (id, range) in &outline.citations {
        while let Some((_, block)) = markers.next_if(|(at, _)| *at < range.start) {
            order.extend(of(Some(*block)));
        }
        order.push(id);
    }
    order.extend(markers.flat_map(|(_, block)| of(Some(*block))));
    order.extend(trailing.into_iter().flat_map(|block| of(Some(block))));
    let mut numbered: Vec<String> = Vec::new();
    for id in order {
        let is_known = comparison.sources.iter().any(|source| source.id == *id);
        if is_known && !numbered.contains(id) {
            numbered.push(id.clone());
        }
    }
    for source in &comparison.sources {
        if !numbered.contains(&source.id) {
            let message = format!("the source `{}` is never cited", source.id);
            let help = format!("cite it where it is used, `[^{}]`, or take it out", source.id);
            let place = Place::value(file, KeyPath::top("sources").item(source.index).name("id"));
            problems.push(Diagnostic::new(Lint::SourceUnused, message).help(help).at(place));
            numbered.push(source.id.clone());
        }
    }
    numbered
}

/// The blocks that a marker places, with the byte of the marker.
fn placed(comparison: &Comparison, outline: &Outline) -> Vec<(usize, Block)> {
    let mut placed: Vec<(usize, Block)> = Vec::new();
    for marker in outline.markers.iter().filter(|marker| !marker.is_stray) {
        if let Some(block) = Block::by_name(&marker.name)
            && block.has_data(comparison)
            && placed.iter().all(|(_, other)| *other != block)
        {
            placed.push((marker.range.start, block));
        }
    }
    placed
}

/// Where a page's blocks stand.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Before the body.
    pub before: Vec<Block>,
    /// At their markers, each with the number of headings before it.
    pub within: Vec<(Block, usize)>,
    /// After the body.
    pub after: Vec<Block>,
}

impl Document {
    /// Where the blocks that have data stand.
    pub fn layout(&self) -> Layout {
        let comparison = &self.front.comparison;
        let placed = placed(comparison, &self.outline);
        let unplaced = |block: &Block| {
            block.has_data(comparison) && placed.iter().all(|(_, placed)| placed != block)
        };
        let (before, after) =
            Block::ALL.into_iter().filter(unplaced).partition(|block| block.leads());
        let headings = |start: usize| {
            let marker = self.outline.markers.iter().find(|marker| marker.range.start == start);
            marker.map_or(0, |marker| marker.headings)
        };
        let within = placed.iter().map(|(start, block)| (*block, headings(*start))).collect();
        Layout { before, within, after }
    }
}

fn markers(
    file: &SourcePath,
    comparison: &Comparison,
    outline: &Outline,
    problems: &mut Vec<Diagnostic>,
) {
    for (at, marker) in outline.markers.iter().enumerate() {
        let name = &marker.name;
        let says_again = outline.markers[..at].iter().any(|other| other.name == *name);
        let problem = match Block::by_name(name) {
            Some(block) if !block.has_data(comparison) => {
                let key = name.replace('-', "_");
                Diagnostic::new(Lint::MarkerUnused, format!("nothing to print at `<!--{name}-->`"))
                    .help(format!(
                        "add {} to the front matter, or take the marker out",
                        data(block, &key)
                    ))
            }
            Some(_) if marker.is_stray => {
                let message = format!("`<!--{name}-->` stands among other things");
                let help = "a block has its place between paragraphs: put the marker on a line of \
                            its own, with an empty line before and behind it";
                Diagnostic::new(Lint::MarkerUnused, message).help(help)
            }
            Some(_) if says_again => {
                Diagnostic::new(Lint::MarkerUnused, format!("a second `<!--{name}-->`"))
                    .help("a block stands once: take one of them out")
            }
            Some(_) => continue,
            None => {
                let near = nearest(name, Block::ALL.map(Block::name));
                let near = near.filter(|near| strsim::damerau_levenshtein(near, name) <= 2);
                let Some(near) = near else { continue };
                Diagnostic::new(Lint::MarkerUnused, format!("no block is called `{name}`"))
                    .help(format!("did you mean `<!--{near}-->`?"))
            }
        };
        problems.push(problem.at(Place::bytes(file, marker.range.clone())));
    }
}

/// The keys that a block is made of.
fn data(block: Block, key: &str) -> String {
    match block {
        Block::ProsCons => "`pros` and `cons` of the subjects".into(),
        Block::UseWhen => "`use_when` of the subjects".into(),
        _ => format!("`{key}:`"),
    }
}
