//! versus builds static sites of comparison articles.
//!
//! ```text
//!  disk                      pure: no IO, no clock, no printing                  disk or memory
//! +----------+   +-------+   +----------+   +------+   +------+   +--------+   +---------------+
//! | content/ |   |       |   | Document |   |      |   |      |   |Rendered|   |               |
//! | static/  |-->| Files |-->|  front   |-->| Site |-->| View |-->| path → |-->| Sink: public/ |
//! |templates/|   |       |   |  outline |   |      |   |      |   | bytes  |   |               |
//! +----------+   +-------+   +----------+   +------+   +------+   +--------+   +---------------+
//!    source        content    per file, ∥    site       view      render, ∥        output
//! ```
//!
//! [`pipeline::build`] is that picture on one screen. Each stage is the folder
//! of its name, takes the value of the stage before it, and returns a
//! [`diag::Checked`]: its own value, complete, and the problems it met. No stage
//! fails because of what an author wrote.
//!
//! A new output is a variant of [`site::Output`], a claim in `site::routes`
//! and an arm in `render`.
//!
//! Imports go one way, which a test holds: `path < cache < source < diag < data < strings <
//! terms < search < related < highlight < pictures < drawing < config < markdown < comparison <
//! content < theme < site < check < view < output < render < pipeline < serve < cli`.

pub mod cache;
pub mod check;
pub mod cli;
pub mod comparison;
pub mod config;
pub mod content;
pub mod data;
pub mod diag;
pub mod drawing;
pub mod highlight;
pub mod markdown;
pub mod output;
pub mod path;
pub mod pictures;
pub mod pipeline;
pub mod related;
pub mod render;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod strings;
pub mod terms;
pub mod theme;
pub mod view;
