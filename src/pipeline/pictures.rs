//! Makes the widths of a picture, which takes longer than anything else: what was
//! made is kept itself, not only what it was made of.

use std::io;

use super::make::{Maker, unwritten};
use crate::cache::{Ingredients, Key};
use crate::diag::Diagnostic;
use crate::output::{Digest, Rendered};
use crate::site::{Output, Route};

impl Maker<'_> {
    /// Hands files of one picture to the sink. It is decoded once, and only if one of
    /// them is not known.
    pub(super) fn make_pictures(&self, routes: &[&Route]) -> Vec<Diagnostic> {
        let Some(source) = routes.first().and_then(|route| route.output.picture()) else {
            return Vec::new();
        };
        let mut problems = Vec::new();
        let mut missing = Vec::new();
        for route in routes {
            let Output::Picture(_, width) = route.output else { continue };
            match self.put_known(route) {
                Ok(true) => {}
                Ok(false) => missing.push((route, width)),
                Err(error) => problems.push(unwritten(&route.path, &error)),
            }
        }
        if missing.is_empty() {
            return problems;
        }
        if !self.sink.is_lasting() {
            return self.renderer.check_picture(source);
        }
        let widths: Vec<u32> = missing.iter().map(|(_, width)| *width).collect();
        let made = self.renderer.pictures(source, &widths).unpack(&mut problems);
        for ((route, _), bytes) in missing.into_iter().zip(made) {
            if let Some((recipe, file)) = self.keys(route) {
                self.cache.put(recipe, &Digest::of(&bytes));
                self.cache.put(file, &bytes);
            }
            let put = self.sink.put(Rendered { path: route.path.clone(), bytes });
            problems.extend(put.err().map(|error| unwritten(&route.path, &error)));
        }
        problems
    }

    /// Hands over what an earlier run made, if one did.
    fn put_known(&self, route: &Route) -> io::Result<bool> {
        let Some((recipe, file)) = self.keys(route) else { return Ok(false) };
        if let Some(digest) = self.cache.get(recipe)
            && self.sink.keep(&route.path, digest)?
        {
            self.cache.touch(file);
            return Ok(true);
        }
        let Some(bytes) = self.cache.get(file) else { return Ok(false) };
        self.sink.put(Rendered { path: route.path.clone(), bytes })?;
        Ok(true)
    }

    /// What a file's digest is kept under, and the file itself.
    fn keys(&self, route: &Route) -> Option<(Key, Key)> {
        let recipe = self.cache.is_on().then(|| self.renderer.recipe(route))??;
        let mut parts = Ingredients::of("made");
        parts.add(&recipe.number().to_le_bytes());
        Some((recipe, parts.key()?))
    }
}
