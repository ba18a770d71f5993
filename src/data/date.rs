//! Dates as authors write them.

use std::fmt;

use serde::{Deserialize, Serialize};

use jiff::civil::{self, DateTime};
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

use super::Period;

/// A date, with a time of day and a zone where one was written.
///
/// Dates order by instant; a date without a zone counts as UTC, so the order
/// is the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub struct Date {
    civil: DateTime,
    offset: Option<Offset>,
    has_time: bool,
}

/// A date in a cache: nanoseconds of the clock on the wall, from the first of
/// January of the year 0 on, and the offset in seconds.
#[derive(Serialize, Deserialize)]
struct Packed(i16, i8, i8, i64, Option<i32>, bool);

impl From<Date> for Packed {
    fn from(date: Date) -> Self {
        let (day, offset) = (date.civil.date(), date.offset.map(Offset::seconds));
        let time = date.civil.time();
        let seconds = i64::from(time.hour()) * 3600
            + i64::from(time.minute()) * 60
            + i64::from(time.second());
        let nanos = seconds * 1_000_000_000 + i64::from(time.subsec_nanosecond());
        Self(day.year(), day.month(), day.day(), nanos, offset, date.has_time)
    }
}

impl From<Packed> for Date {
    fn from(Packed(year, month, day, nanos, offset, has_time): Packed) -> Self {
        let day = civil::Date::new(year, month, day).unwrap_or(civil::Date::ZERO);
        let time = civil::Time::midnight().wrapping_add(Span::new().nanoseconds(nanos));
        let offset = offset.and_then(|seconds| Offset::from_seconds(seconds).ok());
        Self { civil: day.to_datetime(time), offset, has_time }
    }
}

impl Date {
    /// The forms that [`Date::parse`] reads, for messages.
    pub const FORMS: &'static str =
        "`2026-03-02`, `2026-03-02 09:30`, `2026/03/02` or `2026-03-02T09:30:00+01:00`";

    /// Reads RFC 3339 with or without seconds, zone and `T`, `YYYY-MM-DD` and
    /// `YYYY/MM/DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
        let date = day(&text[..end])?;
        let rest = text[end..].trim_start_matches(['T', 't', ' ']);
        if rest.is_empty() {
            return Some(Self::of_day(date)).filter(Self::is_instant);
        }
        let zone = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
        let time = time(&rest[..zone])?;
        let offset = offset(rest[zone..].trim())?;
        Some(Self { civil: date.to_datetime(time), offset, has_time: true })
            .filter(Self::is_instant)
    }

    /// Instants end a day before the calendar does.
    fn is_instant(&self) -> bool {
        self.offset.unwrap_or(Offset::UTC).to_timestamp(self.civil).is_ok()
    }

    fn of_day(day: civil::Date) -> Self {
        Self { civil: day.at(0, 0, 0, 0), offset: None, has_time: false }
    }

    /// The day where it was written, without a time.
    pub fn day_only(&self) -> Self {
        Self::of_day(self.civil.date())
    }

    /// The day, in UTC, of so many seconds since 1970.
    pub fn from_timestamp(seconds: i64) -> Option<Self> {
        let instant = Timestamp::from_second(seconds).ok()?;
        Some(Self::of_day(Offset::UTC.to_datetime(instant).date()))
    }

    /// The same instant as seconds since 1970.
    pub fn timestamp(&self) -> i64 {
        let offset = self.offset.unwrap_or(Offset::UTC);
        offset.to_timestamp(self.civil).map_or(0, |instant| instant.as_second())
    }

    /// The whole RFC 3339 form that feeds demand.
    pub fn rfc3339(&self) -> String {
        let zone = match self.offset {
            None => "Z".to_owned(),
            Some(offset) if offset.seconds() == 0 => "Z".to_owned(),
            Some(offset) => {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        };
        // A time is of whole seconds, so this is all that is printed of it.
        format!("{}{zone}", self.civil)
    }

    /// Year, month and day of the place where it was written.
    pub fn day(&self) -> (i16, i8, i8) {
        (self.civil.year(), self.civil.month(), self.civil.day())
    }

    /// How many days after this one another day is; below 0 for one before.
    pub fn days_until(&self, other: &Self) -> i32 {
        self.civil.date().until(other.civil.date()).map_or(0, |span| span.get_days())
    }

    /// The day that is a period later, if there is one.
    pub fn after(&self, period: Period) -> Option<Self> {
        let span = match period {
            Period::Off => return None,
            Period::Days(count) => Span::new().days(count),
            Period::Weeks(count) => Span::new().weeks(count),
            Period::Months(count) => Span::new().months(count),
            Period::Years(count) => Span::new().try_years(count).ok()?,
        };
        self.civil.date().checked_add(span).ok().map(Self::of_day)
    }

    /// The date in a strftime format, in English.
    ///
    /// # Errors
    /// A few words on what is wrong with the format.
    pub fn format(&self, format: &str) -> Result<String, String> {
        let zone = self.offset.unwrap_or(Offset::UTC).to_time_zone();
        let zoned = self.civil.to_zoned(zone).map_err(|e| e.to_string())?;
        jiff::fmt::strtime::format(format, &zoned).map_err(|e| e.to_string())
    }
}

