//! versus.

pub mod config;
pub mod content;
pub mod data;
pub mod diag;
pub mod markdown;
pub mod output;
pub mod path;
pub mod render;
pub mod site;
pub mod source;
pub mod theme;
pub mod view;
