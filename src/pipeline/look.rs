//! What a config's texts and look are read from besides the config.

use html5gum::{Token, Tokenizer};

use crate::config::{Config, FILE, TaxonomyConfig};
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::path::{SourcePath, nearest};
use crate::source::{Files, SourceFile};
use crate::strings::{self, Strings};
use crate::theme;

/// Reads the texts of the site's language, and makes the titles of taxonomies
/// that have none of their own.
pub(super) fn speak(files: &dyn Files, config: &mut Config, problems: &mut Vec<Diagnostic>) {
    config.strings = Strings::english(&config.language);
    for file in strings::files(&config.language) {
        let Ok(bytes) = files.read(&file) else { continue };
        match String::from_utf8(bytes) {
            Ok(text) => {
                config.strings = strings::read(&file, &text, &config.language).unpack(problems);
            }
            Err(_) => {
                let problem = Diagnostic::new(Lint::NotUtf8, "the texts are not UTF-8");
                problems.push(problem.at(Place::file(&file)).help("save the file as UTF-8"));
            }
        }
        break;
    }
    config.markdown.strings = config.strings.clone();
    for taxonomy in &mut config.taxonomies {
        let has_own_title = *taxonomy != TaxonomyConfig::named(&taxonomy.name);
        let known = ["tags", "categories", "authors"].contains(&taxonomy.name.as_str());
        if known && !has_own_title {
            taxonomy.title = config.strings.text(&taxonomy.name);
        }
    }
}

/// Takes out of a look what is not there, and measures its logo.
pub(super) fn furnish(
    files: &dyn Files,
    listing: &[SourceFile],
    config: &mut Config,
    problems: &mut Vec<Diagnostic>,
) {
    let statics = theme::static_files(listing);
    let names: Vec<&str> = statics.iter().filter_map(|path| path.below(theme::STATIC)).collect();
    let mut is_there = |key: &str, name: &str| {
        let is_there = names.contains(&name);
        if !is_there {
            let message = format!("no file `{}/{name}`", theme::STATIC);
            let problem = Diagnostic::new(Lint::ConfigInvalid, message);
            let problem = match nearest(name, names.iter().copied()) {
                Some(near) => problem.suggest(Some(near)),
                None => problem.help(format!("put it into `{}/`", theme::STATIC)),
            };
            let path = KeyPath::top("theme").name(key);
            problems.push(problem.at(Place::value(&SourcePath::new(FILE), path)));
        }
        is_there
    };
    let look = &mut config.look;
    look.stylesheet = look.stylesheet.take().filter(|name| is_there("stylesheet", name));
    look.logo = look.logo.take().filter(|logo| is_there("logo", &logo.path));
    if let Some(logo) = &mut look.logo {
        let path = SourcePath::new(format!("{}/{}", theme::STATIC, logo.path));
        logo.size = theme::read(files, &path).ok().and_then(|bytes| size(&bytes));
    }
}

/// Width and height of a picture. A drawing may have any size, so what counts
/// is how wide it is for its height.
fn size(bytes: &[u8]) -> Option<(usize, usize)> {
    match imagesize::blob_size(bytes) {
        Ok(size) => Some((size.width, size.height)),
        Err(_) => drawn(std::str::from_utf8(bytes).ok()?),
    }
}

fn drawn(svg: &str) -> Option<(usize, usize)> {
    let root = Tokenizer::new(svg).find_map(|token| match token {
        Ok(Token::StartTag(tag)) if tag.name.as_slice() == b"svg" => Some(tag),
        _ => None,
    })?;
    let text = |name: &[u8]| {
        root.attributes.get(name).map(|found| String::from_utf8_lossy(&found.value).into_owned())
    };
    let number = |text: &str| {
        let number = text.trim().trim_end_matches("px").parse::<f64>().ok();
        number.filter(|n| (0.5..=100_000.0).contains(n)).map(|n| n.round() as usize)
    };
    let given = || Some((number(&text(b"width")?)?, number(&text(b"height")?)?));
    let boxed = || {
        let view = text(b"viewbox")?;
        let mut parts = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        Some((number(parts.next()?)?, number(parts.next()?)?))
    };
    given().or_else(boxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_measured_by_its_attributes_or_its_box() {
        let cases = [
            ("<svg width='120' height=\"30px\" viewBox='0 0 1 1'/>", Some((120, 30))),
            ("<?xml version='1.0'?><!-- x --><svg viewBox='0,0 24.4 8'>", Some((24, 8))),
            ("<svg width='100%' viewBox='0 0 3 4'>", Some((3, 4))),
            ("<svg>", None),
            ("<svg viewBox='0 0 0 4'>", None),
            ("nothing", None),
        ];
        for (svg, expected) in cases {
            assert_eq!(drawn(svg), expected, "{svg}");
        }
    }
}
