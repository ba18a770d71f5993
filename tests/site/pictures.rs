use std::sync::LazyLock;

use proptest::prelude::*;
use snapbox::str;
use versus::cache::Cache;
use versus::diag::Format;
use versus::output::Null;
use versus::pictures::{Picture, inspect, make};
use versus::pipeline::{Options, build};
use versus::source::Memory;

use crate::painting;
use crate::project::{Built, Project};

/// Pictures are slow to make in tests, so each is made once.
static WIDE: LazyLock<Vec<u8>> = LazyLock::new(|| painting::jpeg(1600, 200));
static NARROW: LazyLock<Vec<u8>> = LazyLock::new(|| painting::jpeg(600, 400));

/// A page that shows a picture beside it, far below its beginning.
fn shows(name: &str, bytes: impl Into<Vec<u8>>) -> Project {
    Project::new()
        .bare()
        .page("a/index.md", "title: A", &format!("## Below\n\n![what it shows]({name})\n"))
        .file(&format!("content/a/{name}"), bytes)
}

/// The widths of the first `srcset`, with their addresses.
fn offered(html: &str) -> Vec<(u32, String)> {
    let Some((_, rest)) = html.split_once("srcset=\"") else { return Vec::new() };
    let choice = |choice: &str| {
        let (url, width) = choice.split_once(' ').unwrap();
        (width.strip_suffix('w').unwrap().parse().unwrap(), url.to_owned())
    };
    rest.split('"').next().unwrap().split(", ").map(choice).collect()
}

fn widths(html: &str) -> Vec<u32> {
    offered(html).into_iter().map(|(width, _)| width).collect()
}

/// The files that were made of pictures.
fn made(built: &Built) -> Vec<&str> {
    built.files.keys().map(String::as_str).filter(|path| path.starts_with("pictures/")).collect()
}

/// The narrowest picture that a page is offered.
fn narrowest(built: &Built) -> &[u8] {
    let offered = offered(built.text("a/index.html"));
    &built.files[&offered[0].1[1..]]
}

