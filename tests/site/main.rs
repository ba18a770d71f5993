//! The library, driven through projects in memory.

mod code;
mod front_matter;
mod links;
mod lists;
mod markdown;
mod outputs;
mod project;
mod raw_html;
mod shortcodes;
mod templates;
mod urls;

use project::Project;
