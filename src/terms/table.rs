//! A hash table of the places of terms in a list.

/// The places of terms, by their hashes: the hash says where to look, and the list
/// of the terms whether it is there.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// As many as a power of two; less than half of them are taken.
    slots: Vec<u32>,
    taken: usize,
}

/// In a slot without a place.
const FREE: u32 = u32::MAX;

impl Table {
    /// A table for so many terms, and for more.
    pub(super) fn of(terms: usize) -> Self {
        Self { slots: vec![FREE; ((terms + 1) * 2).next_power_of_two()], taken: 0 }
    }

    /// The place of the term with this hash that `is_it`; or else the slot for it.
    #[inline]
    pub(super) fn find(&self, hash: u64, is_it: impl Fn(usize) -> bool) -> Result<usize, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        while let Some(place) = self.slots.get(slot).copied().filter(|place| *place != FREE) {
            if is_it(place as usize) {
                return Ok(place as usize);
            }
            slot = (slot + 1) & mask;
        }
        Err(slot)
    }

    /// Puts the next place into the slot that was found for it; `hash` tells those
    /// of the places before it and its own.
    #[inline]
    pub(super) fn push(&mut self, slot: usize, hash: impl Fn(usize) -> u64) {
        let place = self.taken;
        self.taken += 1;
        if self.taken * 2 < self.slots.len() {
            self.slots[slot] = place as u32;
        } else {
            self.grow(hash);
        }
    }

    fn grow(&mut self, hash: impl Fn(usize) -> u64) {
        let all = self.taken;
        *self = Self::of(all * 2);
        for place in 0..all {
            if let Err(slot) = self.find(hash(place), |_| false) {
                self.slots[slot] = place as u32;
            }
        }
        self.taken = all;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found_however_the_hashes_fall() {
        for shared in [1, 7, 1000] {
            let hash = |place: usize| (place % shared) as u64;
            let mut table = Table::default();
            for place in 0..300 {
                let slot = table.find(hash(place), |other| other == place).unwrap_err();
                table.push(slot, hash);
            }
            for place in 0..300 {
                assert_eq!(table.find(hash(place), |other| other == place), Ok(place));
            }
            assert!(table.find(5, |other| other == 300).is_err());
        }
    }
}
