//! The fonts that pictures are drawn with.

use std::fmt;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, ID, Source, Style};
use resvg::usvg::{self, FontFamily, FontResolver, FontStyle};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use xxhash_rust::xxh3::Xxh3;

use super::setting::fit;
use super::{Face, Fitted, Frame};

/// The fonts of the program: `fonts/README.md` says where they come from.
static OWN: [(&[u8], Kind); 3] = [
    (include_bytes!("../../fonts/serif.ttf"), Kind::Serif),
    (include_bytes!("../../fonts/serif-italic.ttf"), Kind::Serif),
    (include_bytes!("../../fonts/sans.ttf"), Kind::Sans),
];

/// What a font is asked for as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Serif,
    Sans,
    /// One of the owner's, which is taken for either.
    Both,
}

/// The fonts that pictures are drawn with: those of the owner first, then the
/// program's.
pub struct Fonts {
    pub(super) database: Arc<Database>,
    faces: Vec<Known>,
    digest: u64,
}

struct Known {
    id: ID,
    kind: Kind,
    families: Vec<String>,
    weight: u16,
    is_italic: bool,
    /// How wide each of its letters is, in parts of the size, by letter.
    advances: Vec<(u32, f32)>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fonts({:x})", self.digest)
    }
}

impl Fonts {
    /// The fonts of the program, behind those in files of the owner's.
    ///
    /// # Errors
    /// With the place of the first file that is no font.
    pub fn new(files: &[Vec<u8>]) -> Result<Self, usize> {
        let mut fonts = Self { database: Arc::default(), faces: Vec::new(), digest: 0 };
        let mut database = Database::new();
        let mut hash = Xxh3::new();
        for (place, file) in files.iter().enumerate() {
            hash.update(file);
            let source = Source::Binary(Arc::new(file.clone()));
            if !fonts.load(&mut database, source, Kind::Both) {
                return Err(place);
            }
        }
        for (file, kind) in OWN {
            hash.update(file);
            fonts.load(&mut database, Source::Binary(Arc::new(file)), kind);
        }
        Ok(Self { database: Arc::new(database), digest: hash.digest(), ..fonts })
    }

    /// Whether anything could be made of a font's file.
    fn load(&mut self, database: &mut Database, source: Source, kind: Kind) -> bool {
        let ids = database.load_font_source(source);
        let faces = ids.iter().filter_map(|id| known(database, *id, kind));
        let before = self.faces.len();
        self.faces.extend(faces);
        self.faces.len() > before
    }

    /// Stands for all that is drawn with them.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// The first letter of a text that no font has.
    pub fn lacks(&self, text: &str) -> Option<char> {
        text.chars().find(|letter| letter.is_alphanumeric() && !self.has(*letter))
    }

    /// Whether any font has a letter.
    pub(super) fn has(&self, letter: char) -> bool {
        self.faces.iter().any(|face| face.advance(letter).is_some())
    }

    /// Sets a text in lines. One with a letter that no font has is left out as a
    /// whole, since a part of it might say something else; other signs, such as
    /// emoji, are left out alone.
    pub fn fit(&self, text: &str, face: Face<'_>, frame: Frame) -> Fitted {
        if self.lacks(text).is_some() {
            return Fitted { size: frame.size, ..Fitted::default() };
        }
        let is_drawn = |letter: &char| letter.is_whitespace() || self.has(*letter);
        let text: String = text.chars().filter(is_drawn).collect();
        let chosen = self.choose([FontFamily::from(face)].iter(), face.weight, face.is_italic);
        let all = || chosen.into_iter().chain(&self.faces);
        let advance = |letter: char| all().find_map(|face| face.advance(letter)).unwrap_or(0.0);
        fit(&text, frame, &advance)
    }

    /// How fonts are found for the texts of a drawing.
    pub(super) fn resolver(&self) -> FontResolver<'_> {
        let chosen = |font: &usvg::Font| {
            let is_italic = font.style() != FontStyle::Normal;
            Some(self.choose(font.families().iter(), font.weight(), is_italic)?.id)
        };
        let other = |letter: char, used: &[ID]| {
            let faces = self.faces.iter().filter(|face| !used.contains(&face.id));
            faces.into_iter().find(|face| face.advance(letter).is_some()).map(|face| face.id)
        };
        FontResolver {
            select_font: Box::new(move |font, _| chosen(font)),
            select_fallback: Box::new(move |letter, used, _| other(letter, used)),
        }
    }

    /// The face that is nearest to what is asked for; there always is one.
    fn choose<'f>(
        &self,
        families: impl Iterator<Item = &'f FontFamily>,
        weight: u16,
        is_italic: bool,
    ) -> Option<&Known> {
        let has_own = self.faces.iter().any(|face| face.kind == Kind::Both);
        let is_of = |face: &Known, family: &FontFamily| match family {
            FontFamily::Named(name) => face.families.contains(name),
            _ if has_own => face.kind == Kind::Both,
            FontFamily::SansSerif | FontFamily::Monospace => face.kind == Kind::Sans,
            _ => face.kind == Kind::Serif,
        };
        let nearest = |family: &FontFamily| {
            let faces = self.faces.iter().filter(|face| is_of(face, family));
            faces.min_by_key(|face| (face.is_italic != is_italic, face.weight.abs_diff(weight)))
        };
        families.chain([&FontFamily::Serif]).find_map(nearest)
    }
}

impl From<Face<'_>> for FontFamily {
    fn from(face: Face<'_>) -> Self {
        match face.family {
            "serif" => Self::Serif,
            "sans-serif" => Self::SansSerif,
            name => Self::Named(name.to_owned()),
        }
    }
}

impl Known {
    fn advance(&self, letter: char) -> Option<f32> {
        let found = self.advances.binary_search_by_key(&u32::from(letter), |(code, _)| *code);
        found.ok().map(|at| self.advances[at].1)
    }
}

/// What there is to know of a face.
fn known(database: &Database, id: ID, kind: Kind) -> Option<Known> {
    let face = database.face(id)?;
    let advances = database.with_face_data(id, advances)??;
    Some(Known {
        id,
        kind,
        families: face.families.iter().map(|(name, _)| name.clone()).collect(),
        weight: face.weight.0,
        is_italic: face.style != Style::Normal,
        advances,
    })
}

fn advances(bytes: &[u8], index: u32) -> Option<Vec<(u32, f32)>> {
    let font = FontRef::from_index(bytes, index).ok()?;
    let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    let letters = font.charmap().mappings();
    let mut advances: Vec<(u32, f32)> =
        letters.filter_map(|(code, glyph)| Some((code, metrics.advance_width(glyph)?))).collect();
    advances.sort_unstable_by_key(|(code, _)| *code);
    Some(advances)
}
