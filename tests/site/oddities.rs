//! Comparisons as data, where what was written is odd.

use crate::project::{Built, Project};

/// Builds a page of this front matter, which compares `a` and `b`.
fn build(front: &str, body: &str) -> Built {
    let front = format!("title: T\ndescription: D\nsubjects: [a, b]\nverdict: x\n{front}");
    Project::new().page("t.md", &front, body).build()
}

fn html(built: &Built) -> &str {
    built.text("t/index.html")
}

#[test]
fn a_source_whose_address_is_a_script_is_told_and_leads_nowhere() {
    let front = "sources: [{ id: s, title: S, url: ' JavaScript:alert(1)' }]";
    let built = build(front, "Text[^s].");
    assert!(built.short().contains("warning[link-scheme]"), "{}", built.short());
    for file in ["t/index.html", "t/index.html.md", "t/data.json"] {
        assert!(!built.text(file).to_lowercase().contains("javascript:"), "{file}");
    }
    let logo =
        Project::new().page("subjects/a.md", "name: A\nlogo: 'data:text/html,x'", "").build();
    assert!(logo.short().contains("warning[link-scheme]"), "{}", logo.short());
}

#[test]
fn a_marker_among_other_things_is_told_and_its_block_is_printed_once() {
    let front = "dimensions: [{ name: Speed, text: Same }]";
    for body in [
        "One <!--dimensions--> two.",
        "<div>\n<!--dimensions-->\n</div>",
        "<!--dimensions-->\n<b>x</b>",
        "- One <!--dimensions-->",
        "# A <!--dimensions-->",
        "| a |\n|---|\n| <!--dimensions--> |",
    ] {
        let built = build(front, body);
        assert_eq!(html(&built).matches("id=\"dimensions\"").count(), 1, "{body}");
        let markdown = built.text("t/index.html.md");
        assert_eq!(markdown.matches("## Side by side").count(), 1, "{body}\n{markdown}");
        let told = built.short().contains("stands among other things");
        assert_eq!(told, !body.starts_with("<!--"), "{body}");
    }
}

const SOURCE: &str = "sources: [{ id: s, title: S }, { id: r, title: R }]";

#[test]
fn a_citation_is_no_word_of_a_heading_summary_or_link() {
    let front = format!("title: T\n{SOURCE}");
    let body = "Fast[^s] and [small[^r]](https://e.org).\n\n## Speed[^s]\n";
    let built = Project::new().page("t.md", &front, body).build();
    let page = html(&built);
    assert!(page.contains("<meta name=\"description\" content=\"Fast and small.\">"), "{page}");
    assert!(page.contains("<h2 id=\"speed\">Speed<sup class=\"cite\"><a href=\"#source-s\""));
    assert!(page.contains(">small<sup class=\"cite\">2</sup></a>"), "{page}");
    assert!(page.contains("<a href=\"#speed\">Speed</a>"), "{page}");
    let unlisted = Project::new().page("t.md", "title: T", "One[^s].").build();
    assert!(html(&unlisted).contains("content=\"One[^s].\""));
}

#[test]
fn citations_in_shortcodes_are_numbered_where_they_stand() {
    let body = "{{< note >}}One[^r].{{< /note >}}\n\nTwo[^s].\n";
    let built = Project::new()
        .page("t.md", &format!("title: T\n{SOURCE}"), body)
        .file("templates/shortcodes/note.html", "<div>{{ inner }}</div>")
        .build();
    let page = html(&built);
    assert!(page.contains("href=\"#source-r\" aria-label=\"Source 1\""), "{page}");
}

#[test]
fn names_of_signs_alone_are_told_apart() {
    let front = "dimensions: [{ name: 🎉, text: x }, { name: ✨, text: y }]";
    let built = build(front, "");
    assert_eq!(built.build.report.tally().errors, 0, "{}", built.short());
    assert!(html(&built).contains("id=\"d-1\"") && html(&built).contains("id=\"d-2\""));
    let built = Project::new()
        .page("subjects/go.md", "name: Go\naliases: [🎉]", "")
        .page("subjects/tada.md", "name: ✨\naliases: ['++']", "")
        .page("t.md", "title: '🎉 vs ✨'", "")
        .build();
    assert_eq!(built.build.report.tally().errors, 0, "{}", built.short());
}

#[test]
fn more_subjects_than_columns_can_be_are_an_error_and_cost_nothing() {
    let subjects: String = (0..6000).map(|at| format!("- s{at}\n")).collect();
    let dimensions: String = (0..3000).map(|at| format!("- {{ name: d{at} }}\n")).collect();
    let front = format!("title: T\nsubjects:\n{subjects}\ndimensions:\n{dimensions}");
    let built = Project::new().page("t.md", &front, "").build();
    assert!(built.short().contains("6000 subjects in one article"));
    assert_eq!(built.build.site.pages[0].document.front.comparison.subjects.len(), 64);
}

