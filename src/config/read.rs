//! Reads the config.

use std::collections::BTreeMap;

use super::cards::social_cards;
use super::look::look;
use super::outputs::outputs;
use super::pictures::pictures;
use super::{
    BaseUrl, CallToAction, Config, ExternalLinks, FeedConfig, HostingConfig, HtmlPolicy, HubConfig,
    MarkdownConfig, MenuEntry, TaxonomyConfig, data_start,
};
use crate::data::{Fields, Node, Scope, Syntax, parse};
use crate::diag::{Checked, Diagnostic, KeyPath, Levels, Lint, Place, Severity};
use crate::path::{SAFE_SCHEMES, SourcePath, nearest, safe_scheme, slugify};

pub(super) fn config(file: &SourcePath, text: &str) -> Checked<Config> {
    let start = data_start(text);
    let text = &text[start..];
    let entries = match parse(Syntax::Yaml, text, 1) {
        Ok(entries) => entries,
        Err(error) => {
            let range = start + error.range.start..start + error.range.end;
            let mut problem =
                Diagnostic::new(Lint::ConfigInvalid, error.message).at(Place::bytes(file, range));
            problem.label = error.label;
            problem.help = error.help;
            return Checked { value: Config::default(), problems: vec![problem] };
        }
    };
    let mut scope = Scope::new(file, Syntax::Yaml, text, Lint::ConfigInvalid);
    let mut fields = Fields::new(KeyPath::default(), entries);
    let value = site(&mut fields, &mut scope);
    fields.finish(&mut scope);
    Checked { value, problems: scope.problems }
}

fn site(fields: &mut Fields, scope: &mut Scope<'_>) -> Config {
    let default = Config::default();
    Config {
        title: fields.text(&["title"], scope).unwrap_or(default.title),
        description: fields.text(&["description"], scope).unwrap_or_default(),
        base_url: base_url(fields, scope).unwrap_or(default.base_url),
        language: fields.text(&["language"], scope).unwrap_or(default.language),
        strings: default.strings,
        look: look(fields, scope).unwrap_or_default(),
        social_cards: social_cards(fields, scope).unwrap_or_default(),
        author: fields.text(&["author"], scope),
        menu: menu(fields, "menu", scope),
        footer: menu(fields, "footer", scope),
        eyebrow: fields.text(&["eyebrow"], scope),
        call_to_action: call_to_action(fields, scope),
        permalinks: permalinks(fields, scope),
        taxonomies: taxonomies(fields, scope).unwrap_or(default.taxonomies),
        paginate: fields.count(&["paginate"], 1, scope).unwrap_or(default.paginate),
        feeds: feeds(fields, scope).unwrap_or(default.feeds),
        related: related(fields, scope).unwrap_or(default.related),
        hubs: hubs(fields, scope).unwrap_or_default(),
        search: fields.bool(&["search"], scope).unwrap_or(default.search),
        markdown: markdown(fields, scope).unwrap_or_default(),
        pictures: pictures(fields, scope).unwrap_or_default(),
        outputs: outputs(fields, scope).unwrap_or_default(),
        hosting: hosting(fields, scope).unwrap_or(default.hosting),
        max_file_size: fields
            .count(&["max_file_size"], 1, scope)
            .map_or(default.max_file_size, |size| size as u64),
        review_every: fields.period(&["review_every"], scope).unwrap_or(default.review_every),
        lints: Levels::of_site(lints(fields, scope)),
        extra: fields.take(&["extra"]).map_or(default.extra, |(_, node)| node),
    }
}

