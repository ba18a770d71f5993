use snapbox::str;

use crate::Project;

#[test]
fn a_link_to_a_missing_page_names_the_nearest_one() {
    Project::new()
        .page("a.md", "title: A", "see [b](bb.md)")
        .page("b.md", "title: B", "")
        .problems(str![[r#"
warning[dead-link]: no page `bb.md`
 --> content/a.md:4:5
  |
4 | see [b](bb.md)
  |     ^^^^^^^^^^
  = help: did you mean `b.md`?


"#]]);
}

#[test]
fn a_link_to_a_missing_heading_names_the_nearest_one() {
    Project::new()
        .page("a.md", "title: A", "see [b](b.md#memmory)")
        .page("b.md", "title: B", "## Memory\n")
        .problems(str![[r#"
warning[dead-link]: no heading `#memmory` in `content/b.md`
 --> content/a.md:4:5
  |
4 | see [b](b.md#memmory)
  |     ^^^^^^^^^^^^^^^^^
  = help: did you mean `b.md#memory`?

info[description-missing]: neither a description nor a paragraph to make one of
 --> content/b.md
  = help: add `description: …`: lists, feeds and search engines show it


"#]]);
}

#[test]
fn every_way_to_name_a_page_leads_to_it() {
    let built = Project::new()
        .bare()
        .config("base_url: https://example.org/docs/")
        .page(
            "compare/a.md",
            "title: A",
            "[1](b.md) [2](../compare/b.md#x) [3](/compare/b/) [4](/compare/b#x) [5](../b/?q=1) \
             [6](/docs/compare/b/index.html) [7](#here) [8](https://example.com/a%20b) [9](mailto:a@b.c)\n\n## Here\n",
        )
        .page("compare/b.md", "title: B", "## X\n")
        .clean();
    built.html(
        "compare/a/index.html",
        str![[r##"
<p><a href="/docs/compare/b/">1</a> <a href="/docs/compare/b/#x">2</a> <a href="/docs/compare/b/">3</a> <a href="/docs/compare/b/#x">4</a> <a href="/docs/compare/b/?q=1">5</a> <a href="/docs/compare/b/index.html">6</a> <a href="#here">7</a> <a href="https://example.com/a%20b">8</a> <a href="mailto:a@b.c">9</a></p>
<h2 id="here">Here<a class="anchor" href="#here" aria-label="Link to this section">#</a></h2>

"##]],
    );
}

#[test]
fn a_link_to_the_heading_that_repeats_the_title_holds() {
    Project::new().page("a.md", "title: The one", "[top](#the-one)\n\n# The one\n").clean();
}

#[test]
fn a_page_knows_which_pages_link_to_it() {
    let built = Project::new()
        .file(
            "templates/page.html",
            "{% for link in page.backlinks %}{{ link.title }};{% endfor %}",
        )
        .page("a.md", "title: A", "[c](c.md) [c](/c/) [a](a.md)")
        .page("b.md", "title: B", "[c](c.md)")
        .page("c.md", "title: C", "")
        .clean();
    assert_eq!(built.text("c/index.html"), "A;B;");
    assert_eq!(built.text("a/index.html"), "");
}

#[test]
fn a_published_page_may_not_link_to_a_draft() {
    let project = || {
        Project::new().page("a.md", "title: A", "[b](b.md) and [b](/b/)").page(
            "b.md",
            "title: B\ndraft: true",
            "",
        )
    };
    let built = project().build();
    assert!(!built.has("b/index.html"));
    assert_eq!(built.short().matches("error[draft-linked]").count(), 2, "{}", built.short());
    assert!(project().drafts().clean().has("b/index.html"));
}

#[test]
fn the_picture_of_the_front_matter_is_checked() {
    let built = Project::new().page("a.md", "title: A\nimage: gone.png", "").build();
    let expected = "content/a.md:3:8: warning[dead-link]: no image `gone.png`";
    assert!(built.short().contains(expected), "{}", built.short());
}

#[test]
fn an_unsafe_link_becomes_its_text() {
    let built = Project::new()
        .bare()
        .page("a.md", "title: A", "[x](javascript:alert(1)) ![y](data:text/html,1) <javascript:z>")
        .build();
    assert_eq!(built.text("a/index.html"), "<p>x y javascript:z</p>\n");
    assert_eq!(built.short().matches("warning[link-scheme]").count(), 2, "{}", built.short());
}

#[test]
fn external_links_carry_what_the_config_says() {
    let built = Project::new()
        .bare()
        .config("markdown: { external_links: { new_tab: true, rel: nofollow, class: ext } }")
        .page("a.md", "title: A", "[x](https://e.org \"T\") [y](/a/)")
        .clean();
    built.html(
        "a/index.html",
        str![[r#"
<p><a href="https://e.org" title="T" class="ext" target="_blank" rel="nofollow noopener">x</a> <a href="/a/">y</a></p>

"#]],
    );
}

#[test]
fn a_bundle_and_its_section_find_their_files() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'/>";
    let built = Project::new()
        .bare()
        .page("post/a/index.md", "title: A\nurl: /elsewhere/", "![p](pics/p.svg) [s](/logo.svg)")
        .page("post/b.md", "title: B", "![p](a/pics/p.svg)")
        .file("content/post/a/pics/p.svg", svg)
        .file("static/logo.svg", svg)
        .clean();
    assert!(built.has("elsewhere/pics/p.svg") && built.has("logo.svg"));
    let image =
        "<img src=\"/elsewhere/pics/p.svg\" alt=\"p\" width=\"3\" height=\"2\" decoding=\"async\">";
    assert_eq!(
        built.text("elsewhere/index.html"),
        format!("<p>{image} <a href=\"/logo.svg\">s</a></p>\n")
    );
    assert!(built.text("post/b/index.html").contains(image));
}

#[test]
fn a_link_to_an_alias_is_noted_with_what_it_leads_to() {
    let built = Project::new()
        .page("a.md", "title: A\ndescription: D", "[old](/old/) [b](b.md)")
        .page("b.md", "title: B\ndescription: D\naliases: [/old/]", "")
        .problems(str![[r#"
info[redirect-link]: `/old/` only leads on to `/b/`
 --> content/a.md:5:1
  |
5 | [old](/old/) [b](b.md)
  | ^^^^^^^^^^^^
  = help: link to `/b/`


"#]]);
    assert!(built.text("a/index.html").contains("href=\"/old/\""));
}
