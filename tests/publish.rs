//! What publishing does to the output folder.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod publishing;

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use publishing::{Bench, files, site, snapshot};
use versus::output::publish::{MANIFEST, PublishError, Publisher, Target};

const SILENT: &dyn Fn(&str) = &|_| {};

#[test]
fn a_first_build_makes_the_folder() {
    let bench = Bench::new();
    let published = bench.publish(&[("index.html", "home"), ("a/b.css", "x")]).unwrap();
    assert_eq!((published.files, published.written, published.bytes), (2, 2, 5));
    assert_eq!((published.unchanged, published.deleted), (0, 0));
    assert!(published.notes.is_empty());
    assert_eq!(files(&bench.output), site(&[("a/b.css", "x"), ("index.html", "home")]));
    bench.assert_clean();
}

#[test]
fn a_second_build_of_the_same_leaves_everything_as_it_is() {
    let bench = Bench::new();
    bench.publish(&[("index.html", "home"), ("a/b.css", "x")]).unwrap();
    let before = snapshot(&bench.output);
    let published = bench.publish(&[("index.html", "home"), ("a/b.css", "x")]).unwrap();
    assert_eq!((published.written, published.unchanged, published.deleted), (0, 2, 0));
    assert_eq!(snapshot(&bench.output), before);
    bench.assert_clean();
}

#[test]
fn an_unchanged_file_keeps_its_inode_and_time_when_others_change() {
    for bench in [Bench::new(), Bench::in_place()] {
        bench.publish(&[("a/index.html", "a"), ("b.html", "b"), ("c.html", "c")]).unwrap();
        let before = snapshot(&bench.output);
        let published = bench.publish(&[("a/index.html", "a"), ("b.html", "B")]).unwrap();
        assert_eq!((published.written, published.unchanged, published.deleted), (1, 1, 1));
        let after = snapshot(&bench.output);
        assert_eq!(after.get("a/index.html"), before.get("a/index.html"));
        assert_ne!(after.get("b.html"), before.get("b.html"));
        assert_eq!(files(&bench.output), site(&[("a/index.html", "a"), ("b.html", "B")]));
        bench.assert_clean();
    }
}

#[test]
fn the_manifest_says_what_was_written_and_nothing_of_when() {
    let bench = Bench::new();
    bench.publish(&[("z", ""), ("a b", "x")]).unwrap();
    let text = fs::read_to_string(bench.output.join(MANIFEST)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "versus-manifest 1");
    assert!(lines[1].ends_with(" 1 a b") && lines[1].len() == 38, "{text}");
    assert_eq!(lines[2..], ["99aa06d3014798d86001c324468d497f 0 z"]);
}

#[test]
fn a_build_that_is_dropped_leaves_no_trace() {
    for bench in [Bench::new(), Bench::in_place()] {
        bench.publish(&[("index.html", "home")]).unwrap();
        let before = snapshot(&bench.output);
        let publisher = bench.open().unwrap();
        publishing::put(&publisher, "index.html", "other").unwrap();
        publishing::put(&publisher, "deep/er/x", "other").unwrap();
        drop(publisher);
        assert_eq!(snapshot(&bench.output), before);
        bench.assert_clean();
    }
    let bench = Bench::new();
    publishing::put(&bench.open().unwrap(), "index.html", "other").unwrap();
    assert!(!bench.output.exists());
    bench.assert_clean();
}

#[test]
fn a_file_edited_by_hand_is_not_deleted() {
    for bench in [Bench::new(), Bench::in_place()] {
        bench.publish(&[("a.html", "a"), ("b.html", "b"), ("c.html", "c")]).unwrap();
        fs::write(bench.output.join("b.html"), "by hand").unwrap();
        // The same length, so that only the hash tells.
        fs::write(bench.output.join("c.html"), "C").unwrap();
        let published = bench.publish(&[("d.html", "d")]).unwrap();
        assert_eq!(published.deleted, 1);
        let expected = site(&[("b.html", "by hand"), ("c.html", "C"), ("d.html", "d")]);
        assert_eq!(files(&bench.output), expected);
        // From now on they are foreign.
        bench.publish(&[("d.html", "d2")]).unwrap();
        assert_eq!(files(&bench.output).len(), 3);
        let error = bench.publish(&[("b.html", "b")]).unwrap_err();
        assert!(matches!(error, PublishError::InTheWay { adoptable: true, .. }), "{error}");
    }
}

