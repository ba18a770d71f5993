//! Which destinations are safe to follow, and which leave the site.

/// Schemes that a link may have.
pub const SAFE_SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether a destination is relative or has a scheme that is safe to follow.
///
/// Browsers skip blanks and control characters before and inside a scheme, so
/// those count as nothing here.
pub fn safe_scheme(destination: &str) -> bool {
    let mut scheme = String::new();
    for c in destination.chars().filter(|c| !c.is_whitespace() && !c.is_control()) {
        match c {
            ':' => return SAFE_SCHEMES.contains(&scheme.as_str()),
            '/' | '?' | '#' => return true,
            c => scheme.push(c.to_ascii_lowercase()),
        }
    }
    true
}

/// Whether a destination leads to another site.
pub fn is_external(destination: &str) -> bool {
    let scheme = destination.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.contains(':') || destination.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_schemes_that_are_safe_to_follow_pass() {
        for good in ["https://a.org", "mailto:a@b.c", "/a:b", "a/b", "#x:y", "?q=a:b", "", "tel:1"]
        {
            assert!(safe_scheme(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVa\tScript:x",
            " data:text/html,x",
            "vbscript:x",
            "file:///x",
        ] {
            assert!(!safe_scheme(bad), "{bad}");
        }
    }
}
