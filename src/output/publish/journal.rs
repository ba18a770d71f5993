//! What is about to be done to the output folder, written down beforehand so
//! that the next build can complete it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_128;

use super::host::{Stamp, sync_folder};
use super::manifest::safe;

const VERSION: &str = "versus-journal 1";

/// What is about to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Journal {
    /// The staged tree takes the place of the output folder.
    Swap {
        /// The inode of the staged tree: what tells it from the old one, once
        /// their names may have been exchanged.
        inode: u64,
        /// The files of the old tree that may be deleted.
        drops: BTreeMap<String, Stamp>,
    },
    /// Files are moved into the output folder one by one.
    InPlace(Vec<Step>),
}

/// A step of an update in place. Taking it twice is as good as taking it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Moves a file out of the stage.
    Place {
        /// The folder of the stage it is in.
        from: Shelf,
        /// Its path there and in the output folder.
        path: String,
    },
    /// Deletes a file, if it is still the one with this stamp.
    Delete {
        /// Its path in the output folder.
        path: String,
        /// Its stamp.
        stamp: Stamp,
    },
    /// Removes a folder, if it is empty.
    Prune {
        /// Its path in the output folder.
        path: String,
    },
}

/// A folder of the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shelf {
    /// The files of the new site.
    New,
    /// The files of the old site that an update in place replaces.
    Undo,
}

impl Shelf {
    /// Its name in the stage.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Undo => "undo",
        }
    }
}

impl Journal {
    /// Writes the journal, in place of one that is there.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let draft = path.with_extension("draft");
        let mut file = File::create(&draft)?;
        file.write_all(self.render().as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        path.parent().map_or(Ok(()), sync_folder)
    }

    /// Reads the journal, `None` when it is missing or was cut short.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        match fs::read(path) {
            Ok(bytes) => Ok(String::from_utf8(bytes).ok().and_then(|text| Self::parse(&text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn render(&self) -> String {
        // Writing to a string can't fail.
        let mut text = format!("{VERSION}\n");
        match self {
            Self::Swap { inode, drops } => {
                let _ = writeln!(text, "swap\t{inode}");
                for (path, stamp) in drops {
                    let _ = writeln!(text, "drop\t{}\t{path}", Fields(*stamp));
                }
            }
            Self::InPlace(steps) => {
                text.push_str("in-place\n");
                for step in steps {
                    let _ = match step {
                        Step::Place { from, path } => {
                            writeln!(text, "place\t{}\t{path}", from.name())
                        }
                        Step::Delete { path, stamp } => {
                            writeln!(text, "delete\t{}\t{path}", Fields(*stamp))
                        }
                        Step::Prune { path } => writeln!(text, "prune\t{path}"),
                    };
                }
            }
        }
        let _ = writeln!(text, "end\t{:032x}", xxh3_128(text.as_bytes()));
        text
    }

    fn parse(text: &str) -> Option<Self> {
        let body = &text[..text.strip_suffix('\n')?.rfind('\n')? + 1];
        if text[body.len()..] != format!("end\t{:032x}\n", xxh3_128(body.as_bytes())) {
            return None;
        }
        let mut lines = body.strip_prefix(VERSION)?.strip_prefix('\n')?.lines();
        let head = lines.next()?;
        if head == "in-place" {
            return Some(Self::InPlace(lines.map(parse_step).collect::<Option<_>>()?));
        }
        let inode = head.strip_prefix("swap\t")?.parse().ok()?;
        let drops = lines.map(|line| parse_stamped(line.strip_prefix("drop\t")?));
        Some(Self::Swap { inode, drops: drops.collect::<Option<_>>()? })
    }
}

fn parse_step(line: &str) -> Option<Step> {
    let (verb, rest) = line.split_once('\t')?;
    Some(match verb {
        "place" => {
            let (from, path) = rest.split_once('\t')?;
            let from = [Shelf::New, Shelf::Undo].into_iter().find(|shelf| shelf.name() == from)?;
            Step::Place { from, path: safe(path)?.to_owned() }
        }
        "delete" => {
            let (path, stamp) = parse_stamped(rest)?;
            Step::Delete { path, stamp }
        }
        "prune" => Step::Prune { path: safe(rest)?.to_owned() },
        _ => return None,
    })
}

fn parse_stamped(text: &str) -> Option<(String, Stamp)> {
    let mut fields = text.splitn(4, '\t');
    let stamp = Stamp {
        inode: fields.next()?.parse().ok()?,
        size: fields.next()?.parse().ok()?,
        modified: fields.next()?.parse().ok()?,
    };
    Some((safe(fields.next()?)?.to_owned(), stamp))
}

/// A stamp as the fields of a line.
struct Fields(Stamp);

impl std::fmt::Display for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\t{}\t{}", self.0.inode, self.0.size, self.0.modified)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journals() -> [Journal; 2] {
        let stamp = Stamp { inode: 7, size: 8, modified: 9 };
        [
            Journal::Swap { inode: 12, drops: [("a/b".to_owned(), stamp)].into() },
            Journal::InPlace(vec![
                Step::Delete { path: "x y".into(), stamp },
                Step::Prune { path: "d".into() },
                Step::Place { from: Shelf::New, path: "d".into() },
                Step::Place { from: Shelf::Undo, path: "e".into() },
            ]),
        ]
    }

    #[test]
    fn a_journal_survives_being_written_and_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        for journal in journals() {
            journal.write(&path).unwrap();
            assert_eq!(Journal::read(&path).unwrap(), Some(journal));
        }
    }

    #[test]
    fn a_journal_that_was_cut_short_or_damaged_is_none() {
        for journal in journals() {
            let text = journal.render();
            for end in 0..text.len() {
                assert_eq!(Journal::parse(&text[..end]), None);
            }
            assert_eq!(Journal::parse(&text.replace('8', "3").replace("12", "13")), None);
        }
    }
}
