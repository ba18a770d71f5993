//! The events that both passes read.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::Dialect;

/// An event, and the bytes of the body that it stands for.
pub(super) type Spanned<'a> = (Event<'a>, Range<usize>);

/// Parses a body whose shortcodes are masked.
pub(super) fn parse<'a>(body: &'a str, dialect: &Dialect) -> Vec<Spanned<'a>> {
    // A byte in twelve begins an event in prose; guessing spares the copies.
    let mut events = Vec::with_capacity(body.len() / 12 + 16);
    events.extend(Parser::new_ext(body, options(dialect)).into_offset_iter());
    events
}

pub(super) fn options(dialect: &Dialect) -> Options {
    let Dialect::Versus(config) = dialect else { return Options::empty() };
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    options.set(Options::ENABLE_SMART_PUNCTUATION, config.smart_punctuation);
    options.set(Options::ENABLE_MATH, config.math);
    options
}
