//! One file of records, found by key.
//!
//! ```text
//! header   72 bytes: magic, stamp and hash of the program, where the index is,
//!          its length and hash, a hash of the header itself
//! records  one after another
//! index    40 bytes a record, by key: key, place, length, age, hash
//! ```
//!
//! Numbers are little-endian. Records are appended behind the index, then comes
//! a new index, then the header is written over: a run that is killed before
//! leaves the old header, which still names the old index. Nothing is synced to
//! disk: what a lost page of memory leaves has no valid hash. When more than
//! half of the file is dead, it is written anew.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use super::program::{Mark, Program};

const MAGIC: &[u8; 24] = b"versus cache, version 1\n";
const HEADER: usize = 72;
const ENTRY: usize = 40;

/// So many saves in a row a record is kept though no run asks for it.
const PATIENCE: u32 = 8;
/// So much of a file may be dead, however little is alive, in bytes.
const SLACK: u64 = 1 << 20;
/// Records are written in pieces of at least so many bytes.
const BUFFER: usize = 1 << 20;

/// A file of records.
#[derive(Debug)]
pub(super) struct Pack {
    path: PathBuf,
    program: Mark,
    file: File,
    /// What earlier runs left, by key.
    index: Vec<Entry>,
    used: Vec<AtomicBool>,
    added: Mutex<Added>,
}

/// What this run puts.
#[derive(Debug)]
struct Added {
    entries: Vec<Entry>,
    /// Where the next record goes; the buffer is not written yet.
    end: u64,
    buffer: Vec<u8>,
    /// Whether writing failed: then nothing of this run is kept.
    failed: Option<io::Error>,
}

/// A record's line in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    key: u128,
    at: u64,
    length: u32,
    /// How many saves ago a run asked for it.
    age: u32,
    hash: u64,
}

impl Entry {
    fn bytes(&self) -> [u8; ENTRY] {
        let mut bytes = [0; ENTRY];
        bytes[..16].copy_from_slice(&self.key.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.at.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.length.to_le_bytes());
        bytes[28..32].copy_from_slice(&self.age.to_le_bytes());
        bytes[32..].copy_from_slice(&self.hash.to_le_bytes());
        bytes
    }

    fn read(bytes: &[u8; ENTRY]) -> Self {
        let (key, rest) = bytes.split_at(16);
        let number = |at: usize| number(&rest[at..]);
        Self {
            key: u128::from(self::number(&key[8..])) << 64 | u128::from(self::number(key)),
            at: number(0),
            length: (number(8) & 0xffff_ffff) as u32,
            age: (number(8) >> 32) as u32,
            hash: number(16),
        }
    }
}

/// The first eight bytes as a number; fewer are none.
fn number(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

fn header(program: Mark, index: &[u8], at: u64) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..24].copy_from_slice(MAGIC);
    let Mark { stamp, hash } = program;
    let numbers = [stamp, hash, at, index.len() as u64, xxh3_64(index)];
    for (place, number) in header[24..64].chunks_exact_mut(8).zip(numbers) {
        place.copy_from_slice(&number.to_le_bytes());
    }
    let hash = xxh3_64(&header[..64]);
    header[64..].copy_from_slice(&hash.to_le_bytes());
    header
}

impl Pack {
    /// Opens a file, or makes it.
    pub(super) fn open(path: &Path, program: &Program) -> io::Result<Self> {
        let file =
            File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        // Two builds at once: the second goes without.
        file.try_lock()?;
        let index = read_index(&file, program).unwrap_or_default();
        let program = program.mark().ok_or(io::ErrorKind::NotFound)?;
        let end = if index.is_empty() { HEADER as u64 } else { file.metadata()?.len() };
        let used = index.iter().map(|_| AtomicBool::new(false)).collect();
        let added = Added { entries: Vec::new(), end, buffer: Vec::new(), failed: None };
        Ok(Self { path: path.to_owned(), program, file, index, used, added: Mutex::new(added) })
    }

    pub(super) fn get(&self, key: u128) -> Option<Vec<u8>> {
        let place = self.index.binary_search_by_key(&key, |entry| entry.key).ok()?;
        let bytes = read(&self.file, &self.index[place])?;
        self.used[place].store(true, Ordering::Relaxed);
        Some(bytes)
    }

