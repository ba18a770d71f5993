//! Random edits: in the end what is shown is what would be built.

use std::fs;

use proptest::prelude::*;

use crate::painting;
use crate::previewed::{Previewed, Project};

#[derive(Debug, Clone)]
enum Edit {
    /// Which page, what of it, and how it is saved.
    Page(u8, u8, u8),
    Remove(u8),
    Move(u8, u8),
    MoveFolder(u8, u8),
    RemoveFolder(u8),
    Subject(u8, u8),
    Section(u8, u8),
    Template(u8),
    Config(u8),
    Static(u8, u8),
    /// Takes in what there is so far.
    Look,
    /// Asks for a page in between.
    Ask(u8),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let any = any::<u8>;
    let edit = prop_oneof![
        8 => (any(), any(), any()).prop_map(|(page, text, how)| Edit::Page(page, text, how)),
        2 => any().prop_map(Edit::Remove),
        2 => (any(), any()).prop_map(|(from, to)| Edit::Move(from, to)),
        1 => (any(), any()).prop_map(|(from, to)| Edit::MoveFolder(from, to)),
        1 => any().prop_map(Edit::RemoveFolder),
        1 => (any(), any()).prop_map(|(subject, text)| Edit::Subject(subject, text)),
        1 => (any(), any()).prop_map(|(section, text)| Edit::Section(section, text)),
        1 => any().prop_map(Edit::Template),
        1 => any().prop_map(Edit::Config),
        1 => (any(), any()).prop_map(|(file, text)| Edit::Static(file, text)),
        3 => Just(Edit::Look),
        3 => any().prop_map(Edit::Ask),
    ];
    prop::collection::vec(edit, 1..24)
}

const FOLDERS: [&str; 4] = ["", "compare/", "compare/web/", "notes/"];
const NAMES: [&str; 5] = ["go-vs-rust", "zig-vs-go", "about", "rust-vs-zig", "index"];

fn place(page: u8) -> String {
    let page = usize::from(page);
    format!("content/{}{}.md", FOLDERS[page % 4], NAMES[page / 4 % 5])
}

/// The text of a page: front matter that comes and goes, links that lead
/// somewhere or, rarely, nowhere.
fn text(choice: u8) -> String {
    let bit = |at: u8| choice >> at & 1 == 1;
    let mut front = format!("title: Page {}\n", choice % 7);
    if bit(0) {
        front += "tags: [fast, small]\ncategories: [web]\n";
    }
    if bit(1) {
        front += &format!("date: 2026-0{}-01\n", 1 + choice % 9);
    }
    if bit(2) {
        front += "description: what it is about\nkeywords: [speed]\n";
    }
    if bit(3) {
        front += "aliases: [/old/]\n";
    }
    if bit(4) {
        front += "subjects:\n  - { id: go, pros: [small] }\n  - { id: rust, cons: [slow to build] }\n\
                  dimensions:\n  - { name: Speed, go: good, rust: better, edge: rust }\n";
    }
    if choice == 77 {
        front += "title: twice\n";
    }
    if choice.is_multiple_of(11) {
        front += "draft: true\n";
    }
    let link = if choice.is_multiple_of(13) { "[b](/about/)" } else { "words" };
    let picture = if choice.is_multiple_of(3) { "![p](/p.png)" } else { "" };
    format!(
        "---\n{front}---\n# Heading {choice}\n\nSome {link} of {choice}. {picture}\n\n```go\nx := {choice}\n```\n"
    )
}

