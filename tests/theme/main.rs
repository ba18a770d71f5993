//! The default theme: what it weighs, and what readers see of it. What needs a
//! tool that is not here says so and skips.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test ends here, and says when it skips"
)]

mod browser;
mod budgets;
mod contrast;
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the repository.
fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A file of the repository as text.
fn text(path: &str) -> String {
    std::fs::read_to_string(own(path)).unwrap()
}

/// An npm package below the tools' folder, or nothing where it is not installed.
fn package(name: &str) -> Option<PathBuf> {
    let tools = std::env::var_os("VERSUS_TOOLS").map(PathBuf::from);
    let package = tools.unwrap_or_else(|| own("target/tools")).join("node_modules").join(name);
    if package.is_dir() {
        return Some(package);
    }
    println!("skipped: `{}` is not installed", package.display());
    None
}

/// Chromium, or nothing where it is not installed.
fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let all = std::env::split_paths(&path).flat_map(|dir| names.map(|name| dir.join(name)));
    let found = all.into_iter().find(|file| file.is_file());
    if found.is_none() {
        println!("skipped: none of {names:?} is installed");
    }
    found
}

/// How many bytes a text takes on its way.
fn zipped(bytes: &[u8]) -> usize {
    use std::io::Write as _;
    let mut child = Command::new("gzip")
        .arg("-9nc")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    output.stdout.len()
}
