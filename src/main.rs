//! The command line of versus.
fn main() {}
