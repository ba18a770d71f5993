//! Comparisons as data: what is read, what is printed, what is told.

use snapbox::str;

use crate::project::{Built, Project};

/// A comparison that nothing can be said against.
pub const GOOD: &str = "title: Go vs Rust
description: A short one.
subjects:
  - { id: go, version: '1.25', pros: [Small], cons: [Plain], use_when: [Services] }
  - { id: rust, version: '1.89', pros: [Safe], cons: [Slow builds], use_when: [Hot paths] }
verdict: { pick: depends, text: 'It depends[^run].' }
quick_takes:
  - { if: You ship this week, pick: go, why: It builds at once. }
checklist:
  - { if: It must not pause, pick: rust }
dimensions:
  - { name: Builds, group: work, edge: go, cells: { go: Seconds, rust: Minutes } }
  - { name: Libraries, group: work, edge: tie, cells: { go: Many, rust: Many } }
  - { name: Memory, edge: rust, cells: { go: Collected, rust: Owned } }
benchmarks:
  - name: Cold build
    method: Median of five runs.
    environment: 2 cores, Linux 6.8
    sources: [run]
    metrics:
      - { name: Time, unit: s, better: lower, values: { go: 1.8, rust: 28 }, note: Go is ~15× faster. }
sources:
  - { id: run, title: The script, url: 'https://example.org/run' }";

/// A project of one comparison.
pub fn project(front: &str, body: &str) -> Project {
    Project::new().page("compare/go-vs-rust.md", front, body)
}

pub fn build(front: &str, body: &str) -> Built {
    project(front, body).build()
}

/// The lints that a change to the good comparison brings.
fn told(from: &str, to: &str) -> Vec<&'static str> {
    assert!(GOOD.contains(from), "`{from}` is not in the good comparison");
    build(&GOOD.replacen(from, to, 1), "Text.").ids()
}

#[test]
fn a_good_comparison_has_nothing_to_be_said_against_it() {
    assert_eq!(build(GOOD, "Text.").ids(), [""; 0]);
}

#[test]
fn each_slip_is_told_by_its_own_lint_and_no_other() {
    let six = "subjects: [a1, b2, c3, d4, e5, f6]\nverdict: x";
    assert_eq!(build(&format!("title: T\n{six}"), "x").ids(), ["too-many-subjects"]);
    assert_eq!(build("title: T\nsubjects: [go, rust]", "x").ids(), ["no-verdict"]);
    for (from, to, lint) in [
        ("pick: go, why", "pick: rsut, why", "unknown-subject"),
        ("pick: depends, text", "pick: Zig, text", "unknown-subject"),
        ("edge: go", "edge: nobody", "edge-invalid"),
        ("cells: { go: Seconds, rust: Minutes }", "cells: { go: Seconds }", "missing-cell"),
        ("{ go: Seconds,", "{ go: Seconds, zig: Fast,", "extra-cell"),
        ("name: Libraries", "name: Builds", "duplicate-dimension"),
        ("{ id: rust, version", "{ id: go, version", "duplicate-subject"),
        ("values: { go: 1.8, rust: 28 }, ", "", "metric-no-values"),
        ("better: lower, ", "", "metric-no-better"),
        ("unit: s, ", "", "metric-unit-missing"),
        ("go: 1.8, rust", "go: null, rust", "metric-one-value"),
        ("go: 1.8, rust", "go: quick, rust", "value-not-numeric"),
        ("method: Median of five runs.", "setup: { go: gc }", "benchmark-no-method"),
        ("environment: 2 cores, Linux 6.8", "setup: { go: gc }", "benchmark-no-environment"),
        ("    sources: [run]\n", "", "benchmark-no-source"),
        ("sources: [run]", "sources: [runn]", "source-undefined"),
        ("It depends[^run]", "It depends[^ru]", "source-undefined"),
        ("~15× faster", "~5× faster", "ratio-mismatch"),
        ("{ id: run,", "{ id: spare, title: Spare }\n  - { id: run,", "source-unused"),
        ("cons: [Slow builds], ", "", "unbalanced-pros-cons"),
        ("pick: depends, text", "pick: go, text", "verdict-contradicts-edges"),
        ("edge: go", "egde: go", "unknown-key"),
        ("better: lower", "bettr: lower", "unknown-key"),
        ("{ id: run, title", "{ id: run, titel", "unknown-key"),
        ("better: lower", "better: faster", "front-matter-invalid"),
        ("id: go, version", "id: tie, version", "front-matter-invalid"),
    ] {
        let told = match lint {
            "verdict-contradicts-edges" => {
                let front = GOOD.replacen("edge: go", "edge: rust", 1).replacen(from, to, 1);
                build(&front, "Text.").ids()
            }
            _ => told(from, to),
        };
        assert!(told.contains(&lint), "{from} -> {to}: {told:?}");
    }
}

