//! The list of the files a build wrote, kept in the output folder itself.
//!
//! Only what it lists, and what still has the listed hash, is ever deleted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::host::look;
use crate::output::Digest;
use crate::path::OutputPath;

/// Its name in the output folder.
pub const MANIFEST: &str = ".versus-manifest";

const VERSION: &str = "versus-manifest 1";

/// The files of a build by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest(pub BTreeMap<String, Digest>);

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
    /// The text that is kept; the same files give the same text.
    pub fn render(&self) -> String {
        let mut text = format!("{VERSION}\n");
        for (path, Digest { hash, size }) in &self.0 {
            // Writing to a string can't fail.
            let _ = writeln!(text, "{hash:032x} {size} {path}");
        }
        text
    }

    /// Reads the text; `None` when any of it is not as [`Self::render`] makes it,
    /// because half a list of what may be deleted is none.
    pub fn parse(text: &str) -> Option<Self> {
        let lines = text.strip_prefix(VERSION)?.strip_prefix('\n')?;
        let mut files = BTreeMap::new();
        for line in lines.lines() {
            let (hash, rest) = line.split_at_checked(32)?;
            let (size, path) = rest.strip_prefix(' ')?.split_once(' ')?;
            let digest =
                Digest { hash: u128::from_str_radix(hash, 16).ok()?, size: size.parse().ok()? };
            files.insert(safe(path)?.to_owned(), digest);
        }
        let manifest = Self(files);
        (manifest.render() == text).then_some(manifest)
    }

    /// Reads the manifest of an output folder.
    pub fn of(output: &Path) -> io::Result<Kept> {
        let path = output.join(MANIFEST);
        match look(&path)? {
            Some(found) if found.is_file() => {}
            Some(_) => return Ok(Kept::Unreadable),
            None => return Ok(Kept::Absent),
        }
        let bytes = std::fs::read(&path)?;
        let manifest = std::str::from_utf8(&bytes).ok().and_then(Self::parse);
        Ok(manifest.map_or(Kept::Unreadable, Kept::Read))
    }
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
        let mut manifest = Manifest::default();
        for path in ["index.html", "a b/c.css", ".nojekyll"] {
            manifest.0.insert(path.into(), Digest::of(path.as_bytes()));
        }
        assert_eq!(Manifest::parse(&manifest.render()), Some(manifest));
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
            format!("versus-manifest 1\n{hash} 1 b\n{hash} 1 a\n"),
            format!("versus-manifest 1\n{hash} 1 a\n{hash} 1 a\n"),
            format!("versus-manifest 1\n{} 1 a\n", "g".repeat(32)),
        ] {
            assert_eq!(Manifest::parse(&text), None, "{text:?}");
        }
    }
}