#[test]
fn a_file_edited_by_hand_is_written_again_when_the_site_has_it() {
    for bench in [Bench::new(), Bench::in_place()] {
        bench.publish(&[("a.html", "a")]).unwrap();
        fs::write(bench.output.join("a.html"), "A").unwrap();
        let published = bench.publish(&[("a.html", "a")]).unwrap();
        assert_eq!(published.written, 1);
        assert_eq!(files(&bench.output), site(&[("a.html", "a")]));
        fs::remove_file(bench.output.join("a.html")).unwrap();
        bench.publish(&[("a.html", "a")]).unwrap();
        assert_eq!(files(&bench.output), site(&[("a.html", "a")]));
        bench.assert_clean();
    }
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    for bench in [Bench::new(), Bench::in_place()] {
        for entries in [
            &[("a", "1"), ("b/c/d", "2")][..],
            &[("a/x/y", "3"), ("b", "4")],
            &[("a/x", "5"), ("b/c", "6")],
            &[("a", "1"), ("b/c/d", "2")],
        ] {
            bench.publish(entries).unwrap();
            assert_eq!(files(&bench.output), site(entries));
            bench.assert_clean();
        }
    }
}

#[test]
fn folders_go_with_their_last_file_of_the_site() {
    for bench in [Bench::new(), Bench::in_place()] {
        bench.publish(&[("a/b/c.html", "c"), ("a/d/e.html", "e"), ("f", "f")]).unwrap();
        fs::write(bench.output.join("a/d/mine"), "mine").unwrap();
        bench.publish(&[("f", "f")]).unwrap();
        assert!(!bench.output.join("a/b").exists());
        assert_eq!(files(&bench.output), site(&[("a/d/mine", "mine"), ("f", "f")]));
    }
}

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

#[test]
fn a_path_is_put_once_and_reserved_names_never() {
    let bench = Bench::new();
    for path in ["a", MANIFEST, ".versus-stage/journal"] {
        let publisher = bench.open().unwrap();
        publishing::put(&publisher, "a", "a").unwrap();
        let error = publishing::put(&publisher, path, "a").unwrap_err().to_string();
        assert!(error.contains(&format!("`{path}`")), "{error}");
        // A sink that refused a file does not publish the others.
        let error = publisher.commit().unwrap_err();
        assert!(matches!(error, PublishError::Incomplete { .. }), "{error}");
        assert!(!bench.output.exists());
    }
    let publisher = bench.open().unwrap();
    publishing::put(&publisher, "a", "a").unwrap();
    let error = publishing::put(&publisher, "a/b", "b").unwrap_err().to_string();
    assert!(error.contains("`a/b`"), "{error}");
    drop(publisher);
    bench.assert_clean();
}

#[test]
fn files_are_put_from_several_threads() {
    let bench = Bench::new();
    let publisher = bench.open().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let publisher = &publisher;
            scope.spawn(move || {
                for n in 0..100 {
                    let path = format!("d{}/e{n}/{thread}", n % 7);
                    publishing::put(publisher, &path, &path).unwrap();
                }
            });
        }
    });
    assert_eq!(publisher.commit().unwrap().written, 400);
    assert_eq!(files(&bench.output).len(), 400);
}

