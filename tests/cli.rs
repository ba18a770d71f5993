//! The program as people run it.
#![expect(clippy::unwrap_used, reason = "a test ends here")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn versus(arguments: &[&str], dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_versus"));
    command.args(arguments).current_dir(dir).env("NO_COLOR", "1").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn two_commands_lead_from_nothing_to_a_site() {
    let dir = tempfile::tempdir().unwrap();
    let made = versus(&["init", "mysite"], dir.path());
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    assert!(text(&made.stdout).starts_with("created mysite (5 files)\n"));
    let built = versus(&["build", "--root", "mysite", "--strict"], dir.path());
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    assert!(text(&built.stdout).starts_with("1 article, "), "{}", text(&built.stdout));
    let page = dir.path().join("mysite/public/compare/tabs-vs-spaces/index.html");
    assert!(fs::read_to_string(page).unwrap().contains("Tabs vs spaces"));
    let checked = versus(&["check", "--root", "mysite"], dir.path());
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
}

#[test]
fn init_leaves_a_folder_that_is_not_empty_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("thesis.txt"), "x").unwrap();
    let refused = versus(&["init", "."], dir.path());
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("is not empty"));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn new_makes_a_page_once() {
    let dir = tempfile::tempdir().unwrap();
    let made = versus(&["new", "compare/go-vs-rust"], dir.path());
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let file = dir.path().join("content/compare/go-vs-rust.md");
    assert!(fs::read_to_string(&file).unwrap().starts_with("---\ntitle: \"Go vs Rust\"\n"));
    assert_eq!(versus(&["build"], dir.path()).status.code(), Some(0));
    assert_eq!(versus(&["new", "compare/go-vs-rust"], dir.path()).status.code(), Some(2));
    assert_eq!(versus(&["new", "../outside"], dir.path()).status.code(), Some(2));
}

#[test]
fn with_errors_nothing_is_written_and_the_old_site_stays() {
    let dir = tempfile::tempdir().unwrap();
    versus(&["init", "."], dir.path());
    assert_eq!(versus(&["build"], dir.path()).status.code(), Some(0));
    let home = dir.path().join("public/index.html");
    let before = fs::read(&home).unwrap();
    fs::write(dir.path().join("content/_index.md"), "---\ntitle: \"x\n---\n").unwrap();
    let failed = versus(&["build"], dir.path());
    assert_eq!(failed.status.code(), Some(1));
    let said = text(&failed.stderr);
    assert!(
        said.contains(
            "error[front-matter-invalid]: the quoted text never ends\n --> content/_index.md:2:8"
        ),
        "{said}"
    );
    assert!(said.contains("help: add a closing \" at the end of line 2"), "{said}");
    assert_eq!(fs::read(&home).unwrap(), before);
}

#[test]
fn warnings_fail_check_and_strict_builds_only() {
    let dir = tempfile::tempdir().unwrap();
    versus(&["init", "."], dir.path());
    fs::write(dir.path().join("content/a.md"), "---\ntitle: A\n---\n[x](/nowhere/)\n").unwrap();
    assert_eq!(versus(&["build"], dir.path()).status.code(), Some(0));
    assert_eq!(versus(&["build", "--strict"], dir.path()).status.code(), Some(1));
    assert_eq!(versus(&["check"], dir.path()).status.code(), Some(1));
}

#[test]
fn every_format_says_the_same() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("content")).unwrap();
    let page = "---\ntitle: A\ndescription: d\n---\n[x](/nowhere/)\n";
    fs::write(dir.path().join("content/a.md"), page).unwrap();
    let check = |format| text(&versus(&["check", "--format", format], dir.path()).stderr);
    let message = "no page or file at `/nowhere/`";
    assert_eq!(check("short"), format!("content/a.md:5:1: warning[dead-link]: {message}\n"));
    assert_eq!(
        check("github"),
        format!("::warning file=content/a.md,line=5,col=1,title=dead-link::{message}\n")
    );
    let json = check("json");
    let lines: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["line"], 5);
    assert_eq!(lines[0]["id"], "dead-link");
    assert_eq!(lines[1]["summary"]["warnings"], 1);
}

