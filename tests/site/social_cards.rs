//! Pictures of articles for link previews.
#![cfg(feature = "social-cards")]

use std::collections::HashSet;
use std::io::Cursor;

use snapbox::str;

use crate::project::{Built, Project};

const SITE: &str = "title: The bench\nbase_url: https://e.org/s/\n";
/// The same with a card for every article.
const ALL: &str = "title: The bench\nbase_url: https://e.org/s/\nsocial_cards: { of: articles }\n";
const PAIR: &str = "title: 'Go vs Rust: which one?'\nsubjects: [go, rust]\n\
    dimensions:\n  - { name: Speed, edge: rust, cells: { go: a, rust: b } }\n  \
    - { name: Builds, edge: go, cells: { go: a, rust: b } }\n  - { name: Tools, edge: tie, cells: { go: a, rust: b } }\n";

fn project() -> Project {
    Project::new()
        .config(SITE)
        .page("subjects/go.md", "title: Go\ncolor: teal", "")
        .page("subjects/rust.md", "title: Rust\ncolor: violet", "")
        .page("compare/go-vs-rust.md", PAIR, "Text.")
}

/// A picture of one red pixel.
fn dot() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 1, 1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&[255, 0, 0]).unwrap();
    file
}

/// Every pixel of a picture.
fn pixels(png: &[u8]) -> (u32, u32, Vec<[u8; 3]>) {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    (info.width, info.height, bytes.as_chunks().0.to_vec())
}

fn colours(built: &Built, path: &str) -> HashSet<[u8; 3]> {
    pixels(&built.files[path]).2.into_iter().collect()
}

const TEAL: [u8; 3] = [0x00, 0x64, 0x7f];
const RUST: [u8; 3] = [0xa6, 0x3d, 0x1e];
const VIOLET: [u8; 3] = [0x7a, 0x2c, 0x7e];

fn head(built: &Built, path: &str) -> String {
    let lines = built.text(path).lines().filter(|line| line.contains("image"));
    lines.filter(|line| line.starts_with("<meta")).map(|line| format!("{line}\n")).collect()
}

