//! Which way a language is written.

/// Which way the lines of a text run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// Scripts that run from right to left, as tags name them: `az-Arab`.
const SCRIPTS: [&str; 7] = ["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"];

/// Languages that are written in one of these unless their tag says otherwise.
const LANGUAGES: [&str; 14] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"];

impl Direction {
    /// The direction of a language by its BCP 47 tag.
    pub fn of(language: &str) -> Self {
        let mut parts = language.trim().split(['-', '_']);
        let first = parts.next().unwrap_or_default();
        // A script is the part of four letters behind the language.
        let script = parts.next().filter(|part| part.len() == 4);
        let is_rtl = match script {
            Some(script) => SCRIPTS.iter().any(|known| known.eq_ignore_ascii_case(script)),
            None => LANGUAGES.iter().any(|known| known.eq_ignore_ascii_case(first)),
        };
        if is_rtl { Self::Rtl } else { Self::Ltr }
    }

    /// As the attribute `dir` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_a_tag_decides_before_the_language() {
        for tag in ["ar", "he-IL", "fa_IR", "az-Arab", "AR"] {
            assert_eq!(Direction::of(tag), Direction::Rtl, "{tag}");
        }
        for tag in ["en", "de", "az", "ar-Latn", "", "sr-Cyrl-RS"] {
            assert_eq!(Direction::of(tag), Direction::Ltr, "{tag}");
        }
    }
}
