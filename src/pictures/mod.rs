//! Pictures: what their files say of themselves, and the same in other widths.
//!
//! [`inspect`] reads no pixel. It walks through the parts of a file to its end,
//! which finds what is cut off, and tells all that pages need: kind, size as it is
//! shown, whether it moves. [`make`] decodes, scales and encodes; it is there with
//! the feature `pictures`, and the same bytes come of it on every machine: nothing
//! in it asks what the processor can do.

mod bmp;
mod bytes;
mod drawing;
mod exif;
mod flaw;
mod gif;
mod jpeg;
mod kind;
mod png;
mod webp;
mod widths;

#[cfg(feature = "pictures")]
mod container;
#[cfg(feature = "pictures")]
mod decode;
#[cfg(feature = "pictures")]
mod encode;
#[cfg(feature = "pictures")]
mod gate;
#[cfg(feature = "pictures")]
mod make;
#[cfg(not(feature = "pictures"))]
mod none;
#[cfg(feature = "pictures")]
mod scale;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

pub use drawing::drawn;
pub use flaw::Flaw;
pub use kind::Kind;
#[cfg(feature = "pictures")]
pub use make::{check, make};
#[cfg(not(feature = "pictures"))]
pub use none::{check, make};
pub use widths::{Ladder, MAX_SIDE, ladder};

use self::exif::Orientation;

/// What comes of a picture in another width depends on this program too: the
/// number is raised with whatever changes the bytes that [`make`] makes.
pub const VERSION: u32 = 1;

/// Whether this program can make other widths of a picture.
pub const CAN_MAKE: bool = cfg!(feature = "pictures");

/// More pixels than any camera takes and few pages need: decoding would take
/// hundreds of megabytes.
pub const MAX_PIXELS: u64 = 100_000_000;

/// What a file says of the picture in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its kind.
    pub kind: Kind,
    /// Width and height as it is shown, in pixels; of drawings that say none, none.
    pub size: Option<(u32, u32)>,
    /// How it is to be turned before it is shown.
    orientation: Orientation,
    /// Whether it can be made narrower without losing anything but detail: it
    /// doesn't move, and its colours are of a kind that can be kept.
    pub is_plain: bool,
    /// How long the file is, in bytes.
    pub length: u64,
    /// A hash of the file.
    pub hash: u128,
}

/// What the readers of the kinds find.
struct Found {
    width: u32,
    height: u32,
    orientation: Orientation,
    is_plain: bool,
}

/// Whether a file should be a picture that can be inspected, by its name.
pub fn is_picture(extension: &str) -> bool {
    Kind::of_extension(extension).is_some()
}

/// Looks at a picture; nothing, if its name promises none.
pub fn inspect(extension: &str, bytes: &[u8]) -> Option<Result<Picture, Flaw>> {
    let kind = Kind::of_extension(extension)?;
    Some(read(kind, bytes))
}

fn read(kind: Kind, bytes: &[u8]) -> Result<Picture, Flaw> {
    if bytes.is_empty() {
        return Err(Flaw::Empty);
    }
    match Kind::of_bytes(bytes) {
        Some(found) if found == kind => {}
        Some(found) => return Err(Flaw::Misnamed(found)),
        None if bytes.starts_with(b"version https://git-lfs") => return Err(Flaw::Pointer),
        None => return Err(Flaw::Unknown),
    }
    let found = match kind {
        Kind::Png => png::read(bytes)?,
        Kind::Jpeg => jpeg::read(bytes)?,
        Kind::Gif => gif::read(bytes)?,
        Kind::Webp => webp::read(bytes)?,
        Kind::Bmp => bmp::read(bytes)?,
        Kind::Svg | Kind::Avif | Kind::Heic | Kind::Tiff => return Ok(drawing(kind, bytes)),
    };
    let Found { width, height, orientation, is_plain } = found;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Flaw::TooLarge(width, height));
    }
    let size = Some(if orientation.is_turned() { (height, width) } else { (width, height) });
    let (length, hash) = (bytes.len() as u64, xxh3_128(bytes));
    Ok(Picture { kind, size, orientation, is_plain, length, hash })
}

#[cfg(feature = "pictures")]
impl Picture {
    /// Width and height as they are in the file, before it is turned.
    fn raw_size(&self) -> (usize, usize) {
        let (width, height) = self.size.unwrap_or_default();
        let (width, height) = (width as usize, height as usize);
        if self.orientation.is_turned() { (height, width) } else { (width, height) }
    }
}

/// A picture that is shown as it is.
fn drawing(kind: Kind, bytes: &[u8]) -> Picture {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let size = drawing::given(text);
    let (length, hash) = (bytes.len() as u64, xxh3_128(bytes));
    Picture { kind, size, orientation: Orientation::default(), is_plain: false, length, hash }
}
