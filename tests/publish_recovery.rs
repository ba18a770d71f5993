//! What a build does with the leftovers of one that was killed, and with what
//! is not the site's.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod publishing;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use publishing::{Bench, files, site, snapshot};
use versus::output::publish::{MANIFEST, PublishError};
use xxhash_rust::xxh3::xxh3_128;

/// Writes a whole journal.
fn write_journal(stage: &Path, body: &str) {
    let body = format!("versus-journal 1\n{body}");
    let text = format!("{body}end\t{:032x}\n", xxh3_128(body.as_bytes()));
    fs::write(stage.join("journal"), text).unwrap();
}

fn stamp(path: &Path) -> String {
    let data = path.symlink_metadata().unwrap();
    let age = data.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(&data);
    #[cfg(not(unix))]
    let inode = 0;
    format!("{inode}\t{}\t{}", data.len(), age.as_nanos())
}

/// A bench with a published site, and the two places a stage can be in.
fn benches() -> impl Iterator<Item = (Bench, PathBuf)> {
    [true, false].into_iter().map(|is_beside| {
        let bench = Bench::new();
        bench.publish(&[("a", "old"), ("b", "old"), ("c", "old")]).unwrap();
        let beside = bench.root.path().join(".out.versus-stage");
        let stage = if is_beside { beside } else { bench.output.join(".versus-stage") };
        fs::create_dir_all(stage.join("new/d")).unwrap();
        (bench, stage)
    })
}

#[test]
fn a_stage_without_a_journal_is_discarded() {
    for (bench, stage) in benches() {
        fs::write(stage.join("new/d/e"), "new").unwrap();
        fs::write(stage.join("journal.draft"), "versus").unwrap();
        drop(bench.open().unwrap());
        assert_eq!(files(&bench.output), site(&[("a", "old"), ("b", "old"), ("c", "old")]));
        bench.assert_clean();
    }
}

#[test]
fn an_incomplete_journal_is_discarded() {
    for (bench, stage) in benches() {
        fs::write(stage.join("new/a"), "new").unwrap();
        write_journal(&stage, "in-place\nplace\tnew\ta\nprune\tx\n");
        let text = fs::read_to_string(stage.join("journal")).unwrap();
        fs::write(stage.join("journal"), &text[..text.len() - 2]).unwrap();
        drop(bench.open().unwrap());
        assert_eq!(files(&bench.output), site(&[("a", "old"), ("b", "old"), ("c", "old")]));
        bench.assert_clean();
    }
}

#[test]
fn a_complete_journal_is_carried_out() {
    for (bench, stage) in benches() {
        for path in ["new/a", "new/d/e"] {
            fs::write(stage.join(path), "new").unwrap();
        }
        let deletion = stamp(&bench.output.join("b"));
        // It was edited after the build was killed.
        let edited = stamp(&bench.output.join("c"));
        fs::write(bench.output.join("c"), "by hand").unwrap();
        let body = format!(
            "in-place\nplace\tnew\ta\nplace\tnew\td/e\nplace\tnew\tdone/before\n\
             delete\t{deletion}\tb\ndelete\t{edited}\tc\nprune\tgone\n"
        );
        write_journal(&stage, &body);
        drop(bench.open().unwrap());
        let expected = site(&[("a", "new"), ("c", "by hand"), ("d/e", "new")]);
        assert_eq!(files(&bench.output), expected);
        bench.assert_clean();
    }
}

#[test]
fn a_journal_that_leads_out_of_the_folder_is_discarded() {
    for (bench, stage) in benches() {
        fs::write(stage.join("new/a"), "new").unwrap();
        let victim = bench.root.path().join("project/kept");
        fs::write(&victim, "kept").unwrap();
        write_journal(&stage, &format!("in-place\ndelete\t{}\t../project/kept\n", stamp(&victim)));
        drop(bench.open().unwrap());
        assert!(victim.exists());
    }
}

#[test]
fn a_journal_does_not_bring_a_removed_folder_back_in_part() {
    let (bench, stage) = benches().next().unwrap();
    fs::write(stage.join("new/a"), "new").unwrap();
    write_journal(&stage, "in-place\nplace\tnew\ta\n");
    fs::remove_dir_all(&bench.output).unwrap();
    drop(bench.open().unwrap());
    assert!(!bench.output.exists());
    bench.assert_clean();
}

#[cfg(unix)]
#[test]
fn the_old_site_is_removed_after_an_exchange_with_the_care_of_any_deletion() {
    let (bench, stage) = benches().next().unwrap();
    let old = stage.join("new");
    fs::create_dir(old.join("x")).unwrap();
    for path in ["a", "gone", "edited", "x/appeared"] {
        fs::write(old.join(path), "of old").unwrap();
    }
    fs::hard_link(bench.output.join("b"), old.join("b")).unwrap();
    let mut body = format!("swap\t{}\n", stamp(&bench.output).split('\t').next().unwrap());
    for path in ["a", "edited", "gone"] {
        body += &format!("drop\t{}\t{path}\n", stamp(&old.join(path)));
    }
    fs::write(old.join("edited"), "by hand").unwrap();
    // In the new site, but not what was meant to be dropped for it.
    fs::write(old.join("c"), "by hand").unwrap();
    write_journal(&stage, &body);
    let published = bench.publish(&[("a", "old"), ("b", "old"), ("c", "old")]).unwrap();
    let kept = bench.root.path().join(".out.versus-kept");
    assert_eq!(files(&kept), site(&[("c", "by hand")]));
    assert!(published.notes[0].contains(".out.versus-kept"), "{:?}", published.notes);
    fs::remove_dir_all(kept).unwrap();
    let own = [("a", "old"), ("b", "old"), ("c", "old")];
    let expected = own.into_iter().chain([("edited", "by hand"), ("x/appeared", "of old")]);
    assert_eq!(files(&bench.output), site(&expected.collect::<Vec<_>>()));
    bench.assert_clean();
}

