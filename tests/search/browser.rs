//! The search in a browser, under the strictest policy that a host can set.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::{Project, own, program};

const HARNESS: &str = "<!doctype html><title>t</title><iframe width=1200 height=800></iframe>\
                       <script type=module src=/harness.js></script>";

type Files = BTreeMap<String, Vec<u8>>;

/// Two articles with the word in question, and many words beside.
fn site() -> Files {
    let mut project = Project::new()
        .config("title: S\nbase_url: http://127.0.0.1/sub/")
        .page("one.md", "title: One\ntags: [first]", "Lead.\n\n## Of animals\n\nA walrus rests.\n")
        .page(
            "two.md",
            "title: Two\ntags: [second]",
            "Plain.\n\n## Markup\n\nThis is markup: `<img src=x onerror=alert(1)>`. No walrus.\n",
        );
    for page in 0..40 {
        let words: Vec<String> =
            (0..400).map(|at| format!("w{}x{at}", (page * 7 + at) % 900)).collect();
        project =
            project.page(&format!("p{page}.md"), &format!("title: P{page}"), &words.join(" "));
    }
    project.clean().files
}

/// Answers one request; the harness's results go to `done`.
fn answer(mut stream: TcpStream, files: &Files, done: &Sender<Value>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/").to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        if let Some(count) = header.to_lowercase().strip_prefix("content-length:") {
            length = count.trim().parse().unwrap_or(0);
        }
        if header.trim().is_empty() {
            break;
        }
    }
    let below =
        path.strip_prefix("/sub/").map(|path| match path.ends_with('/') || path.is_empty() {
            true => format!("{path}index.html"),
            false => path.to_owned(),
        });
    let harness = std::fs::read(own("tests/search/harness.js"))?;
    let body: &[u8] = match (path.as_str(), below.and_then(|below| files.get(&below))) {
        ("/", _) => HARNESS.as_bytes(),
        ("/harness.js", _) => &harness,
        ("/done", _) => {
            let mut body = vec![0; length];
            reader.read_exact(&mut body)?;
            let _ = done.send(serde_json::from_slice(&body).unwrap_or_default());
            b""
        }
        (_, Some(bytes)) => bytes,
        _ => b"",
    };
    let kind = match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("bin") => "application/octet-stream",
        _ => "text/html",
    };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\
         Content-Security-Policy: default-src 'self'\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}

#[test]
fn the_search_does_in_a_browser_what_the_guide_says() {
    let Some(browser) = program(&["chromium", "chromium-browser", "google-chrome"]) else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let files = Arc::new(site());
    let (done, results) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (files, done) = (Arc::clone(&files), done.clone());
            thread::spawn(move || answer(stream, &files, &done));
        }
    });
    let profile = tempfile::tempdir().unwrap();
    let mut child = Command::new(browser)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg("--remote-debugging-port=0")
        .arg(address)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let results = results.recv_timeout(Duration::from_secs(120));
    child.kill().unwrap();
    child.wait().unwrap();
    let Ok(Value::Object(results)) = results else { panic!("the browser told nothing") };
    println!("{} ms", results["milliseconds"]);
    let failed: Vec<_> =
        results.iter().filter(|(name, is)| *name != "milliseconds" && **is != true).collect();
    assert!(failed.is_empty() && results.len() > 10, "{failed:?}");
}
