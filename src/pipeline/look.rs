//! What a config's texts and look are read from besides the config.

use crate::config::{Config, FILE, TaxonomyConfig};
use crate::diag::{Diagnostic, KeyPath, Lint, Place};
use crate::path::{SourcePath, nearest};
use crate::pictures::{self, Flaw};
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
    let statics = theme::static_files(listing, config);
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
        match theme::read(files, &path).ok().and_then(|bytes| measure(&path, &bytes)) {
            Some(Err(flaw)) => {
                let key = KeyPath::top("theme").name("logo");
                problems.push(flaw.of(&path).at(Place::value(&SourcePath::new(FILE), key)));
            }
            Some(Ok(size)) => logo.size = size,
            None => {}
        }
    }
}

/// Width and height of a picture. A drawing may have any size, so what counts
/// is how wide it is for its height.
fn measure(path: &SourcePath, bytes: &[u8]) -> Option<Result<Option<(u32, u32)>, Flaw>> {
    let inspected = pictures::inspect(path.extension()?, bytes)?;
    let drawn = || pictures::drawn(std::str::from_utf8(bytes).ok()?);
    Some(inspected.map(|picture| picture.size.or_else(drawn)))
}