#[test]
fn a_picture_is_offered_in_several_widths_and_has_its_place_before_it_is_there() {
    let built = shows("photo.jpg", WIDE.clone()).clean();
    built.html("a/index.html", str![[r##"
<h2 id="below">Below<a class="anchor" href="#below" aria-label="Link to this section">#</a></h2>
<p><img src="/a/photo.jpg" srcset="/pictures/photo-8bcce5e903-480.webp 480w, /pictures/photo-8bcce5e903-960.webp 960w, /pictures/photo-8bcce5e903-1440.webp 1440w" sizes="(max-width: 624px) 100vw, 624px" alt="what it shows" width="1600" height="200" loading="lazy" decoding="async"></p>

"##]]);
    for (width, url) in offered(built.text("a/index.html")) {
        let (wide, high, channels, _) = painting::pixels(&built.files[&url[1..]]);
        assert_eq!((wide, high, channels), (width, width / 8, 3));
    }
    assert_eq!(built.files["a/photo.jpg"], *WIDE);
    assert_eq!(made(&built).len(), 3);
}

#[test]
fn nothing_is_made_wider_than_it_is() {
    let built = shows("photo.jpg", NARROW.clone()).clean();
    let html = built.text("a/index.html");
    assert_eq!(widths(html), [480, 600]);
    assert!(html.contains(r#" sizes="(max-width: 600px) 100vw, 600px""#), "{html}");
    assert!(html.contains(r#" width="600" height="400""#), "{html}");
}

#[test]
fn every_width_takes_less_than_the_file() {
    let files = [
        ("a.jpg", WIDE.clone()),
        ("g.jpg", painting::progressive(600, 200)),
        ("b.png", painting::png(600, 200)),
        ("c.webp", painting::webp(600, 200, false)),
        ("d.webp", painting::webp(600, 200, true)),
        ("e.gif", painting::gif(600, 200, 1)),
        ("f.png", painting::see_through(600, 200)),
    ];
    for (name, bytes) in files {
        let size = bytes.len();
        let built = shows(name, bytes).clean();
        assert!(widths(built.text("a/index.html")).len() >= 2, "{name} is not offered");
        for path in made(&built) {
            let own = built.files[path].len();
            assert!(own < size, "{path} takes {own} bytes, and {name} {size}");
        }
    }
}

#[test]
fn a_picture_at_the_top_of_a_page_is_loaded_at_once_and_no_other() {
    let picture = "![p](p.jpg)";
    let text = "A long text. ".repeat(90);
    for (body, lazy) in [
        (format!("Short.\n\n{picture}\n\n{picture}"), [false, true]),
        (format!("## Heading\n\n{picture}\n\n{picture}"), [true, true]),
        (format!("{text}\n\n{picture}\n\n{picture}"), [true, true]),
    ] {
        let built = Project::new()
            .bare()
            .config("pictures: false")
            .page("a/index.md", "title: A", &body)
            .file("content/a/p.jpg", NARROW.clone())
            .clean();
        let html = built.text("a/index.html");
        let found: Vec<bool> =
            html.split("<img ").skip(1).map(|tag| tag.contains("loading=\"lazy\"")).collect();
        assert_eq!(found, lazy, "{html}");
    }
}

#[test]
fn pictures_below_a_base_path_and_in_static_are_found() {
    let built = Project::new()
        .bare()
        .config("base_url: https://example.org/docs/")
        .page("a.md", "title: A", "![p](/pics/My%20photo.jpg)")
        .file("static/pics/My photo.jpg", NARROW.clone())
        .clean();
    let html = built.text("a/index.html");
    assert!(html.contains("src=\"/docs/pics/My%20photo.jpg\""), "{html}");
    for (_, url) in offered(html) {
        let below = url.strip_prefix("/docs/").unwrap();
        assert!(below.starts_with("pictures/my-photo-") && built.has(below), "{url}");
    }
    assert_eq!(widths(html), [480, 600]);
}

#[test]
fn a_picture_is_turned_as_the_camera_was_held() {
    // What is seen at the top, left and right, of corners that are told by colours.
    let expected = [
        ("top left", "top right"),
        ("top right", "top left"),
        ("bottom right", "bottom left"),
        ("bottom left", "bottom right"),
        ("top left", "bottom left"),
        ("bottom left", "top left"),
        ("bottom right", "top right"),
        ("top right", "bottom right"),
    ];
    for (orientation, (left, right)) in (1..).zip(expected) {
        let built = shows("p.jpg", painting::held(200, 120, orientation))
            .config("pictures: { widths: [100] }")
            .clean();
        let html = built.text("a/index.html");
        let size = if orientation < 5 { (200, 120) } else { (120, 200) };
        assert!(html.contains(&format!(" width=\"{}\" height=\"{}\"", size.0, size.1)), "{html}");
        let (wide, high, _, data) = painting::pixels(narrowest(&built));
        assert_eq!(high, (size.1 * wide + size.0 / 2) / size.0);
        let corner = |x: u32| {
            let at = (5 * wide + x) as usize * 3;
            let row = if data[at + 1] < 115 { "top" } else { "bottom" };
            let side = if data[at] < 115 { "left" } else { "right" };
            format!("{row} {side}")
        };
        let found = (corner(5), corner(wide - 6));
        assert_eq!(found, (left.to_owned(), right.to_owned()), "held as {orientation}");
    }
}

#[test]
fn what_is_see_through_stays_so() {
    let built = shows("p.png", painting::see_through(800, 400)).clean();
    let (wide, high, channels, data) = painting::pixels(narrowest(&built));
    assert_eq!((wide, high, channels), (480, 240, 4));
    let alpha = |x: usize, y: usize| data[(y * 480 + x) * 4 + 3];
    assert_eq!(alpha(10, 120), 255);
    assert!(alpha(470, 2) < 10 && alpha(470, 235) > 180);
}

#[test]
fn a_chart_stays_as_crisp_as_it_was() {
    let built = Project::new()
        .bare()
        .config("pictures: { widths: [300] }")
        .page("a/index.md", "title: A", "![p](p.png)")
        .file(
            "content/a/p.png",
            painting::repaired([painting::chart(300, 300), vec![0; 40_000]].concat()),
        )
        .clean();
    let (_, _, _, data) = painting::pixels(narrowest(&built));
    let colours: std::collections::BTreeSet<&[u8]> = data.chunks(3).collect();
    assert_eq!(colours.len(), 3, "{colours:?}");
}

#[test]
fn a_small_file_is_shown_as_it_is() {
    let built = shows("p.png", painting::chart(1200, 600)).clean();
    let html = built.text("a/index.html");
    assert!(made(&built).is_empty() && offered(html).is_empty(), "{html}");
    assert!(html.contains(" width=\"1200\" height=\"600\""), "{html}");
}

#[test]
fn what_moves_or_has_inks_of_printers_is_left_alone() {
    for (name, bytes) in [
        ("p.gif", painting::gif(600, 300, 2)),
        ("p.png", painting::moving_png(600, 300)),
        ("p.webp", painting::moving_webp(600, 300)),
        ("p.jpg", painting::inks(600, 300)),
        ("turned.webp", painting::held_webp(600, 300, 6)),
    ] {
        let built = shows(name, bytes.clone()).clean();
        let html = built.text("a/index.html");
        assert!(html.contains(" width=\"600\" height=\"300\" loading"), "{html}");
        assert!(made(&built).is_empty() && offered(html).is_empty(), "{html}");
        assert_eq!(built.files[&format!("a/{name}")], bytes);
    }
}

#[test]
fn a_drawing_is_left_alone_and_has_the_size_that_it_says() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>";
    let built = shows("d.svg", svg).clean();
    built.html("a/index.html", str![[r##"
<h2 id="below">Below<a class="anchor" href="#below" aria-label="Link to this section">#</a></h2>
<p><img src="/a/d.svg" alt="what it shows" width="30" height="20" loading="lazy" decoding="async"></p>

"##]]);
    let built = shows("d.svg", "<svg viewBox='0 0 24 24'/>").clean();
    assert!(!built.text("a/index.html").contains("width="));
}

#[test]
fn a_profile_of_colours_is_kept_unless_it_is_the_usual() {
    let has = |profile: &[u8], expected: bool| {
        let built = shows("p.jpg", painting::profiled(600, 400, profile)).clean();
        let webp = narrowest(&built);
        let found = webp.windows(profile.len()).any(|part| part == profile);
        assert_eq!(found, expected);
        assert_eq!(painting::pixels(webp).0, 480);
        let inspected = inspect("webp", webp).unwrap().unwrap();
        assert_eq!(inspected.size, Some((480, 320)));
    };
    has(&painting::profile(b"RGB "), true);
    has(&painting::profile(b"GRAY"), false);
    let mut usual = painting::profile(b"RGB ");
    usual[100..117].copy_from_slice(b"sRGB IEC61966-2.1");
    has(&usual, false);
}

#[test]
fn browsers_are_told_how_wide_the_theme_shows_pictures() {
    let built = shows("p.jpg", WIDE.clone()).clean();
    let html = built.text("a/index.html");
    assert!(
        html.contains(&format!(" sizes=\"(max-width: {0}px) 100vw, {0}px\"", 39 * 16)),
        "{html}"
    );
    let styles = include_str!("../../static/style.css");
    for rule in [
        "html {font: 100%",
        ".body > * {max-width: 39rem}",
        "img, video {max-width: 100%; height: auto}",
    ] {
        assert!(
            styles.contains(rule),
            "no `{rule}`: `COLUMN` in src/markdown/images.rs follows it"
        );
    }
}

#[test]
fn pictures_may_be_shown_as_they_are() {
    let built = shows("p.jpg", WIDE.clone()).config("pictures: false").clean();
    assert!(made(&built).is_empty());
    built.html("a/index.html", str![[r##"
<h2 id="below">Below<a class="anchor" href="#below" aria-label="Link to this section">#</a></h2>
<p><img src="/a/p.jpg" alt="what it shows" width="1600" height="200" loading="lazy" decoding="async"></p>

"##]]);
}

#[test]
fn the_config_says_which_widths_how_good_and_how_wide_pages_show_them() {
    let build = |config: &str| shows("p.jpg", NARROW.clone()).config(config).clean();
    let usual = build("");
    let own = build("pictures: { widths: [500, 200], sizes: '50vw' }");
    assert_eq!(widths(own.text("a/index.html")), [200, 500]);
    assert!(own.text("a/index.html").contains(" sizes=\"50vw\""));
    let poor = build("pictures: { quality: 20 }");
    let shared: Vec<_> = made(&usual).into_iter().filter(|path| poor.has(path)).collect();
    assert!(shared.is_empty(), "other bytes at one address: {shared:?}");
    assert!(narrowest(&poor).len() * 2 < narrowest(&usual).len());
}

#[test]
fn what_the_config_says_of_pictures_is_checked() {
    Project::new()
        .page("a.md", "title: A\ndescription: D", "")
        .config("pictures:\n  widths: [480, 15, wide]\n  quality: 101\n  size: 100vw")
        .problems(str![[r#"
error[config-invalid]: a width should be a whole number from 16 to 16383
 --> versus.yaml:2:17
  |
2 |   widths: [480, 15, wide]
  |                 ^^

error[config-invalid]: a width should be a whole number from 16 to 16383
 --> versus.yaml:2:21
  |
2 |   widths: [480, 15, wide]
  |                     ^^^^

error[config-invalid]: `quality` should be a whole number from 1 to 100
 --> versus.yaml:3:12
  |
3 |   quality: 101
  |            ^^^

error[unknown-key]: unknown key `size`
 --> versus.yaml:4:3
  |
4 |   size: 100vw
  |   ^^^^
  = help: did you mean `sizes`?


"#]]);
}

#[test]
fn a_broken_picture_is_told_where_it_is_shown() {
    let png = painting::png(40, 30);
    shows("chart.png", &png[..png.len() / 2]).problems(str![[r#"
error[picture-broken]: `content/a/chart.png` ends in the middle of the picture
 --> content/a/index.md:6:1
  |
6 | ![what it shows](chart.png)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: copy or save the file again


"#]]);
}

#[test]
fn whatever_is_wrong_with_a_picture_has_a_name() {
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() * 2 / 3].to_vec();
    let mut flipped = painting::png(40, 30);
    let at = flipped.len() / 2;
    flipped[at] ^= 1;
    let no_size = painting::claimed(0, 5);
    let cases = [
        ("a.png", Vec::new()),
        ("b.png", cut(painting::png(40, 30))),
        ("c.jpg", cut(painting::jpeg(40, 30))),
        ("d.gif", cut(painting::gif(40, 30, 1))),
        ("e.webp", cut(painting::webp(40, 30, false))),
        ("f.png", flipped),
        ("g.png", painting::jpeg(40, 30)),
        ("h.jpg", painting::webp(40, 30, true)),
        ("i.png", b"<!doctype html><svg>".to_vec()),
        ("j.jpg", b"version https://git-lfs.github.com/spec/v1\noid sha256:0".to_vec()),
        ("k.png", painting::claimed(50_000, 50_000)),
        ("l.png", no_size),
        ("m.svg", b"nothing".to_vec()),
        ("n.jpg", b"\0\0\0\x18ftypheic".to_vec()),
        ("o.png", b"\0\0\0\x18ftypavif".to_vec()),
        ("p.bmp", b"BM".to_vec()),
    ];
    let body: String = cases.iter().map(|(name, _)| format!("![x]({name})\n")).collect();
    let mut project = Project::new().page("a/index.md", "title: A", &body);
    for (name, bytes) in cases {
        project = project.file(&format!("content/a/{name}"), bytes);
    }
    let built = project.build();
    snapbox::assert_data_eq!(
        built.short(),
        snapbox::IntoData::raw(str![[r#"
content/a/index.md:4:1: error[picture-broken]: `content/a/a.png` is empty
content/a/index.md:5:1: error[picture-broken]: `content/a/b.png` ends in the middle of the picture
content/a/index.md:6:1: error[picture-broken]: `content/a/c.jpg` ends in the middle of the picture
content/a/index.md:7:1: error[picture-broken]: `content/a/d.gif` ends in the middle of the picture
content/a/index.md:8:1: error[picture-broken]: `content/a/e.webp` ends in the middle of the picture
content/a/index.md:9:1: error[picture-broken]: `content/a/f.png` is damaged: a checksum does not fit
content/a/index.md:10:1: error[picture-broken]: `content/a/g.png` is not what its name says: it holds JPEG
content/a/index.md:11:1: error[picture-broken]: `content/a/h.jpg` is not what its name says: it holds WebP
content/a/index.md:12:1: error[picture-broken]: `content/a/i.png` is no picture
content/a/index.md:13:1: error[picture-broken]: `content/a/j.jpg` is not there: Git LFS has left a pointer in its place
content/a/index.md:14:1: error[picture-broken]: `content/a/k.png` has 50000 × 50000 pixels, more than 100 million
content/a/index.md:15:1: error[picture-broken]: `content/a/l.png` is damaged: it has no size
content/a/index.md:16:1: error[picture-broken]: `content/a/m.svg` is no picture
content/a/index.md:17:1: error[picture-broken]: `content/a/n.jpg` is not what its name says: it holds HEIC
content/a/index.md:18:1: error[picture-broken]: `content/a/o.png` is not what its name says: it holds AVIF
content/a/index.md:19:1: error[picture-broken]: `content/a/p.bmp` ends in the middle of the picture

"#]])
    );
}

#[test]
fn a_broken_picture_is_told_wherever_it_stands() {
    let front = "title: Go vs Rust\nimage: bad.png\nsubjects:\n  - { id: go, logo: bad.png }\n  \
                 - { id: rust, pros: ['![x](bad.png)'] }";
    let built = Project::new()
        .config("theme: { logo: mine.png }")
        .page("a.md", front, "{{< figure src=\"bad.png\" alt=\"x\" >}}\n\n[link](bad.png)\n")
        .page("subjects/go.md", "name: Go\nlogo: ../bad.png", "")
        .page("_index.md", "title: Home", "![x](bad.png)")
        .file("content/bad.png", "bad")
        .file("static/mine.png", "bad")
        .build();
    let broken: Vec<&str> = built
        .build
        .report
        .problems
        .iter()
        .filter(|p| p.diagnostic.lint.id() == "picture-broken")
        .map(|p| p.file.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(broken.len(), 7, "{}", built.short());
    let lines = built.short();
    for place in [
        "versus.yaml:1:16",
        "_index.md:4:1",
        "a.md:3:8",
        "a.md:5:21",
        "a.md:6:24",
        "a.md:8:1",
        "subjects/go.md:3:7",
    ] {
        assert!(lines.contains(&format!("{place}: error[picture-broken]")), "{place}:\n{lines}");
    }
}

#[test]
fn a_broken_picture_that_no_page_shows_is_only_copied() {
    let built = Project::new()
        .page("a.md", "title: A\ndescription: D", "[the file](bad.png)")
        .file("content/bad.png", "bad")
        .clean();
    assert_eq!(built.files["bad.png"], b"bad");
}

#[test]
fn a_picture_that_can_not_be_decoded_is_told_by_builds_and_checks() {
    let bad = painting::unpackable(600, 400);
    let built = shows("p.png", bad.clone()).build();
    let report = built.short();
    assert!(report.contains("content/a/index.md:6:1: error[picture-broken]"), "{report}");
    assert_eq!(report.matches("picture-broken").count(), 1, "{report}");
    let mut files = Memory::default();
    files.insert("content/a.md", "![x](p.png)");
    files.insert("content/p.png", bad);
    let checked = build(&files, &Options::default(), &Null, &Cache::none());
    let report = Format::Short.write(&checked.report);
    assert!(report.contains("content/a.md:1:1: error[picture-broken]"), "{report}");
}

#[test]
fn feeds_and_markdown_get_the_picture_itself() {
    let built = Project::new()
        .page(
            "a/index.md",
            "title: A\ndate: 2026-01-01\ndescription: D\nimage: p.jpg",
            "![p](p.jpg)",
        )
        .file("content/a/p.jpg", NARROW.clone())
        .clean();
    for path in ["atom.xml", "feed.json", "a/index.html.md", "llms-full.txt"] {
        let text = built.text(path);
        assert!(text.contains("p.jpg") && !text.contains("srcset"), "{path}: {text}");
    }
    let page = built.text("a/index.html");
    assert!(page.contains("og:image\" content=\"http://localhost/a/p.jpg\""), "{page}");
}

#[test]
fn a_figure_is_offered_in_the_widths_that_it_may_have() {
    let figure =
        |arguments: &str| format!("{{{{< figure src=\"p.jpg\" alt=\"x\" {arguments} >}}}}");
    let body = ["", "width=\"320\"", "height=50px", "width=40%"].map(figure).join("\n\n");
    let built = Project::new()
        .bare()
        .page("a/index.md", "title: A", &body)
        .file("content/a/p.jpg", NARROW.clone())
        .clean();
    built.html(
        "a/index.html",
        str![[r#"
<figure><img src="/a/p.jpg" srcset="/pictures/p-f30d8dea75-480.webp 480w, /pictures/p-f30d8dea75-600.webp 600w" sizes="(max-width: 600px) 100vw, 600px" alt="x" loading="lazy" decoding="async" width="600" height="400"></figure>
<figure><img src="/a/p.jpg" srcset="/pictures/p-f30d8dea75-480.webp 480w, /pictures/p-f30d8dea75-600.webp 600w" sizes="(max-width: 320px) 100vw, 320px" alt="x" loading="lazy" decoding="async" width="320" height="213"></figure>
<figure><img src="/a/p.jpg" srcset="/pictures/p-f30d8dea75-480.webp 480w, /pictures/p-f30d8dea75-600.webp 600w" sizes="(max-width: 75px) 100vw, 75px" alt="x" loading="lazy" decoding="async" width="75" height="50"></figure>
<figure><img src="/a/p.jpg" srcset="/pictures/p-f30d8dea75-480.webp 480w, /pictures/p-f30d8dea75-600.webp 600w" sizes="(max-width: 600px) 100vw, 600px" alt="x" loading="lazy" decoding="async" width="40%"></figure>

"#]],
    );
}

#[test]
fn copies_of_a_picture_are_made_once() {
    let built = Project::new()
        .bare()
        .page("a/index.md", "title: A", "![p](photo.jpg)")
        .page("b/index.md", "title: B", "![p](Photo.jpg) ![q](other.jpg)")
        .file("content/a/photo.jpg", NARROW.clone())
        .file("content/b/Photo.jpg", NARROW.clone())
        .file("content/b/other.jpg", NARROW.clone())
        .clean();
    assert_eq!(made(&built).len(), 4, "{:?}", made(&built));
    assert_eq!(offered(built.text("a/index.html")), offered(built.text("b/index.html")));
}

#[test]
fn a_file_of_the_site_keeps_its_place() {
    let built = shows("p.jpg", NARROW.clone()).file("static/pictures", "mine").clean();
    assert_eq!(built.text("pictures"), "mine");
    assert!(offered(built.text("a/index.html")).is_empty());
}

#[test]
fn only_pictures_that_pages_show_are_made() {
    let built = Project::new()
        .page("a.md", "title: A\ndescription: D", "[link](p.jpg) <img src=\"p.jpg\" alt=\"\">")
        .page("b.md", "title: B\ndraft: true", "![p](p.jpg)")
        .file("content/p.jpg", NARROW.clone())
        .clean();
    assert!(made(&built).is_empty() && built.has("p.jpg"));
}

/// A picture of each kind that is decoded.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut turned = painting::held(33, 21, 6);
    turned = painting::with_segment(
        &turned,
        0xe2,
        &[b"ICC_PROFILE\0\x01\x01", &painting::profile(b"RGB ")[..]].concat(),
    );
    vec![
        ("png", painting::png(33, 21)),
        ("png", painting::see_through(33, 21)),
        ("jpg", turned),
        ("jpg", painting::progressive(33, 21)),
        ("jpg", painting::inks(33, 21)),
        ("gif", painting::gif(33, 21, 1)),
        ("gif", painting::gif(33, 21, 2)),
        ("webp", painting::webp(33, 21, true)),
        ("webp", painting::webp(33, 21, false)),
        ("webp", painting::moving_webp(33, 21)),
    ]
}

/// What comes of a picture: whatever it holds, it is a picture or a flaw.
fn try_out(extension: &str, bytes: &[u8]) {
    if let Some(Ok(picture)) = inspect(extension, bytes)
        && let Picture { size: Some((width, _)), is_plain: true, .. } = picture
        && let Ok(made) = make(bytes, &picture, &[width.div_ceil(2), width], 60)
    {
        for webp in made {
            assert!(inspect("webp", &webp).unwrap().is_ok());
        }
    }
}

#[test]
fn the_samples_are_decoded_as_they_are() {
    for (extension, bytes) in samples() {
        let picture = inspect(extension, &bytes).unwrap().unwrap();
        if picture.is_plain {
            let made = make(&bytes, &picture, &[16], 60).unwrap();
            assert_eq!(painting::pixels(&made[0]).0, 16);
        }
    }
}

#[test]
fn a_picture_that_is_cut_anywhere_is_a_flaw_or_a_picture() {
    for (extension, bytes) in samples() {
        for end in 0..bytes.len() {
            try_out(extension, &bytes[..end]);
        }
    }
}

fn cases() -> u32 {
    std::env::var("VERSUS_PICTURES").ok().and_then(|count| count.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(), failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn bytes_that_are_changed_never_stop_a_build(
        sample in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        is_header in any::<bool>(),
    ) {
        static SAMPLES: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(samples);
        let (extension, bytes) = sample.get(&SAMPLES);
        let mut bytes = bytes.clone();
        let part = if is_header { 64.min(bytes.len()) } else { bytes.len() };
        for (place, byte) in changes {
            bytes[place.index(part)] = byte;
        }
        try_out(extension, &bytes);
        if *extension == "png" {
            try_out(extension, &painting::repaired(bytes));
        }
    }
}
