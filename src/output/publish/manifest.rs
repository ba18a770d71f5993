//! The list of the files a build wrote, kept in the output folder itself.
//!
//! Only what it lists, and what still has the listed hash, is ever deleted.

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::host::look;
use crate::output::Digest;
use crate::path::OutputPath;

/// Its name in the output folder.
pub const MANIFEST: &str = ".versus-manifest";

const HEAD: &str = "versus-manifest 1\n";

/// The digits of a hash.
const DIGITS: usize = 32;

/// The files of a build by path. It is held as the text that is kept: there may be
/// a million files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manifest {
    text: String,
    /// Where the line of each file begins.
    lines: Vec<usize>,
    /// The size of all files in bytes.
    bytes: u64,
}

/// What stands at the manifest's place.
#[derive(Debug)]
pub(super) enum Kept {
    /// Nothing.
    Absent,
    /// Something that is no manifest of this version.
    Unreadable,
    /// The manifest.
    Read(Manifest),
}

impl Manifest {
    /// Writes the list of files that come in the order of their paths, and tells its
    /// hash; the same files give the same text.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn write<'p>(
        files: impl Iterator<Item = (&'p str, Digest)>,
        out: &mut impl io::Write,
    ) -> io::Result<u64> {
        let mut all = Xxh3::new();
        let mut put = |text: &str| {
            all.update(text.as_bytes());
            out.write_all(text.as_bytes())
        };
        put(HEAD)?;
        let mut line = String::new();
        for (path, Digest { hash, size }) in files {
            line.clear();
            // Writing to a string can't fail.
            let _ = writeln!(line, "{hash:032x} {size} {path}");
            put(&line)?;
        }
        Ok(all.digest())
    }

    /// Reads the text; `None` when any of it is not as [`Self::write`] makes it,
    /// because half a list of what may be deleted is none.
    pub fn parse(text: String) -> Option<Self> {
        let mut rest = text.strip_prefix(HEAD)?;
        let (mut lines, mut bytes, mut last) = (Vec::new(), 0, None);
        while !rest.is_empty() {
            lines.push(text.len() - rest.len());
            let (line, behind) = rest.split_once('\n')?;
            let (path, digest) = read(line)?;
            if last.is_some_and(|last| last >= path) {
                return None;
            }
            last = Some(safe(path)?);
            bytes = digest.size.checked_add(bytes)?;
            rest = behind;
        }
        Some(Self { text, lines, bytes })
    }

