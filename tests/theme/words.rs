//! The texts of the theme: all in one file, none for nothing.

use std::collections::BTreeSet;
use std::path::Path;

use versus::strings::Strings;

use crate::{own, text};

fn files(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|kind| ["html", "rs"].iter().any(|k| kind == *k)) {
            found.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// What `search.js` says, by key, as it is written there.
fn search_texts() -> String {
    let script = text("static/search.js");
    let start = script.find("export const texts = {").unwrap();
    script[start..start + script[start..].find("\n}\n").unwrap()].to_owned()
}

#[test]
fn every_text_is_shown_somewhere() {
    let mut templates = String::new();
    files(&own("templates"), &mut templates);
    let named: BTreeSet<&str> = named(&templates).collect();
    let mut made = templates.clone();
    files(&own("src"), &mut made);
    let search = search_texts();
    let unused: Vec<&str> = Strings::keys()
        .filter(|key| !key.starts_with("kinds."))
        .filter(|key| !made.contains(&format!("\"{key}\"")))
        .filter(|key| !named.contains(key))
        .filter(|key| {
            !key.strip_prefix("search_").is_some_and(|key| search.contains(&format!("{key}: ")))
        })
        // Made of two parts: `higher` and `_is_better`.
        .filter(|key| !key.ends_with("_is_better"))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// The texts that templates name.
fn named(templates: &str) -> impl Iterator<Item = &str> {
    ["t(key=\"", "texts."].into_iter().flat_map(|before| {
        let is_end = |c: char| !c.is_ascii_lowercase() && c != '_';
        templates.split(before).skip(1).map(move |rest| rest.split(is_end).next().unwrap())
    })
}

#[test]
fn every_text_that_a_template_names_is_there() {
    let mut templates = String::new();
    files(&own("templates"), &mut templates);
    let keys: BTreeSet<&str> = Strings::keys().collect();
    let named: Vec<&str> = named(&templates).collect();
    assert!(named.len() > 100);
    for key in named {
        assert!(keys.contains(key), "no text is called `{key}`");
    }
}

/// A text without what stands between two signs.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        out.push_str(part.split_once(close).unwrap().1);
    }
    out
}

#[test]
fn no_template_says_anything_of_its_own() {
    let mut templates = String::new();
    files(&own("templates"), &mut templates);
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<", ">"), ("&", ";")] {
        templates = without(&templates, open, close);
    }
    let words: Vec<&str> = templates
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2)
        .collect();
    assert!(words.is_empty(), "{words:?}");
}

#[test]
fn the_search_says_in_english_what_the_file_says() {
    let english = Strings::english("en");
    let script = search_texts().replace("\n    ", " ").replace("{ ", "{").replace(",\n  }", "}");
    for key in Strings::keys().filter_map(|key| key.strip_prefix("search_")) {
        let Some(start) = script.find(&format!(" {key}: ")) else {
            assert!(["all"].contains(&key), "`search.js` does not say `{key}`");
            continue;
        };
        let value = &script[start..];
        let one = english.pattern(&format!("search_{key}"), Some(1)).unwrap();
        let other = english.pattern(&format!("search_{key}"), None).unwrap();
        assert!(value[..value.len().min(400)].contains(&format!("'{other}'")), "{key}: {other}");
        assert!(value[..value.len().min(400)].contains(&format!("'{one}'")), "{key}: {one}");
    }
}
