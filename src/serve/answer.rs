//! From a request that may be answered to its answer.

use std::net::IpAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    HeaderName, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use hyper::http::HeaderValue;
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method, Response, StatusCode};
use percent_encoding::percent_decode_str;
use tokio::sync::watch;
use tokio::time::timeout;

use super::host::{Guard, Refusal};
use super::large::Large;
use super::range::{self, Asked};
use super::shown::{Made, Progress, Shown};
use super::snapshot::{Found, Page};
use super::watch::Sign;
use super::{RESERVED, overlay};
use crate::path::OutputPath;

/// The script of open pages.
const CLIENT: &str = include_str!("client.js");

/// So long an address may be, in bytes.
const MAX_ADDRESS: usize = 4 << 10;

/// A pass takes so much at most; then what there is will do.
const PATIENCE: Duration = Duration::from_secs(4);

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
    /// A part of a file that is read while it is sent.
    Large(Response<Range<usize>>, Large),
    /// Changes after a version, as they come; after any if none is known.
    Events(Option<u64>),
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
            Some("events") => {
                let seen = request.uri.query().and_then(|name| self.shown.version(name));
                return Answer::Events(seen);
            }
            Some("problems") => self.problems(request.uri.query().unwrap_or_default()).await,
            Some(_) => text(StatusCode::NOT_FOUND, "there is nothing here"),
            None => return self.site(&path, request).await,
        };
        Answer::Whole(answer)
    }

    async fn site(self: &Arc<Self>, path: &str, request: &Parts) -> Answer {
        let (file, status) = match self.find(path).await {
            Found::File(file) => (Some(file), StatusCode::OK),
            Found::Elsewhere(address) => {
                return Answer::Whole(elsewhere(address, request.uri.query()));
            }
            Found::Later | Found::Nothing => {
                (OutputPath::new("404.html").ok(), StatusCode::NOT_FOUND)
            }
        };
        if let Some((large, kind)) = file.as_ref().and_then(|file| self.shown.large(file)) {
            return large_answer(large, kind, request);
        }
        let page = match file {
            Some(file) => self.page(file).await,
            None => None,
        };
        Answer::Whole(match page {
            Some(page) if page.is_broken => self.broken(),
            Some(page) => self.file(&page, status, request),
            None => text(StatusCode::NOT_FOUND, "there is no such page"),
        })
    }

    /// What is at an address, when it is known.
    async fn find(&self, path: &str) -> Found {
        let mut wait = Wait::new(&self.shown);
        loop {
            let found = self.shown.find(path);
            if found != Found::Later || !wait.is_worth_it().await {
                return found;
            }
        }
    }

    /// A file, made of what is saved now.
    async fn page(self: &Arc<Self>, file: OutputPath) -> Option<Arc<Page>> {
        let mut wait = Wait::new(&self.shown);
        loop {
            let (desk, file) = (self.clone(), file.clone());
            let made = tokio::task::spawn_blocking(move || desk.shown.make(&file)).await;
            match made.ok()? {
                Made::Page(page) => return Some(page),
                Made::Nothing => return None,
                Made::Stale(page) => {
                    // If nobody looks any more the preview is about to end.
                    let _ = self.bell.send(Sign::Stale);
                    if !wait.is_worth_it().await {
                        return Some(page);
                    }
                }
            }
        }
    }

    /// A page that is nothing but problems, which the script lays over it.
    fn broken(&self) -> Response<Bytes> {
        let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Problems</title>\
                    <main><p>This page can't be made yet.</p></main>";
        let bytes = self.with_script(page.as_bytes(), "\"broken\"", 0);
        let mut response = whole(StatusCode::INTERNAL_SERVER_ERROR, HTML, bytes);
        response.headers_mut().insert(ETAG, HeaderValue::from_static("\"broken\""));
        response
    }

    fn file(&self, page: &Page, status: StatusCode, request: &Parts) -> Response<Bytes> {
        let tag = HeaderValue::from_str(&page.tag).ok();
        let mut response = if is_known(&page.tag, &request.headers) {
            whole(StatusCode::NOT_MODIFIED, page.kind, Bytes::new())
        } else if page.is_html() {
            let bytes = self.with_script(&page.bytes, &page.tag, page.version);
            whole(status, page.kind, bytes)
        } else {
            let asked = asked(&page.tag, page.bytes.len(), request);
            part(page.kind, page.bytes.len(), asked).map(|part| page.bytes.slice(part))
        };
        response.headers_mut().extend(tag.map(|tag| (ETAG, tag)));
        response
    }

    /// A page that is told of changes after the version that it is made of.
    fn with_script(&self, bytes: &[u8], tag: &str, version: u64) -> Bytes {
        let tag = tag.trim_matches('"');
        let version = self.shown.name(version);
        let script = format!(
            "<script src=\"{RESERVED}client.js\" data-tag=\"{tag}\" data-version=\"{version}\"></script>\n"
        );
        [bytes, script.as_bytes()].concat().into()
    }

    /// What lies over the page whose address is the query.
    async fn problems(self: &Arc<Self>, query: &str) -> Response<Bytes> {
        let path = percent_decode_str(query).decode_utf8_lossy().into_owned();
        let file = match self.shown.find(&path) {
            Found::File(file) => Some(file),
            Found::Elsewhere(_) | Found::Later | Found::Nothing => None,
        };
        let desk = self.clone();
        let errors = tokio::task::spawn_blocking(move || desk.shown.errors(file.as_ref())).await;
        let is_here = self.guard.listening.is_loopback();
        let html = overlay::html(&errors.unwrap_or_default(), is_here.then_some(&*self.root));
        whole(StatusCode::OK, HTML, html.into())
    }
}

