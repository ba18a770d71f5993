//! Every text of a comparison with its place, for what looks at all of them.

use super::{Block, Cells, Comparison, Pick};
use crate::diag::KeyPath;

/// A text that is inline Markdown, and where it stands.
pub struct Text<'a> {
    /// The block it is printed in; `None` is the page's head.
    pub block: Option<Block>,
    /// The way to it in the front matter.
    pub path: KeyPath,
    /// The Markdown.
    pub markdown: &'a str,
}

struct Texts<'a> {
    block: Option<Block>,
    found: Vec<Text<'a>>,
}

impl<'a> Texts<'a> {
    fn one(&mut self, path: KeyPath, markdown: &'a str) {
        self.found.push(Text { block: self.block, path, markdown });
    }

    fn maybe(&mut self, path: &KeyPath, name: &str, text: Option<&'a String>) {
        if let Some(text) = text {
            self.one(path.name(name), text);
        }
    }

    fn list(&mut self, path: &KeyPath, name: &str, texts: &'a [String]) {
        let path = path.name(name);
        for (index, text) in texts.iter().enumerate() {
            self.one(path.item(index), text);
        }
    }

    fn by_subject(&mut self, path: &KeyPath, ids: &[&str], texts: &'a [Option<String>]) {
        for (id, text) in ids.iter().zip(texts) {
            self.maybe(path, id, text.as_ref());
        }
    }

    fn picks(&mut self, list: &str, picks: &'a [Pick]) {
        for pick in picks {
            let path = KeyPath::top(list).item(pick.index);
            self.one(path.name("if"), &pick.condition);
            self.maybe(&path, "why", pick.why.as_ref());
        }
    }
}

impl Comparison {
    /// Every text that is Markdown, in the order of the page's blocks.
    pub fn texts(&self) -> Vec<Text<'_>> {
        let ids: Vec<&str> = self.subjects.iter().map(|subject| subject.id.as_str()).collect();
        let mut texts = Texts { block: None, found: Vec::new() };
        for subject in &self.subjects {
            let path = KeyPath::top("subjects").item(subject.index);
            texts.maybe(&path, "summary", subject.summary.as_ref());
        }
        texts.block = Some(Block::Verdict);
        if let Some(verdict) = &self.verdict {
            texts.one(KeyPath::top("verdict").name("text"), &verdict.text);
        }
        texts.block = Some(Block::QuickTakes);
        texts.picks("quick_takes", &self.quick_takes);
        texts.block = Some(Block::Dimensions);
        for dimension in &self.dimensions {
            let path = KeyPath::top("dimensions").item(dimension.index);
            match &dimension.cells {
                Cells::Each(cells) => texts.by_subject(&path.name("cells"), &ids, cells),
                Cells::Undivided(text) => texts.one(path.name("text"), text),
            }
            texts.maybe(&path, "note", dimension.note.as_ref());
        }
        texts.block = Some(Block::Benchmarks);
        for benchmark in &self.benchmarks {
            let path = KeyPath::top("benchmarks").item(benchmark.index);
            texts.maybe(&path, "method", benchmark.method.as_ref());
            texts.maybe(&path, "environment", benchmark.environment.as_ref());
            texts.by_subject(&path.name("setup"), &ids, &benchmark.setup);
            for metric in &benchmark.metrics {
                let path = path.name("metrics").item(metric.index);
                texts.maybe(&path, "note", metric.note.as_ref());
            }
        }
        for subject in &self.subjects {
            let path = KeyPath::top("subjects").item(subject.index);
            texts.block = Some(Block::ProsCons);
            texts.list(&path, "pros", &subject.pros);
            texts.list(&path, "cons", &subject.cons);
            texts.block = Some(Block::UseWhen);
            texts.list(&path, "use_when", &subject.use_when);
            texts.list(&path, "avoid_when", &subject.avoid_when);
            texts.list(&path, "examples", &subject.examples);
        }
        texts.block = Some(Block::Checklist);
        texts.picks("checklist", &self.checklist);
        texts.found
    }

    /// What its parts are called: dimensions, benchmarks and metrics.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let dimensions = self.dimensions.iter().map(|dimension| &dimension.name);
        let benchmarks = self.benchmarks.iter().map(|benchmark| &benchmark.name);
        let metrics = self.benchmarks.iter().flat_map(|benchmark| &benchmark.metrics);
        let metrics = metrics.map(|metric| &metric.name);
        dimensions.chain(benchmarks).chain(metrics).map(String::as_str)
    }
}
