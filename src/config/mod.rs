//! `versus.yaml`: the furniture of a site.

mod cards;
mod colour;
mod look;
mod outputs;
mod pictures;
mod read;
mod taxonomy;

use std::collections::BTreeMap;

pub use cards::{Kit, SocialCards};
pub use colour::{Colour, contrast};
pub use look::{GROUNDS, INK_COLOURS, INKS, Ink, Logo, Look};
pub use outputs::OutputConfig;
pub use pictures::PictureConfig;
pub use taxonomy::TaxonomyConfig;

use crate::data::{Node, Period};
use crate::diag::{Checked, Levels};
use crate::path::SourcePath;
use crate::strings::Strings;

/// The name of the config file.
pub const FILE: &str = "versus.yaml";

/// Names that a config might be expected to have.
pub const UNREAD: [&str; 4] = ["versus.yml", "versus.toml", "hugo.toml", "config.toml"];

/// The settings of a site. Every one has a default, so a site needs no config.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// What it is about, in a sentence.
    pub description: String,
    /// Where it is published.
    pub base_url: BaseUrl,
    /// The language of the site, a BCP 47 tag.
    pub language: String,
    /// What the site says of its own accord.
    pub strings: Strings,
    /// How it looks.
    pub look: Look,
    /// Pictures of articles for link previews.
    pub social_cards: SocialCards,
    /// The author of pages that name none.
    pub author: Option<String>,
    /// The main menu, in order; `None` derives it from sections and taxonomies.
    pub menu: Option<Vec<MenuEntry>>,
    /// Links of the footer, in order; `None` derives it from what hubs there are.
    pub footer: Option<Vec<MenuEntry>>,
    /// A line above the title of every comparison.
    pub eyebrow: Option<String>,
    /// What readers of a comparison are asked to do next.
    pub call_to_action: Option<CallToAction>,
    /// Address patterns by top-level section: `compare: /:section/:slug/`.
    pub permalinks: BTreeMap<String, String>,
    /// The taxonomies, in order.
    pub taxonomies: Vec<TaxonomyConfig>,
    /// How many pages a part of a list has.
    pub paginate: usize,
    /// What the feeds hold.
    pub feeds: FeedConfig,
    /// How many related pages an article shows; none at 0.
    pub related: usize,
    /// Which pages are made of all comparisons together.
    pub hubs: HubConfig,
    /// Whether readers can search the site.
    pub search: bool,
    /// How Markdown becomes HTML.
    pub markdown: MarkdownConfig,
    /// In which widths pictures are offered.
    pub pictures: PictureConfig,
    /// Which copies of the site are made for programs.
    pub outputs: OutputConfig,
    /// Files for the host.
    pub hosting: HostingConfig,
    /// The largest content file that is read, in bytes.
    pub max_file_size: u64,
    /// How long a review of a page holds that does not say it itself.
    pub review_every: Period,
    /// How grave each rule is.
    pub lints: Levels,
    /// Whatever templates of the site want to know.
    pub extra: Node,
}

/// Where a site is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host, without a closing slash: `https://example.org`.
    pub origin: String,
    /// The path, with a slash at both ends: `/` or `/docs/`.
    pub path: String,
}

impl BaseUrl {
    /// Reads an absolute `http` or `https` URL; query and fragment are refused.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let scheme_end = text.find("://")?;
        let scheme = text[..scheme_end].to_ascii_lowercase();
        let rest = &text[scheme_end + 3..];
        let host_end = rest.find('/').unwrap_or(rest.len());
        let (host, path) = rest.split_at(host_end);
        let plain = !text.contains(|c: char| c.is_whitespace() || "?#\"<>\\".contains(c));
        if !matches!(scheme.as_str(), "http" | "https") || host.is_empty() || !plain {
            return None;
        }
        let path = path.trim_matches('/');
        let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        Some(Self { origin: format!("{scheme}://{}", host.to_ascii_lowercase()), path })
    }

    /// Whether nobody else reaches it: the default, or a server on the same machine.
    pub fn is_local(&self) -> bool {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        matches!(name, "localhost" | "127.0.0.1" | "[::1]") || host == "[::1]"
    }

    /// The whole URL, with a closing slash.
    pub fn whole(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }
}

/// An entry of a menu.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// What it is called.
    pub title: String,
    /// A path of the site, or a whole URL.
    pub url: String,
}

