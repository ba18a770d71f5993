//! The files that `static/search.js` reads. The guide documents them; what
//! changes them raises [`FORMAT`].

use serde::Serialize;
use serde_json::json;

use super::Renderer;
use crate::comparison::{Benchmark, Block, Cells, Choice, Comparison, Dimension, Pick, Subject};
use crate::content::Document;
use crate::diag::Checked;
use crate::markdown::{self, Dialect, Setting, plain};
use crate::search::{FORMAT, KEPT};
use crate::site::{Facet, Search, SearchFile};
use crate::view;

/// A place that a search can lead to: its id on the page, what it is called, and
/// what it says.
type Section = (String, String, String);

/// What a search shows of a page.
#[derive(Serialize)]
struct Text<'a> {
    sections: Vec<Section>,
    title: &'a str,
    url: String,
}

impl Renderer<'_> {
    pub(super) fn search(&self, file: SearchFile) -> Checked<Option<Vec<u8>>> {
        let Some(search) = &self.site.search else { return Checked::clean(None) };
        Checked::clean(Some(match file {
            SearchFile::Shard(at) => search.index.shards[at].bytes.clone(),
            SearchFile::Index => index(search).into_bytes(),
            SearchFile::Spellings => format!("{}\n", json!(search.index.spellings)).into_bytes(),
            SearchFile::Text(number) => {
                let text = self.searched(search.numbered[number]);
                return text.map(|text| text.map(String::into_bytes));
            }
        }))
    }

    /// What a search shows of a page.
    fn searched(&self, id: usize) -> Checked<Option<String>> {
        let page = &self.site.pages[id];
        let document = &page.document;
        let mut problems = Vec::new();
        let Some(text) = self.text(document, &mut problems) else {
            return Checked { value: None, problems };
        };
        let dialect = Dialect::Versus(self.site.config.markdown.clone());
        let source = markdown::Source {
            file: &document.file,
            body: &text[document.body..],
            offset: document.body,
            outline: &document.outline,
            setting: Setting::default(),
        };
        let names = view::subject_names(self.site, id);
        let writer = Writer { document, names: &names, dialect: &dialect };
        let mut texts = markdown::sections(source, &dialect).into_iter();
        let lead = texts.next().unwrap_or_default();
        let mut sections = vec![(String::new(), String::new(), writer.head(&lead))];
        let layout = document.layout();
        layout.before.iter().for_each(|block| writer.block(*block, &mut sections));
        for (heading, text) in document.outline.headings.iter().zip(texts) {
            match heading.dropped {
                // The title stands for it.
                true => sections[0].2 = format!("{} {text}", sections[0].2).trim().to_owned(),
                false => sections.push((heading.id.clone(), heading.text.clone(), text)),
            }
        }
        let rest = layout.within.iter().map(|(block, _)| block).chain(&layout.after);
        rest.for_each(|block| writer.block(*block, &mut sections));
        let text = Text { sections, title: &document.title, url: self.site.href(&page.url) };
        // Nothing in it is what JSON can't say.
        let json = serde_json::to_string(&text).unwrap_or_default();
        Checked { value: Some(format!("{json}\n")), problems }
    }
}

fn index(search: &Search) -> String {
    let facet = |facet: &Facet| {
        let values = facet.values.iter();
        let values: Vec<_> =
            values.map(|value| json!([value.id, value.title, value.count])).collect();
        json!({"name": facet.name, "title": facet.title, "values": values})
    };
    let firsts: Vec<&str> = search.index.shards.iter().map(|shard| shard.first.as_str()).collect();
    let index = json!({
        "format": FORMAT,
        "version": search.version,
        "pages": search.index.pages,
        "kept": KEPT,
        "shards": firsts,
        "common": search.index.common,
        "facets": search.facets.iter().map(facet).collect::<Vec<_>>(),
    });
    format!("{index}\n")
}

/// Writes the blocks of a comparison as text.
struct Writer<'a> {
    document: &'a Document,
    names: &'a [String],
    dialect: &'a Dialect,
}

