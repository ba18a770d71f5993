//! How a site looks, as far as its config says: `theme:`.

use super::colour::{Colour, LEAST, contrast};
use crate::data::{Fields, Scope};
use crate::diag::{Diagnostic, Lint, Place};

/// The inks a subject can have, in the order of the theme's classes `i1`…`i8`.
pub const INKS: [&str; 8] = ["teal", "rust", "violet", "green", "amber", "blue", "rose", "olive"];

/// Their colours on light pages, as the default style sheet has them.
pub const INK_COLOURS: [&str; 8] =
    ["#00647f", "#a63d1e", "#7a2c7e", "#2b6a2f", "#8a4b00", "#1f55b5", "#a32a5c", "#5a5f00"];

/// What inks stand on: the page and its panels, light and dark, as the default
/// style sheet has them.
pub const GROUNDS: [[&str; 2]; 2] = [["#fdfdfc", "#f4f6f6"], ["#14171a", "#1b1f23"]];

/// How a site looks.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// A picture beside the site's name.
    pub logo: Option<Logo>,
    /// A style sheet of `static/` that comes after the theme's.
    pub stylesheet: Option<String>,
    /// The fonts of texts, headings and code, as CSS has them.
    pub fonts: [Option<String>; 3],
    /// The inks that are other colours than the theme's.
    pub inks: [Option<Ink>; 8],
}

/// A picture beside the site's name.
#[derive(Debug, Clone, Default)]
pub struct Logo {
    /// Its file, below `static/`.
    pub path: String,
    /// Width and height, in pixels, if they are known.
    pub size: Option<(u32, u32)>,
}

/// The two colours of an ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink {
    /// Where the page is light.
    pub light: Colour,
    /// Where it is dark.
    pub dark: Colour,
}

pub(super) fn look(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<Look> {
    let mut theme = fields.map(&["theme"], scope)?;
    let logo = theme.text(&["logo"], scope).map(|path| Logo { path: below(&path), size: None });
    let stylesheet = theme.text(&["stylesheet"], scope).map(|path| below(&path));
    let fonts = fonts(&mut theme, scope).unwrap_or_default();
    let inks = inks(&mut theme, scope).unwrap_or_default();
    theme.finish(scope);
    Some(Look { logo, stylesheet, fonts, inks })
}

/// A file of `static/`, also where its address is given.
fn below(path: &str) -> String {
    path.trim().trim_start_matches('/').to_owned()
}

fn fonts(theme: &mut Fields, scope: &mut Scope<'_>) -> Option<[Option<String>; 3]> {
    let mut fonts = theme.map(&["fonts"], scope)?;
    let text = font(&mut fonts, "text", scope);
    let headings = font(&mut fonts, "headings", scope);
    let code = font(&mut fonts, "code", scope);
    fonts.finish(scope);
    Some([text, headings, code])
}

/// Names of fonts and nothing else, since they go into the style sheet.
fn font(fonts: &mut Fields, name: &'static str, scope: &mut Scope<'_>) -> Option<String> {
    let path = fonts.path().name(name);
    let text = fonts.text(&[name], scope)?;
    let is_plain = |c: char| c.is_alphanumeric() || " ,.-_'\"".contains(c);
    let are_even = ['"', '\''].iter().all(|quote| text.matches(*quote).count() % 2 == 0);
    if text.chars().all(is_plain) && are_even && text.contains(char::is_alphanumeric) {
        return Some(text);
    }
    let message = format!("not a list of fonts: `{text}`");
    let help = "write their names with commas between, as in CSS: `\"Inter\", sans-serif`";
    scope.refuse(Diagnostic::new(Lint::ConfigInvalid, message).help(help), path);
    None
}

fn inks(theme: &mut Fields, scope: &mut Scope<'_>) -> Option<[Option<Ink>; 8]> {
    let mut fields = theme.map(&["inks"], scope)?;
    let mut inks = [None; 8];
    for (name, place) in INKS.into_iter().zip(&mut inks) {
        *place = ink(&mut fields, name, scope);
    }
    fields.finish(scope);
    Some(inks)
}

fn ink(fields: &mut Fields, name: &'static str, scope: &mut Scope<'_>) -> Option<Ink> {
    let path = fields.path().name(name);
    let text = fields.text(&[name], scope)?;
    let colours: Option<Vec<Colour>> = text.split_whitespace().map(Colour::parse).collect();
    let Some([light, dark]) = colours.as_deref() else {
        let message = format!("not the two colours of an ink: `{text}`");
        let help = "write one for light pages and one for dark: `\"#00647f #6cc6df\"`";
        scope.refuse(Diagnostic::new(Lint::ConfigInvalid, message).help(help), path);
        return None;
    };
    let ink = Ink { light: *light, dark: *dark };
    for (colour, grounds, scheme) in [(light, GROUNDS[0], "light"), (dark, GROUNDS[1], "dark")] {
        let least = grounds.iter().filter_map(|ground| Colour::parse(ground));
        let least = least.map(|ground| contrast(*colour, ground)).fold(f64::MAX, f64::min);
        if least < LEAST {
            let message = format!("`{colour}` is hard to read on {scheme} pages: {least:.1}:1");
            let help = format!("the contrast with the page should be at least {LEAST}:1");
            let problem = Diagnostic::new(Lint::InkContrast, message).help(help);
            scope.problems.push(problem.at(Place::value(scope.file, path.clone())));
        }
    }
    Some(ink)
}

impl Look {
    /// What the style sheet is told at its end; empty where the theme's own look
    /// is to stay.
    pub fn css(&self) -> String {
        let names = ["sans", "serif", "mono"];
        let fonts = names.iter().zip(&self.fonts);
        let fonts = fonts.filter_map(|(name, font)| Some(format!("--{name}:{};", font.as_ref()?)));
        let inks = || (1..).zip(&self.inks).filter_map(|(place, ink)| Some((place, (*ink)?)));
        let light: String =
            fonts.chain(inks().map(|(place, ink)| format!("--i{place}:{};", ink.light))).collect();
        let both: String = inks()
            .map(|(place, ink)| format!("--i{place}:light-dark({},{});", ink.light, ink.dark))
            .collect();
        let mut css = String::new();
        if !light.is_empty() {
            css.push_str(&format!(":root{{{light}}}"));
        }
        if !both.is_empty() {
            css.push_str(&format!("@supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}"));
        }
        css
    }
}
