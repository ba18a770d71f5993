//! The rules that a problem can name, and how grave each is.

use std::fmt;

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails anything.
    Info,
    /// Fails `check` and `build --strict`.
    Warning,
    /// Fails everything; nothing is written.
    Error,
}

impl Severity {
    /// The word it is printed as.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Declares the rules in one table: variant, id, default severity, meaning.
macro_rules! lints {
    ($($variant:ident $id:literal $severity:ident $meaning:literal,)*) => {
        /// A rule, by the id that messages, the config and pages name it by.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Lint {
            $(#[doc = $meaning] $variant,)*
        }

        impl Lint {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The id: `dead-link`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// How grave it is unless the config says otherwise.
            pub fn default_severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What it says, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

lints! {
    CodeLanguageUnknown "code-language-unknown" Warning "A code block names a language that has no grammar.",
    CodeTooLarge "code-too-large" Warning "A code block or a line of it is too long to be highlighted.",
    ConfigInvalid "config-invalid" Error "The config can't be read, or a value in it is not of its kind.",
    ConfigUnread "config-unread" Warning "A file that looks like a config is not read.",
    ContentMissing "content-missing" Error "The folder holds nothing to build a site of.",
    DateInvalid "date-invalid" Error "A date is not in a form that is read.",
    DeadLink "dead-link" Warning "A link leads to a page, heading or file that the site does not have.",
    DraftLinked "draft-linked" Error "A published page links to a draft.",
    DuplicateHeadingId "duplicate-heading-id" Info "Two headings of a page have one id; the second gets a number.",
    DuplicateUrl "duplicate-url" Error "Two pages have one address.",
    FileTooLarge "file-too-large" Error "A file is larger than the limit for its kind.",
    FileUnreadable "file-unreadable" Error "A file or folder can't be read.",
    FrontMatterInvalid "front-matter-invalid" Error "Front matter can't be read, or a value in it is not of its kind.",
    FrontMatterTwice "front-matter-twice" Error "A second block of front matter stands where the body should begin.",
    H1Duplicate "h1-duplicate" Info "The body has a first-level heading beside the title.",
    HeadingSkip "heading-skip" Info "A heading is more than one level below the one before it.",
    HtmlRemoved "html-removed" Warning "Raw HTML was left out because it could run script or break the page.",
    ImageAlt "image-alt" Warning "An image has no text for those who can't see it.",
    KeyNearlyKnown "key-nearly-known" Warning "A free key of front matter looks like a slip of a known one.",
    LinkScheme "link-scheme" Warning "A link's scheme is not one that is safe to follow; it was left out.",
    NotUtf8 "not-utf8" Error "A text file is not UTF-8.",
    PathCollision "path-collision" Error "Two outputs have one path, or differ only in case.",
    PathInvalid "path-invalid" Error "A slug, address, alias or file name can't become a path of the site.",
    ShortcodeUnknown "shortcode-unknown" Warning "A shortcode has no template; it is shown as written.",
    TemplateError "template-error" Error "A template can't be parsed or rendered.",
    TitleMissing "title-missing" Info "A page has no title in its front matter; its first heading or file name serves.",
    UnknownKey "unknown-key" Error "A key is not known where it stands.",
    UpdatedBeforeDate "updated-before-date" Error "A page was updated before it was published.",
    WriteFailed "write-failed" Error "The output could not be written.",
}

impl Lint {
    /// The rule with an id.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|lint| lint.id() == id)
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_found_by_its_id_and_the_table_is_sorted() {
        let ids: Vec<&str> = Lint::ALL.iter().map(|lint| lint.id()).collect();
        assert!(ids.is_sorted(), "sort the table by id");
        assert!(Lint::ALL.iter().all(|lint| Lint::by_id(lint.id()) == Some(*lint)));
    }
}
