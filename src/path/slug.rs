//! Slugs, and the nearest of several names to a misspelt one.

use super::composed;

/// The slug of a name: lower case, words joined by `-`, letters and digits of
/// every script kept.
///
/// Names that differ only in `+`, `#` or a leading dot are different things in
/// this field, so `C++`, `C#` and `.NET` become `c-plus-plus`, `c-sharp` and
/// `dotnet`.
pub fn slugify(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut at_start = true;
    let mut previous = ' ';
    for c in composed(name).chars() {
        match c {
            '+' if !at_start => word(&mut slug, "plus"),
            '#' if previous.is_alphanumeric() => word(&mut slug, "sharp"),
            '&' => word(&mut slug, "and"),
            '.' if at_start => slug.push_str("dot"),
            '\'' | '’' => {}
            _ if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            _ if !c.is_ascii() && (c.is_alphanumeric() || is_mark(c)) => {
                slug.extend(c.to_lowercase());
            }
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
        at_start &= c.is_whitespace() || c == '"';
        previous = c;
    }
    while slug.ends_with('-') {
        slug.pop();
    }
    if slug == "dot" && !name.to_lowercase().contains("dot") {
        slug.clear();
    }
    // Of what is composed the small letters may not be.
    if slug.is_ascii() { slug } else { composed(&slug).into_owned() }
}

fn word(slug: &mut String, word: &str) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
    slug.push_str(word);
    slug.push('-');
}

/// Vowel signs and tone marks carry meaning in scripts that use them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The candidate nearest to `name`, if one is near enough to be what was meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let allowed = match length {
        0..=2 => 1,
        3..=5 => 2,
        n => (n / 3).min(5),
    };
    let lower = name.to_lowercase();
    candidates
        .into_iter()
        // A distance is never below these two, which cost far less.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .filter(|candidate| bag_distance(&lower, candidate) <= allowed)
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters one text has that the other lacks: a lower bound of their
/// edit distance (Bartolini, Ciaccia, Patella: String Matching with Metric Trees
/// Using an Approximate Distance, 2002). 0 for texts that are not ASCII.
fn bag_distance(a: &str, b: &str) -> usize {
    if !a.is_ascii() || !b.is_ascii() {
        return 0;
    }
    // The low bits tell letters apart, and not their case.
    let mut counts = [0i32; 32];
    a.bytes().for_each(|byte| counts[usize::from(byte % 32)] += 1);
    b.bytes().for_each(|byte| counts[usize::from(byte % 32)] -= 1);
    let only = |sign: i32| counts.iter().map(|n| (n * sign).max(0).unsigned_abs()).sum::<u32>();
    only(1).max(only(-1)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_field_keep_what_tells_them_apart() {
        for (name, slug) in [
            ("Go vs Rust: which one?", "go-vs-rust-which-one"),
            ("C++", "c-plus-plus"),
            ("C#", "c-sharp"),
            ("F# & .NET", "f-sharp-and-net"),
            (".NET", "dotnet"),
            ("Node.js", "node-js"),
            ("Köln", "köln"),
            ("データベース", "データベース"),
            ("  --x--  ", "x"),
            ("../../etc", "dot-etc"),
            ("...", ""),
            ("# heading", "heading"),
        ] {
            assert_eq!(slugify(name), slug, "{name}");
        }
    }

    #[test]
    fn the_nearest_name_is_near_or_nothing() {
        assert_eq!(nearest("titel", ["title", "table"]), Some("title"));
        assert_eq!(nearest("zebra", ["title", "table"]), None);
    }
}
