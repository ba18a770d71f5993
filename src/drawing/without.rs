//! What stands in for drawing in a program without it.

use std::convert::Infallible;

use super::{Face, Fault, Fitted, Frame, Size};

/// Fonts, of which there are none.
#[derive(Debug)]
pub struct Fonts(Infallible);

impl Fonts {
    /// The fonts of the program, behind those in files of the owner's.
    ///
    /// # Errors
    /// Always: there is nothing to read them with.
    pub fn new(_: &[Vec<u8>]) -> Result<Self, usize> {
        Err(0)
    }

    /// Stands for all that is drawn with them.
    pub fn digest(&self) -> u64 {
        match self.0 {}
    }

    /// The first letter of a text that no font has.
    pub fn lacks(&self, _: &str) -> Option<char> {
        match self.0 {}
    }

    /// Sets a text in lines.
    pub fn fit(&self, _: &str, _: Face<'_>, _: Frame) -> Fitted {
        match self.0 {}
    }
}

/// Draws an SVG.
///
/// # Errors
/// Never: there are no fonts to call this with.
pub fn draw(
    _: &str,
    _: Size,
    fonts: &Fonts,
    _: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Vec<u8>, Fault> {
    match fonts.0 {}
}
