//! Which form of a text a count takes, by the rules of
//! [CLDR](https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html)
//! for whole numbers.

/// A form of a text that counts something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Form {
    pub(super) const NAMES: [(&'static str, Self); 6] = [
        ("zero", Self::Zero),
        ("one", Self::One),
        ("two", Self::Two),
        ("few", Self::Few),
        ("many", Self::Many),
        ("other", Self::Other),
    ];

    pub(super) fn by_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, form)| *form)
    }

    /// The form for `count` in a language; languages that are not listed count
    /// as English does.
    pub(super) fn of(language: &str, count: usize) -> Self {
        let (ones, tens) = (count % 10, count % 100);
        let is_teen = (11..=19).contains(&tens);
        match language.split(['-', '_']).next().unwrap_or_default() {
            "ja" | "zh" | "ko" | "vi" | "th" | "id" | "ms" | "lo" | "my" => Self::Other,
            "fr" | "pt" | "hy" | "hi" | "fa" | "bn" | "gu" | "kn" | "am" | "zu" if count < 2 => {
                Self::One
            }
            "ru" | "uk" | "be" => match (ones, tens) {
                (1, tens) if tens != 11 => Self::One,
                (2..=4, tens) if !(12..=14).contains(&tens) => Self::Few,
                _ => Self::Many,
            },
            "sr" | "hr" | "bs" => match (ones, tens) {
                (1, tens) if tens != 11 => Self::One,
                (2..=4, tens) if !(12..=14).contains(&tens) => Self::Few,
                _ => Self::Other,
            },
            "pl" => match (count, ones, tens) {
                (1, ..) => Self::One,
                (_, 2..=4, tens) if !(12..=14).contains(&tens) => Self::Few,
                _ => Self::Many,
            },
            "cs" | "sk" if (2..=4).contains(&count) => Self::Few,
            "ar" => match (count, tens) {
                (0, _) => Self::Zero,
                (1, _) => Self::One,
                (2, _) => Self::Two,
                (_, 3..=10) => Self::Few,
                (_, 11..) => Self::Many,
                _ => Self::Other,
            },
            "he" | "iw" if count == 2 => Self::Two,
            "lt" => match ones {
                1 if !is_teen => Self::One,
                2..=9 if !is_teen => Self::Few,
                _ => Self::Other,
            },
            "lv" => match ones {
                0 => Self::Zero,
                _ if is_teen => Self::Zero,
                1 => Self::One,
                _ => Self::Other,
            },
            "ro" if count == 0 || count > 1 && (1..=19).contains(&tens) => Self::Few,
            "sl" => match tens {
                1 => Self::One,
                2 => Self::Two,
                3 | 4 => Self::Few,
                _ => Self::Other,
            },
            _ if count == 1 => Self::One,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Form::{self, Few, Many, One, Other, Two, Zero};

    #[test]
    fn a_count_takes_the_form_of_its_language() {
        let cases: [(&str, &[(usize, Form)]); 9] = [
            ("en", &[(0, Other), (1, One), (2, Other)]),
            ("de-AT", &[(1, One), (21, Other)]),
            ("fr", &[(0, One), (1, One), (2, Other)]),
            ("ja", &[(1, Other)]),
            ("ru", &[(1, One), (11, Many), (21, One), (22, Few), (112, Many)]),
            ("pl", &[(1, One), (21, Many), (22, Few), (12, Many)]),
            ("cs", &[(1, One), (4, Few), (5, Other)]),
            ("ar", &[(0, Zero), (2, Two), (103, Few), (11, Many), (100, Other)]),
            ("lv", &[(0, Zero), (11, Zero), (21, One), (22, Other)]),
        ];
        for (language, counts) in cases {
            for (count, form) in counts {
                assert_eq!(Form::of(language, *count), *form, "{count} in {language}");
            }
        }
    }
}
