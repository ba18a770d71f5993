//! Where the pictures for link previews are.

use super::{Output, Site};
use crate::path::UrlPath;

/// What the picture beside a page is called, and at the root that of the site.
pub(super) const CARD: &str = "card.png";

impl Site {
    /// The picture for link previews in the folder of an address, and what is
    /// there: a card, or a file of the owner's in its place.
    pub fn card_beside(&self, folder: &UrlPath) -> Option<(UrlPath, &Output)> {
        self.config.social_cards.kit.as_ref().filter(|_| folder.as_str().ends_with('/'))?;
        let url = folder.join(CARD).ok()?;
        let output = self.output(url.output().ok()?.as_str())?;
        Some((url, output))
    }
}
