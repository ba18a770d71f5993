//! Sets of characters, exact for ASCII and coarse beyond it.

/// Which characters beyond ASCII a set has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    None,
    /// Some, and it is not known which.
    Some,
    All,
}

/// A set of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chars {
    /// The ASCII characters, a bit each.
    pub ascii: u128,
    pub beyond: Beyond,
    /// Whether `ascii` is no more than what the pattern means.
    pub exact: bool,
}

/// `[0-9A-Za-z_]`
pub(super) const WORD: u128 = span(b'0', b'9') | LETTERS | 1 << b'_';
const UPPER: u128 = span(b'A', b'Z');
const LOWER: u128 = span(b'a', b'z');
const LETTERS: u128 = UPPER | LOWER;

const fn span(first: u8, last: u8) -> u128 {
    let above = u128::MAX >> (127 - last);
    above & (u128::MAX << first)
}

/// The characters of a text.
const fn those(text: &str) -> u128 {
    let (mut all, mut rest) = (0, text.as_bytes());
    while let [first, behind @ ..] = rest {
        all |= 1 << *first;
        rest = behind;
    }
    all
}

const MATHEMATICS: u128 = those("+<=>|~");
const CURRENCIES: u128 = those("$");
const MODIFIERS: u128 = those("^`");

impl Chars {
    pub const NONE: Self = Self { ascii: 0, beyond: Beyond::None, exact: true };
    pub const ALL: Self = Self { ascii: u128::MAX, beyond: Beyond::All, exact: true };
    /// What may be anything.
    pub const UNKNOWN: Self = Self { ascii: u128::MAX, beyond: Beyond::Some, exact: false };

    /// These ASCII characters and perhaps others.
    const fn some(ascii: u128) -> Self {
        Self { ascii, beyond: Beyond::Some, exact: true }
    }

    /// One character.
    pub fn one(character: char) -> Self {
        Self::range(character, character)
    }

    /// The characters of a range.
    pub fn range(first: char, last: char) -> Self {
        let beyond = match (first, last) {
            (_, '\0'..='\x7F') => Beyond::None,
            ('\0'..='\u{80}', char::MAX) => Beyond::All,
            _ => Beyond::Some,
        };
        let last = u32::from(last).min(127);
        let in_ascii = u32::from(first) <= last;
        let ascii = if in_ascii { span(first as u8, last as u8) } else { 0 };
        Self { ascii, beyond, exact: true }
    }

    /// The class behind a backslash, if the letter is one.
    pub fn escaped(letter: char) -> Option<Self> {
        let class = match letter.to_ascii_lowercase() {
            'w' => Self::named("word"),
            'd' => Self::named("digit"),
            's' => Self::named("space"),
            'h' => Self::named("xdigit"),
            _ => None,
        }?;
        Some(if letter.is_ascii_uppercase() { class.inverted() } else { class })
    }

    /// The class of a name, as POSIX and Unicode have it.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "alpha" | "l" | "letter" => Self::some(LETTERS),
            "digit" | "nd" | "n" => Self::some(span(b'0', b'9')),
            "alnum" => Self::some(LETTERS | span(b'0', b'9')),
            "upper" | "lu" => Self::some(UPPER),
            "lower" | "ll" => Self::some(LOWER),
            "space" => Self::some(span(9, 13) | 1 << b' '),
            "blank" => Self::some(1 << 9 | 1 << b' '),
            "cntrl" => Self::some(span(0, 31) | 1 << 127),
            "graph" => Self::some(span(33, 126)),
            "print" => Self::some(span(32, 126)),
            "punct" => Self::some(span(33, 126) & !LETTERS & !span(b'0', b'9')),
            "word" => Self::some(WORD),
            "ascii" => Self { ascii: u128::MAX, beyond: Beyond::None, exact: true },
            "xdigit" => {
                let ascii = span(b'0', b'9') | span(b'A', b'F') | span(b'a', b'f');
                Self { ascii, beyond: Beyond::None, exact: true }
            }
            // General categories of Unicode; these have nothing in ASCII:
            "lt" | "lm" | "lo" | "m" | "mn" | "mc" | "me" | "nl" | "no" | "pi" | "pf" | "so" => {
                Self::some(0)
            }
            "pc" => Self::some(those("_")),
            "pd" => Self::some(those("-")),
            "ps" => Self::some(those("([{")),
            "pe" => Self::some(those(")]}")),
            "po" => Self::some(those("!\"#%&'*,./:;?@\\")),
            "sm" => Self::some(MATHEMATICS),
            "sc" => Self::some(CURRENCIES),
            "sk" => Self::some(MODIFIERS),
            "s" => Self::some(MATHEMATICS | CURRENCIES | MODIFIERS),
            "z" | "zs" => Self::some(those(" ")),
            _ => return None,
        })
    }

    pub fn inverted(self) -> Self {
        let beyond = match self.beyond {
            Beyond::None => Beyond::All,
            Beyond::Some => Beyond::Some,
            Beyond::All => Beyond::None,
        };
        let ascii = if self.exact { !self.ascii } else { u128::MAX };
        Self { ascii, beyond, exact: self.exact }
    }

    pub fn or(self, other: Self) -> Self {
        let beyond = match (self.beyond, other.beyond) {
            (Beyond::All, _) | (_, Beyond::All) => Beyond::All,
            (Beyond::None, Beyond::None) => Beyond::None,
            _ => Beyond::Some,
        };
        Self { ascii: self.ascii | other.ascii, beyond, exact: self.exact && other.exact }
    }

    pub fn and(self, other: Self) -> Self {
        let beyond = match (self.beyond, other.beyond) {
            (Beyond::None, _) | (_, Beyond::None) => Beyond::None,
            (Beyond::All, Beyond::All) => Beyond::All,
            _ => Beyond::Some,
        };
        Self { ascii: self.ascii & other.ascii, beyond, exact: self.exact && other.exact }
    }

    /// The set with the letters of either case.
    ///
    /// U+017F and U+212A are an `s` and a `k` where case does not count.
    pub fn of_either_case(self) -> Self {
        let (upper, lower) = (self.ascii & UPPER, self.ascii & LOWER);
        let ascii = self.ascii | upper << 32 | lower >> 32;
        let folds = ascii & (1 << b'k' | 1 << b's') != 0;
        let beyond = if folds && self.beyond == Beyond::None { Beyond::Some } else { self.beyond };
        Self { ascii, beyond, exact: self.exact }
    }

    pub fn has(self, character: u8) -> bool {
        self.ascii >> character & 1 == 1
    }
}
