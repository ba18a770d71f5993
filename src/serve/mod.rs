//! The preview: a site that is served while it is written.
//!
//! What is shown is what a build would write, but for one line that loads the
//! script of open pages. Files are made when they are asked for; after an edit
//! the project is linked anew, of which only what changed is read. Nothing here
//! prints, and nothing is written but the cache.

mod answer;
mod host;
mod large;
mod linker;
mod mime;
mod overlay;
mod patch;
mod range;
mod server;
mod shown;
mod snapshot;
mod touched;
mod watch;
mod workspace;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use self::answer::Desk;
use self::host::Guard;
use self::linker::Linker;
pub use self::linker::Taken;
use self::patch::Patch;
use self::shown::Shown;
use self::watch::Watch;
use self::workspace::{Doubts, Workspace};
use crate::cache::Cache;
use crate::diag::Report;
use crate::path::SourcePath;
use crate::pipeline::Options;
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
    linker: Linker,
    watch: Watch,
    files: Disk,
    address: SocketAddr,
}

/// What a step came to.
#[derive(Debug)]
pub enum Step {
    /// A change was taken in.
    Taken(Taken),
    /// It was looked, and nothing is other than before.
    Nothing,
    /// It is not known yet.
    Waiting,
}

impl Preview {
    /// Reads a project and serves it. What earlier runs read is taken from the
    /// cache, which is then written and let go, so that a build can have it.
    ///
    /// # Errors
    /// When there is no port to listen at.
    pub fn start(files: Disk, options: Options, listen: Listen, cache: Cache) -> io::Result<Self> {
        let start = Instant::now();
        let listener = server::listen(listen.host, listen.port)?;
        let address = listener.local_addr()?;
        // What changes while the project is read is seen too.
        let watch = Watch::new(&files);
        let mut workspace = Workspace::new(files.clone(), options);
        let root = files.root().to_owned();
        let news = workspace.all();
        let is_sketch = news.is_of_many();
        let snapshot = workspace.link_with(&news, is_sketch, &cache);
        let shown = Arc::new(Shown::new(snapshot, files.clone()));
        let mut linker = Linker::start(workspace, shown.clone(), files.clone(), watch.bell())?;
        if is_sketch {
            linker.complete(start);
        }
        let guard = Guard::new(address.ip());
        let desk = Arc::new(Desk { shown: shown.clone(), guard, bell: watch.bell(), root });
        thread::Builder::new().name("http".into()).spawn(move || server::run(listener, desk))?;
        // A cache that can't be written is as good as none.
        thread::Builder::new().name("cache".into()).spawn(move || cache.save_part().ok())?;
        Ok(Self { shown, linker, watch, files, address })
    }

    /// Where it is served.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the site, for a browser.
    pub fn url(&self) -> String {
        let host = match self.address.ip() {
            ip if ip.is_unspecified() || is_localhost(ip) => "localhost".to_owned(),
            IpAddr::V6(ip) => format!("[{ip}]"),
            IpAddr::V4(ip) => ip.to_string(),
        };
        let base = self.shown.look(|snapshot| snapshot.site.config.base_url.path.clone());
        format!("http://{host}:{}{base}", self.address.port())
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.shown.pages()
    }

    /// What there is to say of the site now; nothing yet, while of many pages it
    /// is not known which are related.
    pub fn report(&self) -> Option<Report> {
        self.shown.look(|snapshot| (!snapshot.is_sketch).then(|| snapshot.report.clone()))
    }

    /// Why changes are looked for instead of being heard of, if they are.
    pub fn trouble(&self) -> Option<&str> {
        self.watch.trouble.as_deref()
    }

    /// Waits for something to do, at most so long, and does it.
    pub fn step(&mut self, longest: Duration) -> Step {
        let heard = self.watch.wait(longest);
        let start = Instant::now();
        self.linker.done(heard.passed);
        if heard.look || heard.is_idle && !self.linker.is_busy() {
            let shown = self.patch(&heard.doubts).then(|| start.elapsed());
            self.linker.order(heard.doubts, start, shown);
        }
        match heard.taken {
            Some(taken) => Step::Taken(taken),
            None if heard.passed > 0 && !self.linker.is_busy() => Step::Nothing,
            None => Step::Waiting,
        }
    }

    /// Shows what can be shown of an edit without a look at everything. Many
    /// files at once are no edit.
    fn patch(&self, doubts: &Doubts) -> bool {
        const FEW: usize = 8;
        if doubts.all || doubts.files.len() > FEW {
            return false;
        }
        let read = |path: &SourcePath| {
            let patch = self.shown.look(|shown| patch::read(path, &self.files, shown))?;
            Some((path.clone(), patch))
        };
        let patches: Vec<(SourcePath, Patch)> = doubts.files.iter().filter_map(read).collect();
        if patches.is_empty() {
            return false;
        }
        // Before it is shown, so that no pass that ends now takes it back.
        self.linker.patched(patches.clone());
        let files = patches.iter().map(|(path, _)| path.clone()).collect();
        let assets = self.shown.look(|shown| shown.addresses(&files));
        self.shown.change(&assets, |shown| {
            for (path, patch) in &patches {
                patch.apply(path, &self.files, shown);
            }
        });
        true
    }
}

/// Whether `localhost` leads to an address; this machine has others.
fn is_localhost(ip: IpAddr) -> bool {
    ip == Ipv4Addr::LOCALHOST || ip == Ipv6Addr::LOCALHOST
}
