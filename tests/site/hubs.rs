//! Pages made of all comparisons together: hubs, alternatives, the matrix,
//! titles by letter, and the pairs that are missing.

use snapbox::str;
use versus::site::gaps;

use crate::project::{Built, Project};

/// A comparison of two, of which the first holds `edges` of three dimensions.
fn duel(left: &str, right: &str, edges: usize) -> String {
    let dimension = |at: usize| {
        let edge = if at < edges { left } else { right };
        format!(
            "  - {{ name: D{at}, group: G, edge: {edge}, cells: {{ {left}: a, {right}: b }} }}\n"
        )
    };
    let dimensions: String = (0..3).map(dimension).collect();
    format!(
        "title: {left} vs {right}\ndescription: Which of the two.\ndate: 2026-01-0{}\n\
         subjects:\n  - {{ id: {left}, use_when: [\"Plain *{left}*\"] }}\n\
         \x20 - {{ id: {right}, use_when: [\"Plain {right}\"] }}\n\
         verdict: {{ pick: depends, text: \"On [taste](#t).\" }}\ndimensions:\n{dimensions}",
        edges + 1
    )
}

const BODY: &str = "Text.\n\n## T";

/// Three subjects, each compared with both others; `go` alone has a file.
fn three() -> Project {
    three_with("")
}

/// The same with more in the config.
pub fn three_with(config: &str) -> Project {
    const LINTS: &str = "lints: { subject-file-missing: off, one-sided-edges: off, verdict-contradicts-edges: off }";
    Project::new()
        .config(&format!("{LINTS}\n{config}"))
        .page(
            "subjects/go.md",
            "name: Go\naliases: [golang]\nkind: language\nversion: '1.27'",
            "Prose.",
        )
        .page("compare/go-vs-rust.md", &duel("go", "rust", 2), BODY)
        .page("compare/rust-vs-zig.md", &duel("rust", "zig", 1), BODY)
        .page("compare/zig-vs-go.md", &duel("zig", "go", 0), BODY)
}

fn links(built: &Built, path: &str) -> Vec<String> {
    let html = built.text(path);
    let main = html.split("<main").nth(1).unwrap();
    let hrefs =
        main.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    hrefs.collect()
}

#[test]
fn a_hub_shows_facts_prose_and_comparisons_from_its_own_side() {
    let template = "{{ subject.name }} {{ subject.kind }} {{ subject.version }}|{{ content }}|\
        {% for entry in subject.comparisons %}{{ entry.title }}: {{ entry.score.edges }} of {{ entry.score.judged }};{% endfor %}\
        {{ subject.record.score.edges }} of {{ subject.record.score.judged }} over {{ subject.record.comparisons }}\
        {% for group in subject.record.groups %} {{ group.name }} {{ group.edges }}/{{ group.judged }}{% endfor %}";
    let built = three().file("templates/subject.html", template).clean();
    let go =
        "Go language 1.27|<p>Prose.</p>\n|rust vs Go: 2 of 3;zig vs Go: 3 of 3;5 of 6 over 2 G 5/6";
    assert_eq!(
        built.text("subjects/go/index.html").replace("Rust", "rust").replace("Zig", "zig"),
        go
    );
}

#[test]
fn a_subject_without_a_file_has_a_hub_from_the_second_comparison_on() {
    let built = three().clean();
    assert!(built.has("subjects/rust/index.html") && built.has("subjects/zig/index.html"));
    assert!(
        built
            .text("subjects/rust/index.html")
            .contains("<title>Rust compared with Go and Zig · versus</title>")
    );
    let one = Project::new().page("compare/go-vs-rust.md", &duel("go", "rust", 2), BODY).clean();
    assert!(!one.has("subjects/rust/index.html") && !one.has("subjects/index.html"));
    assert!(
        !links(&one, "compare/go-vs-rust/index.html").iter().any(|link| link.contains("subjects"))
    );
}

#[test]
fn articles_lead_to_hubs_hubs_to_alternatives_and_these_to_the_matrix() {
    let built = three().clean();
    let has = |path: &str, link: &str| links(&built, path).iter().any(|own| own == link);
    assert!(has("compare/go-vs-rust/index.html", "/subjects/rust/"));
    assert!(has("subjects/rust/index.html", "/subjects/rust/alternatives/"));
    assert!(has("subjects/rust/index.html", "/compare/matrix/"));
    assert!(has("subjects/rust/alternatives/index.html", "/subjects/zig/"));
    assert!(has("subjects/rust/alternatives/index.html", "/compare/matrix/"));
    assert!(has("subjects/index.html", "/subjects/zig/"));
    assert!(
        has("compare/index.html", "/compare/matrix/") && has("compare/index.html", "/subjects/go/")
    );
    assert!(built.text("index.html").contains("href=\"/a-z/\""));
}

