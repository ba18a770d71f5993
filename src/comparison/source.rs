//! Where facts and figures come from.

use serde::{Deserialize, Serialize};

use super::subject::safe;
use crate::data::{Date, Fields, Node, Scope};
use crate::diag::{Diagnostic, KeyPath, Lint};

/// A source: `[^id]` in a text cites it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its place in the list as written, counted from 0.
    pub index: usize,
    /// The name it is cited by.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Where it is; a path of the site, or a whole address.
    pub url: Option<String>,
    /// When it was looked at.
    pub accessed: Option<Date>,
}

impl Source {
    /// The id of its place on the page.
    pub fn anchor(&self) -> String {
        format!("source-{}", self.id)
    }
}

pub(super) fn read_all(fields: &mut Fields, scope: &mut Scope<'_>) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    let items = fields.list(&["sources"], scope).unwrap_or_default();
    for (index, (path, node)) in items.into_iter().enumerate() {
        let Some(source) = read(&path, node, scope) else { continue };
        let source = Source { index, ..source };
        if sources.iter().any(|other| other.id == source.id) {
            let problem = Diagnostic::new(scope.lint, format!("a second source `{}`", source.id));
            scope.refuse(problem.help("give it an id of its own"), path.name("id"));
        } else {
            sources.push(source);
        }
    }
    sources
}

fn read(path: &KeyPath, node: Node, scope: &mut Scope<'_>) -> Option<Source> {
    let mut fields = Fields::of(path.clone(), node, scope)?;
    let id = fields.text(&["id"], scope);
    let title = fields.text(&["title"], scope);
    let url = fields.text(&["url"], scope);
    let accessed = fields.date(&["accessed"], scope);
    fields.finish(scope);
    let Some(id) = id else {
        let problem = Diagnostic::new(scope.lint, "a source without an `id`");
        scope.refuse(problem.help("add one, to cite it by: `id: own-run`"), path.clone());
        return None;
    };
    if !is_id(&id) {
        let problem = Diagnostic::new(scope.lint, format!("`{id}` can't be cited"));
        let help = "use letters, digits, `-`, `_` and `.`, so that `[^id]` can name it";
        scope.refuse(problem.help(help), path.name("id"));
        return None;
    }
    let Some(title) = title.or_else(|| url.clone()) else {
        let message = format!("the source `{id}` has neither `title` nor `url`");
        let problem = Diagnostic::new(Lint::FrontMatterInvalid, message);
        scope.refuse(problem.help("say what it is: `title: …`, `url: …`"), path.clone());
        return None;
    };
    let url = url.and_then(|url| safe(url, path.name("url"), scope));
    Some(Source { index: 0, id, title, url, accessed })
}

/// Whether `[^id]` is read as a citation.
fn is_id(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) && !text.is_empty()
}
