//! In which widths pictures are offered: `pictures:`.

use crate::data::{Fields, Node, Scope, Switch};
use crate::diag::{Diagnostic, KeyPath, Lint};
use crate::pictures::MAX_SIDE;

/// The narrowest picture that can be asked for, in pixels.
const MIN_SIDE: u32 = 16;

/// In which widths pictures are offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureConfig {
    /// The widths, in pixels, from narrow to wide; where there are none, pictures
    /// are shown as they are.
    pub widths: Vec<u32>,
    /// How good they are, from 1 to 100.
    pub quality: u8,
    /// How wide pages show them, as `sizes` of HTML has it; `None` for pages of the
    /// default theme.
    pub sizes: Option<String>,
}

impl Default for PictureConfig {
    fn default() -> Self {
        Self { widths: vec![480, 960, 1440], quality: 80, sizes: None }
    }
}

pub(super) fn pictures(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<PictureConfig> {
    let default = PictureConfig::default();
    match fields.switch(&["pictures"], scope)? {
        Switch::All(true) => Some(default),
        Switch::All(false) => Some(PictureConfig { widths: Vec::new(), ..default }),
        Switch::Parts(mut pictures) => {
            let config = PictureConfig {
                widths: widths(&mut pictures, scope).unwrap_or(default.widths),
                quality: quality(&mut pictures, scope).unwrap_or(default.quality),
                sizes: pictures.text(&["sizes"], scope),
            };
            pictures.finish(scope);
            Some(config)
        }
    }
}

fn widths(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<Vec<u32>> {
    let mut widths = Vec::new();
    for (path, node) in fields.list(&["widths"], scope)? {
        let width = match node {
            Node::Int(width) => u32::try_from(width).ok(),
            _ => None,
        };
        match width.filter(|width| (MIN_SIDE..=MAX_SIDE).contains(width)) {
            Some(width) => widths.push(width),
            None => refuse(scope, "a width", u64::from(MIN_SIDE), u64::from(MAX_SIDE), path),
        }
    }
    widths.sort_unstable();
    widths.dedup();
    Some(widths)
}

fn quality(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<u8> {
    let path = fields.path().name("quality");
    let quality = fields.int(&["quality"], scope)?;
    let found = u8::try_from(quality).ok().filter(|quality| (1..=100).contains(quality));
    if found.is_none() {
        refuse(scope, "`quality`", 1, 100, path);
    }
    found
}

fn refuse(scope: &mut Scope<'_>, what: &str, least: u64, most: u64, path: KeyPath) {
    let message = format!("{what} should be a whole number from {least} to {most}");
    scope.refuse(Diagnostic::new(Lint::ConfigInvalid, message), path);
}
