//! `versus init`.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::Args;

use super::{End, Failure, say};

/// The files of a new site.
const FILES: [(&str, &str); 5] = [
    ("versus.yaml", include_str!("starter/versus.yaml")),
    ("content/_index.md", include_str!("starter/home.md")),
    ("content/compare/_index.md", include_str!("starter/section.md")),
    ("content/compare/tabs-vs-spaces.md", include_str!("starter/article.md")),
    (".gitignore", "/.public.versus-stage/\n/public/\n"),
];

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to make
    dir: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    let dir = &arguments.dir;
    let name = dir.display();
    match fs::read_dir(dir) {
        Ok(mut entries) => {
            // A repository that was just made is as good as empty.
            let other =
                |entry: io::Result<fs::DirEntry>| entry.map_or(true, |e| e.file_name() != ".git");
            if entries.any(other) {
                return Err(Failure::new(format!("`{name}` is not empty"))
                    .help("choose a new folder; nothing was changed"));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::new(format!("`{name}` can't be used: {error}"))),
    }
    for (path, text) in FILES {
        let file = dir.join(path);
        let made =
            file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, text));
        made.map_err(|error| Failure::new(format!("`{}` can't be made: {error}", file.display())))?;
    }
    say(&format!(
        "created {name} ({} files)\nnext: versus serve --open --root {name}\n",
        FILES.len()
    ))?;
    Ok(End::Clean)
}
