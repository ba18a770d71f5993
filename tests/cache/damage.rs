//! A damaged cache costs time and nothing else.

use std::fs;

use crate::edits::Edit;
use crate::project::Project;

/// Tries every so many bytes of a file.
fn step() -> usize {
    std::env::var("VERSUS_ALL_FAULTS").map_or(97, |_| 1)
}

fn small() -> (Project, Vec<u8>) {
    let project = Project::new();
    Edit::page(7, 15).apply(&project);
    project.build();
    let cache = fs::read(project.cache_file()).unwrap();
    // What is in it is then asked for.
    Edit::page(6, 31).apply(&project);
    (project, cache)
}

#[test]
fn every_flipped_byte_is_survived() {
    let (project, cache) = small();
    let clean = project.clean();
    let header = 0..80.min(cache.len());
    let spots = header.chain((80..cache.len()).step_by(step() * 8));
    for spot in spots {
        let mut damaged = cache.clone();
        damaged[spot] ^= 0x41;
        fs::write(project.cache_file(), damaged).unwrap();
        assert_eq!(project.build().1, clean, "with byte {spot} flipped");
    }
}

#[test]
fn every_cut_is_survived() {
    let (project, cache) = small();
    let clean = project.clean();
    for length in (0..cache.len()).step_by(step() * 16) {
        fs::write(project.cache_file(), &cache[..length]).unwrap();
        assert_eq!(project.build().1, clean, "cut to {length} bytes");
    }
}

#[test]
fn what_a_killed_run_leaves_behind_the_index_is_no_matter() {
    let (project, mut cache) = small();
    cache.extend([0x5a; 5000]);
    fs::write(project.cache_file(), cache).unwrap();
    let cache = project.cache();
    let (_, site) = project.build_with(&cache);
    // Killed: nothing is saved.
    drop(cache);
    assert_eq!(site, project.clean());
    assert_eq!(project.build().1, project.clean());
}
