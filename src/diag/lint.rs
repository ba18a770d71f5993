//! The rules that a problem can name, and how grave each is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; never fails anything.
    Info,
    /// Fails `check`, and a build that denies warnings.
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
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    BenchmarkNoEnvironment "benchmark-no-environment" Warning "A benchmark does not say on what it was measured.",
    BenchmarkNoMethod "benchmark-no-method" Warning "A benchmark does not say how it was measured.",
    BenchmarkNoSource "benchmark-no-source" Warning "A benchmark does not say where its figures come from.",
    CardLetterMissing "card-letter-missing" Info "The title of a page has a letter that no font of the social cards has, so it is not on its card.",
    CodeLanguageUnknown "code-language-unknown" Warning "A code block names a language that has no grammar.",
    CodeNoLanguage "code-no-language" Info "A fence does not say what language its code is in.",
    CodeTooLarge "code-too-large" Warning "A code block or a line of it is too long to be highlighted.",
    ConfigInvalid "config-invalid" Error "The config can't be read, or a value in it is not of its kind.",
    ConfigUnread "config-unread" Warning "A file that looks like a config is not read.",
    ContentMissing "content-missing" Error "The folder holds nothing to build a site of.",
    DateInvalid "date-invalid" Error "A date is not in a form that is read.",
    DeadLink "dead-link" Warning "A link leads to a page, heading or file that the site does not have.",
    DeadRelated "dead-related" Error "A page to read next is named that the site does not have.",
    DescriptionLong "description-long" Info "A description is longer than search engines show.",
    DescriptionMissing "description-missing" Info "A page has no description, and no first paragraph to make one of.",
    DraftLinked "draft-linked" Error "A published page links to a draft.",
    DuplicateDimension "duplicate-dimension" Error "Two dimensions have one name or id.",
    DuplicateHeadingId "duplicate-heading-id" Info "Two headings of a page have one id; the second gets a number.",
    DuplicateSubject "duplicate-subject" Error "A subject is named twice, or two have one name or alias.",
    DuplicateUrl "duplicate-url" Error "Two pages have one address.",
    EdgeInvalid "edge-invalid" Error "An edge is given to nobody that is compared.",
    Expired "expired" Warning "A page is past the date at which it says that it expires (`check` only).",
    ExtraCell "extra-cell" Error "A cell, value or setup belongs to nobody that is compared.",
    FileTooLarge "file-too-large" Error "A file is larger than the limit for its kind.",
    FileUnreadable "file-unreadable" Error "A file or folder can't be read.",
    FootnoteUndefined "footnote-undefined" Warning "A footnote has no text; its name is shown as written.",
    FrontMatterInvalid "front-matter-invalid" Error "Front matter can't be read, or a value in it is not of its kind.",
    FrontMatterTwice "front-matter-twice" Error "A second block of front matter stands where the body should begin.",
    FutureDate "future-date" Info "A page has a date in the future (`check` only).",
    H1Duplicate "h1-duplicate" Info "The body has a first-level heading beside the title.",
    HeadingSkip "heading-skip" Info "A heading is more than one level below the one before it.",
    HtmlRemoved "html-removed" Warning "Raw HTML was left out because it could run script or break the page.",
    ImageAlt "image-alt" Warning "An image has no text for those who can't see it.",
    InkContrast "ink-contrast" Warning "An ink of the config is hard to read on light or dark pages.",
    KeyNearlyKnown "key-nearly-known" Warning "A free key of front matter looks like a slip of a known one.",
    LinkScheme "link-scheme" Warning "A link's scheme is not one that is safe to follow; it was left out.",
    MarkerUnused "marker-unused" Warning "A marker names a block that the page has no data for.",
    MetricNoBetter "metric-no-better" Warning "A metric does not say whether higher or lower is better, so nobody wins it.",
    MetricNoValues "metric-no-values" Warning "A metric has no values.",
    MetricOneValue "metric-one-value" Warning "A metric was measured for one subject only.",
    MetricUnitMissing "metric-unit-missing" Warning "A metric's figures have no unit.",
    MirrorUnlinked "mirror-unlinked" Warning "Two articles compare the same subjects, and neither says that it is the other's mirror.",
    MissingCell "missing-cell" Warning "A dimension says nothing of a subject.",
    NearDuplicate "near-duplicate" Warning "Two pages say nearly the same.",
    NoVerdict "no-verdict" Info "A comparison has no verdict.",
    NotUtf8 "not-utf8" Error "A text file is not UTF-8.",
    OneSidedEdges "one-sided-edges" Info "Every edge goes to one subject.",
    Orphan "orphan" Warning "Nothing but lists leads to a page.",
    PairAlone "pair-alone" Warning "A fence names a task that no fence beside it names.",
    PairSameLanguage "pair-same-language" Info "Two fences in a row have labels and one language, so they are no pair.",
    PathCollision "path-collision" Error "Two outputs have one path, or differ only in case.",
    PathInvalid "path-invalid" Error "A slug, address, alias or file name can't become a path of the site.",
    PictureBroken "picture-broken" Error "A picture is damaged, cut off, far too large, or not what its name says.",
    Placeholder "placeholder" Warning "A text holds a mark of what is still to be written, such as `TODO`.",
    RatioMismatch "ratio-mismatch" Warning "A note claims a ratio that the figures contradict.",
    RedirectLink "redirect-link" Info "A link leads to an address that only leads on.",
    ReviewStale "review-stale" Warning "A page was not reviewed for longer than a review holds (`check` only).",
    SectionComparison "section-comparison" Warning "A section has keys of a comparison, which only articles show.",
    ShortcodeUnknown "shortcode-unknown" Warning "A shortcode has no template; it is shown as written.",
    SourceUndefined "source-undefined" Error "A citation names a source that is not listed.",
    SourceUnused "source-unused" Warning "A source is listed and never cited.",
    SubjectFileMissing "subject-file-missing" Info "A subject has no file of its own.",
    TagEverywhere "tag-everywhere" Info "Nearly all pages have a term.",
    TagNearDuplicate "tag-near-duplicate" Warning "Two terms look like one, or one is written in two ways.",
    TagOnce "tag-once" Info "A term has a single page.",
    TemplateError "template-error" Error "A template can't be parsed or rendered.",
    TitleLong "title-long" Info "A title is longer than search engines show.",
    TitleMissing "title-missing" Info "A page has no title in its front matter; its first heading or file name serves.",
    TooManySubjects "too-many-subjects" Info "More than five subjects are compared at once.",
    UnbalancedCells "unbalanced-cells" Info "A dimension says far more of one subject than of another.",
    UnbalancedProsCons "unbalanced-pros-cons" Warning "One subject is told far more good or bad than another.",
    UnknownKey "unknown-key" Error "A key is not known where it stands.",
    UnknownSubject "unknown-subject" Error "A pick, verdict or list names a subject that is not known.",
    UpdatedBeforeDate "updated-before-date" Error "A page was updated before it was published.",
    ValueNotNumeric "value-not-numeric" Info "A value is no figure: it is shown, and never ranked.",
    VerdictContradictsEdges "verdict-contradicts-edges" Warning "The verdict picks a subject that others hold far more edges than.",
    VersionBehind "version-behind" Warning "An article was checked against an older version than the subject's file names.",
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
