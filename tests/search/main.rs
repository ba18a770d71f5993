//! The search: its files, how its script ranks, and how it behaves in a
//! browser. What needs a tool that is not here says so and skips.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test ends here, and says when it skips"
)]

mod browser;
mod files;
#[expect(dead_code, reason = "other tests build more kinds of projects")]
#[path = "../site/project.rs"]
mod project;
mod ranking;
mod shard;

use std::path::{Path, PathBuf};
use std::process::Command;

use project::Project;

/// A file of the repository.
fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The first of some programs that is installed.
fn program(names: &[&str]) -> Option<String> {
    let is_here = |name: &&&str| Command::new(name).arg("--version").output().is_ok();
    let found = names.iter().find(is_here).map(|name| (*name).to_owned());
    if found.is_none() {
        println!("skipped: none of {names:?} is installed");
    }
    found
}
