//! The terms of one document by their numbers, in a few bytes each.

use std::array::from_fn;
use std::mem::take;
use std::ops::Range;

use super::bag::Counts;
use super::lexicon::TermId;
use super::packing::{pack, packed, read, unpack, write};

/// Writes a vector behind what is there: for each term, in the order of the
/// numbers, the distance to the one before it, LEB128, and its counts, packed.
pub(super) struct Writer<'b> {
    bytes: &'b mut Vec<u8>,
    before: TermId,
}

impl<'b> Writer<'b> {
    pub(super) fn new(bytes: &'b mut Vec<u8>) -> Self {
        Self { bytes, before: 0 }
    }

    /// Adds a term with a number above those before it, its counts packed.
    #[inline]
    pub(super) fn add(&mut self, id: TermId, counts: &[u8]) {
        write(self.bytes, id - self.before);
        self.before = id;
        match counts {
            [count] => self.bytes.push(*count),
            counts => self.bytes.extend_from_slice(counts),
        }
    }

    /// Adds terms of another vector.
    fn add_run(&mut self, bytes: &[u8], run: Run) {
        if let Some((first, last)) = run.ids {
            self.add(first, &bytes[run.place]);
            self.before = last;
        }
    }

    fn add_counts(&mut self, id: TermId, counts: Counts) {
        self.add(id, &[]);
        pack(self.bytes, counts);
    }
}

/// The terms of a vector.
pub(super) fn terms(mut bytes: &[u8]) -> impl Iterator<Item = (TermId, Counts)> {
    let mut id = 0;
    std::iter::from_fn(move || {
        id += read(&mut bytes)?;
        Some((id, unpack(&mut bytes)?))
    })
}

/// The same with the places of their counts.
fn places(bytes: &[u8]) -> impl Iterator<Item = (TermId, Range<usize>)> {
    let mut rest = bytes;
    let mut id = 0;
    std::iter::from_fn(move || {
        id += read(&mut rest)?;
        let start = bytes.len() - rest.len();
        let counts = packed(&mut rest)?;
        Some((id, start..start + counts.len()))
    })
}

/// Writes a vector again, with terms in the place of those that stand for them; no
/// two stand for the same. `found` is told of those, and whether the vector had
/// what each stands for.
pub(super) fn rename(
    bytes: &[u8],
    stands_for: &[TermId],
    out: &mut Vec<u8>,
    mut found: impl FnMut(TermId, bool),
) {
    let stays = |id: TermId| stands_for[id as usize] == id;
    let counts = |place: Range<usize>| unpack(&mut &bytes[place]).unwrap_or_default();
    let mut moved: Vec<(TermId, TermId, Counts)> = places(bytes)
        .filter(|(id, _)| !stays(*id))
        .map(|(id, place)| (stands_for[id as usize], id, counts(place)))
        .collect();
    moved.sort_unstable_by_key(|(to, ..)| *to);
    let mut moved = &moved[..];
    let mut out = Writer::new(out);
    let mut run = Run::default();
    for (id, place) in places(bytes) {
        while let [(to, from, counts), rest @ ..] = moved
            && *to < id
        {
            out.add_run(bytes, take(&mut run));
            out.add_counts(*to, *counts);
            found(*from, false);
            moved = rest;
        }
        if !stays(id) {
            out.add_run(bytes, take(&mut run));
        } else if let [(to, from, more), rest @ ..] = moved
            && *to == id
        {
            let own = counts(place);
            out.add_run(bytes, take(&mut run));
            out.add_counts(id, from_fn(|field| own[field].saturating_add(more[field])));
            found(*from, true);
            moved = rest;
        } else {
            run.extend(id, place);
        }
    }
    out.add_run(bytes, run);
    for (to, from, counts) in moved {
        out.add_counts(*to, *counts);
        found(*from, false);
    }
}

/// Terms of a vector that stay as they are, one behind the other.
#[derive(Default)]
struct Run {
    /// The first and the last.
    ids: Option<(TermId, TermId)>,
    /// From the counts of the first to those of the last.
    place: Range<usize>,
}

impl Run {
    #[inline]
    fn extend(&mut self, id: TermId, place: Range<usize>) {
        match &mut self.ids {
            Some((_, last)) => (*last, self.place.end) = (id, place.end),
            None => *self = Self { ids: Some((id, id)), place },
        }
    }
}