/// A site of one page that is not as good as it could be.
fn site(front: &str, body: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("content")).unwrap();
    let page = format!("---\ntitle: A\n{front}\n---\n{body}\n");
    fs::write(dir.path().join("content/a.md"), page).unwrap();
    dir
}

#[test]
fn a_report_goes_into_a_file_without_colours_and_leaves_standard_error_empty() {
    let dir = site("", "[x](/nowhere/)");
    let file = dir.path().join("report.txt");
    let arguments = ["check", "--color", "always", "--report", "report.txt"];
    let checked = versus(&arguments, dir.path());
    assert_eq!(checked.status.code(), Some(1));
    assert_eq!(text(&checked.stderr), "");
    let report = fs::read_to_string(&file).unwrap();
    assert!(report.starts_with("warning[dead-link]: no page"), "{report}");
    versus(&["build", "--format", "sarif", "--report", "report.txt"], dir.path());
    let log: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "dead-link");
    let failed = versus(&["check", "--report", "no/folder/report.txt"], dir.path());
    assert_eq!(failed.status.code(), Some(2));
    assert!(text(&failed.stderr).contains("the report can't be written to `no/folder/report.txt`"));
}

#[test]
fn what_is_denied_fails_check_and_build() {
    let dir = site("", "Text.\n\n#### B");
    for command in ["build", "check"] {
        let code = |deny: &str| versus(&[command, "--deny", deny], dir.path()).status.code();
        assert_eq!(code("warnings"), Some(0), "{command}");
        assert_eq!(code("image-alt,heading-skip"), Some(1), "{command}");
        assert_eq!(code("heading-skp"), Some(2), "{command}");
    }
    let wrong = versus(&["check", "--deny", "warnings,heading-skp"], dir.path());
    assert!(text(&wrong.stderr).contains("a similar value exists: 'heading-skip'"));
    let wrong = versus(&["check", "--deny", "warning"], dir.path());
    assert!(text(&wrong.stderr).contains("a similar value exists: 'warnings'"));
}

#[test]
fn only_check_asks_for_the_day() {
    let dir = site("reviewed: 2001-01-01", "Text.");
    let run = |arguments: &[&str], epoch: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_versus"));
        command.args(arguments).current_dir(dir.path()).env_remove("SOURCE_DATE_EPOCH");
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        let output = command.output().unwrap();
        (output.status.code(), text(&output.stderr))
    };
    let march_2001 = Some("984000000");
    assert_eq!(run(&["check"], None).0, Some(1), "today is more than a year later");
    assert_eq!(run(&["check"], march_2001).0, Some(0));
    assert_eq!(run(&["check", "--now", "2001-12-31"], None).0, Some(0));
    let (code, said) = run(&["check", "--now", "2002-01-02"], march_2001);
    assert_eq!(code, Some(1));
    assert!(said.contains("that was 366 days ago"), "{said}");
    let (code, said) = run(&["check"], Some("soon"));
    assert_eq!(code, Some(2));
    assert!(said.contains("`SOURCE_DATE_EPOCH` is not a time: `soon`"), "{said}");
    assert_eq!(run(&["check", "--now", "soon"], None).0, Some(2));
    assert_eq!(run(&["build", "--deny", "review-stale"], Some("soon")).0, Some(0));
}

