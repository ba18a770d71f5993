//! Which copies of the site are made for programs: `outputs:`.

use crate::data::{Fields, Scope, Switch};

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
    match fields.switch(&["outputs"], scope)? {
        Switch::All(are_made) => Some(OutputConfig::all(are_made)),
        Switch::Parts(mut outputs) => {
            let config = OutputConfig {
                markdown: outputs.bool(&["markdown"], scope).unwrap_or(default.markdown),
                data: outputs.bool(&["data"], scope).unwrap_or(default.data),
                llms: outputs.bool(&["llms"], scope).unwrap_or(default.llms),
            };
            outputs.finish(scope);
            Some(config)
        }
    }
}
