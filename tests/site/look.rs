//! How a site looks and speaks, as far as its owner says.

use snapbox::str;

use crate::project::Project;

const PAIR: &str = "title: Go vs Rust\nsubjects: [go, rust]";

#[test]
fn the_look_of_a_config_ends_the_style_sheet() {
    let built = Project::new()
        .config(
            "theme:\n  fonts: { text: 'Inter, sans-serif', code: '\"Fira Code\"' }\n  \
             inks: { teal: '#005a9c #7cc4ff' }\n",
        )
        .page("a.md", "title: A", "Text.")
        .clean();
    let css = built.text("style.css");
    let own = ":root{--sans:Inter, sans-serif;--mono:\"Fira Code\";--i1:#005a9c;}\
               @supports (color:light-dark(#000,#fff)){:root{--i1:light-dark(#005a9c,#7cc4ff);}}";
    assert!(css.ends_with(own), "{}", &css[css.len() - 300..]);
    let plain = Project::new().page("a.md", "title: A", "Text.").clean();
    assert!(css.starts_with(plain.text("style.css").trim_end()));
    // A browser that kept the sheet asks for the new one.
    let version = |html: &str| html.split("style.css?v=").nth(1).unwrap()[..10].to_owned();
    let address = |built: &crate::project::Built| version(built.text("a/index.html"));
    assert_ne!(address(&built), address(&plain));
}

