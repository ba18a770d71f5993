//! The links that were looked up while a file was made: what tells later
//! whether they still lead where they did.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::Resolver;
use crate::markdown::Image;
use crate::path::SourcePath;
use crate::site::Site;

/// A link that was looked up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Lookup {
    /// The file it stands in.
    file: String,
    absolute: bool,
    elsewhere: bool,
    destination: String,
}

/// Links, as they are looked up.
#[derive(Debug, Default)]
pub struct Lookups(Mutex<BTreeSet<Lookup>>);

impl Lookups {
    pub(super) fn add(&self, resolver: &Resolver<'_>, destination: &str) {
        let lookup = Lookup {
            file: resolver.document.file.to_string(),
            absolute: resolver.absolute,
            elsewhere: resolver.elsewhere,
            destination: destination.to_owned(),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(lookup);
    }

    /// The links, each once.
    pub fn into_list(self) -> Vec<Lookup> {
        let links = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        links.into_iter().collect()
    }
}

impl Site {
    /// A hash of where links lead; `None` where one stands in a file that is not
    /// of the site any more.
    pub fn answers(&self, lookups: &[Lookup]) -> Option<u64> {
        let mut hash = Xxh3::new();
        for Lookup { file, absolute, elsewhere, destination } in lookups {
            let file = SourcePath::new(file);
            let (document, url) = match self.links.by_file.get(&file) {
                Some(page) => (&self.pages[*page].document, &self.pages[*page].url),
                None => {
                    let section = &self.sections[*self.links.sections_by_file.get(&file)?];
                    (section.document.as_ref()?, &section.url)
                }
            };
            let resolver = Resolver {
                absolute: *absolute,
                elsewhere: *elsewhere,
                ..Resolver::new(self, document, url)
            };
            let Image { url, size, offered, sizes: _ } = resolver.picture(destination);
            let (width, height) = size.unwrap_or_default();
            let mut add = |part: &[u8]| {
                hash.update(&part.len().to_le_bytes());
                hash.update(part);
            };
            for part in [url.as_bytes(), &width.to_le_bytes(), &height.to_le_bytes()] {
                add(part);
            }
            add(&offered.len().to_le_bytes());
            for (width, url) in &offered {
                add(&width.to_le_bytes());
                add(url.as_bytes());
            }
        }
        Some(hash.digest())
    }
}
