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

/// A template that prints what it was called with.
fn say(body: &str) -> crate::project::Built {
    Project::new()
        .bare()
        .file("templates/shortcodes/t.html", "[{{ arguments[0] }}]")
        .file("templates/shortcodes/box.html", "<div>{{ inner }}</div>")
        .page("a.md", "title: A\ndescription: d", body)
        .build()
}

#[test]
fn each_call_is_printed_in_its_own_place() {
    for (body, html) in [
        ("<!-- {{< t old >}} -->\n\nBefore {{< t new >}} after.", "<p>Before [new] after.</p>\n"),
        ("# A\n\n# {{< t gone >}}\n\nA {{< t b >}}xx", "<p>A [b]xx</p>\n"),
        ("[x](/a/?{{<t>}}) {{< t b >}}", "[b]</p>\n"),
    ] {
        let built = say(body);
        assert!(
            built.text("a/index.html").ends_with(html),
            "{body}: {}",
            built.text("a/index.html")
        );
    }
    let built = say("A[^1].\n\n[^1]: note {{< t one >}}.\n\nThen {{< t two >}} here.\n");
    let html = built.text("a/index.html");
    assert!(html.contains("Then [two] here") && html.contains("note [one]."), "{html}");
}

#[test]
fn no_mask_is_ever_seen() {
    let built = Project::new()
        .file("templates/shortcodes/t.html", "T")
        .page("a.md", "title: A", "Intro {{< t one >}} words.\n\n## Head {{< t two >}}\n\n- [ ] do {{< t x >}}\n\n<div title=\"{{< t y >}}\">{{< t z >}}</div>\n")
        .build();
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains('\u{e000}') && !text.contains("xxxxx"), "{path}: {text}");
    }
    assert!(built.text("a/index.html").contains("id=\"head\""));
}

#[test]
fn what_stands_in_a_pair_is_checked_too() {
    let built = say("{{< box >}}\n[dead](nope.md) ![](x.png)\n{{< /box >}}\n");
    let report = built.short();
    assert!(report.contains("content/a.md:6:1: warning[dead-link]"), "{report}");
    assert!(report.contains("content/a.md:6:17: warning[image-alt]"), "{report}");
}

#[test]
fn pairs_nest_to_a_limit() {
    let nest = |n: usize| "{{< box >}}".repeat(n) + "x" + &"{{< /box >}}".repeat(n);
    assert!(say(&nest(8)).short().is_empty());
    let built = say(&nest(5_000));
    assert!(built.short().contains("nest more than 8 deep"), "{}", built.short());
}
