//! From a file to its pixels.

use std::fmt::Display;
use std::io::Cursor;
use std::num::NonZeroU64;

use ::gif::{ColorOutput, DecodeOptions, MemoryLimit};
use ::png::{ColorType, Transformations};
use image_webp::WebPDecoder;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::scale::Pixels;
use super::{Flaw, Kind, MAX_PIXELS, Picture};

/// What decoders may take, in bytes: more than any picture that is let through.
const ROOM: usize = 4 * MAX_PIXELS as usize;
/// Profiles that are longer are for printers.
const LONGEST_PROFILE: usize = 64 << 10;

/// The pixels of a picture as they are in the file, not turned yet.
pub(super) struct Decoded {
    pub(super) pixels: Pixels,
    /// What its colours mean, where they are not those of the web.
    pub(super) profile: Option<Vec<u8>>,
    /// Whether no pixel was changed when the file was made.
    pub(super) is_exact: bool,
}

/// Decodes a picture that is plain.
pub(super) fn decode(bytes: &[u8], picture: &Picture) -> Result<Decoded, Flaw> {
    let mut decoded = match picture.kind {
        Kind::Png => png(bytes),
        Kind::Jpeg => jpeg(bytes),
        Kind::Webp => webp(bytes),
        Kind::Gif => gif(bytes),
        _ => Err(Flaw::Unknown),
    }?;
    let Pixels { width, height, channels, data } = &decoded.pixels;
    let (wide, high) = picture.raw_size();
    if (*width, *height) != (wide, high) || data.len() != wide * high * channels {
        return Err(Flaw::damaged("its parts are of different sizes"));
    }
    decoded.profile = decoded.profile.filter(|profile| is_wanted(profile));
    Ok(decoded)
}

fn broken(error: impl Display) -> Flaw {
    Flaw::Damaged(format!("it can't be decoded ({error})"))
}

fn png(bytes: &[u8]) -> Result<Decoded, Flaw> {
    let mut decoder = ::png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(broken)?;
    let size = reader.output_buffer_size().filter(|size| *size <= ROOM);
    let mut data = vec![0; size.ok_or_else(|| broken("too large"))?];
    let info = reader.next_frame(&mut data).map_err(broken)?;
    data.truncate(info.buffer_size());
    let (channels, data) = match info.color_type {
        ColorType::Rgb => (3, data),
        ColorType::Rgba => (4, data),
        ColorType::Grayscale => (3, data.into_iter().flat_map(|grey| [grey; 3]).collect()),
        ColorType::GrayscaleAlpha => {
            let (pairs, _) = data.as_chunks();
            (4, pairs.iter().flat_map(|[grey, alpha]| [*grey, *grey, *grey, *alpha]).collect())
        }
        ColorType::Indexed => return Err(broken("no colours")),
    };
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let (width, height) = (info.width as usize, info.height as usize);
    Ok(Decoded { pixels: Pixels { width, height, channels, data }, profile, is_exact: true })
}

fn jpeg(bytes: &[u8]) -> Result<Decoded, Flaw> {
    let options = DecoderOptions::new_safe()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let size = decoder.output_buffer_size().filter(|size| *size <= ROOM);
    let mut data = vec![0; size.ok_or_else(|| broken("too large"))?];
    decoder.decode_into(&mut data).map_err(broken)?;
    let info = decoder.info().ok_or_else(|| broken("no header"))?;
    let (width, height) = (info.width.into(), info.height.into());
    let pixels = Pixels { width, height, channels: 3, data };
    Ok(Decoded { pixels, profile: decoder.icc_profile(), is_exact: false })
}

fn webp(bytes: &[u8]) -> Result<Decoded, Flaw> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?;
    decoder.set_memory_limit(ROOM);
    let size = decoder.output_buffer_size().filter(|size| *size <= ROOM);
    let mut data = vec![0; size.ok_or_else(|| broken("too large"))?];
    decoder.read_image(&mut data).map_err(broken)?;
    let (width, height) = decoder.dimensions();
    let (width, height) = (width as usize, height as usize);
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let profile = decoder.icc_profile().map_err(broken)?;
    let is_exact = !decoder.is_lossy();
    Ok(Decoded { pixels: Pixels { width, height, channels, data }, profile, is_exact })
}

fn gif(bytes: &[u8]) -> Result<Decoded, Flaw> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    options.set_memory_limit(
        NonZeroU64::new(ROOM as u64).map_or(MemoryLimit::Unlimited, MemoryLimit::Bytes),
    );
    options.check_frame_consistency(true);
    let mut decoder = options.read_info(bytes).map_err(broken)?;
    let frame = decoder.read_next_frame().map_err(broken)?.ok_or(Flaw::Truncated)?;
    let (width, height) = (frame.width.into(), frame.height.into());
    let data = frame.buffer.to_vec();
    Ok(Decoded {
        pixels: Pixels { width, height, channels: 4, data },
        profile: None,
        is_exact: true,
    })
}

/// Whether a profile says what browsers would not take for granted. One of greys or
/// inks says nothing of what was decoded.
fn is_wanted(profile: &[u8]) -> bool {
    const USUAL: &[u8] = b"sRGB IEC61966-2.1";
    let is_of_colours = profile.get(16..20) == Some(b"RGB ");
    let is_usual = profile.windows(USUAL.len()).any(|part| part == USUAL);
    is_of_colours && !is_usual && profile.len() <= LONGEST_PROFILE
}

impl Pixels {
    /// The same without transparency that nobody sees.
    pub(super) fn opaque(self) -> Self {
        let is_seen = |pixel: &[u8]| pixel.get(3).is_some_and(|alpha| *alpha < 255);
        if self.channels == 3 || self.data.chunks_exact(4).any(is_seen) {
            return self;
        }
        let (pixels, _) = self.data.as_chunks::<4>();
        let data = pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
        Self { channels: 3, data, ..self }
    }
}
