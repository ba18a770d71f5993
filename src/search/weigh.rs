//! What a word counts for in a page: BM25F (Robertson, Zaragoza: The
//! Probabilistic Relevance Framework, 2009). Counts are weighted by field,
//! shortened by the field's length, and added before they saturate.

use crate::terms::{Counts, Field, steady};

/// The weights of title, head, body and code.
const WEIGHTS: [f64; Field::COUNT] = [8.0, 2.5, 1.0, 0.25];
/// How much a field's length counts against it. Titles differ little in length,
/// and a long text says more than a short one.
const LENGTHS: [f64; Field::COUNT] = [0.4, 0.5, 0.6, 0.6];
/// How late a count saturates.
const LATE: f64 = 1.6;

/// The words of each field of a page, counted.
pub(super) type Lengths = [u32; Field::COUNT];

/// What a word counts for that stands once in each field, by page.
pub(super) struct Measures(Vec<[f64; Field::COUNT]>);

impl Measures {
    pub(super) fn new(lengths: &[Lengths]) -> Self {
        let mut sums = [0_u64; Field::COUNT];
        for length in lengths {
            for (sum, length) in sums.iter_mut().zip(length) {
                *sum += u64::from(*length);
            }
        }
        let pages = lengths.len().max(1) as f64;
        let average = sums.map(|sum| f64::from(steady((sum as f64 / pages).max(1.0) as f32)));
        let once = lengths.iter().map(|length| {
            std::array::from_fn(|field| {
                let relative = f64::from(steady(length[field] as f32)) / average[field];
                let share = LENGTHS[field];
                WEIGHTS[field] / (1.0 - share + share * relative) / LATE
            })
        });
        Self(once.collect())
    }

    /// What a word counts for in a page, `w`; it adds `w / (1 + w)` of its
    /// rarity to the page's score.
    pub(super) fn count(&self, page: usize, counts: Counts) -> f64 {
        let once = &self.0[page];
        let in_field = |field: usize| f64::from(counts[field]) * once[field];
        in_field(0) + in_field(1) + in_field(2) + in_field(3)
    }
}
