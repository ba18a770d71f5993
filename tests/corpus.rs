//! Real articles that were written for another generator, where they are at hand.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test ends here, and says when it skips"
)]

use std::path::{Path, PathBuf};

use versus::cache::Cache;
use versus::diag::Format;
use versus::output::Memory;
use versus::pipeline::{Build, Options, build};
use versus::source::{self, Disk};

fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if !found.exists() {
        println!("skipped: `../shared/{path}` is not here");
        return None;
    }
    Some(found)
}

#[test]
fn every_article_of_the_corpus_is_built_with_its_code() {
    let Some(root) = shared("corpus") else { return };
    let files = Disk::open(&root, &[]).unwrap();
    let sink = Memory::default();
    let build = build(&files, &Options::default(), &sink, &Cache::none());
    assert!(build.is_publishable(false), "{}", Format::Short.write(&build.report));
    let files = sink.into_files();
    assert_eq!(build.site.pages.len(), 290);
    for page in &build.site.pages {
        let path = page.url.output().unwrap();
        let html = std::str::from_utf8(&files[&path]).unwrap();
        let source = std::fs::read_to_string(root.join(page.document.file.as_str())).unwrap();
        if source.contains("\n```bash\n") {
            assert!(html.contains("<code class=\"language-bash\">"), "{path}");
        }
    }
}

/// The site of one article for Hugo, byte for byte, and the article's page.
fn article_for_hugo() -> Option<(Build, String)> {
    let folder = shared("reference")?;
    let mut files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let file = files.find(|p| p.file_name().unwrap().to_string_lossy().starts_with("003")).unwrap();
    let mut files = source::Memory::default();
    files.insert("content/post/rust-vs-go.md", std::fs::read(file).unwrap());
    files.insert("versus.yaml", "title: T\n");
    let sink = Memory::default();
    let build = build(&files, &Options::default(), &sink, &Cache::none());
    let path = build.site.pages[0].url.output().unwrap();
    let html = String::from_utf8(sink.into_files().remove(&path).unwrap()).unwrap();
    Some((build, html))
}

#[test]
fn an_article_for_hugo_is_built_as_it_is() {
    let Some((build, html)) = article_for_hugo() else { return };
    let report = Format::Short.write(&build.report);
    assert!(build.is_publishable(true), "{report}");
    // Its flaws: a long title and description, and a heading that stands twice.
    let lints = ["title-long", "description-long", "duplicate-heading-id"];
    assert_eq!(report.lines().count(), lints.len(), "{report}");
    for lint in lints {
        assert!(report.contains(&format!("info[{lint}]")), "{report}");
    }
    let page = &build.site.pages[0];
    assert_eq!(page.url.as_str(), "/rust-vs-go-comparison-memory-safety-concurrency-performance/");
    assert_eq!(page.document.front.particulars.extra.len(), 1);
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(html.contains("id=\"performance-characteristics-1\"") && html.contains("<table>"));
    assert!(html.contains("{:?}") && !html.contains("<!--more-->"));
    assert!(html.len() < 70_000, "{} bytes", html.len());
}

#[test]
fn the_code_pairs_of_an_article_for_hugo_are_found_and_nothing_else_is() {
    let Some((_, html)) = article_for_hugo() else { return };
    let pairs: Vec<&str> = html
        .split("<div class=\"pair\">")
        .skip(1)
        .map(|rest| rest.split("</div>").next().unwrap())
        .collect();
    assert_eq!(pairs.len(), 4);
    let captions = [
        [
            "id=\"rust-using-serde_json\">Rust (using serde_json)<",
            "id=\"go-using-encodingjson\">Go (using",
        ],
        ["<span><strong>Rust</strong></span>", "<span><strong>Go</strong></span>"],
        [
            "<strong>Rust</strong> (using actix-web)<",
            "<strong>Go</strong> (using standard library)<",
        ],
        ["<span><strong>Rust</strong></span>", "<span><strong>Go</strong></span>"],
    ];
    for (pair, [rust, go]) in pairs.iter().zip(captions) {
        let figures: Vec<&str> = pair.split("<figure class=\"code\">").skip(1).collect();
        let [first, second] = figures[..] else { panic!("{} figures", figures.len()) };
        assert!(first.contains(rust) && first.contains("language-rust"), "{first}");
        assert!(second.contains(go) && second.contains("language-go"), "{second}");
    }
    assert!(pairs[1].contains("read_file") && pairs[2].contains("HttpServer"));
    assert!(pairs[3].contains("process_data"));
    // The other code stands alone, and a swallowed heading stays in the contents.
    assert_eq!(html.matches("<figure class=\"code\">").count(), 8 + 4);
    assert_eq!(html.matches("id=\"rust-using-serde_json\"").count(), 1);
}
