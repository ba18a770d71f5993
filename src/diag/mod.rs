//! Problems: what they are, where they are, and how they are shown.
//!
//! Every stage returns a [`Checked`] value: what it made, and the problems met
//! on the way. A problem says *where* by a file and a byte range, or by the
//! path of a key in a data file; lines, columns and excerpts are looked up once
//! at the end of a run, by [`Report`].

mod format;
mod levels;
mod lint;
mod report;

use std::ops::Range;

pub use format::{Format, printable};
pub use levels::{Denied, Levels};
pub use lint::{Lint, Severity};
pub use report::{Excerpt, Finder, Located, Report, Tally, Texts};

use serde::{Deserialize, Serialize};

use crate::path::SourcePath;

/// A stage's result: the value is complete whatever the problems are.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// What the stage made.
    pub value: T,
    /// What it has to say of its input.
    pub problems: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value without problems.
    pub fn clean(value: T) -> Self {
        Self { value, problems: Vec::new() }
    }

    /// The same problems with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: f(self.value), problems: self.problems }
    }

    /// The value; its problems go to the end of `problems`.
    pub fn unpack(self, problems: &mut Vec<Diagnostic>) -> T {
        problems.extend(self.problems);
        self.value
    }
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which rule speaks.
    pub lint: Lint,
    /// What is wrong, in lower case, names in backticks.
    pub message: String,
    /// Where; `None` for the machine or the command line.
    pub place: Option<Place>,
    /// A few words at the caret.
    pub label: Option<String>,
    /// How it came to be looked at: `while rendering content/a.md`.
    pub trace: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem without a place.
    pub fn new(lint: Lint, message: impl Into<String>) -> Self {
        Self {
            lint,
            message: message.into(),
            place: None,
            label: None,
            trace: Vec::new(),
            help: None,
        }
    }

    /// The same problem, at a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same problem, with a few words at the caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same problem, with a line on how it was met.
    pub fn trace(mut self, line: impl Into<String>) -> Self {
        self.trace.push(line.into());
        self
    }

    /// The same problem, with a remedy.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem, with "did you mean" where a near name is known.
    pub fn suggest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: SourcePath,
    /// Where in it.
    pub at: At,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &SourcePath) -> Self {
        Self { file: file.clone(), at: At::File }
    }

    /// A range of bytes of the file.
    pub fn bytes(file: &SourcePath, range: Range<usize>) -> Self {
        Self { file: file.clone(), at: At::Bytes(range) }
    }

    /// The value of a key of the file's front matter, or of a data file.
    pub fn value(file: &SourcePath, path: KeyPath) -> Self {
        Self { file: file.clone(), at: At::Value(path) }
    }

    /// A part of the text that stands at a key path.
    pub fn within(file: &SourcePath, path: KeyPath, part: impl Into<String>) -> Self {
        Self { file: file.clone(), at: At::Within(path, part.into()) }
    }

    /// The key itself.
    pub fn key(file: &SourcePath, path: KeyPath) -> Self {
        Self { file: file.clone(), at: At::Key(path) }
    }
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum At {
    /// The file as a whole.
    File,
    /// A range of its bytes.
    Bytes(Range<usize>),
    /// The value that stands at a key path.
    Value(KeyPath),
    /// A part of the text that stands at a key path.
    Within(KeyPath, String),
    /// The last key of a key path.
    Key(KeyPath),
}

/// The way to a value in a data file: `dimensions`, 3, `edge`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeyPath(pub Vec<KeyStep>);

/// One step of a [`KeyPath`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyStep {
    /// The value of a key of a map.
    Name(String),
    /// The item of a list, counted from 0.
    Item(usize),
}

impl KeyPath {
    /// The path of a top-level key.
    pub fn top(name: impl Into<String>) -> Self {
        Self::default().name(name)
    }

    /// The path of a key below this one.
    pub fn name(&self, name: impl Into<String>) -> Self {
        self.step(KeyStep::Name(name.into()))
    }

    /// The path of an item below this one.
    pub fn item(&self, index: usize) -> Self {
        self.step(KeyStep::Item(index))
    }

    fn step(&self, step: KeyStep) -> Self {
        let mut path = self.clone();
        path.0.push(step);
        path
    }
}
