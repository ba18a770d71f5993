//! The cards of a page, in few bytes.

use super::{PageId, Parts, Reason, Related};
use crate::terms::{read_number, write_number};

/// The pages to read next after one, the best first. A site keeps them for each of
/// its pages, so they are packed: numbers are LEB128, and of the parts of a score
/// those that are not 0 stand behind a byte that says which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cards(Box<[u8]>);

impl Cards {
    /// Each with what speaks for it.
    pub fn iter(&self) -> impl Iterator<Item = Related> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || card(&mut rest))
    }
}

impl FromIterator<Related> for Cards {
    fn from_iter<I: IntoIterator<Item = Related>>(cards: I) -> Self {
        let mut bytes = Vec::new();
        for Related { page, parts, why } in cards {
            write_number(&mut bytes, page as u32);
            write_parts(&mut bytes, &parts);
            write_number(&mut bytes, why.len() as u32);
            why.iter().for_each(|reason| write_reason(&mut bytes, reason));
        }
        Self(bytes.into_boxed_slice())
    }
}

fn card(bytes: &mut &[u8]) -> Option<Related> {
    let page = read_number(bytes)? as PageId;
    let parts = parts(bytes)?;
    let count = read_number(bytes)?;
    let why = (0..count).map(|_| reason(bytes)).collect::<Option<_>>()?;
    Some(Related { page, parts, why })
}

fn write_parts(bytes: &mut Vec<u8>, parts: &Parts) {
    let all = parts.named().map(|(_, part)| part);
    let is_there = |at: &usize| all[*at] != 0.0;
    bytes.push((0..all.len()).filter(is_there).map(|at| 1 << at).sum());
    for at in (0..all.len()).filter(is_there) {
        bytes.extend(all[at].to_le_bytes());
    }
}

fn parts(bytes: &mut &[u8]) -> Option<Parts> {
    let (mask, rest) = bytes.split_first()?;
    *bytes = rest;
    let mut part = |at: usize| {
        if mask & 1 << at == 0 {
            return Some(0.0);
        }
        let (part, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        Some(f32::from_le_bytes(*part))
    };
    Some(Parts {
        text: part(0)?,
        subjects: part(1)?,
        keywords: part(2)?,
        tags: part(3)?,
        mentions: part(4)?,
        links: part(5)?,
    })
}

fn write_reason(bytes: &mut Vec<u8>, reason: &Reason) {
    let mut list = |kind: u8, numbers: &mut dyn ExactSizeIterator<Item = u32>| {
        bytes.push(kind);
        write_number(bytes, numbers.len() as u32);
        numbers.for_each(|number| write_number(bytes, number));
    };
    let number = |number: &usize| *number as u32;
    match reason {
        Reason::Subjects(subjects) => list(0, &mut subjects.iter().map(number)),
        Reason::Tags(tags) => list(1, &mut tags.iter().map(number)),
        Reason::Keywords(keywords) => list(2, &mut keywords.iter().map(number)),
        Reason::Terms(terms) => list(3, &mut terms.iter().copied()),
        Reason::Category(category) => list(4, &mut [*category as u32].into_iter()),
        Reason::Pinned => bytes.push(5),
        Reason::View => bytes.push(6),
        Reason::Named => bytes.push(7),
        Reason::Names => bytes.push(8),
        Reason::Neighbour => bytes.push(9),
    }
}

fn reason(bytes: &mut &[u8]) -> Option<Reason> {
    let (kind, rest) = bytes.split_first()?;
    *bytes = rest;
    let mut list = || -> Option<Vec<u32>> {
        let count = read_number(bytes)?;
        (0..count).map(|_| read_number(bytes)).collect()
    };
    let places = |list: Vec<u32>| list.into_iter().map(|number| number as usize).collect();
    Some(match kind {
        0 => Reason::Subjects(places(list()?)),
        1 => Reason::Tags(places(list()?)),
        2 => Reason::Keywords(places(list()?)),
        3 => Reason::Terms(list()?),
        4 => Reason::Category(*list()?.first()? as usize),
        5 => Reason::Pinned,
        6 => Reason::View,
        7 => Reason::Named,
        8 => Reason::Names,
        9 => Reason::Neighbour,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let text = Parts { text: 0.1, ..Parts::default() };
        let all =
            Parts { text: 0.1, subjects: 0.2, keywords: 0.3, tags: 0.4, mentions: 0.5, links: 0.6 };
        let reasons = [
            Reason::Pinned,
            Reason::View,
            Reason::Subjects(vec![0, 300]),
            Reason::Named,
            Reason::Names,
            Reason::Tags(vec![70_000]),
            Reason::Keywords(vec![1, 2, 3]),
            Reason::Terms(vec![128, 0, u32::MAX]),
            Reason::Category(127),
            Reason::Neighbour,
        ];
        let cards = [
            Related { page: 0, parts: Parts::default(), why: Vec::new() },
            Related { page: 99_999, parts: text, why: reasons[..3].to_vec() },
            Related { page: 128, parts: all, why: reasons.to_vec() },
        ];
        let packed: Cards = cards.iter().cloned().collect();
        assert_eq!(packed.iter().collect::<Vec<_>>(), cards);
        assert_eq!(Cards::default().iter().count(), 0);
    }

    #[test]
    fn bytes_that_end_early_give_no_card() {
        let why = vec![Reason::Terms(vec![300, 400])];
        let card = Related { page: 300, parts: Parts { text: 1.0, ..Parts::default() }, why };
        let Cards(bytes) = Cards::from_iter([card]);
        for end in 0..bytes.len() {
            assert_eq!(Cards(bytes[..end].into()).iter().count(), 0, "{end}");
        }
    }
}
