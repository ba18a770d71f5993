//! What templates see, and nothing else.
//!
//! Every name that a template can use is a field here (`docs` of this module
//! are the reference of the guide). Core types are never serialised: a page's
//! HTML is a function of these values and the theme.
//!
//! All URLs begin with the base URL's path and are percent-encoded; fields named
//! `permalink` are absolute. Dates are RFC 3339 text, for the `date` filter.

mod articles;
mod comparison;
mod hubs;
mod json_ld;
mod lists;
mod related;
mod search;
mod shared;
mod social;

use serde::Serialize;

pub use articles::{authors, card, page, subject_inks};
pub use comparison::{
    ArgumentView, BenchmarkView, CellView, ChoiceView, ComparisonView, DimensionView, DuelView,
    GroupView, MetricView, PickView, Printer, RowView, SideView, SourceView, SubjectView,
    TallyView, VerdictView, argument, comparison, shown, subject_names,
};
pub use hubs::{
    AgainstView, AlternativeView, AlternativesView, HubView, IndexEntryView, IndexView, LetterView,
    MatrixCellView, MatrixGroupView, MatrixPairView, MatrixRowView, MatrixView, RecordView,
    ResultView, ScoreView, ShelfView, SubjectLinkView, alternatives, hub, index, matrix,
};
pub use json_ld::safe as json_script;
pub use lists::{not_found, redirect, section, taxonomy, term};
pub use related::{named_reasons, reasons};
pub use search::{SearchView, search};
pub use shared::site;
pub use social::{CARD_SIZE, SocialCardView, SocialSideView, social_card};

use crate::data::Node;
use crate::site::PageId;

/// `site`: the same for every page.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// What it is about, in a sentence; may be empty.
    pub description: String,
    /// The language of the site, such as `en`.
    pub language: String,
    /// Where it is published, with a closing slash: `https://example.org/docs/`.
    pub base_url: String,
    /// The path part of `base_url`: `/docs/`, or `/`.
    pub base_path: String,
    /// Which way the site's language is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// A picture beside the site's name.
    pub logo: Option<LogoView>,
    /// A style sheet of `static/` that comes after the theme's.
    pub stylesheet: Option<String>,
    /// The default author, if the config names one.
    pub author: Option<String>,
    /// The main menu.
    pub menu: Vec<LinkView>,
    /// The footer's links.
    pub footer: Vec<LinkView>,
    /// A line above the title of every comparison.
    pub eyebrow: Option<String>,
    /// What readers of a comparison are asked to do next.
    pub call_to_action: Option<CallToActionView>,
    /// The overviews of the taxonomies that are in use.
    pub taxonomies: Vec<LinkView>,
    /// The top-level sections.
    pub sections: Vec<LinkView>,
    /// The feeds, Atom first.
    pub feeds: Vec<FeedView>,
    /// The search page, unless the config has `search: false`.
    pub search: Option<String>,
    /// The texts of the search that are not the English ones, as JSON; empty
    /// where all of them are.
    pub search_texts: String,
    /// Whatever `extra:` of the config holds.
    pub extra: Node,
}

/// A picture beside the site's name.
#[derive(Debug, Clone, Serialize)]
pub struct LogoView {
    /// Its file, below `static/`.
    pub path: String,
    /// How wide it is shown, in pixels.
    pub width: usize,
    /// How high it is shown, in pixels.
    pub height: usize,
}

/// A link: a menu entry, a breadcrumb, a neighbour.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// What readers are asked to do next.
#[derive(Debug, Clone, Serialize)]
pub struct CallToActionView {
    /// A line above it.
    pub label: Option<String>,
    /// What it says first.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// What it says besides.
    pub text: Option<String>,
}

/// A feed of the site.
#[derive(Debug, Clone, Serialize)]
pub struct FeedView {
    /// The feed's media type.
    pub kind: &'static str,
    /// Where it is.
    pub url: String,
}

/// `page.head` and its like: what belongs into `<head>`.
#[derive(Debug, Clone, Serialize)]
pub struct HeadView {
    /// The document's title, with the site's name.
    pub title: String,
    /// One or two sentences; may be empty.
    pub description: String,
    /// The absolute address that search engines should keep.
    pub canonical: String,
    /// `article` or `website`, for Open Graph.
    pub kind: &'static str,
    /// The absolute address of a picture for link previews.
    pub image: Option<String>,
    /// What it shows, in words, if that is known.
    pub image_alt: Option<String>,
    /// How wide it is, in pixels, if that is known.
    pub image_width: Option<u32>,
    /// How high it is, in pixels, if that is known.
    pub image_height: Option<u32>,
    /// Whether search engines are asked to leave the page out.
    pub noindex: bool,
    /// When it was published and changed, for Open Graph.
    pub published: Option<String>,
    /// When it was changed last.
    pub modified: Option<String>,
    /// Structured data, safe inside `<script type="application/ld+json">`;
    /// empty where there is none.
    pub json_ld: String,
    /// The pages before and after in a paginated list.
    pub previous: Option<String>,
    /// The next page of a paginated list.
    pub next: Option<String>,
    /// The feeds of what the page lists, Atom first.
    pub feeds: Vec<FeedView>,
}

/// A page as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// The title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// The same, absolute.
    pub permalink: String,
    /// The description, or the beginning of the text; plain text.
    pub summary: String,
    /// When it was published.
    pub date: Option<String>,
    /// When it was changed last.
    pub updated: Option<String>,
    /// How long it takes to read, in minutes, at least 1.
    pub reading_time: usize,
    /// The words of the text and of the comparison.
    pub word_count: usize,
    /// Whether it is a draft (built with `--drafts` only).
    pub draft: bool,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its tags, when there is a taxonomy `tags`.
    pub tags: Vec<TermLinkView>,
    /// What it compares.
    pub subjects: Vec<SideView>,
    /// Who has the edge in each of its dimensions.
    pub tally: Vec<TallyView>,
    /// The section it is in.
    pub section: Option<LinkView>,
    /// Free keys of its front matter.
    pub extra: Node,
}

