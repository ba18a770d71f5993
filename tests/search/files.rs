use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use versus::search::KEPT;
use versus::terms::{Role, words};

use crate::project::Built;
use crate::{Project, own, shard};

fn site() -> Project {
    Project::new()
        .config("title: S\nbase_url: https://e.org/s/\ntaxonomies: [tags, authors]")
        .page(
            "compare/go-vs-rust.md",
            "title: Go vs Rust\ndate: 2026-01-02\ntags: [Languages]\nsubjects: [go, rust]\n\
             authors: [Ada]\ndescription: Two languages.\n\
             sources: [{ id: s, title: Elsewhere, url: 'https://e.org/' }]\n\
             verdict: { pick: depends, text: 'Neither **always**.[^s]' }\n\
             dimensions: [{ name: Memory, edge: rust, cells: { go: Collected, rust: Owned } }]\n\
             benchmarks: [{ name: Start, environment: a laptop, date: 2026-01-01, sources: [s], method: m, \
             metrics: [{ name: Time, unit: ms, better: lower, values: { go: 9, rust: 3 } }] }]",
            "Before any *heading*.[^s]\n\n## Garbage & <b>co</b>\n\nIt is collected.\n\n\
             ```go\nvar gathered = 1\n```\n\n### Below {#own}\n\nMore.\n",
        )
        .page("compare/c.md", "title: \"C & \\\"D\\\"\"\ndate: 2026-01-01\ntags: [Languages, x]", "Text of c.")
        .page("subjects/go.md", "name: Go", "A language.")
        .page("subjects/rust.md", "name: Rust", "Another.")
        .page("hidden.md", "title: Hidden\nnoindex: true", "secretword")
        .page("elsewhere.md", "title: Elsewhere\ncanonical: https://e.org/", "secretword")
        .page("draft.md", "title: Draft\ndraft: true", "secretword")
        .page("compare/rust-vs-go.md", "title: Rust vs Go\nmirror_of: go-vs-rust", "secretword")
}

fn json(built: &Built, path: &str) -> Value {
    serde_json::from_str(built.text(path)).unwrap()
}

/// Every word of the index with its pages' addresses.
fn index(built: &Built) -> BTreeMap<String, Vec<String>> {
    let head = json(built, "search/index.json");
    let shards = head["shards"].as_array().unwrap();
    let mut all = BTreeMap::new();
    for at in 0..shards.len() {
        let read = shard::read(&built.files[&format!("search/terms-{at}.bin")], KEPT);
        for word in read.words {
            let url = |page: usize| {
                let page = json(built, &format!("search/pages/{page}.json"));
                page["url"].as_str().unwrap().to_owned()
            };
            let pages = word.postings.iter().map(|(page, _)| url(*page)).collect();
            all.insert(word.text, pages);
        }
    }
    all
}

#[test]
fn the_words_of_texts_are_cut_by_rules_that_a_file_holds() {
    let cases: Value =
        serde_json::from_str(&std::fs::read_to_string(own("tests/words.json")).unwrap()).unwrap();
    for case in cases.as_array().unwrap() {
        let mut found = Vec::new();
        words(case[0].as_str().unwrap(), |word, role| match role {
            Role::Whole => found.push(json!(word)),
            Role::Piece => found.push(json!([word])),
        });
        assert_eq!(Value::from(found), case[1], "{}", case[0]);
    }
}

#[test]
fn a_word_leads_to_the_pages_that_have_it() {
    let built = site().clean();
    let index = index(&built);
    let pages = |word: &str| index.get(word).map(Vec::as_slice).unwrap_or_default().join(" ");
    assert_eq!(pages("memory"), "/s/compare/go-vs-rust/");
    assert_eq!(pages("gathered"), "/s/compare/go-vs-rust/");
    assert_eq!(pages("language"), "/s/subjects/go/ /s/compare/c/ /s/compare/go-vs-rust/");
    assert_eq!(pages("languages"), "");
    assert_eq!(pages("go vs"), "");
}

