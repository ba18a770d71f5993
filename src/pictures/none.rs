//! A program that decodes no pictures: nothing offers any in other widths.

use super::{Flaw, Picture};

/// Makes nothing.
///
/// # Errors
/// None.
pub fn make(_: &[u8], _: &Picture, _: &[u32], _: u8) -> Result<Vec<Vec<u8>>, Flaw> {
    Ok(Vec::new())
}

/// Finds nothing.
///
/// # Errors
/// None.
pub fn check(_: &[u8], _: &Picture) -> Result<(), Flaw> {
    Ok(())
}
