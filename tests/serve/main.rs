//! The preview, through a real socket.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends here")]

mod browser;
mod changes;
mod client;
mod pages;
#[expect(dead_code, reason = "these tests need few of them")]
#[path = "../painting/mod.rs"]
mod painting;
mod pictures;
mod previewed;
mod problems;
mod safety;
mod storms;
