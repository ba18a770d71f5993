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
