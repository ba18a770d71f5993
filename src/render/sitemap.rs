//! The sitemap: <https://www.sitemaps.org/protocol.html>.

use std::fmt::Write as _;

use super::xml;
use crate::path::UrlPath;
use crate::site::{SITEMAP_URLS, Site};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `sitemap.xml`: the addresses themselves, or an index of the parts.
pub(super) fn main(site: &Site) -> String {
    let urls = site.listed();
    if urls.len() <= SITEMAP_URLS {
        return url_set(site, &urls);
    }
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    let base = site.config.base_url.whole();
    let base = xml::text(&base);
    for part in 1..=urls.len().div_ceil(SITEMAP_URLS) {
        let _ = writeln!(out, "<sitemap><loc>{base}sitemap-{part}.xml</loc></sitemap>");
    }
    out.push_str("</sitemapindex>\n");
    out
}

/// A part of a sitemap that is too long for one file, from 1.
pub(super) fn part(site: &Site, part: usize) -> String {
    let urls = site.listed();
    let from = ((part - 1) * SITEMAP_URLS).min(urls.len());
    let to = (from + SITEMAP_URLS).min(urls.len());
    url_set(site, &urls[from..to])
}

fn url_set(site: &Site, urls: &[(&UrlPath, Option<String>)]) -> String {
    let mut out = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    for (url, modified) in urls {
        let _ = write!(out, "<url><loc>{}</loc>", xml::text(&site.absolute(url)));
        if let Some(date) = modified {
            let _ = write!(out, "<lastmod>{date}</lastmod>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}