#[test]
fn alternatives_say_when_to_use_each_and_their_links_lead_back() {
    let template = "{{ alternatives.head.title }}|{% for entry in alternatives.alternatives %}{{ entry.subject.name }}:\
        {% for argument in entry.arguments %}{{ argument.verdict.pick.name }} {{ argument.verdict.text | safe }} {{ argument.use_when | join(sep=\",\") | safe }};{% endfor %}{% endfor %}";
    let built = three().file("templates/alternatives.html", template).clean();
    assert_eq!(
        built.text("subjects/rust/alternatives/index.html"),
        "Alternatives to Rust: Go and Zig · versus|\
         Go:It depends On <a href=\"/compare/go-vs-rust/#t\">taste</a>. Plain <em>go</em>;\
         Zig:It depends On <a href=\"/compare/rust-vs-zig/#t\">taste</a>. Plain zig;"
    );
}

#[test]
fn citations_are_left_out_where_their_sources_are_not() {
    let cited = duel("go", "rust", 2).replace("Plain rust", "Fast[^s]")
        + "sources:\n  - { id: s, title: S, url: 'https://example.org/s' }\n";
    let built = three().page("compare/go-vs-rust.md", &cited, BODY).clean();
    assert!(built.text("subjects/go/alternatives/index.html").contains("<li>Fast</li>"));
    assert!(built.text("compare/go-vs-rust/index.html").contains("Fast<sup"));
}

/// The rows of the matrix, one a line.
const ROWS: &str = "{% for group in matrix.groups %}{% if group.title %}[{{ group.title }}] {% endif %}\
    {% for row in group.rows %}{{ row.subject.name }}:{% for cell in row.cells %} \
    {% if cell.is_self %}x{% elif not cell.pairs %}-{% endif %}\
    {% for pair in cell.pairs %}{{ pair.edges }}-{{ pair.against }}{% if not loop.last %}+{% endif %}{% endfor %}{% endfor %};{% endfor %}{% endfor %}";

#[test]
fn a_cell_of_the_matrix_counts_edges_from_the_side_of_its_row() {
    let built = three().file("templates/matrix.html", ROWS).clean();
    assert_eq!(
        built.text("compare/matrix/index.html"),
        "Go: x 2-1 3-0;Rust: 1-2 x 1-2;Zig: 0-3 2-1 x;"
    );
    let second = duel("go", "rust", 3)
        .replace("title: go vs rust", "title: Once more\nlint: { allow: [mirror-unlinked] }");
    let built =
        three().file("templates/matrix.html", ROWS).page("compare/more.md", &second, BODY).build();
    assert_eq!(
        built.text("compare/matrix/index.html"),
        "Go: x 3-0+2-1 3-0;Rust: 0-3+1-2 x 1-2;Zig: 0-3 2-1 x;"
    );
}

#[test]
fn a_matrix_needs_three_subjects_and_stands_where_the_comparisons_are() {
    let two = Project::new().page("compare/go-vs-rust.md", &duel("go", "rust", 2), BODY).clean();
    assert!(!two.has("compare/matrix/index.html"));
    let apart = three().page("notes/go-vs-c.md", &duel("go", "c", 2), BODY).clean();
    assert!(apart.has("matrix/index.html") && !apart.has("compare/matrix/index.html"));
    let below = Project::new()
        .page("compare/a/go-vs-rust.md", &duel("go", "rust", 2), BODY)
        .page("compare/b/go-vs-c.md", &duel("go", "c", 2), BODY)
        .clean();
    assert!(below.has("compare/matrix/index.html"));
}

