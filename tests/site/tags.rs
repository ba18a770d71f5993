//! Lints on terms, and on what leads where.

use crate::project::{Built, Project};

fn tagged(tags: &[&str]) -> Project {
    let pages = tags.iter().enumerate();
    pages.fold(Project::new(), |project, (at, tags)| {
        let front = format!("title: Page {at}\ndescription: One of some.\ntags: [{tags}]");
        project.page(&format!("p{at}.md"), &front, "")
    })
}

/// The messages of one lint.
fn told(built: &Built, lint: &str) -> Vec<String> {
    let problems = built.build.report.problems.iter();
    let of_lint = problems.filter(|problem| problem.diagnostic.lint.id() == lint);
    of_lint.map(|problem| problem.diagnostic.message.clone()).collect()
}

#[test]
fn a_term_of_one_page_is_noted_and_an_author_of_one_is_not() {
    let built = tagged(&["go, rust", "go"])
        .page("a.md", "title: A\nauthors: [Ada]\ntags: [go]", "Text.")
        .build();
    assert_eq!(told(&built, "tag-once"), ["no other page has `rust`"]);
}

#[test]
fn a_term_of_nearly_all_pages_is_noted_where_there_are_many() {
    assert_eq!(told(&tagged(&["go"; 8]).build(), "tag-everywhere"), [""; 0]);
    let built = tagged(&[["go"; 9].as_slice(), &["rust"]].concat()).build();
    assert_eq!(told(&built, "tag-everywhere"), ["`go` stands on 9 of 10 pages"]);
}

#[test]
fn one_term_under_two_names_is_told_where_the_rarer_one_stands() {
    let near = |tags: &[&str]| told(&tagged(tags).build(), "tag-near-duplicate");
    for (tags, message) in [
        (
            ["kubernetes", "kubernetes", "kubernets"],
            "`kubernets` and `kubernetes` look like one term, with 1 and 2 pages",
        ),
        (
            ["container", "containers", "containers"],
            "`container` and `containers` look like one term, with 1 and 2 pages",
        ),
        (
            ["postgre sql", "postgresql", "postgresql"],
            "`postgre sql` and `postgresql` look like one term, with 1 and 2 pages",
        ),
        (["go", "Go", "Go"], "`go` is written `Go` elsewhere"),
        (["big-data", "big data", "big data"], "`big-data` is written `big data` elsewhere"),
    ] {
        assert_eq!(near(&tags), [message], "{tags:?}");
    }
    for tags in [["css", "scss"], ["http2", "http3"], ["react", "preact"], ["go", "gos"]] {
        assert_eq!(near(&tags), [""; 0], "{tags:?}");
    }
}

#[test]
fn a_page_may_say_that_two_terms_differ() {
    let front =
        "title: T\ndescription: D\ntags: [container]\nlint: { allow: [tag-near-duplicate] }";
    let built = tagged(&["containers", "containers"]).page("z.md", front, "").build();
    assert_eq!(told(&built, "tag-near-duplicate"), [""; 0]);
}

/// Pages that have nothing in common, more than cards can lead to.
fn strangers(count: usize) -> Project {
    (0..count).fold(Project::new().config("related: { limit: 1 }"), |project, at| {
        let front =
            format!("title: Page {}\ndescription: One of some.", char::from(b'a' + at as u8));
        project.page(&format!("p{at}.md"), &front, &format!("Word{at} stands here alone."))
    })
}

#[test]
fn a_page_that_only_lists_lead_to_is_an_orphan() {
    let orphans = |project: Project| told(&project.build(), "orphan").len();
    let alone = strangers(6).page("p5.md", "title: Page f\ndescription: D\nrelated: [p0]", "");
    let before = orphans(strangers(6));
    assert!(before > 0);
    assert_eq!(orphans(alone), before - 1);
    let linked = strangers(6).page(
        "all.md",
        "title: Page all\ndescription: D",
        "[a](p0.md) [b](p1.md) [c](p2.md) [d](p3.md) [e](p4.md) [f](p5.md)",
    );
    let report = linked.build();
    let named: Vec<_> = report
        .build
        .report
        .problems
        .iter()
        .filter(|problem| problem.diagnostic.lint.id() == "orphan")
        .map(|problem| problem.file.as_ref().unwrap().to_string())
        .collect();
    assert!(named.iter().all(|file| file == "content/all.md"), "{named:?}");
}

