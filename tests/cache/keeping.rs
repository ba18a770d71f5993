//! What a cache keeps, and what a build takes from it.

use std::fs;
use std::io::{self, Write as _};
use std::sync::Mutex;
use std::time::Duration;

use versus::cache::{Cache, Ingredients, Key, Program};
use versus::diag::Format;
use versus::output::{Digest, Null, Piece, Rendered, Sink};
use versus::path::OutputPath;
use versus::pipeline::{self, Options};
use versus::source::Disk;

use crate::edits::Edit;
use crate::project::Project;

fn key(name: &str) -> Key {
    Ingredients::of(name).key().unwrap()
}

fn full() -> Project {
    let project = Project::new();
    for at in 0..8 {
        Edit::page(at, 15 + at * 24).apply(&project);
    }
    assert!(!project.clean().report.contains(": error["), "{}", project.clean().report);
    project
}

#[test]
fn what_was_put_is_there_for_the_next_run() {
    let project = Project::new();
    let cache = project.cache();
    cache.put(key("a"), &("text", 7));
    assert_eq!(cache.get::<(String, u32)>(key("a")), None);
    cache.save().unwrap();
    let cache = project.cache();
    assert_eq!(cache.get(key("a")), Some(("text".to_owned(), 7)));
    assert_eq!(cache.get::<(String, u32)>(key("b")), None);
    cache.put(key("a"), &("other", 8));
    cache.save().unwrap();
    assert_eq!(project.cache().get(key("a")), Some(("other".to_owned(), 8)));
}

#[test]
fn another_program_begins_anew() {
    let project = Project::new();
    let cache = project.cache();
    cache.put(key("a"), &1);
    cache.save().unwrap();
    project.write("program", "another");
    let other = Program::of(project.path("program")).unwrap();
    let cache = Cache::open(&project.path("site"), other);
    assert_eq!(cache.get::<i32>(key("a")), None);
    cache.put(key("b"), &2);
    cache.save().unwrap();
    assert_eq!(project.cache().get::<i32>(key("b")), None);
    // The same bytes at another place are the same program.
    project.write("copy", "another");
    let copy = Program::of(project.path("copy")).unwrap();
    assert_eq!(Cache::open(&project.path("site"), copy).get(key("b")), Some(2));
}

#[test]
fn a_cache_that_another_run_holds_is_not_waited_for() {
    let project = Project::new();
    let first = project.cache();
    assert!(first.is_on());
    assert!(!project.cache().is_on());
    drop(first);
    assert!(project.cache().is_on());
}

#[test]
fn what_no_run_asks_for_is_dropped_and_the_file_stays_small() {
    let project = Project::new();
    let big = vec![7_u8; 4 << 20];
    let mut sizes = Vec::new();
    for round in 0..40 {
        let cache = project.cache();
        cache.put(key(&format!("big {round}")), &big);
        let kept = cache.get::<i32>(key("kept"));
        assert_eq!(kept, (round > 0).then_some(5), "in round {round}");
        if round == 0 {
            cache.put(key("kept"), &5);
        }
        cache.save().unwrap();
        sizes.push(fs::metadata(project.cache_file()).unwrap().len());
    }
    let largest = sizes.iter().max().unwrap();
    assert!(*largest < 96 << 20, "{sizes:?}");
}

/// Whether a build takes an output file by its stamp: it then does not see
/// that other bytes are behind it.
fn is_known_by_its_stamp(project: &Project) -> bool {
    let path = project.path("public/robots.txt");
    let (bytes, modified) = (fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified());
    let put = |bytes: &[u8]| {
        let mut file = fs::File::options().write(true).open(&path).unwrap();
        file.write_all(bytes).unwrap();
        file.set_modified(*modified.as_ref().unwrap()).unwrap();
    };
    put(&vec![b'x'; bytes.len()]);
    project.build();
    let is_seen = fs::read(&path).unwrap() == bytes;
    put(&bytes);
    !is_seen
}

#[test]
fn files_that_were_young_are_known_by_their_stamps_once_they_were_looked_at_again() {
    let mut project = full();
    project.ahead = Duration::ZERO;
    project.build();
    assert!(!is_known_by_its_stamp(&project));
    project.ahead = Duration::from_secs(5);
    assert!(!is_known_by_its_stamp(&project));
    project.build();
    assert!(is_known_by_its_stamp(&project));
}

