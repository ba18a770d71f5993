//! WebP files with a colour profile (RFC 9649, 2.7).

/// Flags of the extended header.
const PROFILE: u8 = 0x20;
const ALPHA: u8 = 0x10;

/// A WebP file with a profile in it. One of which the parts can't be told stays
/// as it is.
pub(super) fn with_profile(
    webp: Vec<u8>,
    profile: &[u8],
    size: (u32, u32),
    has_alpha: bool,
) -> Vec<u8> {
    let Some(chunks) = chunks(&webp) else { return webp };
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut header = [0; 10];
    header[0] = PROFILE | if has_alpha { ALPHA } else { 0 };
    header[4..7].copy_from_slice(&(size.0 - 1).to_le_bytes()[..3]);
    header[7..].copy_from_slice(&(size.1 - 1).to_le_bytes()[..3]);
    push(&mut out, *b"VP8X", &header);
    push(&mut out, *b"ICCP", profile);
    for (name, data) in chunks.into_iter().filter(|(name, _)| name != b"VP8X") {
        push(&mut out, name, data);
    }
    let length = u32::try_from(out.len() - 8).unwrap_or(u32::MAX);
    out[4..8].copy_from_slice(&length.to_le_bytes());
    out
}

fn push(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend(name);
    out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
}

/// The chunks of a file: name and data.
fn chunks(webp: &[u8]) -> Option<Vec<([u8; 4], &[u8])>> {
    let mut rest = webp.get(12..)?;
    let mut chunks = Vec::new();
    while !rest.is_empty() {
        let name = *rest.first_chunk()?;
        let length = u32::from_le_bytes(*rest.get(4..)?.first_chunk()?) as usize;
        chunks.push((name, rest.get(8..8 + length)?));
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
    }
    Some(chunks)
}
