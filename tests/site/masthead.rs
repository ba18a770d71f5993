//! What stands around a comparison: title, strips, the site's own lines.

use snapbox::{assert_data_eq, str};

use crate::comparison::{GOOD, build, project};

#[test]
fn a_card_shows_how_the_dimensions_fell_in_marks_and_in_words() {
    let built = project(GOOD, "").page("compare/b.md", "title: B", "Text.").build();
    let list = built.text("compare/index.html");
    let strip = &list[list.find("<span class=\"strip\"").unwrap()..];
    assert_eq!(list.matches("class=\"strip\"").count(), 1);
    assert_data_eq!(
        &strip[..strip.find("</p>").unwrap()],
        str![[
            r#"<span class="strip" role="img" aria-label="Go leads on 1, 1 even, Rust leads on 1"><i class="i1"></i><i></i><i class="i7"></i></span>"#
        ]]
    );
}

#[test]
fn two_subjects_stand_on_an_axis_where_the_title_has_their_order() {
    let title = |front: &str| {
        let built = build(front, "");
        let html = built.text("compare/go-vs-rust/index.html");
        let start = html.find("<h1").unwrap();
        html[start..start + html[start..].find("</h1>").unwrap()].to_owned()
    };
    let named = GOOD.replacen("title: Go vs Rust", "title: 'Go vs Rust: which'", 1);
    assert!(title(&named).starts_with("<h1 class=\"duel axis\">"));
    assert!(
        title(&named).ends_with("<span class=\"rest\"><span class=\"vh\">: </span>which</span>")
    );
    let turned = GOOD.replacen("title: Go vs Rust", "title: 'Rust vs Go: which'", 1);
    assert!(title(&turned).starts_with("<h1 class=\"duel\">"));
    assert!(
        title(&turned).ends_with("<span class=\"rest\"><span class=\"vh\">: </span>which</span>")
    );
}

#[test]
fn the_words_of_a_comparison_take_time_to_read() {
    let words = |front: &str| build(front, "Two words.").build.site.pages[0].document.outline.words;
    let front = "title: T\nsubjects: [go, rust]";
    assert_eq!(words(front), 2);
    assert_eq!(words(&format!("{front}\nverdict: 'Three more **words**'")), 5);
}

#[test]
fn a_comparison_has_the_sites_eyebrow_and_call_to_action_and_other_pages_do_not() {
    let built = project(GOOD, "")
        .config(
            "base_url: https://a.org/docs/\neyebrow: Head <to> head\n\
             call_to_action: { label: Next, title: A course, url: /course/, text: Ten weeks. }",
        )
        .page("plain.md", "title: Plain", "Text.")
        .build();
    let html = built.text("compare/go-vs-rust/index.html");
    assert!(html.contains("<p class=\"eyebrow\">Head &lt;to&gt; head</p>\n<h1"));
    let call = &html[html.find("<div class=\"call\"").unwrap()..];
    assert_data_eq!(
        &call[..call.find("</div>").unwrap()],
        str![[r#"
<div class="call"><small>Next</small>
<p><a href="/docs/course/">A course</a></p>
<p>Ten weeks.</p>

"#]]
    );
    let plain = built.text("plain/index.html");
    assert!(!plain.contains("class=\"eyebrow\"") && !plain.contains("class=\"call\""));
}

#[test]
fn names_head_the_columns_only_where_there_are_columns() {
    let has_heads = |dimension: &str| {
        let front =
            format!("title: T\nsubjects: [go, rust]\ndimensions: [{{ name: D, {dimension} }}]");
        build(&front, "").text("compare/go-vs-rust/index.html").contains("class=\"heads\"")
    };
    assert!(has_heads("cells: { go: x, rust: x }"));
    assert!(!has_heads("text: x"));
}