#[test]
fn above_forty_subjects_each_category_has_a_table_and_no_pair_is_lost() {
    let mut project = Project::new()
        .file("templates/matrix.html", ROWS)
        .config("lints: { one-sided-edges: off, verdict-contradicts-edges: off }");
    for side in ["a", "b"] {
        for at in 0..22 {
            let front = format!("name: {side}{at:02}\ncategories: [{side}]");
            project = project.page(&format!("subjects/{side}{at:02}.md"), &front, "");
        }
        for at in 0..11 {
            let (one, other) = (format!("{side}{:02}", 2 * at), format!("{side}{:02}", 2 * at + 1));
            project = project.page(&format!("compare/{one}.md"), &duel(&one, &other, 2), BODY);
        }
    }
    let built = project.page("compare/across.md", &duel("a00", "b00", 3), BODY).clean();
    let text = built.text("compare/matrix/index.html");
    assert!(text.starts_with("[a] a00: x 2-1 - - -"), "{text}");
    assert!(text.contains("[b] b00: x 2-1 - - -"), "{text}");
    assert!(text.ends_with("[Across categories] a00: 3-0;b00: 0-3;"), "{text}");
}

#[test]
fn what_is_a_mirror_a_draft_or_hidden_never_counts() {
    let count = "{% for entry in subject.comparisons %}{{ entry.url }} {% endfor %}";
    let all = |built: &Built| built.text("subjects/go/index.html").trim().to_owned();
    let project =
        || three().file("templates/subject.html", count).file("templates/matrix.html", ROWS);
    let before = all(&project().clean());
    assert_eq!(before, "/compare/go-vs-rust/ /compare/zig-vs-go/");
    let matrix = project().clean().text("compare/matrix/index.html").to_owned();
    for key in [
        "mirror_of: go-vs-rust",
        "draft: true",
        "noindex: true\nlint: { allow: [mirror-unlinked] }",
        "canonical: https://e.org/\nlint: { allow: [mirror-unlinked] }",
    ] {
        let front = format!("{key}\n{}", duel("rust", "go", 3));
        let built = project().page("compare/rust-vs-go.md", &front, BODY).build();
        assert_eq!(all(&built), before, "{key}\n{}", built.short());
        assert_eq!(built.text("compare/matrix/index.html"), matrix, "{key}");
        assert!(!built.text("a-z/index.html").contains("rust vs go"), "{key}");
    }
}

#[test]
fn an_article_that_comes_or_goes_changes_every_page_that_counts_it() {
    let project = || {
        Project::new().page("compare/go-vs-rust.md", &duel("go", "rust", 2), BODY).page(
            "compare/rust-vs-zig.md",
            &duel("rust", "zig", 1),
            BODY,
        )
    };
    let rust = "subjects/rust/index.html";
    let built = project().clean();
    assert!(built.has(rust) && !built.has("subjects/go/index.html"));
    let added = project().page("compare/go-vs-c.md", &duel("go", "c", 2), BODY).clean();
    assert!(added.has("subjects/go/alternatives/index.html"));
    assert!(added.text("sitemap.xml").contains("/subjects/go/alternatives/"));
    let draft = format!("draft: true\n{}", duel("go", "c", 2));
    let drafted = project().page("compare/go-vs-c.md", &draft, BODY);
    assert_eq!(
        drafted.clean().files.keys().collect::<Vec<_>>(),
        built.files.keys().collect::<Vec<_>>()
    );
    let shown = project().page("compare/go-vs-c.md", &draft, BODY).drafts().clean();
    assert!(shown.has("subjects/go/index.html"));
    let deleted =
        Project::new().page("compare/go-vs-rust.md", &duel("go", "rust", 2), BODY).clean();
    assert!(!deleted.has(rust) && !deleted.has("compare/matrix/index.html"));
}

#[test]
fn each_kind_of_page_can_be_turned_off() {
    let pages = [
        "subjects/rust/index.html",
        "subjects/go/alternatives/index.html",
        "compare/matrix/index.html",
        "a-z/index.html",
    ];
    let lint = "\nlints: { subject-file-missing: off, one-sided-edges: off, verdict-contradicts-edges: off }";
    for (key, gone) in [
        ("subjects", vec![0, 1]),
        ("alternatives", vec![1]),
        ("matrix", vec![2]),
        ("a_to_z", vec![3]),
    ] {
        let built = three().config(&format!("hubs: {{ {key}: false }}{lint}")).clean();
        for (at, page) in pages.iter().enumerate() {
            assert_eq!(built.has(page), !gone.contains(&at), "{key}: {page}");
            let folder = page.strip_suffix("index.html").unwrap();
            if gone.contains(&at) {
                let leads = built.files.iter().find(|(_, bytes)| {
                    String::from_utf8_lossy(bytes).contains(&format!("href=\"/{folder}\""))
                });
                assert!(
                    leads.is_none(),
                    "{key}: {:?} leads to {page}",
                    leads.map(|(path, _)| path)
                );
            }
        }
    }
    let plain = three().config(&format!("hubs: {{ subjects: false }}{lint}")).clean();
    assert!(!plain.text("subjects/go/index.html").contains("Compared with"));
}

