//! Where documents come from: a build reads each, the preview only those that
//! changed.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use xxhash_rust::xxh3::xxh3_64;

use crate::cache::{Cache, Ingredients, Key};
use crate::config::Config;
use crate::content::{self, Document, Rules};
use crate::diag::{Diagnostic, Lint, Place};
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

/// Reads content files. The same bytes under the same config are the same
/// source, whoever reads them.
pub trait Reader: Sync {
    /// A content file; `below` is its path in the content folder.
    fn read(&self, file: &SourceFile, below: &str, config: &Config) -> Arc<Source>;
}

/// Reads every file anew.
pub struct Anew<'a>(pub &'a dyn Files);

impl Reader for Anew<'_> {
    fn read(&self, file: &SourceFile, below: &str, config: &Config) -> Arc<Source> {
        let bytes =
            if is_too_large(file, config) { Ok(Vec::new()) } else { self.0.read(&file.path) };
        Arc::new(read(file, below, bytes, config))
    }
}

/// Reads what has changed since it was kept.
pub(super) struct Kept<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) cache: &'a Cache,
    /// The rules by which files are read, in short.
    pub(super) rules: OnceLock<u64>,
}

impl Reader for Kept<'_> {
    fn read(&self, file: &SourceFile, below: &str, config: &Config) -> Arc<Source> {
        if is_too_large(file, config) {
            return Anew(self.files).read(file, below, config);
        }
        let of_rules = || xxh3_64(format!("{:?}", Rules::from(config)).as_bytes());
        let rules = *self.rules.get_or_init(of_rules);
        let key = |hash| key(file, below, hash, rules);
        let kept = |hash| self.cache.get(key(hash)?);
        if let Some(source) = self.files.hash(file).and_then(kept) {
            return Arc::new(source);
        }
        let Ok(bytes) = self.files.read(&file.path) else {
            return Anew(self.files).read(file, below, config);
        };
        let hash = xxh3_64(&bytes);
        if let Some(source) = kept(hash) {
            return Arc::new(source);
        }
        let source = read(file, below, Ok(bytes), config);
        if let Some(key) = key(hash) {
            self.cache.put(key, &source);
        }
        Arc::new(source)
    }
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
