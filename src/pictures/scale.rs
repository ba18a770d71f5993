//! Makes pictures smaller.
//!
//! Each pixel is a weighted mean of those round its place, by Catmull and Rom's
//! spline: first along the rows, then along the columns. All of it is arithmetic
//! of whole numbers but for the weights, and these need nothing that machines do
//! differently. See-through pixels weigh as much as is seen of them, so that no
//! colour of what can't be seen shows at an edge.

/// Rows of pixels, of three channels or, with transparency, four.
pub(super) struct Pixels {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) channels: usize,
    pub(super) data: Vec<u8>,
}

/// Weights are fractions of this.
const ONE: i32 = 1 << SHIFT;
const SHIFT: u32 = 14;
/// How far the spline reaches, in pixels of the smaller picture.
const REACH: f64 = 2.0;

/// Makes a picture smaller, or leaves it as it is.
pub(super) fn scale(source: &Pixels, width: usize, height: usize) -> Pixels {
    let Pixels { channels, .. } = *source;
    if (width, height) == (source.width, source.height) {
        return Pixels { width, height, channels, data: source.data.clone() };
    }
    let mut data = match channels {
        4 => columns(&rows::<4>(source, width), width * 4, &weights(source.height, height)),
        _ => columns(&rows::<3>(source, width), width * 3, &weights(source.height, height)),
    };
    if channels == 4 {
        data.as_chunks_mut().0.iter_mut().for_each(undim);
    }
    Pixels { width, height, channels, data }
}

/// The pixels that one is made of: where they begin, and how much each counts.
struct Weights {
    start: usize,
    parts: Vec<i32>,
}

fn weights(from: usize, to: usize) -> Vec<Weights> {
    let step = from as f64 / to as f64;
    // Of a picture that is not made smaller this way, each pixel is its own.
    let reach = REACH * step.max(1.0);
    let of = |place: usize| {
        let centre = (place as f64 + 0.5) * step;
        let start = (centre - reach).max(0.0) as usize;
        let end = ((centre + reach).ceil() as usize).min(from);
        let spread = |at: usize| spline((at as f64 + 0.5 - centre) / step.max(1.0));
        let parts: Vec<f64> = (start..end).map(spread).collect();
        let whole: f64 = parts.iter().sum();
        let mut parts: Vec<i32> =
            parts.iter().map(|part| (part / whole * f64::from(ONE)).round() as i32).collect();
        // What rounding took goes to the middle, so that a plain area stays plain.
        let lost = ONE - parts.iter().sum::<i32>();
        let middle = parts.len() / 2;
        if let Some(part) = parts.get_mut(middle) {
            *part += lost;
        }
        Weights { start, parts }
    };
    (0..to).map(of).collect()
}

/// Catmull and Rom's spline.
fn spline(x: f64) -> f64 {
    let x = x.abs();
    match x {
        x if x < 1.0 => (1.5 * x - 2.5) * x * x + 1.0,
        x if x < 2.0 => ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0,
        _ => 0.0,
    }
}

/// Makes every row shorter.
fn rows<const N: usize>(source: &Pixels, width: usize) -> Vec<u8> {
    let weights = weights(source.width, width);
    let mut out = vec![0; width * source.height * N];
    let mut row = Vec::with_capacity(source.width);
    let from = source.data.chunks_exact(source.width * N);
    for (from, to) in from.zip(out.chunks_exact_mut(width * N)) {
        row.clear();
        row.extend_from_slice(from.as_chunks::<N>().0);
        if N == 4 {
            row.iter_mut().for_each(dim);
        }
        for (pixel, Weights { start, parts }) in to.as_chunks_mut::<N>().0.iter_mut().zip(&weights)
        {
            let mut sums = [ONE / 2; N];
            for (from, part) in row[*start..].iter().zip(parts) {
                for (sum, channel) in sums.iter_mut().zip(from) {
                    *sum += i32::from(*channel) * part;
                }
            }
            *pixel = sums.map(rounded);
        }
    }
    out
}

