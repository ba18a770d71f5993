//! Input that is broken, large or hostile: each a located problem, quickly.

use std::fmt::Write as _;
use std::io;

use snapbox::{IntoData as _, assert_data_eq, file, str};
use versus::cache::Cache;
use versus::diag::Format;
use versus::output::{Null, Piece, Rendered, Sink};
use versus::path::{OutputPath, SourcePath};
use versus::pipeline::{Options, build};
use versus::source::{Files, Listing, Memory};

use crate::Project;

/// Front matter that goes wrong, one way each; the golden file shows what an
/// author is told.
const FRONT_MATTER: &[&str] = &[
    "title: \"Go vs Rust",
    "title: 'Go vs Rust",
    "title: \"Go\"\nsummary: \"Go vs Rust\ntags: [a]\nauthor: \"Ada\"",
    "title: \"a\\qb\"",
    "title: Go: the good parts",
    "title: Go\n date: 2026-01-01",
    "title: Go\ntags:\n- a\n  - b\n c",
    "title: Go\n\tdraft: true",
    "title: @go",
    "title: `go`",
    "title: %go",
    "title: *go",
    "title: [a, b",
    "title: {a: b",
    "title: Go\ntags: [a, b\ndate: 2026-01-01",
    "title Go",
    "- a\n- b",
    "just text",
    "title: Go\ntitle: Rust",
    "title: Go\nextra:\n  a: 1\n  a: 2",
    "title: !custom Go",
    "title: [Go]",
    "title: {a: b}",
    "title: Go\ndate: 32.1.2026",
    "title: Go\ndate: 2026-02-30",
    "title: Go\ndate: 2026-01-02T25:00:00Z",
    "title: Go\ndate: [2026-01-02]",
    "title: Go\ndraft: perhaps",
    "title: Go\nweight: 1.5",
    "title: Go\nweight: first",
    "title: Go\ntags: {a: b}",
    "title: Go\ntags: [[a]]",
    "title: Go\naliases: [/ok/, 'a\\b']",
    "title: Go\naliases: [\"https://example.org/\"]",
    "title: Go\nurl: https://example.org/go/",
    "title: Go\nurl: /a//b/",
    "title: Go\nslug: a/b",
    "title: Go\nslug: ..",
    "title: Go\nslug: nul",
    "title: Go\ndate: 2026-03-02\nupdated: 2026-03-01",
    "title: Go\nlint: {allow: [no-such-lint]}",
    "title: Go\nlint: {alow: [dead-link]}",
    "title: Go\ntemplate: nowhere.html",
    "titel: Go",
    "title: Go\ndimension: []",
    "title: Go\ntags: ['+++']",
    "title: \u{1}Go",
];

#[test]
fn broken_front_matter_is_explained_at_its_place() {
    let mut all = String::new();
    for front in FRONT_MATTER {
        let report = Project::new().page("a.md", front, "").build().short();
        let _ = write!(
            all,
            "--- {front:?}\n{}\n",
            if report.is_empty() { "nothing\n" } else { &report }
        );
    }
    assert_data_eq!(all, file!["golden/front_matter.txt"].raw());
}

const CONFIG: &[&str] = &[
    "titel: x",
    "title: [x]",
    "base_url: example.org",
    "base_url: ftp://example.org/",
    "base_url: https://example.org/?a=b",
    "markdown: { html: sanitise }",
    "markdown: { hmtl: allow }",
    "markdown: allow",
    "paginate: 0",
    "paginate: many",
    "menu: [{ title: A }]",
    "menu: [a]",
    "menu: [{ title: A, url: 'javascript:alert(1)' }]",
    "taxonomies: [tags, tags]",
    "taxonomies: [{ title: X }]",
    "taxonomies: tags",
    "permalinks: { blog: '/:slugg/' }",
    "lints: { dead-lnk: off }",
    "lints: { dead-link: loud }",
    "lints: { duplicate-url: off }",
    "lints: off",
    "outputs: none",
    "outputs: { llms: short }",
    "social_cards: none",
    "pictures: 480",
    "permalinks: /:slug/",
    "hosting: { headers: none }",
    "feeds: { content: all }",
    "hosting: { headers: { '/*': none } }",
    "title: 'x",
];

#[test]
fn a_broken_config_is_explained_at_its_place() {
    let mut all = String::new();
    for config in CONFIG {
        let report = Project::new().config(config).page("a.md", "title: A", "").build().short();
        let _ = write!(
            all,
            "--- {config:?}\n{}\n",
            if report.is_empty() { "nothing\n" } else { &report }
        );
    }
    assert_data_eq!(all, file!["golden/config.txt"].raw());
}

#[test]
fn a_fence_that_never_closes_and_bytes_that_are_no_text_are_located() {
    let built = Project::new()
        .file("content/a.md", "---\ntitle: A\n\ntext\n")
        .file("content/b.md", b"---\ntitle: B\n---\nna\xefve\n".to_vec())
        .file("versus.yaml", b"title: \xff".to_vec())
        .build();
    assert_eq!(
        built.short(),
        "content/a.md:1:1: error[front-matter-invalid]: the front matter never ends\n\
         content/b.md:4:3: error[not-utf8]: the file is not UTF-8 text\n\
         versus.yaml: error[not-utf8]: the config is not UTF-8 text\n"
    );
}

