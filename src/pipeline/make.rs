//! Makes the files of a site, and those only that are not there already.

use std::io;

use serde::{Deserialize, Serialize};

use crate::cache::{Cache, Key};
use crate::diag::{Diagnostic, Lint, Severity};
use crate::output::{Digest, Piece, Sink};
use crate::path::OutputPath;
use crate::render::{Notes, Part, Renderer};
use crate::site::{Lookup, Route, Site};

/// Makes files.
pub(super) struct Maker<'a> {
    pub(super) site: &'a Site,
    pub(super) renderer: Renderer<'a>,
    pub(super) sink: &'a dyn Sink,
    pub(super) cache: &'a Cache,
}

/// What came of a recipe, where the links were answered so.
#[derive(Serialize, Deserialize)]
struct Made {
    digest: Digest,
    lookups: Vec<Lookup>,
    answers: u64,
    /// The colours of its code.
    colours: Vec<Key>,
    /// What is wrong with it, none of which is an error.
    problems: Vec<Diagnostic>,
}

impl Maker<'_> {
    /// Puts a file together of others, which were made before.
    pub(super) fn join(&self, path: &OutputPath, parts: Vec<Part<'_>>) -> Vec<Diagnostic> {
        let pieces = parts.into_iter().map(|part| match part {
            Part::Text(text) => Piece::Text(text),
            Part::File(route) => Piece::File(route.path.clone()),
        });
        let joined = self.sink.join(path, &pieces.collect::<Vec<_>>());
        joined.err().map(|error| unwritten(path, &error)).into_iter().collect()
    }

    /// Hands the file of a route to the sink, and says what is wrong with it.
    pub(super) fn make(&self, route: &Route) -> Vec<Diagnostic> {
        let notes = Notes::new(self.cache);
        let noting = self.renderer.noting(&notes);
        let recipe = self.cache.is_on().then(|| noting.recipe(route)).flatten();
        let known = recipe.and_then(|recipe| self.known(recipe));
        let is_known = known.is_some();
        if let Some(made) = known {
            match self.sink.keep(&route.path, made.digest) {
                Ok(false) => {}
                Ok(true) => {
                    made.colours.iter().for_each(|key| self.cache.touch(*key));
                    return made.problems;
                }
                Err(error) => return vec![unwritten(&route.path, &error)],
            }
        }
        let renderer = if recipe.is_some() { noting } else { self.renderer };
        let mut problems = Vec::new();
        let Some(file) = renderer.render(route).unpack(&mut problems) else { return problems };
        let digest = Digest::of(&file.bytes);
        match self.sink.put(file) {
            Err(error) => problems.push(unwritten(&route.path, &error)),
            Ok(()) if !is_known => self.note(recipe, digest, notes, &problems),
            Ok(()) => {}
        }
        problems
    }

    /// What came of a recipe, if links lead where they did.
    fn known(&self, recipe: Key) -> Option<Made> {
        let made: Made = self.cache.get(recipe)?;
        (self.site.answers(&made.lookups) == Some(made.answers)).then_some(made)
    }

    /// Notes what came of a recipe. What an error is made of may be no part of it, such
    /// as a file that could not be read.
    fn note(&self, recipe: Option<Key>, digest: Digest, notes: Notes<'_>, problems: &[Diagnostic]) {
        let is_error = |problem: &Diagnostic| problem.lint.default_severity() == Severity::Error;
        let lookups = notes.lookups.into_list();
        if let Some(recipe) = recipe
            && !problems.iter().any(is_error)
            && let Some(answers) = self.site.answers(&lookups)
        {
            let (colours, problems) = (notes.colours.into_keys(), problems.to_vec());
            self.cache.put(recipe, &Made { digest, lookups, answers, colours, problems });
        }
    }
}

pub(super) fn unwritten(path: &OutputPath, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Lint::WriteFailed, format!("`{path}` can't be written: {error}"))
}
