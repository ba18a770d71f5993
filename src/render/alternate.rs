//! Articles as Markdown, for programs that read text: `index.html.md` beside
//! each, `llms.txt` and `llms-full.txt` for all (<https://llmstxt.org>).

use std::fmt::Write as _;

use super::hub_text::facts;
use super::plain_markdown::{Table, line, link_text};
use super::{Prose, Renderer, source};
use crate::comparison::{
    Benchmark, Better, Block, Cells, Choice, Comparison, Dimension, Metric, Outcome, Pick, Subject,
    outcome,
};
use crate::diag::Checked;
use crate::markdown::{self, Setting, Targets};
use crate::site::{Output, Page, PageId, Route, Site, SubjectId};
use crate::view::{self, HubView};

/// A part of a file that is put together.
pub enum Part<'a> {
    /// A text.
    Text(String),
    /// The file of a route.
    File(&'a Route),
}

impl Renderer<'_> {
    /// A page as Markdown.
    pub(super) fn alternate(&self, id: PageId) -> Checked<Option<String>> {
        let page = &self.site.pages[id];
        let document = &page.document;
        let mut problems = Vec::new();
        let Some(text) = self.text(document, &mut problems) else {
            return Checked { value: None, problems };
        };
        let prose = self.prose(document, &page.url, true);
        let names: Vec<String> =
            view::subject_names(self.site, id).iter().map(|name| line(name)).collect();
        let writer = Writer { page, names: &names, prose: &prose };
        let has_data = |block: &Block| block.has_data(&document.front.comparison);
        let blocks: Vec<(&'static str, String)> = Block::ALL
            .into_iter()
            .filter(has_data)
            .map(|block| (block.name(), writer.block(block)))
            .collect();
        let citations = &document.citations;
        let setting = Setting { names: &names, citations, blocks: &blocks, ..Setting::default() };
        let source = source(document, &text, setting);
        let body = markdown::rewrite(source, &prose.resolver);
        let layout = document.layout();
        let text_of = |block: &Block| {
            let found = blocks.iter().find(|(name, _)| *name == block.name());
            found.map(|(_, text)| text.clone())
        };
        let hub = self.site.subject_of(id).and_then(|subject| view::hub(self.site, subject));
        let mut parts = vec![self.head(id, &writer)];
        parts.extend(hub.as_ref().map(facts));
        parts.extend(layout.before.iter().filter_map(text_of));
        parts.push(body);
        parts.extend(layout.after.iter().filter_map(text_of));
        parts.extend(hub.as_ref().map(|hub| self.hub_text(hub)));
        let parts: Vec<&str> =
            parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        Checked { value: Some(format!("{}\n", parts.join("\n\n"))), problems }
    }

    fn head(&self, id: PageId, writer: &Writer<'_>) -> String {
        let card = view::card(self.site, id);
        let mut head = format!("# {}\n", line(&card.title));
        if let Some(description) = &writer.page.document.front.description {
            let _ = write!(head, "\n> {}\n", line(description));
        }
        let mut facts = vec![format!("Source: <{}>", card.permalink)];
        let day = |label: &str, date: Option<crate::data::Date>| {
            date.and_then(|date| Some(format!("{label} {}", date.format("%-d %B %Y").ok()?)))
        };
        let front = &writer.page.document.front;
        facts.extend(day("Published", front.date));
        facts.extend(day("Updated", front.updated));
        facts.extend(day("Reviewed", front.reviewed));
        let _ = write!(head, "\n{}\n", facts.join(". "));
        for (subject, name) in writer.comparison().subjects.iter().zip(writer.names) {
            let version = subject.version.as_ref().map(|v| format!(" {v}")).unwrap_or_default();
            let entry = self.site.subjects.find(&subject.id).map(|id| &self.site.subjects.all[id]);
            let tagline = entry.and_then(|entry| entry.facts.tagline.as_ref());
            let tagline = subject.facts.tagline.as_ref().or(tagline);
            let words = |text: &String| markdown::plain(text, &writer.prose.dialect).into_owned();
            let summary = subject.summary.as_ref().map(|text| writer.text(text));
            let summary = summary.or_else(|| tagline.map(words)).map(|text| format!(": {text}"));
            let _ = write!(head, "\n- **{name}**{version}{}", summary.unwrap_or_default());
        }
        head
    }

    /// The site's articles with their descriptions, for programs that look for
    /// something to read: their Markdown or, where none is made, the pages.
    pub(super) fn llms(&self) -> String {
        let site = self.site;
        let file = if site.config.outputs.markdown { "index.html.md" } else { "" };
        let mut out = format!("# {}\n", line(&site.config.title));
        if !site.config.description.is_empty() {
            let _ = write!(out, "\n> {}\n", line(&site.config.description));
        }
        for (at, section) in site.sections.iter().enumerate() {
            let pages = section.pages.iter().copied();
            let pages: Vec<PageId> = pages.filter(|id| is_told(site, *id)).collect();
            let hubs: Vec<HubView> = match site.hubs.section == Some(at) {
                true => self.generated_hubs().filter_map(|id| view::hub(site, id)).collect(),
                false => Vec::new(),
            };
            if pages.is_empty() && hubs.is_empty() {
                continue;
            }
            let _ = write!(out, "\n## {}\n\n", line(&section.title));
            for id in pages {
                let card = view::card(site, id);
                let (title, summary) = (link_text(&card.title), line(&card.summary));
                let _ = writeln!(out, "- [{title}]({}{file}): {summary}", card.permalink);
            }
            for hub in hubs {
                let (title, url) = (link_text(&hub.name), hub.head.canonical);
                let _ = writeln!(out, "- [{title}]({url}{file}): {}", hub.head.description);
            }
        }
        out
    }

    /// What `llms-full.txt` is put together of: all articles as Markdown, one
    /// after another, as they stand in their own files.
    pub fn llms_full(&self) -> Vec<Part<'_>> {
        let mut alternates: Vec<(bool, usize, &Route)> = Vec::new();
        for route in &self.site.routes {
            match route.output {
                Output::Alternate(id) if is_told(self.site, id) => {
                    alternates.push((false, id, route));
                }
                Output::HubAlternate(id) => alternates.push((true, id, route)),
                _ => {}
            }
        }
        alternates.sort_by_key(|(is_hub, id, _)| (*is_hub, *id));
        let head = Part::Text(format!("# {}\n", line(&self.site.config.title)));
        let rest = alternates
            .into_iter()
            .flat_map(|(_, _, route)| [Part::Text("\n---\n\n".into()), Part::File(route)]);
        [head].into_iter().chain(rest).collect()
    }

    /// The same as one text.
    pub(super) fn llms_full_text(&self) -> Checked<Option<String>> {
        let mut problems = Vec::new();
        let mut out = String::new();
        for part in self.llms_full() {
            match part {
                Part::Text(text) => out.push_str(&text),
                Part::File(route) => {
                    let text = self.print(&route.output).unpack(&mut problems);
                    out.push_str(&text.unwrap_or_default());
                }
            }
        }
        Checked { value: Some(out), problems }
    }

    fn generated_hubs(&self) -> impl Iterator<Item = SubjectId> {
        self.site.routes.iter().filter_map(|route| match route.output {
            Output::Hub(id) => Some(id),
            _ => None,
        })
    }
}

