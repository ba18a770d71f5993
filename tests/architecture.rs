//! The shape of the source: what `lib.rs` and ARCHITECTURE.md promise.
#![expect(clippy::unwrap_used, reason = "a test ends here")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each may import from those before it, never from those after it.
const ORDER: [&str; 25] = [
    "path",
    "cache",
    "source",
    "diag",
    "data",
    "strings",
    "terms",
    "search",
    "related",
    "highlight",
    "pictures",
    "drawing",
    "config",
    "markdown",
    "comparison",
    "content",
    "theme",
    "site",
    "check",
    "view",
    "output",
    "render",
    "pipeline",
    "serve",
    "cli",
];

/// The crates that only some modules may name.
const OWNERS: [(&str, &[&str]); 19] = [
    ("postcard::", &["cache"]),
    ("tera::", &["theme", "render"]),
    ("serde_yaml::", &["data"]),
    ("pulldown_cmark", &["markdown"]),
    ("syntect::", &["highlight", "markdown"]),
    ("onig::", &["highlight"]),
    ("resvg::", &["drawing"]),
    ("skrifa::", &["drawing"]),
    ("walkdir::", &["source"]),
    ("clap::", &["cli"]),
    ("hyper::", &["serve"]),
    ("tokio::", &["serve"]),
    ("notify::", &["serve"]),
    ("open::", &["cli"]),
    ("crc32fast::", &["pictures"]),
    ("gif::", &["pictures"]),
    ("png::", &["drawing", "pictures"]),
    ("webp::", &["pictures"]),
    ("zune_jpeg::", &["pictures"]),
];

fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    let mut sources: Vec<_> = found
        .into_iter()
        .map(|path| {
            let below = path.strip_prefix(&root).unwrap();
            let module = below.iter().next().unwrap().to_string_lossy().replace(".rs", "");
            let text = fs::read_to_string(&path).unwrap();
            (module, path, text)
        })
        .filter(|(module, ..)| module != "lib" && module != "main")
        .collect();
    sources.sort();
    sources
}

fn collect(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The text without its tests, which may use anything.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn imports_go_one_way() {
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        let own = place(&module).unwrap_or_else(|| panic!("`{module}` is not in the order"));
        for (line, text) in code(&text).lines().enumerate() {
            for part in text.split("crate::").skip(1) {
                let name = part.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap();
                if place(name).is_some_and(|other| other > own) {
                    wrong.push(format!("{}:{}: {module} imports {name}", path.display(), line + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_crate_is_named_where_it_belongs() {
    for (module, path, text) in sources() {
        for (name, owners) in OWNERS {
            let named = code(&text)
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(name));
            assert!(!named || owners.contains(&module.as_str()), "{} names {name}", path.display());
        }
    }
}

#[test]
fn no_file_sprawls_and_no_name_says_nothing() {
    for (_, path, text) in sources() {
        assert!(text.lines().count() <= 400, "{} is over 400 lines", path.display());
        let stem = path.file_stem().unwrap().to_string_lossy();
        let vague = ["util", "utils", "helper", "helpers", "common", "types", "misc", "manager"];
        assert!(!vague.contains(&&*stem), "{} says nothing", path.display());
        assert!(text.starts_with("//!"), "{} does not say what it is for", path.display());
    }
}
