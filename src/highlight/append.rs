//! A list that grows while others read it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many blocks there are, each twice as long as the one before.
const BLOCKS: usize = 27;
/// The length of the first block.
const FIRST: usize = 32;

/// A list whose items stay where they are: reading takes no lock.
///
/// Items are added by one thread at a time; the caller holds a lock for that.
#[derive(Debug)]
pub(super) struct Appended<T> {
    blocks: [OnceLock<Box<[OnceLock<T>]>>; BLOCKS],
    len: AtomicUsize,
}

impl<T> Default for Appended<T> {
    fn default() -> Self {
        Self { blocks: [const { OnceLock::new() }; BLOCKS], len: AtomicUsize::new(0) }
    }
}

impl<T> Appended<T> {
    /// Adds an item, and says where.
    pub fn push(&self, item: T) -> u32 {
        let at = self.len.load(Ordering::Relaxed);
        let (block, within) = place(at);
        let slots = self.blocks[block]
            .get_or_init(|| (0..FIRST << block).map(|_| OnceLock::new()).collect());
        let _ = slots[within].set(item);
        self.len.store(at + 1, Ordering::Release);
        at as u32
    }

    pub fn len(&self) -> usize {
        self.len.load(Ordering::Acquire)
    }

    pub fn get(&self, at: u32) -> Option<&T> {
        let (block, within) = place(at as usize);
        self.blocks[block].get()?.get(within)?.get()
    }
}

fn place(at: usize) -> (usize, usize) {
    let block = (at / FIRST + 1).ilog2() as usize;
    (block, at - FIRST * ((1 << block) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stay_where_they_were_put() {
        let list = Appended::default();
        for item in 0..1_000_u32 {
            assert_eq!(list.push(item), item);
        }
        assert_eq!(list.len(), 1_000);
        assert!((0..1_000).all(|at| list.get(at) == Some(&at)));
        assert_eq!(list.get(1_000), None);
    }
}
