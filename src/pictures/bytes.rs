//! Numbers at places of a file, or nothing behind its end.

use super::Flaw;

/// The part of a file that begins at a place and has a length.
pub(super) fn part(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], Flaw> {
    let end = at.checked_add(length).ok_or(Flaw::Truncated)?;
    bytes.get(at..end).ok_or(Flaw::Truncated)
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Flaw> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().ok_or(Flaw::Truncated)
}

pub(super) fn u8_at(bytes: &[u8], at: usize) -> Result<u8, Flaw> {
    bytes.get(at).copied().ok_or(Flaw::Truncated)
}

pub(super) fn u16_be(bytes: &[u8], at: usize) -> Result<u16, Flaw> {
    Ok(u16::from_be_bytes(array(bytes, at)?))
}

pub(super) fn u16_le(bytes: &[u8], at: usize) -> Result<u16, Flaw> {
    Ok(u16::from_le_bytes(array(bytes, at)?))
}

pub(super) fn u32_be(bytes: &[u8], at: usize) -> Result<u32, Flaw> {
    Ok(u32::from_be_bytes(array(bytes, at)?))
}

pub(super) fn u32_le(bytes: &[u8], at: usize) -> Result<u32, Flaw> {
    Ok(u32::from_le_bytes(array(bytes, at)?))
}
