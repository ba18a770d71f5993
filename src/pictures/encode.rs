//! From pixels to WebP.

use webp::{Encoder, PixelLayout, WebPConfig};

use super::scale::Pixels;

/// How hard the encoder tries, from 0 to 6: beyond this it takes far longer for
/// little.
const EFFORT: i32 = 4;

/// Encodes a picture so that it is hardly told from the other, at a quality from 1
/// to 100. What comes of one in which no pixel was changed yet, a screenshot or a
/// chart, stays so unless that takes more than twice as much.
pub(super) fn encode(pixels: &Pixels, quality: u8, is_exact: bool) -> Option<Vec<u8>> {
    let lossy = run(pixels, |config| config.quality = f32::from(quality))?;
    if !is_exact {
        return Some(lossy);
    }
    let exact = run(pixels, |config| {
        config.lossless = 1;
        config.quality = 50.0;
    })?;
    Some(if exact.len() <= 2 * lossy.len() { exact } else { lossy })
}

fn run(pixels: &Pixels, set: impl Fn(&mut WebPConfig)) -> Option<Vec<u8>> {
    let mut config = WebPConfig::new().ok()?;
    config.method = EFFORT;
    set(&mut config);
    let layout = if pixels.channels == 4 { PixelLayout::Rgba } else { PixelLayout::Rgb };
    let (width, height) = (u32::try_from(pixels.width).ok()?, u32::try_from(pixels.height).ok()?);
    let encoder = Encoder::new(&pixels.data, layout, width, height);
    encoder.encode_advanced(&config).ok().map(|webp| webp.to_vec())
}
