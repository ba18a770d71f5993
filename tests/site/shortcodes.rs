use snapbox::str;

use crate::Project;

#[test]
fn figure_is_built_in() {
    let built = Project::new()
        .bare()
        .page("a.md", "title: A", "{{< figure src=\"https://e.org/x.png\" caption=\"A & b\" >}}\n")
        .clean();
    let html = built.text("a/index.html");
    assert!(html.starts_with("<figure"), "{html}");
    assert!(html.contains("src=\"https://e.org/x.png\"") && html.contains("A &amp; b"), "{html}");
}

#[test]
fn a_pair_gets_its_inside_as_html_and_a_call_in_a_line_stays_in_it() {
    let built = Project::new()
        .bare()
        .file("templates/shortcodes/box.html", "<div class=\"{{ kind }}\">{{ inner }}</div>")
        .file("templates/shortcodes/say.html", "<b>{{ arguments[0] }}</b>")
        .page(
            "a.md",
            "title: A",
            "{{< box kind=\"x\" >}}\n*in*\n{{< /box >}}\n\nA {{< say \"<hi>\" >}}xx.\n",
        )
        .clean();
    assert_eq!(
        built.text("a/index.html"),
        "<div class=\"x\"><p><em>in</em></p>\n</div>\n<p>A <b>&lt;hi&gt;</b>xx.</p>\n"
    );
}

#[test]
fn an_unknown_one_is_shown_as_written() {
    let built = Project::new()
        .bare()
        .page("a.md", "title: A\ndescription: d", "{{< figur src=x >}}\n")
        .problems(str![[r#"
warning[dead-link]: no image `x`
 --> content/a.md:5:1
  |
5 | {{< figur src=x >}}
  | ^^^^^^^^^^^^^^^^^^^

warning[shortcode-unknown]: no shortcode is called `figur`
 --> content/a.md:5:1
  |
5 | {{< figur src=x >}}
  | ^^^^^^^^^^^^^^^^^^^
  = help: did you mean `figure`?


"#]]);
    assert_eq!(built.text("a/index.html"), "<p>{{&lt; figur src=x &gt;}}</p>\n");
}

#[test]
fn a_file_it_names_is_found_beside_the_page() {
    let built = Project::new()
        .bare()
        .config("base_url: https://e.org/s/")
        .page(
            "p/a/index.md",
            "title: A",
            "{{< figure src=\"x.svg\" alt=\"x\" >}}\n{{< figure src=\"gone.svg\" alt=\"x\" >}}\n",
        )
        .file("content/p/a/x.svg", "<svg/>")
        .build();
    assert!(
        built.text("p/a/index.html").contains("src=\"/s/p/a/x.svg\""),
        "{}",
        built.text("p/a/index.html")
    );
    assert!(
        built.short().contains("5:1: warning[dead-link]: no image `gone.svg`"),
        "{}",
        built.short()
    );
}