/// Makes every column shorter; `row` is how long a row is.
fn columns(from: &[u8], row: usize, weights: &[Weights]) -> Vec<u8> {
    let mut out = Vec::with_capacity(weights.len() * row);
    let mut sums = vec![0; row];
    for Weights { start, parts } in weights {
        sums.fill(ONE / 2);
        for (from, part) in from[start * row..].chunks_exact(row).zip(parts) {
            for (sum, channel) in sums.iter_mut().zip(from) {
                *sum += i32::from(*channel) * part;
            }
        }
        out.extend(sums.iter().copied().map(rounded));
    }
    out
}

fn rounded(sum: i32) -> u8 {
    (sum >> SHIFT).clamp(0, 255) as u8
}

/// As much of each colour as is seen.
fn dim<const N: usize>(pixel: &mut [u8; N]) {
    let (colours, alpha) = pixel.split_at_mut(3);
    let alpha = u32::from(alpha[0]);
    for colour in colours {
        *colour = ((u32::from(*colour) * alpha + 127) / 255) as u8;
    }
}

/// The colours of which so much is seen.
fn undim(pixel: &mut [u8; 4]) {
    let alpha = u32::from(pixel[3]);
    for colour in &mut pixel[..3] {
        let whole = (u32::from(*colour) * 255 + alpha / 2).checked_div(alpha);
        *colour = whole.unwrap_or_default().min(255) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(width: usize, height: usize, pixel: &[u8]) -> Pixels {
        let data = pixel.repeat(width * height);
        Pixels { width, height, channels: pixel.len(), data }
    }

    #[test]
    fn a_plain_area_stays_plain_at_any_size() {
        for (width, height) in [(1, 1), (7, 3), (99, 50), (100, 31), (13, 80)] {
            for pixel in [&[255, 0, 17][..], &[1, 2, 3, 255], &[200, 100, 50, 128]] {
                let small = scale(&plain(100, 80, pixel), width, height);
                assert_eq!(small.data.len(), width * height * pixel.len());
                for found in small.data.chunks(pixel.len()) {
                    let far = found.iter().zip(pixel).map(|(a, b)| a.abs_diff(*b)).max();
                    assert!(far <= Some(1), "{found:?} of {pixel:?} at {width}×{height}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_seen_does_not_colour_an_edge() {
        let mut picture = plain(40, 1, &[0, 0, 0, 0]);
        for (at, pixel) in picture.data.chunks_exact_mut(4).enumerate() {
            // Bright green nobody sees, beside red.
            pixel.copy_from_slice(if at < 20 { &[0, 255, 0, 0] } else { &[255, 0, 0, 255] });
        }
        let small = scale(&picture, 7, 1);
        for pixel in small.data.chunks_exact(4) {
            assert!(pixel[1] == 0, "green shows: {pixel:?}");
            assert!(pixel[3] == 0 || pixel[0] > 250, "red is dimmed: {pixel:?}");
        }
    }

    #[test]
    fn an_edge_stays_where_it_was() {
        let mut picture = plain(64, 64, &[0, 0, 0]);
        for (at, pixel) in picture.data.chunks_exact_mut(3).enumerate() {
            pixel.fill(if at % 64 < 32 { 0 } else { 255 });
        }
        let small = scale(&picture, 16, 16);
        for row in small.data.chunks_exact(16 * 3) {
            assert!(row[7 * 3] < 40 && row[8 * 3] > 215, "{row:?}");
            assert_eq!((row[0], row[15 * 3]), (0, 255));
        }
    }

    #[test]
    fn the_same_bytes_come_of_it_everywhere() {
        let data =
            (0..120 * 90 * 3u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let noise = Pixels { width: 120, height: 90, channels: 3, data };
        let small = scale(&noise, 47, 35);
        assert_eq!(xxhash_rust::xxh3::xxh3_64(&small.data), 15_732_873_929_908_025_004);
    }
}
