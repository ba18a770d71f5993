//! The events that both passes read.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::Dialect;

/// An event, and the bytes of the body that it stands for.
pub(super) type Spanned<'a> = (Event<'a>, Range<usize>);

/// Where a reference definition leads, and the bytes of the body that it is.
pub(super) type Definition = (String, Range<usize>);

/// Parses a body whose shortcodes are masked.
pub(super) fn parse<'a>(body: &'a str, dialect: &Dialect) -> Vec<Spanned<'a>> {
    parse_defined(body, dialect).0
}

/// The same, with the reference definitions in no order.
pub(super) fn parse_defined<'a>(
    body: &'a str,
    dialect: &Dialect,
) -> (Vec<Spanned<'a>>, Vec<Definition>) {
    let parser = Parser::new_ext(body, options(dialect)).into_offset_iter();
    let definitions = parser.reference_definitions().iter();
    let definitions =
        definitions.map(|(_, own)| (own.dest.to_string(), own.span.clone())).collect();
    // A byte in twelve begins an event in prose; guessing spares the copies.
    let mut events = Vec::with_capacity(body.len() / 12 + 16);
    events.extend(parser);
    (events, definitions)
}

fn options(dialect: &Dialect) -> Options {
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
