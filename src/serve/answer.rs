//! From a request that may be answered to its answer.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName,
    IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use hyper::http::HeaderValue;
use hyper::http::request::Parts;
use hyper::{HeaderMap, Response, StatusCode};
use percent_encoding::percent_decode_str;

use super::host::{Guard, Refusal};
use super::range::{self, Asked};
use super::snapshot::{Found, Made, Page, Shown};
use super::watch::Sign;
use super::{RESERVED, overlay};
use crate::path::OutputPath;

/// The script of open pages.
const CLIENT: &str = include_str!("client.js");

/// So long an address may be, in bytes.
const MAX_ADDRESS: usize = 4 << 10;

/// A source that was saved is read within so much; else what there is will do.
const PATIENCE: Duration = Duration::from_millis(800);

/// What answers requests.
pub(super) struct Desk {
    pub(super) shown: Arc<Shown>,
    pub(super) guard: Guard,
    /// Where to say that a source is newer than what is shown.
    pub(super) bell: Sender<Sign>,
    pub(super) root: PathBuf,
}

/// What to do about a request.
pub(super) enum Answer {
    Whole(Response<Bytes>),
    /// Changes, as they come.
    Events,
}

impl Desk {
    pub(super) async fn answer(self: &Arc<Self>, request: &Parts) -> Answer {
        if let Err(refusal) = self.guard.check(request) {
            return Answer::Whole(refused(refusal));
        }
        if request.uri.path().len() > MAX_ADDRESS {
            return Answer::Whole(text(StatusCode::URI_TOO_LONG, "the address is too long"));
        }
        let Ok(path) = percent_decode_str(request.uri.path()).decode_utf8() else {
            return Answer::Whole(text(StatusCode::BAD_REQUEST, "the address is not UTF-8"));
        };
        let answer = match path.strip_prefix(RESERVED) {
            Some("client.js") => script(),
            Some("events") => return Answer::Events,
            Some("problems") => self.problems(request.uri.query().unwrap_or_default()).await,
            Some(_) => text(StatusCode::NOT_FOUND, "there is nothing here"),
            None => self.site(&path, &request.headers).await,
        };
        Answer::Whole(answer)
    }

    async fn site(self: &Arc<Self>, path: &str, headers: &HeaderMap) -> Response<Bytes> {
        let (file, status) = match self.shown.find(path) {
            Found::File(file) => (Some(file), StatusCode::OK),
            Found::Elsewhere(address) => return elsewhere(&address),
            Found::Nothing => (OutputPath::new("404.html").ok(), StatusCode::NOT_FOUND),
        };
        let page = match file {
            Some(file) => self.page(file).await,
            None => None,
        };
        match page {
            Some(page) if page.is_broken() => self.broken(),
            Some(page) => file_answer(&page, status, headers),
            None => text(StatusCode::NOT_FOUND, "there is no such page"),
        }
    }

    /// A file, made of what is saved now.
    async fn page(self: &Arc<Self>, file: OutputPath) -> Option<Arc<Page>> {
        for _ in 0..4 {
            let mut changes = self.shown.changes();
            let (desk, file) = (self.clone(), file.clone());
            let made = tokio::task::spawn_blocking(move || desk.shown.make(&file)).await;
            match made.ok()? {
                Made::Page(page) => return Some(page),
                Made::Nothing => return None,
                Made::Stale => {
                    // If nobody looks any more the preview is about to end.
                    let _ = self.bell.send(Sign::Stale);
                    let _ = tokio::time::timeout(PATIENCE, changes.recv()).await;
                }
            }
        }
        None
    }

    /// A page that is nothing but problems, which the script lays over it.
    fn broken(&self) -> Response<Bytes> {
        let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Problems</title>\
                    <main><p>This page can't be made yet.</p></main>";
        let bytes = with_script(page.as_bytes(), "\"broken\"");
        let mut response = whole(StatusCode::INTERNAL_SERVER_ERROR, HTML, bytes);
        response.headers_mut().insert(ETAG, HeaderValue::from_static("\"broken\""));
        response
    }

