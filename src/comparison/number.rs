//! Figures as authors write them.

use serde::{Deserialize, Serialize};

use crate::data::{Node, Scope};
use crate::diag::{Diagnostic, KeyPath};

/// What was found for a subject.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum Value {
    /// Nothing: it was not measured, and counts for nothing.
    #[default]
    NotMeasured,
    /// A figure.
    Number(Number),
    /// A text, which is shown and never ranked.
    Text(String),
}

/// A figure or a range of figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The lower end; of a single figure, the figure.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The worth of the last digit that was written: 0.1 of `1.8`.
    pub step: f64,
    /// Whether it is only nearly so.
    pub is_approximate: bool,
    /// How it is shown, without its unit.
    pub text: String,
}

/// Factors of the suffixes, IEC's after SI's.
const SUFFIXES: [(&str, f64); 9] = [
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("Ti", 1_099_511_627_776.0),
    ("k", 1e3),
    ("K", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
];

impl Value {
    /// The figure, if it is one.
    pub fn number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            Self::NotMeasured | Self::Text(_) => None,
        }
    }

    /// Reads what stands for a value; a `unit` written again is ignored.
    pub(super) fn read(
        node: &Node,
        unit: Option<&str>,
        path: &KeyPath,
        scope: &mut Scope<'_>,
    ) -> Option<Self> {
        if *node == Node::Null {
            return Some(Self::NotMeasured);
        }
        if let Node::List(ends) = node {
            let number = range(ends, unit, path, scope);
            if number.is_none() {
                let problem = Diagnostic::new(scope.lint, "a range that is not one");
                let help = "write the lower figure, then the higher: `[18, 20]`";
                scope.refuse(problem.help(help), path.clone());
            }
            return number.map(Self::Number);
        }
        let text = scope.require(node, path, "a figure, a range, a text or nothing")?;
        Some(match Number::parse(&text, unit).or_else(|| plain(node)) {
            Some(number) => Self::Number(number),
            None => Self::Text(text),
        })
    }
}

fn range(ends: &[Node], unit: Option<&str>, path: &KeyPath, scope: &Scope<'_>) -> Option<Number> {
    let end = |at: usize| {
        let text = scope.scalar(ends.get(at)?, &path.item(at))?;
        let number = Number::parse(&text, unit).or_else(|| plain(ends.get(at)?))?;
        (number.low == number.high).then_some(number)
    };
    (ends.len() == 2).then(|| Number::between(end(0)?, end(1)?)).flatten()
}

/// A number in a form that only the data language has, such as `0x10` and `1e6`.
fn plain(node: &Node) -> Option<Number> {
    match node {
        Node::Int(value) => Number::parse(&value.to_string(), None),
        Node::Float(value) => Number::parse(&value.to_string(), None),
        _ => None,
    }
}

