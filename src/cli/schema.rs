//! `versus schema`.

use clap::{Args, ValueEnum};

use super::{End, Failure, say};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What the schema is of
    #[arg(value_enum, default_value_t = Of::FrontMatter)]
    of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// The front matter of pages and sections
    FrontMatter,
    /// The front matter of `content/subjects/`
    Subject,
    /// `versus.yaml`
    Config,
}

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    say(match arguments.of {
        Of::FrontMatter => include_str!("../../schema/front-matter.json"),
        Of::Subject => include_str!("../../schema/subject.json"),
        Of::Config => include_str!("../../schema/config.json"),
    })?;
    Ok(End::Clean)
}