impl Writer<'_> {
    fn comparison(&self) -> &Comparison {
        &self.document.front.comparison
    }

    /// A text without its marks and citations.
    fn text(&self, text: &str) -> String {
        let mut text = plain(text, self.dialect).into_owned();
        if text.contains("[^") {
            for id in &self.document.citations {
                text = text.replace(&format!("[^{id}]"), "");
            }
        }
        text
    }

    /// What stands before the first heading.
    fn head(&self, lead: &str) -> String {
        let front = &self.document.front;
        let mut parts: Vec<String> = front.description.iter().cloned().collect();
        let facts = front.subject.as_ref().and_then(|subject| subject.facts.tagline.as_deref());
        parts.extend(facts.map(str::to_owned));
        parts.push(lead.to_owned());
        for (subject, name) in self.comparison().subjects.iter().zip(self.names) {
            parts.extend(
                subject.summary.as_ref().map(|text| format!("{name}: {}", self.text(text))),
            );
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }

    fn block(&self, block: Block, out: &mut Vec<Section>) {
        let comparison = self.comparison();
        let mut whole = |text: String| {
            out.push((block.name().to_owned(), self.dialect.text(block.title()), text));
        };
        match block {
            Block::Verdict => {
                if let Some(verdict) = &comparison.verdict {
                    whole(self.picked(verdict.pick, &self.text(&verdict.text)));
                }
            }
            Block::QuickTakes => whole(self.picks(&comparison.quick_takes)),
            Block::Checklist => whole(self.picks(&comparison.checklist)),
            Block::ProsCons => whole(self.lists(|s| vec![&s.pros, &s.cons])),
            Block::UseWhen => whole(self.lists(|s| vec![&s.use_when, &s.avoid_when, &s.examples])),
            Block::Dimensions => {
                out.extend(comparison.dimensions.iter().map(|dimension| self.dimension(dimension)));
            }
            Block::Benchmarks => {
                out.extend(comparison.benchmarks.iter().map(|benchmark| self.benchmark(benchmark)));
            }
            // Their titles are other sites'.
            Block::Sources => {}
        }
    }

    fn picked(&self, pick: Option<Choice>, text: &str) -> String {
        match pick {
            Some(Choice::Subject(subject)) => format!("{}. {text}", self.names[subject]),
            _ => text.to_owned(),
        }
    }

    fn picks(&self, picks: &[Pick]) -> String {
        let pick = |pick: &Pick| {
            let why = pick.why.as_ref().map(|why| self.text(why)).unwrap_or_default();
            format!("{}: {}", self.text(&pick.condition), self.picked(pick.pick, &why))
        };
        picks.iter().map(pick).collect::<Vec<_>>().join(" ")
    }

    fn lists<'s>(&'s self, of: impl Fn(&'s Subject) -> Vec<&'s Vec<String>>) -> String {
        let mut parts = Vec::new();
        for (subject, name) in self.comparison().subjects.iter().zip(self.names) {
            let texts = of(subject).into_iter().flatten();
            let texts: Vec<String> = texts.map(|text| self.text(text)).collect();
            if !texts.is_empty() {
                parts.push(format!("{name}: {}", texts.join("; ")));
            }
        }
        parts.join(" ")
    }

    fn by_subject(&self, texts: &[Option<String>]) -> Vec<String> {
        let text = |(name, text): (&String, &Option<String>)| {
            text.as_ref().map(|text| format!("{name}: {}", self.text(text)))
        };
        self.names.iter().zip(texts).filter_map(text).collect()
    }

    fn dimension(&self, dimension: &Dimension) -> Section {
        let mut parts = match &dimension.cells {
            Cells::Each(cells) => self.by_subject(cells),
            Cells::Undivided(text) => vec![self.text(text)],
        };
        parts.extend(dimension.note.as_ref().map(|note| self.text(note)));
        let name = format!("{}: {}", self.dialect.text(Block::Dimensions.title()), dimension.name);
        (dimension.anchor.clone(), name, parts.join(" "))
    }

    fn benchmark(&self, benchmark: &Benchmark) -> Section {
        let mut parts = Vec::new();
        for metric in &benchmark.metrics {
            let values = self.names.iter().zip(&metric.values);
            let values = values.map(|(name, value)| {
                format!("{name} {}", view::shown(value, metric.unit.as_deref()))
            });
            parts.push(format!("{}: {}.", metric.name, values.collect::<Vec<_>>().join(", ")));
            parts.extend(metric.note.as_ref().map(|note| self.text(note)));
        }
        let texts = benchmark.method.iter().chain(&benchmark.environment);
        parts.extend(texts.map(|text| self.text(text)));
        parts.extend(self.by_subject(&benchmark.setup));
        let name = format!("{}: {}", self.dialect.text(Block::Benchmarks.title()), benchmark.name);
        (benchmark.anchor.clone(), name, parts.join(" "))
    }
}