#[test]
fn generated_pages_give_way_to_pages_of_the_site() {
    let built = three()
        .page("own/rust.md", "title: My Rust\nurl: /subjects/rust/", "")
        .page("own/pairs.md", "title: My pairs\nurl: /compare/matrix/", "")
        .page("own/z.md", "title: Z\naliases: [/a-z/]", "")
        .clean();
    assert!(built.text("subjects/rust/index.html").contains("My Rust"));
    assert!(built.text("compare/matrix/index.html").contains("My pairs"));
    assert!(built.text("a-z/index.html").contains("http-equiv"));
    assert!(!built.text("sitemap.xml").contains("a-z"));
    let own = Project::new()
        .page("subjects.md", "title: My subjects", "")
        .page("compare/go-vs-rust.md", &duel("go", "rust", 2), BODY)
        .page("compare/rust-vs-zig.md", &duel("rust", "zig", 1), BODY)
        .clean();
    assert!(own.text("subjects/index.html").contains("My subjects"));
    assert!(own.has("subjects/rust/index.html"));
}

#[test]
fn a_hub_names_the_articles_that_mention_its_subject() {
    let template = "{% for link in subject.mentions %}{{ link.title }};{% endfor %}";
    let built = three()
        .file("templates/subject.html", template)
        .page(
            "notes/a.md",
            "title: Linked\ndate: 2026-01-02",
            "[x](/subjects/rust/) [x](/subjects/rust/alternatives/) [g](../subjects/go.md)",
        )
        .page("notes/b.md", "title: Tagged\ndate: 2026-01-03\ntags: [Golang]", "")
        .page("notes/c.md", "title: Hidden\nnoindex: true", "[x](/subjects/rust/)")
        .clean();
    assert_eq!(built.text("subjects/rust/index.html"), "Linked;");
    assert_eq!(built.text("subjects/go/index.html"), "Tagged;Linked;");
}

#[test]
fn measurements_stand_on_the_hub_of_each_subject_that_was_measured() {
    let template = "{% for result in subject.results %}{{ result.name }} {{ result.own.text }}{% if result.own.is_best %}!{% endif %} against{% for row in result.others %} {{ row.name }} {{ row.text }}{% if row.ratio %} {{ row.ratio }}{% endif %}{% endfor %} {{ result.url }};{% endfor %}";
    let front = duel("go", "rust", 2)
        + "benchmarks:\n  - name: B\n    method: M\n    environment: E\n    sources: [s]\n    metrics:\n\
           \x20     - { name: Time, unit: s, better: lower, values: { go: 2, rust: 6 } }\n\
           \x20     - { name: Size, unit: kB, better: lower, values: { go: null, rust: 6 }, note: n }\n\
           sources:\n  - { id: s, title: S, url: 'https://example.org/s' }\n";
    let built = three()
        .file("templates/subject.html", template)
        .page("compare/go-vs-rust.md", &front, BODY)
        .build();
    assert_eq!(
        built.text("subjects/go/index.html").replace('\u{a0}', " "),
        "Time 2 s! against Rust 6 s /compare/go-vs-rust/#b-b-time;"
    );
    assert_eq!(
        built.text("subjects/rust/index.html").replace('\u{a0}', " "),
        "Time 6 s against Go 2 s 3.0× /compare/go-vs-rust/#b-b-time;Size 6 kB against /compare/go-vs-rust/#b-b-size;"
    );
}

