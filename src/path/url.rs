//! An address of the site.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::output::check_segment;
use super::{OutputPath, composed};

/// What a path segment of a URL must escape (WHATWG URL, path percent-encode
/// set, and `%` itself).
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// An address below the site's base URL, not yet percent-encoded: it begins
/// with `/`, and ends with `/` where it stands for a folder's `index.html`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// The site's root.
    pub fn root() -> Self {
        Self(Arc::from("/"))
    }

    /// An address from what an author wrote. A last part without an extension
    /// gets a trailing slash, the leading slash may be left out. The error
    /// says in a few words what is wrong.
    pub fn new(text: &str) -> Result<Self, String> {
        let text: &str = &composed(text);
        if text.contains("://") {
            return Err("a whole URL where a path of this site belongs".into());
        }
        let parts: Vec<&str> = text.trim_matches('/').split('/').collect();
        if parts == [""] {
            return Ok(Self::root());
        }
        for part in &parts {
            check_segment(part)?;
        }
        let is_file = !text.ends_with('/') && parts.last().is_some_and(|last| is_file_name(last));
        let slash = if is_file { "" } else { "/" };
        Ok(Self(Arc::from(format!("/{}{slash}", parts.join("/")))))
    }

    /// The same for an address that may be percent-encoded already.
    ///
    /// # Errors
    /// As [`UrlPath::new`].
    pub fn from_author(text: &str) -> Result<Self, String> {
        Self::new(&percent_decode_str(text).decode_utf8_lossy())
    }

    /// The address as text, not encoded: `/compare/go-vs-rust/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as it stands in an attribute or a feed.
    pub fn encoded(&self) -> Cow<'_, str> {
        utf8_percent_encode(&self.0, ESCAPED).into()
    }

    /// The file that a static host answers this address with.
    pub fn output(&self) -> Result<OutputPath, String> {
        let below = self.0.trim_start_matches('/');
        if below.is_empty() || below.ends_with('/') {
            OutputPath::new(&format!("{below}index.html"))
        } else {
            OutputPath::new(below)
        }
    }

    /// The same path without a closing slash: `CNAME` has no extension and is a
    /// file all the same.
    pub fn as_file(&self) -> Self {
        let path = self.0.trim_end_matches('/');
        if path.is_empty() { self.clone() } else { Self(Arc::from(path)) }
    }

    /// The address of a file or folder below this one.
    pub fn join(&self, below: &str) -> Result<Self, String> {
        let folder = self.0.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self::new(&format!("{folder}/{below}"))
    }
}

/// A version such as `v1.2` is a folder; `page.html` and `feed.xml` are files.
fn is_file_name(part: &str) -> bool {
    part.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=5).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
            && extension.starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_normal_however_it_was_written() {
        for (written, address, file) in [
            ("/", "/", "index.html"),
            ("", "/", "index.html"),
            ("about", "/about/", "about/index.html"),
            ("/a/b/", "/a/b/", "a/b/index.html"),
            ("/old.html", "/old.html", "old.html"),
            ("/rust-1.89", "/rust-1.89/", "rust-1.89/index.html"),
        ] {
            let url = UrlPath::new(written).unwrap();
            assert_eq!(url.as_str(), address);
            assert_eq!(url.output().unwrap().as_str(), file);
        }
        assert!(UrlPath::new("../../etc").is_err());
        assert!(UrlPath::new("https://example.org/a").is_err());
        assert_eq!(UrlPath::new("/a b/ü").unwrap().encoded(), "/a%20b/%C3%BC/");
    }
}
