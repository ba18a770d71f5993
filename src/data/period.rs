//! Lengths of time as authors write them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest, in any unit.
const MAX: u16 = 9999;

/// How long something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// For ever.
    Off,
    /// A number of days.
    Days(u16),
    /// A number of weeks.
    Weeks(u16),
    /// A number of months, as the calendar counts them.
    Months(u16),
    /// A number of years.
    Years(u16),
}

impl Period {
    /// The forms that [`Period::parse`] reads, for messages.
    pub const FORMS: &'static str = "`180d`, `26w`, `6m` or `1y`, or `off`";

    /// Reads a number from 1 to 9999 with a unit behind it, or `off`.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "off" {
            return Some(Self::Off);
        }
        let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        if !count.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let count = count.parse().ok().filter(|count| (1..=MAX).contains(count))?;
        Some(match unit {
            "d" => Self::Days(count),
            "w" => Self::Weeks(count),
            "m" => Self::Months(count),
            "y" => Self::Years(count),
            _ => return None,
        })
    }
}

/// The form it is written in.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Days(count) => write!(f, "{count}d"),
            Self::Weeks(count) => write!(f, "{count}w"),
            Self::Months(count) => write!(f, "{count}m"),
            Self::Years(count) => write!(f, "{count}y"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_number_and_a_unit() {
        for text in ["180d", "26w", "6m", "1y", "off"] {
            assert_eq!(Period::parse(text).map(|period| period.to_string()).as_deref(), Some(text));
        }
        for wrong in ["", "d", "0d", "-1d", "+1d", "1.5y", "180", "180 d", "6M", "10000d", "1é"] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }
}