fn apply(site: &mut Previewed, edit: &Edit) {
    // What can't be done to files that are not there is not done.
    match edit {
        Edit::Page(page, choice, how) => {
            let (path, text) = (place(*page), text(*choice));
            match how % 3 {
                0 => site.write(&path, text),
                1 => {
                    site.write(&path, "");
                    site.write(&path, text);
                }
                _ => {
                    site.write("content/.tmp", text);
                    let target = site.path(&path);
                    fs::create_dir_all(target.parent().unwrap()).unwrap();
                    fs::rename(site.path("content/.tmp"), target).unwrap();
                }
            }
        }
        Edit::Remove(page) => drop(fs::remove_file(site.path(&place(*page)))),
        Edit::Move(from, to) => drop(fs::rename(site.path(&place(*from)), site.path(&place(*to)))),
        Edit::MoveFolder(from, to) => {
            let folder =
                |at: u8| site.path(&format!("content/{}", FOLDERS[1 + usize::from(at) % 3]));
            drop(fs::rename(folder(*from), folder(*to)));
        }
        Edit::RemoveFolder(at) => {
            let folder = FOLDERS[1 + usize::from(*at) % 3];
            drop(fs::remove_dir_all(site.path(&format!("content/{folder}"))));
        }
        Edit::Subject(at, choice) => {
            let name = ["go", "rust", "zig"][usize::from(*at) % 3];
            let text = format!("---\nname: {name} {choice}\nkind: language\n---\nAbout it.\n");
            site.write(&format!("content/subjects/{name}.md"), text);
        }
        Edit::Section(at, choice) => {
            let folder = FOLDERS[usize::from(*at) % 4];
            site.write(
                &format!("content/{folder}_index.md"),
                format!("---\ntitle: S{choice}\n---\nText.\n"),
            );
        }
        Edit::Template(choice) => match choice % 3 {
            0 => drop(fs::remove_file(site.path("templates/partials/footer.html"))),
            1 => site.write("templates/partials/footer.html", "{% if %}"),
            _ => site.write("templates/partials/footer.html", format!("<footer>{choice}</footer>")),
        },
        Edit::Config(choice) => {
            let base = ["", "docs/"][usize::from(*choice) % 2];
            let broken = if choice.is_multiple_of(7) { "title: [" } else { "" };
            let text =
                format!("title: T{choice}\nbase_url: https://example.org/{base}\n{broken}\n");
            site.write("versus.yaml", text);
        }
        Edit::Static(at, choice) => match choice % 4 {
            0 => drop(fs::remove_file(site.path("static/style.css"))),
            1 => site.write("static/p.png", painting::png(30 + u32::from(choice % 30), 20)),
            _ if at % 2 == 0 => site.write("static/style.css", format!("a{{order:{choice}}}")),
            _ => site.write(&format!("content/f{}.txt", at % 4), format!("{choice}")),
        },
        Edit::Look => drop(site.preview.step(std::time::Duration::from_millis(1))),
        Edit::Ask(page) => {
            let path = place(*page);
            let path = path.trim_start_matches("content").trim_end_matches(".md");
            // What is asked for while it changes may wait for who takes it in.
            site.preview.step(std::time::Duration::from_millis(1));
            site.get(&format!("{path}/"));
        }
    }
}

fn storms() -> u32 {
    std::env::var("VERSUS_STORMS").ok().and_then(|count| count.parse().ok()).unwrap_or(24)
}

/// Whether what is shown after a storm is what would be built.
fn is_weathered(project: Project, storm: &[Edit], mending: u8) -> bool {
    let about = text(6);
    let project = project.file("content/compare/go-vs-rust.md", text(3));
    let mut site = project.file("content/about.md", &about).serve();
    for edit in storm {
        apply(&mut site, edit);
    }
    if site.settle().is_as_built() {
        return true;
    }
    // Mended, it is shown again.
    apply(&mut site, &Edit::Config(1 + mending % 6));
    drop(fs::remove_dir_all(site.path("templates")));
    drop(fs::remove_dir_all(site.path("content")));
    site.write("content/about.md", about);
    site.settle().is_as_built()
}

fn settings(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(settings(storms()))]

    #[test]
    fn whatever_is_edited_what_is_shown_is_what_would_be_built(storm in edits(), mending in any::<u8>()) {
        prop_assert!(is_weathered(Project::new(), &storm, mending));
    }
}

proptest! {
    // Each takes a second or two.
    #![proptest_config(settings(storms().div_ceil(8)))]

    #[test]
    fn whatever_is_edited_in_a_large_site_what_is_shown_is_what_would_be_built(storm in edits(), mending in any::<u8>()) {
        let page = |at: usize| (format!("content/others/p{at}.md"), format!("---\ntitle: P{at}\n---\nword{at}"));
        let project = (0..450).map(page).fold(Project::new(), |project, (path, text)| project.file(&path, text));
        prop_assert!(is_weathered(project, &storm, mending));
    }
}
