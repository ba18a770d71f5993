//! Made-up code: words and signs of a grammar's own patterns, lines of real
//! code, and what slips into them.

use std::collections::{BTreeMap, BTreeSet};

use syntect::parsing::SyntaxDefinition;
use syntect::parsing::syntax_definition::Pattern;

/// A generator of numbers, the same for the same seed (splitmix64).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

const SIGNS: [&str; 62] = [
    " ", "  ", "\t", "(", ")", "[", "]", "{", "}", "<", ">", "</", "/>", "\"", "'", "`", "\"\"\"",
    "'''", "=", "==", "=>", "->", "::", ":", ": ", ";", ",", ".", "..", "...", "+", "-", "--",
    "---", "*", "**", "/", "//", "/*", "*/", "#", "#!", "##", "%", "%{", "${", "$", "$(", "@", "!",
    "?", "|", "||", "&&", "&", "\\", "\\n", "~", "^", "_", "<<", "<<EOF",
];

const ODD: [&str; 20] = [
    "é", "ß", "ﬁ", "ſ", "\u{212A}", "“", "”", "—", "日本", "🦀", "\u{85}", "\u{a0}", "\u{200b}",
    "\u{0}", "\u{1b}", "\u{7f}", "\r", "\u{b}", "\u{c}", "Ω",
];

/// The words that the patterns of a syntax have.
pub fn words(syntax: &SyntaxDefinition) -> Vec<String> {
    let mut words = BTreeSet::new();
    let contexts: BTreeMap<_, _> = syntax.contexts.iter().collect();
    for context in contexts.values() {
        for pattern in &context.patterns {
            let Pattern::Match(found) = pattern else { continue };
            let source = found.regex.regex_str();
            let parts = source.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
            words.extend(parts.filter(|part| part.len() > 1 && part.len() < 20).map(str::to_owned));
        }
    }
    words.extend(["x", "1", "0x1F", "2.5e3", "foo", "bar_1", "EOF"].map(str::to_owned));
    words.into_iter().collect()
}

/// Some lines in the words of a syntax and, for a part, lines of real code.
pub fn code(random: &mut Random, words: &[String], real: &[&str], lines: usize) -> String {
    let mut code = String::new();
    for _ in 0..lines {
        let from = code.len();
        if !real.is_empty() && random.below(3) == 0 {
            code.push_str(random.one(real));
        } else {
            for _ in 0..random.below(14) {
                if random.below(2) == 0 {
                    code.push_str(&words[random.below(words.len())]);
                    code.push_str(random.one(&["", " ", " "]));
                } else {
                    code.push_str(random.one(&SIGNS));
                }
            }
        }
        if random.below(4) == 0 {
            slip(random, &mut code, from);
        }
        code.push('\n');
    }
    if random.below(4) == 0 {
        code.pop();
    }
    code
}

/// Puts something odd into the last line, or takes something out.
fn slip(random: &mut Random, code: &mut String, from: usize) {
    let places: Vec<usize> = (from..=code.len()).filter(|at| code.is_char_boundary(*at)).collect();
    let at = places[random.below(places.len())];
    match random.below(4) {
        0 => code.truncate(at),
        1 => code.insert_str(at, random.one(&SIGNS)),
        2 => {
            let again = code[at..].to_owned();
            code.push_str(&again);
        }
        _ => code.insert_str(at, random.one(&ODD)),
    }
}

/// A line of one unit again and again, which makes stacks high and scans long.
pub fn repeated(random: &mut Random, words: &[String], times: usize) -> String {
    let unit = match random.below(3) {
        0 => words[random.below(words.len())].clone() + random.one(&SIGNS),
        1 => random.one(&SIGNS).to_owned() + random.one(&SIGNS),
        _ => random.one(&SIGNS).to_owned(),
    };
    let start =
        if random.below(2) == 0 { String::new() } else { words[random.below(words.len())].clone() };
    start + &unit.repeat(times) + "\n" + &words[random.below(words.len())] + "\n"
}
