//! Who is ahead on a metric, and by how much: computed, never typed.

use super::benchmark::{Better, Metric};
use super::number::{Number, grouped};

/// What the figures of a metric say.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Nothing: fewer than two figures, or no word on which is better.
    Open,
    /// These, by their places, can't be told apart at the front.
    Tie(Vec<usize>),
    /// One is ahead.
    Lead {
        /// Its place.
        subject: usize,
        /// How it stands to the next best.
        ratio: Option<Ratio>,
    },
}

/// How many times as good one figure is as another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// At least 1.
    pub times: f64,
    /// Whether a figure it is made of is approximate or a range.
    pub is_approximate: bool,
}

impl Ratio {
    /// Of the better figure to the worse; `None` where they have no ratio, or one
    /// that is nearer to 1 than is said.
    pub fn of(a: &Number, b: &Number) -> Option<Self> {
        let (low, high) = (a.middle().min(b.middle()), a.middle().max(b.middle()));
        let is_vague = |number: &Number| number.is_approximate || number.low < number.high;
        let is_approximate = is_vague(a) || is_vague(b);
        let times = high / low;
        let is_ratio = a.low >= 0.0 && b.low >= 0.0 && times.is_finite() && times >= 1.005;
        is_ratio.then_some(Self { times, is_approximate })
    }

    /// `3.0×`, `14×`, `1.04×`; `≈` before what is approximate.
    pub fn text(self) -> String {
        let times = self.times;
        let digits = match times {
            ..1.095 => 2,
            ..9.95 => 1,
            _ => 0,
        };
        let about = if self.is_approximate { "≈" } else { "" };
        format!("{about}{}×", grouped(&format!("{times:.digits$}")))
    }
}

/// The outcome of a metric.
pub fn outcome(metric: &Metric) -> Outcome {
    let Some(better) = metric.better else { return Outcome::Open };
    let mut ranked: Vec<(usize, &Number)> = metric
        .values
        .iter()
        .enumerate()
        .filter_map(|(subject, value)| Some((subject, value.number()?)))
        .collect();
    ranked.sort_by(|(_, a), (_, b)| match better {
        Better::Higher => b.middle().total_cmp(&a.middle()),
        Better::Lower => a.middle().total_cmp(&b.middle()),
    });
    let [(first, best), second, ..] = ranked.as_slice() else { return Outcome::Open };
    let front: Vec<usize> = ranked
        .iter()
        .filter(|(subject, number)| subject == first || number.ties(best))
        .map(|(subject, _)| *subject)
        .collect();
    if front.len() > 1 {
        let mut front = front;
        front.sort_unstable();
        return Outcome::Tie(front);
    }
    Outcome::Lead { subject: *first, ratio: Ratio::of(best, second.1) }
}

#[cfg(test)]
mod tests {
    use super::super::Value;
    use super::*;

    fn of(better: Better, values: &[&str]) -> Outcome {
        let values = values
            .iter()
            .map(|text| match Number::parse(text, None) {
                Some(number) => Value::Number(number),
                None if text.is_empty() => Value::NotMeasured,
                None => Value::Text((*text).to_owned()),
            })
            .collect();
        outcome(&Metric { better: Some(better), values, ..Metric::default() })
    }

    fn lead(outcome: &Outcome) -> Option<(usize, String)> {
        match outcome {
            Outcome::Lead { subject, ratio } => {
                Some((*subject, ratio.map(Ratio::text).unwrap_or_default()))
            }
            _ => None,
        }
    }

    #[test]
    fn the_better_figure_leads_by_its_ratio() {
        assert_eq!(lead(&of(Better::Higher, &["510k", "168k"])), Some((0, "3.0×".into())));
        assert_eq!(lead(&of(Better::Lower, &["28", "1.9"])), Some((1, "15×".into())));
        assert_eq!(lead(&of(Better::Lower, &["100", "96"])), Some((1, "1.04×".into())));
        assert_eq!(lead(&of(Better::Higher, &["~30", "10-14"])), Some((0, "≈2.5×".into())));
        assert_eq!(lead(&of(Better::Lower, &["0", "4"])), Some((0, String::new())));
        assert_eq!(lead(&of(Better::Lower, &["1001", "1000"])), Some((1, String::new())));
        assert_eq!(lead(&of(Better::Lower, &["0.00", "0.40"])), Some((0, String::new())));
        assert_eq!(lead(&of(Better::Lower, &["30", "-5-15"])), Some((1, String::new())));
        assert_eq!(lead(&of(Better::Lower, &["1", "54321"])), Some((0, "54\u{202f}321×".into())));
        let (tiny, huge) = (format!("0.{}1", "0".repeat(18)), "9".repeat(300));
        assert_eq!(lead(&of(Better::Lower, &[&tiny, &huge])), Some((0, String::new())));
        assert_eq!(lead(&of(Better::Higher, &["5", "8", "4"])), Some((1, "1.6×".into())));
    }

    #[test]
    fn what_was_not_measured_never_wins() {
        assert_eq!(of(Better::Lower, &["", "4"]), Outcome::Open);
        assert_eq!(of(Better::Lower, &["unknown", "4"]), Outcome::Open);
        assert_eq!(lead(&of(Better::Lower, &["", "4", "8"])), Some((1, "2.0×".into())));
    }

    #[test]
    fn a_front_that_can_not_be_told_apart_ties() {
        assert_eq!(of(Better::Higher, &["18-20", "10", "19"]), Outcome::Tie(vec![0, 2]));
        assert_eq!(of(Better::Lower, &["7.0", "7"]), Outcome::Tie(vec![0, 1]));
    }
}
