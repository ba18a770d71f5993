//! The guide names everything that it promises to name.

#![expect(clippy::unwrap_used, reason = "a test ends here")]

use std::fs;
use std::path::Path;

use versus::diag::{Lint, Severity};

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn every_lint_stands_in_the_guide_with_its_level() {
    let guide = file("content/guide/problems.md");
    for lint in Lint::ALL {
        let level = match lint.default_severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        };
        let row = format!("| `{}` | {level} | {} |", lint.id(), lint.meaning());
        assert!(guide.contains(&row), "missing in problems.md:\n{row}");
    }
}

/// The text of every test below a folder but those that speak of all lints.
fn tests(dir: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all += &tests(&path);
        } else if !["schema.rs", "guide.rs"].iter().any(|name| path.ends_with(name)) {
            all += &fs::read_to_string(&path).unwrap();
        }
    }
    all
}

#[test]
fn every_lint_is_provoked_by_a_test() {
    let tests = tests(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"));
    for lint in Lint::ALL {
        let id = lint.id();
        let told = ["error", "warning", "info"].map(|level| format!("{level}[{id}]"));
        let is_told = told.iter().any(|told| tests.contains(told));
        assert!(is_told || tests.contains(&format!("\"{id}\"")), "no test provokes {lint}");
    }
}

#[test]
fn every_name_that_templates_see_stands_in_the_guide() {
    let guide = file("content/guide/templates.md");
    let parts = [
        "mod",
        "comparison/mod",
        "comparison/argument",
        "comparison/said",
        "comparison/measured",
        "hubs/alternatives",
        "hubs/index",
        "hubs/matrix",
        "hubs/shelves",
        "hubs/subject",
        "social",
    ];
    let fields: String = parts.map(|part| file(&format!("src/view/{part}.rs"))).concat();
    let fields =
        fields.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(": "));
    let mut count = 0;
    for (name, _) in fields.filter(|(name, _)| *name != "card" && !name.contains(' ')) {
        assert!(guide.contains(&format!("| `{name}` |")), "missing in templates.md: {name}");
        count += 1;
    }
    assert!(count > 200);
}

#[test]
fn every_setting_stands_in_the_guide() {
    let guide = file("content/guide/configuration.md");
    let parts = ["read", "cards", "look", "outputs", "pictures"];
    let source = parts.map(|part| file(&format!("src/config/{part}.rs"))).concat();
    for part in source.split("&[\"").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(
            guide.contains(&format!("{name}:")) || guide.contains(&format!("`{name}`")),
            "{name}"
        );
    }
}
