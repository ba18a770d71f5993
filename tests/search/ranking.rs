//! The script's answers, held to a full scan of the corpus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use versus::config::Config;
use versus::content;
use versus::path::SourcePath;
use versus::terms::{Collector, Role, singular, words};

use crate::{Project, own, program};

/// What the script answers, or nothing where there is no Node.
fn ask(site: &Path, asked: &Value) -> Option<Value> {
    let node = program(&["node"])?;
    let mut child = Command::new(node)
        .args([own("tests/search/answer.mjs"), own("static/search.js"), site.to_owned()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.roll(of.len())]
    }
}

/// The paragraphs of the repository's own articles.
fn paragraphs(folder: &Path, found: &mut Vec<String>) {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            paragraphs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path).unwrap();
            let body = text.splitn(3, "---\n").last().unwrap_or_default();
            let is_prose =
                |text: &&str| text.len() > 80 && text.starts_with(|c: char| c.is_ascii_uppercase());
            found.extend(body.split("\n\n").filter(is_prose).map(str::to_owned));
        }
    }
}

fn any_word(dice: &mut Dice, text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2).collect();
    if words.is_empty() { "word".into() } else { (*dice.pick(&words)).to_owned() }
}

/// Articles made of other articles' paragraphs, so that words are as rare and as
/// common as in texts that people write.
fn articles(count: usize) -> Vec<(String, String)> {
    let mut source = Vec::new();
    paragraphs(&own("content"), &mut source);
    let mut dice = Dice(7);
    let mut articles = Vec::new();
    for at in 0..count {
        let first = dice.pick(&source).clone();
        let title: Vec<String> = (0..3).map(|_| any_word(&mut dice, &first)).collect();
        let mut text = format!(
            "---\ntitle: {}\ntags: [{}]\ndate: 2026-01-{:02}\n---\n{first}\n",
            title.join(" "),
            ["db", "web", "cli"][dice.roll(3)],
            1 + at % 28
        );
        for section in 0..2 + dice.roll(6) {
            let paragraph = dice.pick(&source).clone();
            let heading = (any_word(&mut dice, &paragraph), any_word(&mut dice, &paragraph));
            let _ = write!(text, "\n## {} {} {section}\n\n{paragraph}\n", heading.0, heading.1);
            for _ in 0..dice.roll(5) {
                let _ = write!(text, "\n{}\n", dice.pick(&source));
            }
        }
        articles.push((format!("p{at:04}.md"), text));
    }
    articles
}

/// What people ask: one to four words of a title, a heading or a text.
fn queries(articles: &[(String, String)], count: usize) -> Vec<String> {
    let mut dice = Dice(11);
    let query = |at: usize| {
        let (_, text) = &articles[dice.roll(articles.len())];
        let lines: Vec<&str> = text.lines().filter(|line| line.len() > 8).collect();
        let titles: Vec<&str> = lines
            .iter()
            .copied()
            .filter(|line| line.starts_with("title") || line.starts_with('#'))
            .collect();
        let words = (0..1 + at % 4).map(|_| {
            let line = if dice.roll(3) > 0 { *dice.pick(&titles) } else { *dice.pick(&lines) };
            any_word(&mut dice, line.trim_start_matches("title: "))
        });
        words.collect::<Vec<_>>().join(" ")
    };
    (0..count).map(query).collect()
}

/// Every document, scored by BM25F with nothing rounded and nothing left out.
struct Scan {
    urls: Vec<String>,
    /// For each word the documents with their weights.
    words: BTreeMap<String, Vec<(usize, f64)>>,
}

