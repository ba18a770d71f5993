//! Pictures as small files: those of few colours by a palette.

use std::cmp::Reverse;

use hashbrown::HashMap;
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};

use super::Size;

/// A palette holds so many colours.
const PALETTE: usize = 256;

/// Of so many colours a picture is a photograph, and has no palette.
const MANY: usize = 1 << 14;

/// A colour of so many pixels is an area, whose colour is kept as it is.
const AREA: usize = 400;

/// How hard a file is compressed.
const LEVEL: u8 = 4;

/// Encodes a picture without transparency: four bytes a pixel, of which the last
/// is not looked at.
pub(super) fn encode(pixels: &[u8], size: Size) -> Option<Vec<u8>> {
    let mut file = Vec::with_capacity(32 << 10);
    let mut encoder = Encoder::new(&mut file, size.width, size.height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
    let (pixels, _) = pixels.as_chunks();
    let bytes = match Indexed::new(pixels) {
        Some(indexed) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(indexed.palette);
            encoder.set_filter(Filter::NoFilter);
            indexed.places
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            encoder.set_filter(Filter::Adaptive);
            pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect()
        }
    };
    encoder.write_header().ok()?.write_image_data(&bytes).ok()?;
    Some(file)
}

/// A picture by the places of its colours in a palette.
struct Indexed {
    palette: Vec<u8>,
    places: Vec<u8>,
}

impl Indexed {
    /// Nothing where there are too many colours. The edges of letters have many
    /// shades: where a palette does not hold them all, near ones become one.
    fn new(pixels: &[[u8; 4]]) -> Option<Self> {
        let mut colours = Colours::default();
        let runs = colours.number(pixels)?;
        let (palette, by_number) = colours.palette()?;
        let mut places = Vec::with_capacity(pixels.len());
        for (number, length) in runs {
            places.resize(places.len() + length, by_number[usize::from(number)]);
        }
        Some(Self { palette: palette.into_iter().flatten().collect(), places })
    }
}

/// How many pixels at the beginning are of one colour.
fn run(pixels: &[[u8; 4]]) -> usize {
    const BLOCK: usize = 16;
    let Some(first) = pixels.first() else { return 0 };
    let (blocks, _) = pixels.as_chunks::<BLOCK>();
    let whole = blocks.iter().take_while(|block| **block == [*first; BLOCK]).count() * BLOCK;
    whole + pixels[whole..].iter().take_while(|pixel| *pixel == first).count()
}

type Colour = [u8; 3];

/// The colours of a picture, in the order in which they are first seen.
#[derive(Default)]
struct Colours {
    numbers: HashMap<Colour, u16>,
    all: Vec<(Colour, usize)>,
}

impl Colours {
    /// The colours by their numbers, and how many pixels in a row have each.
    fn number(&mut self, mut pixels: &[[u8; 4]]) -> Option<Vec<(u16, usize)>> {
        let mut runs = Vec::new();
        while let Some([red, green, blue, _]) = pixels.first() {
            let length = run(pixels);
            let (colour, next) = ([*red, *green, *blue], self.all.len());
            let number = *self.numbers.entry(colour).or_insert(next as u16);
            match self.all.get_mut(usize::from(number)) {
                Some((_, count)) => *count += length,
                None if next == MANY => return None,
                None => self.all.push((colour, length)),
            }
            runs.push((number, length));
            pixels = &pixels[length..];
        }
        Some(runs)
    }

    /// A palette, and the place in it of each colour by its number.
    fn palette(&self) -> Option<(Vec<Colour>, Vec<u8>)> {
        let mut by_count: Vec<usize> = (0..self.all.len()).collect();
        by_count.sort_by_key(|number| (Reverse(self.all[*number].1), self.all[*number].0));
        // Shades that differ in their last bits only are one, until all find room.
        [0, 2, 3, 4].into_iter().find_map(|bits| self.with_shades(&by_count, bits))
    }

    fn with_shades(&self, by_count: &[usize], bits: u32) -> Option<(Vec<Colour>, Vec<u8>)> {
        let mut palette: Vec<Colour> = Vec::new();
        let mut shades: HashMap<Colour, u8> = HashMap::new();
        let mut places = vec![0; self.all.len()];
        for number in by_count {
            let (colour, count) = self.all[*number];
            let shade = colour.map(|part| part >> bits);
            let known = shades.get(&shade).filter(|_| bits > 0 && count < AREA);
            places[*number] = match known {
                Some(place) => *place,
                None => {
                    let place =
                        u8::try_from(palette.len()).ok().filter(|_| palette.len() < PALETTE)?;
                    palette.push(colour);
                    shades.entry(shade).or_insert(place);
                    place
                }
            };
        }
        Some((palette, places))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const SIZE: Size = Size { width: 160, height: 100 };

    /// Encodes a picture; says what kind of file it is, and how far at most a part
    /// of a colour is from what it was.
    fn kept(colour: impl Fn(u32, u32) -> Colour) -> (ColorType, u8) {
        let places = (0..SIZE.height).flat_map(|y| (0..SIZE.width).map(move |x| (x, y)));
        let pixels: Vec<Colour> = places.map(|(x, y)| colour(x, y)).collect();
        let bytes: Vec<u8> = pixels.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
        let file = encode(&bytes, SIZE).unwrap();
        let kind = png::Decoder::new(Cursor::new(&file)).read_info().unwrap().info().color_type;
        let mut decoder = png::Decoder::new(Cursor::new(&file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut read = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut read).unwrap();
        let parts = pixels.as_flattened().iter().zip(&read);
        (kind, parts.map(|(one, other)| one.abs_diff(*other)).max().unwrap())
    }

    #[test]
    fn up_to_256_colours_are_kept_as_they_are() {
        assert_eq!(kept(|_, _| [1, 2, 3]), (ColorType::Indexed, 0));
        assert_eq!(kept(|x, y| [(x % 16) as u8, (y % 16) as u8, 250]), (ColorType::Indexed, 0));
    }

    #[test]
    fn shades_beyond_that_become_near_ones_and_areas_stay() {
        let shades = |x: u32, y: u32| match y {
            0..=3 => [(x % 160) as u8, (x % 160) as u8, (y * 40) as u8],
            _ => [0xfd, 0xfd, if y.is_multiple_of(2) { 0xfc } else { 0xfd }],
        };
        let (kind, apart) = kept(shades);
        assert_eq!(kind, ColorType::Indexed);
        assert!((1..16).contains(&apart), "{apart}");
    }

    #[test]
    fn a_photograph_has_no_palette() {
        let photograph = |x: u32, y: u32| [x as u8, (y * 2) as u8, (x * y) as u8];
        assert_eq!(kept(photograph), (ColorType::Rgb, 0));
    }
}