/// The day alone where no time was written, else RFC 3339.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_time {
            f.write_str(&self.rfc3339())
        } else {
            write!(f, "{}", self.civil.date())
        }
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |date: &Self| (date.timestamp(), date.civil, date.has_time, date.offset);
        key(self).cmp(&key(other))
    }
}

fn day(text: &str) -> Option<civil::Date> {
    let separator = if text.contains('/') { '/' } else { '-' };
    let mut parts = text.split(separator);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn time(text: &str) -> Option<civil::Time> {
    let (whole, _fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = whole.split(':');
    let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let second = parts.next().map_or(Some(0), |second| second.parse().ok())?;
    if parts.next().is_some() {
        return None;
    }
    civil::Time::new(hour, minute, second, 0).ok()
}

/// `Z`, `+01:00`, `+0100`, `+01`; `Some(None)` where nothing is written.
fn offset(text: &str) -> Option<Option<Offset>> {
    let sign = match text.chars().next() {
        None => return Some(None),
        Some('Z' | 'z') if text.len() == 1 => return Some(Some(Offset::UTC)),
        Some('U') if text == "UTC" => return Some(Some(Offset::UTC)),
        Some('+') => 1,
        Some('-') => -1,
        Some(_) => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits.get(2..).filter(|m| !m.is_empty()).unwrap_or("0").parse().ok()?;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_content_model_is_read() {
        for (written, shown) in [
            ("2026-03-02", "2026-03-02"),
            ("2026/3/2", "2026-03-02"),
            ("2026-03-02 09:30", "2026-03-02T09:30:00Z"),
            ("2026-03-02 09:30:15", "2026-03-02T09:30:15Z"),
            ("2027-04-20T09:00:00-05:00", "2027-04-20T09:00:00-05:00"),
            ("2020-10-23T14:28:00+00:00", "2020-10-23T14:28:00Z"),
            ("2026-03-02 09:30:00 +0100", "2026-03-02T09:30:00+01:00"),
            ("2026-03-02T09:30:00.123Z", "2026-03-02T09:30:00Z"),
        ] {
            assert_eq!(Date::parse(written).map(|d| d.to_string()).as_deref(), Some(shown));
        }
        for wrong in [
            "",
            "2026-13-02",
            "yesterday",
            "02.03.2026",
            "2026-03-02T25:00",
            "2026-3",
            "9999-12-31",
        ] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_period_ends_where_the_calendar_says() {
        let date = |text| Date::parse(text).unwrap();
        let later = |from, period| {
            let period = Period::parse(period).unwrap();
            date(from).after(period).map(|day| day.to_string())
        };
        assert_eq!(later("2024-02-28T23:30:00-05:00", "2d").as_deref(), Some("2024-03-01"));
        assert_eq!(later("2026-01-31", "1m").as_deref(), Some("2026-02-28"));
        assert_eq!(later("2026-01-01", "52w").as_deref(), Some("2026-12-31"));
        assert_eq!(later("2024-02-29", "1y").as_deref(), Some("2025-02-28"));
        assert_eq!(later("2026-01-01", "off"), None);
        assert_eq!(later("2026-01-01", "9999y"), None);
        assert_eq!(later("9999-12-30", "9999d"), None);
        assert_eq!(date("2026-03-02T23:00").days_until(&date("2026-03-04")), 2);
        assert_eq!(date("2026-03-02").days_until(&date("2025-03-02")), -365);
        let day = Date::from_timestamp(1_772_409_600 + 86_399);
        assert_eq!(day.map(|day| day.to_string()).as_deref(), Some("2026-03-02"));
        assert_eq!(Date::from_timestamp(i64::MAX), None);
    }

    #[test]
    fn dates_order_by_instant() {
        let date = |text| Date::parse(text).unwrap();
        assert!(date("2026-03-02T01:00:00+02:00") < date("2026-03-02"));
        assert_eq!(date("2026-03-02").format("%-d %B %Y").unwrap(), "2 March 2026");
    }
}