#[test]
fn pages_in_reading_order_in_the_menu_or_without_cards_are_no_orphans() {
    let orphans = |project: Project| told(&project.build(), "orphan");
    let weights = (0..6).fold(strangers(0), |project, at| {
        let front = format!("title: Page {at}\ndescription: D\nweight: {at}");
        project.page(&format!("p{at}.md"), &front, &format!("Word{at} alone."))
    });
    assert_eq!(orphans(weights), [""; 0]);
    assert_eq!(orphans(strangers(6).config("related: { limit: 0 }")), [""; 0]);
}

#[test]
fn two_pages_that_say_the_same_are_told_once() {
    let words = |seed: usize| {
        let word = |at: usize| format!("w{}", (at * at * seed + at * 7919 + seed * 613) % 4001);
        (0..400).map(word).collect::<Vec<_>>().join(" ")
    };
    let filler = (2..30).fold(Project::new(), |project, at| {
        project.page(&format!("x{at}.md"), &format!("title: X{at}"), &words(at))
    });
    let text = words(1);
    let built = filler
        .page("a.md", "title: First", &text)
        .page("b.md", "title: Second", &format!("{text} And a little more."))
        .build();
    let told = told(&built, "near-duplicate");
    assert_eq!(told.len(), 1, "{}", built.short());
    assert!(told[0].starts_with("says nearly the same as `content/a.md`"), "{told:?}");
}

/// Two comparisons with Go, which goes by another name too, and two other pages.
fn with_subject() -> Project {
    Project::new()
        .page("subjects/go.md", "title: Go\naliases: [golang]\ncategory: Languages", "")
        .page(
            "go-vs-rust.md",
            "title: Go vs Rust\nsubjects: [go, rust]\ndate: 2026-01-02\ntags: [speed, memory]",
            "x",
        )
        .page(
            "go-vs-zig.md",
            "title: Go vs Zig\nsubjects: [go, zig]\ndate: 2026-01-03\ntags: [speed, memory]",
            "x",
        )
        .page("a.md", "title: Channels\ndate: 2026-01-04\ntags: [golang, speed]", "x")
        .page("b.md", "title: Pools\ntags: [Go, memory]", "x")
}

#[test]
fn a_tag_that_is_a_subject_leads_to_its_page_and_has_none_of_its_own() {
    let built = with_subject().build();
    assert!(!built.has("tags/go/index.html") && !built.has("tags/golang/index.html"));
    assert!(built.text("a/index.html").contains("href=\"/subjects/go/\""));
    let overview = built.text("tags/index.html");
    assert!(overview.contains("<a href=\"/subjects/go/\">Go<small>2</small></a>"), "{overview}");
    let hub = built.text("subjects/go/index.html");
    assert!(hub.contains("href=\"/a/\"") && hub.contains("href=\"/b/\""), "{hub}");
    assert_eq!(told(&built, "tag-near-duplicate"), ["`golang` is written `Go` elsewhere"]);
}

#[test]
fn a_term_names_those_that_most_often_stand_beside_it() {
    let built = with_subject().build();
    let html = built.text("tags/speed/index.html");
    let together = html.split_once("Often together").unwrap().1;
    let memory = together.find("href=\"/tags/memory/\">memory<small>2</small>").unwrap();
    let go = together.find("href=\"/subjects/go/\">Go<small>1</small>").unwrap();
    assert!(memory < go, "{together}");
}

#[test]
fn terms_and_subjects_have_feeds_of_their_newest_pages() {
    let built = with_subject().build();
    let atom = built.text("tags/speed/atom.xml");
    let at = |title: &str| atom.find(title).unwrap_or_else(|| panic!("{title} in {atom}"));
    assert!(at("<title>speed · versus</title>") < at("<title>Channels</title>"));
    assert!(at("<title>Channels</title>") < at("<title>Go vs Zig</title>"));
    assert!(at("<id>http://localhost/tags/speed/</id>") > 0);
    let json: serde_json::Value =
        serde_json::from_str(built.text("subjects/go/feed.json")).unwrap();
    assert_eq!(json["title"], "Go · versus");
    assert_eq!(json["items"].as_array().unwrap().len(), 2);
    for page in ["tags/speed/index.html", "subjects/go/index.html"] {
        let folder = page.trim_end_matches("index.html");
        assert!(built.text(page).contains(&format!("href=\"/{folder}atom.xml\"")), "{page}");
    }
    // Without a date there is no news, and of one page no list.
    let none = with_subject().page("c.md", "title: C\ntags: [lonely]", "").build();
    assert!(!none.has("tags/lonely/atom.xml"));
    assert!(!with_subject().config("feeds: { limit: 0 }").build().has("tags/speed/atom.xml"));
}
