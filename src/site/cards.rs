//! Where the pictures for link previews are.

use super::{Output, Site};
use crate::path::UrlPath;

/// What the picture beside a page is called, and at the root that of the site.
pub const CARD: &str = "card.png";

/// A picture for link previews.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Its whole address.
    pub url: String,
    /// What it shows, in words, if that is known.
    pub alt: Option<String>,
    /// Width and height, in pixels, if they are known.
    pub size: Option<(u32, u32)>,
}

impl Site {
    /// The picture for link previews in the folder of an address: a card, or a file
    /// of the owner's in its place.
    pub fn card_beside(&self, folder: &UrlPath) -> Option<&Output> {
        self.config.social_cards.kit.as_ref().filter(|_| folder.as_str().ends_with('/'))?;
        self.output(&format!("{}{CARD}", folder.as_str().trim_start_matches('/')))
    }
}