impl Number {
    /// Reads `168000`, `168,000`, `~140`, `510k`, `1.5Gi`, `18–20`; `None` for
    /// any other text.
    pub fn parse(text: &str, unit: Option<&str>) -> Option<Self> {
        let text = text.trim();
        let (is_approximate, text) = match text.strip_prefix(['~', '≈', '∼']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let text = unit.and_then(|unit| text.strip_suffix(unit)).map_or(text, str::trim_end);
        let mut number = single(text).or_else(|| ends(text))?;
        if is_approximate {
            number.is_approximate = true;
            number.text.insert(0, '~');
        }
        Some(number)
    }

    fn between(low: Self, high: Self) -> Option<Self> {
        (low.low <= high.low).then(|| Self {
            low: low.low,
            high: high.high,
            step: low.step.max(high.step),
            is_approximate: low.is_approximate || high.is_approximate,
            text: format!("{}–{}", low.text, high.text),
        })
    }

    /// The middle, by which a range is set against others.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Whether there is no telling which is greater: ranges that overlap, or
    /// figures that are equal at the precision of the coarser.
    pub fn ties(&self, other: &Self) -> bool {
        if self.low <= other.high && other.low <= self.high {
            return true;
        }
        let step = self.step.max(other.step);
        let is_single = self.low == self.high && other.low == other.high;
        is_single && (self.low / step).round() == (other.low / step).round()
    }
}

/// `18–20` and `18-20`; the `k` of `18–20k` is meant for both.
fn ends(text: &str) -> Option<Number> {
    let at = text.char_indices().skip(1).find(|(_, c)| matches!(c, '–' | '-'))?;
    let (low, high) = (text[..at.0].trim(), text[at.0 + at.1.len_utf8()..].trim());
    let low = match (suffix(low).0, suffix(high).0) {
        ("", shared) => single(&format!("{low}{shared}")),
        _ => single(low),
    };
    Number::between(low?, single(high)?)
}

/// The suffix of a figure, if any, and its factor.
fn suffix(text: &str) -> (&'static str, f64) {
    let found = SUFFIXES.iter().find(|(suffix, _)| text.ends_with(suffix));
    found.copied().unwrap_or(("", 1.0))
}

fn single(text: &str) -> Option<Number> {
    let (suffix, factor) = suffix(text);
    let digits = text.strip_suffix(suffix)?.trim_end();
    let digits = ungrouped(digits)?;
    let amount = digits.parse::<f64>().ok()? * factor;
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let exponent = i32::try_from(decimals).ok().filter(|decimals| *decimals < 20)?;
    amount.is_finite().then(|| Number {
        low: amount,
        high: amount,
        step: 10f64.powi(-exponent) * factor,
        is_approximate: false,
        text: format!("{}{suffix}", grouped(&digits)),
    })
}

/// Digits with at most one point and a sign, thousands put together again;
/// `None` for anything else.
fn ungrouped(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['-', '+', '−']).unwrap_or(text);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split([',', '_', ' ', '\u{a0}', '\u{202f}', '\'']);
    let first = groups.next()?;
    let mut joined = first.to_owned();
    for group in groups {
        if !is_digits(group) || group.len() != 3 || first.len() > 3 {
            return None;
        }
        joined.push_str(group);
    }
    if !is_digits(first) || !is_digits(decimals) {
        return None;
    }
    let sign = if text.starts_with(['-', '−']) { "-" } else { "" };
    let point = if unsigned.contains('.') { format!(".{decimals}") } else { String::new() };
    Some(format!("{sign}{joined}{point}"))
}

/// Thousands apart from five digits on, as ISO 80000-1 has it.
pub(super) fn grouped(digits: &str) -> String {
    let (sign, unsigned) = match digits.strip_prefix('-') {
        Some(rest) => ("−", rest),
        None => ("", digits),
    };
    let whole = unsigned.split('.').next().unwrap_or(unsigned);
    if whole.len() < 5 {
        return format!("{sign}{unsigned}");
    }
    let mut out = String::from(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out + &unsigned[whole.len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(f64, f64, String)> {
        Number::parse(text, Some("ms")).map(|n| (n.low, n.high, n.text))
    }

    #[test]
    fn figures_are_read_as_people_write_them() {
        let one = |value: f64, text: &str| Some((value, value, text.to_owned()));
        assert_eq!(read("168000"), one(168_000.0, "168\u{202f}000"));
        assert_eq!(read("168,000"), one(168_000.0, "168\u{202f}000"));
        assert_eq!(read("1_680"), one(1680.0, "1680"));
        assert_eq!(read("~140"), one(140.0, "~140"));
        assert_eq!(read("510k"), one(510_000.0, "510k"));
        assert_eq!(read("1.5 Gi"), one(1_610_612_736.0, "1.5Gi"));
        assert_eq!(read("0.80 ms"), one(0.8, "0.80"));
        assert_eq!(read("-3"), one(-3.0, "−3"));
        assert_eq!(read("18–20"), Some((18.0, 20.0, "18–20".into())));
        assert_eq!(read("18k-20k"), Some((18e3, 20e3, "18k–20k".into())));
        assert_eq!(read("18-20k"), Some((18e3, 20e3, "18k–20k".into())));
        for text in [
            "", "n/a", "1.2.3", "1,2", "fast", "20-18", "1e999", "k", "12 34", "NaN", ".", ",000",
            "9e", "1-2-3",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn figures_that_can_not_be_told_apart_tie() {
        let ties = |a: &str, b: &str| {
            Number::parse(a, None).unwrap().ties(&Number::parse(b, None).unwrap())
        };
        assert!(ties("510k", "510200"));
        assert!(ties("1.80", "1.8"));
        assert!(ties("18-20", "19-25"));
        assert!(ties("18-20", "20"));
        assert!(!ties("18-20", "21"));
        assert!(!ties("1.81", "1.80"));
        assert!(!ties("510k", "511k"));
    }
}