impl Scan {
    fn new(articles: &[(String, String)]) -> Self {
        let mut terms = Collector::default();
        let mut urls = Vec::new();
        for (path, text) in articles {
            let file = SourcePath::new(format!("content/{path}"));
            let (_, bag) =
                content::read(&file, path, text.as_bytes(), (&Config::default()).into()).value;
            terms.add(&bag);
            urls.push(format!("/{}/", path.trim_end_matches(".md")));
        }
        let corpus = terms.finish(|_| true);
        let is_word = |id: u32| !corpus.term(id).contains(' ');
        let length = |page: usize, field: usize| -> f64 {
            let terms = corpus.terms(page).filter(|(id, _)| is_word(*id));
            terms.map(|(_, counts)| f64::from(counts[field])).sum()
        };
        let pages = corpus.len();
        let average: Vec<f64> = (0..4)
            .map(|field| {
                let sum: f64 = (0..pages).map(|page| length(page, field)).sum();
                (sum / pages as f64).max(1.0)
            })
            .collect();
        let mut words: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
        for page in 0..pages {
            let lengths: Vec<f64> = (0..4).map(|field| length(page, field)).collect();
            for (id, counts) in corpus.terms(page) {
                let weighted: f64 = (0..4)
                    .map(|field| {
                        let (weight, b) = [(8.0, 0.4), (2.5, 0.5), (1.0, 0.6), (0.25, 0.6)][field];
                        let norm = 1.0 - b + b * lengths[field] / average[field];
                        weight * f64::from(counts[field]) / norm
                    })
                    .sum();
                let word = corpus.term(id).to_owned();
                words.entry(word).or_default().push((page, weighted / (weighted + 1.6)));
            }
        }
        Self { urls, words }
    }

