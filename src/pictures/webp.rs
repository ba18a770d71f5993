//! WebP (<https://www.rfc-editor.org/rfc/rfc9649>), chunk by chunk.

use super::bytes::{part, u8_at, u16_le, u32_le};
use super::exif::Orientation;
use super::{Flaw, Found};

/// `RIFF`, the length of what follows, `WEBP`.
const HEADER: usize = 12;
/// A flag of the extended header.
const ANIMATED: u8 = 0x02;

pub(super) fn read(bytes: &[u8]) -> Result<Found, Flaw> {
    let length = u32_le(bytes, 4)?;
    let all = part(bytes, 8, usize::try_from(length).unwrap_or(usize::MAX))?;
    let (mut canvas, mut image) = (None, None);
    let (orientation, mut is_plain) = (Orientation::default(), true);
    let mut at = HEADER - 8;
    while at < all.len() {
        let name = part(all, at, 4)?;
        let length = usize::try_from(u32_le(all, at + 4)?).unwrap_or(usize::MAX);
        let data = part(all, at + 8, length)?;
        match name {
            b"VP8X" => {
                is_plain &= u8_at(data, 0)? & ANIMATED == 0;
                canvas = Some((1 + u24(data, 4)?, 1 + u24(data, 7)?));
            }
            b"VP8 " => {
                if part(data, 3, 3)? != [0x9d, 0x01, 0x2a] {
                    return Err(Flaw::damaged("it has no key frame"));
                }
                let side = |at| Ok(u32::from(u16_le(data, at)? & 0x3fff));
                image = Some((side(6)?, side(8)?));
            }
            b"VP8L" => {
                let bits = u32_le(data, 1)?;
                image = Some((1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff)));
            }
            b"ANMF" => {
                is_plain = false;
                image = image.or(canvas);
            }
            // Some browsers turn it and some do not: only the file itself is right.
            b"EXIF" => is_plain &= Orientation::read(data).is_upright(),
            _ => {}
        }
        // Chunks begin at even places.
        at = at.saturating_add(8 + length).saturating_add(length % 2);
    }
    let Some(image) = image else { return Err(Flaw::damaged("there are no pixels in it")) };
    let (width, height) = canvas.unwrap_or(image);
    if width == 0 || height == 0 {
        return Err(Flaw::damaged("it has no size"));
    }
    Ok(Found { width, height, orientation, is_plain })
}

fn u24(bytes: &[u8], at: usize) -> Result<u32, Flaw> {
    Ok(u32::from(u16_le(bytes, at)?) | u32::from(u8_at(bytes, at + 2)?) << 16)
}
