//! What is told of a page's own words: titles, descriptions, headings, marks of
//! what is still to come.

use snapbox::str;

use crate::project::Project;

fn ids(front: &str, body: &str) -> Vec<&'static str> {
    Project::new().page("a.md", front, body).build().ids()
}

#[test]
fn a_title_is_long_over_seventy_characters() {
    let title = |length: usize| format!("title: {}", "ä".repeat(length));
    assert_eq!(ids(&title(70), "Text."), [""; 0]);
    assert_eq!(ids(&title(71), "Text."), ["title-long"]);
    Project::new()
        .page(
            "a.md",
            "description: d",
            "# A title that goes on and on and says all there is to say of Go and Rust\n",
        )
        .problems(str![[r#"
info[title-long]: a title of 71 characters
 --> content/a.md
  = help: search engines show about 70: say the rest in `description`

info[title-missing]: the page has no title
 --> content/a.md
  = help: begin the file with `---`, `title: …`, `---`


"#]]);
}

#[test]
fn a_description_is_long_over_a_hundred_and_sixty_characters() {
    let front = |length: usize| format!("title: A\nsummary: {}", "ä".repeat(length));
    assert_eq!(ids(&front(160), ""), [""; 0]);
    assert_eq!(ids(&front(161), ""), ["description-long"]);
    Project::new().page("a.md", &front(161), "").problems(str![[r#"
info[description-long]: a description of 161 characters
 --> content/a.md:3:10
  |
3 | summary: ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää…
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: search engines show about 160: begin with what matters, and let the rest be the first paragraph


"#]]);
}

#[test]
fn a_page_of_which_lists_have_nothing_to_show_needs_a_description() {
    let table = "| a | b |\n|---|---|\n| c | d |\n";
    for (front, body, told) in [
        ("title: A", table, true),
        ("title: A\ndescription: ' '", table, true),
        ("title: A\nverdict: x\nsubjects: [{ name: Go }, { name: Rust }]", "", true),
        ("title: A\ndescription: d", table, false),
        ("title: A", "A paragraph.", false),
        ("title: A", "", false),
        ("title: A\nnoindex: true", table, false),
    ] {
        let told = if told { vec!["description-missing"] } else { Vec::new() };
        let found: Vec<&str> =
            ids(front, body).into_iter().filter(|id| *id != "subject-file-missing").collect();
        assert_eq!(found, told, "{front}");
    }
    let section = Project::new().page("b/_index.md", "title: B", table).build();
    assert_eq!(section.ids(), [""; 0]);
    Project::new().page("a.md", "title: A", table).problems(str![[r#"
info[description-missing]: neither a description nor a paragraph to make one of
 --> content/a.md
  = help: add `description: …`: lists, feeds and search engines show it


"#]]);
}

#[test]
fn marks_of_what_is_still_to_be_written_are_told_wherever_they_stand() {
    Project::new()
        .page(
            "a.md",
            "title: 'Go vs Rust (TBD)'
description: 'TODO: say what for'
subjects: [{ name: Go, pros: [TODO] }, { name: Rust, pros: [Safe] }]
verdict: { pick: depends, text: It depends. }
dimensions:
  - { name: Memory, cells: { go: FIXME, rust: Owned } }",
            "It takes 5 ms (XXX: measure).\n\n{{< figure src=\"x.svg\" alt=\"x\" >}}\n\n| a |\n|---|\n| TODO |\n",
        )
        .file("content/x.svg", "<svg/>")
        .problems(str![[r#"
warning[placeholder]: `TBD` stands for what is still to be written
 --> content/a.md:2:21
  |
2 | title: 'Go vs Rust (TBD)'
  |                     ^^^
  = help: write it, or put the word into backticks if it is meant

warning[placeholder]: `TODO` stands for what is still to be written
 --> content/a.md:3:15
  |
3 | description: 'TODO: say what for'
  |               ^^^^
  = help: write it, or put the word into backticks if it is meant

warning[placeholder]: `TODO` stands for what is still to be written
 --> content/a.md:4:31
  |
4 | subjects: [{ name: Go, pros: [TODO] }, { name: Rust, pros: [Safe] }]
  |                               ^^^^
  = help: write it, or put the word into backticks if it is meant

warning[placeholder]: `FIXME` stands for what is still to be written
 --> content/a.md:7:34
  |
7 |   - { name: Memory, cells: { go: FIXME, rust: Owned } }
  |                                  ^^^^^
  = help: write it, or put the word into backticks if it is meant

warning[placeholder]: `XXX` stands for what is still to be written
 --> content/a.md:9:16
  |
9 | It takes 5 ms (XXX: measure).
  |                ^^^
  = help: write it, or put the word into backticks if it is meant

warning[placeholder]: `TODO` stands for what is still to be written
 --> content/a.md:15:3
   |
15 | | TODO |
   |   ^^^^
  = help: write it, or put the word into backticks if it is meant


"#]]);
}

#[test]
fn a_mark_that_is_spoken_of_is_none() {
    let front = "title: Marks such as TODO\ndescription: Of TODO and FIXME.\n\
                 verdict: 'Write `TODO:` and nothing else.'";
    let body = "A TODO app. Write `TODO: x`.\n\n```text\nTODO: x\n```\n\n<!-- TODO: x -->\n";
    assert_eq!(ids(front, body), [""; 0]);
}

#[test]
fn headings_go_down_one_level_at_a_time_below_the_title() {
    let told = |body: &str| ids("title: A", &format!("Text.\n\n{body}"));
    assert_eq!(told("## B\n\n### C\n\n## D\n"), [""; 0]);
    assert_eq!(told("## B\n\n#### C\n"), ["heading-skip"]);
    assert_eq!(ids("title: A", "# A\n\nText.\n"), [""; 0]);
    assert_eq!(told("# B\n"), ["h1-duplicate"]);
}