    /// Counts a record as asked for.
    pub(super) fn touch(&self, key: u128) {
        if let Ok(place) = self.index.binary_search_by_key(&key, |entry| entry.key) {
            self.used[place].store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn put(&self, key: u128, bytes: &[u8]) {
        let Ok(length) = u32::try_from(bytes.len()) else { return };
        let hash = xxh3_64(bytes);
        let mut added = self.added();
        let at = added.end + added.buffer.len() as u64;
        added.entries.push(Entry { key, at, length, age: 0, hash });
        added.buffer.extend_from_slice(bytes);
        if added.buffer.len() >= BUFFER {
            self.flush(&mut added);
        }
    }

    fn flush(&self, added: &mut Added) {
        if added.failed.is_none() {
            added.failed = write_at(&self.file, &added.buffer, added.end).err();
        }
        added.end += added.buffer.len() as u64;
        added.buffer.clear();
    }

    fn added(&self) -> MutexGuard<'_, Added> {
        self.added.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down what was put; what was not asked for `ages`, or not.
    pub(super) fn save(self, ages: bool) -> io::Result<()> {
        let mut added = self.added();
        if added.entries.is_empty() {
            return Ok(());
        }
        self.flush(&mut added);
        if let Some(error) = added.failed.take() {
            return Err(error);
        }
        let entries = self.kept(&added.entries, ages);
        let end = added.end;
        drop(added);
        let live: u64 = entries.iter().map(|entry| u64::from(entry.length)).sum();
        if end > 2 * live + SLACK {
            return self.compact(entries);
        }
        finish(&self.file, self.program, &entries, end)
    }

    /// The entries to keep, by key; what was put last counts.
    fn kept(&self, added: &[Entry], ages: bool) -> Vec<Entry> {
        let old = self.index.iter().zip(&self.used).map(|(entry, used)| {
            let is_used = used.load(Ordering::Relaxed);
            let age = if is_used { 0 } else { entry.age + u32::from(ages) };
            Entry { age, ..*entry }
        });
        let mut entries: Vec<Entry> = old.filter(|entry| entry.age <= PATIENCE).collect();
        entries.extend(added);
        entries.sort_by(|a, b| a.key.cmp(&b.key).then(b.at.cmp(&a.at)));
        entries.dedup_by_key(|entry| entry.key);
        entries
    }

    /// Writes a file of the living records alone.
    fn compact(&self, mut entries: Vec<Entry>) -> io::Result<()> {
        let path = self.path.with_extension("new");
        let file = File::create(&path)?;
        let mut out = io::BufWriter::with_capacity(BUFFER, &file);
        out.seek(SeekFrom::Start(HEADER as u64))?;
        let mut end = HEADER as u64;
        entries.sort_by_key(|entry| entry.at);
        let mut moved = Vec::with_capacity(entries.len());
        for entry in entries {
            if let Some(bytes) = read(&self.file, &entry) {
                out.write_all(&bytes)?;
                moved.push(Entry { at: end, ..entry });
                end += bytes.len() as u64;
            }
        }
        out.flush()?;
        drop(out);
        moved.sort_by_key(|entry| entry.key);
        finish(&file, self.program, &moved, end)?;
        fs::rename(path, &self.path)
    }
}

/// Writes the index behind the records, and the header that names it.
fn finish(file: &File, program: Mark, entries: &[Entry], end: u64) -> io::Result<()> {
    let index: Vec<u8> = entries.iter().flat_map(Entry::bytes).collect();
    write_at(file, &index, end)?;
    file.set_len(end + index.len() as u64)?;
    write_at(file, &header(program, &index, end), 0)
}

fn read_index(file: &File, program: &Program) -> Option<Vec<Entry>> {
    let found = read_at(file, 0, HEADER).ok()?;
    if number(&found[64..]) != xxh3_64(&found[..64]) {
        return None;
    }
    let [stamp, hash, at, length] = [24, 32, 40, 48].map(|place| number(&found[place..]));
    let mark = Mark { stamp, hash };
    if at.checked_add(length)? > file.metadata().ok()?.len() || !program.is(mark) {
        return None;
    }
    let index = read_at(file, at, usize::try_from(length).ok()?).ok()?;
    if found != header(mark, &index, at) {
        return None;
    }
    let (entries, _) = index.as_chunks();
    Some(entries.iter().map(Entry::read).collect())
}

/// A record, unless it is damaged.
fn read(file: &File, entry: &Entry) -> Option<Vec<u8>> {
    let bytes = read_at(file, entry.at, entry.length as usize).ok()?;
    (xxh3_64(&bytes) == entry.hash).then_some(bytes)
}

#[cfg(unix)]
fn read_at(file: &File, at: u64, length: usize) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt as _;
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, at)?;
    Ok(bytes)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    use std::os::unix::fs::FileExt as _;
    file.write_all_at(bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, at: u64, length: usize) -> io::Result<Vec<u8>> {
    use std::os::windows::fs::FileExt as _;
    let mut bytes = vec![0; length];
    let mut done = 0;
    while done < length {
        match file.seek_read(&mut bytes[done..], at + done as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => done += n,
        }
    }
    Ok(bytes)
}

#[cfg(windows)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt as _;
    let mut done = 0;
    while done < bytes.len() {
        done += file.seek_write(&bytes[done..], at + done as u64)?;
    }
    Ok(())
}