/// Waits for the pass that runs and for the one after it.
struct Wait {
    progress: watch::Receiver<Progress>,
    passes: u64,
}

impl Wait {
    fn new(shown: &Shown) -> Self {
        let progress = shown.progress();
        let passes = progress.borrow().passes;
        Self { progress, passes }
    }

    /// Waits for something else to be shown; says whether it may be.
    async fn is_worth_it(&mut self) -> bool {
        let is_over = self.progress.borrow().passes >= self.passes + 2;
        !is_over && matches!(timeout(PATIENCE, self.progress.changed()).await, Ok(Ok(())))
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

fn elsewhere(mut address: String, query: Option<&str>) -> Response<Bytes> {
    let mut response = text(StatusCode::TEMPORARY_REDIRECT, "the address ends with a slash");
    if let Some(query) = query {
        address = format!("{address}?{query}");
    }
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether the other side has the file with this tag.
fn is_known(tag: &str, headers: &HeaderMap) -> bool {
    header(headers, &IF_NONE_MATCH) == Some(tag)
}

/// What a request asks of a file with this tag and length.
fn asked(tag: &str, length: usize, request: &Parts) -> Asked {
    let is_same = header(&request.headers, &IF_RANGE).is_none_or(|seen| seen == tag);
    // Of a HEAD, no range is defined (RFC 9110, 14.2).
    if request.method != Method::GET || !is_same {
        return Asked::All;
    }
    range::read(header(&request.headers, &RANGE), length)
}

/// The answer with a part of a file, without the part itself.
fn part(kind: &'static str, length: usize, asked: Asked) -> Response<Range<usize>> {
    let (status, part, content_range) = match asked {
        Asked::All => (StatusCode::OK, 0..length, None),
        Asked::Nothing => {
            (StatusCode::RANGE_NOT_SATISFIABLE, 0..0, Some(format!("bytes */{length}")))
        }
        Asked::Part(part) => {
            let range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            (StatusCode::PARTIAL_CONTENT, part, Some(range))
        }
    };
    let mut response = whole(status, kind, Bytes::new()).map(|_| part);
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let content_range = content_range.and_then(|range| HeaderValue::from_str(&range).ok());
    headers.extend(content_range.map(|range| (CONTENT_RANGE, range)));
    response
}

fn large_answer(large: Large, kind: &'static str, request: &Parts) -> Answer {
    let tag = HeaderValue::from_str(&large.tag).ok();
    let mut response = if is_known(&large.tag, &request.headers) {
        whole(StatusCode::NOT_MODIFIED, kind, Bytes::new()).map(|_| 0..0)
    } else {
        let asked = asked(&large.tag, large.length, request);
        let mut response = part(kind, large.length, asked);
        let length = response.body().len();
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
        response
    };
    response.headers_mut().extend(tag.map(|tag| (ETAG, tag)));
    Answer::Large(response, large)
}
