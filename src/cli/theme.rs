//! `versus theme`.

use clap::Args;

use super::{End, Failure, say};
use crate::path::nearest;
use crate::theme::{embedded, embedded_names};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to print, such as `templates/partials/footer.html`; without it, their names
    file: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    let Some(file) = &arguments.file else {
        let names: Vec<&str> = embedded_names().collect();
        say(&format!("{}\n", names.join("\n")))?;
        return Ok(End::Clean);
    };
    // Names in templates and front matter begin below their folder.
    let found = ["", "templates/", "static/", "strings/"]
        .iter()
        .find_map(|folder| embedded(&format!("{folder}{file}")));
    let Some(bytes) = found else {
        let failure = Failure::new(format!("the theme has no file `{file}`"));
        let short = |name: &'static str| name.split_once('/').map(|(_, rest)| rest);
        let near = nearest(file, embedded_names().chain(embedded_names().filter_map(short)));
        return Err(match near {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("`versus theme` lists its files"),
        });
    };
    say(&String::from_utf8_lossy(bytes))?;
    Ok(End::Clean)
}
