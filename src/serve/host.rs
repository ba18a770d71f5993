//! Who may ask: pages of the preview itself, and people who typed its address.
//!
//! A site somewhere else can make a browser send requests here. It can't choose
//! the headers that say so, and those are what is looked at: `Host`, against
//! names that were made to lead here; `Origin` and `Sec-Fetch-Site`, against
//! pages that would read or embed the preview.

use std::net::IpAddr;

use hyper::header::{HOST, ORIGIN};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method, StatusCode};

/// Where the preview listens, as far as that says who may ask.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard {
    pub(super) listening: IpAddr,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) message: &'static str,
}

const NO_HOST: Refusal =
    Refusal { status: StatusCode::BAD_REQUEST, message: "one `Host` is needed" };
const OTHER_HOST: Refusal = Refusal {
    status: StatusCode::MISDIRECTED_REQUEST,
    message: "the preview answers to `localhost` and to the address that it listens on",
};
const OTHER_SITE: Refusal = Refusal {
    status: StatusCode::FORBIDDEN,
    message: "the preview answers nothing that another site asks",
};
const OTHER_METHOD: Refusal =
    Refusal { status: StatusCode::METHOD_NOT_ALLOWED, message: "the preview is only read" };

impl Guard {
    /// Whether a request may be answered.
    pub(super) fn check(&self, request: &Parts) -> Result<(), Refusal> {
        let host = only(&request.headers, HOST.as_str())?.ok_or(NO_HOST)?;
        if !self.is_own(host) {
            return Err(OTHER_HOST);
        }
        // A proxy's form of a request has a host of its own.
        if request.uri.authority().is_some_and(|other| !other.as_str().eq_ignore_ascii_case(host)) {
            return Err(OTHER_HOST);
        }
        if let Some(origin) = only(&request.headers, ORIGIN.as_str())?
            && !is_of(origin, host)
        {
            return Err(OTHER_SITE);
        }
        if !is_from_here(&request.headers)? {
            return Err(OTHER_SITE);
        }
        match request.method {
            Method::GET | Method::HEAD => Ok(()),
            _ => Err(OTHER_METHOD),
        }
    }

    /// Whether a name can only be this machine's. An address can't be made to
    /// lead elsewhere, so any will do where all are listened on.
    fn is_own(&self, host: &str) -> bool {
        let Some(name) = name(host) else { return false };
        let name = name.to_ascii_lowercase();
        if name == "localhost" || name.ends_with(".localhost") {
            return true;
        }
        let name = name.trim_start_matches('[').trim_end_matches(']');
        name.parse::<IpAddr>().is_ok_and(|address| {
            address.is_loopback() || self.listening.is_unspecified() || address == self.listening
        })
    }
}

/// A header that may stand once; another value would be for somebody else.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(NO_HOST);
    }
    value.to_str().map(Some).map_err(|_| NO_HOST)
}

/// The host without its port, if it is one.
fn name(host: &str) -> Option<&str> {
    let end = match host.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => host.find(':').unwrap_or(host.len()),
    };
    let (name, port) = host.split_at(end);
    let is_port = match port.strip_prefix(':') {
        Some(port) => {
            !port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit())
        }
        None => port.is_empty(),
    };
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b);
    (is_port && !name.is_empty() && name.bytes().all(is_name)).then_some(name)
}

fn is_of(origin: &str, host: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let default = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return false,
    };
    let whole = |name: &str| name.strip_suffix(default).unwrap_or(name).to_ascii_lowercase();
    whole(authority) == whole(host)
}

/// What browsers say of who asks. Another site may lead here, in a window; it
/// may not show, run or read anything.
fn is_from_here(headers: &HeaderMap) -> Result<bool, Refusal> {
    let Some(site) = only(headers, "sec-fetch-site")? else { return Ok(true) };
    if matches!(site, "same-origin" | "none") {
        return Ok(true);
    }
    let is = |name, value| Ok(only(headers, name)? == Some(value));
    Ok(is("sec-fetch-mode", "navigate")? && is("sec-fetch-dest", "document")?)
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::*;

    fn ask(listening: &str, headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let guard = Guard { listening: listening.parse().unwrap() };
        let (parts, ()) = request.body(()).unwrap().into_parts();
        guard.check(&parts).map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn names_that_lead_here_only_because_somebody_made_them_are_refused() {
        for host in [
            "localhost",
            "localhost:1717",
            "LOCALHOST",
            "a.localhost:1",
            "127.0.0.1:80",
            "127.8.8.8",
            "[::1]",
            "[::1]:1717",
        ] {
            assert_eq!(ask("127.0.0.1", &[("host", host)]), 200, "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "evil.example:1717",
            "127.0.0.1.nip.io",
            "localhost:1717@evil.example",
            "127.0.0.1:80:80",
            "[::1",
            "[::1]x",
            "192.168.1.7",
            "0.0.0.0",
            "localhost.",
            "localhost:",
            "localhost:x",
            "",
            " localhost",
            "[::]",
            "localhost/..",
            "2130706433",
            "0x7f.1",
            "xlocalhost",
            "169.254.169.254",
            "[::ffff:8.8.8.8]",
        ] {
            assert_eq!(ask("127.0.0.1", &[("host", host)]), 421, "{host}");
        }
        assert_eq!(ask("127.0.0.1", &[]), 400);
        assert_eq!(ask("127.0.0.1", &[("host", "localhost"), ("host", "evil.example")]), 400);
    }

    #[test]
    fn an_address_that_is_listened_on_may_be_asked_for() {
        assert_eq!(ask("192.168.1.7", &[("host", "192.168.1.7:1717")]), 200);
        assert_eq!(ask("192.168.1.7", &[("host", "192.168.1.8:1717")]), 421);
        assert_eq!(ask("0.0.0.0", &[("host", "10.0.0.3")]), 200);
        assert_eq!(ask("::", &[("host", "[fe80::1]:1")]), 200);
        assert_eq!(ask("0.0.0.0", &[("host", "evil.example")]), 421);
    }

    #[test]
    fn what_another_site_asks_is_refused() {
        let host = ("host", "localhost:1717");
        for origin in ["http://localhost:1717", "http://LOCALHOST:1717"] {
            assert_eq!(ask("127.0.0.1", &[host, ("origin", origin)]), 200, "{origin}");
        }
        for origin in [
            "http://evil.example",
            "https://localhost",
            "http://localhost:1718",
            "null",
            "http://localhost",
            "http://127.0.0.1:1717",
            "file://",
            "",
            "localhost:1717",
            "chrome-extension://localhost:1717",
            "http://localhost:1717.evil.example",
            "http://evil.example/http://localhost:1717",
            "http://localhost:1717/",
        ] {
            assert_eq!(ask("127.0.0.1", &[host, ("origin", origin)]), 403, "{origin}");
        }
    }

    #[test]
    fn another_site_may_lead_here_but_not_embed() {
        let ask = |site, mode, dest| {
            let fetch =
                [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
            ask("127.0.0.1", &[&[("host", "localhost")], &fetch[..]].concat())
        };
        assert_eq!(ask("none", "navigate", "document"), 200);
        assert_eq!(ask("same-origin", "cors", "empty"), 200);
        assert_eq!(ask("cross-site", "navigate", "document"), 200);
        for site in ["cross-site", "same-site", "other"] {
            assert_eq!(ask(site, "navigate", "iframe"), 403);
            assert_eq!(ask(site, "no-cors", "script"), 403);
            assert_eq!(ask(site, "no-cors", "image"), 403);
            assert_eq!(ask(site, "cors", "empty"), 403);
        }
    }
}
