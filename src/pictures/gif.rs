//! GIF (<https://www.w3.org/Graphics/GIF/spec-gif89a.txt>), block by block.

use super::bytes::{u8_at, u16_le};
use super::exif::Orientation;
use super::{Flaw, Found};

/// The header and what is said of the screen.
const SCREEN: usize = 13;
/// What is said of a frame, before its colours.
const FRAME: usize = 10;

pub(super) fn read(bytes: &[u8]) -> Result<Found, Flaw> {
    let screen = (u16_le(bytes, 6)?, u16_le(bytes, 8)?);
    let mut at = SCREEN + colours(u8_at(bytes, 10)?);
    let mut frames = Vec::new();
    // Browsers are content with frames that are there, whatever comes behind.
    while let Ok(block) = u8_at(bytes, at) {
        match block {
            b',' => {
                let frame = [1, 3, 5, 7].map(|place| u16_le(bytes, at + place));
                let [left, top, width, height] = frame;
                let frame = (left?, top?, width?, height?);
                let colours = colours(u8_at(bytes, at + FRAME - 1)?);
                at = skip(bytes, at + FRAME + colours + 1)?;
                frames.push(frame);
            }
            b'!' => at = skip(bytes, at + 2)?,
            _ => break,
        }
    }
    let Some((left, top, width, height)) = frames.first().copied() else {
        return Err(Flaw::Truncated);
    };
    let is_whole = (left, top) == (0, 0) && (width, height) == screen;
    let (width, height) = if screen.0 == 0 || screen.1 == 0 { (width, height) } else { screen };
    if width == 0 || height == 0 {
        return Err(Flaw::damaged("it has no size"));
    }
    let is_plain = frames.len() == 1 && is_whole;
    let orientation = Orientation::default();
    Ok(Found { width: width.into(), height: height.into(), orientation, is_plain })
}

/// How long a table of colours is, by the byte that tells whether there is one.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << (1 + (flags & 7)) }
}

/// Where the pieces end that begin at a place.
fn skip(bytes: &[u8], mut at: usize) -> Result<usize, Flaw> {
    loop {
        let length = usize::from(u8_at(bytes, at)?);
        at += 1 + length;
        if length == 0 {
            return Ok(at);
        }
    }
}