fn base_url(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<BaseUrl> {
    let path = fields.path().name("base_url");
    let text = fields.text(&["base_url"], scope)?;
    let url = BaseUrl::parse(&text);
    if url.is_none() {
        let message = format!("`base_url` is not an address a site can have: `{text}`");
        scope.problems.push(
            Diagnostic::new(Lint::ConfigInvalid, message).at(Place::value(scope.file, path)).help(
                "write the whole address: `https://example.org/` or `https://example.org/docs/`",
            ),
        );
    }
    url
}

fn menu(fields: &mut Fields, name: &'static str, scope: &mut Scope<'_>) -> Option<Vec<MenuEntry>> {
    let items = fields.list(&[name], scope)?;
    let mut entries = Vec::new();
    for (path, item) in items {
        let Node::Map(map) = item else {
            let message = format!("an entry of `{name}` should be a map, not {}", item.kind());
            scope.problems.push(
                Diagnostic::new(Lint::ConfigInvalid, message)
                    .at(Place::value(scope.file, path))
                    .help("write `- { title: Guide, url: /guide/ }`"),
            );
            continue;
        };
        let mut entry = Fields::new(path.clone(), map);
        let title = entry.text(&["title", "name"], scope);
        let url = entry.text(&["url"], scope);
        entry.finish(scope);
        let name = format!("an entry of `{name}`");
        entries.extend(link(&name, &path, title, url, scope));
    }
    Some(entries)
}

/// A link that has all it needs and is safe to follow.
fn link(
    name: &str,
    path: &KeyPath,
    title: Option<String>,
    url: Option<String>,
    scope: &mut Scope<'_>,
) -> Option<MenuEntry> {
    if let Some(url) = url.as_deref().filter(|url| !safe_scheme(url)) {
        let message = format!("a link that is not safe to follow: `{url}`");
        let help = format!("use one of {}, or a path", SAFE_SCHEMES.join(", "));
        scope.refuse(Diagnostic::new(Lint::ConfigInvalid, message).help(help), path.name("url"));
    }
    match (title, url) {
        (Some(title), Some(url)) => Some(MenuEntry { title, url }),
        (title, _) => {
            let missing = if title.is_none() { "title" } else { "url" };
            let message = format!("{name} has no `{missing}`");
            scope.refuse(Diagnostic::new(Lint::ConfigInvalid, message), path.clone());
            None
        }
    }
}

fn call_to_action(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<CallToAction> {
    let mut fields = fields.map(&["call_to_action"], scope)?;
    let path = fields.path().clone();
    let label = fields.text(&["label"], scope);
    let text = fields.text(&["text"], scope);
    let title = fields.text(&["title"], scope);
    let url = fields.text(&["url"], scope);
    fields.finish(scope);
    let link = link("`call_to_action`", &path, title, url, scope)?;
    Some(CallToAction { label, link, text })
}

/// The tokens that a pattern may hold.
const TOKENS: [&str; 8] =
    [":year", ":month", ":day", ":section", ":sections", ":slug", ":title", ":filename"];

fn permalinks(fields: &mut Fields, scope: &mut Scope<'_>) -> BTreeMap<String, String> {
    let Some((path, entries)) = fields.entries(&["permalinks"], scope) else {
        return BTreeMap::new();
    };
    let mut patterns = BTreeMap::new();
    for (section, node) in entries {
        let place = Place::value(scope.file, path.name(section.clone()));
        let Node::Text(pattern) = node else {
            let message = format!("the pattern of `{section}` should be a text");
            scope.problems.push(Diagnostic::new(Lint::ConfigInvalid, message).at(place));
            continue;
        };
        let token = |part: &str| part.starts_with(':') && !TOKENS.contains(&part);
        if let Some(unknown) = pattern.split('/').find(|part| token(part)) {
            let problem =
                Diagnostic::new(Lint::ConfigInvalid, format!("unknown token `{unknown}`"));
            let near = nearest(unknown, TOKENS);
            let problem = match near {
                Some(_) => problem.suggest(near),
                None => problem.help(format!("the tokens are {}", TOKENS.join(", "))),
            };
            scope.problems.push(problem.at(place));
            continue;
        }
        patterns.insert(section, pattern);
    }
    patterns
}

fn taxonomies(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<Vec<TaxonomyConfig>> {
    let mut list: Vec<TaxonomyConfig> = Vec::new();
    for (path, node) in fields.list(&["taxonomies"], scope)? {
        let taxonomy = match node {
            Node::Text(name) => TaxonomyConfig::named(&name),
            Node::Map(entries) => {
                let mut entry = Fields::new(path.clone(), entries);
                let name = entry.text(&["name"], scope).unwrap_or_default();
                let title = entry.text(&["title"], scope);
                entry.finish(scope);
                let named = TaxonomyConfig::named(&name);
                TaxonomyConfig { title: title.unwrap_or(named.title), name }
            }
            _ => TaxonomyConfig::named(""),
        };
        let twice = list.iter().any(|other| other.slug() == taxonomy.slug());
        if slugify(&taxonomy.name).is_empty() || twice {
            let message =
                if twice { "this taxonomy stands twice" } else { "a taxonomy needs a name" };
            scope.problems.push(
                Diagnostic::new(Lint::ConfigInvalid, message)
                    .at(Place::value(scope.file, path))
                    .help("write `- tags`, or `- { name: tags, title: Topics }`"),
            );
            continue;
        }
        list.push(taxonomy);
    }
    Some(list)
}

fn related(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<usize> {
    let mut related = fields.map(&["related"], scope)?;
    let limit = related.count(&["limit"], 0, scope);
    related.finish(scope);
    limit
}

fn feeds(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<FeedConfig> {
    let mut feeds = fields.map(&["feeds"], scope)?;
    let config = FeedConfig {
        limit: feeds.count(&["limit"], 0, scope).unwrap_or(20),
        full: feeds
            .choice(&["content"], &[("full", true), ("summary", false)], scope)
            .unwrap_or(true),
    };
    feeds.finish(scope);
    Some(config)
}

fn hubs(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<HubConfig> {
    let mut hubs = fields.map(&["hubs"], scope)?;
    let default = HubConfig::default();
    let config = HubConfig {
        subjects: hubs.bool(&["subjects"], scope).unwrap_or(default.subjects),
        alternatives: hubs.bool(&["alternatives"], scope).unwrap_or(default.alternatives),
        matrix: hubs.bool(&["matrix"], scope).unwrap_or(default.matrix),
        a_to_z: hubs.bool(&["a_to_z"], scope).unwrap_or(default.a_to_z),
    };
    hubs.finish(scope);
    Some(config)
}

fn markdown(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<MarkdownConfig> {
    let mut fields = fields.map(&["markdown"], scope)?;
    let default = MarkdownConfig::default();
    let policies = [
        ("sanitize", HtmlPolicy::Sanitize),
        ("allow", HtmlPolicy::Allow),
        ("escape", HtmlPolicy::Escape),
    ];
    let config = MarkdownConfig {
        html: fields.choice(&["html"], &policies, scope).unwrap_or(default.html),
        highlight: fields.bool(&["highlight"], scope).unwrap_or(default.highlight),
        smart_punctuation: fields.bool(&["smart_punctuation"], scope).unwrap_or_default(),
        math: fields.bool(&["math"], scope).unwrap_or(default.math),
        external_links: external_links(&mut fields, scope).unwrap_or_default(),
        strings: default.strings,
    };
    fields.finish(scope);
    Some(config)
}

fn external_links(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<ExternalLinks> {
    let mut links = fields.map(&["external_links"], scope)?;
    let config = ExternalLinks {
        new_tab: links.bool(&["new_tab"], scope).unwrap_or_default(),
        rel: links.text(&["rel"], scope),
        class: links.text(&["class"], scope),
    };
    links.finish(scope);
    Some(config)
}

fn hosting(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<HostingConfig> {
    let mut hosting = fields.map(&["hosting"], scope)?;
    let redirects = match hosting.take(&["redirects"]) {
        Some((_, Node::Bool(true))) => Some(Vec::new()),
        Some((path, node @ (Node::List(_) | Node::Text(_)))) => {
            let mut lines = Fields::new(path, vec![("redirects".into(), node)]);
            lines.texts(&["redirects"], scope)
        }
        _ => None,
    };
    let config = HostingConfig {
        cname: hosting.text(&["cname"], scope),
        nojekyll: hosting.bool(&["nojekyll"], scope).unwrap_or(true),
        redirects,
        headers: headers(&mut hosting, scope),
    };
    hosting.finish(scope);
    Some(config)
}

fn headers(hosting: &mut Fields, scope: &mut Scope<'_>) -> Vec<(String, Vec<(String, String)>)> {
    let Some((path, patterns)) = hosting.entries(&["headers"], scope) else { return Vec::new() };
    let mut rules = Vec::new();
    for (pattern, node) in patterns {
        let at = path.name(pattern.clone());
        let names: Vec<String> = match &node {
            Node::Map(entries) => entries.iter().map(|(name, _)| name.clone()).collect(),
            _ => Vec::new(),
        };
        if names.is_empty() {
            let problem = Diagnostic::new(Lint::ConfigInvalid, "a header rule without headers")
                .at(Place::value(scope.file, at))
                .help("write `\"/*\": { X-Frame-Options: DENY }`");
            scope.problems.push(problem);
            continue;
        }
        let Node::Map(entries) = node else { continue };
        let mut values = Fields::new(at, entries);
        let value = |name: &String| Some((name.clone(), values.dynamic_texts(name, scope).pop()?));
        rules.push((pattern, names.iter().filter_map(value).collect()));
    }
    rules
}

fn lints(fields: &mut Fields, scope: &mut Scope<'_>) -> BTreeMap<Lint, Option<Severity>> {
    let Some((path, entries)) = fields.entries(&["lints"], scope) else {
        return BTreeMap::new();
    };
    let mut levels = BTreeMap::new();
    for (id, node) in entries {
        let key = path.name(id.clone());
        let Some(lint) = Lint::by_id(&id) else {
            let near = nearest(&id, Lint::ALL.iter().map(|lint| lint.id()));
            let problem = Diagnostic::new(Lint::ConfigInvalid, format!("no lint is called `{id}`"));
            scope.problems.push(problem.suggest(near).at(Place::key(scope.file, key)));
            continue;
        };
        let level = match &node {
            // YAML 1.1 readers take `off` for false.
            Node::Bool(false) => Some(None),
            Node::Text(word) => match word.as_str() {
                "off" => Some(None),
                "info" => Some(Some(Severity::Info)),
                "warn" | "warning" => Some(Some(Severity::Warning)),
                "error" => Some(Some(Severity::Error)),
                _ => None,
            },
            _ => None,
        };
        match level {
            Some(level)
                if lint.default_severity() == Severity::Error && level != Some(Severity::Error) =>
            {
                let problem =
                    Diagnostic::new(Lint::ConfigInvalid, format!("`{id}` is always an error"))
                        .at(Place::value(scope.file, key))
                        .help("the page can't be made while it stands; take the line out");
                scope.problems.push(problem);
            }
            Some(level) => {
                levels.insert(lint, level);
            }
            None => {
                let problem =
                    Diagnostic::new(Lint::ConfigInvalid, format!("not a level for `{id}`"))
                        .at(Place::value(scope.file, key))
                        .help("the levels are `off`, `info`, `warn` and `error`");
                scope.problems.push(problem);
            }
        }
    }
    levels
}
