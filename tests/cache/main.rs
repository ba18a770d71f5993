//! The cache: it may forget, but not lie.
#![expect(clippy::unwrap_used, reason = "a test ends here")]

mod again;
mod damage;
mod edits;
mod keeping;
#[expect(dead_code, reason = "these tests need few of them")]
#[path = "../painting/mod.rs"]
mod painting;
mod parts;
mod pictures;
mod project;
