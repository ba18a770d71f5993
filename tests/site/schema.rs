//! The JSON Schemas for editors say what the readers do: no key, kind or level
//! is accepted by one of the two and refused by the other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use versus::comparison::Comparison;
use versus::config::Config;
use versus::content::{self, FrontMatter};
use versus::data::{Fields, Node, Scope, Syntax, parse};
use versus::diag::{Diagnostic, KeyPath, Lint, Severity};
use versus::path::SourcePath;

use crate::comparison::GOOD;

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Of {
    FrontMatter,
    Subject,
    Config,
}

const ALL: [Of; 3] = [Of::FrontMatter, Of::Subject, Of::Config];

/// A key that nothing is near to.
const MADE_UP: &str = "zzzzzzzzzzzz";

impl Of {
    fn text(self) -> &'static str {
        match self {
            Self::FrontMatter => include_str!("../../schema/front-matter.json"),
            Self::Subject => include_str!("../../schema/subject.json"),
            Self::Config => include_str!("../../schema/config.json"),
        }
    }

    fn schema(self) -> Schema {
        let root: Value = serde_json::from_str(self.text()).unwrap();
        Schema { of: self, validator: jsonschema::draft202012::new(&root).unwrap(), root }
    }

    /// What the reader has against the kinds and keys of a file that says this.
    /// What it has against their meaning, such as an unknown subject, is not
    /// for a schema to say.
    fn told(self, said: &Value) -> Vec<Diagnostic> {
        let page = |below: &str| {
            let text = format!("---\n{said}\n---\n");
            let file = SourcePath::new(format!("content/{below}"));
            content::read(&file, below, text.as_bytes(), (&Config::default()).into()).problems
        };
        let mut problems = match self {
            Self::FrontMatter => page("a.md"),
            Self::Subject => page("subjects/go.md"),
            Self::Config => versus::config::read(&said.to_string()).problems,
        };
        problems.retain(|problem| {
            use Lint::{ConfigInvalid, DateInvalid, FrontMatterInvalid, UnknownKey};
            [ConfigInvalid, DateInvalid, FrontMatterInvalid, UnknownKey].contains(&problem.lint)
        });
        problems
    }
}

struct Schema {
    of: Of,
    root: Value,
    validator: Validator,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Key(String),
    Item,
}

/// A value that a schema speaks of: the way to it, and what it says.
struct Slot<'a> {
    path: Vec<Step>,
    schema: &'a Value,
}

impl Schema {
    /// The definition that a schema refers to, or itself.
    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(name) => self.root.pointer(name.strip_prefix('#').unwrap()).unwrap(),
            None => schema,
        }
    }

    /// Every value that the schema speaks of, the root first.
    fn slots(&self) -> Vec<Slot<'_>> {
        let mut slots = vec![Slot { path: Vec::new(), schema: &self.root }];
        let mut at = 0;
        while at < slots.len() {
            let (path, schema) = (slots[at].path.clone(), slots[at].schema);
            let below = |step| [path.as_slice(), &[step]].concat();
            let mut add = |step, schema| {
                slots.push(Slot { path: below(step), schema: self.resolved(schema) });
            };
            for (key, value) in schema["properties"].as_object().into_iter().flatten() {
                add(Step::Key(key.clone()), value);
            }
            if schema["items"].is_object() {
                add(Step::Item, &schema["items"]);
            }
            if schema["additionalProperties"].is_object() {
                add(Step::Key("go".into()), &schema["additionalProperties"]);
            }
            at += 1;
        }
        slots
    }

    /// The slots that are maps with keys of the schema's.
    fn maps(&self) -> impl Iterator<Item = Slot<'_>> {
        self.slots().into_iter().filter(|slot| slot.schema["properties"].is_object())
    }

    /// A file that says as little as it can beside `value` at `path`.
    fn file(&self, path: &[Step], value: Value) -> Value {
        let mut file = self.around(&self.root, path, value);
        if self.of == Of::FrontMatter && path.first() != Some(&Step::Key("subjects".into())) {
            // Whom the samples speak of.
            file["subjects"] = json!(["go", "name"]);
        }
        file
    }

    fn around(&self, schema: &Value, path: &[Step], value: Value) -> Value {
        let schema = self.resolved(schema);
        match path.split_first() {
            None => value,
            Some((Step::Item, rest)) => json!([self.around(&schema["items"], rest, value)]),
            Some((Step::Key(key), rest)) => {
                let mut map = self.least(schema, key);
                let below = match &schema["properties"][key] {
                    Value::Null => &schema["additionalProperties"],
                    below => below,
                };
                map.insert(key.clone(), self.around(below, rest, value));
                Value::Object(map)
            }
        }
    }

    /// The keys that a map must have beside `key`.
    fn least(&self, schema: &Value, key: &str) -> Map<String, Value> {
        let names = |schema: &Value| -> Vec<String> {
            serde_json::from_value(schema["required"].clone()).unwrap_or_default()
        };
        let branches = ["anyOf", "oneOf"].map(|word| schema[word].as_array());
        let branches: Vec<Vec<String>> =
            branches.into_iter().flatten().flatten().map(names).collect();
        let with_key = branches.iter().find(|names| names.iter().any(|name| name == key));
        let branch = with_key.or(branches.iter().find(|names| !names.is_empty()));
        let names = names(schema).into_iter().chain(branch.cloned().unwrap_or_default());
        names.map(|name| (name, json!("go"))).collect()
    }

    /// Whether the schema and the reader agree that a file is right, or is not.
    fn agrees(&self, file: &Value) -> Result<(), String> {
        let told = self.of.told(file);
        if told.is_empty() == self.validator.is_valid(file) {
            return Ok(());
        }
        let told: Vec<&str> = told.iter().map(|problem| problem.message.as_str()).collect();
        let found: Vec<String> =
            self.validator.iter_errors(file).map(|error| error.to_string()).collect();
        Err(format!("{:?} {file}\n  the reader: {told:?}\n  the schema: {found:?}", self.of))
    }
}

