//! How a camera was held.

use serde::{Deserialize, Serialize};

use super::bytes::{u16_be, u16_le, u32_be, u32_le};

/// How a picture is to be turned, as in Exif 2.32, 4.6.4: from 1, which is not at
/// all, to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Orientation(u8);

impl Default for Orientation {
    fn default() -> Self {
        Self(1)
    }
}

impl Orientation {
    /// Whether width and height change places.
    pub(super) fn is_turned(self) -> bool {
        self.0 >= 5
    }

    /// Whether there is nothing to do.
    pub(super) fn is_upright(self) -> bool {
        self.0 == 1
    }

    /// Where a pixel of the turned picture is in the other, whose last column and
    /// row are these.
    #[cfg(feature = "pictures")]
    pub(super) fn source(
        self,
        (x, y): (usize, usize),
        (right, bottom): (usize, usize),
    ) -> (usize, usize) {
        match self.0 {
            2 => (right - x, y),
            3 => (right - x, bottom - y),
            4 => (x, bottom - y),
            5 => (y, x),
            6 => (y, bottom - x),
            7 => (right - y, bottom - x),
            8 => (right - y, x),
            _ => (x, y),
        }
    }

    /// Reads it from Exif data: TIFF, perhaps behind a mark of its own. Whatever
    /// can't be read is upright, as it is in browsers.
    pub(super) fn read(exif: &[u8]) -> Self {
        const TAG: u16 = 0x0112;
        const SHORT: u16 = 3;
        let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
        let find = || {
            type At<T> = fn(&[u8], usize) -> Result<T, super::Flaw>;
            let (u16_at, u32_at): (At<u16>, At<u32>) = match tiff.get(..4)? {
                b"II*\0" => (u16_le, u32_le),
                b"MM\0*" => (u16_be, u32_be),
                _ => return None,
            };
            let start = usize::try_from(u32_at(tiff, 4).ok()?).ok()?;
            let count = usize::from(u16_at(tiff, start).ok()?);
            let entries = (0..count).map_while(|at| start.checked_add(2 + at * 12));
            for entry in entries {
                if u16_at(tiff, entry).ok()? == TAG {
                    let kind = u16_at(tiff, entry + 2).ok()?;
                    let value = u16_at(tiff, entry + 8).ok()?;
                    return (kind == SHORT).then_some(value);
                }
            }
            None
        };
        find()
            .and_then(|value| u8::try_from(value).ok())
            .filter(|v| (1..=8).contains(v))
            .map_or_else(Self::default, Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiff(is_little: bool, value: u16) -> Vec<u8> {
        let pair = |n: u16| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let four = |n: u32| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut tiff = if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        tiff.extend(four(8));
        tiff.extend(pair(2));
        for (tag, value) in [(0x010f, 7), (0x0112, value)] {
            tiff.extend(pair(tag));
            tiff.extend(pair(3));
            tiff.extend(four(1));
            tiff.extend(pair(value));
            tiff.extend(pair(0));
        }
        tiff
    }

    #[test]
    fn an_orientation_is_read_in_either_order_of_bytes() {
        for value in 1..=8 {
            for is_little in [true, false] {
                assert_eq!(Orientation::read(&tiff(is_little, value)), Orientation(value as u8));
            }
        }
        let marked = [b"Exif\0\0".as_slice(), &tiff(true, 6)].concat();
        assert_eq!(Orientation::read(&marked), Orientation(6));
    }

    #[test]
    fn what_cannot_be_read_is_upright() {
        let whole = tiff(true, 6);
        for exif in [&b""[..], b"II*\0", b"nothing at all", &tiff(true, 9), &whole[..20]] {
            assert_eq!(Orientation::read(exif), Orientation::default());
        }
        let mut far = whole;
        far[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(Orientation::read(&far), Orientation::default());
    }
}
