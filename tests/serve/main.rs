//! The preview, through a real socket.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test ends here, and says when it skips"
)]

mod browser;
mod changes;
mod client;
mod pages;
mod previewed;
mod problems;
mod safety;
mod storms;
