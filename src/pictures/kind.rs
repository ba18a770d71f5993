//! Kinds of pictures, by what files are called and by how they begin.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// <https://www.w3.org/TR/png-3/>
    Png,
    /// <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>
    Jpeg,
    /// <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>
    Gif,
    /// <https://www.rfc-editor.org/rfc/rfc9649>
    Webp,
    /// Windows bitmaps.
    Bmp,
    /// Drawings.
    Svg,
    /// Shown by browsers, and not looked into.
    Avif,
    /// Not shown by most browsers.
    Heic,
    /// Not shown by most browsers.
    Tiff,
}

impl Kind {
    /// The kind that a name promises; nothing for those that are not looked into.
    pub(super) fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "png" | "apng" => Self::Png,
            "jpg" | "jpeg" | "jfif" => Self::Jpeg,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "bmp" => Self::Bmp,
            "svg" => Self::Svg,
            _ => return None,
        })
    }

    /// The kind that a file begins as.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        const SIGNATURES: [(&[u8], Kind); 8] = [
            (b"\x89PNG\r\n\x1a\n", Kind::Png),
            (b"\xff\xd8\xff", Kind::Jpeg),
            (b"GIF87a", Kind::Gif),
            (b"GIF89a", Kind::Gif),
            (b"BM", Kind::Bmp),
            (b"II*\0", Kind::Tiff),
            (b"MM\0*", Kind::Tiff),
            // Drawings may be packed.
            (b"\x1f\x8b", Kind::Svg),
        ];
        let found = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start));
        if let Some((_, kind)) = found {
            return Some(*kind);
        }
        let is_box =
            |offset: usize, name: &[u8]| bytes.get(offset..).is_some_and(|b| b.starts_with(name));
        if bytes.starts_with(b"RIFF") && is_box(8, b"WEBP") {
            return Some(Self::Webp);
        }
        if is_box(4, b"ftypavi") {
            return Some(Self::Avif);
        }
        if is_box(4, b"ftypheic") || is_box(4, b"ftypmif1") {
            return Some(Self::Heic);
        }
        // A page that a server sent in a picture's place may hold drawings.
        let start = bytes.get(..64).unwrap_or(bytes).to_ascii_lowercase();
        if [&b"<!doctype html"[..], b"<html"]
            .iter()
            .any(|page| start.trim_ascii_start().starts_with(page))
        {
            return None;
        }
        let is_drawing = bytes.windows(4).any(|part| part.eq_ignore_ascii_case(b"<svg"))
            || bytes.windows(5).any(|part| part == b":svg ")
            || bytes.starts_with(b"\xff\xfe<\0")
            || bytes.starts_with(b"\xfe\xff\0<");
        is_drawing.then_some(Self::Svg)
    }

    /// How files of this kind end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Bmp => "bmp",
            Self::Svg => "svg",
            Self::Avif => "avif",
            Self::Heic => "heic",
            Self::Tiff => "tiff",
        }
    }

    /// Whether browsers show it.
    pub(super) fn is_shown(self) -> bool {
        !matches!(self, Self::Heic | Self::Tiff)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Bmp => "BMP",
            Self::Svg => "SVG",
            Self::Avif => "AVIF",
            Self::Heic => "HEIC",
            Self::Tiff => "TIFF",
        })
    }
}
