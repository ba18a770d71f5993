//! The repository's own site, as validators and readers see it.
//!
//! `./test` installs the validators and names their folder in `VERSUS_TOOLS`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test ends here, and says when it skips"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use html5gum::{Token, Tokenizer};

/// The example site, built once; it must have nothing to say.
fn site() -> &'static Path {
    static SITE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let dir = SITE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_versus"))
            .args(["build", "--strict", "--root", env!("CARGO_MANIFEST_DIR"), "--output"])
            .arg(dir.path().join("site"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        dir
    });
    Box::leak(dir.path().join("site").into_boxed_path())
}

/// A file below the tools' folder, or nothing where it is not installed.
fn tool(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(std::env::var_os("VERSUS_TOOLS")?).join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: `{}` is not installed", file.display());
    None
}

fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        println!("skipped: `{program}` is not installed");
    }
    found
}

fn passes(command: &mut Command) {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

fn pages(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.append(&mut pages(&path));
        } else if path.extension().is_some_and(|extension| extension == "html") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_page_is_valid_html() {
    let Some(jar) = tool("node_modules/vnu-jar/build/dist/vnu.jar") else { return };
    if has("java") {
        let mut command = Command::new("java");
        command.arg("-Xss4m").arg("-jar").arg(jar).args(["--errors-only", "--skip-non-html"]);
        passes(command.arg(site()));
    }
}

#[test]
fn the_sitemap_fits_its_schema() {
    let Some(schema) = tool("node_modules/sitemap/schema/sitemap.xsd") else { return };
    if has("xmllint") {
        let mut command = Command::new("xmllint");
        passes(
            command
                .args(["--noout", "--nonet", "--schema"])
                .arg(schema)
                .arg(site().join("sitemap.xml")),
        );
    }
}

#[test]
fn a_feed_reader_finds_every_article() {
    let Some(python) = tool("python") else { return };
    let script = "import feedparser, json, sys\n\
                  feed = feedparser.parse(sys.argv[1])\n\
                  assert not feed.bozo, feed.bozo_exception\n\
                  assert feed.feed.title and feed.feed.id and feed.feed.updated_parsed\n\
                  items = json.load(open(sys.argv[2]))['items']\n\
                  assert [e.id for e in feed.entries] == [i['id'] for i in items] and items\n\
                  assert all(e.content[0].value and e.updated_parsed for e in feed.entries)";
    let mut command = Command::new("python3");
    command.env("PYTHONPATH", python).args(["-c", script]);
    passes(command.arg(site().join("atom.xml")).arg(site().join("feed.json")));
}

#[test]
fn no_link_of_any_page_is_dead() {
    let config =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("versus.yaml")).unwrap();
    let origin = config
        .lines()
        .find_map(|line| line.strip_prefix("base_url: "))
        .unwrap()
        .trim_end_matches('/');
    let mut dead = BTreeSet::new();
    for page in pages(site()) {
        let html = fs::read_to_string(&page).unwrap();
        for token in Tokenizer::new(&html) {
            let Ok(Token::StartTag(tag)) = token else { continue };
            for (name, value) in &tag.attributes {
                let value = String::from_utf8_lossy(&value.value).into_owned();
                let path = value.strip_prefix(origin).unwrap_or(&value);
                if matches!(name.as_slice(), b"href" | b"src")
                    && path.starts_with('/')
                    && !resolves(path)
                {
                    dead.insert(format!("{} in {}", value, page.display()));
                }
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

/// Whether a static host has something at a path, and the heading it names.
fn resolves(path: &str) -> bool {
    let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
    let path = path.split('?').next().unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().unwrap();
    let mut file = site().join(decoded.trim_start_matches('/'));
    if path.ends_with('/') {
        file.push("index.html");
    }
    let Ok(bytes) = fs::read(&file) else { return false };
    fragment.is_empty() || String::from_utf8_lossy(&bytes).contains(&format!("id=\"{fragment}\""))
}

#[test]
fn no_page_needs_another_site_or_runs_a_script_inline() {
    for page in pages(site()) {
        let html = fs::read_to_string(&page).unwrap();
        for token in Tokenizer::new(&html) {
            let Ok(Token::StartTag(tag)) = token else { continue };
            let attribute = |name: &str| {
                tag.attributes
                    .get(name.as_bytes())
                    .map(|v| String::from_utf8_lossy(&v.value).into_owned())
            };
            let at = page.display();
            assert!(attribute("style").is_none(), "an inline style in {at}");
            for key in tag.attributes.keys() {
                assert!(!key.starts_with(b"on"), "an inline handler in {at}");
            }
            match tag.name.as_slice() {
                b"style" => panic!("an inline stylesheet in {at}"),
                b"script" if attribute("type").as_deref() != Some("application/ld+json") => {
                    assert!(attribute("src").is_some_and(|src| src.starts_with('/')), "{at}");
                }
                b"img" => assert!(attribute("alt").is_some(), "an image without a text in {at}"),
                _ => {}
            }
        }
    }
}
