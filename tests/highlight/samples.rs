//! Code to parse: the blocks of Markdown files and the sources of crates.

use std::fs;
use std::path::{Path, PathBuf};

/// A piece of code in the syntax at this place in the set.
pub struct Sample {
    pub syntax: usize,
    pub code: String,
}

/// Every fenced block below a folder whose language has a grammar.
pub fn blocks(dir: &Path, find: impl Fn(&str) -> Option<usize>) -> Vec<Sample> {
    let mut samples = Vec::new();
    for path in files(dir, &["md"]) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let mut open: Option<(String, String)> = None;
        for line in text.split_inclusive('\n') {
            let fence = line.trim_start().strip_prefix("```");
            open = match (open, fence) {
                (None, Some(word)) => {
                    let word = word.split([' ', '{', ',']).next().unwrap_or_default();
                    Some((word.trim().to_owned(), String::new()))
                }
                (None, None) => None,
                (Some((word, code)), Some(_)) => {
                    samples.extend(find(&word).map(|syntax| Sample { syntax, code }));
                    None
                }
                (Some((word, code)), None) => Some((word, code + line)),
            };
        }
    }
    samples
}

/// The files of crates in the local registry whose extension has a grammar.
pub fn sources(extensions: &[&str], find: impl Fn(&str) -> Option<usize>) -> Vec<Sample> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let Some(home) = home else { return Vec::new() };
    let sample = |path: PathBuf| {
        let syntax = find(path.extension()?.to_str()?)?;
        Some(Sample { syntax, code: fs::read_to_string(path).ok()? })
    };
    files(&home.join("registry/src"), extensions).into_iter().filter_map(sample).collect()
}

/// The files below a folder with these extensions, or all for none, in order.
fn files(dir: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                open.push(path);
            } else if extension
                .is_some_and(|one| extensions.is_empty() || extensions.contains(&one))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
