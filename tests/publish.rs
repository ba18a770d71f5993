//! What publishing does to the output folder.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod publishing;

use std::fs;
use std::sync::Mutex;

use publishing::{Bench, files, site, snapshot};
use versus::output::publish::{MANIFEST, PublishError, Publisher, Target};

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
