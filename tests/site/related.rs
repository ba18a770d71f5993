//! Pages to read next: which, why, and what authors say of them.

use snapbox::str;
use versus::related::Reason;

use crate::project::{Built, Project};

/// Six comparisons over four languages, and two pages on something else.
fn site() -> Project {
    let body = |words: &str| format!("A text on {words}. Again: {words}.");
    Project::new()
        .page("go-vs-rust.md", "title: Go vs Rust", &body("goroutines and borrow checkers"))
        .page("go-vs-zig.md", "title: Go vs Zig", &body("goroutines and comptime"))
        .page("go-vs-java.md", "title: Go vs Java", &body("goroutines and threads"))
        .page("rust-vs-zig.md", "title: Rust vs Zig", &body("borrow checkers and comptime"))
        .page("java-vs-rust.md", "title: Java vs Rust", &body("threads and borrow checkers"))
        .page("java-vs-zig.md", "title: Java vs Zig", &body("threads and comptime"))
        .page("bread.md", "title: Bread\ntags: [baking]", &body("sourdough and ovens"))
        .page("cake.md", "title: Cake\ntags: [baking]", &body("sourdough and sugar"))
        .file("content/subjects/go.md", "---\ntitle: Go\n---\n")
        .file("content/subjects/rust.md", "---\ntitle: Rust\n---\n")
        .file("content/subjects/zig.md", "---\ntitle: Zig\n---\n")
        .file("content/subjects/java.md", "---\ntitle: Java\n---\n")
}

/// The names of the pages related to a page.
fn related(built: &Built, name: &str) -> Vec<String> {
    let site = &built.build.site;
    let page = site.pages.iter().find(|page| page.document.name() == name);
    let related = page.into_iter().flat_map(|page| page.related.iter());
    related.map(|related| site.pages[related.page].document.name().to_owned()).collect()
}

fn limit(project: Project, limit: usize) -> Project {
    project.config(&format!("related: {{ limit: {limit} }}"))
}

#[test]
fn neither_subject_takes_more_than_half_of_the_places() {
    let built = limit(site(), 4).build();
    let mut found = related(&built, "go-vs-rust");
    found.sort();
    assert_eq!(found, ["go-vs-java", "go-vs-zig", "java-vs-rust", "rust-vs-zig"]);
    let built = limit(site(), 2).build();
    let found = related(&built, "go-vs-rust");
    assert_eq!(found.iter().filter(|name| name.contains("go")).count(), 1, "{found:?}");
}

#[test]
fn a_card_says_why() {
    let built = limit(site(), 3).build();
    let html = built.text("bread/index.html");
    assert!(html.contains("both tagged baking · shared terms: sourdough"), "{html}");
    let html = built.text("go-vs-rust/index.html");
    assert!(html.contains("same subject: Go · shared terms: goroutine"), "{html}");
}

#[test]
fn every_page_has_cards_though_nothing_speaks_for_any() {
    let built = Project::new()
        .page("a.md", "title: Apples", "Red.")
        .page("b.md", "title: Bears", "Brown.")
        .page("c.md", "title: Clouds", "White.")
        .page("d.md", "title: Doors", "Green.")
        .config("related: { limit: 2 }")
        .build();
    assert_eq!(related(&built, "b"), ["c", "a"]);
    assert_eq!(related(&built, "a"), ["b", "c"]);
    let first = built.build.site.pages[0].related.iter().next();
    assert_eq!(first.unwrap().why, [Reason::Neighbour]);
}

#[test]
fn pinned_pages_come_first_and_excluded_ones_never() {
    let front =
        "title: Go vs Rust\nrelated: [cake, ./go-vs-java.md]\nrelated_exclude: [/go-vs-zig/]";
    let built = limit(site(), 5).page("go-vs-rust.md", front, "goroutines").build();
    let found = related(&built, "go-vs-rust");
    assert_eq!(found[..2], ["cake", "go-vs-java"]);
    assert!(!found.contains(&"go-vs-zig".to_owned()), "{found:?}");
    assert_eq!(found.len(), 5);
}

