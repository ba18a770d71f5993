//! What is at which address.

use std::fs;
use std::time::{Duration, Instant};

use versus::cache::{Cache, Program};
use versus::output::{Memory, Null};
use versus::pipeline;
use versus::source::Disk;

use crate::client::{ask, request};
use crate::previewed::{Previewed, Project};

fn site() -> Project {
    Project::new()
        .page("a.md", "A", "see [b](b.md)")
        .page("b.md", "B", "text")
        .file("content/dated.md", "---\ntitle: D\ndate: 2026-01-02\n---\n")
        .file("static/film.mp4", "0123456789")
        .file("static/x.unheard", "?")
        .file("static/data.csv", "a,b")
}

#[test]
fn every_page_is_as_it_is_built() {
    assert!(site().page("c d/ü.md", "Ü", "text").serve().is_as_built());
    let site = site().file("versus.yaml", "base_url: https://example.org/docs/\n").serve();
    assert!(site.is_as_built());
}

#[test]
fn a_folder_has_a_slash_at_its_end_and_a_site_its_path() {
    let site = site().file("versus.yaml", "base_url: https://example.org/docs/\n").serve();
    for (path, to) in [("/", "/docs/"), ("/docs", "/docs/"), ("/docs/a", "/docs/a/")] {
        let answer = site.get(path);
        assert_eq!((answer.status, answer.header("location")), (307, Some(to)), "{path}");
    }
    let answer = site.get("/docs/a?q=b&c");
    assert_eq!((answer.status, answer.header("location")), (307, Some("/docs/a/?q=b&c")));
    assert!(site.preview.url().ends_with("/docs/"));
    assert_eq!(site.get("/a/").status, 404);
    assert_eq!(site.get("/docs/a/index.html").status, 200);
}

#[test]
fn what_is_not_there_is_answered_with_the_page_that_says_so() {
    let site = site().file("templates/404.html", "lost").serve();
    let answer = site.get("/nothing/");
    assert_eq!(answer.status, 404);
    assert!(answer.text().starts_with("lost"));
    assert!(answer.text().contains("/__versus/client.js"));
}

#[test]
fn a_file_says_what_it_is() {
    let site = site().serve();
    for (path, kind) in [
        ("/a/", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/film.mp4", "video/mp4"),
        ("/data.csv", "text/csv; charset=utf-8"),
        ("/x.unheard", "application/octet-stream"),
        ("/.nojekyll", "text/plain; charset=utf-8"),
    ] {
        let answer = site.get(path);
        assert_eq!(answer.header("content-type"), Some(kind), "{path} {}", answer.head);
    }
}

#[cfg(feature = "social-cards")]
#[test]
fn a_social_card_is_drawn_when_it_is_asked_for() {
    let config = "base_url: https://example.org/\nsocial_cards: { of: articles }\n";
    let mut site = site().file("versus.yaml", config).serve();
    let answer = site.get("/a/card.png?v=1");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/png")));
    let known = answer.header("etag").unwrap();
    assert_eq!(ask(site.address(), "/a/card.png", &[("If-None-Match", known)]).status, 304);
    let card = "<svg xmlns='http://www.w3.org/2000/svg' width='1200' height='630'>\
        <text y='300' font-size='200'>{{ card.title }}</text></svg>";
    site.write("templates/card.svg", card);
    site.settle();
    assert_ne!(site.get("/a/card.png").body, answer.body);
    assert!(site.is_as_built());
    site.write("content/a.md", "---\ntitle: Another\n---\n");
    site.settle();
    assert!(site.is_as_built());
    // What is wrong is said over every page, and the card stays as it was.
    let shown = site.get("/a/card.png").body;
    site.write("templates/card.svg", "<svg>{{ card.titel }}</svg>");
    site.settle();
    let answer = site.get("/a/card.png");
    assert_eq!((answer.status, answer.body), (200, shown));
}

#[test]
fn media_can_be_read_in_parts() {
    let site = site().serve();
    let part = |range| ask(site.address(), "/film.mp4", &[("Range", range)]);
    let answer = part("bytes=2-4");
    assert_eq!((answer.status, answer.text()), (206, "234"));
    assert_eq!(answer.header("content-range"), Some("bytes 2-4/10"));
    assert_eq!(part("bytes=-2").text(), "89");
    let answer = part("bytes=10-");
    assert_eq!((answer.status, answer.header("content-range")), (416, Some("bytes */10")));
    let tag = site.get("/film.mp4").header("etag").unwrap().to_owned();
    let answer = |seen: &str| {
        ask(site.address(), "/film.mp4", &[("Range", "bytes=0-0"), ("If-Range", seen)]).status
    };
    assert_eq!((answer(&tag), answer("\"other\"")), (206, 200));
    // Of a HEAD, no part is defined.
    let head = request(site.address(), "HEAD", "/film.mp4", &[("Range", "bytes=2-4")]);
    assert_eq!((head.status, head.header("content-length")), (200, Some("10")));
}

#[test]
fn a_file_too_large_to_be_held_is_sent_from_disk() {
    let bytes: Vec<u8> = (0..9_000_001_u32).map(|at| (at % 251) as u8).collect();
    let mut site = Project::new().page("a.md", "A", "text").file("static/l.mp4", &bytes).serve();
    let ask = |range: &str| ask(site.address(), "/l.mp4", &[("Range", range)]);
    let whole = site.get("/l.mp4");
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("video/mp4")));
    assert_eq!(whole.header("content-length"), Some("9000001"));
    assert!(whole.body == bytes);
    let part = ask("bytes=8000000-8700000");
    assert_eq!(part.status, 206);
    assert_eq!(part.header("content-range"), Some("bytes 8000000-8700000/9000001"));
    assert!(part.body == bytes[8_000_000..8_700_001]);
    assert_eq!(ask("bytes=9000001-").header("content-range"), Some("bytes */9000001"));
    let head = request(site.address(), "HEAD", "/l.mp4", &[]);
    assert_eq!((head.header("content-length"), head.body.len()), (Some("9000001"), 0));
    let tag = whole.header("etag").unwrap().to_owned();
    let again = |site: &Previewed| {
        crate::client::ask(site.address(), "/l.mp4", &[("If-None-Match", &tag)]).status
    };
    assert_eq!(again(&site), 304);
    site.write("static/l.mp4", vec![1; 9_000_001]);
    assert_eq!(again(site.settle()), 200);
}