#[test]
fn a_run_that_asks_for_a_part_makes_the_rest_no_older() {
    let project = Project::new();
    let cache = project.cache();
    cache.put(key("kept"), &5);
    cache.save().unwrap();
    for round in 0..20 {
        let cache = project.cache();
        cache.put(key("part"), &round);
        cache.save_part().unwrap();
    }
    assert_eq!(project.cache().get(key("kept")), Some(5));
}

#[test]
fn a_value_that_is_said_to_be_of_use_is_kept() {
    let project = Project::new();
    let cache = project.cache();
    cache.put(key("a"), &1);
    cache.put(key("b"), &2);
    cache.save().unwrap();
    for round in 0..20 {
        let cache = project.cache();
        cache.touch(key("a"));
        cache.put(key("other"), &round);
        cache.save().unwrap();
    }
    let cache = project.cache();
    assert_eq!((cache.get(key("a")), cache.get::<i32>(key("b"))), (Some(1), None));
}

#[test]
fn a_check_after_a_build_says_the_same_as_one_without() {
    let project = full();
    project.build();
    let files = Disk::open(&project.path("site"), &[]).unwrap();
    let check = |cache: &Cache| {
        let build = pipeline::build(&files, &Options::default(), &Null, cache);
        Format::Short.write(&build.report)
    };
    let (with, without) = (check(&project.cache()), check(&Cache::none()));
    assert!(!without.is_empty());
    assert_eq!(with, without);
}

#[test]
fn a_build_of_the_same_writes_nothing_and_says_the_same() {
    let project = full();
    let (first, site) = project.build();
    assert!(first.unwrap().written > 20);
    let (second, again) = project.build();
    let second = second.unwrap();
    assert_eq!((second.written, second.deleted), (0, 0));
    assert_eq!(second.files, site.files.len());
    assert_eq!(again, site);
    assert!(!site.report.is_empty());
}

#[test]
fn a_search_that_is_turned_on_finds_the_words_of_pages_that_were_built_without() {
    let project = full();
    let config = "title: Site\nbase_url: https://example.org/\nrelated: { limit: 0 }\n";
    let configure = |search| project.write("site/versus.yaml", format!("{config}search: {search}"));
    let shard = "search/terms-0.bin";
    for is_on in [false, true, false] {
        configure(is_on);
        let (_, site) = project.build();
        assert_eq!(site.files.contains_key(shard), is_on);
        assert_eq!(site, project.clean());
    }
}

#[test]
fn a_build_after_an_edit_makes_few_files() {
    let project = full();
    project.write("site/content/z.md", "---\ntitle: Of its own\n---\nNothing else links here.\n");
    let (_, site) = project.build();
    project.write("site/content/z.md", "---\ntitle: Of its own\n---\nNothing else leads here.\n");
    let (published, _) = project.build();
    let written = published.unwrap().written;
    assert!(written < site.files.len() / 4, "{written} of {}", site.files.len());
}

/// A sink in which everything is already, and what is put into it all the same.
#[derive(Default)]
struct Full(Mutex<Vec<String>>);

impl Sink for Full {
    fn put(&self, file: Rendered) -> io::Result<()> {
        self.0.lock().unwrap().push(file.path.to_string());
        Ok(())
    }

    fn join(&self, _: &OutputPath, _: &[Piece]) -> io::Result<()> {
        Ok(())
    }

    fn keep(&self, _: &OutputPath, _: Digest) -> io::Result<bool> {
        Ok(true)
    }
}

#[test]
fn a_page_with_a_warning_is_not_made_again_and_the_warning_is_told_again() {
    let project = full();
    let page = |fence: &str| format!("---\ntitle: Warned\n---\n```{fence}\ncode\n```\n");
    let files = || Disk::open(&project.path("site"), &[]).unwrap();
    let build = || {
        let (sink, cache) = (Full::default(), project.cache());
        let build = pipeline::build(&files(), &Options::default(), &sink, &cache);
        cache.save().unwrap();
        let is_made = sink.0.into_inner().unwrap().contains(&"warned/index.html".to_owned());
        (is_made, Format::Short.write(&build.report))
    };
    for fence in ["", "golf"] {
        project.write("site/content/warned.md", page(fence));
        let (is_made, report) = build();
        assert!(is_made && report.contains("warned.md:4"), "{report}");
        assert_eq!(build(), (false, report));
    }
    project.write("site/content/warned.md", page("go"));
    assert!(!build().1.contains("warned.md"));
}