#[test]
fn the_new_site_takes_its_place_after_a_kill_between_two_renames() {
    let (bench, stage) = benches().next().unwrap();
    fs::write(stage.join("new/a"), "new").unwrap();
    fs::copy(bench.output.join(MANIFEST), stage.join("new").join(MANIFEST)).unwrap();
    let mut body = format!("swap\t{}\n", stamp(&stage.join("new")).split('\t').next().unwrap());
    for path in ["a", "b", "c", MANIFEST] {
        body += &format!("drop\t{}\t{path}\n", stamp(&bench.output.join(path)));
    }
    fs::rename(&bench.output, stage.join("old")).unwrap();
    write_journal(&stage, &body);
    drop(bench.open().unwrap());
    assert_eq!(files(&bench.output), site(&[("a", "new")]));
    bench.assert_clean();
}

#[test]
fn a_stage_that_is_no_folder_is_left_alone() {
    let bench = Bench::new();
    fs::write(bench.root.path().join(".out.versus-stage"), "what").unwrap();
    let error = bench.publish(&[("a", "a")]).unwrap_err().to_string();
    assert!(error.contains(".out.versus-stage") && error.contains("move away"), "{error}");
    assert!(bench.root.path().join(".out.versus-stage").is_file());
}

/// Enough of a random number generator.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn path(&mut self) -> String {
        let parts: Vec<&str> =
            (0..=self.below(3)).map(|_| ["a", "b", "c", "d.html"][self.below(4)]).collect();
        parts.join("/")
    }

    /// A site in which no file is a folder as well.
    fn site(&mut self) -> BTreeMap<String, String> {
        let mut site = BTreeMap::<String, String>::new();
        for _ in 0..self.below(9) {
            let path = self.path();
            let is_below = |a: &str, b: &str| a.starts_with(&format!("{b}/"));
            if !site.keys().any(|other| is_below(other, &path) || is_below(&path, other)) {
                site.insert(path, format!("text {}", self.below(3)));
            }
        }
        site
    }

    /// Puts something into the folder that the site did not write.
    fn intrude(&mut self, output: &Path) {
        let mut path = output.join(self.path());
        if self.below(2) == 0 {
            path = output.join(["CNAME", ".git/refs/x", "a/mine", "b/mine/too"][self.below(4)]);
        }
        if path.symlink_metadata().is_ok() || fs::create_dir_all(path.parent().unwrap()).is_err() {
            return;
        }
        match self.below(5) {
            #[cfg(unix)]
            0 => std::os::unix::fs::symlink("../elsewhere", &path).unwrap(),
            1 => fs::create_dir(&path).unwrap(),
            2 => {
                fs::write(&path, "read-only").unwrap();
                let mut rights = path.metadata().unwrap().permissions();
                rights.set_readonly(true);
                fs::set_permissions(&path, rights).unwrap();
            }
            _ => fs::write(&path, "foreign").unwrap(),
        }
    }
}

/// What is in the folder, but none of the site's files, nor a folder of them.
fn foreign(
    output: &Path,
    own: &BTreeSet<String>,
    was_own: &BTreeSet<String>,
) -> BTreeMap<String, String> {
    let holds = |path: &str| was_own.iter().any(|file| file.starts_with(&format!("{path}/")));
    let mut found = snapshot(output);
    found.retain(|path, _| path != MANIFEST && !own.contains(path) && !holds(path));
    found
}

#[test]
fn whatever_is_built_nothing_foreign_changes() {
    let (mut done, mut refused) = (0, 0);
    for seed in 1..=300_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let bench = Bench::in_memory();
        let mut own = BTreeMap::new();
        for _ in 0..4 {
            let mut ours: BTreeSet<String> = own.keys().cloned().collect();
            let next = dice.site();
            if bench.output.exists() {
                for _ in 0..dice.below(3) {
                    dice.intrude(&bench.output);
                }
                if let Some(path) = own.keys().nth(dice.below(6)) {
                    fs::write(bench.output.join(path), "by hand").unwrap();
                    ours.remove(path);
                }
            }
            let everything = snapshot(&bench.output);
            let was_own = own.keys().chain(next.keys()).cloned().collect();
            let is_own = ours.iter().chain(next.keys()).cloned().collect();
            let before = foreign(&bench.output, &is_own, &was_own);
            let entries: Vec<_> = next.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
            match bench.publish(&entries) {
                Ok(_) => {
                    done += 1;
                    assert_eq!(foreign(&bench.output, &is_own, &was_own), before, "seed {seed}");
                    let mut written = files(&bench.output);
                    written.retain(|path, _| !before.contains_key(path));
                    assert_eq!(written, next, "seed {seed}");
                    own = next;
                }
                Err(PublishError::InTheWay { .. }) => {
                    refused += 1;
                    assert_eq!(snapshot(&bench.output), everything, "seed {seed}");
                    // Edited, it is not what the manifest says any more.
                    own.retain(|path, _| ours.contains(path));
                }
                Err(error) => panic!("seed {seed}: {error}"),
            }
            bench.assert_clean();
        }
    }
    assert!(done > 300 && refused > 100, "{done} done, {refused} refused");
}
