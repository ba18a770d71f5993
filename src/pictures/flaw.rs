//! What can be wrong with a picture.

use serde::{Deserialize, Serialize};

use super::{Kind, MAX_PIXELS};
use crate::diag::{Diagnostic, Lint};
use crate::path::SourcePath;

/// What is wrong with a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    /// There is nothing in it.
    Empty,
    /// In its place stands what Git LFS fetches it by.
    Pointer,
    /// It is no picture of a kind that is known.
    Unknown,
    /// It is a picture of another kind than its name says.
    Misnamed(Kind),
    /// It ends too early.
    Truncated,
    /// Something in it is not as it should be.
    Damaged(String),
    /// It has so many pixels.
    TooLarge(u32, u32),
}

impl Flaw {
    pub(super) fn damaged(what: &str) -> Self {
        Self::Damaged(what.to_owned())
    }

    /// The problem of a picture, without a place: it is told where it is shown.
    pub fn of(&self, picture: &SourcePath) -> Diagnostic {
        let message = format!("`{picture}` {}", self.message());
        Diagnostic::new(Lint::PictureBroken, message).help(self.help(picture.stem()))
    }

    fn message(&self) -> String {
        match self {
            Self::Empty => "is empty".into(),
            Self::Pointer => "is not there: Git LFS has left a pointer in its place".into(),
            Self::Unknown => "is no picture".into(),
            Self::Misnamed(kind) => format!("is not what its name says: it holds {kind}"),
            Self::Truncated => "ends in the middle of the picture".into(),
            Self::Damaged(what) => format!("is damaged: {what}"),
            Self::TooLarge(width, height) => {
                format!(
                    "has {width} × {height} pixels, more than {} million",
                    MAX_PIXELS / 1_000_000
                )
            }
        }
    }

    /// What to do about it.
    fn help(&self, stem: &str) -> String {
        match self {
            Self::Pointer => "run `git lfs pull`".into(),
            Self::Misnamed(kind) if kind.is_shown() => {
                format!("call it `{stem}.{}`", kind.extension())
            }
            Self::Misnamed(_) => "save it as PNG, JPEG or WebP, which browsers show".into(),
            Self::TooLarge(..) => "make it smaller: pages show no more than a screen holds".into(),
            Self::Empty | Self::Unknown | Self::Truncated | Self::Damaged(_) => {
                "copy or save the file again".into()
            }
        }
    }
}
