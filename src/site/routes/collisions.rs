//! Two outputs that want one path, and what is told of them.

use super::claims::Claims;
use super::{Output, Places, Route};
use crate::diag::{Diagnostic, Lint, Place};
use crate::path::OutputPath;

impl Claims<'_> {
    /// A file and a folder can't have one name.
    pub(super) fn files_as_folders(&mut self) {
        // What stands beside a page collides with what the page does.
        let beside =
            |route: &&Route| matches!(route.output, Output::Alternate(_) | Output::Data(_));
        for route in self.routes.iter().filter(|route| !beside(route)) {
            let key = route.path.collision_key();
            for (at, _) in key.match_indices('/') {
                if let Some(first) = self.taken.get(&key[..at]) {
                    let problem = self.collision(&self.routes[*first], &route.path, &route.output);
                    self.problems.push(problem);
                }
            }
        }
    }

    pub(super) fn collision(
        &self,
        first: &Route,
        path: &OutputPath,
        second: &Output,
    ) -> Diagnostic {
        let both_pages = matches!((&first.output, second), (Output::Page(_), Output::Page(_)));
        let lint = if both_pages { Lint::DuplicateUrl } else { Lint::PathCollision };
        let (one, other) = (self.describe(&first.output), self.describe(second));
        let message = if first.path == *path {
            format!("two outputs for `{path}`: {one} and {other}")
        } else {
            format!("`{}` of {one} and `{path}` of {other} are one file on some hosts", first.path)
        };
        let help = if both_pages {
            "give one of them another `url` or `slug`"
        } else {
            "rename one of them"
        };
        let problem = Diagnostic::new(lint, message).help(help);
        match self.place(second).or_else(|| self.place(&first.output)) {
            Some(place) => problem.at(place),
            None => problem,
        }
    }

    fn describe(&self, output: &Output) -> String {
        let Places { pages, sections, taxonomies, subjects, .. } = self.places;
        match output {
            Output::Page(id) => format!("the page `{}`", pages[*id].file),
            Output::Section(id, _) => format!("the section `{}`", sections[*id].url),
            Output::Taxonomy(id) => format!("the overview of `{}`", taxonomies[*id].config.name),
            Output::Term(id, term, _) => {
                let taxonomy = &taxonomies[*id];
                format!("`{}` of `{}`", taxonomy.terms[*term].title, taxonomy.config.name)
            }
            Output::Redirect(to) => match self.destination(*to) {
                Some(document) => format!("an alias of `{}`", document.file),
                None => "an alias".into(),
            },
            Output::Copy(source) => format!("the file `{source}`"),
            Output::Hub(id) | Output::Alternatives(id) => {
                format!("what is made of comparisons with `{}`", subjects.all[*id].name)
            }
            _ => "a generated file".into(),
        }
    }

    fn place(&self, output: &Output) -> Option<Place> {
        let Places { pages, sections, .. } = self.places;
        Some(match output {
            Output::Page(id) => {
                let page = &pages[*id];
                let own = [
                    ("url", page.front.particulars.url.is_some()),
                    ("slug", page.front.particulars.slug.is_some()),
                ];
                match own.into_iter().find(|(_, is_set)| *is_set) {
                    Some((key, _)) => Place::value(&page.file, page.front.key(key)),
                    None => Place::file(&page.file),
                }
            }
            Output::Section(id, _) => Place::file(&sections[*id].document.as_ref()?.file),
            Output::Redirect(to) => {
                let document = self.destination(*to)?;
                Place::value(&document.file, document.front.key("aliases"))
            }
            Output::Copy(source) => Place::file(source),
            _ => return None,
        })
    }
}
