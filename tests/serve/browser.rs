//! What a reader sees, in Chromium.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::previewed::Project;

/// `playwright-core` and a browser, if they are here.
fn tools() -> Option<(PathBuf, PathBuf)> {
    let tools = std::env::var_os("VERSUS_TOOLS").map(PathBuf::from);
    let tools = tools.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools"));
    let playwright = tools.join("node_modules/playwright-core");
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH")?;
    let places = std::env::split_paths(&path).collect::<Vec<_>>();
    let browser = browsers.iter().flat_map(|name| places.iter().map(move |place| place.join(name)));
    let browser = browser.into_iter().find(|browser| browser.is_file())?;
    playwright.is_dir().then_some((playwright, browser))
}

#[test]
fn an_open_page_follows_its_source() {
    let Some((playwright, browser)) = tools() else {
        println!("skipped: playwright-core or Chromium is not here");
        return;
    };
    let long = "A line of text.\n\n".repeat(200);
    let body =
        format!("<details><summary>More</summary>\n\nhidden\n\n</details>\n\nfirst\n\n{long}");
    let site = Project::new().page("a.md", "A", &body).page("b.md", "B", "text");
    let root = site.root();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/serve/browser.js");
    let versus = Path::new(env!("CARGO_BIN_EXE_versus"));
    let tools = [&*playwright, &*browser, versus, &*root];
    let done = Command::new("node").arg(script).args(tools).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    println!("{out}");
    assert!(done.status.success(), "{err}");
}
