use snapbox::str;

use crate::Project;

#[test]
fn an_unknown_variable_is_shown_with_the_nearest_and_the_way_to_it() {
    Project::new()
        .file("templates/page.html", "<h1>\n{% include \"partials/x.html\" %}")
        .file("templates/partials/x.html", "{{ page.titel }}")
        .page("a.md", "title: A\ndescription: d", "")
        .problems(str![[r#"
error[template-error]: unknown variable `page.titel`
 --> templates/partials/x.html:1:9
   = included from templates/page.html:2:12
   = while rendering content/a.md
  |
1 | {{ page.titel }}
  |         ^^^^^
  = help: did you mean `page.title`?


"#]]);
}

#[test]
fn every_template_that_does_not_parse_is_reported() {
    let built = Project::new()
        .file("templates/page.html", "{% if %}")
        .file("templates/section.html", "{{ x | nofilter }}")
        .file("templates/term.html", "{% for %}")
        .page("a.md", "title: A", "")
        .build();
    let report = built.short();
    assert!(report.contains("templates/page.html:1:7: error[template-error]"), "{report}");
    assert!(report.contains("templates/term.html:1:8: error[template-error]"), "{report}");
}

#[test]
fn an_unknown_filter_is_located() {
    let built = Project::new()
        .file("templates/page.html", "{{ page.title | slugfy }}")
        .page("a.md", "title: A", "")
        .build();
    assert!(
        built
            .short()
            .contains("templates/page.html:1:17: error[template-error]: unknown filter `slugfy`"),
        "{}",
        built.short()
    );
}

#[test]
fn a_template_that_never_ends_is_an_error() {
    let built = Project::new()
        .file("templates/page.html", "{% include \"page.html\" %}")
        .page("a.md", "title: A", "")
        .build();
    assert!(built.short().contains("error[template-error]"), "{}", built.short());
}

#[test]
fn a_page_may_name_its_template() {
    let built = Project::new()
        .file("templates/wide.html", "wide")
        .page("a.md", "title: A\ntemplate: wide.html", "")
        .clean();
    assert_eq!(built.text("a/index.html"), "wide");
    Project::new()
        .file("templates/wide.html", "wide")
        .page("a.md", "title: A\ndescription: d\ntemplate: wid.html", "")
        .problems(str![[r#"
error[template-error]: no template `wid.html`
 --> content/a.md:4:11
  |
4 | template: wid.html
  |           ^^^^^^^^
  = help: did you mean `wide.html`?


"#]]);
}

#[test]
fn filters_do_what_their_names_say() {
    let built = Project::new()
        .config("base_url: https://e.org/s/")
        .file(
            "templates/page.html",
            "{{ page.date | date(format=\"%-d %B %Y\") }}|{{ page.title | slugify }}|\
             {{ \"*x* <script>\" | markdown(inline=true) }}|{{ page.url | absolute_url }}|\
             {{ page.title | json_script }}|{{ url(path=\"/tags/a b/\") }}|{{ \"javascript:x\" | safe_url }}|\
             {{ \"one two three\" | truncate(length=3) }}",
        )
        .page("a.md", "title: \"</script> & C++\"\ndate: 2026-03-02", "")
        .clean();
    assert_eq!(
        built.text("a/index.html"),
        "2 March 2026|script-and-c-plus-plus|<em>x</em> |https://e.org/s/a/|\
         \"\\u003c/script\\u003e \\u0026 C++\"|/s/tags/a%20b/|#|one…"
    );
}

#[test]
fn a_site_replaces_one_file_of_the_theme_and_keeps_the_rest() {
    let built = Project::new()
        .file("static/style.css", "own")
        .file("templates/partials/footer.html", "<footer>own footer</footer>")
        .page("a.md", "title: A", "")
        .clean();
    assert_eq!(built.text("style.css"), "own");
    assert!(built.text("a/index.html").contains("own footer"));
    assert!(built.has("app.js"));
}
