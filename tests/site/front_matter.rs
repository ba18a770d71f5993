use snapbox::str;

use crate::Project;

#[test]
fn every_wrong_value_is_reported_at_once_and_at_its_place() {
    Project::new()
        .page("a.md", "title: A\ndate: soon\nweight: heavy\ntags: [a, {b: c}]\ndraft: maybe", "")
        .problems(str![[r#"
error[date-invalid]: `date` is not a date that can be read
 --> content/a.md:3:7
  |
3 | date: soon
  |       ^^^^
  = help: write it as `2026-03-02`, `2026-03-02 09:30`, `2026/03/02` or `2026-03-02T09:30:00+01:00`

error[front-matter-invalid]: `weight` should be a whole number, not a text
 --> content/a.md:4:9
  |
4 | weight: heavy
  |         ^^^^^

error[front-matter-invalid]: `tags` should be a text or a list of texts, not a map
 --> content/a.md:5:11
  |
5 | tags: [a, {b: c}]
  |           ^^^^^

error[front-matter-invalid]: `draft` should be `true` or `false`, not a text
 --> content/a.md:6:8
  |
6 | draft: maybe
  |        ^^^^^


"#]]);
}

#[test]
fn a_slip_of_a_known_key_is_a_warning_and_other_keys_are_the_templates() {
    let built = Project::new()
        .file("templates/page.html", "{{ page.extra.more_link }}")
        .page("a.md", "title: A\ndescripton: D\nmore_link: yes please", "")
        .problems(str![[r#"
warning[key-nearly-known]: the key `descripton` means nothing here
 --> content/a.md:3:1
  |
3 | descripton: D
  | ^^^^^^^^^^
  = help: did you mean `description`? a key of your own belongs under `extra:`


"#]]);
    assert_eq!(built.text("a/index.html"), "yes please");
}

#[test]
fn synonyms_of_other_generators_are_read() {
    let built = Project::new()
        .file(
            "templates/page.html",
            "{{ page.url }} {{ page.updated }} {{ page.summary }} {{ page.head.canonical }} {{ page.authors | join(sep=\"+\") }}",
        )
        .page(
            "a.md",
            "title: A\npermalink: /x/\nlastmod: 2026-02-01\nexcerpt: E\ncanonicalURL: https://e.org/\nauthor: Me",
            "",
        )
        .file("content/b.md", "+++\nTitle = \"B\"\nTags = [\"go\"]\nurl = \"/y/\"\ndate = 2026-01-02\n[taxonomies]\nauthors = [\"You\"]\n+++\n")
        .clean();
    assert_eq!(built.text("x/index.html"), "/x/ 2026-02-01 E https://e.org/ Me");
    assert!(built.text("y/index.html").starts_with("/y/"));
    assert!(built.text("y/index.html").ends_with("You"));
    assert!(built.has("tags/go/index.html") && built.has("authors/me/index.html"));
}

#[test]
fn an_empty_text_is_as_good_as_no_key() {
    let built = Project::new()
        .file("templates/page.html", "{{ page.title }}|{{ page.summary }}")
        .page(
            "some-name.md",
            "title: ''\nurl: ''\nslug: ''\ndate: ''\nweight: ''\ndraft: ''\nimage: ''",
            "x",
        )
        .clean();
    assert_eq!(built.text("some-name/index.html"), "Some name|x");
}

#[test]
fn numbers_keep_the_form_they_were_written_in() {
    let built = Project::new()
        .file("templates/page.html", "{{ page.title }}|{{ page.taxonomies[0].terms[0].title }}")
        .page("a.md", "title: 1.90\ntags: [2.10]", "")
        .clean();
    assert_eq!(built.text("a/index.html"), "1.90|2.10");
}

#[test]
fn a_key_that_stands_twice_is_shown_with_its_first_place() {
    Project::new().page("a.md", "title: A\ntags: [x]\ntags: [y]", "").problems(str![[r#"
error[front-matter-invalid]: the key `tags` stands twice
 --> content/a.md:4:1
  |
4 | tags: [y]
  | ^^^^ first on line 3
  = help: keep one of the two


"#]]);
}

#[test]
fn a_second_block_of_front_matter_is_an_error_and_a_rule_is_not() {
    let twice = Project::new().page("a.md", "title: A", "---\ntitle: B\n---\n").build();
    assert!(
        twice.short().contains("content/a.md:4:1: error[front-matter-twice]"),
        "{}",
        twice.short()
    );
    Project::new().page("a.md", "title: A", "---\n\ntext\n\n---\n").clean();
}

#[test]
fn a_page_may_silence_a_lint() {
    Project::new().page("a.md", "title: A\nlint: { allow: [dead-link] }", "[x](/nowhere/)").clean();
    let broken = "title: A\nweight: x\nlint: { allow: [front-matter-invalid] }";
    assert!(!Project::new().page("a.md", broken, "").build().build.is_publishable(false));
    let built = Project::new().page("a.md", "title: A\nlint: { allow: [dead-lonk] }", "").build();
    assert!(built.short().contains("3:17: error[unknown-key]"), "{}", built.short());
}

#[test]
fn the_site_may_set_the_level_of_a_lint() {
    let built = Project::new()
        .config("lints: { dead-link: error, title-missing: off }")
        .file("content/a.md", "[x](/nowhere/)")
        .build();
    assert!(built.short().contains("error[dead-link]") && !built.short().contains("title-missing"));
    assert!(!built.build.is_publishable(false));
}

#[test]
fn a_file_without_front_matter_has_its_headings_title() {
    let built = Project::new()
        .file("templates/page.html", "{{ page.title }}|{{ content }}")
        .file("content/a.md", "# Go *or* Rust\n\ntext\n")
        .file("content/some-notes.md", "text\n")
        .clean();
    assert_eq!(built.text("a/index.html"), "Go or Rust|<p>text</p>\n");
    assert!(built.text("some-notes/index.html").starts_with("Some notes|"));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_read() {
    let built = Project::new()
        .file("templates/page.html", "{{ page.title }}|{{ content }}")
        .file("content/a.md", "\u{feff}---\r\ntitle: A\r\nweight: x\r\n---\r\n# A\r\n\r\ntext\r\n")
        .build();
    assert!(built.short().starts_with("content/a.md:3:9: error"), "{}", built.short());
}

#[test]
fn a_problem_of_a_key_is_shown_at_the_synonym_that_was_written() {
    for (front, place) in [
        ("date: 2026-03-02\nlastmod: 2026-03-01", "content/a.md:4:10: error[updated-before-date]"),
        ("permalink: /a//b/", "content/a.md:3:12: error[path-invalid]"),
        ("redirect_from: [/ok/, 'a\\b']", "content/a.md:3:23: error[path-invalid]"),
        ("cover: nowhere.png", "content/a.md:3:8: warning[dead-link]"),
        ("Lastmod: 2026-03-01\ndate: 2026-03-02", "content/a.md:3:10: error[updated-before-date]"),
    ] {
        let built = Project::new().page("a.md", &format!("title: A\n{front}"), "").build();
        assert!(built.short().starts_with(place), "{place}: {}", built.short());
    }
}