/// A value of every kind, and of every form that a key asks for.
fn samples() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "go",
        "tie",
        "true",
        "4",
        "0",
        "-4",
        "2026-03-02",
        "2026/3/2",
        "2026-13-02",
        "2026-03-02 09:30",
        "2026-03-02T09:30:00.5+01:00",
        "2026-03-02 9:30 UTC",
        "2026-03-02T25",
        "https://example.org/",
        "HTTP://example.org?q",
        "/:year/:slug/",
        "/:yaer/",
        "teal",
        "higher",
        "lower",
        "full",
        "summary",
        "sanitize",
        "allow",
        "escape",
        "dead-link",
        "off",
        "180d",
        " 26w ",
        "0d",
        "6M",
        "10000y",
        "warn",
        "warning",
        "info",
        "error",
        "ünïcode_1.0",
        "[x]",
    ];
    let others = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(4),
        json!(-4),
        json!(1.5),
        json!([]),
        json!(["go"]),
        json!([4, 8]),
        json!(["4", 8]),
        json!([null]),
        json!([[]]),
        json!(["dead-link", "image-alt"]),
        json!(["go", "go"]),
        json!([{ "name": "go" }]),
        json!({}),
        json!({ "name": "go" }),
        json!({ "name": 4 }),
        json!({ "name": null }),
        json!({ "id": "go" }),
        json!({ "title": "go" }),
        json!({ "url": "go" }),
        json!({ "go": "go" }),
        json!({ "go": null }),
        json!({ "go": {} }),
        json!({ "go": [] }),
    ];
    texts.map(|text| json!(text)).into_iter().chain(others).collect()
}