#[cfg(not(feature = "social-cards"))]
#[test]
fn a_program_that_draws_no_cards_says_so_where_some_are_asked_for() {
    let built =
        Project::new().config("base_url: https://e.org/").page("a.md", "title: A", "Text.").clean();
    assert!(!built.has("a/card.png") && !built.text("a/index.html").contains("og:image"));
    let asking = Project::new().config("social_cards: true").page("a.md", "title: A", "Text.");
    asking.problems(str![[r#"
error[config-invalid]: this program can't draw social cards
 --> versus.yaml:1:1
  |
1 | social_cards: true
  | ^^^^^^^^^^^^
  = help: take the line out, or build versus with its feature `social-cards`


"#]]);
}

#[test]
fn fonts_and_inks_are_no_way_into_the_style_sheet() {
    Project::new()
        .config(
            "theme:\n  fonts: { text: 'x;} body{display:none' }\n  \
             inks: { teal: 'red blue', rust: '#a63d1e' }\n  ink: {}\n",
        )
        .page("a.md", "title: A", "Text.")
        .problems(str![[r##"
error[config-invalid]: not a list of fonts: `x;} body{display:none`
 --> versus.yaml:2:18
  |
2 |   fonts: { text: 'x;} body{display:none' }
  |                  ^^^^^^^^^^^^^^^^^^^^^^^
  = help: write their names with commas between, as in CSS: `"Inter", sans-serif`

error[config-invalid]: not the two colours of an ink: `red blue`
 --> versus.yaml:3:17
  |
3 |   inks: { teal: 'red blue', rust: '#a63d1e' }
  |                 ^^^^^^^^^^
  = help: write one for light pages and one for dark: `"#00647f #6cc6df"`

error[config-invalid]: not the two colours of an ink: `#a63d1e`
 --> versus.yaml:3:35
  |
3 |   inks: { teal: 'red blue', rust: '#a63d1e' }
  |                                   ^^^^^^^^^
  = help: write one for light pages and one for dark: `"#00647f #6cc6df"`

error[unknown-key]: unknown key `ink`
 --> versus.yaml:4:3
  |
4 |   ink: {}
  |   ^^^
  = help: did you mean `inks`?


"##]]);
}

#[test]
fn an_ink_that_is_hard_to_read_is_told() {
    Project::new()
        .config("theme:\n  inks: { teal: '#7cc4ff #7cc4ff', rust: '#a63d1e #a63d1e' }\n")
        .page("a.md", "title: A", "Text.")
        .problems(str![[r#"
warning[ink-contrast]: `#7cc4ff` is hard to read on light pages: 1.7:1
 --> versus.yaml:2:17
  |
2 |   inks: { teal: '#7cc4ff #7cc4ff', rust: '#a63d1e #a63d1e' }
  |                 ^^^^^^^^^^^^^^^^^
  = help: the contrast with the page should be at least 4.5:1

warning[ink-contrast]: `#a63d1e` is hard to read on dark pages: 2.6:1
 --> versus.yaml:2:42
  |
2 |   inks: { teal: '#7cc4ff #7cc4ff', rust: '#a63d1e #a63d1e' }
  |                                          ^^^^^^^^^^^^^^^^^
  = help: the contrast with the page should be at least 4.5:1


"#]]);
}

#[test]
fn a_logo_and_a_style_sheet_of_the_site_are_on_every_page() {
    let built = Project::new()
        .config("theme: { logo: /brand/logo.svg, stylesheet: own.css }")
        .file("static/brand/logo.svg", "<svg viewBox='0 0 40 20'/>")
        .file("static/own.css", "a { color: red }\n")
        .page("a.md", "title: A", "Text.")
        .clean();
    assert_eq!(built.text("own.css"), "a { color: red }\n");
    let html = built.text("a/index.html");
    let sheets: Vec<&str> = html.lines().filter(|line| line.contains("stylesheet")).collect();
    assert!(sheets[0].contains("/style.css?v=") && sheets[1].contains("/own.css?v="));
    assert!(html.contains("alt=\"\" width=\"56\" height=\"28\">versus</a>"), "{html}");
}

#[test]
fn a_look_names_files_that_are_there() {
    Project::new()
        .config("theme: { logo: logo.svg, stylesheet: own.css }")
        .file("static/logos.svg", "<svg/>")
        .page("a.md", "title: A", "Text.")
        .problems(str![[r#"
error[config-invalid]: no file `static/logo.svg`
 --> versus.yaml:1:16
  |
1 | theme: { logo: logo.svg, stylesheet: own.css }
  |                ^^^^^^^^
  = help: did you mean `logos.svg`?

error[config-invalid]: no file `static/own.css`
 --> versus.yaml:1:38
  |
1 | theme: { logo: logo.svg, stylesheet: own.css }
  |                                      ^^^^^^^
  = help: put it into `static/`


"#]]);
}

#[test]
fn a_copy_of_the_theme_that_nobody_changed_is_the_theme() {
    let copy = include_str!("../../static/style.css");
    let with = |css: String| {
        let built = Project::new().file("static/style.css", css).page("a.md", "title: A", "T.");
        built.clean().text("style.css").to_owned()
    };
    let plain = Project::new().page("a.md", "title: A", "T.").clean();
    assert_eq!(with(copy.to_owned()), plain.text("style.css"));
    let changed = format!("{copy}\n/* mine */\n");
    assert_eq!(with(changed.clone()), changed);
}

#[test]
fn texts_come_from_the_file_of_the_sites_language() {
    let german = "home: Start\nmatrix: Matrix\nversus: oder\nverdict: Die kurze Antwort\n\
                  kinds: { language: Sprachen, drink: Getränke }\n\
                  date_format: \"%-d. %B %Y\"\n\
                  month_names: [Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember]\n\
                  comparisons_count: { one: \"{count} Vergleich\", other: \"{count} Vergleiche\" }\n\
                  note: Hinweis <x>\nsearch_nothing: Nichts gefunden.\n";
    let built = Project::new()
        .config("language: de-AT\ntitle: S")
        .file("strings/de.yaml", german)
        .page("subjects/go.md", "name: Go\nkind: language", "")
        .page("subjects/tea.md", "name: Tea\nkind: drink", "")
        .page(
            "compare/a.md",
            &format!("{PAIR}\ndate: 2026-03-02\nverdict: Beide."),
            "> [!NOTE]\n> Text.\n",
        )
        .page("compare/b.md", "title: Go vs Tea\nsubjects: [go, tea]", "Text.")
        .build();
    let page = built.text("compare/a/index.html");
    for part in [
        "<html lang=\"de-AT\">",
        "<a href=\"/\">Start</a>",
        "<span class=\"vs\">oder</span>",
        "<h2>Die kurze Antwort</h2>",
        ">2. März 2026</time>",
        "aria-label=\"Hinweis &lt;x&gt;\"",
        "<p class=\"alert-title\">Hinweis &lt;x&gt;</p>",
        // What is left out stays English.
        "Skip to content",
        "data-texts=\"{&quot;nothing&quot;:&quot;Nichts gefunden.&quot;}\"",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
    let subjects = built.text("subjects/index.html");
    for part in ["<h2>Sprachen</h2>", "<h2>Getränke</h2>", "1 Vergleich<", "2 Vergleiche<"] {
        assert!(subjects.contains(part), "no {part} in\n{subjects}");
    }
    assert!(built.text("compare/a/index.html.md").contains("## Die kurze Antwort"));
}

#[test]
fn a_text_that_can_not_be_shown_is_told_and_stays_english() {
    let built = Project::new()
        .config("language: de")
        .file(
            "strings/de.yaml",
            "hom: Start\nsee: siehe {nam}\nmonth_names: [Januar]\nskip: { one: x, other: y }\n\
             articles_count: { one: ein Artikel }\nlatest: [Neu]\nrecord: ~\n",
        )
        .page("a.md", "title: A", "Text.")
        .problems(str![[r#"
error[config-invalid]: no text is called `hom`
 --> strings/de.yaml:1:1
  |
1 | hom: Start
  | ^^^
  = help: did you mean `home`?

error[config-invalid]: nothing is filled in for `{nam}`
 --> strings/de.yaml:2:6
  |
2 | see: siehe {nam}
  |      ^^^^^^^^^^^
  = help: what is filled in here is `{name}`

error[config-invalid]: this should be a list of 12 texts
 --> strings/de.yaml:3:14
  |
3 | month_names: [Januar]
  |              ^^^^^^^
  = help: write `[first, second, …]`

error[config-invalid]: nothing is counted here
 --> strings/de.yaml:4:7
  |
4 | skip: { one: x, other: y }
  |       ^^^^^^^^^^^^^^^^^^
  = help: write one text

error[config-invalid]: the form `other` is missing
 --> strings/de.yaml:5:17
  |
5 | articles_count: { one: ein Artikel }
  |                 ^^^^^^^^^^^^^^^^^^
  = help: write one text, or forms: `{one: …, other: …}`

error[config-invalid]: this should be a text, not a list
 --> strings/de.yaml:6:9
  |
6 | latest: [Neu]
  |         ^^^^
  = help: write one text


"#]]);
    assert!(!built.text("index.html").contains("Neu"));
}

#[test]
fn a_language_from_right_to_left_turns_the_page() {
    let built = Project::new()
        .config("language: ar")
        .page("a.md", "title: A", "Text.")
        .page("b.md", "title: B\nlang: en", "Text.")
        .clean();
    assert!(built.text("a/index.html").contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(built.text("b/index.html").contains("<html lang=\"en\">"));
}

#[test]
fn pages_that_are_read_in_order_have_their_section_beside_them() {
    let built = Project::new()
        .page("guide/a.md", "title: First\nweight: 1", "## One\n\ntext\n\n## Two\n\ntext\n")
        .page("guide/b.md", "title: Second\nweight: 2", "Text.")
        .page("notes/c.md", "title: C", "Text.")
        .page("notes/d.md", "title: D", "Text.")
        .clean();
    let nav = |path: &str| {
        let html = built.text(path);
        let start = html.find("<nav class=\"toc\"")?;
        Some(html[start..start + html[start..].find("</nav>")?].to_owned())
    };
    snapbox::assert_data_eq!(
        nav("guide/a/index.html").unwrap(),
        str![[r##"
<nav class="toc" aria-label="Guide">
<p aria-hidden="true">Guide</p>
<details><summary>Guide</summary>
<ol>
<li><a href="/guide/a/" aria-current="page">First</a>
<ol>
<li><a href="#one">One</a></li>
<li><a href="#two">Two</a></li>
</ol></li>
<li><a href="/guide/b/">Second</a></li>
</ol>
</details>

"##]]
    );
    assert!(nav("guide/b/index.html").unwrap().contains("First"));
    assert_eq!(nav("notes/c/index.html"), None);
}

#[test]
fn the_verdict_of_an_article_stands_once_among_alternatives() {
    let three = "title: Go vs Rust vs Zig\nsubjects: [go, rust, zig]\nverdict: Any of the three.";
    let two = "title: Go vs Rust\nsubjects: [go, rust]\nverdict: One of the two.";
    let built =
        Project::new().page("three.md", three, "Text.").page("two.md", two, "Text.").build();
    let html = built.text("subjects/go/alternatives/index.html");
    assert_eq!(html.matches("Any of the three.").count(), 1, "{html}");
    assert_eq!(html.matches("One of the two.").count(), 1);
    assert_eq!(html.matches("Go vs Rust vs Zig</a>").count(), 2);
}

#[test]
fn the_page_for_what_is_not_there_knows_the_addresses() {
    let built = Project::new()
        .config("base_url: https://a.org/docs/")
        .page("compare/a.md", "title: A <b>", "Text.")
        .page("compare/hidden.md", "title: H\nnoindex: true", "Text.")
        .clean();
    assert_eq!(
        built.text("404.json"),
        "[[\"/docs/compare/\",\"Compare\"],[\"/docs/compare/a/\",\"A <b>\"]]"
    );
    assert!(built.text("404.html").contains("data-list=\"/docs/404.json\" hidden"));
}

#[test]
fn a_code_pair_has_the_inks_of_its_subjects() {
    let built = Project::new()
        .page("subjects/go.md", "name: Go\ncolor: rose", "")
        .page("subjects/csharp.md", "name: C#\ncolor: olive", "")
        .page(
            "a.md",
            "title: T\nsubjects: [go, csharp]",
            "**C#**:\n\n```csharp\na\n```\n\n**Go** (1.27):\n\n```go\nb\n```\n\n**Rust**:\n\n```rust\nc\n```\n",
        )
        .build();
    let html = built.text("a/index.html");
    let figures: Vec<&str> = html
        .split("<figure class=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(figures, ["code i8", "code i7", "code"]);
}
