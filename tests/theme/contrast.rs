//! Whether what is written can be read, by the colours of the style sheet.

use std::collections::BTreeMap;

use versus::config::{Colour, GROUNDS, INK_COLOURS, contrast};

use crate::text;

/// The colours of the style sheet by name: the plain ones, and for each scheme.
fn colours() -> (BTreeMap<String, String>, [BTreeMap<String, String>; 2]) {
    let css = text("static/style.css");
    let (mut plain, mut light, mut dark) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for part in css.split("--").skip(1) {
        let Some((name, rest)) = part.split_once(':') else { continue };
        // What stands before a colon that is not its own is where it is used.
        if !name.chars().all(char::is_alphanumeric) {
            continue;
        }
        let value = rest.split(';').next().unwrap().trim();
        if let Some(both) = value.strip_prefix("light-dark(") {
            let (one, other) = both.trim_end_matches(')').split_once(',').unwrap();
            light.insert(name.to_owned(), one.trim().to_owned());
            dark.insert(name.to_owned(), other.trim().to_owned());
        } else if value.starts_with('#') {
            plain.insert(name.to_owned(), value.to_owned());
        }
    }
    (plain, [light, dark])
}

fn of(colours: &BTreeMap<String, String>, name: &str) -> Colour {
    Colour::parse(&colours[name]).unwrap()
}

#[test]
fn every_ink_and_text_has_a_contrast_of_at_least_4_5_in_both_schemes() {
    let (_, schemes) = colours();
    for scheme in &schemes {
        assert_eq!(scheme.len(), 13, "{scheme:?}");
        let inks = (1..=8).map(|ink| format!("i{ink}"));
        for name in inks.chain(["ink".to_owned(), "soft".to_owned()]) {
            for ground in ["bg", "panel"] {
                let ratio = contrast(of(scheme, &name), of(scheme, ground));
                assert!(ratio >= 4.5, "--{name} on --{ground}: {ratio:.2}");
            }
        }
        // Marks and marked lines of code stand on lines.
        for name in ["ink", "soft", "i2", "i3", "i4", "i5"] {
            let ratio = contrast(of(scheme, name), of(scheme, "line"));
            assert!(ratio >= 4.5, "--{name} on --line: {ratio:.2}");
        }
    }
}

#[test]
fn engines_without_light_dark_have_the_light_colours() {
    let (plain, [light, _]) = colours();
    assert_eq!(plain, light);
}

#[test]
fn the_config_measures_inks_against_the_grounds_of_the_style_sheet() {
    let (_, schemes) = colours();
    let grounds = schemes.map(|scheme| ["bg", "panel"].map(|name| scheme[name].clone()));
    assert_eq!(grounds, GROUNDS.map(|scheme| scheme.map(str::to_owned)));
}

#[test]
fn social_cards_have_the_inks_of_light_pages() {
    let (_, [light, _]) = colours();
    let inks: Vec<&String> = (1..=8).map(|ink| &light[&format!("i{ink}")]).collect();
    assert_eq!(inks, INK_COLOURS);
}

#[test]
fn the_inks_of_a_pair_can_be_told_apart() {
    // Names are always written; this only keeps two neighbours from being one.
    let (_, schemes) = colours();
    for scheme in &schemes {
        let mut seen: Vec<&String> = (1..=8).map(|ink| &scheme[&format!("i{ink}")]).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 8);
    }
}