#[test]
fn a_search_can_be_narrowed_by_subject_and_by_every_taxonomy_but_authors() {
    let built = site().clean();
    let facets = &json(&built, "search/index.json")["facets"];
    assert_eq!(
        *facets,
        json!([
            { "name": "subject", "title": "Subject", "values": [["go", "Go", 2], ["rust", "Rust", 2]] },
            { "name": "tags", "title": "Tags", "values": [["languages", "Languages", 2], ["x", "x", 1]] },
        ])
    );
    let index = index(&built);
    assert_eq!(index["subject:go"], ["/s/subjects/go/", "/s/compare/go-vs-rust/"]);
    assert_eq!(index["tags:languages"], ["/s/compare/c/", "/s/compare/go-vs-rust/"]);
    assert!(index.keys().all(|word| !word.starts_with("authors")));
}

#[test]
fn only_pages_that_lists_name_are_found() {
    for project in [site(), site().drafts()] {
        let built = project.clean();
        assert!(!index(&built).contains_key("secretword"));
        assert_eq!(json(&built, "search/index.json")["pages"], 4);
        let list = built.text("search/index.html");
        for (path, is_listed) in [("compare/c", true), ("hidden", false), ("draft", false)] {
            assert_eq!(list.contains(&format!("href=\"/s/{path}/\"")), is_listed, "{path}");
        }
    }
}

