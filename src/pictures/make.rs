//! The same picture in other widths.

use super::decode::{Decoded, decode};
use super::exif::Orientation;
use super::scale::{Pixels, scale};
use super::widths::height_at;
use super::{Flaw, Picture, container, encode, gate};

/// Makes a picture in each of these widths, at a quality from 1 to 100: WebP files.
/// It is decoded once, and never made wider.
///
/// # Errors
/// When it can't be decoded; the widths of some can't be encoded.
pub fn make(
    bytes: &[u8],
    picture: &Picture,
    widths: &[u32],
    quality: u8,
) -> Result<Vec<Vec<u8>>, Flaw> {
    let size = picture.size.ok_or(Flaw::Unknown)?;
    let _pass = gate::enter(room(size));
    let Decoded { pixels, profile, is_exact } = decode(bytes, picture)?;
    let pixels = pixels.opaque();
    let one = |width: &u32| {
        let width = (*width).clamp(1, size.0);
        let height = height_at(size, width);
        let (wide, high) = (width as usize, height as usize);
        let turned = picture.orientation.is_turned();
        let small = if turned { scale(&pixels, high, wide) } else { scale(&pixels, wide, high) };
        let small = turn(small, picture.orientation);
        let webp = encode::encode(&small, quality, is_exact)
            .ok_or_else(|| Flaw::damaged("it can't be made narrower"))?;
        let has_alpha = small.channels == 4;
        Ok(match &profile {
            Some(profile) => container::with_profile(webp, profile, (width, height), has_alpha),
            None => webp,
        })
    };
    widths.iter().map(one).collect()
}

/// Decodes a picture, to see whether it can be.
///
/// # Errors
/// When it can't.
pub fn check(bytes: &[u8], picture: &Picture) -> Result<(), Flaw> {
    let _pass = gate::enter(room(picture.size.unwrap_or_default()));
    decode(bytes, picture).map(drop)
}

/// What decoding takes, in bytes: the pixels, and before them what a progressive
/// JPEG says of each, or after them the rows that were made shorter.
fn room((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height) * 9
}

/// Turns a picture as the camera was held.
fn turn(pixels: Pixels, orientation: Orientation) -> Pixels {
    if orientation.is_upright() {
        return pixels;
    }
    let Pixels { width, height, channels, data } = pixels;
    let last = (width - 1, height - 1);
    let (wide, high) = if orientation.is_turned() { (height, width) } else { (width, height) };
    let mut turned = Vec::with_capacity(data.len());
    for y in 0..high {
        for x in 0..wide {
            let (x, y) = orientation.source((x, y), last);
            let at = (y * width + x) * channels;
            turned.extend_from_slice(&data[at..at + channels]);
        }
    }
    Pixels { width: wide, height: high, channels, data: turned }
}
