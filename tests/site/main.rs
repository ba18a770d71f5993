//! The library, driven through projects in memory.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends here")]

mod bad_input;
mod code;
mod comparison;
mod copies;
mod freshness;
mod front_matter;
mod hubs;
mod links;
mod lists;
mod look;
mod markdown;
mod masthead;
mod oddities;
mod outputs;
#[cfg(feature = "pictures")]
#[path = "../painting/mod.rs"]
mod painting;
mod pairs;
#[cfg(feature = "pictures")]
mod pictures;
mod project;
mod raw_html;
mod related;
mod reports;
mod schema;
mod shortcodes;
mod social_cards;
mod tags;
mod templates;
mod texts;
mod urls;

use project::Project;
