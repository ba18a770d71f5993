//! Where documents come from: a build reads each, the preview only those that
//! changed.

use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use xxhash_rust::xxh3::xxh3_64;

use crate::cache::{Cache, Ingredients, Key};
use crate::config::Config;
use crate::content::{self, Document, Rules};
use crate::diag::{Diagnostic, Lint, Place};
use crate::pictures::{self, Flaw, Picture};
use crate::source::{Files, SourceFile};
use crate::terms::Bag;

/// A content file as the first pass leaves it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Source {
    /// What it is to the site.
    pub document: Arc<Document>,
    /// Its words.
    pub bag: Bag,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

/// Reads content files and pictures. The same bytes under the same config are the
/// same source, whoever reads them.
pub trait Reader: Sync {
    /// A content file; `below` is its path in the content folder.
    fn read(&self, file: &SourceFile, below: &str, config: &Config) -> Arc<Source>;

    /// A picture, or what is wrong with it; nothing, if it can't be read.
    fn picture(&self, file: &SourceFile) -> Option<Result<Picture, Flaw>>;
}

/// Looks at a picture in a file.
pub fn inspect(files: &dyn Files, file: &SourceFile) -> Option<Result<Picture, Flaw>> {
    pictures::inspect(file.path.extension()?, &files.read(&file.path).ok()?)
}

/// Reads every file anew.
pub struct Anew<'a>(pub &'a dyn Files);

impl Reader for Anew<'_> {
    fn read(&self, file: &SourceFile, below: &str, config: &Config) -> Arc<Source> {
        let bytes =
            if is_too_large(file, config) { Ok(Vec::new()) } else { self.0.read(&file.path) };
        Arc::new(read(file, below, bytes, config))
    }

    fn picture(&self, file: &SourceFile) -> Option<Result<Picture, Flaw>> {
        inspect(self.0, file)
    }
}

/// Reads what has changed since it was kept.
pub(super) struct Kept<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) shelf: Shelf<'a>,
}

impl Reader for Kept<'_> {
    fn read(&self, file: &SourceFile, below: &str, config: &Config) -> Arc<Source> {
        if is_too_large(file, config) {
            return Anew(self.files).read(file, below, config);
        }
        let kept = |hash| self.shelf.get(file, below, hash, config);
        if let Some(source) = self.files.hash(file).and_then(kept) {
            return Arc::new(source);
        }
        match self.files.read(&file.path) {
            Ok(bytes) => Arc::new(self.shelf.read(file, below, bytes, config)),
            Err(error) => Arc::new(read(file, below, Err(error), config)),
        }
    }

    fn picture(&self, file: &SourceFile) -> Option<Result<Picture, Flaw>> {
        // What its bytes come to is found by a hash of them: of those that were read
        // before, without reading.
        let extension = file.path.extension()?;
        let kept = |hash| self.shelf.cache.get(picture_key(extension, hash)?);
        if let Some(found) = self.files.hash(file).and_then(kept) {
            return found;
        }
        self.shelf.picture(extension, &self.files.read(&file.path).ok()?)
    }
}

/// Sources in a cache, by what they are made of.
pub struct Shelf<'a> {
    cache: &'a Cache,
    /// The rules by which files are read, in short.
    rules: OnceLock<u64>,
}

impl<'a> Shelf<'a> {
    /// The sources in a cache, for a run with one config.
    pub fn new(cache: &'a Cache) -> Self {
        Self { cache, rules: OnceLock::new() }
    }

    /// What a file of these bytes is, which an earlier run may have read.
    pub fn read(&self, file: &SourceFile, below: &str, bytes: Vec<u8>, config: &Config) -> Source {
        let key = self.key(file, below, xxh3_64(&bytes), config);
        self.kept_or(key, || read(file, below, Ok(bytes), config))
    }

    /// What these bytes are as a picture; nothing, if their name promises none.
    fn picture(&self, extension: &str, bytes: &[u8]) -> Option<Result<Picture, Flaw>> {
        let key = picture_key(extension, xxh3_64(bytes));
        self.kept_or(key, || pictures::inspect(extension, bytes))
    }

    /// What is kept under a key, or else made and kept.
    fn kept_or<T: Serialize + DeserializeOwned>(
        &self,
        key: Option<Key>,
        make: impl FnOnce() -> T,
    ) -> T {
        let kept = key.and_then(|key| self.cache.get(key));
        kept.unwrap_or_else(|| {
            let made = make();
            if let Some(key) = key {
                self.cache.put(key, &made);
            }
            made
        })
    }

    fn get(&self, file: &SourceFile, below: &str, hash: u64, config: &Config) -> Option<Source> {
        self.cache.get(self.key(file, below, hash, config)?)
    }

    fn key(&self, file: &SourceFile, below: &str, hash: u64, config: &Config) -> Option<Key> {
        let of_rules = || xxh3_64(format!("{:?}", Rules::from(config)).as_bytes());
        let rules = *self.rules.get_or_init(of_rules);
        self.cache.is_on().then(|| key(file, below, hash, rules)).flatten()
    }
}

/// What is known of a picture depends on its bytes and on what it is called.
fn picture_key(extension: &str, hash: u64) -> Option<Key> {
    let mut parts = Ingredients::of("inspected");
    parts.add(extension.as_bytes());
    parts.add(&hash.to_le_bytes());
    parts.key()
}

/// What a document is made of.
fn key(file: &SourceFile, below: &str, hash: u64, rules: u64) -> Option<Key> {
    let mut parts = Ingredients::of("document");
    for part in [file.path.as_str(), below] {
        parts.add(part.as_bytes());
    }
    for part in [hash, rules] {
        parts.add(&part.to_le_bytes());
    }
    parts.key()
}

/// Whether a file is not to be read.
pub fn is_too_large(file: &SourceFile, config: &Config) -> bool {
    file.size > config.max_file_size
}

/// Makes a source of what reading a file came to. One that can't be read is a
/// broken document.
pub fn read(
    file: &SourceFile,
    below: &str,
    bytes: std::io::Result<Vec<u8>>,
    config: &Config,
) -> Source {
    let failed = |lint, message: String, help: &str| {
        let mut document = content::read(&file.path, below, &[], config.into()).value.0;
        document.is_broken = true;
        let problem = Diagnostic::new(lint, message).at(Place::file(&file.path)).help(help);
        Source { document: Arc::new(document), bag: Bag::default(), problems: vec![problem] }
    };
    if is_too_large(file, config) {
        let limit = config.max_file_size;
        let message = format!("a file of {} bytes, over the limit of {limit}", file.size);
        let help = "split it, or raise `max_file_size` in `versus.yaml`";
        return failed(Lint::FileTooLarge, message, help);
    }
    match bytes {
        Ok(bytes) => {
            let mut problems = Vec::new();
            let (document, bag) =
                content::read(&file.path, below, &bytes, config.into()).unpack(&mut problems);
            Source { document: Arc::new(document), bag, problems }
        }
        Err(error) => {
            let message = format!("`{}` can't be read: {error}", file.path);
            failed(Lint::FileUnreadable, message, "check its permissions")
        }
    }
}
