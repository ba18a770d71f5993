//! The folders and files that publishing does not write to.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod publishing;

use std::fs;
use std::path::Path;

use publishing::{Bench, files, site, snapshot};
use versus::output::publish::{MANIFEST, PublishError, Publisher, Target};

const SILENT: &dyn Fn(&str) = &|_| {};

#[test]
fn nothing_foreign_is_written_over_without_adopt() {
    for bench in [Bench::new(), Bench::in_place()] {
        bench.publish(&[("a", "a")]).unwrap();
        fs::create_dir(bench.output.join("folder")).unwrap();
        for (name, entries) in [
            ("b", [("a", "a"), ("b", "b")]),
            ("c", [("a", "a"), ("c/d", "d")]),
            ("folder/x", [("a", "a"), ("folder", "f")]),
        ] {
            fs::write(bench.output.join(name), "foreign").unwrap();
            let before = snapshot(&bench.output);
            let error = bench.publish(&entries).unwrap_err();
            assert!(error.to_string().starts_with(&format!("`{name}` in the output")), "{error}");
            assert!(error.to_string().contains("; move it away"), "{error}");
            assert_eq!(snapshot(&bench.output), before);
            bench.assert_clean();
        }
        // Even with `--adopt`, only a file that the site writes may go.
        for entries in [[("a", "a"), ("c/d", "d")], [("a", "a"), ("folder", "f")]] {
            let error = bench.publish_as(&entries, true).unwrap_err();
            assert!(matches!(error, PublishError::InTheWay { adoptable: false, .. }), "{error}");
        }
        bench.publish_as(&[("a", "a"), ("b", "b")], true).unwrap();
        let foreign = [("a", "a"), ("b", "b"), ("c", "foreign"), ("folder/x", "foreign")];
        assert_eq!(files(&bench.output), site(&foreign));
        bench.assert_clean();
    }
}

#[test]
fn a_folder_is_adopted_only_when_asked() {
    let bench = Bench::new();
    fs::create_dir_all(bench.output.join("sub")).unwrap();
    fs::write(bench.output.join("index.html"), "theirs").unwrap();
    fs::write(bench.output.join("same.html"), "same").unwrap();
    fs::write(bench.output.join("sub/kept"), "kept").unwrap();
    let before = snapshot(&bench.output);
    let entries = [("index.html", "ours"), ("same.html", "same")];
    let error = bench.publish(&entries).unwrap_err().to_string();
    assert!(error.contains("is not empty") && error.contains("pass `--adopt`"), "{error}");
    assert_eq!(snapshot(&bench.output), before);
    bench.assert_clean();
    let published = bench.publish_as(&entries, true).unwrap();
    assert_eq!((published.written, published.unchanged), (1, 1));
    assert_eq!(snapshot(&bench.output)["same.html"], before["same.html"]);
    assert_eq!(snapshot(&bench.output)["sub/kept"], before["sub/kept"]);
    assert_eq!(snapshot(&bench.output)["sub"], before["sub"]);
    // Now it has a manifest.
    assert_eq!(bench.publish(&[]).unwrap().deleted, 2);
    assert_eq!(files(&bench.output), site(&[("sub/kept", "kept")]));
}

#[test]
fn a_folder_that_only_keeps_its_place_is_free() {
    let bench = Bench::new();
    fs::create_dir(&bench.output).unwrap();
    fs::write(bench.output.join(".gitkeep"), "").unwrap();
    fs::write(bench.output.join(".gitignore"), "*").unwrap();
    bench.publish(&[("a", "a")]).unwrap();
    assert_eq!(files(&bench.output).len(), 3);
}

#[test]
fn a_manifest_that_cannot_be_read_counts_as_none() {
    let bench = Bench::new();
    bench.publish(&[("a", "a"), ("b", "b")]).unwrap();
    for text in ["versus-manifest 2\n", "", "garbage"] {
        fs::write(bench.output.join(MANIFEST), text).unwrap();
        let error = bench.publish(&[("a", "a")]).unwrap_err().to_string();
        assert!(error.contains(MANIFEST) && error.contains("--adopt"), "{error}");
    }
    assert_eq!(bench.publish_as(&[("a", "a")], true).unwrap().deleted, 0);
    assert_eq!(files(&bench.output), site(&[("a", "a"), ("b", "b")]));
}

