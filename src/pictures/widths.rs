//! In which widths a picture is offered.

use super::Picture;

/// The longest side that WebP can have, in pixels.
pub const MAX_SIDE: u32 = 16_383;

/// The widths that a page offers of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ladder {
    /// Those that are made, from narrow to wide.
    pub made: Vec<u32>,
    /// Whether the file itself is the widest of them.
    pub is_topped: bool,
}

/// The widths of a picture, of those that are `wanted`, which are sorted.
///
/// None is wider than the picture, and its own is among them unless it is wider
/// than any that is wanted: a browser chooses among what it is offered. What is
/// about to be larger than the file itself is not made; nobody knows before it is
/// done, but at the qualities that are usual a pixel takes a bit.
pub fn ladder(picture: &Picture, wanted: &[u32]) -> Ladder {
    let (Some((width, height)), Some(widest)) = (picture.size, wanted.last()) else {
        return Ladder::default();
    };
    if !picture.is_plain {
        return Ladder::default();
    }
    let is_clearly_narrower = |wanted: &u32| u64::from(*wanted) * 10 <= u64::from(width) * 9;
    let mut all: Vec<u32> = wanted.iter().copied().filter(is_clearly_narrower).collect();
    let top = width.min(*widest);
    if all.last() != Some(&top) {
        all.push(top);
    }
    let pays = |wide: &u32| {
        let high = height_at((width, height), *wide);
        let bits = u64::from(*wide) * u64::from(high);
        high <= MAX_SIDE && *wide <= MAX_SIDE && bits / 8 < picture.length
    };
    let made: Vec<u32> = all.into_iter().filter(pays).collect();
    let is_topped = made.last() != Some(&top);
    // A file that is the only choice is no choice.
    if made.is_empty() { Ladder::default() } else { Ladder { made, is_topped } }
}

/// How high a picture is at a width.
pub(super) fn height_at((width, height): (u32, u32), wide: u32) -> u32 {
    let high =
        (u64::from(height) * u64::from(wide) + u64::from(width) / 2) / u64::from(width.max(1));
    u32::try_from(high).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Orientation};
    use super::*;

    fn picture(width: u32, height: u32, length: u64) -> Picture {
        let (kind, orientation) = (Kind::Jpeg, Orientation::default());
        Picture { kind, size: Some((width, height)), orientation, is_plain: true, length, hash: 0 }
    }

    fn widths(width: u32, length: u64) -> (Vec<u32>, bool) {
        let ladder = ladder(&picture(width, width / 2, length), &[480, 960, 1440]);
        (ladder.made, ladder.is_topped)
    }

    #[test]
    fn a_large_photo_is_offered_in_every_width_and_never_itself() {
        assert_eq!(widths(4000, 3_000_000), (vec![480, 960, 1440], false));
        assert_eq!(widths(1440, 900_000), (vec![480, 960, 1440], false));
    }

    #[test]
    fn nothing_is_wider_than_the_picture() {
        assert_eq!(widths(1200, 900_000), (vec![480, 960, 1200], false));
        assert_eq!(widths(300, 90_000), (vec![300], false));
    }

    #[test]
    fn a_width_next_to_the_pictures_own_is_left_out() {
        assert_eq!(widths(1000, 900_000), (vec![480, 1000], false));
        assert_eq!(widths(1500, 900_000), (vec![480, 960, 1440], false));
    }

    #[test]
    fn what_would_be_larger_than_the_file_is_not_made() {
        assert_eq!(widths(2000, 60_000), (vec![480, 960], true));
        assert_eq!(widths(1200, 20_000), (vec![480], true));
        assert_eq!(widths(1200, 2_000), (vec![], false));
    }

    #[test]
    fn what_moves_is_left_alone_and_so_is_what_is_too_high() {
        let moving = Picture { is_plain: false, ..picture(900, 900, 900_000) };
        assert_eq!(ladder(&moving, &[480]), Ladder::default());
        let scroll = ladder(&picture(1000, 20_000, 90_000_000), &[480, 960]);
        assert_eq!(scroll.made, [480]);
        assert!(scroll.is_topped);
        assert_eq!(ladder(&picture(900, 900, 900_000), &[]), Ladder::default());
    }

    #[test]
    fn a_height_is_at_least_one_row() {
        assert_eq!(height_at((4000, 3000), 480), 360);
        assert_eq!(height_at((1000, 1), 480), 1);
        assert_eq!(height_at((3, 2), 2), 1);
    }
}
