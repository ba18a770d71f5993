//! Windows bitmaps, of which the size is all that is wanted.

use super::bytes::{u16_le, u32_le};
use super::exif::Orientation;
use super::{Flaw, Found};

/// How long the oldest header is.
const CORE: u32 = 12;

pub(super) fn read(bytes: &[u8]) -> Result<Found, Flaw> {
    let (width, height) = match u32_le(bytes, 14)? {
        CORE => (u16_le(bytes, 18)?.into(), u16_le(bytes, 20)?.into()),
        // A height below zero says that the first row is on top.
        _ => (u32_le(bytes, 18)?, u32_le(bytes, 22)?.cast_signed().unsigned_abs()),
    };
    if width == 0 || height == 0 {
        return Err(Flaw::damaged("it has no size"));
    }
    let pixels = usize::try_from(u32_le(bytes, 10)?).unwrap_or(usize::MAX);
    if pixels >= bytes.len() {
        return Err(Flaw::Truncated);
    }
    Ok(Found { width, height, orientation: Orientation::default(), is_plain: false })
}
