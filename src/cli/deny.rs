//! `--deny`: the names it takes, with suggestions and completions.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use crate::diag::{Denied, Lint};
use crate::path::nearest;

/// What stands for every warning.
const WARNINGS: &str = "warnings";

/// Reads `warnings` or a lint's id. An error names the nearest, where clap's
/// own parsers would list all of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct DeniedParser;

impl TypedValueParser for DeniedParser {
    type Value = Denied;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Denied, Error> {
        let name = value.to_string_lossy();
        if name == WARNINGS {
            return Ok(Denied::Warnings);
        }
        Lint::by_id(&name).map(Denied::Lint).ok_or_else(|| {
            let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
            if let Some(argument) = argument {
                let argument = ContextValue::String(argument.to_string());
                error.insert(ContextKind::InvalidArg, argument);
            }
            let ids = Lint::ALL.iter().map(|lint| lint.id()).chain([WARNINGS]);
            if let Some(near) = nearest(&name, ids) {
                let near = ContextValue::Strings(vec![near.to_owned()]);
                error.insert(ContextKind::SuggestedValue, near);
            }
            error.insert(ContextKind::InvalidValue, ContextValue::String(name.into_owned()));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let warnings = PossibleValue::new(WARNINGS).help("Whatever is a warning otherwise.");
        let lints = Lint::ALL.iter().map(|lint| PossibleValue::new(lint.id()).help(lint.meaning()));
        Some(Box::new([warnings].into_iter().chain(lints)))
    }
}
