//! Pictures of articles for link previews: `social_cards:`.

use std::sync::Arc;

use crate::data::{Fields, Scope, Switch};
use crate::drawing::Fonts;

/// Pictures of articles for link previews.
#[derive(Debug, Clone, Default)]
pub struct SocialCards {
    /// Whether there are any; where the config does not say, if it says where the
    /// site is published.
    pub asked: Option<bool>,
    /// Whether every article has one of its own, not only those that say what they
    /// compare: drawing takes longer than all else that is made of a page.
    pub is_of_all: bool,
    /// Files of fonts, below `fonts/`.
    pub files: Vec<String>,
    /// What they are drawn with; nothing where there are none.
    pub kit: Option<Kit>,
}

/// What cards are drawn with.
#[derive(Debug, Clone)]
pub struct Kit {
    /// The fonts.
    pub fonts: Arc<Fonts>,
    /// A hash of what all cards share, by which their addresses change: fonts,
    /// template, texts, logo.
    pub digest: u64,
}

pub(super) fn social_cards(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<SocialCards> {
    match fields.switch(&["social_cards"], scope)? {
        Switch::All(asked) => Some(SocialCards { asked: Some(asked), ..SocialCards::default() }),
        Switch::Parts(mut cards) => {
            let files = cards.texts(&["font", "fonts"], scope).unwrap_or_default();
            let choices = [("comparisons", false), ("articles", true)];
            let is_of_all = cards.choice(&["of"], &choices, scope).unwrap_or_default();
            cards.finish(scope);
            Some(SocialCards { asked: Some(true), is_of_all, files, kit: None })
        }
    }
}
