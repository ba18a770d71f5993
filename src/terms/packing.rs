//! Numbers and counts in few bytes.

use super::bag::{Counts, Field, sole};

/// Adds a number as LEB128.
#[inline]
pub(crate) fn write(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes such a number off the front.
#[inline]
pub(crate) fn read(bytes: &mut &[u8]) -> Option<u32> {
    match **bytes {
        [byte, ref rest @ ..] if byte < 0x80 => {
            *bytes = rest;
            Some(u32::from(byte))
        }
        _ => read_long(bytes),
    }
}

fn read_long(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    let mut shift = 0;
    while shift < u32::BITS {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
    None
}

/// Adds the counts of a term. The low half of a byte has a bit for each field that
/// has it; if that is one alone, and has it less than 16 times, the high half is the
/// count. Else the counts of those fields follow.
#[inline]
pub(super) fn pack(bytes: &mut Vec<u8>, counts: Counts) {
    match sole(counts) {
        Some((field, count @ 1..16)) => bytes.push(1 << field | (count as u8) << Field::COUNT),
        _ => pack_long(bytes, counts),
    }
}

fn pack_long(bytes: &mut Vec<u8>, counts: Counts) {
    let mut mask = 0;
    for (field, count) in counts.iter().enumerate() {
        mask |= u8::from(*count > 0) << field;
    }
    bytes.push(mask);
    for count in counts.into_iter().filter(|count| *count > 0) {
        write(bytes, u32::from(count));
    }
}

/// Takes such counts off the front.
#[inline]
pub(super) fn unpack(bytes: &mut &[u8]) -> Option<Counts> {
    let (head, rest) = bytes.split_first()?;
    *bytes = rest;
    let count = u64::from(head >> Field::COUNT);
    if count == 0 {
        return unpack_long(*head, bytes);
    }
    let all = count << (head.trailing_zeros() * 16);
    Some([all as u16, (all >> 16) as u16, (all >> 32) as u16, (all >> 48) as u16])
}

fn unpack_long(mask: u8, bytes: &mut &[u8]) -> Option<Counts> {
    let mut counts = Counts::default();
    for (field, count) in counts.iter_mut().enumerate() {
        if mask & 1 << field != 0 {
            *count = read(bytes)? as u16;
        }
    }
    Some(counts)
}

/// Takes such counts off the front as they are.
#[inline]
pub(super) fn packed<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let all = *bytes;
    let head = *all.first()?;
    let length = match head >> Field::COUNT {
        0 => long(all, head)?,
        _ => 1,
    };
    let (counts, rest) = all.split_at_checked(length)?;
    *bytes = rest;
    Some(counts)
}

/// How many bytes counts take that are more than one.
fn long(bytes: &[u8], mask: u8) -> Option<usize> {
    let mut rest = &bytes[1..];
    for _ in 0..mask.count_ones() {
        read(&mut rest)?;
    }
    Some(bytes.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_off_is_what_was_added() {
        let some = [0, 1, 2, 15, 16, 127, 128, 300, u16::MAX];
        let mut bytes = Vec::new();
        let mut all = Vec::new();
        for (at, title) in some.into_iter().enumerate() {
            for head in some {
                all.push([title, head, some[at % 3], some[at % 7]]);
                all.push([0, 0, head, 0]);
                all.push([0, 0, 0, title]);
            }
        }
        all.iter().for_each(|counts| pack(&mut bytes, *counts));
        let (mut one, mut other) = (&bytes[..], &bytes[..]);
        for counts in &all {
            assert_eq!(unpack(&mut one).as_ref(), Some(counts));
            assert_eq!(
                packed(&mut other).and_then(|mut its| unpack(&mut its)).as_ref(),
                Some(counts)
            );
        }
        assert_eq!((unpack(&mut one), packed(&mut other)), (None, None));
    }

    #[test]
    fn a_field_alone_takes_a_byte() {
        for field in 0..Field::COUNT {
            let mut counts = Counts::default();
            counts[field] = 15;
            let mut bytes = Vec::new();
            pack(&mut bytes, counts);
            assert_eq!(bytes.len(), 1);
        }
    }

    #[test]
    fn bytes_that_end_early_give_nothing() {
        let mut bytes = Vec::new();
        pack(&mut bytes, [1, 2, 300, 4]);
        for end in 0..bytes.len() {
            assert_eq!(unpack(&mut &bytes[..end]), None);
            assert_eq!(packed(&mut &bytes[..end]), None);
        }
    }
}