#[test]
fn an_output_that_was_tampered_with_is_made_whole() {
    let project = full();
    let (_, site) = project.build();
    let page = project.path("public/about/index.html");
    let mut bytes = fs::read(&page).unwrap();
    bytes[99] ^= 1;
    fs::write(&page, bytes).unwrap();
    fs::remove_file(project.path("public/robots.txt")).unwrap();
    let (published, mended) = project.build();
    assert_eq!(published.unwrap().written, 2);
    assert_eq!(mended, site);
}

#[test]
fn a_cache_moves_with_its_project() {
    let project = full();
    let (_, site) = project.build();
    let moved = Project::new();
    for folder in ["site", "public"] {
        copy(&project.path(folder), &moved.path(folder));
    }
    let (published, again) = moved.build();
    assert_eq!(published.unwrap().written, 0);
    assert_eq!(again, site);
}

#[cfg(feature = "social-cards")]
#[test]
fn a_social_card_is_drawn_anew_when_it_shows_something_else() {
    const CARD: &str = "a/card.png";
    let project = Project::new();
    let write = |title: &str, body: &str| {
        let page = format!("---\ntitle: {title}\ndescription: D\n---\n{body}\n");
        project.write("site/content/a.md", page);
    };
    let built = || {
        let (_, site) = project.build();
        assert_eq!(site, project.clean());
        site.files[CARD].clone()
    };
    let config = "title: Site\nbase_url: https://example.org/\nsocial_cards: ";
    project.write("site/versus.yaml", format!("{config}{{ of: articles }}\n"));
    write("A", "Text.");
    let first = built();
    write("A", "Another text.");
    assert_eq!(built(), first);
    write("B", "Another text.");
    let other = built();
    assert_ne!(other, first);
    let font = include_bytes!("../../fonts/sans.ttf");
    project.write("site/fonts/own.ttf", font);
    assert_eq!(built(), other);
    let config = format!("{config}{{ of: articles, font: own.ttf }}\n");
    project.write("site/versus.yaml", config);
    let own = built();
    assert_ne!(own, other);
    project.write("site/fonts/own.ttf", include_bytes!("../../fonts/serif.ttf"));
    assert_ne!(built(), own);
    let card = "<svg xmlns='http://www.w3.org/2000/svg' width='1200' height='630'><image \
        href='dot.svg' width='99' height='99'/></svg>";
    let dot = |fill: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
            <rect width='9' height='9' fill='{fill}'/></svg>"
        )
    };
    project.write("site/templates/card.svg", card);
    project.write("site/static/dot.svg", dot("red"));
    let red = built();
    project.write("site/static/dot.svg", dot("blue"));
    assert_ne!(built(), red);
}

#[test]
fn a_project_that_cannot_be_written_to_is_built_without() {
    let project = full();
    project.write("site/.versus", "a file in its place");
    assert!(!project.cache().is_on());
    assert_eq!(project.build().1, project.clean());
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A comparison in which the first subject has the edge in so many of two dimensions.
fn comparison(edges: usize) -> String {
    let edge = |at| if at < edges { "go" } else { "rust" };
    let cells = "cells: { go: a, rust: b }";
    let dimension = |at| format!("  - {{ name: D{at}, edge: {}, {cells} }}\n", edge(at));
    let dimensions: String = (0..2).map(dimension).collect();
    let front = "title: Go vs Rust\nsubjects: [go, rust]";
    format!("---\n{front}\ndimensions:\n{dimensions}---\nText.\n")
}

#[test]
fn a_subject_and_what_compares_it_follow_one_another() {
    const PAGE: &str = "site/content/go-vs-rust.md";
    const SUBJECT: &str = "site/content/subjects/go.md";
    let project = Project::new();
    // A related card follows by itself.
    let config = "base_url: https://example.org/\nrelated: { limit: 0 }\n";
    project.write("site/versus.yaml", config);
    let subject = |tagline: &str| format!("---\nname: Go\ntagline: {tagline}\n---\nText.\n");
    project.write(PAGE, comparison(2));
    project.write(SUBJECT, subject("A language"));
    project.write("site/content/subjects/rust.md", "---\nname: Rust\n---\nText.\n");
    let (_, first) = project.build();
    project.write(PAGE, comparison(1));
    let (_, judged) = project.build();
    assert_eq!(judged, project.clean());
    let hub = "subjects/go/index.html";
    assert_ne!(judged.files[hub], first.files[hub]);
    project.write(SUBJECT, subject("Another line"));
    let (_, told) = project.build();
    assert_eq!(told, project.clean());
    let page = "go-vs-rust/index.html";
    assert_ne!(told.files[page], judged.files[page]);
}
