//! Markdown, in two passes.
//!
//! [`outline`] needs only the text: headings with their ids, links with their
//! places, words, summary. [`html`] runs once the site knows where every link
//! leads. Both read the same events, made by `parse`.

mod alerts;
mod autolinks;
mod citations;
mod code;
mod colours;
mod footnotes;
mod headings;
pub mod highlight;
mod html;
mod ids;
mod images;
mod info;
mod labels;
pub mod languages;
mod links;
mod markers;
mod outline;
mod pairs;
mod parse;
mod placeholders;
mod raw_html;
mod rewrite;
mod sections;
mod shortcodes;
mod tables;
mod text;
mod texts;

pub use colours::Colours;
pub use headings::Heading;
pub use html::{Setting, Source, html};
pub use ids::Ids;
pub use markers::Marker;
pub use outline::{Body, Link, LinkKind, Outline, Wording, outline};
pub use placeholders::{placeholder, placeholders};
pub use rewrite::{rewrite, rewrite_text};
pub use sections::sections;
pub use shortcodes::{Call, ShortcodeError, Shortcodes};
pub use text::escaped;
pub use texts::{References, inline, plain, references, text, word_count};

use crate::config::MarkdownConfig;
use crate::strings::Strings;

/// Which Markdown is read.
#[derive(Debug, Clone)]
pub enum Dialect {
    /// CommonMark 0.31.2 and nothing else, rendered as its specification prints it.
    CommonMark,
    /// What content files are written in: CommonMark, GitHub's extensions, and
    /// those of `docs`.
    Versus(MarkdownConfig),
}

impl Dialect {
    /// A text that stands beside what authors write.
    pub fn text(&self, key: &str) -> String {
        match self {
            Self::CommonMark => Strings::default().text(key),
            Self::Versus(config) => config.strings.text(key),
        }
    }
}

/// Where links and images lead, known once the site is.
pub trait Targets {
    /// The address to print for a destination as written.
    fn link(&self, destination: &str) -> String;

    /// The picture to show for a destination as written.
    fn image(&self, destination: &str) -> Image;
}

/// A picture to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// The address to print.
    pub url: String,
    /// Width and height in pixels, of local files.
    pub size: Option<(u32, u32)>,
    /// The widths that it is offered in, from narrow to wide, each with its address.
    pub offered: Vec<(u32, String)>,
    /// How wide it is shown, as `sizes` of HTML has it, where that is known.
    pub sizes: Option<String>,
}

/// Targets that print every destination as it was written.
#[derive(Debug, Clone, Copy)]
pub struct AsWritten;

impl Targets for AsWritten {
    fn link(&self, destination: &str) -> String {
        destination.to_owned()
    }

    fn image(&self, destination: &str) -> Image {
        Image { url: destination.to_owned(), ..Image::default() }
    }
}
