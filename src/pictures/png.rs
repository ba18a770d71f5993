//! PNG (<https://www.w3.org/TR/png-3/>), chunk by chunk.

use super::bytes::{part, u8_at, u32_be};
use super::exif::Orientation;
use super::{Flaw, Found};

/// The signature, before the chunks.
const SIGNATURE: usize = 8;
/// What a chunk has besides its data: length, name, checksum.
const FRAME: usize = 12;
/// The gamma of nearly every file that says one: that of the screens there are.
const USUAL_GAMMA: u32 = 45_455;

pub(super) fn read(bytes: &[u8]) -> Result<Found, Flaw> {
    let mut chunks = Chunks { bytes, at: SIGNATURE };
    let (name, header) = chunks.next()?;
    if name != *b"IHDR" {
        return Err(Flaw::damaged("it has no header"));
    }
    let (width, height) = (u32_be(header, 0)?, u32_be(header, 4)?);
    if width == 0 || height == 0 {
        return Err(Flaw::damaged("it has no size"));
    }
    // Depths below 8 and palettes are common; all become 8 bits a channel.
    u8_at(header, 12)?;
    let (mut orientation, mut is_plain, mut has_pixels) = (Orientation::default(), true, false);
    let (mut gamma, mut has_profile) = (USUAL_GAMMA, false);
    loop {
        let (name, data) = chunks.next()?;
        match &name {
            b"IEND" => break,
            b"IDAT" => has_pixels = true,
            b"acTL" => is_plain = false,
            // Colours of films: neither kept by others nor told by a profile.
            b"cICP" => is_plain = false,
            b"iCCP" | b"sRGB" => has_profile = true,
            b"gAMA" => gamma = u32_be(data, 0)?,
            b"eXIf" => orientation = Orientation::read(data),
            _ => {}
        }
    }
    if !has_pixels {
        return Err(Flaw::damaged("there are no pixels in it"));
    }
    is_plain &= has_profile || gamma.abs_diff(USUAL_GAMMA) < 1000;
    Ok(Found { width, height, orientation, is_plain })
}

struct Chunks<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Chunks<'a> {
    /// The next chunk: its name and its data.
    fn next(&mut self) -> Result<([u8; 4], &'a [u8]), Flaw> {
        let length = usize::try_from(u32_be(self.bytes, self.at)?).unwrap_or(usize::MAX);
        let whole = part(self.bytes, self.at, length.saturating_add(FRAME))?;
        let (named, sum) = whole[4..].split_at(length + 4);
        self.at += whole.len();
        if crc32fast::hash(named) != u32_be(sum, 0)? {
            return Err(Flaw::damaged("a checksum does not fit"));
        }
        let (name, data) = named.split_at(4);
        Ok((name.try_into().unwrap_or_default(), data))
    }
}
