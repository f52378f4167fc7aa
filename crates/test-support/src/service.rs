//! Services that a test can take away.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use tokio::io::copy_bidirectional;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use url::Url;

/// A Redis of the test's own, which it may stop and start again on the same port.
pub struct PrivateRedis {
    port: u16,
    process: Option<Child>,
}

impl PrivateRedis {
    /// Starts it and waits until it answers.
    pub async fn start() -> Self {
        let mut this = Self { port: free_port(), process: None };
        this.resume().await;
        this
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends it at once.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("ending Redis");
            process.wait().expect("waiting for Redis to end");
        }
    }

    /// Starts it again, empty.
    pub async fn resume(&mut self) {
        let process = Command::new("redis-server")
            .args(["--port", &self.port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.process = Some(match process {
            Ok(process) => process,
            Err(error) if error.kind() == ErrorKind::NotFound => panic!("redis-server is not installed"),
            Err(error) => panic!("redis-server does not start: {error}"),
        });
        // Bounded by the operating system, not by a guess: the port opens or the process is gone.
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.is_err() {
            let process = self.process.as_mut().expect("just started");
            assert!(process.try_wait().expect("asking for Redis").is_none(), "redis-server stopped at once");
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for PrivateRedis {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Stands between the program and a service, and cuts the line on demand: for the program the service is gone.
pub struct Proxy {
    address: SocketAddr,
    target: SocketAddr,
    lines: Arc<Mutex<JoinSet<()>>>,
    accepting: Option<tokio::task::JoinHandle<()>>,
}

impl Proxy {
    /// A line to the service of `url`, and the address to use in its place.
    pub async fn to(url: &str) -> (Self, String) {
        let mut url: Url = url.parse().expect("an address");
        let host = url.host_str().expect("a host").to_owned();
        let port = url.port().unwrap_or(if url.scheme() == "redis" { 6379 } else { 5432 });
        let target = tokio::net::lookup_host((host, port)).await.expect("the host").next().expect("an address");
        let mut this = Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, free_port())),
            target,
            lines: Arc::default(),
            accepting: None,
        };
        this.restore().await;
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(this.address.port())).expect("a port");
        (this, url.to_string())
    }

    /// Cuts every connection and refuses new ones.
    pub async fn cut(&mut self) {
        if let Some(accepting) = self.accepting.take() {
            accepting.abort();
            // The socket closes when the task is gone.
            let _ = accepting.await;
        }
        let mut lines = std::mem::take(&mut *self.lines.lock().expect("lines"));
        lines.shutdown().await;
    }

    /// Takes connections again.
    pub async fn restore(&mut self) {
        let listener = tokio::net::TcpListener::bind(self.address).await.expect("the port of the proxy");
        let (target, lines) = (self.target, Arc::clone(&self.lines));
        self.accepting = Some(tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                lines.lock().expect("lines").spawn(async move {
                    if let Ok(mut service) = TcpStream::connect(target).await {
                        let _ = copy_bidirectional(&mut client, &mut service).await;
                    }
                });
            }
        }));
    }
}

/// A port that nobody uses at this moment.
#[must_use]
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).expect("a free port").port()
}