#[test]
fn a_file_without_data_is_as_good_as_none() {
    for nothing in ["", "\n", "# a comment\n", "---\n", "null\n", "\u{feff}"] {
        let front = nothing.trim_start_matches("---").trim_start_matches('\u{feff}');
        let built = Project::new().config(nothing).page("a.md", front, "# A\n\nText.\n").build();
        assert_eq!(built.ids(), ["title-missing"], "{nothing:?}: {}", built.short());
    }
}

#[test]
fn a_broken_page_still_exists_for_the_links_to_it() {
    let built = Project::new()
        .page("a.md", "title: \"A", "")
        .page("b.md", "title: B", "[a](a.md) [a](/a/)")
        .build();
    assert_eq!(built.build.report.problems.len(), 1, "{}", built.short());
}

#[test]
fn what_would_take_long_is_refused_first() {
    let deep = "[".repeat(200 << 10);
    let flow = "[".repeat(20 << 10);
    let bomb: String = (0..70).map(|n| format!("a{n}: &a{n} [*a0]\n")).collect();
    let large = "x".repeat(9 << 20);
    let built = Project::new()
        .page("deep.md", &format!("title: {deep}"), "")
        .page("flow.md", &format!("title: {flow}"), "")
        .page("bomb.md", &bomb, "")
        .file("content/large.md", large)
        .build();
    let report = built.short();
    for line in [
        "content/bomb.md:34:6: error[front-matter-invalid]: more than 64 anchors and aliases",
        "content/deep.md:2:1: error[front-matter-invalid]: 200 KB of front matter",
        "content/flow.md:2:40: error[front-matter-invalid]: brackets nest more than 32 deep",
        "content/large.md: error[file-too-large]: a file of 9437184 bytes, over the limit of 8388608",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
}

#[test]
fn deep_nesting_and_odd_text_do_not_break_the_renderer() {
    for body in [
        "> ".repeat(5_000),
        "- ".repeat(2_000),
        "[".repeat(50_000),
        "*a ".repeat(20_000),
        "`".repeat(50_000),
        "<div>".repeat(10_000),
        format!("{}x{}", "![".repeat(5_000), "](y)".repeat(5_000)),
        "{{< ".repeat(10_000),
        "{{< a >}}".repeat(5_000),
        "[^1]".repeat(5_000),
        "|".repeat(20_000),
        "\u{0}\u{feff}\u{202e}\u{e000}{{< a >}}".into(),
        "# ".repeat(1_000) + "{#x .y",
    ] {
        let built = Project::new().page("a.md", "title: A", &body).build();
        assert!(built.has("a/index.html"), "{}", built.short());
    }
}

#[test]
fn a_byte_order_mark_moves_no_column() {
    for mark in ["", "\u{feff}"] {
        for (yaml, place) in [
            ("titel: x\n", "versus.yaml:1:1: error[unknown-key]"),
            ("title: T\nlints: { x: off }\n", "versus.yaml:2:10: error[config-invalid]"),
            ("title: 'x\n", "versus.yaml:1:8: error[config-invalid]"),
        ] {
            let built = Project::new()
                .config(&format!("{mark}{yaml}"))
                .page("a.md", "title: A", "")
                .build();
            assert!(built.short().starts_with(place), "{place}: {}", built.short());
        }
    }
}

#[test]
fn a_config_under_another_name_is_told_unless_there_is_one() {
    let project = || Project::new().page("a.md", "title: A", "").file("hugo.toml", "title = 'x'");
    assert_eq!(project().build().ids(), ["config-unread"]);
    assert_eq!(project().config("title: x").build().ids(), [""; 0]);
}

/// A disk with a page that can't be read, and a place that can't be walked.
struct Failing(Memory);

impl Files for Failing {
    fn list(&self) -> Listing {
        let errors = vec![(SourcePath::new("content/deep"), "permission denied".into())];
        Listing { errors, ..self.0.list() }
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        match path.as_str() {
            "content/a.md" => Err(io::ErrorKind::PermissionDenied.into()),
            _ => self.0.read(path),
        }
    }
}

struct Full;

impl Sink for Full {
    fn put(&self, _: Rendered) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn join(&self, _: &OutputPath, _: &[Piece]) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }
}

#[test]
fn a_machine_that_fails_is_told_with_the_file_that_it_fails_at() {
    let mut files = Memory::default();
    files.insert("content/a.md", "---\ntitle: A\n---\n");
    let options = Options::default();
    let read = build(&Failing(files.clone()), &options, &Null, &Cache::none()).report;
    assert_data_eq!(
        Format::Short.write(&read),
        str![[r#"
content/a.md: error[file-unreadable]: `content/a.md` can't be read: permission denied
content/deep: error[file-unreadable]: `content/deep` can't be read: permission denied

"#]]
        .raw()
    );
    let written = build(&files, &options, &Full, &Cache::none()).report;
    // GitHub refuses a result that stands nowhere.
    assert!(Format::Sarif.write(&written).contains("\"uri\": \"versus.yaml\""));
    let written = Format::Short.write(&written);
    let line = "error[write-failed]: `a/index.html` can't be written: ";
    assert!(written.lines().any(|found| found.starts_with(line)), "{written}");
    assert!(written.lines().all(|found| found.starts_with("error[write-failed]")), "{written}");
}