/// The address of the picture that a page names.
fn image(built: &Built, path: &str) -> String {
    let html = built.text(path);
    let (_, rest) = html.split_once("og:image\" content=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[test]
fn a_comparison_has_a_card_in_the_inks_of_its_subjects() {
    let built = project().clean();
    let png = &built.files["compare/go-vs-rust/card.png"];
    let (width, height, pixels) = pixels(png);
    assert_eq!((width, height), (1200, 630));
    let count = |ink| pixels.iter().filter(|pixel| **pixel == ink).count();
    // A cell of the strip is a third of the width, and the names are large.
    assert!(count(TEAL) > 20_000 && count(VIOLET) > 20_000, "{} {}", count(TEAL), count(VIOLET));
    // The rust of the mark, and the paper.
    assert!(count(RUST) > 300 && count([0xfd, 0xfd, 0xfc]) > 500_000);
    assert!(png.len() < 25_000, "{}", png.len());
    assert_eq!(project().clean().files, built.files);
}

#[test]
fn the_head_of_a_page_says_where_its_card_is_and_what_it_shows() {
    let built = project().clean();
    let head = head(&built, "compare/go-vs-rust/index.html");
    let version = image(&built, "compare/go-vs-rust/index.html");
    let (address, version) = version.split_once("?v=").unwrap();
    assert_eq!(address, "https://e.org/s/compare/go-vs-rust/card.png");
    snapbox::assert_data_eq!(
        head.replace(version, "VERSION"),
        str![[r#"
<meta property="og:image" content="https://e.org/s/compare/go-vs-rust/card.png?v=VERSION">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="Go vs Rust: which one?">
<meta name="twitter:card" content="summary_large_image">

"#]]
    );
    let html = built.text("compare/go-vs-rust/index.html");
    assert!(html.contains(r#"<meta name="twitter:card" content="summary_large_image">"#));
    let url = format!("\"image\":\"{address}?v={version}\"");
    assert!(html.contains(&url), "{html}");
    assert!(!built.text("sitemap.xml").contains("card.png"));
}

#[test]
fn the_address_changes_with_what_the_card_shows_and_with_nothing_else() {
    let with = |front: &str, body: &str| {
        let site = project().config(ALL).page("compare/a.md", front, body);
        image(&site.clean(), "compare/a/index.html")
    };
    let plain = with("title: A\ndescription: D", "Text.");
    assert_eq!(with("title: A\ndescription: D", "Another text."), plain);
    assert_ne!(with("title: B\ndescription: D", "Text."), plain);
    let drawn = project().config(ALL).file(
        "templates/card.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"/>",
    );
    let built = drawn.page("compare/a.md", "title: A\ndescription: D", "Text.").clean();
    assert_ne!(image(&built, "compare/a/index.html"), plain);
    let pair = |site: Project| image(&site.clean(), "compare/go-vs-rust/index.html");
    let said = project().file("strings/en.yaml", "versus: against\n");
    assert_ne!(pair(said), pair(project()));
    let with = |logo: &str| {
        let config = format!("{SITE}theme: {{ logo: logo.svg }}\n");
        pair(project().config(&config).file("static/logo.svg", logo))
    };
    assert_ne!(with("<svg viewBox='0 0 1 1'/>"), with("<svg viewBox='0 0 1 1'><g/></svg>"));
}

#[test]
fn lists_show_the_card_of_the_site() {
    let built = project().clean();
    let root = image(&built, "index.html");
    assert!(root.starts_with("https://e.org/s/card.png?v="), "{root}");
    for path in ["compare/index.html", "a-z/index.html", "subjects/index.html"] {
        assert_eq!(image(&built, path), root, "{path}");
    }
    assert!(colours(&built, "card.png").is_superset(&HashSet::from([TEAL, RUST])));
    // A page at the root has its own there, and lists take that.
    let built = project().config(ALL).page("index.md", "title: Welcome", "Text.").clean();
    assert_eq!(image(&built, "compare/index.html"), image(&built, "index.html"));
    assert!(head(&built, "compare/index.html").contains("alt\" content=\"Welcome\""));
}

#[test]
fn there_are_none_where_nobody_reaches_the_site_or_the_config_says_no() {
    let has = |config: &str| {
        let built = project().config(config).clean();
        let is_named = built.text("compare/go-vs-rust/index.html").contains("og:image");
        assert_eq!(built.has("compare/go-vs-rust/card.png"), is_named, "{config}");
        assert_eq!(built.has("card.png"), is_named, "{config}");
        is_named
    };
    assert!(has(SITE));
    assert!(!has("title: T"));
    assert!(!has("base_url: http://localhost:8080/"));
    assert!(!has("base_url: http://127.0.0.1/docs/"));
    assert!(!has("base_url: https://e.org/\nsocial_cards: false"));
    assert!(has("social_cards: true"));
    assert!(has("social_cards: {}"));
}

#[test]
fn articles_that_are_no_data_have_the_card_of_the_site_unless_the_config_says_more() {
    let site = project().page("compare/c-vs-zig.md", "title: C vs Zig", "Text.").clean();
    assert!(site.has("subjects/go/card.png") && !site.has("compare/c-vs-zig/card.png"));
    assert_eq!(image(&site, "compare/c-vs-zig/index.html"), image(&site, "index.html"));
    let with = |of: &str| {
        let config = format!("{SITE}social_cards: {{ of: {of} }}\n");
        project().config(&config).page("compare/c-vs-zig.md", "title: C vs Zig", "Text.")
    };
    assert!(with("articles").clean().has("compare/c-vs-zig/card.png"));
    assert!(!with("comparisons").clean().has("compare/c-vs-zig/card.png"));
    assert!(with("all").build().short().contains("articles"), "{}", with("all").build().short());
}

#[test]
fn a_picture_of_the_authors_own_wins() {
    let built = project()
        .page("compare/a/index.md", "title: A\nimage: own.png", "Text.")
        .file("content/compare/a/own.png", dot())
        .page("compare/b/index.md", "title: B", "Text.")
        .file("content/compare/b/card.png", dot())
        .page("compare/_index.md", "title: C\nimage: a/own.png", "")
        .clean();
    assert!(!built.has("compare/a/card.png"));
    assert_eq!(image(&built, "compare/a/index.html"), "https://e.org/s/compare/a/own.png");
    assert_eq!(image(&built, "compare/index.html"), "https://e.org/s/compare/a/own.png");
    // One that lies where the card would be is taken for it.
    assert_eq!(image(&built, "compare/b/index.html"), "https://e.org/s/compare/b/card.png");
    assert!(!head(&built, "compare/b/index.html").contains("alt"));
}

#[test]
fn no_title_is_too_odd_to_be_drawn() {
    let long = "On ".repeat(300) + "and on";
    for title in [
        "<b>&amp; \"quotes\" & </text>]]>",
        "🦀 vs 🐹",
        "\\u0001\\u0008",
        &long,
        "a\\u0300\\u0301",
        "Ünïcödé Ελλάδα Кириллица",
    ] {
        let front = format!("title: \"{}\"", title.replace('"', "\\\""));
        let built = Project::new().config(ALL).page("a.md", &front, "Text.").build();
        let (width, height, _) = pixels(&built.files["a/card.png"]);
        assert_eq!((width, height), (1200, 630), "{title}");
    }
}

#[test]
fn a_strip_has_room_for_every_dimension() {
    let dimensions: String =
        (0..400).map(|at| format!("\n  - {{ name: D{at}, edge: go, text: t }}")).collect();
    let front = format!("title: Go vs C\nsubjects: [go, c]\ndimensions:{dimensions}");
    let built = project().page("compare/many.md", &front, "Text.").clean();
    let (_, _, pixels) = pixels(&built.files["compare/many/card.png"]);
    assert!(pixels[1200 * 600..1200 * 601].iter().all(|pixel| *pixel == TEAL));
}

/// How many pixels of a card are not paper.
fn ink(title: &str, template: &str) -> usize {
    let front = format!("title: '{title}'\ndescription: ''");
    let built = Project::new()
        .config(ALL)
        .file("templates/card.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">{template}</svg>"))
        .page("a.md", &front, "Text.")
        .clean();
    pixels(&built.files["a/card.png"]).2.iter().filter(|pixel| **pixel != [255; 3]).count()
}

#[test]
fn what_no_font_has_leaves_no_boxes() {
    let written = r#"<text x="9" y="99" font-size="90">{{ card.title }}</text>"#;
    assert!(ink("Go", written) > 1000);
    assert_eq!(ink("Go 🦀", written), ink("Go", written));
    assert_eq!(ink("比較", written), 0);
    // A text with a letter that is missing is left out as a whole.
    let set = r#"{% set title = fit(text=card.title, width=900, size=90) %}{% for line in title.lines %}<text x="9" y="99" font-size="90">{{ line }}</text>{% endfor %}"#;
    assert_eq!(ink("Go 🦀", set), ink("Go", written));
    assert_eq!(ink("Go 比較", set), 0);
}

#[test]
fn titles_that_no_font_has_are_told_once() {
    let site = Project::new().config(ALL);
    site.page("a.md", "title: Go 比較\ndescription: D", "Text.")
        .page("b.md", "title: 言語\ndescription: D", "Text.")
        .page("c.md", "title: Ω 🦀\ndescription: D", "Text.")
        .problems(str![[r#"
info[card-letter-missing]: no font of the social cards has `比`, nor all letters of another title
 --> content/a.md:2:8
  |
2 | title: Go 比較
  |        ^^^^^
  = help: name a font that has them: `social_cards: { font: … }` in `versus.yaml`


"#]]);
}

#[test]
fn a_template_that_draws_nothing_is_told_at_its_file() {
    let broken = |svg: &str| {
        let site = Project::new().config(ALL).file("templates/card.svg", svg);
        let built = site.page("a.md", "title: A", "Text.").build();
        assert!(!built.has("a/card.png"), "{svg}");
        built.short().lines().next().unwrap_or_default().to_owned()
    };
    let told = [
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><text>{{ card.titel }}</text></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><text>{{ fit(text=card.title) }}</text></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">\n<text>{{ card.title }}</svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"630\" height=\"630\"></svg>",
        "<html></html>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\"></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><image href=\"https://e.org/a.png\"/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><image href=\"../versus.yaml\"/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><image href=\"data:image/png;base64,AAAA\"/></svg>",
        "<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><text>&a;</text></svg>",
        "",
    ]
    .map(broken);
    snapbox::assert_data_eq!(
        told.join("\n"),
        str![[r#"
templates/card.svg:1:81: error[template-error]: unknown variable `card.titel`
templates/card.svg:1:76: error[template-error]: missing keyword argument `width`
templates/card.svg: error[template-error]: it prints no well-formed XML: expected 'text' tag, not 'svg', in `<text>A</svg>`
templates/card.svg: error[template-error]: it is 630 × 630, and should be 1200 × 630
templates/card.svg: error[template-error]: it prints no `svg` element
templates/card.svg: error[template-error]: its `svg` has no size that can be drawn
templates/card.svg: error[template-error]: it shows `https://e.org/a.png`, which is no SVG of `static/`
templates/card.svg: error[template-error]: it shows `../versus.yaml`, which is no SVG of `static/`
templates/card.svg: error[template-error]: it shows `data:image/png;base64,AAAA`, which is no SVG of `static/`
templates/card.svg: error[template-error]: it prints no well-formed XML: a document type is not read, in `<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3`
templates/card.svg: error[template-error]: it prints no well-formed XML: the document does not have a root node
"#]]
    );
}

#[test]
fn a_template_may_show_drawings_of_the_site() {
    let card = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' \
        width='1200' height='630'><image href='a.svg' width='600' height='630'/>\
        <image x:href='/b/c.svg' x='600' width='600' height='630'/></svg>";
    let drawing = |fill: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='63'>\
             <rect width='60' height='63' fill='{fill}'/></svg>"
        )
    };
    let built = Project::new()
        .config(ALL)
        .file("templates/card.svg", card)
        .file("static/a.svg", drawing("#123456"))
        .file("static/b/c.svg", drawing("#abc"))
        .page("a.md", "title: A", "Text.")
        .clean();
    let (_, _, pixels) = pixels(&built.files["a/card.png"]);
    assert_eq!(pixels[1200 * 300 + 300], [0x12, 0x34, 0x56]);
    assert_eq!(pixels[1200 * 300 + 900], [0xaa, 0xbb, 0xcc]);
}

#[test]
fn the_logo_of_a_site_is_on_its_cards_if_it_is_a_drawing() {
    let logo = "<svg xmlns='http://www.w3.org/2000/svg' width='28' height='28'>\
        <rect width='28' height='28' fill='#123456'/></svg>";
    let with = |name: &str, bytes: Vec<u8>| {
        let config = format!("{ALL}theme: {{ logo: {name} }}\n");
        let site = Project::new().config(&config).file(&format!("static/{name}"), bytes);
        colours(&site.page("a.md", "title: A", "Text.").clean(), "a/card.png")
    };
    assert!(with("logo.svg", logo.into()).contains(&[0x12, 0x34, 0x56]));
    assert!(with("logo.png", dot()).contains(&TEAL));
}

#[test]
fn inks_of_the_config_are_those_of_the_card() {
    let config = format!("{SITE}theme:\n  inks: {{ teal: '#005a9c #7cc4ff' }}\n");
    let colours = colours(&project().config(&config).clean(), "compare/go-vs-rust/card.png");
    assert!(colours.contains(&[0x00, 0x5a, 0x9c]) && !colours.contains(&TEAL));
}

#[test]
fn fonts_of_the_owners_come_first() {
    let sans = include_bytes!("../../fonts/sans.ttf");
    let with = |config: &str, name: &str| {
        let config =
            format!("base_url: https://e.org/\nsocial_cards: {{ of: articles, font: {config} }}");
        Project::new().config(&config).file(name, &sans[..]).page("a.md", "title: A word", "Text.")
    };
    let plain = project().config(ALL).page("a.md", "title: A word", "Text.").clean();
    let own = with("[own.ttf]", "fonts/own.ttf").clean();
    assert_ne!(own.files["a/card.png"], plain.files["a/card.png"]);
    with("[own.ttf, versus.md]", "fonts/own.ttf").file("fonts/versus.md", "no font").problems(
        str![[r#"
error[config-invalid]: `fonts/versus.md` is no font that can be drawn with
 --> versus.yaml:2:37
  |
2 | social_cards: { of: articles, font: [own.ttf, versus.md] }
  |                                     ^^^^^^^^^^^^^^^^^^^
  = help: use a TrueType or OpenType font, a file ending in `.ttf` or `.otf`


"#]],
    );
}
