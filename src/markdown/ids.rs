//! Ids that no two things of a page share.

use std::collections::HashMap;

/// Ids of one page that are taken, with the next number to try for each.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashMap<String, usize>,
}

impl Ids {
    /// The id itself, or with the first free number; and whether it was taken.
    pub fn unique(&mut self, wanted: String) -> (String, bool) {
        if !self.taken.contains_key(&wanted) {
            self.taken.insert(wanted.clone(), 1);
            return (wanted, false);
        }
        let mut number = self.taken.get(&wanted).copied().unwrap_or(1);
        let mut id = format!("{wanted}-{number}");
        while self.taken.contains_key(&id) {
            number += 1;
            id = format!("{wanted}-{number}");
        }
        self.taken.insert(wanted, number + 1);
        self.taken.insert(id.clone(), 1);
        (id, true)
    }
}
