//! What the preview does not do for others.

use std::fs;

use crate::client::{ask, send};
use crate::previewed::Project;

const SECRET: &str = "nobody may read this";

#[test]
fn nothing_but_the_site_can_be_read() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.txt"), SECRET).unwrap();
    let site = Project::new()
        .page("a.md", "A", "text")
        .file(".env", SECRET)
        .file("secret.txt", SECRET)
        .file("public/secret.txt", SECRET)
        .file("content/.secret.txt", SECRET)
        .file("static/ok.txt", "fine");
    let site = {
        let site = site.serve();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path(), site.path("static/out")).unwrap();
        let mut site = site;
        site.settle();
        site
    };
    let parts = [
        "..",
        ".",
        "%2e%2e",
        "%2E.",
        "..%2f",
        "%5c..",
        "..\\",
        "static",
        "content",
        "out",
        "a",
        "secret.txt",
        ".env",
        "public",
        "%00",
        "%",
        "%ff",
        "@fs",
        "__versus",
        "file:",
        "C:",
        "~",
        "",
        ".secret.txt",
        "etc",
        "passwd",
        "versus.yaml",
        ";",
        "?raw",
        "#x",
        "%252e%252e",
        "．．",
    ];
    let mut seed = 7_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    let address = site.address();
    // Many requests go over one connection each hundred.
    for _ in 0..100 {
        let mut requests = String::new();
        for at in 0..100 {
            let path: Vec<&str> =
                (0..1 + next() % 6).map(|_| parts[next() % parts.len()]).collect();
            let close = if at == 99 { "Connection: close\r\n" } else { "" };
            requests +=
                &format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n{close}\r\n", path.join("/"));
        }
        let answers = send(address, requests.as_bytes());
        assert!(answers.starts_with(b"HTTP/1.1 "));
        assert!(!String::from_utf8_lossy(&answers).contains(SECRET));
    }
    assert_eq!(site.get("/ok.txt").text(), "fine");
}

#[test]
fn no_other_site_is_answered() {
    let site = Project::new().page("a.md", "A", "text").serve();
    let address = site.address();
    let own = format!("localhost:{}", address.port());
    for path in ["/a/", "/style.css", "/__versus/events", "/__versus/problems?/a/", "/nothing"] {
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0"]
        {
            let answer = ask(address, path, &[("Host", host)]);
            assert_eq!(answer.status, 421, "{host} {path}");
            assert!(!answer.text().contains("<"));
        }
        for origin in
            ["https://evil.example", "null", "http://localhost:1", "http://evil.localhost"]
        {
            assert_eq!(ask(address, path, &[("Origin", origin)]).status, 403, "{origin} {path}");
        }
        let embed = [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Mode", "no-cors"),
            ("Sec-Fetch-Dest", "script"),
        ];
        assert_eq!(ask(address, path, &embed).status, 403, "{path}");
    }
    assert_eq!(ask(address, "/a/", &[("Origin", &format!("http://{own}"))]).status, 200);
}

#[test]
fn every_answer_is_of_this_site_and_of_this_moment() {
    let site = Project::new().page("a.md", "A", "text").serve();
    for path in
        ["/", "/a", "/a/", "/nothing", "/style.css", "/__versus/client.js", "/__versus/", "/%ff"]
    {
        let answer = site.get(path);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert!(!answer.head.to_lowercase().contains("access-control"), "{path}");
    }
}

#[test]
fn a_request_without_end_is_not_waited_for() {
    let site = Project::new().page("a.md", "A", "text").serve();
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(200_000));
    let answer = send(site.address(), long.as_bytes());
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X-A: b\r\n".repeat(10_000));
    let answer = send(site.address(), many.as_bytes());
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"));
    let answer = send(site.address(), b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n");
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"));
    assert_eq!(site.get("/a/").status, 200);
}

#[test]
fn nothing_is_written() {
    let mut site = Project::new().page("a.md", "A", "text").file("public/x.html", "mine").serve();
    site.get("/a/");
    site.write("content/a.md", "---\ntitle: B\n---\n");
    site.settle().get("/a/");
    let mut names: Vec<_> =
        fs::read_dir(site.dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["content", "public", "versus.yaml"]);
    assert_eq!(fs::read_dir(site.path("public")).unwrap().count(), 1);
}

#[test]
fn connections_that_say_nothing_do_not_keep_others_out() {
    let site = Project::new().page("a.md", "A", "text").serve();
    let silent: Vec<_> =
        (0..400).map(|_| std::net::TcpStream::connect(site.address()).unwrap()).collect();
    let start = std::time::Instant::now();
    assert_eq!(site.get("/a/").status, 200);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    drop(silent);
}
