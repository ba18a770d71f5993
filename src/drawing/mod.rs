//! Pictures drawn from SVG, with fonts of the program's own.
//!
//! Nothing of the machine is read, no font and no file, so that a drawing is the
//! same picture everywhere. [`Fonts`] knows how wide a text is, by which
//! [`Fonts::fit`] sets it in lines, which SVG does not; [`draw`] makes the
//! picture, and `png` as small a file of it as can be had quickly.
//!
//! A program without the feature `social-cards` has no fonts, so it draws
//! nothing: see [`IS_HERE`].

#[cfg(feature = "social-cards")]
mod draw;
#[cfg(feature = "social-cards")]
mod fonts;
#[cfg(feature = "social-cards")]
mod png;
#[cfg(feature = "social-cards")]
mod setting;
#[cfg(not(feature = "social-cards"))]
mod without;

#[cfg(feature = "social-cards")]
pub use draw::draw;
#[cfg(feature = "social-cards")]
pub use fonts::Fonts;
#[cfg(not(feature = "social-cards"))]
pub use without::{Fonts, draw};

/// Whether this program can draw.
pub const IS_HERE: bool = cfg!(feature = "social-cards");

/// Which face of a font a text is set in.
#[derive(Debug, Clone, Copy)]
pub struct Face<'a> {
    /// Its family: `serif`, `sans-serif`, or the name of a font.
    pub family: &'a str,
    /// How bold it is: 400 is regular.
    pub weight: u16,
    /// Whether it leans.
    pub is_italic: bool,
}

/// Where a text is to be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// How wide a line may be, in pixels.
    pub width: f32,
    /// How many lines there may be.
    pub lines: usize,
    /// How large the text should be, in pixels.
    pub size: u32,
    /// How small it may become before it is cut.
    pub least: u32,
}

/// A text set in lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fitted {
    /// How large it is, in pixels.
    pub size: u32,
    /// The lines.
    pub lines: Vec<String>,
    /// How wide the widest of them is, in pixels.
    pub width: f32,
    /// Whether an ellipsis stands for the rest of it.
    pub is_cut: bool,
}

/// How large a drawing is, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// Why something can't be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}
