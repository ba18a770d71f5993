//! How much is decoded at a time.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// So many bytes of pixels are held at a time, however many threads there are; of
/// a picture that has more, it alone.
const ROOM: u64 = 512 << 20;

static GATE: Gate = Gate { held: Mutex::new(0), freed: Condvar::new() };

struct Gate {
    held: Mutex<u64>,
    freed: Condvar,
}

/// Leave to hold so many bytes, until it is dropped.
pub(super) struct Pass(u64);

/// Waits until there is room.
pub(super) fn enter(bytes: u64) -> Pass {
    let is_full = |held: &mut u64| *held > 0 && *held + bytes > ROOM;
    let held = GATE.freed.wait_while(GATE.held(), is_full);
    *held.unwrap_or_else(PoisonError::into_inner) += bytes;
    Pass(bytes)
}

impl Gate {
    fn held(&self) -> MutexGuard<'_, u64> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        *GATE.held() -= self.0;
        GATE.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn what_is_held_at_a_time_is_bounded_and_everyone_gets_in() {
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        let hold = |bytes: u64| {
            let _pass = enter(bytes);
            let held = bytes + now.fetch_add(bytes, Ordering::SeqCst);
            most.fetch_max(held, Ordering::SeqCst);
            thread::yield_now();
            now.fetch_sub(bytes, Ordering::SeqCst);
        };
        thread::scope(|scope| {
            for at in 0..16 {
                let hold = &hold;
                scope.spawn(move || (0..20).for_each(|_| hold(ROOM / (2 + at % 4))));
            }
            scope.spawn(|| hold(3 * ROOM));
        });
        assert!([ROOM, 3 * ROOM].contains(&most.load(Ordering::SeqCst).max(ROOM)));
        assert_eq!(*GATE.held(), 0);
    }
}