#[test]
fn folders_that_are_not_for_output_are_refused() {
    let bench = Bench::new();
    let project = bench.project();
    for name in ["content/deep", "static", "data"] {
        fs::create_dir_all(project.join(name)).unwrap();
    }
    fs::write(project.join("file"), "").unwrap();
    let home = std::env::home_dir().unwrap();
    let root = bench.root.path();
    let mut table = vec![
        (Path::new("/").to_owned(), "is the root"),
        (home.clone(), "is the home folder"),
        (project.clone(), "is the project"),
        (project.join("data/.."), "is the project"),
        (root.to_owned(), "holds the project"),
        (project.join("content"), "is the project's `content`"),
        (project.join("content/deep"), "is inside the project's `content`"),
        (project.join("content/new/er"), "is inside the project's `content`"),
        (project.join("templates"), "is the project's `templates`"),
        (project.join("static/x"), "is inside the project's `static`"),
        (project.join("file"), "is a file"),
        (project.join(".git/x"), "belongs to a git"),
        (project.join("missing/../x"), "is not a path that can be made"),
    ];
    #[cfg(unix)]
    for (name, to) in [("l1", &project), ("l2", &project.join("content")), ("l3", &home)] {
        std::os::unix::fs::symlink(to, root.join(name)).unwrap();
        table.push((root.join(name), "is the "));
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", root.join("dangling")).unwrap();
        table.push((root.join("dangling"), "is not a path that can be made"));
        table.push((root.join("l2/sub"), "is inside the project's `content`"));
    }
    let before = files(root);
    for (output, reason) in table {
        for adopt in [false, true] {
            let target = Target { output: &output, project: &project, adopt, waiting: SILENT };
            let error = Publisher::open(target).unwrap_err();
            assert!(matches!(error, PublishError::Refused { .. }), "{error}");
            let text = error.to_string();
            assert!(text.contains(&format!("` {reason}")), "{}: {text}", output.display());
            assert!(text.contains("; name "), "{text}");
        }
    }
    assert_eq!(files(root), before);
}

#[test]
fn a_git_work_tree_is_refused_until_adopted_and_never_touched() {
    let bench = Bench::new();
    fs::create_dir_all(bench.output.join(".git/refs")).unwrap();
    fs::write(bench.output.join(".git/HEAD"), "ref: x").unwrap();
    let before = snapshot(&bench.output.join(".git"));
    let error = bench.publish(&[("a", "a")]).unwrap_err().to_string();
    assert!(error.contains("git work tree") && error.contains("--adopt"), "{error}");
    bench.publish_as(&[("a", "a")], true).unwrap();
    bench.publish(&[("b", "b")]).unwrap();
    assert_eq!(snapshot(&bench.output.join(".git")), before);
    let error = bench.publish_as(&[(".git/HEAD", "x")], true).unwrap_err().to_string();
    assert!(error.contains("`.git`"), "{error}");
    assert_eq!(snapshot(&bench.output.join(".git")), before);
    bench.assert_clean();
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_the_folder_is_followed() {
    let bench = Bench::new();
    let real = bench.root.path().join("real");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &bench.output).unwrap();
    bench.publish(&[("a", "a")]).unwrap();
    bench.publish(&[("b", "b")]).unwrap();
    assert!(bench.output.symlink_metadata().unwrap().is_symlink());
    assert_eq!(files(&real), site(&[("b", "b")]));
    bench.assert_clean();
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_in_the_folder_is_not_written_through() {
    let bench = Bench::new();
    let elsewhere = bench.root.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("x"), "x").unwrap();
    bench.publish(&[("dir/x", "x"), ("file", "f")]).unwrap();
    fs::remove_dir_all(bench.output.join("dir")).unwrap();
    fs::remove_file(bench.output.join("file")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, bench.output.join("dir")).unwrap();
    std::os::unix::fs::symlink(elsewhere.join("x"), bench.output.join("file")).unwrap();
    for adopt in [false, true] {
        for text in ["x", "new"] {
            let error = bench.publish_as(&[("dir/x", text)], adopt).unwrap_err();
            assert!(matches!(error, PublishError::InTheWay { adoptable: false, .. }), "{error}");
        }
    }
    bench.publish(&[("file", "new")]).unwrap();
    assert!(bench.output.join("file").symlink_metadata().unwrap().is_file());
    assert_eq!(files(&elsewhere), site(&[("x", "x")]));
    assert!(bench.output.join("dir").is_symlink());
}
