//! `versus new`.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::{End, Failure, say};
use crate::content::humanize;
use crate::path::{OutputPath, SourcePath};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The page below `content/`, such as `compare/go-vs-rust`
    path: String,
    /// Its title; made of the path by default
    #[arg(long)]
    title: Option<String>,
    /// The project's folder
    #[arg(long, default_value = ".", value_name = "DIR")]
    root: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<End, Failure> {
    let path = arguments.path.trim_start_matches("content/").trim_end_matches('/');
    let path = if path.ends_with(".md") { path.to_owned() } else { format!("{path}.md") };
    OutputPath::new(&path).map_err(|why| {
        Failure::new(format!("`{}` can't be a page: it has {why}", arguments.path))
            .help("name it like `compare/go-vs-rust`")
    })?;
    let folder = arguments.root.join("content");
    if !arguments.root.is_dir() {
        return Err(Failure::new(format!("there is no folder `{}`", arguments.root.display())));
    }
    let file = folder.join(&path);
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    let title = arguments.title.clone().unwrap_or_else(|| title(&path));
    let mut out = fs::File::create_new(&file).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::new(format!("`{}` is there already", file.display()))
                .help("choose another name, or edit that page")
        }
        _ => Failure::new(format!("`{}` can't be made: {error}", file.display())),
    })?;
    out.write_all(front_matter(&title).as_bytes())?;
    say(&format!("created {}\n", file.display()))?;
    Ok(End::Clean)
}

/// `compare/go-vs-rust.md` becomes `Go vs Rust`.
fn title(path: &str) -> String {
    let file = SourcePath::new(path);
    let name = if file.name() == "index.md" { SourcePath::new(file.folder()) } else { file };
    let sides: Vec<String> = name.stem().split("-vs-").map(humanize).collect();
    sides.join(" vs ")
}

fn front_matter(title: &str) -> String {
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d");
    // JSON's quoting is YAML's.
    let title = serde_json::Value::from(title);
    format!("---\ntitle: {title}\ndescription: \"\"\ndate: {today}\ntags: []\n---\n\n")
}
