//! What the theme may weigh, in bytes as they are published and on their way.

use html5gum::{Token, Tokenizer};
use versus::cache::Cache;
use versus::output::Memory;
use versus::pipeline::{Options, build};
use versus::source;

use crate::{own, text, zipped};

/// A site of one article, as a file of its output.
fn built(article: Vec<u8>, path: impl Fn(&versus::pipeline::Build) -> String) -> Vec<u8> {
    let mut files = source::Memory::default();
    files.insert("content/posts/article.md", article);
    files.insert("versus.yaml", "title: T\n");
    let sink = Memory::default();
    let build = build(&files, &Options::default(), &sink, &Cache::none());
    let path = path(&build);
    let files = sink.into_files();
    let file = files.into_iter().find(|(known, _)| known.to_string() == path);
    file.unwrap_or_else(|| panic!("no `{path}`")).1
}

fn published(name: &str) -> Vec<u8> {
    built(b"Text.".to_vec(), |_| name.to_owned())
}

fn fits(what: &str, bytes: &[u8], most: usize, most_zipped: usize) {
    let zipped = zipped(bytes);
    println!("{what}: {} of {most} bytes, {zipped} of {most_zipped} zipped", bytes.len());
    assert!(bytes.len() <= most, "{what} has {} bytes of {most}", bytes.len());
    assert!(zipped <= most_zipped, "{what} has {zipped} zipped bytes of {most_zipped}");
}

#[test]
fn the_style_sheet_stays_below_15_kb_and_4_6_kb_zipped() {
    fits("style.css", &published("style.css"), 15_000, 4_600);
}

#[test]
fn the_script_stays_below_4_kb_and_1_8_kb_zipped() {
    fits("app.js", &published("app.js"), 4_000, 1_800);
}

#[test]
fn a_long_article_with_code_stays_below_70_kb_and_1700_elements() {
    let folder = own("../shared/reference");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: `../shared/reference` is not here");
        return;
    };
    let mut files = entries.map(|entry| entry.unwrap().path());
    let file = files.find(|p| p.file_name().unwrap().to_string_lossy().starts_with("003")).unwrap();
    let html = built(std::fs::read(file).unwrap(), |build| {
        build.site.pages[0].url.output().unwrap().to_string()
    });
    fits("the article", &html, 70_000, 14_000);
    let page = String::from_utf8(html).unwrap();
    let elements =
        Tokenizer::new(&page).filter(|token| matches!(token, Ok(Token::StartTag(_)))).count();
    assert!(page.contains("class=\"k\"") && elements > 300, "{elements}");
    assert!(elements <= 1_700, "{elements}");
}

#[test]
fn no_rule_of_the_style_sheet_is_for_nothing() {
    // Classes that the sheet names and no template, script or page of Rust makes.
    let css = text("static/style.css");
    let mut made = String::new();
    for folder in ["templates", "templates/partials", "templates/blocks", "static"] {
        for entry in std::fs::read_dir(own(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "html" || extension == "js") {
                made += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    for file in ["alerts", "citations", "code", "footnotes", "headings", "pairs", "tables"] {
        made += &text(&format!("src/markdown/{file}.rs"));
    }
    made += &text("src/markdown/highlight.rs");
    let mut count = 0;
    for rule in css.split('}') {
        let selector = rule.rsplit(['{', '/']).nth(1).unwrap_or_default();
        for class in selector.split('.').skip(1) {
            let class: String =
                class.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            if class.is_empty() || class.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let is_ink = class.len() == 2 && class.starts_with(['i', 'p']);
            let is_token = class.len() == 1;
            assert!(is_ink || is_token || made.contains(&class), "nothing has the class `{class}`");
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}
