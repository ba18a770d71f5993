//! Pictures for tests, of every kind that is decoded.

use png::{BitDepth, ColorType};

/// Rows of pixels that look like a photo to an encoder: a soft light, and grain.
pub fn light(width: u32, height: u32, channels: u32) -> Vec<u8> {
    let pixel = move |at: u32| {
        let (x, y) = (at % width, at / width);
        let mixed = at.wrapping_mul(2_654_435_761);
        let grain = ((mixed ^ mixed >> 15).wrapping_mul(2_246_822_519) >> 27) as u8;
        let soft = |part: u32, of: u32| (part * 200 / of.max(1)) as u8;
        let colours = [soft(x, width) + grain, soft(y, height) + grain, 255 - soft(x, width)];
        let alpha = if x < width / 2 { 255 } else { soft(y, height) };
        [colours[0], colours[1], colours[2], alpha].into_iter().take(channels as usize)
    };
    (0..width * height).flat_map(pixel).collect()
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    jpeg_of(width, height, false)
}

/// A JPEG that becomes clearer as it comes.
pub fn progressive(width: u32, height: u32) -> Vec<u8> {
    jpeg_of(width, height, true)
}

fn jpeg_of(width: u32, height: u32, is_progressive: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 92);
    encoder.set_progressive(is_progressive);
    let (wide, high) = (u16::try_from(width).unwrap(), u16::try_from(height).unwrap());
    encoder.encode(&light(width, height, 3), wide, high, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// A JPEG in the inks of printers.
pub fn inks(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let data = light(width.into(), height.into(), 4);
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 92);
    encoder.encode(&data, width, height, jpeg_encoder::ColorType::Cmyk).unwrap();
    bytes
}

/// What a camera says that was held so.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif
}

/// A JPEG with another segment before all others.
pub fn with_segment(jpeg: &[u8], marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, data, &jpeg[2..]].concat()
}

/// A JPEG of a camera that was held so.
pub fn held(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    with_segment(&jpeg(width, height), 0xe1, &exif(orientation))
}

/// A colour profile, as far as anybody looks into it here.
pub fn profile(space: &[u8; 4]) -> Vec<u8> {
    let mut profile = vec![0; 200];
    profile[16..20].copy_from_slice(space);
    profile
}

/// A JPEG with a colour profile.
pub fn profiled(width: u32, height: u32, profile: &[u8]) -> Vec<u8> {
    with_segment(&jpeg(width, height), 0xe2, &[b"ICC_PROFILE\0\x01\x01", profile].concat())
}

fn png_of(width: u32, height: u32, colour: ColorType, frames: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(BitDepth::Eight);
    if frames > 1 {
        encoder.set_animated(frames, 0).unwrap();
    }
    let mut writer = encoder.write_header().unwrap();
    for _ in 0..frames {
        writer.write_image_data(data).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    png_of(width, height, ColorType::Rgb, 1, &light(width, height, 3))
}

/// A PNG of which a part is not quite seen.
pub fn see_through(width: u32, height: u32) -> Vec<u8> {
    png_of(width, height, ColorType::Rgba, 1, &light(width, height, 4))
}

/// A PNG of a few plain areas, as charts are.
pub fn chart(width: u32, height: u32) -> Vec<u8> {
    let area =
        |at: u32| [[250; 3], [0, 100, 127], [166, 61, 30]][(at % width * 3 / width) as usize];
    let data: Vec<u8> = (0..width * height).flat_map(area).collect();
    png_of(width, height, ColorType::Rgb, 1, &data)
}

pub fn moving_png(width: u32, height: u32) -> Vec<u8> {
    png_of(width, height, ColorType::Rgb, 2, &light(width, height, 3))
}

/// A PNG whose header says that it is so large.
pub fn claimed(width: u32, height: u32) -> Vec<u8> {
    let mut png = png(2, 2);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    repaired(png)
}

/// A PNG whose pixels are packed wrongly, under a checksum that fits.
pub fn unpackable(width: u32, height: u32) -> Vec<u8> {
    let mut png = png(width, height);
    let at = png.windows(4).position(|part| part == b"IDAT").unwrap();
    let length = u32::from_be_bytes(png[at - 4..at].try_into().unwrap()) as usize;
    png[at + 4..at + 4 + length].fill(0xaa);
    repaired(png)
}

/// The same PNG with checksums that fit.
pub fn repaired(mut png: Vec<u8>) -> Vec<u8> {
    let mut at = 8;
    while let Some(length) = png.get(at..at + 4) {
        let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
        let end = at + 8 + length;
        let Some(named) = png.get(at + 4..end) else { break };
        let sum = crc32fast::hash(named);
        let Some(place) = png.get_mut(end..end + 4) else { break };
        place.copy_from_slice(&sum.to_be_bytes());
        at = end + 4;
    }
    png
}

/// A GIF of so many frames.
pub fn gif(width: u16, height: u16, frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let palette: Vec<u8> = (0..=255).flat_map(|n| [n, 255 - n, n / 2]).collect();
    let mut encoder = gif::Encoder::new(&mut bytes, width, height, &palette).unwrap();
    let size = u32::from(width) * u32::from(height);
    for _ in 0..frames {
        let grain: Vec<u8> =
            (0..size).map(|n| (n.wrapping_mul(2_654_435_761) >> 25) as u8).collect();
        encoder.write_frame(&gif::Frame::from_indexed_pixels(width, height, grain, None)).unwrap();
    }
    drop(encoder);
    bytes
}

pub fn webp(width: u32, height: u32, is_exact: bool) -> Vec<u8> {
    let data = light(width, height, 3);
    let encoder = webp::Encoder::from_rgb(&data, width, height);
    encoder.encode_simple(is_exact, 80.0).unwrap().to_vec()
}

/// A WebP that says how a camera was held.
pub fn held_webp(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let mut webp = webp(width, height, true);
    let exif = exif(orientation);
    webp.extend(b"EXIF");
    webp.extend(u32::try_from(exif.len()).unwrap().to_le_bytes());
    webp.extend(exif);
    let length = u32::try_from(webp.len() - 8).unwrap().to_le_bytes();
    webp[4..8].copy_from_slice(&length);
    webp
}

/// A WebP of two frames.
pub fn moving_webp(width: u32, height: u32) -> Vec<u8> {
    let config = webp::WebPConfig::new().unwrap();
    let frames = [light(width, height, 3), vec![9; (width * height * 3) as usize]];
    let mut encoder = webp::AnimEncoder::new(width, height, &config);
    for (time, frame) in (0..).step_by(100).zip(&frames) {
        encoder.add_frame(webp::AnimFrame::from_rgb(frame, width, height, time));
    }
    encoder.encode().to_vec()
}

/// The pixels of a WebP file: width, height, channels, bytes.
pub fn pixels(webp: &[u8]) -> (u32, u32, usize, Vec<u8>) {
    let mut decoder = image_webp::WebPDecoder::new(std::io::Cursor::new(webp)).unwrap();
    let (width, height) = decoder.dimensions();
    let mut data = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.read_image(&mut data).unwrap();
    (width, height, if decoder.has_alpha() { 4 } else { 3 }, data)
}
