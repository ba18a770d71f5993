//! How grave each rule is in a run.

use std::collections::BTreeMap;

use super::{Lint, Severity};

/// The severities of a run: each rule's own, changed by the site, then by the
/// command line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels {
    /// `None` turns a rule off.
    site: BTreeMap<Lint, Option<Severity>>,
    denied: Vec<Denied>,
}

/// What one run takes for an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// Whatever is a warning otherwise.
    Warnings,
    /// A rule, also where the site has turned it off.
    Lint(Lint),
}

impl Levels {
    /// The site's own.
    pub fn of_site(site: BTreeMap<Lint, Option<Severity>>) -> Self {
        Self { site, denied: Vec::new() }
    }

    /// Takes more for errors.
    pub fn deny(&mut self, denied: &[Denied]) {
        self.denied.extend(denied);
    }

    /// How grave a rule is; `None` if it is off.
    pub fn severity(&self, lint: Lint) -> Option<Severity> {
        let level = self.site.get(&lint).copied().unwrap_or(Some(lint.default_severity()));
        let is_denied = self.denied.contains(&Denied::Lint(lint))
            || level == Some(Severity::Warning) && self.denied.contains(&Denied::Warnings);
        if is_denied { Some(Severity::Error) } else { level }
    }
}
