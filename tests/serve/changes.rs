//! What editors and version control do to files, and what is shown then.

use std::fs;

use versus::serve::Step;

use crate::client::events;
use crate::previewed::{Previewed, Project};

fn site() -> Previewed {
    let site = Project::new()
        .page("a.md", "A", "see [b](b.md)")
        .page("b.md", "B", "first")
        .file("content/tagged.md", "---\ntitle: T\ntags: [red]\n---\n")
        .file("static/plain.css", "a{}");
    site.serve()
}

fn shows(site: &Previewed, path: &str, text: &str) -> bool {
    let answer = site.get(path);
    answer.status == 200 && answer.text().contains(text)
}

#[test]
fn an_edit_is_shown_on_every_page_it_touches() {
    let mut site = site();
    site.write("content/b.md", "---\ntitle: Bee\n---\nsecond");
    site.settle();
    assert!(shows(&site, "/b/", "second") && shows(&site, "/", "Bee"));
    assert!(site.is_as_built());
}

#[test]
fn an_editor_may_write_as_it_likes() {
    let mut site = site();
    // vim: a swap file, a number, a rename away and a new file.
    site.write("content/.b.md.swp", "swap");
    site.write("content/4913", "");
    fs::remove_file(site.path("content/4913")).unwrap();
    fs::rename(site.path("content/b.md"), site.path("content/b.md~")).unwrap();
    site.write("content/b.md", "---\ntitle: B\n---\nby vim");
    fs::remove_file(site.path("content/b.md~")).unwrap();
    assert!(shows(site.settle(), "/b/", "by vim"));
    // Others write beside it and rename over it.
    site.write("content/.b.md.tmp", "---\ntitle: B\n---\nby rename");
    fs::rename(site.path("content/.b.md.tmp"), site.path("content/b.md")).unwrap();
    assert!(shows(site.settle(), "/b/", "by rename"));
    // Others truncate, and write a moment later.
    fs::write(site.path("content/b.md"), "").unwrap();
    site.preview.step(std::time::Duration::from_millis(5));
    fs::write(site.path("content/b.md"), "---\ntitle: B\n---\nby truncation").unwrap();
    assert!(shows(site.settle(), "/b/", "by truncation"));
    assert!(site.is_as_built());
}

#[test]
fn an_edit_that_keeps_length_and_times_is_seen() {
    let mut site = site();
    let path = site.path("content/b.md");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let text = fs::read_to_string(&path).unwrap().replace("first", "other");
    fs::write(&path, text).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert!(shows(site.settle(), "/b/", "other"));
}

#[test]
fn what_is_gone_is_gone_everywhere() {
    let mut site = site();
    assert!(shows(&site, "/tags/red/", "T"));
    fs::remove_file(site.path("content/tagged.md")).unwrap();
    site.settle();
    assert_eq!((site.get("/tagged/").status, site.get("/tags/red/").status), (404, 404));
    assert!(site.is_as_built());
}

#[test]
fn folders_come_move_and_go() {
    let mut site = site();
    site.write("content/deep/er/c.md", "---\ntitle: Deep\n---\n");
    assert!(shows(site.settle(), "/deep/er/c/", "Deep"));
    // What is in a new folder is watched too.
    site.write("content/deep/er/c.md", "---\ntitle: Deeper\n---\n");
    assert!(shows(site.settle(), "/deep/er/c/", "Deeper"));
    fs::rename(site.path("content/deep"), site.path("content/moved")).unwrap();
    site.settle();
    assert_eq!(site.get("/deep/er/c/").status, 404);
    assert!(shows(&site, "/moved/er/c/", "Deeper"));
    site.write("content/moved/er/c.md", "---\ntitle: Deepest\n---\n");
    assert!(shows(site.settle(), "/moved/er/c/", "Deepest"));
    fs::remove_dir_all(site.path("content/moved")).unwrap();
    site.settle();
    assert_eq!(site.get("/moved/").status, 404);
    assert!(site.is_as_built());
}

#[test]
fn templates_settings_and_files_reach_the_pages_they_touch() {
    let mut site = site();
    let before = site.get("/a/").header("etag").unwrap().to_owned();
    site.write("templates/partials/footer.html", "<footer>mine</footer>");
    assert!(shows(site.settle(), "/a/", "<footer>mine</footer>"));
    site.write("versus.yaml", "title: Another\nbase_url: https://example.org/\n");
    assert!(shows(site.settle(), "/a/", "Another"));
    site.write("static/style.css", "b{}");
    assert!(shows(site.settle(), "/style.css", "b{}"));
    assert!(site.is_as_built());
    fs::remove_dir_all(site.path("templates")).unwrap();
    fs::remove_file(site.path("static/style.css")).unwrap();
    fs::remove_file(site.path("versus.yaml")).unwrap();
    site.write("versus.yaml", "title: Site\nbase_url: https://example.org/\n");
    site.settle();
    assert_eq!(site.get("/a/").header("etag").unwrap(), before);
    assert!(site.is_as_built());
}

#[test]
fn words_are_counted_from_when_something_is_made_of_them() {
    let without =
        "title: Site\nbase_url: https://example.org/\nsearch: false\nrelated: { limit: 0 }\n";
    let mut site = Project::new()
        .page("a.md", "A", "a borrow checker")
        .page("b.md", "B", "the borrow checker")
        .file("versus.yaml", without)
        .serve();
    assert!(site.is_as_built());
    site.write("versus.yaml", "title: Site\nbase_url: https://example.org/\n");
    assert_eq!(site.settle().get("/search/terms-0.bin").status, 200);
    assert!(site.is_as_built());
    site.write("versus.yaml", without);
    assert_eq!(site.settle().get("/search/terms-0.bin").status, 404);
    assert!(site.is_as_built());
}

