//! Small files that hosts and crawlers read.

use std::fmt::Write as _;

use crate::path::UrlPath;
use crate::site::{Output, Site};

/// `robots.txt`: everything may be read.
pub(super) fn robots(site: &Site) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", site.config.base_url.whole())
}

/// `CNAME`, for GitHub Pages.
pub(super) fn cname(site: &Site) -> String {
    format!("{}\n", site.config.hosting.cname.as_deref().unwrap_or_default().trim())
}

/// `_redirects`, for Netlify and Cloudflare Pages: the owner's lines first,
/// then one for each alias.
pub(super) fn redirects(site: &Site) -> String {
    let mut out = String::new();
    for line in site.config.hosting.redirects.iter().flatten() {
        let _ = writeln!(out, "{}", line.replace(['\n', '\r'], " "));
    }
    for route in &site.routes {
        if let Output::Redirect(to) = &route.output {
            let path = route.path.as_str();
            let folder =
                path.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/'));
            let Ok(from) = UrlPath::new(folder.unwrap_or(path)) else { continue };
            let _ =
                writeln!(out, "{} {} 301", site.href(&from), site.href(site.destination(*to).1));
        }
    }
    out
}

/// `_headers`, for Netlify and Cloudflare Pages.
pub(super) fn headers(site: &Site) -> String {
    let mut out = String::new();
    for (pattern, headers) in &site.config.hosting.headers {
        let _ = writeln!(out, "{pattern}");
        for (name, value) in headers {
            let _ = writeln!(out, "  {name}: {}", value.replace(['\n', '\r'], " "));
        }
    }
    out
}