#[test]
fn a_second_build_waits_for_the_first_and_says_so_once() {
    for bench in [Bench::new(), Bench::in_place()] {
        let first = bench.open().unwrap();
        publishing::put(&first, "first", "1").unwrap();
        let lines = std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                let lines = Mutex::new(Vec::new());
                let waiting = |line: &str| lines.lock().unwrap().push(line.to_owned());
                let target = Target {
                    output: &bench.output,
                    project: &bench.project(),
                    adopt: false,
                    waiting: &waiting,
                };
                let second = Publisher::open(target).unwrap();
                publishing::put(&second, "second", "2").unwrap();
                assert_eq!(second.commit().unwrap().deleted, 1);
                lines.into_inner().unwrap()
            });
            std::thread::sleep(std::time::Duration::from_millis(200));
            first.commit().unwrap();
            second.join().unwrap()
        });
        assert_eq!(lines.len(), 1, "{lines:?}");
        if cfg!(target_os = "linux") {
            let process = format!("(process {})", std::process::id());
            assert!(lines[0].contains(&process), "{lines:?}");
        }
        assert_eq!(files(&bench.output), site(&[("second", "2")]));
        bench.assert_clean();
    }
}

#[test]
fn many_builds_at_once_publish_one_whole_site_after_the_other() {
    let bench = Bench::new();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let bench = &bench;
            scope.spawn(move || {
                for round in 0..5 {
                    let text = format!("{thread}-{round}");
                    bench.publish(&[("a", &text), ("b/c", &text)]).unwrap();
                }
            });
        }
    });
    let found = files(&bench.output);
    assert_eq!(found.len(), 2);
    assert_eq!(found["a"], found["b/c"]);
    bench.assert_clean();
}

/// Numbers that look random and are the same on every run (Knuth's MMIX LCG).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }

    /// A path of one to three parts from few names, so that many collide.
    fn path(&mut self, prefix: &str) -> String {
        let names = ["a", "b", "c", "d.html", "e"];
        let parts: Vec<&str> =
            (0..=self.below(3)).map(|_| names[self.below(names.len())]).collect();
        format!("{prefix}{}", parts.join("/"))
    }
}

/// Something of the owner's own: a file, a read-only file, a link, a folder.
fn add_foreign(random: &mut Random, output: &Path) {
    let path = output.join(random.path("own-"));
    if fs::create_dir_all(path.parent().unwrap()).is_err() || path.symlink_metadata().is_ok() {
        return;
    }
    match random.below(5) {
        0 => fs::create_dir(&path).unwrap(),
        #[cfg(unix)]
        1 => std::os::unix::fs::symlink("../nowhere", &path).unwrap(),
        2 => {
            fs::write(&path, "read-only").unwrap();
            let mut access = fs::metadata(&path).unwrap().permissions();
            access.set_readonly(true);
            fs::set_permissions(&path, access).unwrap();
        }
        _ => fs::write(&path, "own").unwrap(),
    }
}

#[test]
fn whatever_else_is_in_the_folder_stays_as_it_was() {
    for seed in 0..100 {
        let mut random = Random(seed);
        let bench = Bench::new();
        bench.publish(&[("index.html", "0")]).unwrap();
        for _ in 0..random.below(6) {
            add_foreign(&mut random, &bench.output);
        }
        let foreign = |path: &String| path.starts_with("own-");
        let mut before = snapshot(&bench.output);
        before.retain(|path, _| foreign(path));
        for round in 0..3 {
            let text = round.to_string();
            let mut paths: Vec<String> = (0..random.below(6)).map(|_| random.path("")).collect();
            paths.sort();
            paths.dedup();
            // A path can't be a file and a folder of one site.
            let is_folder = |path: &String, all: &[String]| {
                all.iter().any(|other| other.starts_with(&format!("{path}/")))
            };
            let all = paths.clone();
            paths.retain(|path| !is_folder(path, &all));
            let entries: Vec<(&str, &str)> =
                paths.iter().map(|path| (path.as_str(), text.as_str())).collect();
            bench.publish(&entries).unwrap();
            let mut found = files(&bench.output);
            found.retain(|path, _| !foreign(path));
            assert_eq!(found, site(&entries), "seed {seed}, round {round}");
            let mut after = snapshot(&bench.output);
            after.retain(|path, _| foreign(path));
            assert_eq!(after, before, "seed {seed}, round {round}");
        }
    }
}
