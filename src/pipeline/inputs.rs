//! What a build reads: the listing, the config, the theme, the content.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::{fmt, io};

use rayon::prelude::*;

use super::{FONTS, Options, Reader, Source, cards, look};
use crate::config::{self, Config};
use crate::content::{Document, Kind};
use crate::diag::{Checked, Diagnostic, Lint, Place};
use crate::path::SourcePath;
use crate::pictures;
use crate::render;
use crate::site::{self, Inspected, Parts};
use crate::source::{Files, Listing, SourceFile};
use crate::strings;
use crate::terms::Collector;
use crate::theme::{self, Theme};

pub(super) fn unreadable_places(listing: &Listing) -> Vec<Diagnostic> {
    listing.errors.iter().map(|(path, why)| unreadable(path, why)).collect()
}

fn unreadable(file: &SourcePath, why: impl fmt::Display) -> Diagnostic {
    Diagnostic::new(Lint::FileUnreadable, format!("`{file}` can't be read: {why}"))
        .at(Place::file(file))
}

pub(super) fn configure(
    files: &dyn Files,
    listing: &Listing,
    options: &Options,
) -> Checked<Config> {
    let file = SourcePath::new(config::FILE);
    let mut checked = match files.read(&file).map(String::from_utf8) {
        Ok(Ok(text)) => config::read(&text),
        Ok(Err(_)) => Checked {
            value: Config::default(),
            problems: vec![
                Diagnostic::new(Lint::NotUtf8, "the config is not UTF-8 text")
                    .at(Place::file(&file)),
            ],
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Checked::clean(Config::default()),
        Err(error) => {
            Checked { value: Config::default(), problems: vec![unreadable(&file, &error)] }
        }
    };
    for twin in config::UNREAD.map(SourcePath::new) {
        let found = listing.files.iter().any(|file| file.path == twin);
        if found && files.read(&file).is_err() {
            let message = format!("`{twin}` is not read");
            let problem = Diagnostic::new(Lint::ConfigUnread, message).at(Place::file(&twin));
            checked.problems.push(problem.help(format!("the config is `{}`", config::FILE)));
        }
    }
    look::speak(files, &mut checked.value, &mut checked.problems);
    look::furnish(files, &listing.files, &mut checked.value, &mut checked.problems);
    if let Some(base_url) = &options.base_url {
        checked.value.base_url = base_url.clone();
    }
    cards::equip(files, listing, &mut checked.value, &mut checked.problems);
    if let Some(limit) = options.related {
        checked.value.related = limit;
    }
    checked.value.lints.deny(&options.denied);
    checked
}

pub(super) fn load_theme(files: &dyn Files, listing: &Listing, config: &Config) -> Checked<Theme> {
    let versions: BTreeMap<String, String> = theme::static_files(&listing.files, config)
        .into_par_iter()
        .filter_map(|path| {
            let bytes = theme::publish(files, &path, config).ok()?;
            let hash = xxhash_rust::xxh3::xxh3_64(&bytes) >> 24;
            Some((path.below(theme::STATIC)?.to_owned(), format!("{hash:010x}")))
        })
        .collect();
    Theme::load(files, &listing.files, versions, |tera, versions| {
        render::register(tera, config, versions);
    })
}

/// Reads every content file, in parallel; the texts are dropped again.
pub(super) fn read(
    files: &dyn Files,
    reader: &dyn Reader,
    listing: &Listing,
    config: &Config,
    options: &Options,
) -> Checked<Parts> {
    let root = content_root(listing);
    let content: Vec<(&SourceFile, &str)> = listing
        .files
        .iter()
        .filter(|file| !is_furniture(&file.path, root))
        .filter_map(|file| Some((file, file.path.below(root)?)))
        .collect();
    let (pages, assets): (Vec<_>, Vec<_>) =
        content.into_iter().partition(|(file, _)| site::is_page(&file.path));
    let mut problems = Vec::new();
    let (documents, terms) = documents(reader, &pages, config, options).unpack(&mut problems);
    if documents.is_empty() && files.read(&SourcePath::new(config::FILE)).is_err() {
        let problem = Diagnostic::new(Lint::ContentMissing, "there is nothing to build here");
        problems.push(
            problem.help("run this in a folder with Markdown files, or begin with `versus init`"),
        );
    }
    let is_left_out = |document: &Arc<Document>| document.front.draft && !options.drafts;
    let corpus =
        terms.finish(|at| !is_left_out(&documents[at]) && documents[at].kind == Kind::Page);
    let (drafts, documents): (Vec<_>, _) = documents.into_iter().partition(is_left_out);
    let is_secret = |path: &SourcePath| {
        drafts.iter().any(|draft| draft.is_bundle() && path.below(draft.file.folder()).is_some())
    };
    let assets = assets.into_iter().map(|(file, _)| file.path.clone());
    let assets: Vec<SourcePath> = assets.filter(|path| !is_secret(path)).collect();
    let assets = assets.into_iter().filter(|path| !root.is_empty() || is_media(path)).collect();
    let statics = theme::static_files(&listing.files, config);
    let pictures = inspect(reader, listing, [&assets, &statics]);
    let parts = Parts {
        root: root.to_owned(),
        documents,
        corpus: (!options.is_sketch).then_some(corpus),
        drafts,
        assets,
        statics,
        pictures,
    };
    Checked { value: parts, problems }
}

/// Reads the pages, so many at a time: words in full take more memory than
/// anything that stays. Those of some are numbered, one page after the other, while
/// the next are read.
fn documents(
    reader: &dyn Reader,
    pages: &[(&SourceFile, &str)],
    config: &Config,
    options: &Options,
) -> Checked<(Vec<Arc<Document>>, Collector)> {
    const AT_A_TIME: usize = 128;
    let counts_words = !options.is_sketch && config.counts_words();
    let mut problems = Vec::new();
    let mut documents = Vec::with_capacity(pages.len());
    let mut terms = Collector::default();
    let mut collect = |read: Vec<Arc<Source>>| {
        for source in read {
            if counts_words {
                terms.add(&source.bag);
            }
            documents.push(source.document.clone());
            problems.extend(source.problems.iter().cloned());
        }
    };
    let mut before = Vec::new();
    for pages in pages.chunks(AT_A_TIME) {
        let pages = pages.par_iter();
        let read = || pages.map(|(file, below)| reader.read(file, below, config)).collect();
        let (read, ()) = rayon::join(read, || collect(before));
        before = read;
    }
    collect(before);
    Checked { value: (documents, terms), problems }
}

/// Tells the files that a run may read.
pub(super) fn is_source(listing: &Listing) -> impl Fn(&SourcePath) -> bool + use<> {
    let root = content_root(listing);
    move |path: &SourcePath| {
        let mut folders =
            [root, theme::TEMPLATES, theme::STATIC, strings::FOLDER, FONTS].into_iter();
        path.folder().is_empty() || folders.any(|folder| path.below(folder).is_some())
    }
}

/// Where the documents are: `content`, or in a folder without one, itself.
pub fn content_root(listing: &Listing) -> &'static str {
    let has = |folder: &str| listing.files.iter().any(|file| file.path.below(folder).is_some());
    let is_project = listing.files.iter().any(|file| file.path.as_str() == config::FILE);
    if has("content") || is_project { "content" } else { "" }
}