#[test]
fn edges_all_to_one_side_and_cells_of_unlike_length_are_noted() {
    let dimension = |at: usize, rust: &str| {
        format!("  - {{ name: D{at}, edge: go, cells: {{ go: Short, rust: {rust} }} }}\n")
    };
    let many: String = (0..4).map(|at| dimension(at, "Short")).collect();
    let front = |dimensions: &str| {
        format!("title: T\nsubjects: [go, rust]\nverdict: x\ndimensions:\n{dimensions}")
    };
    assert_eq!(build(&front(&many), "x").ids(), ["one-sided-edges"]);
    let long = dimension(0, &"long ".repeat(50));
    assert_eq!(build(&front(&long), "x").ids(), ["unbalanced-cells"]);
}

#[test]
fn a_slip_three_levels_down_is_shown_at_its_place() {
    let front = "title: Go vs Rust
subjects: [go, rust]
verdict: It depends.
benchmarks:
  - name: Builds
    method: x
    environment: x
    sources: [run]
    metrics:
      - name: Time
        unit: s
        bettr: lower
        values: { go: 1.8, rst: 28 }
sources: [{ id: run, title: Run }]";
    project(front, "Text.").problems(str![[r#"
error[unknown-key]: unknown key `bettr`
 --> content/compare/go-vs-rust.md:13:9
   |
13 |         bettr: lower
   |         ^^^^^
  = help: did you mean `better`?

warning[metric-one-value]: `Time` was measured for one subject only
 --> content/compare/go-vs-rust.md:14:17
   |
14 |         values: { go: 1.8, rst: 28 }
   |                 ^^^^^^^^^^^^^^^^^^
  = help: a single figure compares nothing; measure the others or say why not in a note

error[extra-cell]: `rst` is none of the subjects
 --> content/compare/go-vs-rust.md:14:28
   |
14 |         values: { go: 1.8, rst: 28 }
   |                            ^^^
  = help: did you mean `rust`?


"#]]);
}

#[test]
fn a_cell_under_a_subjects_name_is_found_as_under_its_id() {
    let front = "title: T
subjects: [C++, Rust]
verdict: x
dimensions:
  - name: Memory
    cells: { C++: '[x](gone.md)', Rust: y }";
    project(front, "Text.").problems(str![[r#"
warning[dead-link]: no page `gone.md`
 --> content/compare/go-vs-rust.md:7:19
  |
7 |     cells: { C++: '[x](gone.md)', Rust: y }
  |                   ^^^^^^^^^^^^^^


"#]]);
}

#[test]
fn markers_place_blocks_and_a_marker_without_data_is_told() {
    let built = build(
        GOOD,
        "Before.\n\n<!--dimensions-->\n\n## After\n\n<!-- more -->\n\n`<!--sources-->`\n",
    );
    let html = built.text("compare/go-vs-rust/index.html");
    let at = |part: &str| html.find(part).unwrap_or_else(|| panic!("no {part}"));
    assert!(at("id=\"verdict\"") < at("<p>Before."));
    assert!(at("<p>Before.") < at("id=\"dimensions\""));
    assert!(at("id=\"dimensions\"") < at("id=\"after\""));
    assert!(at("id=\"after\"") < at("id=\"benchmarks\""));
    assert_eq!(html.matches("id=\"dimensions\"").count(), 1);
    assert!(at("href=\"#verdict\"") < at("href=\"#dimensions\""));
    assert!(at("href=\"#dimensions\"") < at("href=\"#after\""));
    let unused = build("title: T", "<!--benchmarks-->\n\n<!--dimension-->\n\n<!--todo-->\n");
    assert_eq!(
        unused
            .short()
            .lines()
            .map(|line| line.split(": ").nth(2).unwrap_or(""))
            .collect::<Vec<_>>(),
        ["nothing to print at `<!--benchmarks-->`", "no block is called `dimension`"]
    );
    assert_eq!(build(GOOD, "<!--verdict-->\n\n<!--verdict-->\n").ids(), ["marker-unused"]);
}

#[test]
fn citations_are_numbered_by_first_use_and_footnotes_keep_their_names() {
    let front = "title: T\nsources:\n  - { id: a, title: A }\n  - { id: b.c, title: B }\n\
                 description: x\nverdict: 'Yes[^b.c]'";
    let body =
        "One[^a], `[^a]`, \\[^a], [x[^b.c]](https://example.org), note[^n].\n\n[^n]: A note.\n";
    let built = project(front, body).file("templates/page.html", "{{ content }}").build();
    assert_eq!(built.ids(), [""; 0]);
    let html = built.text("compare/go-vs-rust/index.html");
    assert!(html.contains(
        "Yes<sup class=\"cite\"><a href=\"#source-b.c\" aria-label=\"Source 1\">1</a></sup>"
    ));
    assert!(html.contains("One<sup class=\"cite\"><a href=\"#source-a\" aria-label=\"Source 2\">2</a></sup>, <code>[^a]</code>, [^a],"));
    assert!(html.contains("fn-n"));
    assert_eq!(build(front, "One[^a], two[^x].").ids(), ["source-undefined"]);
}

#[test]
fn a_citation_where_nothing_is_cited_is_a_slip_of_a_footnote() {
    assert_eq!(build("title: T", "`[^abc]` and \\[^abc].").ids(), [""; 0]);
    project("title: T", "Slow[^run] and kept[^own].\n\n[^own]: A note.\n").problems(str![[r#"
warning[footnote-undefined]: no footnote is called `run`
 --> content/compare/go-vs-rust.md:4:5
  |
4 | Slow[^run] and kept[^own].
  |     ^^^^^^
  = help: add its text, `[^run]: …`, or write `\[^run]` to show it as it is


"#]]);
}

#[test]
fn a_second_dimension_of_one_id_is_shown_at_what_gave_it_the_id() {
    let front = "title: T
subjects: [go, rust]
verdict: x
dimensions:
  - { name: Libraries, id: eco, text: x }
  - name: Tools
    id: eco
    text: x
  - { name: Eco, text: x }";
    project(front, "Text.").problems(str![[r#"
error[duplicate-dimension]: a second dimension with the id `eco`
 --> content/compare/go-vs-rust.md:8:9
  |
8 |     id: eco
  |         ^^^
  = help: `Libraries` has it: give one of them another

error[duplicate-dimension]: a second dimension `Eco`
 --> content/compare/go-vs-rust.md:10:13
   |
10 |   - { name: Eco, text: x }
   |             ^^^
  = help: merge the two, or give one of them an `id`


"#]]);
}

#[test]
fn the_figures_say_who_wins() {
    let html = build(GOOD, "").text("compare/go-vs-rust/index.html").to_owned();
    assert!(html.contains("<b>1.8\u{a0}s</b> <small>16× better</small>"), "{html}");
    let html = build(&GOOD.replace("go: 1.8, rust: 28 }", "go: null, rust: '~28' }"), "");
    let html = html.text("compare/go-vs-rust/index.html");
    assert!(html.contains("not measured"));
    assert!(!html.contains("× better</small>"));
}

#[test]
fn subjects_come_of_a_title_whose_sides_are_known() {
    let built = Project::new()
        .page("subjects/go.md", "name: Go\naliases: [Golang]\nversion: '1.26'", "")
        .page("subjects/rust.md", "name: Rust", "")
        .page("a.md", "title: 'Golang vs Rust: which'", "")
        .page("b.md", "title: Go vs Zig", "")
        .page("rust-vs-golang.md", "title: Two languages", "")
        .build();
    let compared = |file: &str| {
        let site = &built.build.site;
        let page = site.pages.iter().find(|page| page.document.below == file).unwrap();
        page.subjects.iter().map(|id| site.subjects.all[*id].id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(compared("a.md"), ["go", "rust"]);
    assert_eq!(compared("b.md"), [""; 0]);
    assert_eq!(compared("rust-vs-golang.md"), ["rust", "go"]);
    assert_eq!(built.ids(), ["mirror-unlinked"]);
}

#[test]
fn a_misspelt_subject_is_told_where_subjects_have_files() {
    let with = |subjects: &str| {
        Project::new()
            .page("subjects/rust.md", "name: Rust", "")
            .page("subjects/python.md", "name: Python\naliases: [rust]", "")
            .page(
                "a.md",
                &format!("title: T\ndescription: x\nverdict: x\nsubjects: {subjects}"),
                "",
            )
            .build()
    };
    assert_eq!(with("[rust, rsut]").ids(), ["unknown-subject", "duplicate-subject"]);
    assert_eq!(with("[rust, zig]").ids(), ["subject-file-missing", "duplicate-subject"]);
    assert_eq!(with("[rust, { id: rsut, name: RSUT }]").ids(), ["duplicate-subject"]);
    let built = Project::new()
        .page("subjects/go.md", "name: Go\naliases: [golang]", "")
        .page("a.md", "title: T\ndescription: x\nverdict: x\nsubjects: [go, golang]", "")
        .build();
    assert_eq!(built.ids(), ["duplicate-subject"]);
}

#[test]
fn an_article_checked_against_an_old_version_is_told() {
    let with = |version: &str| {
        Project::new()
            .page("subjects/go.md", "name: Go\nversion: '1.26'", "")
            .page("a.md", &format!("title: T\nverdict: x\nsubjects: [{{ id: go, version: {version} }}, {{ id: rust, name: Rust }}]"), "Text.")
            .build()
    };
    assert_eq!(with("1.25").ids(), ["version-behind"]);
    assert_eq!(with("1.26").ids(), [""; 0]);
}

#[test]
fn the_address_that_reads_the_other_way_round_leads_to_the_article() {
    let built = build(GOOD, "");
    assert!(built.text("compare/rust-vs-go/index.html").contains("/compare/go-vs-rust/"));
    assert!(!built.text("sitemap.xml").contains("rust-vs-go"));
}

#[test]
fn a_mirror_is_in_no_list_and_names_its_original_as_canonical() {
    let built = project(GOOD, "")
        .page("compare/rust-vs-go.md", "title: Rust vs Go\nmirror_of: go-vs-rust", "The same.")
        .clean();
    let html = built.text("compare/rust-vs-go/index.html");
    assert!(html.contains("rel=\"canonical\" href=\"http://localhost/compare/go-vs-rust/\""));
    for list in ["compare/index.html", "sitemap.xml", "atom.xml"] {
        assert!(!built.text(list).contains("rust-vs-go"), "{list}");
    }
}

#[test]
fn two_articles_on_one_pair_lead_to_each_other() {
    let second = "title: Rust vs Go\nsubjects: [rust, go]\nverdict: x";
    let built = project(GOOD, "").page("compare/rust-vs-go.md", second, "Another.").build();
    assert_eq!(built.ids(), ["mirror-unlinked"]);
    let html = built.text("compare/rust-vs-go/index.html");
    assert!(html.contains("another view") && html.contains("href=\"/compare/go-vs-rust/\""));
    let built = project(GOOD, "")
        .page("compare/rust-vs-go.md", &format!("{second}\nmirror_of: nowhere"), "")
        .build();
    assert_eq!(built.ids(), ["dead-link"]);
}

#[test]
fn every_number_of_the_page_stands_in_its_markdown() {
    let body = "Text[^run] with 42.\n\n<!--benchmarks-->\n\n[Here](../b.md), [there][b].\n\n[b]: ../b.md\n";
    let built = project(GOOD, body).page("b.md", "title: B", "").build();
    let page = built.text("compare/go-vs-rust/index.html");
    let text = page.split("<main").nth(1).unwrap().split("<footer class=\"end\">").next().unwrap();
    let markdown = built.text("compare/go-vs-rust/index.html.md");
    let mut numbers = 0;
    for number in plain(text).split(|c: char| !(c.is_ascii_digit() || c == '.')) {
        let number = number.trim_matches('.');
        if !number.is_empty() {
            // The time to read is the page's, not the article's.
            assert!(
                markdown.contains(number) || text.contains(&format!("{number} minute")),
                "{number}\n{markdown}"
            );
            numbers += 1;
        }
    }
    assert!(numbers > 8, "{numbers}");
    assert!(markdown.contains("[Here](http://localhost/b/), [there][b]."));
    assert!(markdown.contains("[b]: http://localhost/b/"));
    assert!(markdown.contains(
        "| Time | 1.8\u{a0}s | 28\u{a0}s | lower | Go, 16× better | Go is ~15× faster. |"
    ));
    assert!(page.contains(
        "<link rel=\"alternate\" type=\"text/markdown\" href=\"/compare/go-vs-rust/index.html.md\">"
    ));
    assert!(built.text("llms.txt").contains(
        "- [Go vs Rust](http://localhost/compare/go-vs-rust/index.html.md): A short one."
    ));
    assert!(built.text("llms-full.txt").contains(markdown));
}

#[test]
fn tables_in_markdown_have_no_empty_columns_and_say_nothing_twice() {
    let front = "title: T
subjects: [go, rust]
verdict: x
dimensions:
  - { name: Builds, cells: { go: Quick, rust: Slow }, note: From nothing. }
  - { name: Hiring, text: Both. }
benchmarks:
  - name: Start
    environment: 2 cores
    sources: [run]
    setup: { go: gc, rust: rustc }
    metrics: [{ name: Time, unit: s, values: { go: 1 } }]
sources: [{ id: run, title: Run }]";
    let built = build(front, "");
    let text = built.text("compare/go-vs-rust/index.html.md");
    let blocks = &text[text.find("## Side").unwrap()..];
    snapbox::assert_data_eq!(
        blocks,
        str![[r#"
## Side by side

| Dimension | Go | Rust | Both | Note |
| --- | --- | --- | --- | --- |
| Builds | Quick | Slow |  | From nothing. |
| Hiring |  |  | Both. |  |

## Measured

### Start

- Go: gc
- Rust: rustc

| Metric | Go | Rust |
| --- | --- | --- |
| Time | 1 s | not measured |

Measured on 2 cores. Source: [1].

## Sources

1. Run

"#]]
    );
}

/// The text of HTML without tags, styles and scripts.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn data_says_what_the_page_says() {
    let built = build(&GOOD.replace("rust: 28 }", "rust: [26, 28] }"), "");
    let data: serde_json::Value =
        serde_json::from_str(built.text("compare/go-vs-rust/data.json")).unwrap();
    assert_eq!(data["version"], 1);
    assert_eq!(data["subjects"][1]["version"], "1.89");
    assert_eq!(data["edges"], serde_json::json!({"go": 1, "rust": 1}));
    let metric = &data["benchmarks"][0]["metrics"][0];
    assert_eq!(metric["values"], serde_json::json!({"go": 1.8, "rust": [26, 28]}));
    assert_eq!(metric["best"], serde_json::json!(["go"]));
    assert_eq!(metric["ratio"], 15.0);
    let index: serde_json::Value = serde_json::from_str(built.text("index.json")).unwrap();
    assert_eq!(index["comparisons"][0]["subjects"], serde_json::json!(["go", "rust"]));
    assert_eq!(index["subjects"][0]["name"], "Go");
    let html = built.text("compare/go-vs-rust/index.html");
    assert!(html.contains("\"citation\":[{\"@type\":\"CreativeWork\",\"name\":\"The script\""));
}