#[test]
fn an_author_can_turn_them_off_for_a_page_and_for_the_site() {
    let built = site().page("go-vs-rust.md", "title: Go vs Rust\nrelated: false", "").build();
    assert_eq!(related(&built, "go-vs-rust"), [""; 0]);
    assert!(!related(&built, "go-vs-zig").is_empty());
    let built = limit(site(), 0).build();
    assert_eq!(related(&built, "go-vs-zig"), [""; 0]);
}

#[test]
fn a_pinned_page_that_is_missing_is_an_error_at_its_place() {
    Project::new()
        .page("a.md", "title: A\nrelated:\n  - b\n  - go-vs-rost", "")
        .page("b.md", "title: B", "")
        .page("go-vs-rust.md", "title: Go vs Rust", "")
        .problems(str![[r#"
error[dead-related]: no page `go-vs-rost`
 --> content/a.md:5:5
  |
5 |   - go-vs-rost
  |     ^^^^^^^^^^
  = help: did you mean `go-vs-rust`?


"#]]);
}

#[test]
fn a_pinned_draft_waits_until_it_is_published() {
    let project = || {
        Project::new().page("a.md", "title: A\nrelated: [b]", "").page(
            "b.md",
            "title: B\ndraft: true",
            "",
        )
    };
    assert_eq!(related(&project().clean(), "a"), [""; 0]);
    assert_eq!(related(&project().drafts().clean(), "a"), ["b"]);
}

#[test]
fn mirrors_drafts_and_hidden_pages_are_never_led_to() {
    let built = site()
        .page("zig-vs-go.md", "title: Zig vs Go\nmirror_of: go-vs-zig", "goroutines")
        .page("d.md", "title: Go vs Java again\ndraft: true", "goroutines")
        .page("n.md", "title: Go vs Rust hidden\nnoindex: true", "goroutines")
        .config("related: { limit: 20 }")
        .build();
    for page in &built.build.site.pages {
        let found = related(&built, page.document.name());
        for hidden in ["zig-vs-go", "d", "n", "go", "rust"] {
            assert!(!found.iter().any(|name| name == hidden), "{hidden} in {found:?}");
        }
    }
    assert!(!related(&built, "zig-vs-go").is_empty());
}

#[test]
fn another_view_of_the_same_pair_is_shown_once_and_called_so() {
    let front = "title: Rust against Go\nsubjects: [go, rust]\nlint: { allow: [mirror-unlinked] }";
    let built = site()
        .page("view-1.md", front, "goroutines and borrow checkers")
        .page("view-2.md", front, "goroutines, borrow checkers and prices")
        .build();
    let site = &built.build.site;
    let page = site.pages.iter().find(|page| page.document.name() == "go-vs-rust").unwrap();
    let views: Vec<_> =
        page.related.iter().filter(|related| related.why.contains(&Reason::View)).collect();
    assert_eq!(views.len(), 1);
}

#[test]
fn a_page_that_the_text_names_comes_before_one_that_says_the_same() {
    let project = |text: &str| {
        let filler = "Ovens bake bread and cakes with flour and water every day.";
        let mut project = Project::new()
            .page("one.md", "title: One", &format!("{filler} {text}"))
            .page("get-item.md", "title: Get-Item", "Reads what is there.")
            .page("two.md", "title: Two", filler)
            .config("related: { limit: 1 }");
        for n in 0..12 {
            project = project.page(&format!("x{n}.md"), &format!("title: X{n}"), "Nothing else.");
        }
        project.build()
    };
    assert_eq!(related(&project(""), "one"), ["two"]);
    let built = project("See `Get-Item` for more, and [get-item](get-item.md).");
    let near: Vec<_> =
        built.build.site.pages.iter().map(|page| page.related.iter().count()).collect();
    assert!(near.iter().all(|count| *count == 1));
    let named = related(&project("See `Get-Item`."), "get-item");
    assert_eq!(named, ["one"]);
}

#[test]
fn the_order_of_files_and_dates_changes_nothing() {
    let names = |built: &Built| {
        let pages = built.build.site.pages.iter();
        pages.map(|page| related(built, page.document.name())).collect::<Vec<_>>()
    };
    let dated = |date: &str| {
        let front = format!("title: Go vs Zig\ndate: {date}");
        site().page("go-vs-zig.md", &front, "goroutines and comptime").build()
    };
    assert_eq!(names(&dated("2020-01-01")), names(&dated("2030-01-01")));
}
