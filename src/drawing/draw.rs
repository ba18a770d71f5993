//! From SVG to a picture.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::roxmltree::{self, Document, Node};
use resvg::usvg::{self, ImageHrefResolver, Options, Tree};

use super::{Fault, Fonts, Size, png};

/// What an SVG begins with.
const BEGIN: &str =
    "begin with `<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">`";

const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Pictures that a drawing shows, by what it calls them.
type Pictures = BTreeMap<String, Arc<Vec<u8>>>;

/// Draws an SVG as a PNG of a size.
///
/// Letters that no font has are left out. `files` finds the pictures that it
/// shows, by what their `href` says; nothing else is read.
///
/// # Errors
/// Where the text is no SVG, is of another shape, or shows a picture that is not
/// there.
pub fn draw(
    svg: &str,
    size: Size,
    fonts: &Fonts,
    files: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Vec<u8>, Fault> {
    let svg = drawable(svg, fonts);
    let document = Document::parse(&svg).map_err(|error| malformed(&error, &svg))?;
    let pictures = pictures(&document, files)?;
    let tree = Tree::from_xmltree(&document, &options(fonts, &pictures))
        .map_err(|error| shapeless(&error))?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let (across, down) = (size.width as f32 / width, size.height as f32 / height);
    if (across / down - 1.0).abs() > 0.005 {
        let Size { width: wide, height: high } = size;
        let message = format!("it is {width} × {height}, and should be {wide} × {high}");
        return Err(Fault { message, help: BEGIN });
    }
    let failed = || Fault { message: "the picture can't be made".into(), help: "draw less" };
    let mut picture = Pixmap::new(size.width, size.height).ok_or_else(failed)?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(across, down), &mut picture.as_mut());
    png::encode(picture.data(), size).ok_or_else(failed)
}

/// The text without what XML can't hold and without letters that no font has,
/// which would be drawn as boxes.
fn drawable<'t>(svg: &'t str, fonts: &Fonts) -> Cow<'t, str> {
    let is_drawable = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\0'..='\x1f' | '\u{7f}' => false,
        c => c.is_ascii() || fonts.has(c),
    };
    match svg.chars().all(is_drawable) {
        true => Cow::Borrowed(svg),
        false => Cow::Owned(svg.chars().filter(|c| is_drawable(*c)).collect()),
    }
}

fn malformed(error: &roxmltree::Error, svg: &str) -> Fault {
    let line = svg.lines().nth((error.pos().row as usize).saturating_sub(1));
    let line: String = line.unwrap_or_default().trim().chars().take(60).collect();
    let said = match error {
        roxmltree::Error::DtdDetected => "a document type is not read".to_owned(),
        // Its place is one of the output, which nobody sees.
        error => match error.to_string().rsplit_once(" at ") {
            Some((said, _)) => said.to_owned(),
            None => error.to_string(),
        },
    };
    let there = if line.is_empty() { String::new() } else { format!(", in `{line}`") };
    Fault {
        message: format!("it prints no well-formed XML: {said}{there}"),
        help: "close every element, and let Tera escape what it prints",
    }
}

fn shapeless(error: &usvg::Error) -> Fault {
    let message = match error {
        usvg::Error::InvalidSize => "its `svg` has no size that can be drawn",
        _ => "it prints no `svg` element",
    };
    Fault { message: message.into(), help: BEGIN }
}

/// Finds the pictures that a drawing shows.
fn pictures(
    document: &Document<'_>,
    files: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Pictures, Fault> {
    let is_image = |node: &Node<'_, '_>| matches!(node.tag_name().name(), "image" | "feImage");
    let href = |node: Node<'_, '_>| {
        let href = node.attribute("href").or_else(|| node.attribute((XLINK, "href")))?;
        let is_inside = href.starts_with('#') || href.starts_with("data:image/svg+xml");
        (!is_inside).then(|| href.to_owned())
    };
    let mut pictures = Pictures::new();
    for href in document.descendants().filter(is_image).filter_map(href) {
        let Some(bytes) = files(&href).filter(|bytes| is_drawing(bytes)) else {
            let shown: String = href.chars().take(60).collect();
            return Err(Fault {
                message: format!("it shows `{shown}`, which is no SVG of `static/`"),
                help: "put an SVG into `static/`, and name it by its path there",
            });
        };
        pictures.insert(href, Arc::new(bytes));
    }
    Ok(pictures)
}

fn is_drawing(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|part| part == b"<svg")
}

fn options<'a>(fonts: &'a Fonts, pictures: &'a Pictures) -> Options<'a> {
    let resolve = ImageHrefResolver::default_data_resolver();
    let known = move |href: &str, options: &Options<'_>| {
        resolve("image/svg+xml", pictures.get(href)?.clone(), options)
    };
    Options {
        fontdb: fonts.database.clone(),
        font_resolver: fonts.resolver(),
        image_href_resolver: ImageHrefResolver {
            resolve_string: Box::new(known),
            ..ImageHrefResolver::default()
        },
        ..Options::default()
    }
}
