//! Which copies of the site are made for programs: `outputs:`.

use crate::data::{Fields, Node, Scope};
use crate::diag::{Diagnostic, Lint};

/// Which copies of the site are made for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputConfig {
    /// Articles and hubs as Markdown: `index.html.md`.
    pub markdown: bool,
    /// Comparisons as data: `data.json` beside each, `index.json` of all.
    pub data: bool,
    /// Lists for language models: `llms.txt` and, where there is Markdown to put
    /// together, `llms-full.txt`.
    pub llms: bool,
}

impl OutputConfig {
    /// All of them, or none.
    fn all(are_made: bool) -> Self {
        Self { markdown: are_made, data: are_made, llms: are_made }
    }
}

impl Default for OutputConfig {
    fn default() -> Self {
        Self::all(true)
    }
}

pub(super) fn outputs(fields: &mut Fields, scope: &mut Scope<'_>) -> Option<OutputConfig> {
    let default = OutputConfig::default();
    let (path, node) = fields.take(&["outputs"])?;
    let entries = match node {
        Node::Bool(are_made) => return Some(OutputConfig::all(are_made)),
        Node::Map(entries) => entries,
        other => {
            let message =
                format!("`outputs` should be `true`, `false` or a map, not {}", other.kind());
            scope.refuse(Diagnostic::new(Lint::ConfigInvalid, message), path);
            return None;
        }
    };
    let mut outputs = Fields::new(path, entries);
    let config = OutputConfig {
        markdown: outputs.bool(&["markdown"], scope).unwrap_or(default.markdown),
        data: outputs.bool(&["data"], scope).unwrap_or(default.data),
        llms: outputs.bool(&["llms"], scope).unwrap_or(default.llms),
    };
    outputs.finish(scope);
    Some(config)
}
