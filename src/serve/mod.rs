//! The preview: a site that is served while it is written.
//!
//! What is shown is what a build would write, but for one line that loads the
//! script of open pages. Files are made when they are asked for; after an edit
//! the project is linked anew, of which only what changed is read. Nothing here
//! prints, and nothing is written.

mod answer;
mod host;
mod mime;
mod overlay;
mod range;
mod server;
mod snapshot;
mod watch;
mod workspace;

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use self::answer::Desk;
use self::host::Guard;
use self::snapshot::{Shown, Snapshot};
use self::watch::Watch;
use self::workspace::{Pass, Workspace, is_unusable};
use crate::diag::Report;
use crate::path::SourcePath;
use crate::pipeline::Options;
use crate::site::Output;
use crate::source::Disk;

/// What the preview answers itself is below this address.
const RESERVED: &str = "/__versus/";

/// Where to listen.
#[derive(Debug, Clone, Copy)]
pub struct Listen {
    /// The address; one that is not this machine's own lets others in.
    pub host: IpAddr,
    /// The port, or the first to try; any free one if it is 0.
    pub port: u16,
}

/// A preview that is being served.
pub struct Preview {
    shown: Arc<Shown>,
    workspace: Workspace,
    watch: Watch,
    address: SocketAddr,
}

/// A change that was taken in.
#[derive(Debug)]
pub struct Taken {
    /// The files that are other than before, or gone.
    pub changed: BTreeSet<SourcePath>,
    /// How many files the site has.
    pub outputs: usize,
    /// What there is to say of the site now.
    pub report: Report,
    /// How long it took from the first sign of it.
    pub time: Duration,
}

impl Preview {
    /// Reads a project and serves it.
    ///
    /// # Errors
    /// When there is no port to listen at.
    pub fn start(files: Disk, options: Options, listen: Listen) -> io::Result<Self> {
        let listener = server::listen(listen.host, listen.port)?;
        let address = listener.local_addr()?;
        // What changes while the project is read is seen too.
        let watch = Watch::new(&files);
        let mut workspace = Workspace::new(files.clone(), options);
        let root = files.root().to_owned();
        let snapshot = workspace.read();
        let shown = Arc::new(Shown::new(snapshot, files));
        let guard = Guard::new(address.ip());
        let desk = Arc::new(Desk { shown: shown.clone(), guard, bell: watch.bell(), root });
        thread::Builder::new().name("http".into()).spawn(move || server::run(listener, desk))?;
        Ok(Self { shown, workspace, watch, address })
    }

    /// Where it is served.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the site, for a browser.
    pub fn url(&self) -> String {
        let host = match self.address.ip() {
            ip if ip.is_loopback() || ip.is_unspecified() => "localhost".to_owned(),
            IpAddr::V6(ip) => format!("[{ip}]"),
            IpAddr::V4(ip) => ip.to_string(),
        };
        let base = self.shown.look(|snapshot| snapshot.site.config.base_url.path.clone());
        format!("http://{host}:{}{base}", self.address.port())
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.shown.look(|snapshot| snapshot.site.pages.len())
    }

    /// What there is to say of the site now.
    pub fn report(&self) -> Report {
        self.shown.look(|snapshot| snapshot.report.clone())
    }

    /// Why changes are looked for instead of being heard of, if they are.
    pub fn trouble(&self) -> Option<&str> {
        self.watch.trouble.as_deref()
    }

    /// Waits for a sign of a change, at most so long, and takes it in.
    pub fn step(&mut self, longest: Duration) -> Option<Taken> {
        let doubts = self.watch.wait(longest);
        let start = Instant::now();
        let pass = self.workspace.pass(doubts)?;
        let changed = pass.changed.clone();
        self.take(pass);
        let (outputs, report) =
            self.shown.look(|snapshot| (snapshot.site.routes.len(), snapshot.report.clone()));
        Some(Taken { changed, outputs, report, time: start.elapsed() })
    }

    /// Shows what was read. A site whose settings or theme can't be read stays
    /// as it was; what is wrong is said all the same.
    fn take(&self, pass: Pass) {
        let Pass { snapshot, changed } = pass;
        let assets = assets(&snapshot, &changed);
        let old = self.shown.change(&assets, |shown| {
            if is_unusable(&snapshot) && shown.stock.is_some() {
                shown.report = snapshot.report;
                None
            } else {
                Some(std::mem::replace(shown, snapshot))
            }
        });
        // Freed only now, when nobody waits for it.
        drop(old);
    }
}

/// The addresses of the copied files that changed.
fn assets(snapshot: &Snapshot, changed: &BTreeSet<SourcePath>) -> Vec<String> {
    let site = &snapshot.site;
    let of = |output: &Output| matches!(output, Output::Copy(file) if changed.contains(file));
    let routes = site.routes.iter().filter(|route| of(&route.output));
    let address = |path: &str| crate::path::UrlPath::new(path).map(|url| site.href(&url.as_file()));
    routes.filter_map(|route| address(route.path.as_str()).ok()).collect()
}
