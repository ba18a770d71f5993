//! versus.

pub mod config;
pub mod content;
pub mod data;
pub mod diag;
pub mod markdown;
pub mod output;
pub mod path;
pub mod source;
pub mod theme;
pub mod view;
