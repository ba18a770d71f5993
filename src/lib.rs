//! versus.

pub mod diag;
pub mod output;
pub mod path;
pub mod source;