/// `page`: an article.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// Everything a card has.
    #[serde(flatten)]
    pub card: CardView,
    /// The id of the title, where a heading of the text that repeated it had one.
    pub title_id: Option<String>,
    /// The description from the front matter; may be empty.
    pub description: String,
    /// The language of the page.
    pub language: String,
    /// Its title in its parts, where it has the form `A vs B`.
    pub duel: Option<DuelView>,
    /// Other articles on the same subjects.
    pub views: Vec<LinkView>,
    /// When it was last checked against reality.
    pub reviewed: Option<String>,
    /// Which way that is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// The pages of its section, itself among them, where these are read in
    /// order.
    pub chapters: Vec<LinkView>,
    /// The headings, nested; empty where `toc: false`.
    pub toc: Vec<TocView>,
    /// From the home page down to its section.
    pub breadcrumbs: Vec<LinkView>,
    /// The older neighbour in its section.
    pub previous: Option<LinkView>,
    /// The newer neighbour in its section.
    pub next: Option<LinkView>,
    /// The pages that link here.
    pub backlinks: Vec<LinkView>,
    /// The pages to read next, each a card with `reasons`: the texts that say why.
    #[serde(serialize_with = "shared::nothing")]
    pub related: Vec<PageId>,
    /// Its terms by taxonomy, in the config's order.
    pub taxonomies: Vec<PageTermsView>,
    /// A picture, absolute.
    pub image: Option<String>,
    /// What belongs into `<head>`.
    pub head: HeadView,
    /// The same article as Markdown, if that is made.
    pub markdown: Option<String>,
    /// Its comparison as data, if it has one and that is made.
    pub data: Option<String>,
    /// The source file: `content/a.md`.
    pub source: String,
}

/// The terms of one taxonomy that a page has.
#[derive(Debug, Clone, Serialize)]
pub struct PageTermsView {
    /// The taxonomy's name: `tags`.
    pub name: String,
    /// Its title: `Tags`.
    pub title: String,
    /// The page's terms.
    pub terms: Vec<TermLinkView>,
}

/// An entry of the table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct TocView {
    /// The heading's id.
    pub id: String,
    /// The heading's text, without markup.
    pub title: String,
    /// Its level, 2 to 6.
    pub level: u8,
    /// The headings below it.
    pub children: Vec<TocView>,
}

/// `section`: a folder of pages, or the home page.
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    /// The title.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Where it is.
    pub url: String,
    /// The sections directly below.
    pub sections: Vec<SectionLinkView>,
    /// The pages of this part of the list, each a card.
    #[serde(serialize_with = "shared::nothing")]
    pub pages: Vec<PageId>,
    /// How many pages the whole list has.
    pub page_count: usize,
    /// The subjects that its articles compare, by category; on the first part
    /// only. On the overview of subjects all that have a page, instead of pages.
    pub shelves: Vec<ShelfView>,
    /// The table of all pairs, if it is in this section.
    pub matrix: Option<String>,
    /// The parts of the list.
    pub pagination: PaginationView,
    /// From the home page down to its parent.
    pub breadcrumbs: Vec<LinkView>,
    /// The headings of its own text.
    pub toc: Vec<TocView>,
    /// Free keys of its front matter.
    pub extra: Node,
    /// What belongs into `<head>`.
    pub head: HeadView,
}

/// A section below another.
#[derive(Debug, Clone, Serialize)]
pub struct SectionLinkView {
    /// The title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// What it is about; may be empty.
    pub description: String,
    /// How many pages it has, those of its own sections included.
    pub count: usize,
    /// How many subjects it lists, if it is their overview.
    pub subjects: usize,
}

/// The parts of a list that is too long for one page.
#[derive(Debug, Clone, Serialize)]
pub struct PaginationView {
    /// Which part this is, from 1.
    pub number: usize,
    /// How many there are, at least 1.
    pub total: usize,
    /// The part before.
    pub previous: Option<String>,
    /// The part after.
    pub next: Option<String>,
    /// The first, the last and those near this one: number as title, and address.
    pub parts: Vec<LinkView>,
}

/// `taxonomy`: the overview of all terms.
#[derive(Debug, Clone, Serialize)]
pub struct TaxonomyView {
    /// The name: `tags`.
    pub name: String,
    /// The title: `Tags`.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// The terms, by name.
    pub terms: Vec<TermLinkView>,
    /// From the home page down.
    pub breadcrumbs: Vec<LinkView>,
    /// What belongs into `<head>`.
    pub head: HeadView,
}

/// A term as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct TermLinkView {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// How many pages have it.
    pub count: usize,
}

/// `term`: the pages that have it.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// The taxonomy it belongs to.
    pub taxonomy: LinkView,
    /// The pages of this part of the list, each a card.
    #[serde(serialize_with = "shared::nothing")]
    pub pages: Vec<PageId>,
    /// How many pages the whole list has.
    pub page_count: usize,
    /// The terms that most often stand beside it; their counts are of the pages
    /// that have both.
    pub related: Vec<TermLinkView>,
    /// The parts of the list.
    pub pagination: PaginationView,
    /// From the home page down.
    pub breadcrumbs: Vec<LinkView>,
    /// What belongs into `<head>`.
    pub head: HeadView,
}