#[test]
fn anchors_of_many_things_of_one_name_are_numbered_in_one_pass() {
    let metrics = "  - { name: m, unit: s, better: lower, values: { a: 1 } }\n".repeat(2000);
    let built = build(&format!("benchmarks:\n- name: b\n  metrics:\n{metrics}"), "## m {#b-b-m-5}");
    let page = html(&built);
    assert!(page.contains("<li id=\"b-b-m\">") && page.contains("<li id=\"b-b-m-1999\">"));
    assert_eq!(page.matches("id=\"b-b-m-5\"").count(), 1);
}

#[test]
fn a_page_is_no_mirror_of_itself_and_mirrors_in_a_ring_all_stay() {
    let page = |of: &str| format!("title: T\nmirror_of: {of}");
    let built = Project::new()
        .page("a/own.md", &page("own"), "")
        .page("a/one.md", &page("two"), "")
        .page("a/two.md", &page("/a/three/"), "")
        .page("a/three.md", &page("one.md"), "")
        .page("a/far.md", &page("far"), "")
        .page("b/far.md", "title: Far", "")
        .build();
    assert_eq!(
        built.short(),
        "content/a/one.md:3:12: warning[dead-link]: `content/a/two.md` is a mirror itself
content/a/own.md:3:12: warning[dead-link]: no other page `own`
content/a/three.md:3:12: warning[dead-link]: `content/a/one.md` is a mirror itself
content/a/two.md:3:12: warning[dead-link]: `content/a/three.md` is a mirror itself
"
    );
    assert!(built.text("a/far/index.html").contains("href=\"http://localhost/b/far/\""));
}

/// What readers see of the figures of `a` and `b`, and what programs do.
fn measured(a: &str, b: &str) -> (String, String) {
    let metric = format!("{{ name: m, unit: s, better: lower, values: {{ a: {a}, b: {b} }} }}");
    let built = build(&format!("benchmarks: [{{ name: b, metrics: [{metric}] }}]"), "");
    let markdown = built.text("t/index.html.md");
    let row = markdown.lines().find(|line| line.starts_with("| m |"));
    let row = row.unwrap_or_else(|| panic!("{}", built.short())).replace('\u{a0}', " ");
    let data: serde_json::Value = serde_json::from_str(built.text("t/data.json")).unwrap();
    (row, data["benchmarks"][0]["metrics"][0]["values"].to_string())
}

