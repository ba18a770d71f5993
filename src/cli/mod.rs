//! The command line: the only place that prints, asks the clock, or ends the
//! program.

mod build;
mod check;
mod deny;
mod init;
mod list;
mod new;
mod project;
mod related;
mod schema;
mod serve;
mod theme;

use std::fmt;
use std::io;
use std::process::ExitCode;

use anstream::ColorChoice;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

/// Builds static sites of comparison articles: Markdown with YAML front matter
/// in, a folder for any static host out.
#[derive(Debug, Parser)]
#[command(name = "versus", version, about, max_term_width = 96, subcommand_required = true)]
#[command(arg_required_else_help = true, after_help = "Begin with `versus init mysite`.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site into the output folder
    Build(build::Arguments),
    /// Show the site in a browser while it is written
    Serve(serve::Arguments),
    /// Report everything that is not right, and write nothing
    Check(check::Arguments),
    /// Make a new site with one sample comparison
    Init(init::Arguments),
    /// Make a new page
    New(new::Arguments),
    /// List what the site has
    List(list::Arguments),
    /// Say which pages are related, and why
    Related(related::Arguments),
    /// Print the JSON Schema of front matter or config, for editors
    Schema(schema::Arguments),
    /// Print a file of the default theme, to change a copy of it
    Theme(theme::Arguments),
    /// Print a shell's completion script
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// As it should: exit code 0.
    Clean,
    /// The site has problems: exit code 1.
    Problems,
}

/// Wrong use, or a machine that fails: exit code 2.
#[derive(Debug)]
struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(error)
    }
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::AlwaysAnsi,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
    let end = match arguments.command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Related(arguments) => related::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Theme(arguments) => theme::run(&arguments),
        Command::Completions { shell } => completions(shell),
    };
    match end {
        Ok(End::Clean) => ExitCode::SUCCESS,
        Ok(End::Problems) => ExitCode::from(1),
        Err(failure) => {
            warn(&format!("error: {}\n", failure.message));
            if let Some(help) = failure.help {
                warn(&format!("  = help: {help}\n"));
            }
            ExitCode::from(2)
        }
    }
}

fn completions(shell: clap_complete::Shell) -> Result<End, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "versus", &mut script);
    say(&String::from_utf8_lossy(&script))?;
    Ok(End::Clean)
}

/// Prints to standard output.
fn say(text: &str) -> io::Result<()> {
    use io::Write as _;
    match anstream::stdout().write_all(text.as_bytes()) {
        // A reader that has seen enough, as in `| head`, is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Prints to standard error; there is nowhere to say that it failed.
fn warn(text: &str) {
    use io::Write as _;
    let _ = anstream::stderr().write_all(text.as_bytes());
}