#[test]
fn reader_and_schema_agree_on_every_kind_of_value_at_every_key() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for schema in ALL.map(Of::schema) {
        for slot in schema.slots().iter().skip(1) {
            for sample in samples() {
                wrong.extend(schema.agrees(&schema.file(&slot.path, sample)).err());
                count += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 10_000, "{count}");
}

#[test]
fn a_made_up_key_is_refused_where_the_reader_refuses_it_and_nowhere_else() {
    let mut refused = 0;
    for schema in ALL.map(Of::schema) {
        for map in schema.maps() {
            let path = [map.path.as_slice(), &[Step::Key(MADE_UP.into())]].concat();
            let file = schema.file(&path, json!("go"));
            schema.agrees(&file).unwrap();
            let is_strict = map.schema["additionalProperties"] == json!(false);
            assert_eq!(is_strict, !schema.validator.is_valid(&file), "{file}");
            refused += usize::from(is_strict);
        }
    }
    assert!(refused > 10, "{refused}");
}

fn keys(map: &Value) -> BTreeSet<String> {
    map["properties"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_schema_has_every_key_that_the_reader_knows_and_no_other() {
    for schema in ALL.map(Of::schema) {
        for map in schema.maps().filter(|map| map.schema["additionalProperties"] == json!(false)) {
            let path = [map.path.as_slice(), &[Step::Key(MADE_UP.into())]].concat();
            let told = schema.of.told(&schema.file(&path, json!("go")));
            let unknown = told.iter().find(|problem| problem.message.contains(MADE_UP)).unwrap();
            // Lints are the author's choice of many, so no message lists them.
            let known = match unknown.help.as_deref() {
                Some(help) => help.strip_prefix("known here: ").unwrap().split(", ").collect(),
                None => Lint::ALL.iter().map(|lint| lint.id()).collect::<Vec<_>>(),
            };
            let known: BTreeSet<String> = known.into_iter().map(str::to_owned).collect();
            assert_eq!(keys(map.schema), known, "{:?} {:?}", schema.of, map.path);
        }
    }
    assert_eq!(keys(&Of::FrontMatter.schema().root), FrontMatter::keys(false));
    // A subject's page compares nothing.
    let of_comparisons = comparison_keys();
    assert!(of_comparisons.contains("dimensions"));
    let known: BTreeSet<String> =
        FrontMatter::keys(true).difference(&of_comparisons).cloned().collect();
    assert_eq!(keys(&Of::Subject.schema().root), known);
}

fn comparison_keys() -> BTreeSet<String> {
    let file = SourcePath::new("a.md");
    let mut scope = Scope::new(&file, Syntax::Yaml, "", Lint::FrontMatterInvalid);
    let mut fields = Fields::new(KeyPath::default(), Vec::new());
    Comparison::read(&mut fields, &mut scope);
    fields.known().iter().map(|key| (*key).to_owned()).collect()
}

/// The names in the first `cells` cells of each row of the table below a line of
/// the guide.
fn names(guide: &str, line: &str, cells: usize) -> Vec<String> {
    let below = guide.split_once(&format!("\n{line}\n")).unwrap_or_else(|| panic!("{line}")).1;
    let rows = below.lines().skip_while(|line| !line.starts_with("|--"));
    let rows = rows.skip(1).map_while(|line| line.strip_prefix('|'));
    let found = rows.flat_map(|row| {
        let cells: Vec<&str> = row.split('|').take(cells).collect();
        let names: Vec<String> =
            cells.join("|").split('`').skip(1).step_by(2).map(str::to_owned).collect();
        names
    });
    found.collect()
}

#[test]
fn every_key_of_the_guide_stands_in_the_schema() {
    let configuration = include_str!("../../content/guide/configuration.md");
    let content = include_str!("../../content/guide/content.md");
    let comparison = include_str!("../../content/guide/comparison.md");
    let [page, subject, config] = ALL.map(|of| of.schema().root);
    let tables = [
        (configuration, "## Every key", 1, &config),
        (content, "## Front matter", 2, &page),
        (comparison, "## Every key", 1, &page),
        (comparison, "### Subjects {#subjects}", 1, &page["$defs"]["subject"]),
        (comparison, "### Dimensions {#dimensions}", 1, &page["$defs"]["dimension"]),
        (comparison, "## Subject files {#subject-files}", 1, &subject),
    ];
    for (guide, line, cells, schema) in tables {
        let names = names(guide, line, cells);
        assert!(names.len() > 6, "{line}: {names:?}");
        for name in names {
            let keys = name.split(':').map(str::trim).filter(|key| !key.is_empty());
            let found = keys.fold(schema, |map, key| &map["properties"][key]);
            assert!(found.is_object(), "{line}: {name}");
        }
    }
}

#[test]
fn every_lint_stands_in_the_schemas_with_its_meaning() {
    let id = |lint: &Lint| json!(lint.id());
    let ids = Value::Array(Lint::ALL.iter().map(id).collect());
    for of in [Of::FrontMatter, Of::Subject] {
        let listed = &of.schema().root["$defs"]["lint"]["anyOf"][0]["enum"];
        assert_eq!(*listed, ids, "list the lints as src/diag/lint.rs does: {of:?}");
    }
    let config = Of::Config.schema().root;
    for lint in Lint::ALL {
        let level = if lint.default_severity() == Severity::Error { "error" } else { "level" };
        let expected = json!({ "description": lint.meaning(), "$ref": format!("#/$defs/{level}") });
        let found = &config["properties"]["lints"]["properties"][lint.id()];
        assert_eq!(*found, expected, "schema/config.json, {lint}");
    }
}

#[test]
fn every_key_and_definition_is_described_in_a_sentence() {
    fn check(schema: &Value, path: &str) {
        let text = schema["description"].as_str().unwrap_or_default();
        let is_sentence = text.ends_with('.') && text.starts_with(|c: char| c.is_uppercase());
        assert!(is_sentence, "{path}: `{text}`");
        for part in ["properties", "$defs"] {
            for (key, value) in schema[part].as_object().into_iter().flatten() {
                check(value, &format!("{path}/{key}"));
            }
        }
        if schema["additionalProperties"].is_object() {
            check(&schema["additionalProperties"], &format!("{path}/*"));
        }
    }
    for schema in ALL.map(Of::schema) {
        assert_eq!(schema.root["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema.root["title"].is_string() && schema.root["$id"].is_null());
        jsonschema::draft202012::meta::validate(&schema.root).unwrap();
        check(&schema.root, "");
        for pattern in schema.of.text().split("\"pattern\": ").skip(1) {
            let pattern = pattern.lines().next().unwrap();
            // What JavaScript and Rust read alike; as JSON, each stands twice.
            let escapes = pattern.split("\\\\").skip(1);
            let mut escapes = escapes.filter(|rest| !rest.is_empty()).map(|rest| &rest[..1]);
            assert!(escapes.all(|letter| "sSp.]".contains(letter)), "{pattern}");
        }
        // Editors show these words instead of the pattern.
        let count = |key: &str| schema.of.text().matches(&format!("\"{key}\":")).count();
        assert_eq!(count("pattern"), count("patternErrorMessage"), "{:?}", schema.of);
    }
}

#[test]
fn what_pages_and_subjects_share_is_the_same_in_both_schemas() {
    let (page, subject) = (Of::FrontMatter.schema().root, Of::Subject.schema().root);
    for part in ["properties", "$defs"] {
        for (key, value) in subject[part].as_object().unwrap() {
            let is_own = part == "properties" && ["aliases", "tags"].contains(&key.as_str());
            let other = &page[part][key];
            assert!(is_own || other.is_null() || other == value, "{key}");
        }
    }
    for (key, value) in page["$defs"]["subject"]["properties"].as_object().unwrap() {
        let own = &subject["properties"][key];
        let is_own = own.is_null() || ["summary", "version"].contains(&key.as_str());
        assert!(is_own || own == value, "{key}");
    }
}

/// What a text of YAML or TOML says, as JSON.
fn said(syntax: Syntax, text: &str) -> Value {
    serde_json::to_value(Node::Map(parse(syntax, text, 1).unwrap())).unwrap()
}

/// The front matter of every page below a folder, with the page's path.
fn pages(dir: &Path, found: &mut Vec<(String, Value)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path).unwrap();
            if let Some(fenced) = content::split(&text).unwrap() {
                let said = said(fenced.syntax, &text[fenced.data]);
                found.push((path.to_string_lossy().replace('\\', "/"), said));
            }
        }
    }
}

#[test]
fn the_example_site_and_new_sites_are_as_the_schemas_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    pages(&root.join("content"), &mut found);
    pages(&root.join("src/cli/starter"), &mut found);
    assert!(found.len() > 15, "{}", found.len());
    found.push(("the good comparison".into(), said(Syntax::Yaml, GOOD)));
    let guide = include_str!("../../content/guide/comparison.md");
    for code in guide.split("\n```yaml").skip(1) {
        let code = code.split_once('\n').unwrap().1.split("\n```").next().unwrap();
        let code = code.trim_start_matches("---\n").split("\n---").next().unwrap();
        found.push((format!("the guide:\n{code}"), said(Syntax::Yaml, code)));
    }
    let (page, subject) = (Of::FrontMatter.schema(), Of::Subject.schema());
    for (path, said) in &found {
        let is_subject = path.contains("/subjects/") && !path.ends_with("_index.md");
        let schema = if is_subject { &subject } else { &page };
        schema.validator.validate(said).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let config = Of::Config.schema().validator;
    for path in ["versus.yaml", "src/cli/starter/versus.yaml"] {
        let said = said(Syntax::Yaml, &fs::read_to_string(root.join(path)).unwrap());
        config.validate(&said).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    assert!(config.is_valid(&json!(null)), "an empty file");
}

#[test]
fn a_slip_is_found_where_it_stands() {
    let cases = [
        (Of::FrontMatter, "date: yesterday", "/date"),
        (Of::FrontMatter, "review_every: 180", "/review_every"),
        (Of::FrontMatter, "weight: heavy", "/weight"),
        (Of::FrontMatter, "draft: perhaps", "/draft"),
        (Of::FrontMatter, "tags: [[a]]", "/tags/0"),
        (Of::FrontMatter, "lint: { allow: [dead-lnk] }", "/lint/allow"),
        (Of::FrontMatter, "lint: { alow: dead-link }", "/lint"),
        (Of::FrontMatter, "subjects: go", "/subjects"),
        (Of::FrontMatter, "subjects: [go, { name: Go, pro: [x] }]", "/subjects/1"),
        (Of::FrontMatter, "subjects: [{ summary: x }]", "/subjects/0"),
        (Of::FrontMatter, "subjects: [{ id: go, color: pink }]", "/subjects/0/color"),
        (Of::FrontMatter, "subjects: [{ id: go, homepage: go.dev }]", "/subjects/0/homepage"),
        (Of::FrontMatter, "subjects: [tie]", "/subjects/0"),
        (Of::FrontMatter, "verdict: { pik: go }", "/verdict"),
        (Of::FrontMatter, "quick_takes: [{ pick: go }]", "/quick_takes/0"),
        (Of::FrontMatter, "checklist: [{ if: x, pick: go, wy: x }]", "/checklist/0"),
        (Of::FrontMatter, "dimensions: [{ name: x, egde: go }]", "/dimensions/0"),
        (Of::FrontMatter, "dimensions: [{ name: x, text: y, cells: {} }]", "/dimensions/0"),
        (
            Of::FrontMatter,
            "{ subjects: [go], dimensions: [{ name: x, cells: { go: [y] } }] }",
            "/dimensions/0/cells/go",
        ),
        (Of::FrontMatter, "benchmarks: [{ method: x }]", "/benchmarks/0"),
        (
            Of::FrontMatter,
            "benchmarks: [{ name: x, metrics: [{ name: y, better: faster }] }]",
            "/benchmarks/0/metrics/0/better",
        ),
        (
            Of::FrontMatter,
            "{ subjects: [go], benchmarks: [{ name: x, metrics: [{ name: y, values: { go: [1] } }] }] }",
            "/benchmarks/0/metrics/0/values/go",
        ),
        (Of::FrontMatter, "sources: [{ id: a b, url: /x/ }]", "/sources/0/id"),
        (Of::FrontMatter, "sources: [{ id: ab }]", "/sources/0"),
        (Of::Subject, "color: pink", "/color"),
        (Of::Subject, "repo: github.com/x", "/repo"),
        (Of::Config, "titel: x", ""),
        (Of::Config, "base_url: example.org", "/base_url"),
        (Of::Config, "menu: [{ title: x }]", "/menu/0"),
        (Of::Config, "menu: [{ title: x, name: x, url: / }]", "/menu/0"),
        (Of::Config, "taxonomies: [{ title: x }]", "/taxonomies/0"),
        (Of::Config, "permalinks: { blog: '/:yaer/' }", "/permalinks/blog"),
        (Of::Config, "paginate: 0", "/paginate"),
        (Of::Config, "review_every: never", "/review_every"),
        (Of::Config, "feeds: { content: all }", "/feeds/content"),
        (Of::Config, "markdown: { html: strip }", "/markdown/html"),
        (Of::Config, "markdown: { external_links: { target: x } }", "/markdown/external_links"),
        (Of::Config, "hosting: { headers: { '/*': {} } }", "/hosting/headers/~1*"),
        (Of::Config, "lints: { dead-lnk: off }", "/lints"),
        (Of::Config, "lints: { dead-link: loud }", "/lints/dead-link"),
        (Of::Config, "lints: { not-utf8: off }", "/lints/not-utf8"),
    ];
    for (of, yaml, place) in cases {
        let said = said(Syntax::Yaml, yaml);
        let schema = of.schema();
        let found: Vec<String> = schema
            .validator
            .iter_errors(&said)
            .map(|error| error.instance_path().to_string())
            .collect();
        assert!(found.iter().any(|path| path == place), "{yaml}: {found:?}");
        assert!(!of.told(&said).is_empty(), "{yaml}");
    }
}
