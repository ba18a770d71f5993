use snapbox::str;

use crate::Project;

#[test]
fn two_pages_with_one_address_are_an_error_that_names_both() {
    Project::new()
        .page("a.md", "title: A\nurl: /x/", "")
        .page("b.md", "title: B\nurl: /x", "")
        .problems(str![[r#"
error[duplicate-url]: two outputs for `x/index.html`: the page `content/a.md` and the page `content/b.md`
 --> content/b.md:3:6
  |
3 | url: /x
  |      ^^
  = help: give one of them another `url` or `slug`


"#]]);
}

#[test]
fn what_is_one_file_on_some_hosts_is_an_error() {
    let built = Project::new()
        .page("a.md", "title: A\nurl: /X/", "")
        .page("b.md", "title: B\nurl: /x/", "")
        .page("c.md", "title: C\naliases: [/d/]", "")
        .page("d.md", "title: D", "")
        .file("static/e", "")
        .page("e.md", "title: E", "")
        .build();
    let report = built.short();
    assert_eq!(report.matches("error[duplicate-url]").count(), 1, "{report}");
    assert_eq!(report.matches("error[path-collision]").count(), 2, "{report}");
}

#[test]
fn a_path_that_would_leave_the_site_is_refused() {
    for (front, column) in [
        ("slug: ../../etc", "3:7"),
        ("slug: a\\\\b", "3:7"),
        ("url: /a/../../b/", "3:6"),
        ("url: /con/", "3:6"),
        ("aliases: [../../etc]", "3:11"),
    ] {
        let built = Project::new().page("a.md", &format!("title: A\n{front}"), "").build();
        let expected = format!("content/a.md:{column}: error[path-invalid]");
        assert!(built.short().contains(&expected), "{front}: {}", built.short());
    }
}

#[test]
fn patterns_place_the_pages_of_a_section() {
    let built = Project::new()
        .config("permalinks: { blog: \"/:year/:month/:slug/\", docs: \"/manual/:filename/\" }")
        .page("blog/a-b.md", "title: X\ndate: 2026-03-02", "")
        .page("docs/deep/c.md", "title: C", "")
        .page("other/d.md", "title: D\nslug: dee", "")
        .clean();
    for path in ["2026/03/a-b/index.html", "manual/c/index.html", "other/dee/index.html"] {
        assert!(built.has(path), "{path}");
    }
    let built = Project::new()
        .config("permalinks: { blog: \"/:yaer/:slug/\" }")
        .page("blog/a.md", "title: A", "")
        .build();
    assert!(
        built.short().contains("versus.yaml:1:21: error[config-invalid]: unknown token `:yaer`"),
        "{}",
        built.short()
    );
}

#[test]
fn an_alias_is_a_stub_that_leads_on() {
    let built = Project::new()
        .config("base_url: https://e.org/docs/\nhosting: { redirects: true }")
        .page("a.md", "title: A\naliases: [/old/, old.html]", "")
        .clean();
    for path in ["old/index.html", "old.html"] {
        let stub = built.text(path);
        assert!(stub.contains("<link rel=\"canonical\" href=\"https://e.org/docs/a/\">"), "{stub}");
        assert!(stub.contains("url=/docs/a/"), "{stub}");
    }
    assert_eq!(built.text("_redirects"), "/docs/old.html /docs/a/ 301\n/docs/old/ /docs/a/ 301\n");
    assert!(!built.text("sitemap.xml").contains("old"));
}

#[test]
fn a_section_has_aliases_too() {
    let built = Project::new()
        .page("s/_index.md", "title: S\naliases: [/old/]", "")
        .page("s/a.md", "title: A", "[s](/old/)")
        .clean();
    assert!(built.text("old/index.html").contains("url=/s/"), "{}", built.text("old/index.html"));
}

#[test]
fn a_folder_with_one_file_and_no_config_is_a_site() {
    let built =
        Project::new().file("notes.md", "# My notes\n\ntext\n").file("secret.key", "x").clean();
    for path in ["index.html", "notes/index.html", "404.html", "sitemap.xml", "style.css"] {
        assert!(built.has(path), "{path}");
    }
    assert!(!built.files.keys().any(|path| path.contains("secret")));
}

#[test]
fn an_index_at_the_root_is_the_home_page() {
    let built = Project::new().bare().page("index.md", "title: Hello", "hi").clean();
    assert_eq!(built.text("index.html"), "<p>hi</p>\n");
}

#[test]
fn an_empty_folder_is_told_how_to_begin() {
    let built = Project::new().build();
    assert!(built.short().contains("error[content-missing]"), "{}", built.short());
}

#[test]
fn what_belongs_to_a_draft_is_not_published() {
    let built = Project::new()
        .page("c/secret/index.md", "title: S\ndraft: true", "")
        .file("content/c/secret/plan.pdf", "x")
        .page("c/a.md", "title: A", "")
        .clean();
    assert!(!built.files.keys().any(|path| path.contains("plan")));
}

#[test]
fn an_address_is_the_same_however_it_is_composed_or_encoded() {
    let built = Project::new()
        .bare()
        .page("a.md", "title: A\nslug: re\u{301}sume\u{301}", "[b](/my%20page/) [b](/my page/)")
        .page("b.md", "title: B\nurl: /my%20page/", "[a](a.md)")
        .file("static/.htaccess", "x")
        .build();
    assert!(built.has("r\u{e9}sum\u{e9}/index.html") && built.has("my page/index.html"));
    assert_eq!(built.text("my page/index.html"), "<p><a href=\"/r%C3%A9sum%C3%A9/\">a</a></p>\n");
    assert!(!built.short().contains("dead-link"), "{}", built.short());
}