    /// The score of every document.
    fn scores(&self, query: &str) -> Vec<f64> {
        let mut asked: Vec<String> = Vec::new();
        words(query, |word, role| {
            let known = self.words.contains_key(word);
            let word = if known { word } else { singular(word).unwrap_or(word) };
            if role == Role::Whole && !asked.iter().any(|other| other == word) {
                asked.push(word.to_owned());
            }
        });
        let all = self.urls.len() as f64;
        let mut scores = vec![0.0; self.urls.len()];
        for word in asked {
            let pages = self.words.get(&word).map(Vec::as_slice).unwrap_or_default();
            let with = pages.len() as f64;
            for (page, weight) in pages {
                scores[*page] += weight * (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            }
        }
        scores
    }

    /// Whether nothing scores better than a page.
    fn agrees(&self, query: &str, url: Option<&str>) -> bool {
        let scores = self.scores(query);
        let best = scores.iter().copied().fold(0.0, f64::max);
        let own = url.and_then(|url| self.urls.iter().position(|other| other == url));
        own.is_some_and(|at| scores[at] > best - 1e-9) || best == 0.0
    }
}

/// A folder with the site of these articles.
fn publish(articles: &[(String, String)]) -> tempfile::TempDir {
    let mut project = Project::new().config("title: S");
    for (path, text) in articles {
        project = project.file(&format!("content/{path}"), text.as_str());
    }
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in project.build().files {
        if path.starts_with("search/") {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
    }
    folder
}

#[test]
fn the_script_cuts_words_as_the_index_does() {
    let cases: Vec<(String, Value)> =
        serde_json::from_str(&fs::read_to_string(own("tests/words.json")).unwrap()).unwrap();
    let mut texts: Vec<String> = cases.iter().map(|(text, _)| text.clone()).collect();
    paragraphs(&own("content"), &mut texts);
    texts.extend(
        ["caches", "class", "status", "analysis", "gas", "node.js", "x.caches"].map(str::to_owned),
    );
    let Some(answer) = ask(Path::new(""), &json!({ "texts": texts })) else { return };
    for (at, text) in texts.iter().enumerate() {
        let mut found = Vec::new();
        words(text, |word, role| match role {
            Role::Whole => found.push(json!(word)),
            Role::Piece => found.push(json!([word])),
        });
        assert_eq!(answer["words"][at], Value::from(found), "{text}");
        assert_eq!(answer["singular"][at], singular(text).unwrap_or(""), "{text}");
    }
    for ((text, words), marked) in cases.iter().zip(answer["marked"].as_array().unwrap()) {
        let count = words.as_array().unwrap().len();
        assert_eq!(marked.as_array().unwrap().len(), count, "{text}");
        assert!(
            marked.as_array().unwrap().iter().all(|part| text.contains(part.as_str().unwrap()))
        );
    }
}

#[test]
fn the_top_result_is_that_of_a_full_scan() {
    let articles = articles(500);
    let site = publish(&articles);
    let scan = Scan::new(&articles);
    let typed = queries(&articles, 200);
    // A blank says that the last word is complete.
    for (end, least) in [("", 190), (" ", 190)] {
        let asked: Vec<Value> =
            typed.iter().map(|text| json!([format!("{text}{end}"), []])).collect();
        let Some(answer) = ask(site.path(), &json!({ "queries": asked })) else { return };
        let mut wrong = Vec::new();
        for (query, answer) in typed.iter().zip(answer["answers"].as_array().unwrap()) {
            if !scan.agrees(query, answer["urls"][0].as_str()) {
                wrong.push(format!("{query}: {} {}", answer["urls"], answer["read"]));
            }
        }
        println!("{} of {} agree", typed.len() - wrong.len(), typed.len());
        assert!(typed.len() - wrong.len() >= least, "{}", wrong.join("\n"));
    }
}

#[test]
fn a_query_finds_what_was_meant() {
    let article = |name: &str, front: &str, body: &str| {
        (format!("{name}.md"), format!("---\n{front}\n---\n{body}"))
    };
    let articles = [
        article(
            "channels",
            "title: Channels and locks\ntags: [go]",
            "Concurrency in Go; `sync.Mutex`.",
        ),
        article("yaml", "title: YAML\ntags: [formats]", "Indentation. 並行処理 says more."),
        article("cpp", "title: C++ templates", "Concepts of C++20, postgres elsewhere."),
        article("sql", "title: PostgreSQL or not\ntags: [db]", "Rows, getItem and Get-Item."),
    ];
    let site = publish(&articles);
    let cases = [
        ("channels", "", "channels"),
        ("CHANNEL", "", "channels"),
        ("conc", "", "channels"),
        ("conccurency", "", ""),
        ("concurency", "", "channels"),
        ("ocncurrency", "", "channels"),
        ("cahnnels", "", "channels"),
        ("cahnnels locks", "", "channels"),
        ("postgersql", "", "sql"),
        ("ostgresql", "", "sql"),
        ("sync.mutex", "", "channels"),
        ("mutex", "", "channels"),
        ("item", "", "sql"),
        ("item-get", "", "sql"),
        ("c++", "", "cpp"),
        ("並行", "", "yaml"),
        ("並行処", "", "yaml"),
        ("並", "", "yaml"),
        ("concurrency", "tags:go", "channels"),
        ("concurrency", "tags:formats", ""),
        ("concurrency", "tags:gone", ""),
        ("", "tags:formats", "yaml"),
        ("", "", ""),
        ("…", "", ""),
    ];
    let asked = cases
        .map(|(text, label, _)| json!([text, if label.is_empty() { vec![] } else { vec![label] }]));
    let Some(answer) = ask(site.path(), &json!({ "queries": asked })) else { return };
    for ((text, label, expected), answer) in cases.iter().zip(answer["answers"].as_array().unwrap())
    {
        let url = answer["urls"][0].as_str().unwrap_or_default().trim_matches('/');
        assert_eq!(url, *expected, "`{text}` {label}: {answer}");
    }
}

#[test]
fn a_slip_is_one_letter_missing_too_many_another_or_swapped() {
    let slips = [
        ("cache", "cache", true),
        ("cahce", "cache", true),
        ("cche", "cache", true),
        ("caache", "cache", true),
        ("cachf", "cache", true),
        ("caches", "cache", true),
        ("cach", "cache", true),
        ("chcae", "cache", false),
        ("cachexy", "cache", false),
        ("xache", "caches", false),
    ];
    let asked: Vec<Value> = slips.iter().map(|(a, b, _)| json!([a, b, false])).collect();
    let open = [
        ("conxx", "concurrency", false),
        ("ocnc", "concurrency", true),
        ("cocu", "concurrency", true),
    ];
    let more = open.iter().map(|(a, b, _)| json!([a, b, true]));
    let asked: Vec<Value> = asked.into_iter().chain(more).collect();
    let Some(answer) = ask(Path::new(""), &json!({ "slips": asked })) else { return };
    for (at, (a, b, is_near)) in slips.iter().chain(&open).enumerate() {
        assert_eq!(answer["near"][at], *is_near, "{a} {b}");
    }
}
