//! Pictures in other widths, which take longer to make than anything else.

use std::fs;
use std::io;
use std::sync::Mutex;

use versus::path::SourcePath;
use versus::source::{Disk, Files, Listing, SourceFile};

use crate::painting;
use crate::project::{Project, Site};

/// A project's files, and how often the photo is read.
struct Counting {
    disk: Disk,
    reads: Mutex<usize>,
}

impl Files for Counting {
    fn list(&self) -> Listing {
        self.disk.list()
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        if path.name() == "p.jpg" {
            *self.reads.lock().unwrap() += 1;
        }
        self.disk.read(path)
    }

    fn hash(&self, file: &SourceFile) -> Option<u64> {
        self.disk.hash(file)
    }
}

/// Builds, and says how often the photo was read.
fn build(project: &Project) -> (usize, Site) {
    let disk = Disk::open(&project.path("site"), &[]).unwrap();
    let files = Counting { disk, reads: Mutex::new(0) };
    let cache = project.cache();
    let (_, site) = project.build_of(&files, &cache);
    cache.save().unwrap();
    assert!(site == project.clean(), "the site is stale");
    (files.reads.into_inner().unwrap(), site)
}

fn project() -> Project {
    let project = Project::new();
    project.write("site/content/a.md", "---\ntitle: A\n---\n![p](p.jpg)\n");
    project.write("site/content/b.md", "---\ntitle: B\n---\nWords.\n");
    project.write("site/content/p.jpg", painting::jpeg(600, 300));
    project
}

fn made(site: &Site) -> Vec<&str> {
    site.files.keys().filter(|path| path.starts_with("pictures/")).map(String::as_str).collect()
}

#[test]
fn a_picture_is_not_decoded_again_while_it_is_the_same() {
    let project = project();
    let (_, site) = build(&project);
    assert_eq!(made(&site).len(), 2);
    // Whatever else changes, it is read to be copied and no more.
    project.write("site/content/a.md", "---\ntitle: Other\n---\nMore. ![p](p.jpg)\n");
    assert_eq!(build(&project).0, 1);
    project.write("site/templates/partials/footer.html", "<footer>other</footer>");
    assert_eq!(build(&project).0, 1);
    // Also where the output is gone, as it often is on a build server.
    fs::remove_dir_all(project.path("public")).unwrap();
    assert_eq!(build(&project).0, 1);
    for round in 0..10 {
        project.write("site/content/b.md", format!("---\ntitle: B\n---\nWords {round}.\n"));
        project.build();
    }
    fs::remove_dir_all(project.path("public")).unwrap();
    assert_eq!(build(&project).0, 1, "what is used is not dropped");
}

#[test]
fn another_picture_is_shown_on_every_page_that_has_it_and_on_no_other() {
    let project = project();
    let (_, before) = build(&project);
    project.write("site/content/p.jpg", painting::jpeg(500, 300));
    let (_, after) = build(&project);
    assert!(after.files["a/index.html"] != before.files["a/index.html"]);
    assert!(after.files["b/index.html"] == before.files["b/index.html"]);
    assert!(made(&after).iter().all(|path| !before.files.contains_key(*path)));
    // The same pixels in another file are another picture.
    project.write("site/content/p.jpg", painting::held(500, 300, 1));
    let (_, held) = build(&project);
    assert!(held.files["a/index.html"] != after.files["a/index.html"]);
}

#[test]
fn a_width_more_leaves_the_others_as_they_are() {
    let project = project();
    let (_, before) = build(&project);
    let config =
        "title: Site\nbase_url: https://example.org/\npictures: { widths: [200, 480, 960] }\n";
    project.write("site/versus.yaml", config);
    let (_, after) = build(&project);
    assert_eq!(made(&after).len(), 3);
    assert!(made(&before).iter().all(|path| after.files[*path] == before.files[*path]));
}
