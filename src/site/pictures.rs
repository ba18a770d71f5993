//! The pictures that pages show, each in several widths.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::Xxh3;

use super::routes::{Output, Route};
use super::{Resolution, Site};
use crate::content::Document;
use crate::diag::{Diagnostic, KeyPath, Place};
use crate::markdown::LinkKind;
use crate::path::{OutputPath, SourcePath, UrlPath, slugify};
use crate::pictures::{self, CAN_MAKE, Ladder, Picture};

/// The folder of what is made of pictures.
const FOLDER: &str = "pictures";

/// The pictures that pages show, in other widths.
#[derive(Debug, Default)]
pub struct Pictures(BTreeMap<SourcePath, Shown>);

/// A picture that pages show.
#[derive(Debug)]
pub struct Shown {
    /// The widths that it is offered in, from narrow to wide, each with its address;
    /// the last may be the picture itself.
    pub offered: Vec<(u32, UrlPath)>,
    /// Where it is shown first.
    pub place: Place,
}

impl Pictures {
    /// A picture, if any page shows it in other widths.
    pub fn get(&self, source: &SourcePath) -> Option<&Shown> {
        self.0.get(source)
    }
}

/// Finds the pictures that pages show, tells those that are broken, and adds the
/// files of those that are offered in other widths.
///
/// The address of such a file holds a hash of all that it is made of, so that it
/// may be kept for ever.
pub(super) fn offer(site: &mut Site, problems: &mut Vec<Diagnostic>) {
    let mut offered = Pictures::default();
    let mut made: BTreeMap<OutputPath, (SourcePath, u32)> = BTreeMap::new();
    for (source, place) in shown(site, problems) {
        let Some(Ok(picture)) = site.assets.picture(&source) else { continue };
        if let Some(widths) = widths(site, &source, picture) {
            let own = |(_, url): &(u32, UrlPath)| site.assets.url(&source) != Some(url);
            for (width, url) in widths.iter().filter(|width| own(width)) {
                // Copies of one picture may have one name.
                let file = url.output().ok().map(|path| (path, (source.clone(), *width)));
                made.extend(file);
            }
            offered.0.insert(source, Shown { offered: widths, place });
        }
    }
    let routes = made.into_iter().map(|(path, (source, width))| Route {
        path,
        output: Output::Picture(source, width),
        is_listed: false,
    });
    site.routes.extend(routes);
    site.routes.sort_by(|a, b| a.path.cmp(&b.path));
    site.pictures = offered;
}

/// The pictures that pages show, with the first place that shows each.
fn shown(site: &Site, problems: &mut Vec<Diagnostic>) -> BTreeMap<SourcePath, Place> {
    let mut shown = BTreeMap::new();
    let pages = site.pages.iter().map(|page| (&*page.document, &page.url));
    let sections = site.sections.iter();
    let sections =
        sections.filter_map(|section| Some((section.document.as_deref()?, &section.url)));
    for (document, url) in pages.chain(sections) {
        let resolver = site.resolver(document, url);
        let mut look = |destination: &str, place: Place| {
            let Resolution::Found(found) = resolver.resolve(destination) else { return None };
            let source = found.asset?;
            match site.assets.picture(&source)? {
                Ok(_) => Some((source, place)),
                Err(flaw) => {
                    problems.push(flaw.of(&source).at(place));
                    None
                }
            }
        };
        for (named, path) in named(document) {
            look(named, Place::value(&document.file, path));
        }
        let images = document.outline.links.iter().filter(|link| link.kind == LinkKind::Image);
        for image in images {
            let place = Place { file: document.file.clone(), at: image.at.clone() };
            if let Some((source, place)) = look(&image.destination, place) {
                shown.entry(source).or_insert(place);
            }
        }
    }
    shown
}

/// The pictures that front matter names, which stand in no text.
fn named(document: &Document) -> Vec<(&str, KeyPath)> {
    let front = &document.front;
    let image = front.particulars.image.as_deref().map(|image| (image, front.key("image")));
    let own = front.subject.as_ref().and_then(|subject| subject.facts.logo.as_deref());
    let own = own.map(|logo| (logo, KeyPath::top("logo")));
    let subjects = front.comparison.subjects.iter();
    let logos = subjects.filter_map(|subject| {
        let path = KeyPath::top("subjects").item(subject.index).name("logo");
        Some((subject.facts.logo.as_deref()?, path))
    });
    image.into_iter().chain(own).chain(logos).collect()
}

/// The widths that a picture is offered in, and where they are; nothing where it is
/// better shown as it is.
fn widths(site: &Site, source: &SourcePath, picture: &Picture) -> Option<Vec<(u32, UrlPath)>> {
    let config = &site.config.pictures;
    let Ladder { made, is_topped } = pictures::ladder(picture, &config.widths);
    if !CAN_MAKE || made.is_empty() {
        return None;
    }
    let mut hash = Xxh3::new();
    hash.update(&picture.hash.to_le_bytes());
    hash.update(&pictures::VERSION.to_le_bytes());
    hash.update(&[config.quality]);
    let hash = hash.digest() >> 24;
    let stem = slugify(source.stem());
    let stem = if stem.is_empty() { "picture" } else { &*stem };
    let url = |width: u32| {
        let url = UrlPath::new(&format!("/{FOLDER}/{stem}-{hash:010x}-{width}.webp")).ok()?;
        site.is_free(&url).then_some((width, url))
    };
    let mut widths: Vec<(u32, UrlPath)> = made.into_iter().map(url).collect::<Option<_>>()?;
    if is_topped {
        widths.push((picture.size?.0, site.assets.url(source)?.clone()));
    }
    Some(widths)
}
