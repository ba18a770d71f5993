//! What readers see, in Chromium.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::{chromium, own, package};

/// One browser at a time: each takes all of a machine.
static ALONE: Mutex<()> = Mutex::new(());

/// The example site, and a small one below `/small/` with all that Markdown
/// makes, as they are served at a port that is free.
fn site() -> (&'static Path, u16) {
    static SITE: OnceLock<(PathBuf, u16)> = OnceLock::new();
    let (root, port) = SITE.get_or_init(|| {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = Box::leak(Box::new(tempfile::tempdir().unwrap())).path();
        let build = |root: &Path, output: &Path, url: &str| {
            let done = Command::new(env!("CARGO_BIN_EXE_versus"))
                .args(["build", "--base-url", url, "--root"])
                .arg(root)
                .arg("--output")
                .arg(output)
                .output()
                .unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        };
        let small = folder.join("small");
        fs::create_dir_all(small.join("content")).unwrap();
        for page in ["all.md", "rtl.md"] {
            fs::copy(own("tests/theme/small").join(page), small.join("content").join(page))
                .unwrap();
        }
        fs::write(small.join("versus.yaml"), "title: Small\ntheme: { stylesheet: own.css }\n")
            .unwrap();
        fs::create_dir_all(small.join("static")).unwrap();
        fs::write(small.join("static/own.css"), ".own { color: red }\n").unwrap();
        let output = folder.join("site");
        build(&own("."), &output, &format!("http://127.0.0.1:{port}/"));
        build(&small, &folder.join("second"), &format!("http://127.0.0.1:{port}/small/"));
        fs::rename(folder.join("second"), output.join("small")).unwrap();
        (output, port)
    });
    (root, *port)
}

fn told(output: &Output) -> String {
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}{err}")
}

#[test]
fn readers_see_what_the_guide_promises() {
    let (Some(playwright), Some(axe), Some(browser)) =
        (package("playwright-core"), package("axe-core"), chromium())
    else {
        return;
    };
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (root, port) = site();
    let output = Command::new("node")
        .arg(own("tests/theme/browser.js"))
        .args([playwright, browser, axe.join("axe.min.js"), root.to_owned()])
        .arg(port.to_string())
        .output()
        .unwrap();
    println!("{}", told(&output));
    assert!(output.status.success(), "see what was told");
}

#[test]
fn lighthouse_finds_nothing_to_mend() {
    let (Some(lighthouse), Some(browser)) = (package("lighthouse"), chromium()) else { return };
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (root, _) = site();
    // Addresses are whole, so the site is one of another port.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let output = Command::new("node")
        .arg(own("tests/theme/lighthouse.js"))
        .args([lighthouse, browser, root.to_owned()])
        .arg(port.to_string())
        .args(["/compare/go-vs-rust/", "/"])
        .output()
        .unwrap();
    println!("{}", told(&output));
    assert!(output.status.success(), "see what was told");
}