    /// What lies over the page whose address is the query.
    async fn problems(self: &Arc<Self>, query: &str) -> Response<Bytes> {
        let path = percent_decode_str(query).decode_utf8_lossy().into_owned();
        let file = match self.shown.find(&path) {
            Found::File(file) => Some(file),
            Found::Elsewhere(_) | Found::Nothing => None,
        };
        let desk = self.clone();
        let errors = tokio::task::spawn_blocking(move || desk.shown.errors(file.as_ref())).await;
        let is_here = self.guard.listening.is_loopback();
        let html = overlay::html(&errors.unwrap_or_default(), is_here.then_some(&*self.root));
        whole(StatusCode::OK, HTML, html.into())
    }
}

impl Guard {
    pub(super) fn new(listening: IpAddr) -> Self {
        Self { listening }
    }
}

const HTML: &str = "text/html; charset=utf-8";

/// Every answer is of this moment and of this site.
fn whole(status: StatusCode, kind: &'static str, bytes: Bytes) -> Response<Bytes> {
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    safe(response.headers_mut());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// What no answer is without.
pub(super) fn safe(headers: &mut HeaderMap) {
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert(policy, HeaderValue::from_static("same-origin"));
}

fn text(status: StatusCode, message: &'static str) -> Response<Bytes> {
    whole(status, "text/plain; charset=utf-8", Bytes::from_static(message.as_bytes()))
}

fn refused(refusal: Refusal) -> Response<Bytes> {
    let mut response = text(refusal.status, refusal.message);
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

fn script() -> Response<Bytes> {
    let bytes = Bytes::from_static(CLIENT.as_bytes());
    whole(StatusCode::OK, "text/javascript; charset=utf-8", bytes)
}

fn elsewhere(address: &str) -> Response<Bytes> {
    let mut response = text(StatusCode::TEMPORARY_REDIRECT, "the address ends with a slash");
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

fn with_script(bytes: &[u8], tag: &str) -> Bytes {
    let tag = tag.trim_matches('"');
    let script = format!("<script src=\"{RESERVED}client.js\" data-tag=\"{tag}\"></script>\n");
    [bytes, script.as_bytes()].concat().into()
}

fn file_answer(page: &Page, status: StatusCode, headers: &HeaderMap) -> Response<Bytes> {
    let header = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let tag = HeaderValue::from_str(&page.tag).ok();
    let mut response = if header(IF_NONE_MATCH) == Some(page.tag.as_str()) {
        whole(StatusCode::NOT_MODIFIED, page.kind, Bytes::new())
    } else if page.is_html() {
        whole(status, page.kind, with_script(&page.bytes, &page.tag))
    } else {
        let is_same = header(IF_RANGE).is_none_or(|seen| seen == page.tag);
        part(page, status, header(RANGE).filter(|_| is_same))
    };
    response.headers_mut().extend(tag.map(|tag| (ETAG, tag)));
    response
}

fn part(page: &Page, status: StatusCode, range: Option<&str>) -> Response<Bytes> {
    let length = page.bytes.len();
    let asked = if status == StatusCode::OK { range::read(range, length) } else { Asked::All };
    let (mut response, content_range) = match asked {
        Asked::All => (whole(status, page.kind, page.bytes.clone()), None),
        Asked::Nothing => {
            let response = text(StatusCode::RANGE_NOT_SATISFIABLE, "the file is not so long");
            (response, Some(format!("bytes */{length}")))
        }
        Asked::Part(part) => {
            let content_range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            let bytes = page.bytes.slice(part);
            (whole(StatusCode::PARTIAL_CONTENT, page.kind, bytes), Some(content_range))
        }
    };
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let content_range = content_range.and_then(|range| HeaderValue::from_str(&range).ok());
    headers.extend(content_range.map(|range| (CONTENT_RANGE, range)));
    response
}