#[test]
fn letters_head_titles_subjects_and_other_names() {
    let template = "{% for letter in index.letters %}{{ letter.title }}:{% for entry in letter.entries %} {{ entry.title }}{% if entry.see %} (see {{ entry.see }}){% endif %};{% endfor %}\n{% endfor %}";
    let built = three()
        .file("templates/a-z.html", template)
        .page("a.md", "title: Élan", "")
        .page("b.md", "title: 7 rules", "")
        .page("c.md", "title: Жук", "")
        .clean();
    built.html(
        "a-z/index.html",
        str![[r#"
0–9: 7 rules;
E: Élan;
G: Go; go vs rust; golang (see Go);
R: Rust; rust vs zig;
Z: Zig; zig vs go;
Ж: Жук;

"#]],
    );
}

#[test]
fn many_titles_are_parted_and_every_letter_is_led_to() {
    let mut project = three();
    for at in 0..1100 {
        project = project.page(&format!("n/{at}.md"), &format!("title: Note {at:04}"), "");
    }
    let built = project.clean();
    assert!(built.has("a-z/page/2/index.html") && !built.has("a-z/page/3/index.html"));
    assert!(links(&built, "a-z/index.html").contains(&"/a-z/page/2/#l-Z".to_owned()));
    assert!(
        built.text("sitemap.xml").contains("/a-z/<")
            && !built.text("sitemap.xml").contains("/a-z/page/2")
    );
}

#[test]
fn programs_find_the_same_on_hubs() {
    let built = three().clean();
    let rust = built.text("subjects/rust/index.html");
    assert!(
        rust.contains("\"@type\":\"ItemList\"")
            && rust.contains("\"name\":\"Zig vs Rust\"")
            && rust.contains("\"@type\":\"BreadcrumbList\"")
    );
    assert!(rust.contains("<link rel=\"canonical\" href=\"http://localhost/subjects/rust/\">"));
    assert!(built.text("subjects/rust/alternatives/index.html").contains("\"@type\":\"ItemList\""));
    for path in [
        "/subjects/rust/",
        "/subjects/",
        "/subjects/rust/alternatives/",
        "/compare/matrix/",
        "/a-z/",
    ] {
        assert!(
            built.text("sitemap.xml").contains(&format!("<loc>http://localhost{path}</loc>")),
            "{path}"
        );
    }
    assert!(
        built.text("llms.txt").contains("[Rust](http://localhost/subjects/rust/index.html.md)")
    );
    assert!(built.text("llms-full.txt").contains("# Rust\n"));
    assert!(built.text("index.json").contains("http://localhost/subjects/rust/"));
    built.html(
        "subjects/rust/index.html.md",
        str![[r#"
# Rust

Source: <http://localhost/subjects/rust/>

## Compared with

- [Go vs Rust](http://localhost/compare/go-vs-rust/): edge in 1 of 3. Which of the two.
- [Zig vs Rust](http://localhost/compare/rust-vs-zig/): edge in 1 of 3. Which of the two.

## Record

Edge in 2 of 6 dimensions over 2 comparisons.

- G: edge in 2 of 6

"#]],
    );
}

#[test]
fn the_pairs_worth_writing_share_the_most_thirds() {
    let built = Project::new()
        .page("compare/a-vs-b.md", &duel("a", "b", 1), BODY)
        .page("compare/b-vs-c.md", &duel("b", "c", 1), BODY)
        .page("compare/c-vs-d.md", &duel("c", "d", 1), BODY)
        .page("compare/d-vs-a.md", &duel("d", "a", 1), BODY)
        .page("compare/d-vs-e.md", &duel("d", "e", 1), BODY)
        .page("compare/hidden.md", &format!("noindex: true\n{}", duel("a", "e", 1)), BODY)
        .clean();
    let site = &built.build.site;
    let name = |id: usize| site.subjects.all[id].id.as_str();
    let found: Vec<String> = gaps(site)
        .iter()
        .map(|gap| {
            let shared: Vec<&str> = gap.shared.iter().map(|third| name(*third)).collect();
            format!("{}-{} by {}", name(gap.left), name(gap.right), shared.join(","))
        })
        .collect();
    assert_eq!(found, ["d-b by a,c", "a-c by b,d", "c-e by d"]);
}

#[test]
fn subjects_of_one_category_are_worth_comparing_without_a_shared_third() {
    let built = Project::new()
        .config("lints: { one-sided-edges: off }")
        .page("subjects/a.md", "name: A\nkind: language", "")
        .page("subjects/c.md", "name: C\nkind: language", "")
        .page("subjects/d.md", "name: D\nkind: language", "")
        .page("compare/a-vs-b.md", &duel("a", "b", 1), BODY)
        .page("compare/c-vs-x.md", &duel("c", "x", 1), BODY)
        .build();
    let site = &built.build.site;
    let gaps = gaps(site);
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps[0].category.as_deref(), Some("Languages"));
    assert_eq!(site.subjects.all[gaps[0].left].name, "A");
}