/// Whether programs are told of a page: one that lists name, and that has Markdown
/// where that is made.
fn is_told(site: &Site, id: PageId) -> bool {
    let Page { document, url, .. } = &site.pages[id];
    let is_read = !site.config.outputs.markdown || url.as_str().ends_with('/');
    document.front.is_listed() && is_read && !document.is_broken
}

/// Writes the texts of one page.
struct Writer<'a> {
    page: &'a Page,
    names: &'a [String],
    prose: &'a Prose<'a>,
}

impl Writer<'_> {
    fn comparison(&self) -> &Comparison {
        &self.page.document.front.comparison
    }

    /// A text on one line, its links whole and its citations as numbers.
    fn text(&self, text: &str) -> String {
        let document = &self.page.document;
        let Prose { dialect, resolver } = self.prose;
        let (file, sources) = (&document.file, &document.citations);
        line(&markdown::rewrite_text(file, text, sources, dialect, resolver))
    }

    fn choice(&self, choice: Option<Choice>) -> &str {
        match choice {
            Some(Choice::Subject(subject)) => &self.names[subject],
            Some(Choice::Depends) => "It depends",
            Some(Choice::Tie) => "Even",
            None => "",
        }
    }

    fn block(&self, block: Block) -> String {
        let comparison = self.comparison();
        let mut out = format!("## {}\n\n", self.prose.dialect.text(block.title()));
        match block {
            Block::Verdict => {
                if let Some(verdict) = &comparison.verdict {
                    let pick = self.choice(verdict.pick);
                    let pick =
                        if pick.is_empty() { String::new() } else { format!("**{pick}.** ") };
                    let _ = writeln!(out, "{pick}{}", self.text(&verdict.text));
                }
            }
            Block::QuickTakes => self.picks(&comparison.quick_takes, &mut out),
            Block::Checklist => self.picks(&comparison.checklist, &mut out),
            Block::Dimensions => self.dimensions(&mut out),
            Block::Benchmarks => {
                for benchmark in &comparison.benchmarks {
                    self.benchmark(benchmark, &mut out);
                }
            }
            Block::ProsCons => {
                self.lists(&mut out, |s| vec![("for", &s.pros), ("against", &s.cons)]);
            }
            Block::UseWhen => self.lists(&mut out, |s| {
                vec![
                    ("use it when", &s.use_when),
                    ("look elsewhere when", &s.avoid_when),
                    ("made with it", &s.examples),
                ]
            }),
            Block::Sources => self.sources(&mut out),
        }
        out.truncate(out.trim_end().len());
        out
    }

    fn picks(&self, picks: &[Pick], out: &mut String) {
        for pick in picks {
            let why = pick.why.as_ref().map(|why| format!(". {}", self.text(why)));
            let (condition, choice) = (self.text(&pick.condition), self.choice(pick.pick));
            let _ = writeln!(out, "- {condition}: **{choice}**{}", why.unwrap_or_default());
        }
    }

    /// Columns that would be empty in every row are left out.
    fn dimensions(&self, out: &mut String) {
        let dimensions = &self.comparison().dimensions;
        let is_divided = |dimension: &Dimension| matches!(dimension.cells, Cells::Each(_));
        let mut table = Table::default();
        table.column("Dimension", dimensions.iter().map(|d| d.name.clone()));
        table.column("Group", dimensions.iter().map(|d| d.group.clone().unwrap_or_default()));
        for (place, name) in self.names.iter().enumerate() {
            table.column(name, dimensions.iter().map(|d| self.cell(d, place)));
        }
        if !dimensions.iter().all(is_divided) {
            let all = if self.names.len() == 2 { "Both" } else { "All" };
            table.column(
                all,
                dimensions.iter().map(|dimension| match &dimension.cells {
                    Cells::Undivided(text) => self.text(text),
                    Cells::Each(_) => String::new(),
                }),
            );
        }
        table.column("Edge", dimensions.iter().map(|d| self.choice(d.edge).to_owned()));
        table.column("Note", dimensions.iter().map(|d| self.maybe(d.note.as_ref())));
        table.write(out);
    }

    fn cell(&self, dimension: &Dimension, subject: usize) -> String {
        match &dimension.cells {
            Cells::Each(each) => {
                each[subject].as_ref().map_or("Not assessed".into(), |cell| self.text(cell))
            }
            Cells::Undivided(_) => String::new(),
        }
    }

    fn maybe(&self, text: Option<&String>) -> String {
        text.map(|text| self.text(text)).unwrap_or_default()
    }

    fn benchmark(&self, benchmark: &Benchmark, out: &mut String) {
        let _ = write!(out, "### {}\n\n", line(&benchmark.name));
        if let Some(method) = &benchmark.method {
            let _ = write!(out, "{}\n\n", self.text(method));
        }
        for (name, setup) in self.names.iter().zip(&benchmark.setup) {
            if let Some(setup) = setup {
                let _ = writeln!(out, "- {name}: {}", self.text(setup));
            }
        }
        if benchmark.setup.iter().any(Option::is_some) {
            out.push('\n');
        }
        let metrics = &benchmark.metrics;
        let mut table = Table::default();
        table.column("Metric", metrics.iter().map(|metric| metric.name.clone()));
        for (place, name) in self.names.iter().enumerate() {
            let shown = |m: &Metric| view::shown(&m.values[place], m.unit.as_deref());
            table.column(name, metrics.iter().map(shown));
        }
        table.column("Better", metrics.iter().map(|metric| better(metric).to_owned()));
        table.column("Result", metrics.iter().map(|metric| self.result(metric)));
        table.column("Note", metrics.iter().map(|metric| self.maybe(metric.note.as_ref())));
        table.write(out);
        let _ = write!(out, "\n{}\n\n", self.provenance(benchmark));
    }

    /// On what and when it was measured, and the numbers of its sources.
    fn provenance(&self, benchmark: &Benchmark) -> String {
        let environment = benchmark.environment.as_ref();
        let environment = environment.map(|text| format!("on {}", self.text(text)));
        let date = benchmark.date.and_then(|date| date.format("%-d %B %Y").ok());
        let measured: Vec<String> = environment.into_iter().chain(date).collect();
        let number = |id: &String| self.page.document.citations.iter().position(|own| own == id);
        let numbers = benchmark.sources.iter().filter_map(number);
        let numbers: Vec<String> = numbers.map(|number| format!("[{}]", number + 1)).collect();
        let mut facts = Vec::new();
        if !measured.is_empty() {
            facts.push(format!("Measured {}.", measured.join(", ")));
        }
        if !numbers.is_empty() {
            facts.push(format!("Source: {}.", numbers.join(", ")));
        }
        facts.join(" ")
    }

    fn result(&self, metric: &Metric) -> String {
        match outcome(metric) {
            Outcome::Open => String::new(),
            Outcome::Tie(front) => {
                let names: Vec<&str> = front.iter().map(|at| self.names[*at].as_str()).collect();
                format!("{} tie", names.join(" and "))
            }
            Outcome::Lead { subject, ratio } => {
                let ratio = ratio.map(|ratio| format!(", {} better", ratio.text()));
                format!("{}{}", self.names[subject], ratio.unwrap_or_default())
            }
        }
    }

    fn lists<'s>(
        &'s self,
        out: &mut String,
        of: impl Fn(&'s Subject) -> Vec<(&'static str, &'s Vec<String>)>,
    ) {
        for (subject, name) in self.comparison().subjects.iter().zip(self.names) {
            for (what, texts) in of(subject) {
                if texts.is_empty() {
                    continue;
                }
                let _ = write!(out, "### {name}: {what}\n\n");
                for text in texts {
                    let _ = writeln!(out, "- {}", self.text(text));
                }
                out.push('\n');
            }
        }
    }

    fn sources(&self, out: &mut String) {
        let sources = &self.comparison().sources;
        for (at, id) in self.page.document.citations.iter().enumerate() {
            let Some(source) = sources.iter().find(|source| source.id == *id) else { continue };
            let title = line(&source.title);
            let place =
                source.url.as_ref().map(|url| format!(": <{}>", self.prose.resolver.link(url)));
            let read = source.accessed.and_then(|date| date.format("%-d %B %Y").ok());
            let read = read.map(|date| format!(", read on {date}")).unwrap_or_default();
            let _ = writeln!(out, "{}. {title}{}{read}", at + 1, place.unwrap_or_default());
        }
    }
}

fn better(metric: &Metric) -> &'static str {
    match metric.better {
        Some(Better::Higher) => "higher",
        Some(Better::Lower) => "lower",
        None => "",
    }
}