#[test]
fn every_number_of_yaml_is_a_figure() {
    for (a, b, row, values) in [
        ("1e6", ".5", "1\u{202f}000\u{202f}000 s | 0.5 s", r#"{"a":1000000,"b":0.5}"#),
        ("0x10", "5.", "16 s | 5 s", r#"{"a":16,"b":5}"#),
        ("!!float 7", "&x 1_000", "7 s | 1000 s", r#"{"a":7,"b":1000}"#),
        ("-5", "[-5, 10]", "−5 s | −5–10 s", r#"{"a":-5,"b":[-5,10]}"#),
        (".inf", "~", ".inf | not measured", r#"{"a":".inf","b":null}"#),
        (
            "123456789012345678901234567890",
            "9",
            "123\u{202f}456\u{202f}789\u{202f}012\u{202f}345\u{202f}678\u{202f}901\u{202f}234\u{202f}567\u{202f}890 s | 9 s",
            r#"{"a":1.2345678901234568e+29,"b":9}"#,
        ),
    ] {
        let found = measured(a, b);
        assert!(found.0.starts_with(&format!("| m | {row} | lower |")), "{found:?}");
        assert_eq!(found.1, values);
    }
}

#[test]
fn a_range_of_ranges_is_none_and_a_bar_stays_in_its_scale() {
    let front = |value: &str| {
        format!(
            "benchmarks: [{{ name: b, metrics: [{{ name: m, unit: s, values: {{ a: {value}, b: 10 }} }}] }}]"
        )
    };
    let built = build(&front("[1-5, 2-3]"), "");
    assert!(built.short().contains("a range that is not one"), "{}", built.short());
    let page = build(&front("[-5, 10]"), "");
    assert!(html(&page).contains("x=\"0.0%\" width=\"100.0%\""), "{}", html(&page));
}

#[test]
fn a_subject_has_one_cell_and_an_empty_one_is_missing() {
    let cells = |cells: &str| {
        let built = build(&format!("dimensions: [{{ name: D, cells: {{ {cells} }} }}]"), "");
        let short = built.short();
        short.split("]: ").nth(1).unwrap_or_default().trim_end().to_owned()
    };
    assert_eq!(cells("a: x, b: y, A: z"), "`A` is a subject that stands here already");
    for empty in ["''", "~", "' '"] {
        assert_eq!(cells(&format!("a: x, b: {empty}")), "`D` says nothing of `b`");
    }
}

#[test]
fn a_verdict_without_a_word_is_none() {
    let page = Project::new().page(
        "t.md",
        "title: T\nsubjects: [a, b]\ndescription: D\nverdict: { text: '' }",
        "",
    );
    let built = page.build();
    assert_eq!(
        built.short(),
        "content/t.md:3:11: info[no-verdict]: a comparison without a verdict\n"
    );
    assert!(!html(&built).contains("id=\"verdict\""));
}

#[test]
fn a_text_of_paragraphs_keeps_its_tags_in_pairs() {
    let built =
        build("quick_takes: [{ if: x, pick: a, why: \"One\\n\\n<p class='k'>two</p>\" }]", "");
    assert!(html(&built).contains("<p>One</p>\n<p class=\"k\">two</p>"), "{}", html(&built));
}

#[test]
fn data_calls_a_subject_by_its_id_where_an_article_uses_an_alias() {
    let front = "title: T\nsubjects: [golang, rust]\nverdict: { pick: golang, text: x }\n\
                 dimensions: [{ name: D, edge: golang, cells: { golang: x, rust: y } }]";
    let built = Project::new()
        .page("subjects/go.md", "name: Go\naliases: [golang]", "")
        .page("t.md", front, "")
        .build();
    let data =
        |file: &str| -> serde_json::Value { serde_json::from_str(built.text(file)).unwrap() };
    let (page, site) = (data("t/data.json"), data("index.json"));
    for comparison in [&page, &site["comparisons"][0]] {
        assert_eq!(comparison["verdict"]["pick"], "go");
        assert_eq!(comparison["edges"], serde_json::json!({ "go": 1, "rust": 0 }));
    }
    assert_eq!(page["subjects"][0]["id"], "go");
    assert_eq!(page["dimensions"][0]["edge"], "go");
    assert_eq!(page["dimensions"][0]["cells"]["go"], "x");
}

#[test]
fn markdown_has_whole_links_and_tables_without_broken_rows() {
    let front = "title: T\nsubjects: [{ id: a, name: \"A\\nb|c\" }, b]\n\
                 verdict: '[Read](b.md \"not b.md\"), `[^s]`, [^s]'\nsources: [{ id: s, title: S }]\n\
                 dimensions: [{ name: \"One\\ntwo\", cells: { a: 'x | y \\| z', b: '[b](b.md#h)' } }]";
    let body = "[b.md](b.md \"see b.md\") and [r].\n\n[r]: <b.md> 'b.md'\n\n> <!--verdict-->\n";
    let built = Project::new().page("t.md", front, body).page("b.md", "title: B", "## H").build();
    let markdown = built.text("t/index.html.md");
    for line in [
        "> ## The short answer\n>\n> [Read](http://localhost/b/ \"not b.md\"), `[^s]`, [1]\n",
        "[b.md](http://localhost/b/ \"see b.md\") and [r].\n\n[r]: <http://localhost/b/> 'b.md'",
        "| One two |",
        "| A b\\|c |",
        "| x \\| y \\| z | [b](http://localhost/b/#h) |",
    ] {
        assert!(markdown.contains(line), "{line}\n---\n{markdown}");
    }
}

#[test]
fn a_subject_is_called_by_its_name_wherever_it_stands() {
    let built = Project::new()
        .page("subjects/go.md", "name: Go\ntitle: All about Go", "")
        .page("a.md", "title: T\nsubjects: [go, f-star]\nverdict: x", "")
        .page("b.md", "title: U\nsubjects: [go, { id: f-star, name: F* }]\nverdict: x", "")
        .build();
    let names = |page: &str| -> Vec<String> {
        let data: serde_json::Value = serde_json::from_str(built.text(page)).unwrap();
        let subjects = data["subjects"].as_array().unwrap().iter();
        subjects.map(|subject| subject["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("a/data.json"), ["Go", "F*"]);
    assert_eq!(names("index.json"), ["Go", "F*"]);
    assert!(!built.short().contains("f-star"), "{}", built.short());
}

#[test]
fn a_tagline_is_words_since_its_links_lead_from_another_file() {
    let built = Project::new()
        .page("subjects/a.md", "name: A\ntagline: 'A *fast* [one](b.md) <3'", "")
        .page("subjects/b.md", "name: B\ntagline: Slow", "")
        .page("x/t.md", "title: T\nsubjects: [a, { id: b, tagline: Not so slow }]\nverdict: x", "")
        .build();
    let page = built.text("x/t/index.html");
    assert!(page.contains(" A fast one &lt;3</p>") && page.contains(" Not so slow</p>"), "{page}");
    let markdown = built.text("x/t/index.html.md");
    assert!(markdown.contains("- **A**: A fast one <3\n- **B**: Not so slow\n"), "{markdown}");
}

#[test]
fn a_summary_is_shown_whichever_subject_has_it() {
    for subjects in ["[a, b, { id: c, summary: Third }]", "[{ id: a, summary: Third }]"] {
        let front = format!("title: T\nverdict: x\nsubjects: {subjects}");
        let built = Project::new().page("t.md", &front, "").build();
        assert!(html(&built).contains(" Third</p>"), "{subjects}");
    }
    let one = Project::new().page("t.md", "title: T\nverdict: x\nsubjects: [a]", "").build();
    assert!(!html(&one).contains("class=\"lines\""));
}
