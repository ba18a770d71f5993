//! What social cards are drawn with.

use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::config::{Config, FILE, Kit};
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::drawing::{self, Fonts};
use crate::path::SourcePath;
use crate::source::{Files, Listing};
use crate::theme;

/// The folder of the fonts of a site's own.
pub const FONTS: &str = "fonts";

/// Gives a config what its cards are drawn with, if it is to have any.
pub(super) fn equip(
    files: &dyn Files,
    listing: &Listing,
    config: &mut Config,
    problems: &mut Vec<Diagnostic>,
) {
    let cards = &config.social_cards;
    if !cards.asked.unwrap_or(!config.base_url.is_local()) {
        return;
    }
    if !drawing::IS_HERE {
        let problem = Diagnostic::new(Lint::ConfigInvalid, "this program can't draw social cards")
            .help("take the line out, or build versus with its feature `social-cards`");
        let place = Place::key(&SourcePath::new(FILE), KeyPath::top("social_cards"));
        problems.extend(cards.asked.map(|_| problem.at(place)));
        return;
    }
    let mut refuse = |message: String, help: &str| {
        let path = KeyPath::top("social_cards").name("font");
        let problem = Diagnostic::new(Lint::ConfigInvalid, message).help(help);
        problems.push(problem.at(Place::value(&SourcePath::new(FILE), path)));
    };
    let mut own = Vec::new();
    for name in &cards.files {
        let path = SourcePath::new(format!("{FONTS}/{name}"));
        let is_there = listing.files.iter().any(|file| file.path == path);
        match files.read(&path) {
            Ok(bytes) if is_there => own.push(bytes),
            Err(error) if is_there => {
                refuse(
                    format!("`{path}` can't be read: {error}"),
                    "let it be read by this program",
                );
            }
            _ => refuse(format!("no file `{path}`"), "put the font into `fonts/`"),
        }
    }
    let fonts = Fonts::new(&own).or_else(|place| {
        let message = format!("`{FONTS}/{}` is no font that can be drawn with", cards.files[place]);
        refuse(message, "use a TrueType or OpenType font, a file ending in `.ttf` or `.otf`");
        Fonts::new(&[])
    });
    config.social_cards.kit = fonts.ok().map(|fonts| {
        let digest = digest(files, config, &fonts);
        Kit { fonts: Arc::new(fonts), digest }
    });
}

fn digest(files: &dyn Files, config: &Config, fonts: &Fonts) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(&fonts.digest().to_le_bytes());
    hash.update(format!("{:?}", config.strings).as_bytes());
    let logo = config.look.logo.iter().map(|logo| format!("{}/{}", theme::STATIC, logo.path));
    for path in logo.chain([theme::CARD.to_owned()]) {
        hash.update(&theme::read(files, &SourcePath::new(path)).unwrap_or_default());
    }
    hash.digest()
}
