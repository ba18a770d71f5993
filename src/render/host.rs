//! Small files that hosts and crawlers read.

use std::fmt::Write as _;

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
            let base = &site.config.base_url.path;
            let from = route.path.as_str().trim_end_matches("index.html").replace(' ', "%20");
            let _ = writeln!(out, "{base}{from} {} 301", site.href(site.destination(*to).1));
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
