//! A file of the build's output.

use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::composed;

/// The longest part of a path that every common file system takes, in bytes.
const MAX_SEGMENT: usize = 200;

/// A file below the output folder, `/` between its parts.
///
/// Invariant: no part is empty, `.` or `..`, is longer than 200 bytes, holds a
/// character that a common file system refuses, ends in a dot or a space, or
/// is the name of a Windows device. So joining it to the output folder never
/// leaves that folder, on any host.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Checks a path; the error says in a few words what is wrong with it.
    pub fn new(path: &str) -> Result<Self, String> {
        let path = composed(path);
        for segment in path.split('/') {
            check_segment(segment)?;
        }
        Ok(Self(Arc::from(path)))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two paths with one key are one file where case does not count.
    pub fn collision_key(&self) -> String {
        if self.0.is_ascii() {
            return self.0.to_ascii_lowercase();
        }
        self.0.nfkc().flat_map(char::to_lowercase).nfc().collect()
    }
}

/// What is wrong with one part of a path, in a few words.
pub(super) fn check_segment(segment: &str) -> Result<(), String> {
    if segment.is_empty() {
        return Err("an empty part".into());
    }
    if segment == "." || segment == ".." {
        return Err(format!("`{segment}` as a part"));
    }
    if segment.len() > MAX_SEGMENT {
        return Err(format!("a part of {} bytes, over {MAX_SEGMENT}", segment.len()));
    }
    let bad =
        |c: &char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    if let Some(c) = segment.chars().find(bad) {
        return Err(format!("the character `{}`", c.escape_default()));
    }
    if segment.ends_with(['.', ' ']) {
        return Err("a part that ends in a dot or a space".into());
    }
    if is_device(segment.split('.').next().unwrap_or(segment)) {
        return Err(format!("`{segment}`, a device name on Windows"));
    }
    Ok(())
}

/// `nul`, `com1` and the like, whatever their case.
fn is_device(stem: &str) -> bool {
    let is = |name: &&str| name.eq_ignore_ascii_case(stem);
    match stem.strip_suffix(|c: char| c.is_ascii_digit()) {
        None => ["con", "prn", "aux", "nul"].iter().any(is),
        Some(stem) => ["com", "lpt"].iter().any(|name| name.eq_ignore_ascii_case(stem)),
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_could_leave_the_folder_or_break_a_host_is_refused() {
        for path in [
            "",
            "/",
            "a//b",
            "../etc",
            "a/../b",
            "a/.",
            "a\\b",
            "c:x",
            "a\0b",
            "nul",
            "COM1.html",
            "a./b",
            "a /b",
            "x?y",
        ] {
            assert!(OutputPath::new(path).is_err(), "{path:?}");
        }
        assert!(OutputPath::new(&"a".repeat(201)).is_err());
        for path in ["index.html", ".nojekyll", "compare/c++/index.html", "köln/x y.png"] {
            assert!(OutputPath::new(path).is_ok(), "{path:?}");
        }
    }

    #[test]
    fn paths_that_differ_in_case_or_composition_collide() {
        let key = |p: &str| OutputPath::new(p).unwrap().collision_key();
        assert_eq!(key("A/É.html"), key("a/e\u{301}.html"));
        assert_ne!(key("a/e.html"), key("a/é.html"));
    }
}