#[test]
fn a_page_is_shown_by_its_sections_as_plain_text() {
    let built = site().clean();
    let pages = 0..4;
    let pages = pages.map(|page| json(&built, &format!("search/pages/{page}.json")));
    let page = pages.into_iter().find(|page| page["url"] == "/s/compare/go-vs-rust/").unwrap();
    assert_eq!(
        page["sections"],
        json!([
            ["", "", "Two languages. Before any heading."],
            ["verdict", "The short answer", "Neither always."],
            ["garbage--co", "Garbage & co", "It is collected. var gathered = 1"],
            ["own", "Below", "More."],
            ["d-memory", "Side by side: Memory", "Go: Collected Rust: Owned"],
            ["b-start", "Measured: Start", "Time: Go 9\u{a0}ms, Rust 3\u{a0}ms. m a laptop"],
        ])
    );
    let html = built.text("compare/go-vs-rust/index.html");
    for section in page["sections"].as_array().unwrap() {
        let id = section[0].as_str().unwrap();
        assert!(id.is_empty() || html.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn what_stands_in_a_shortcode_is_shown_where_it_stands() {
    let built = Project::new()
        .file("templates/shortcodes/note.html", "<aside>{{ inner }}</aside>")
        .page(
            "a.md",
            "title: A",
            "# A\n\nLead.\n\n## One\n\n{{< note >}}\n## Within\n\nInner *text*.\n{{< /note >}}\n\nEnd.\n\n## Two\n\nLast.\n",
        )
        .clean();
    assert_eq!(
        json(&built, "search/pages/0.json")["sections"],
        json!([
            ["", "", "Lead."],
            ["one", "One", "Within Inner text. End."],
            ["two", "Two", "Last."]
        ])
    );
}

#[test]
fn code_is_shown_by_its_first_lines() {
    let long = "let line = of_code;\n".repeat(40);
    let built =
        Project::new().page("a.md", "title: A", &format!("```rust\n{long}```\n\nEnd.")).clean();
    let page = json(&built, "search/pages/0.json");
    let text = page["sections"][0][2].as_str().unwrap();
    assert!(
        text.ends_with("let line = of_code; End.") || text.ends_with("of_code;\nEnd."),
        "{text}"
    );
    assert!(text.len() < 450, "{text}");
}

#[test]
fn the_index_is_cut_into_shards_that_its_head_finds() {
    let mut project = Project::new();
    for page in 0..40 {
        let words: Vec<String> =
            (0..400).map(|at| format!("w{}x{at}", (page * 7 + at) % 900)).collect();
        project =
            project.page(&format!("p{page}.md"), &format!("title: P{page}"), &words.join(" "));
    }
    let built = project.clean();
    let head = json(&built, "search/index.json");
    let firsts: Vec<&str> =
        head["shards"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
    assert!(firsts.len() > 5 && firsts.is_sorted(), "{firsts:?}");
    let mut before = String::new();
    for (at, first) in firsts.iter().enumerate() {
        let bytes = &built.files[&format!("search/terms-{at}.bin")];
        assert!(bytes.len() < 16 << 10, "{}", bytes.len());
        let read = shard::read(bytes, KEPT);
        for word in &read.words {
            assert!(before < word.text && *first <= word.text.as_str(), "{before} {}", word.text);
            before.clone_from(&word.text);
        }
        if let Some(next) = firsts.get(at + 1) {
            assert!(before.as_str() < *next, "{before} {next}");
        }
        for (prefix, best) in &read.prefixes {
            assert!(before.starts_with(prefix) && best.iter().all(|word| word.starts_with(prefix)));
        }
    }
}

#[test]
fn a_mistyped_word_is_looked_for_among_those_of_titles_and_headings() {
    let built = site().clean();
    let words = json(&built, "search/words.json");
    let words: BTreeSet<&str> =
        words.as_array().unwrap().iter().map(|w| w.as_str().unwrap()).collect();
    assert!(words.contains("garbage") && words.contains("rust") && words.contains("memory"));
    assert!(!words.contains("gathered") && !words.contains("go"));
}

#[test]
fn the_version_changes_with_the_texts_and_with_nothing_else() {
    let version = |project: Project| json(&project.clean(), "search/index.json")["version"].clone();
    let page = |body| Project::new().page("a.md", "title: A", body);
    assert_eq!(version(page("one two")), version(page("one two").file("static/x.txt", "x")));
    assert_ne!(version(page("one two")), version(page("two one")));
}

#[test]
fn the_search_page_lists_every_article_by_letter() {
    let mut project = Project::new()
        .page("z.md", "title: Über", "")
        .page("zed.md", "title: Zed", "")
        .page("n.md", "title: 3 things", "");
    for page in 0..600 {
        project = project.page(&format!("p{page}.md"), &format!("title: Page {page:03}"), "");
    }
    let built = project.clean();
    let (one, two) = (built.text("search/index.html"), built.text("search/page/2/index.html"));
    for (id, letter) in [("l-0", "0–9"), ("l-P", "P")] {
        assert!(one.contains(&format!("id=\"{id}\">\n<h2>{letter}</h2>")), "{one}");
    }
    assert!(one.contains("Page 000</a>") && !one.contains("Page 599</a>"));
    assert!(two.contains("Page 599</a>") && two.contains("Über</a>"));
    let order = ["Page 599", "Über", "Zed"].map(|title| two.find(title).unwrap());
    assert!(order.is_sorted(), "{two}");
    assert!(one.contains("<a href=\"/search/page/2/#l-U\">U</a>"), "{one}");
    assert!(one.contains("noindex") && !built.text("sitemap.xml").contains("/search/"));
}

#[test]
fn a_site_can_do_without_a_search() {
    let built = Project::new().config("search: false").page("a.md", "title: A", "").clean();
    assert!(!built.files.keys().any(|path| path.starts_with("search/")));
    assert!(!built.text("a/index.html").contains("data-search"));
    let with = Project::new().page("a.md", "title: A", "").clean();
    assert!(with.text("a/index.html").contains("class=\"tool\" href=\"/search/\""));
}

#[test]
fn an_edit_changes_the_shards_of_its_words_and_no_others() {
    let text = |page: usize| -> String {
        (0..80).map(|at| format!("{at}word{} ", (page * 37 + at * at * 11) % 4_000)).collect()
    };
    let built = |own: &str| {
        let project = Project::new().config("title: S\nbase_url: https://e.org/");
        let page = |project: Project, at| {
            project.page(&format!("{at}.md"), &format!("title: Page {at}"), &text(at))
        };
        (0..300).fold(project, page).page("own.md", "title: Own", own).clean()
    };
    let (before, after) = (built(&text(301)), built(&format!("{} 3new", text(301))));
    let shards: Vec<_> =
        before.files.iter().filter(|(path, _)| path.starts_with("search/terms-")).collect();
    let changed = shards.iter().filter(|(path, bytes)| after.files[*path] != **bytes).count();
    assert!(shards.len() > 10, "{}", shards.len());
    assert!((1..4).contains(&changed), "{changed} of {}", shards.len());
}
