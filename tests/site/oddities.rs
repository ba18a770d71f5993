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
