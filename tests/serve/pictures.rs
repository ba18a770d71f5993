//! Pictures in other widths, made when they are asked for.

use crate::painting;
use crate::previewed::{Previewed, Project};

fn site() -> Previewed {
    Project::new()
        .page("a.md", "A", "Words.\n\n![p](p.jpg)\n\n![q](/q.png)")
        .file("content/p.jpg", painting::jpeg(600, 300))
        .file("static/q.png", painting::see_through(500, 200))
        .serve()
}

/// The addresses that a page is offered.
fn offered(site: &Previewed) -> Vec<String> {
    let page = String::from_utf8(site.shown("a/index.html")).unwrap();
    let srcsets = page.split("srcset=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let urls = srcsets.flat_map(|srcset| srcset.split(", "));
    urls.map(|choice| choice.split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn what_is_shown_is_what_is_built() {
    let site = site();
    assert!(site.is_as_built());
    let offered = offered(&site);
    assert_eq!(offered.len(), 3, "{offered:?}");
    for url in offered {
        let answer = site.get(&url);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/webp")));
        assert!(answer.body == site.get(&url).body);
    }
}

#[test]
fn another_picture_is_shown_at_another_address() {
    let mut site = site();
    let before = offered(&site);
    assert_eq!(site.get(&before[0]).status, 200);
    site.write("content/p.jpg", painting::jpeg(550, 250));
    assert!(site.settle().is_as_built());
    let after = offered(&site);
    assert!(before[..2].iter().all(|url| !after.contains(url)), "{after:?}");
    assert_eq!(before[2..], after[2..]);
    assert_eq!(site.get(&before[0]).status, 404);
    // What no page shows any more is not made.
    site.write("content/a.md", "---\ntitle: A\n---\nWords.");
    assert!(site.settle().is_as_built());
    assert_eq!(site.get(&after[0]).status, 404);
}

#[test]
fn a_picture_that_breaks_is_told_on_its_page_until_it_is_mended() {
    let mut site = site();
    let good = painting::jpeg(600, 300);
    site.write("content/p.jpg", &good[..good.len() / 2]);
    site.settle();
    let problems = site.get("/__versus/problems?/a/").text().to_owned();
    assert!(
        problems.contains("picture-broken") && problems.contains("content/a.md:6:1"),
        "{problems}"
    );
    site.write("content/p.jpg", good);
    assert!(site.settle().is_as_built());
    assert_eq!(site.get("/__versus/problems?/a/").text(), "");
}
