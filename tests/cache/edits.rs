//! Random edits of a project, of everything that a page may show.

use std::fs;

use proptest::prelude::*;

use crate::painting;
use crate::project::Project;

/// An edit: what is edited, and two choices.
#[derive(Debug, Clone, Copy)]
pub struct Edit(u8, u8, u8);

pub fn script() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(what, a, b)| Edit(what, a, b));
    prop::collection::vec(edit, 1..11)
}

const PAGES: [&str; 8] = [
    "compare/go-vs-rust.md",
    "compare/zig-vs-go.md",
    "compare/rust-vs-zig.md",
    "compare/web/axum-vs-actix/index.md",
    "compare/web/node-vs-deno.md",
    "notes/a.md",
    "notes/b.md",
    "about.md",
];
const SUBJECTS: [&str; 5] = ["go", "rust", "zig", "axum", "deno"];
const FOLDERS: [&str; 4] = ["", "compare/", "compare/web/", "notes/"];

fn page_file(at: u8) -> String {
    format!("site/content/{}", PAGES[usize::from(at) % PAGES.len()])
}

/// An article whose parts come and go with the bits of a choice.
fn article(at: u8, choice: u8) -> String {
    let bit = |at: u8| choice >> at & 1 == 1;
    let name = |at: u8| SUBJECTS[usize::from(at) % SUBJECTS.len()];
    let (a, b) = (name(at % 5), name((at % 5) + 1 + choice % 3));
    let mut front = format!("title: \"{a} vs {b}: part {}\"\n", choice % 3);
    if bit(0) {
        front += &format!("tags: [fast, t{}]\n", choice % 5);
    }
    if bit(1) {
        front += &format!("date: 2026-0{}-11\n", 1 + choice % 9);
    }
    if bit(2) {
        front += &format!("description: what it is about {}\n", choice % 4);
    }
    if bit(3) && a != b {
        front += &format!(
            "subjects:\n  - {{ id: {a}, pros: [small, \"see [b](/about/)\"] }}\n  - {{ id: {b} }}\n\
             verdict: {{ pick: {a}, text: \"fast [^s]\" }}\nsources:\n  - {{ id: s, title: S, url: https://a.example/ }}\n\
             dimensions:\n  - {{ name: Speed {}, cells: {{ {a}: good, {b}: better }}, edge: {b} }}\n  \
             - {{ name: Size, cells: {{ {a}: small, {b}: big }}, edge: {} }}\n\
             benchmarks:\n  - {{ name: B, metrics: [{{ name: Time, unit: s, better: lower, values: {{ {a}: {}, {b}: 9 }} }}] }}\n",
            choice % 2,
            if bit(5) { a } else { "tie" },
            choice % 10,
        );
    }
    if bit(4) {
        front += &format!("aliases: [/old{at}/]\nreview_every: 6m\nupdated: 2026-12-01\n");
    }
    if choice.is_multiple_of(19) {
        front += "draft: true\n";
    }
    if choice.is_multiple_of(17) {
        front += "noindex: true\nextra: { a: [1, 2.5, null], b: { c: yes } }\n";
    }
    if choice.is_multiple_of(23) {
        front += "related: false\n";
    }
    let target = PAGES[usize::from(choice) % PAGES.len()];
    let link = if bit(6) { format!("[other](/content/../{target})") } else { "words".into() };
    let link = if bit(7) { format!("[there](/{})", target.trim_end_matches(".md")) } else { link };
    let call = if choice.is_multiple_of(5) { "{{ box(a=\"1\") }}" } else { "" };
    let picture = if choice.is_multiple_of(3) { "![p](/p.png)" } else { "" };
    format!(
        "---\n{front}---\n# Heading {choice}\n\nSome {link} about {a} memory {picture} {call} {}.\n\n\
         ## Part\n\n```{}\nx := {choice}\n```\n\n<!--benchmarks-->\n",
        "safety borrow checker ".repeat(usize::from(choice % 4)),
        // The others are warned of.
        ["go", "", "golf", "go"][usize::from(choice >> 4) % 4],
    )
}

/// A picture of so many pixels; some are broken.
fn picture(choice: u8) -> Vec<u8> {
    let mut picture = painting::png(u32::from(choice % 40).max(1), 9);
    picture.truncate(if choice.is_multiple_of(11) { 40 } else { picture.len() });
    picture
}

impl Edit {
    /// A page is written.
    pub fn page(at: u8, choice: u8) -> Self {
        Self(0, at, choice)
    }

    pub fn apply(self, project: &Project) {
        let Self(what, at, choice) = self;
        let remove = |path: &str| drop(fs::remove_file(project.path(path)));
        match what % 20 {
            0..8 => project.write(&page_file(at), article(at, choice)),
            8 => remove(&page_file(at)),
            9 => drop(fs::rename(project.path(&page_file(at)), project.path(&page_file(choice)))),
            10 => {
                let name = SUBJECTS[usize::from(at) % SUBJECTS.len()];
                let file = format!("site/content/subjects/{name}.md");
                if choice.is_multiple_of(4) {
                    return remove(&file);
                }
                let text = format!(
                    "---\nname: {} {}\nkind: {}\naliases: [{name}lang]\ncolor: {}\ntagline: it is {choice}\n---\nAbout.\n",
                    name.to_uppercase(),
                    choice % 3,
                    ["language", "framework"][usize::from(choice) % 2],
                    choice % 8,
                );
                project.write(&file, text);
            }
            11 => {
                let folder = FOLDERS[usize::from(at) % FOLDERS.len()];
                let text = format!("---\ntitle: S{}\n---\nText [a](/about).\n", choice % 4);
                project.write(&format!("site/content/{folder}_index.md"), text);
            }
            12 => match choice % 3 {
                0 => remove("site/templates/partials/footer.html"),
                _ => project.write(
                    "site/templates/partials/footer.html",
                    format!("<footer>{choice}</footer>"),
                ),
            },
            13 => project.write(
                "site/versus.yaml",
                format!(
                    "title: T{}\nbase_url: https://example.org/{}\nrelated: {{ limit: {} }}\n\
                     markdown: {{ highlight: {} }}\npictures: {{ widths: [{}, 16] }}\n\
                     social_cards: {}\nsearch: {}\n",
                    choice % 2,
                    ["", "docs/"][usize::from(choice) % 2],
                    choice % 4,
                    choice % 3 > 0,
                    16 + choice % 7,
                    choice % 8 == 0,
                    choice % 5 > 1,
                ),
            ),
            14 => project.write("site/static/style.css", format!("a{{order:{choice}}}")),
            15 => project.write("site/static/p.png", picture(choice)),
            16 => project.write(
                "site/templates/shortcodes/box.html",
                format!("<b>{{{{ a }}}} {}</b>", choice % 3),
            ),
            17 => {
                let (from, to) = (1 + usize::from(at) % 3, 1 + usize::from(choice) % 3);
                let folder = |at: usize| project.path(&format!("site/content/{}", FOLDERS[at]));
                drop(fs::rename(folder(from), folder(to)));
            }
            // Someone else writes into the output.
            18 => drop(fs::write(project.path("public/index.html"), format!("{choice}"))),
            _ => remove("public/about/index.html"),
        }
    }
}
