//! What open pages are told of problems.

use crate::previewed::{Previewed, Project};

fn site() -> Previewed {
    Project::new().page("a.md", "A", "good").page("b.md", "B", "text").serve()
}

fn problems(site: &Previewed, page: &str) -> String {
    site.get(&format!("/__versus/problems?{page}")).text().to_owned()
}

#[test]
fn the_last_good_page_stays_under_its_problem_until_that_is_mended() {
    let mut site = site();
    let good = site.shown("a/index.html");
    assert_eq!(problems(&site, "/a/"), "");
    site.write("content/a.md", "---\ntitle: [A\n---\nbad");
    site.settle();
    assert!(site.shown("a/index.html") == good);
    let told = problems(&site, "/a/");
    assert!(told.contains("error[front-matter-invalid]"), "{told}");
    assert!(told.contains("content/a.md:2:8") || told.contains("content/a.md:3:"), "{told}");
    assert!(told.contains("vscode://file/") && told.contains("<pre>"), "{told}");
    site.write("content/a.md", "---\ntitle: A\n---\nmended");
    site.settle();
    assert!(site.get("/a/").text().contains("mended"));
    assert_eq!(problems(&site, "/a/"), "");
    assert!(site.is_as_built());
}

#[test]
fn a_page_that_never_was_good_is_nothing_but_its_problem() {
    let mut site = site();
    site.write("content/new.md", "---\ntitle: [A\n---\nbad");
    site.settle();
    let answer = site.get("/new/");
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("/__versus/client.js"));
    assert!(problems(&site, "/new/").contains("front-matter-invalid"));
    site.write("content/new.md", "---\ntitle: N\n---\ngood");
    assert_eq!(site.settle().get("/new/").status, 200);
}

#[test]
fn a_template_or_setting_that_cant_be_read_leaves_the_site_as_it_was() {
    let mut site = site();
    let good = site.shown("a/index.html");
    site.write("templates/page.html", "{% if %}");
    site.settle();
    assert!(site.shown("a/index.html") == good);
    assert_eq!(site.get("/b/").status, 200);
    assert!(problems(&site, "/b/").contains("template-error"));
    std::fs::remove_file(site.path("templates/page.html")).unwrap();
    site.write("versus.yaml", "title: [A\nbase_url: https://example.org/docs/\n");
    site.settle();
    assert!(site.shown("a/index.html") == good);
    assert!(problems(&site, "/a/").contains("config-invalid"));
    site.write("versus.yaml", "title: Site\nbase_url: https://example.org/\n");
    site.settle();
    assert!(site.shown("a/index.html") == good);
    assert_eq!(problems(&site, "/a/"), "");
}

#[test]
fn a_problem_of_rendering_is_told_on_its_page() {
    let mut site = site();
    site.write("content/a.md", "---\ntitle: A\ntemplate: none.html\n---\n");
    site.settle();
    assert!(problems(&site, "/a/").contains("no template"), "{}", problems(&site, "/a/"));
    assert_eq!(problems(&site, "/b/"), "");
}

#[test]
fn what_an_author_wrote_is_text_in_a_problem() {
    let mut site = site();
    site.write(
        "content/a.md",
        "---\ntitle: A\n---\n[x](<img src=x onerror=alert(1)>.md)\n[y](</script><b>.md>)\n",
    );
    site.settle();
    let told = problems(&site, "/a/");
    assert!(
        !told.contains("<img") && !told.contains("</script>") && !told.contains("<b>."),
        "{told}"
    );
    let told = problems(&site, "/<script>");
    assert!(!told.contains("<script"), "{told}");
}

#[test]
fn pages_that_change_under_a_broken_template_stay_as_they_were_too() {
    let mut site = site();
    for at in 0..20 {
        site.write(&format!("content/n{at}.md"), format!("---\ntitle: N{at}\n---\ngood"));
    }
    site.settle();
    let good = site.get("/n0/").header("etag").unwrap().to_owned();
    site.write("templates/page.html", "{% if %}");
    site.settle();
    for at in 0..20 {
        site.write(&format!("content/n{at}.md"), format!("---\ntitle: N{at}\n---\nlater"));
    }
    site.settle();
    let address = site.address();
    let asked = std::thread::spawn(move || {
        let start = std::time::Instant::now();
        let ask = |path| crate::client::ask(address, path, &[]);
        (ask("/n0/"), ask("/n1/"), start.elapsed())
    });
    while !asked.is_finished() {
        site.preview.step(std::time::Duration::from_millis(20));
    }
    let (seen, unseen, time) = asked.join().unwrap();
    assert_eq!((seen.status, seen.header("etag")), (200, Some(&*good)));
    assert_eq!(unseen.status, 500);
    assert!(time.as_millis() < 2_000, "{time:?}");
    assert!(problems(&site, "/n0/").contains("template-error"));
    assert!(!problems(&site, "/n0/").contains("file-unreadable"));
    std::fs::remove_file(site.path("templates/page.html")).unwrap();
    site.settle();
    assert!(site.get("/n0/").text().contains("later"));
    assert!(site.is_as_built());
}

#[cfg(unix)]
#[test]
fn a_place_that_cant_be_looked_at_is_told_of_until_it_can() {
    let mut site = site();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), site.path("content/out")).unwrap();
    site.settle();
    assert!(problems(&site, "/a/").contains("outside the project"), "{}", problems(&site, "/a/"));
    std::fs::remove_file(site.path("content/out")).unwrap();
    site.settle();
    assert_eq!(problems(&site, "/a/"), "");
}
