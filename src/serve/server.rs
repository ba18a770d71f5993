//! HTTP: connections in, answers out.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::channel::{Channel, Sender};
use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::timeout;

use super::answer::{Answer, Desk, safe};

/// So many connections are open at once; for one more, the oldest ends.
const CONNECTIONS: usize = 256;
/// So many open pages are told of changes.
const LISTENERS: usize = 128;
/// A request's head comes within so much, and is no longer than so much.
const HEAD_TIME: Duration = Duration::from_secs(20);
const HEAD_SIZE: usize = 32 << 10;
/// An open page hears from the preview this often, so that each knows of the
/// other's end.
const SIGN: Duration = Duration::from_secs(15);
/// Deeply nested quotes and lists are parsed by recursion.
const STACK: usize = 16 << 20;
/// Pages that are made at once.
const MAKERS: usize = 8;
/// How many ports after a taken one are tried.
const PORTS: u16 = 64;

type Body = Either<Full<Bytes>, Channel<Bytes, Infallible>>;

/// Listens at a port, or at the next one that is free.
pub(super) fn listen(host: IpAddr, port: u16) -> io::Result<std::net::TcpListener> {
    let ports = port..=port.saturating_add(if port == 0 { 0 } else { PORTS });
    let mut taken = io::Error::from(io::ErrorKind::AddrInUse);
    for port in ports {
        match std::net::TcpListener::bind(SocketAddr::new(host, port)) {
            Ok(listener) => {
                listener.set_nonblocking(true)?;
                return Ok(listener);
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

/// Answers requests until the program ends.
pub(super) fn run(listener: std::net::TcpListener, desk: Arc<Desk>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .max_blocking_threads(MAKERS)
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::from_std(listener)?;
        let listeners = Arc::new(Semaphore::new(LISTENERS));
        let mut open: VecDeque<AbortHandle> = VecDeque::new();
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                // Out of files, perhaps; a connection that ends gives some back.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            open.retain(|connection| !connection.is_finished());
            if open.len() >= CONNECTIONS
                && let Some(oldest) = open.pop_front()
            {
                oldest.abort();
            }
            let served = tokio::spawn(connection(stream, desk.clone(), listeners.clone()));
            open.push_back(served.abort_handle());
        }
    })
}

async fn connection(stream: TcpStream, desk: Arc<Desk>, listeners: Arc<Semaphore>) {
    // Answers are small and awaited; that they are not sent at once is no harm.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| respond(request, desk.clone(), listeners.clone()));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service);
    // A browser may go away in the middle; there is nobody to tell.
    let _ = served.await;
}

async fn respond(
    request: Request<Incoming>,
    desk: Arc<Desk>,
    listeners: Arc<Semaphore>,
) -> Result<Response<Body>, Infallible> {
    let (parts, _) = request.into_parts();
    Ok(match desk.answer(&parts).await {
        Answer::Whole(response) => response.map(|bytes| Either::Left(Full::new(bytes))),
        Answer::Large(response, large) => {
            let (head, part) = response.into_parts();
            let (sender, channel) = Channel::new(1);
            if parts.method != Method::HEAD {
                tokio::spawn(large.send(part, sender));
            }
            Response::from_parts(head, Either::Right(channel))
        }
        Answer::Events(seen) => events(desk, seen, listeners, parts.method == Method::HEAD),
    })
}

/// Server-sent events: a line for each change.
/// <https://html.spec.whatwg.org/multipage/server-sent-events.html>
fn events(
    desk: Arc<Desk>,
    seen: Option<u64>,
    listeners: Arc<Semaphore>,
    is_head: bool,
) -> Response<Body> {
    let mut response = Response::new(Either::Left(Full::default()));
    safe(response.headers_mut());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    if is_head {
        return response;
    }
    let Ok(permit) = listeners.try_acquire_owned() else {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        return response;
    };
    let (sender, channel) = Channel::new(8);
    tokio::spawn(tell(sender, desk, seen, permit));
    response.map(|_| Either::Right(channel))
}

async fn tell(
    mut sender: Sender<Bytes, Infallible>,
    desk: Arc<Desk>,
    mut seen: Option<u64>,
    _permit: OwnedSemaphorePermit,
) {
    let mut progress = desk.shown.progress();
    loop {
        let version = progress.borrow().version;
        let assets = seen.map(|seen| desk.shown.assets_since(seen));
        let name = desk.shown.name(version);
        let change = serde_json::json!({ "version": name, "assets": assets });
        let mut line = format!("data: {change}\n\n");
        seen = Some(version);
        loop {
            if sender.send_data(Bytes::from(line)).await.is_err() {
                return;
            }
            match timeout(SIGN, progress.wait_for(|now| now.version != version)).await {
                Err(_) => line = ":\n\n".to_owned(),
                Ok(Ok(_)) => break,
                Ok(Err(_)) => return,
            }
        }
    }
}
