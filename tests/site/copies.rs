//! Copies of the site for programs, and what is left out where it is not wanted.

use std::collections::{BTreeMap, BTreeSet};

use snapbox::str;

use crate::hubs::three_with;
use crate::project::{Built, Project};

/// Three comparisons, a subject with a file and two without, a page beside which
/// nothing stands, and tags.
fn site(config: &str) -> Project {
    three_with(&format!("base_url: https://e.org/s/\n{config}"))
        .page("notes/a.md", "title: A\ndescription: One.\ndate: 2026-02-01\ntags: [x]", "Hi.")
        .page("notes/b.md", "title: B\ndescription: Two.\nurl: /b.html\ntags: [x]", "Ho.")
}

const MARKDOWN: [&str; 7] = [
    "compare/go-vs-rust/index.html.md",
    "compare/rust-vs-zig/index.html.md",
    "compare/zig-vs-go/index.html.md",
    "notes/a/index.html.md",
    "subjects/go/index.html.md",
    "subjects/rust/index.html.md",
    "subjects/zig/index.html.md",
];
const DATA: [&str; 4] = [
    "compare/go-vs-rust/data.json",
    "compare/rust-vs-zig/data.json",
    "compare/zig-vs-go/data.json",
    "index.json",
];

/// What `less` lacks of what `all` has.
fn lacking(all: &Built, less: &Built) -> BTreeSet<String> {
    let (all, less): (BTreeSet<&String>, BTreeSet<&String>) =
        (all.files.keys().collect(), less.files.keys().collect());
    assert!(less.is_subset(&all), "{:?}", less.difference(&all));
    all.difference(&less).map(|path| (*path).clone()).collect()
}

fn set<'a>(paths: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    paths.into_iter().map(str::to_owned).collect()
}

/// The files that both have, without the lines of `all` in which one of `marks`
/// stands.
fn without_lines(all: &Built, less: &Built, marks: &[&str]) -> BTreeMap<String, String> {
    let shared = all.files.iter().filter(|(path, _)| less.has(path));
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let lines = text.split_inclusive('\n');
        lines.filter(|line| !marks.iter().any(|mark| line.contains(mark))).collect()
    };
    shared.map(|(path, bytes)| (path.clone(), text(bytes))).collect()
}

fn texts(built: &Built) -> BTreeMap<String, String> {
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    built.files.iter().map(|(path, bytes)| (path.clone(), text(bytes))).collect()
}

const LINK_TO_MARKDOWN: &str = "<link rel=\"alternate\" type=\"text/markdown\"";
const LINK_TO_DATA: &str = "<link rel=\"alternate\" type=\"application/json\"";

#[test]
fn every_article_and_hub_names_its_copies() {
    let built = site("").clean();
    for path in MARKDOWN {
        let page = built.text(path.trim_end_matches(".md"));
        assert!(page.contains(&format!("{LINK_TO_MARKDOWN} href=\"/s/{path}\">")), "{path}");
    }
    for path in &DATA[..3] {
        let page = built.text(&path.replace("data.json", "index.html"));
        assert!(page.contains(&format!("{LINK_TO_DATA} href=\"/s/{path}\">")), "{path}");
    }
    assert!(built.has("llms.txt") && built.has("llms-full.txt") && built.has("index.json"));
}

#[test]
fn without_markdown_all_else_is_as_it_was_and_nothing_leads_to_it() {
    let (all, less) = (site("").clean(), site("outputs: { markdown: false }").clean());
    assert_eq!(lacking(&all, &less), set(MARKDOWN.into_iter().chain(["llms-full.txt"])));
    let mut expected = without_lines(&all, &less, &[LINK_TO_MARKDOWN]);
    let llms = expected.remove("llms.txt").unwrap();
    let mut found = texts(&less);
    let pages = found.remove("llms.txt").unwrap();
    assert_eq!(found, expected);
    for line in llms.lines() {
        assert!(pages.contains(&line.replace("index.html.md", "")), "{line}\n{pages}");
    }
    assert!(
        !less.files.values().any(|bytes| bytes.windows(13).any(|part| part == b"index.html.md"))
    );
}