#[test]
fn another_address_of_this_machine_is_not_called_localhost() {
    use versus::serve::{Listen, Preview};
    let first = site().serve();
    let files = versus::source::Disk::open(first.dir.path(), &[]).unwrap();
    let listen = Listen { host: "127.0.0.5".parse().unwrap(), port: 0 };
    // Not every system has more than one.
    let Ok(preview) = Preview::start(files, Default::default(), listen, Cache::none()) else {
        return;
    };
    assert!(preview.url().starts_with("http://127.0.0.5:"), "{}", preview.url());
}

#[test]
fn a_head_has_no_body_and_nothing_can_be_written() {
    let site = site().serve();
    let answer = request(site.address(), "HEAD", "/a/", &[]);
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert_eq!(answer.header("content-length").unwrap(), site.get("/a/").body.len().to_string());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        let answer = request(site.address(), method, "/a/", &[]);
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let site = site().serve();
    let tag = site.get("/a/").header("etag").unwrap().to_owned();
    let answer = ask(site.address(), "/a/", &[("If-None-Match", &tag)]);
    assert_eq!((answer.status, answer.body.len()), (304, 0));
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let draft = |site: Project| site.file("content/d.md", "---\ntitle: D\ndraft: true\n---\n");
    assert_eq!(draft(site()).serve().get("/d/").status, 404);
    assert_eq!(draft(site()).drafts().serve().get("/d/").status, 200);
}

#[test]
fn a_taken_port_is_followed_by_the_next() {
    use std::net::{IpAddr, Ipv4Addr};
    use versus::serve::{Listen, Preview};
    let first = site().serve();
    let files = versus::source::Disk::open(first.dir.path(), &[]).unwrap();
    let port = first.address().port();
    let listen = Listen { host: IpAddr::V4(Ipv4Addr::LOCALHOST), port };
    let second = Preview::start(files, Default::default(), listen, Cache::none()).unwrap();
    assert!(second.address().port() > port);
}

#[test]
fn what_a_build_has_read_is_not_read_again_and_shows_the_same() {
    let project = site();
    let files = Disk::open(&project.root(), &[]).unwrap();
    let cache = project.cache();
    pipeline::build(&files, &Default::default(), &Null, &cache);
    cache.save().unwrap();
    let cache = project.cache();
    let mut served = project.serve_with(cache);
    assert!(served.is_as_built());
    served.write("content/a.md", "---\ntitle: Another\n---\nsee [b](b.md)\n");
    assert!(served.settle().is_as_built());
}

#[test]
fn a_preview_keeps_what_it_read_and_lets_a_build_have_it() {
    let project = site();
    let (root, cache) = (project.root(), project.cache());
    let served = project.serve_with(cache);
    let start = Instant::now();
    // It is written beside the first answers.
    let cache = loop {
        let cache = Cache::open(&root, Program::running().unwrap());
        if cache.is_on() {
            break cache;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "it is never let go");
    };
    let files = Disk::open(&root, &[]).unwrap();
    let built = Memory::default();
    pipeline::build(&files, &Default::default(), &built, &cache);
    let kept = fs::metadata(root.join(".versus/cache")).unwrap().len();
    assert!(kept > 0, "nothing is kept");
    assert_eq!(served.get("/a/").status, 200);
}
