//! The alphabet of the automaton: bytes that no grammar tells apart are one symbol.
//!
//! Printable ASCII and the five white spaces are symbols of their own. The
//! other control characters are one, since few patterns name them; one that
//! does is confirmed by Oniguruma. Of other characters only the shape of their
//! UTF-8 is seen: a lead byte by its length, and what continues it. Before and
//! after the text stand a symbol each, so that anchors are sets like any other.

/// A symbol is below this, so a set of them is a word of bits.
pub(super) const COUNT: usize = 108;

const CONTROL: u8 = 0;
const WHITE: u8 = 1;
const PRINTABLE: u8 = 6;
/// A byte that continues a character.
pub(super) const CONTINUED: u8 = 102;
/// The lead bytes of characters of two, three and four bytes.
pub(super) const LEADS: [u8; 3] = [103, 104, 105];
/// Behind the text.
pub(super) const END: u8 = 106;
/// Before the text.
pub(super) const START: u8 = 107;

/// The symbol of each byte.
pub(super) const OF: [u8; 256] = symbols();

const fn symbols() -> [u8; 256] {
    let mut table = [CONTROL; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            white @ 9..=13 => WHITE + (white - 9),
            print @ 0x20..=0x7F => PRINTABLE + (print - 0x20),
            0x80..=0xBF => CONTINUED,
            0xC0..=0xDF => LEADS[0],
            0xE0..=0xEF => LEADS[1],
            0xF0..=0xFF => LEADS[2],
            _ => CONTROL,
        };
        byte += 1;
    }
    table
}

/// A set of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Symbols(u128);

impl Symbols {
    pub const NONE: Self = Self(0);
    /// Every symbol, also those around the text.
    pub const ALL: Self = Self((1 << COUNT) - 1);
    /// What a character beyond ASCII begins with.
    pub const LEADS: Self = Self(0b111 << LEADS[0]);

    pub fn one(symbol: u8) -> Self {
        Self(1 << symbol)
    }

    #[inline]
    pub fn has(self, symbol: u8) -> bool {
        self.0 >> symbol & 1 == 1
    }

    /// What `$` stands before.
    pub fn line_end() -> Self {
        Self::one(END).or(Self::one(OF[b'\n' as usize]))
    }

    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The symbols of a set of ASCII characters, and whether they are no more than those.
    pub fn of_ascii(characters: u128) -> (Self, bool) {
        let control = !(0x1F << 9) & 0xFFFF_FFFF;
        let (some, all) = (characters & control != 0, characters & control == control);
        let white = (characters >> 9) & 0x1F;
        let printable = characters >> 0x20;
        let set = u128::from(some) | white << WHITE | printable << PRINTABLE;
        (Self(set), some == all)
    }
}

/// The symbol of a word character, for what asks only that.
pub(super) const A_WORD: u8 = PRINTABLE + (b'a' - 0x20);
/// The symbol of a character that is no part of a word.
pub(super) const NO_WORD: u8 = PRINTABLE;

/// What is known of the character that a symbol is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wordness {
    Word,
    Other,
    /// A character beyond ASCII may be either.
    Unknown,
}

/// Whether a symbol is of a word.
pub(super) fn wordness(symbol: u8) -> Wordness {
    const WORD: u128 = super::chars::WORD >> 0x20 << PRINTABLE;
    match symbol {
        CONTINUED | 103..=105 => Wordness::Unknown,
        _ if WORD >> symbol & 1 == 1 => Wordness::Word,
        _ => Wordness::Other,
    }
}
