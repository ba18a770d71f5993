//! JPEG (ITU-T T.81), segment by segment.

use super::bytes::{part, u8_at, u16_be};
use super::exif::Orientation;
use super::{Flaw, Found};

/// The second bytes of markers.
mod marker {
    pub(super) const END: u8 = 0xd9;
    pub(super) const SCAN: u8 = 0xda;
    /// Where Exif data is.
    pub(super) const APP1: u8 = 0xe1;
    /// Tables, which stand among the frames' numbers.
    pub(super) const TABLES: [u8; 3] = [0xc4, 0xc8, 0xcc];
    /// The frames that browsers show: baseline, extended, progressive.
    pub(super) const FRAMES: [u8; 3] = [0xc0, 0xc1, 0xc2];
}

pub(super) fn read(bytes: &[u8]) -> Result<Found, Flaw> {
    let mut at = 2;
    let mut frame = None;
    let mut orientation = Orientation::default();
    let mut has_scan = false;
    loop {
        let (marker, segment) = next(bytes, &mut at)?;
        match marker {
            marker::END => break,
            marker::SCAN => {
                has_scan = true;
                at = scan_end(bytes, at)?;
            }
            marker::APP1
                if segment.starts_with(b"Exif\0\0") && orientation == Orientation::default() =>
            {
                orientation = Orientation::read(segment);
            }
            0xc0..=0xcf if !marker::TABLES.contains(&marker) => {
                frame = Some(read_frame(marker, segment)?);
            }
            _ => {}
        }
    }
    let Some((width, height, channels)) = frame.filter(|_| has_scan) else {
        return Err(Flaw::damaged("there are no pixels in it"));
    };
    // Inks of printers need their profile to be seen right.
    Ok(Found { width, height, orientation, is_plain: channels != 4 })
}

fn read_frame(marker: u8, segment: &[u8]) -> Result<(u32, u32, u8), Flaw> {
    let (depth, channels) = (u8_at(segment, 0)?, u8_at(segment, 5)?);
    let (height, width) = (u16_be(segment, 1)?, u16_be(segment, 3)?);
    if !marker::FRAMES.contains(&marker) || depth != 8 {
        return Err(Flaw::damaged("it is a JPEG of a kind that browsers don't show"));
    }
    if width == 0 || height == 0 {
        return Err(Flaw::damaged("it has no size"));
    }
    Ok((width.into(), height.into(), channels))
}

/// The next marker and what stands in its segment.
fn next<'a>(bytes: &'a [u8], at: &mut usize) -> Result<(u8, &'a [u8]), Flaw> {
    // Decoders skip what stands between segments, and a marker may begin with
    // more than one of these bytes.
    let rest = bytes.get(*at..).unwrap_or_default();
    let skipped = rest.iter().position(|byte| *byte == 0xff).ok_or(Flaw::Truncated)?;
    let fill = rest[skipped..].iter().position(|byte| *byte != 0xff).ok_or(Flaw::Truncated)?;
    *at += skipped + fill;
    let marker = u8_at(bytes, *at)?;
    *at += 1;
    if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8 | marker::END) {
        return Ok((marker, &[]));
    }
    let length = usize::from(u16_be(bytes, *at)?);
    let segment = part(bytes, *at, length)?;
    *at += length;
    let data = segment.get(2..).ok_or_else(|| Flaw::damaged("a segment has no length"))?;
    Ok((marker, data))
}

/// Where the next marker begins behind the pixels of a scan.
fn scan_end(bytes: &[u8], mut at: usize) -> Result<usize, Flaw> {
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest.iter().position(|byte| *byte == 0xff).ok_or(Flaw::Truncated)?;
        match u8_at(bytes, at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Ok(at),
        }
    }
}