/// What a folder that is its own content folder holds besides content.
fn is_furniture(path: &SourcePath, root: &str) -> bool {
    let folders = [theme::TEMPLATES, theme::STATIC];
    root.is_empty() && folders.iter().any(|folder| path.below(folder).is_some())
}

/// A folder without `content/` may hold anything: only media is published.
fn is_media(path: &SourcePath) -> bool {
    const MEDIA: [&str; 10] =
        ["avif", "gif", "jpeg", "jpg", "mp4", "pdf", "png", "svg", "webm", "webp"];
    path.extension().is_some_and(|extension| MEDIA.contains(&extension.to_lowercase().as_str()))
}

/// Looks at every picture. One that can't be read is told when it is copied.
fn inspect(reader: &dyn Reader, listing: &Listing, lists: [&Vec<SourcePath>; 2]) -> Inspected {
    let is_picture = |path: &&SourcePath| path.extension().is_some_and(pictures::is_picture);
    let pictures: Vec<&SourcePath> = lists.into_iter().flatten().filter(is_picture).collect();
    let look = |path: &SourcePath| {
        let files = &listing.files;
        let found = match files.binary_search_by(|file| file.path.cmp(path)) {
            Ok(at) => reader.picture(&files[at])?,
            Err(_) => pictures::inspect(path.extension()?, theme::embedded(path.as_str())?)?,
        };
        Some((path.clone(), found))
    };
    pictures.into_par_iter().filter_map(look).collect()
}
