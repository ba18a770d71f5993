//! Files too large to be held: films and downloads go from disk to socket.

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use http_body_util::channel::Sender;
use hyper::body::Bytes;

/// A file of more bytes than this is not held.
const HELD: u64 = 8 << 20;
/// So much is read at once.
const PIECE: u64 = 64 << 10;

/// A large file as it is on disk now.
#[derive(Debug)]
pub(super) struct Large {
    file: File,
    pub(super) length: usize,
    /// Another file, or another state of it, has another.
    pub(super) tag: String,
}

impl Large {
    /// Opens a file, if it is one that is not to be held.
    pub(super) fn open(path: &Path) -> Option<Self> {
        let file = File::open(path).ok()?;
        let metadata = file.metadata().ok()?;
        if !metadata.is_file() || metadata.len() <= HELD {
            return None;
        }
        let time = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        let tag = format!("\"{:x}-{:x}\"", metadata.len(), time.as_nanos());
        Some(Self { file, length: usize::try_from(metadata.len()).ok()?, tag })
    }

    /// Sends a part of the file, as fast as it is taken. If the file has become
    /// shorter, the answer ends before its length, which tells the other side.
    pub(super) async fn send(self, part: Range<usize>, mut to: Sender<Bytes, Infallible>) {
        let mut rest = part.start as u64..part.end as u64;
        let mut file = self.file;
        while !rest.is_empty() {
            let piece = rest.start..rest.end.min(rest.start + PIECE);
            rest.start = piece.end;
            let read = tokio::task::spawn_blocking(move || {
                let bytes = read(&mut file, piece);
                (file, bytes)
            });
            let Ok((same, Ok(bytes))) = read.await else { return };
            file = same;
            if to.send_data(bytes.into()).await.is_err() {
                return;
            }
        }
    }
}

fn read(file: &mut File, piece: Range<u64>) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; (piece.end - piece.start) as usize];
    file.seek(SeekFrom::Start(piece.start))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