#[test]
fn wrong_use_exits_with_2() {
    let dir = tempfile::tempdir().unwrap();
    for arguments in [
        &["build", "--root", "nowhere"][..],
        &["build", "--base-url", "nope"],
        &["build", "--output", "/"],
        &["build", "--jobs", "0"],
        &["bild"],
    ] {
        let output = versus(arguments, dir.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn the_same_project_gives_the_same_bytes_anywhere() {
    let one = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    let deep = other.path().join("deeper/inside");
    fs::create_dir_all(&deep).unwrap();
    let snapshot = |dir: &Path, jobs: &str, zone: &str| {
        versus(&["init", "s"], dir);
        let mut command = Command::new(env!("CARGO_BIN_EXE_versus"));
        command.args(["build", "--root", "s", "--jobs", jobs]).current_dir(dir);
        assert!(command.env("TZ", zone).env("LC_ALL", "C").output().unwrap().status.success());
        let mut files = Vec::new();
        collect(&dir.join("s/public"), &dir.join("s/public"), &mut files);
        files.sort();
        files
    };
    let first = snapshot(one.path(), "1", "UTC");
    assert!(first.len() > 10);
    assert_eq!(first, snapshot(&deep, "4", "Pacific/Auckland"));
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.push((name, fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn list_shows_what_there_is() {
    let dir = tempfile::tempdir().unwrap();
    versus(&["init", "."], dir.path());
    fs::write(dir.path().join("content/d.md"), "---\ntitle: D\ndraft: true\n---\n").unwrap();
    let list = |what| text(&versus(&["list", what], dir.path()).stdout);
    assert!(list("pages").contains("/compare/tabs-vs-spaces/") && !list("pages").contains("/d/"));
    assert!(list("drafts").contains("content/d.md"));
    assert!(list("terms").contains("formatting"));
    assert!(list("sections").contains("Comparisons"));
    assert!(list("files").lines().any(|line| line == "sitemap.xml"));
    let write = |name: &str, subjects: &str| {
        let text = format!("---\ntitle: {name}\nsubjects: [{subjects}]\nverdict: x\n---\n");
        fs::write(dir.path().join(format!("content/compare/{name}.md")), text).unwrap();
    };
    write("one", "go, rust");
    write("two", "rust, zig");
    write("three", "rust, elm");
    assert!(list("gaps").starts_with("    1  Elm vs Go  both against Rust; 1 and 1 comparisons\n"));
    let best = versus(&["list", "gaps", "--json", "--limit", "1"], dir.path());
    assert_eq!(
        text(&best.stdout),
        "{\"category\":null,\"comparisons\":[1,1],\"shared\":[\"rust\"],\"subjects\":[\"elm\",\"go\"]}\n"
    );
}

#[test]
fn theme_prints_the_files_to_change_a_copy_of() {
    let dir = tempfile::tempdir().unwrap();
    let said = |arguments: &[&str]| {
        let output = versus(arguments, dir.path());
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    let names = said(&["theme"]);
    for name in ["static/style.css", "strings/en.yaml", "templates/partials/footer.html"] {
        assert!(names.lines().any(|line| line == name), "{names}");
    }
    let footer = include_str!("../templates/partials/footer.html");
    assert_eq!(said(&["theme", "templates/partials/footer.html"]), footer);
    assert_eq!(said(&["theme", "partials/footer.html"]), footer);
    let wrong = versus(&["theme", "partials/foter.html"], dir.path());
    assert_eq!(wrong.status.code(), Some(2));
    let told = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(told.contains("did you mean `partials/footer.html`?"), "{told}");
}

#[test]
fn schema_prints_what_editors_read() {
    let dir = tempfile::tempdir().unwrap();
    let print = |arguments: &[&str]| {
        let output = versus(arguments, dir.path());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    assert!(print(&["schema"])["properties"]["dimensions"].is_object());
    assert_eq!(print(&["schema"]), print(&["schema", "front-matter"]));
    assert!(print(&["schema", "subject"])["properties"]["homepage"].is_object());
    assert!(print(&["schema", "config"])["properties"]["base_url"].is_object());
    assert_eq!(versus(&["schema", "theme"], dir.path()).status.code(), Some(2));
}