    /// The text that is kept.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A hash of it all.
    pub fn hash(&self) -> u64 {
        xxh3_64(self.text.as_bytes())
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The size of all files in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = (&str, Digest)> {
        self.lines.iter().filter_map(|start| self.file(*start))
    }

    /// The files, for all threads.
    pub fn par_files(&self) -> impl ParallelIterator<Item = (&str, Digest)> {
        self.lines.par_iter().filter_map(|start| self.file(*start))
    }

    /// What a file holds.
    pub fn get(&self, path: &str) -> Option<Digest> {
        let place = self.lines.binary_search_by(|start| self.order(*start, path)).ok()?;
        self.file(self.lines[place]).map(|(_, digest)| digest)
    }

    /// Whether the path of a line comes before another. An end of line does before any
    /// character of a path.
    fn order(&self, start: usize, path: &str) -> Ordering {
        let rest = &self.text.as_bytes()[start + DIGITS + 1..];
        let size = rest.iter().take_while(|byte| **byte != b' ').count();
        let (own, behind) = rest[size + 1..].split_at(path.len().min(rest.len() - size - 1));
        let is_longer = || behind.first().is_some_and(|byte| *byte != b'\n');
        own.cmp(path.as_bytes()).then_with(|| is_longer().cmp(&false))
    }

    fn file(&self, start: usize) -> Option<(&str, Digest)> {
        let line = &self.text[start..];
        read(&line[..line.find('\n')?])
    }

    /// Reads the manifest of an output folder.
    pub fn read(output: &Path) -> io::Result<Kept> {
        let path = output.join(MANIFEST);
        match look(&path)? {
            Some(found) if found.is_file() => {}
            Some(_) => return Ok(Kept::Unreadable),
            None => return Ok(Kept::Absent),
        }
        let manifest = String::from_utf8(std::fs::read(&path)?).ok().and_then(Self::parse);
        Ok(manifest.map_or(Kept::Unreadable, Kept::Read))
    }
}

impl Default for Manifest {
    fn default() -> Self {
        Self { text: HEAD.to_owned(), lines: Vec::new(), bytes: 0 }
    }
}

/// Reads a line, if it is one that is written.
fn read(line: &str) -> Option<(&str, Digest)> {
    let (hash, rest) = line.split_at_checked(DIGITS)?;
    let (size, path) = rest.strip_prefix(' ')?.split_once(' ')?;
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_written = hash.bytes().all(is_digit)
        && size.bytes().all(|byte| byte.is_ascii_digit())
        && (size == "0" || !size.starts_with('0'));
    if !is_written {
        return None;
    }
    // Halves are read in a fraction of the time.
    let half = |digits: &str| u64::from_str_radix(digits, 16).ok();
    let (high, low) = hash.split_at(DIGITS / 2);
    let hash = u128::from(half(high)?) << u64::BITS | u128::from(half(low)?);
    Some((path, Digest { hash, size: size.parse().ok()? }))
}

/// The path, when it can't leave the output folder.
pub(super) fn safe(path: &str) -> Option<&str> {
    OutputPath::new(path).ok().filter(|checked| checked.as_str() == path).map(|_| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_survives_being_written_and_read() {
        let paths = [".nojekyll", "a b/c.css", "empty", "index.html"];
        let digest = |path: &str| match path {
            "empty" => Digest::of(b""),
            _ => Digest::of(path.as_bytes()),
        };
        let mut text = Vec::new();
        let files = paths.iter().map(|path| (*path, digest(path)));
        let hash = Manifest::write(files, &mut text).unwrap();
        let manifest = Manifest::parse(String::from_utf8(text).unwrap()).unwrap();
        assert_eq!(manifest.hash(), hash);
        let bytes = paths.iter().map(|path| digest(path).size).sum::<u64>();
        assert_eq!(manifest.bytes(), bytes);
        assert!(manifest.files().map(|(path, _)| path).eq(paths));
        for path in paths {
            assert_eq!(manifest.get(path), Some(digest(path)), "{path}");
        }
        for path in ["", "a b", "a b/c.cs", "a b/c.css2", "index.html/a/b/c", "z"] {
            assert_eq!(manifest.get(path), None, "{path}");
        }
        assert_eq!(manifest.len(), 4);
        let mut none = Vec::new();
        let hash = Manifest::write(std::iter::empty(), &mut none).unwrap();
        assert_eq!((none, hash), (HEAD.into(), Manifest::default().hash()));
        assert_eq!(
            Manifest::parse(Manifest::default().text().to_owned()),
            Some(Manifest::default())
        );
    }

    #[test]
    fn a_manifest_that_is_not_as_it_was_written_is_none() {
        let hash = "0".repeat(32);
        for text in [
            String::new(),
            "versus-manifest 2\n".into(),
            "versus-manifest 1".into(),
            format!("versus-manifest 1\n{hash} 1 a"),
            format!("versus-manifest 1\n{hash} 1 ../a\n"),
            format!("versus-manifest 1\n{hash} 1 /etc/passwd\n"),
            format!("versus-manifest 1\n{hash} x a\n"),
            format!("versus-manifest 1\n{hash} 01 a\n"),
            format!("versus-manifest 1\n{hash} +1 a\n"),
            format!("versus-manifest 1\n{hash}  a\n"),
            format!("versus-manifest 1\n{hash} 1 a\r\n"),
            format!("versus-manifest 1\n{hash} 1 a\n\n"),
            format!("versus-manifest 1\n{hash} 1 b\n{hash} 1 a\n"),
            format!("versus-manifest 1\n{hash} 1 a\n{hash} 1 a\n"),
            format!("versus-manifest 1\n{hash} 99999999999999999999 a\n"),
            format!("versus-manifest 1\n{} 1 a\n", "g".repeat(32)),
            format!("versus-manifest 1\n{} 1 a\n", "A".repeat(32)),
            format!("versus-manifest 1\n{}é{} 1 a\n", "0".repeat(15), "0".repeat(15)),
            format!("versus-manifest 1\n+{} 1 a\n", "0".repeat(31)),
        ] {
            assert_eq!(Manifest::parse(text.clone()), None, "{text:?}");
        }
    }
}