#[test]
fn thousands_of_files_may_change_at_once() {
    let mut site = site();
    for at in 0..2_000 {
        site.write(
            &format!("content/many/{}/p{at}.md", at % 50),
            format!("---\ntitle: P{at}\n---\n"),
        );
    }
    assert!(shows(site.settle(), "/many/49/p1999/", "P1999"));
    fs::remove_dir_all(site.path("content/many")).unwrap();
    site.settle();
    assert_eq!(site.get("/many/49/p1999/").status, 404);
    assert!(site.is_as_built());
}

#[test]
fn a_page_that_is_asked_for_before_its_edit_was_heard_of_is_not_broken() {
    let mut site = site();
    site.write("content/b.md", "---\ntitle: B\n---\nnews");
    let address = site.address();
    let asked = std::thread::spawn(move || crate::client::ask(address, "/b/", &[]));
    site.settle();
    let answer = asked.join().unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("news"));
}

#[test]
fn what_no_site_is_made_of_is_no_change() {
    let mut site = site();
    site.settle();
    for path in ["notes.log", "dist/a.md", "content/.a.md.swp", "templates/x.html~"] {
        site.write(path, "x");
        let start = std::time::Instant::now();
        while start.elapsed().as_millis() < 150 {
            let step = site.preview.step(std::time::Duration::from_millis(20));
            assert!(!matches!(step, versus::serve::Step::Taken(_)), "{path} {step:?}");
        }
    }
    // An editor's litter beside a template does not keep the template from pages.
    site.write("templates/partials/.footer.html.swp", [0xff, 0xfe]);
    site.write("templates/partials/footer.html", "<footer>mine</footer>");
    assert!(shows(site.settle(), "/a/", "<footer>mine</footer>"));
}

#[test]
fn a_page_that_was_away_is_told_what_it_missed() {
    let mut site = Project::new().page("a.md", "A", "text").file("static/p.png", "one").serve();
    let version = |site: &Previewed| {
        let page = site.get("/a/").text().to_owned();
        page.split_once("data-version=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
    };
    let before = version(&site);
    site.write("static/p.png", "two");
    site.settle();
    let now = version(&site);
    let told = |query: &str| events(site.address(), query, 1).remove(0);
    assert_eq!(told(&before)["assets"], serde_json::json!(["/p.png"]));
    assert_eq!(told(&before)["version"], now);
    assert_eq!(told(&now)["assets"], serde_json::json!([]));
    // Of what another preview showed, nothing is known.
    assert_eq!(told("0-1")["assets"], serde_json::Value::Null);
    assert_eq!(told("")["assets"], serde_json::Value::Null);
}

/// A site of so many pages that a sketch of it is shown first.
fn large() -> Previewed {
    let page = |at: usize| {
        let text = format!("about thing {} and word{at}", at % 9);
        format!("---\ntitle: P{at}\ntags: [t{}]\n---\n{text}", at % 7)
    };
    let sources = (0..450).map(|at| (format!("content/p{at}.md"), page(at)));
    sources.fold(Project::new(), |site, (path, text)| site.file(&path, text)).serve()
}

#[test]
fn a_large_site_is_shown_before_all_that_follows_and_then_as_it_is_built() {
    let mut site = large();
    // What a search reads is waited for.
    assert!(shows(&site, "/search/index.json", "t3"));
    assert!(site.settle().is_as_built());
    site.write("content/new.md", "---\ntitle: New\ntags: [t1, fresh]\n---\nabout thing 4");
    site.write("content/p8.md", "---\ntitle: P8\ntags: [fresh]\n---\nabout thing 2");
    fs::remove_file(site.path("content/p9.md")).unwrap();
    assert!(shows(site.settle(), "/tags/fresh/", "New"));
    assert!(site.is_as_built());
    site.write(
        "versus.yaml",
        "title: T\nbase_url: https://example.org/\nmarkdown: { highlight: false }\n",
    );
    assert!(site.settle().is_as_built());
}

#[test]
fn pages_stay_related_while_a_large_site_is_sketched() {
    let mut site = large();
    let related = |site: &Previewed| {
        let page = site.get("/p3/").text().to_owned();
        page.matches("<h3>").count()
    };
    let before = related(site.settle());
    assert!(before > 0);
    site.write("content/new.md", "---\ntitle: New\n---\nabout thing 4");
    while !shows(&site, "/new/", "New") {
        site.preview.step(std::time::Duration::from_millis(1));
    }
    assert_eq!(related(&site), before);
}

/// How many pages the next change touches.
fn touched(site: &mut Previewed) -> usize {
    loop {
        if let Step::Taken(taken) = site.preview.step(std::time::Duration::from_millis(20)) {
            return taken.pages;
        }
    }
}

#[test]
fn a_change_tells_how_many_pages_it_touches() {
    let front = "tags: [x]\nrelated: false\ndescription: what it says";
    let page = |title: &str, text: &str| {
        let more = "word ".repeat(40);
        format!("---\ntitle: {title}\n{front}\n---\n{text} {more}")
    };
    let site = Project::new()
        .file("content/s/a.md", page("A", "one"))
        .file("content/s/b.md", page("B", "one"));
    let mut site = site.serve();
    site.settle();
    // Itself.
    site.write("content/s/a.md", page("A", "two"));
    assert_eq!(touched(&mut site), 1);
    // The other as well, which is beside it, its section and its tag.
    site.settle().write("content/s/a.md", page("Anew", "two"));
    assert_eq!(touched(&mut site), 4);
    site.settle().write("templates/partials/footer.html", "<footer></footer>");
    assert_eq!(touched(&mut site), 5);
}
