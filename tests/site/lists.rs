use snapbox::str;

use crate::Project;

const TITLES: &str = "{% for page in section.pages %}{{ page.title }};{% endfor %}";

#[test]
fn a_section_is_ordered_by_weight_then_newest_then_title() {
    let built = Project::new()
        .file("templates/section.html", TITLES)
        .page("a/c.md", "title: C\ndate: 2026-01-01", "")
        .page("a/b.md", "title: B\ndate: 2026-02-01", "")
        .page("a/z.md", "title: Z", "")
        .page("a/y.md", "title: Y", "")
        .page("a/w.md", "title: W\nweight: 1", "")
        .clean();
    assert_eq!(built.text("a/index.html"), "W;B;C;Y;Z;");
}

#[test]
fn neighbours_follow_dates_or_reading_order() {
    let neighbours = "{% if page.previous %}{{ page.previous.title }}{% endif %}<{% if page.next %}{{ page.next.title }}{% endif %}";
    let built = Project::new()
        .file("templates/page.html", neighbours)
        .page("news/a.md", "title: Old\ndate: 2026-01-01", "")
        .page("news/b.md", "title: New\ndate: 2026-02-01", "")
        .page("guide/a.md", "title: One\nweight: 1", "")
        .page("guide/b.md", "title: Two\nweight: 2", "")
        .clean();
    assert_eq!(built.text("news/a/index.html"), "<New");
    assert_eq!(built.text("news/b/index.html"), "Old<");
    assert_eq!(built.text("guide/a/index.html"), "<Two");
    assert_eq!(built.text("guide/b/index.html"), "One<");
}

#[test]
fn long_lists_have_parts_that_name_one_another() {
    let template = "{{ section.pagination.number }}/{{ section.pagination.total }} {{ section.page_count }} \
        {% if section.pagination.next %}{{ section.pagination.next }}{% endif %} {{ section.head.canonical }}";
    let mut project = Project::new()
        .config("paginate: 2\nbase_url: https://e.org/s/")
        .file("templates/section.html", template);
    for n in 0..5 {
        project = project.page(&format!("a/{n}.md"), &format!("title: P{n}\ntags: [t]"), "");
    }
    let built = project.clean();
    assert_eq!(built.text("a/index.html"), "1/3 5 /s/a/page/2/ https://e.org/s/a/");
    assert_eq!(built.text("a/page/3/index.html"), "3/3 5  https://e.org/s/a/page/3/");
    assert!(built.has("tags/t/page/3/index.html") && !built.has("a/page/1/index.html"));
    assert!(!built.text("sitemap.xml").contains("page/2"));
}

#[test]
fn spellings_of_one_slug_are_one_term_and_languages_stay_apart() {
    let built = Project::new()
        .file(
            "templates/taxonomy.html",
            "{% for term in taxonomy.terms %}{{ term.title }}={{ term.count }};{% endfor %}",
        )
        .page("a.md", "title: A\ntags: [Go, C++, go]", "")
        .page("b.md", "title: B\ntags: [Go, C, 'C#']", "")
        .build();
    assert_eq!(
        built.short(),
        "content/a.md:3:17: warning[tag-near-duplicate]: `go` is written `Go` elsewhere\n"
    );
    assert_eq!(built.text("tags/index.html"), "C=1;C#=1;C++=1;Go=2;");
    for slug in ["c", "c-sharp", "c-plus-plus", "go"] {
        assert!(built.has(&format!("tags/{slug}/index.html")), "{slug}");
    }
}

#[test]
fn a_taxonomy_of_the_sites_own_works_like_tags() {
    let built = Project::new()
        .config("taxonomies: [tags, { name: platforms, title: Runs on }]")
        .file("templates/taxonomy.html", "{{ taxonomy.title }}")
        .page("a.md", "title: A\nplatforms: [Linux]", "")
        .clean();
    assert_eq!(built.text("platforms/index.html"), "Runs on");
    assert!(built.has("platforms/linux/index.html") && !built.has("tags/index.html"));
}

#[test]
fn a_folder_without_an_index_is_a_section_all_the_same() {
    let built = Project::new()
        .file("templates/section.html", "{{ section.title }}:{{ content }}:{% for s in section.sections %}{{ s.title }}={{ s.count }}{% endfor %}")
        .page("my-notes/deep/a.md", "title: A", "")
        .page("told/_index.md", "title: Told", "text")
        .clean();
    assert_eq!(built.text("my-notes/index.html"), "My notes::Deep=1");
    assert_eq!(built.text("told/index.html"), "Told:<p>text</p>\n:");
}

#[test]
fn a_section_with_the_keys_of_a_comparison_is_told_that_it_shows_none() {
    Project::new()
        .page("compare/_index.md", "title: All\nsubjects: [go, rust]\nverdict: x", "")
        .page("compare/a.md", "title: A\ndescription: D", "")
        .problems(str![[r#"
warning[section-comparison]: a section shows no `subjects`
 --> content/compare/_index.md:3:1
  |
3 | subjects: [go, rust]
  | ^^^^^^^^
  = help: what is compared stands in an article: `versus new` makes one


"#]]);
    let allowed = "title: All\nverdict: x\nlint: { allow: [section-comparison] }";
    Project::new().page("compare/_index.md", allowed, "").clean();
}