/// What readers of a comparison are asked to do next.
#[derive(Debug, Clone)]
pub struct CallToAction {
    /// A line above it.
    pub label: Option<String>,
    /// What it says first, and where it leads.
    pub link: MenuEntry,
    /// What it says besides.
    pub text: Option<String>,
}

/// What the feeds hold.
#[derive(Debug, Clone)]
pub struct FeedConfig {
    /// How many of the newest pages; 0 makes no feeds.
    pub limit: usize,
    /// Whole articles, or their summaries.
    pub full: bool,
}

/// Which pages are made of all comparisons together.
#[derive(Debug, Clone)]
pub struct HubConfig {
    /// A subject's page shows its comparisons, and one with several has a page
    /// without a file too.
    pub subjects: bool,
    /// What a subject is compared with, for those who look for another.
    pub alternatives: bool,
    /// The table of all pairs.
    pub matrix: bool,
    /// Titles and names by letter.
    pub a_to_z: bool,
}

/// How Markdown becomes HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownConfig {
    /// What happens to raw HTML.
    pub html: HtmlPolicy,
    /// Whether code is highlighted.
    pub highlight: bool,
    /// Whether `"quotes"` and `--` become typographic.
    pub smart_punctuation: bool,
    /// Whether `$x$` is marked for rendering.
    pub math: bool,
    /// What links to other sites carry.
    pub external_links: ExternalLinks,
    /// The texts that stand beside what authors write: `Table`, `Note`.
    pub strings: Strings,
}

/// What happens to raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlPolicy {
    /// What could run script or break the page is left out.
    Sanitize,
    /// It goes into the page as it is: the owner trusts every author.
    Allow,
    /// It is shown as text.
    Escape,
}

/// What links to other sites carry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExternalLinks {
    /// They open in a new tab.
    pub new_tab: bool,
    /// Their `rel`, such as `nofollow`.
    pub rel: Option<String>,
    /// Their `class`.
    pub class: Option<String>,
}

/// Files that some hosts read.
#[derive(Debug, Clone, Default)]
pub struct HostingConfig {
    /// The domain in `CNAME`, for GitHub Pages.
    pub cname: Option<String>,
    /// Whether `.nojekyll` is written, for GitHub Pages.
    pub nojekyll: bool,
    /// Whether `_redirects` is written, for Netlify and Cloudflare Pages; and
    /// lines of the owner's own, which come first.
    pub redirects: Option<Vec<String>>,
    /// Headers by path pattern, in order, for `_headers`.
    pub headers: Vec<(String, Vec<(String, String)>)>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "versus".into(),
            description: String::new(),
            base_url: BaseUrl { origin: "http://localhost".into(), path: "/".into() },
            language: "en".into(),
            strings: Strings::english("en"),
            look: Look::default(),
            social_cards: SocialCards::default(),
            author: None,
            menu: None,
            footer: None,
            eyebrow: None,
            call_to_action: None,
            permalinks: BTreeMap::new(),
            taxonomies: TaxonomyConfig::defaults(),
            paginate: 24,
            feeds: FeedConfig { limit: 20, full: true },
            related: 6,
            hubs: HubConfig::default(),
            search: true,
            markdown: MarkdownConfig::default(),
            pictures: PictureConfig::default(),
            outputs: OutputConfig::default(),
            hosting: HostingConfig { nojekyll: true, ..HostingConfig::default() },
            max_file_size: 8 << 20,
            review_every: Period::Days(365),
            lints: Levels::default(),
            extra: Node::Map(Vec::new()),
        }
    }
}

impl Config {
    /// Whether anything is made of the words of pages: what is related, or a
    /// search.
    pub fn counts_words(&self) -> bool {
        self.related > 0 || self.search
    }
}

impl Default for HubConfig {
    fn default() -> Self {
        Self { subjects: true, alternatives: true, matrix: true, a_to_z: true }
    }
}

impl Default for MarkdownConfig {
    fn default() -> Self {
        Self {
            html: HtmlPolicy::Sanitize,
            highlight: true,
            smart_punctuation: false,
            math: true,
            external_links: ExternalLinks::default(),
            strings: Strings::english("en"),
        }
    }
}

/// The byte at which the data of a config begins: behind a byte order mark.
pub fn data_start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The config in a text; every key that is absent keeps its default.
pub fn read(text: &str) -> Checked<Config> {
    read::config(&SourcePath::new(FILE), text)
}