#[test]
fn without_markdown_llms_txt_links_to_every_page_itself() {
    site("outputs: { markdown: false }").clean().html(
        "llms.txt",
        str![[r#"
# versus

## Compare

- [go vs rust](https://e.org/s/compare/go-vs-rust/): Which of the two.
- [rust vs zig](https://e.org/s/compare/rust-vs-zig/): Which of the two.
- [zig vs go](https://e.org/s/compare/zig-vs-go/): Which of the two.

## Notes

- [A](https://e.org/s/notes/a/): One.
- [B](https://e.org/s/b.html): Two.

## Subjects

- [Go](https://e.org/s/subjects/go/): Prose.
- [Rust](https://e.org/s/subjects/rust/): Rust in 2 comparisons, against Go and Zig.
- [Zig](https://e.org/s/subjects/zig/): Zig in 2 comparisons, against Go and Rust.

"#]],
    );
}

#[test]
fn without_data_all_else_is_as_it_was_and_nothing_leads_to_it() {
    let (all, less) = (site("").clean(), site("outputs: { data: false }").clean());
    assert_eq!(lacking(&all, &less), set(DATA));
    assert_eq!(texts(&less), without_lines(&all, &less, &[LINK_TO_DATA]));
}

#[test]
fn without_lists_for_language_models_all_else_is_as_it_was() {
    let (all, less) = (site("").clean(), site("outputs: { llms: false }").clean());
    assert_eq!(lacking(&all, &less), set(["llms.txt", "llms-full.txt"]));
    assert_eq!(texts(&less), without_lines(&all, &less, &[]));
}

#[test]
fn false_turns_all_copies_off_and_true_none() {
    let (all, less) = (site("").clean(), site("outputs: false").clean());
    let lists = ["llms.txt", "llms-full.txt"];
    assert_eq!(lacking(&all, &less), set(MARKDOWN.into_iter().chain(DATA).chain(lists)));
    assert_eq!(texts(&less), without_lines(&all, &less, &[LINK_TO_MARKDOWN, LINK_TO_DATA]));
    assert_eq!(all.files, site("outputs: true").clean().files);
}

#[test]
fn templates_see_nothing_of_a_copy_that_is_not_made() {
    let built = |config: &str| {
        site(config)
            .file("templates/page.html", "{{ page.markdown or '-' }} {{ page.data or '-' }}")
            .file("templates/subject.html", "{{ subject.markdown or '-' }}")
            .clean()
    };
    let (all, none) = (built(""), built("outputs: false"));
    let of = |built: &Built, path: &str| built.text(path).to_owned();
    let article = "compare/go-vs-rust/index.html";
    let beside = "/s/compare/go-vs-rust/index.html.md /s/compare/go-vs-rust/data.json";
    assert_eq!([of(&all, article), of(&none, article)], [beside, "- -"]);
    for hub in ["subjects/go/index.html", "subjects/rust/index.html"] {
        assert_eq!([of(&all, hub), of(&none, hub)], [format!("/s/{hub}.md"), "-".to_owned()]);
    }
}

#[test]
fn a_link_to_a_copy_that_is_not_made_is_dead() {
    let links = "[a](/compare/go-vs-rust/data.json) [b](/notes/a/index.html.md) [c](/llms.txt)";
    let linked = |config: &str| site(config).page("c.md", "title: C\ndescription: See.", links);
    linked("").clean();
    linked("outputs: false").problems(str![[r#"
warning[dead-link]: no page or file at `/compare/go-vs-rust/data.json`
 --> content/c.md:5:1
  |
5 | [a](/compare/go-vs-rust/data.json) [b](/notes/a/index.html.md) [c](/llms.txt)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

warning[dead-link]: no page `/notes/a/index.html.md`
 --> content/c.md:5:36
  |
5 | [a](/compare/go-vs-rust/data.json) [b](/notes/a/index.html.md) [c](/llms.txt)
  |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^

warning[dead-link]: no page or file at `/llms.txt`
 --> content/c.md:5:64
  |
5 | [a](/compare/go-vs-rust/data.json) [b](/notes/a/index.html.md) [c](/llms.txt)
  |                                                                ^^^^^^^^^^^^^^


"#]]);
}

#[test]
fn a_file_of_ones_own_is_published_and_linked_to_all_the_same() {
    let built = site("outputs: false")
        .file("static/llms.txt", "own")
        .page("c.md", "title: C\ndescription: See.", "[own](/llms.txt)")
        .clean();
    assert_eq!(built.text("llms.txt"), "own");
    assert!(built.text("c/index.html").contains("href=\"/s/llms.txt\""));
}

#[test]
fn an_unknown_output_names_the_nearest_one() {
    Project::new()
        .config("outputs: { markdwon: false }")
        .page("a.md", "title: A\ndescription: One.", "")
        .problems(str![[r#"
error[unknown-key]: unknown key `markdwon`
 --> versus.yaml:1:12
  |
1 | outputs: { markdwon: false }
  |            ^^^^^^^^
  = help: did you mean `markdown`?


"#]]);
}

#[test]
fn without_search_its_script_and_styles_are_left_out() {
    let (all, less) = (site("").clean(), site("search: false").clean());
    let gone = lacking(&all, &less);
    assert!(gone.contains("search.js") && gone.contains("search.css"), "{gone:?}");
    assert!(gone.iter().all(|path| path.starts_with("search")), "{gone:?}");
    for (path, text) in texts(&less).iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!text.contains("search.js") && !text.contains("/search/"), "{path}:\n{text}");
    }
}

#[test]
fn without_search_files_of_ones_own_that_are_named_like_its_stay() {
    let built = site("search: false").file("static/search.css", "a{}").clean();
    assert_eq!(built.text("search.css"), "a{}");
    assert!(!built.has("search.js"));
}

#[test]
fn without_feeds_nothing_is_made_for_them() {
    let (all, less) = (site("").clean(), site("feeds: { limit: 0 }").clean());
    let gone = lacking(&all, &less);
    let is_feed = |path: &String| path.ends_with("atom.xml") || path.ends_with("feed.json");
    assert!(gone.iter().all(is_feed), "{gone:?}");
    assert!(
        ["atom.xml", "tags/x/feed.json", "subjects/rust/atom.xml"]
            .iter()
            .all(|path| gone.contains(*path)),
        "{gone:?}"
    );
    for (path, text) in texts(&less) {
        for mark in ["atom.xml", "feed.json", "application/atom+xml", "application/feed+json"] {
            assert!(!text.contains(mark), "{path} says `{mark}`");
        }
    }
}
