//! Colours, and how well one is read on another.

use std::fmt;

/// The contrast that text needs, by WCAG 2.2 at level AA.
pub const LEAST: f64 = 4.5;

/// A colour without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let digit = |at: usize| u8::from_str_radix(digits.get(at..=at)?, 16).ok();
        let part = |at: usize| match digits.len() {
            3 => Some(digit(at)? * 17),
            6 => Some(digit(at * 2)? * 16 + digit(at * 2 + 1)?),
            _ => None,
        };
        Some(Self([part(0)?, part(1)?, part(2)?]))
    }

    /// How much light it gives, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The contrast of two colours, from 1 to 21.
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (a, b) = (one.luminance(), other.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_wcag() {
        let of = |one, other| {
            let [one, other] = [one, other].map(|text| Colour::parse(text).unwrap());
            (contrast(one, other) * 100.0).round() / 100.0
        };
        assert_eq!(of("#000", "#ffffff"), 21.0);
        assert_eq!(of("#777777", "#fff"), 4.48);
        assert_eq!(of("#fff", "#fff"), 1.0);
        assert_eq!(Colour::parse("#0af").unwrap().to_string(), "#00aaff");
        for wrong in ["", "#", "#12", "#12345", "red", "#ggg", "#é12"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }
}
