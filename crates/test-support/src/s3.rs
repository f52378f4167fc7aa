//! A bucket of a test's own: a server that speaks S3 over TCP and checks the signature of every request.

use std::net::{Ipv4Addr, TcpListener};
use std::thread::JoinHandle;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::files::files_below;
use crate::service::free_port;

const BUCKET: &str = "dialog";
const ACCESS_KEY: &str = "a-key-of-the-tests";
const SECRET_KEY: &str = "a-secret-of-the-tests";

/// An S3 server with one empty bucket, which a test may stop and start again on the same port.
pub struct S3Server {
    folder: TempDir,
    port: u16,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl S3Server {
    /// Starts it.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "each one is another")]
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the bucket");
        std::fs::create_dir(folder.path().join(BUCKET)).expect("a bucket");
        let mut this = Self { folder, port: free_port(), running: None };
        this.resume();
        this
    }

    /// The environment variables of a program that keeps its files there.
    #[must_use]
    pub fn variables(&self) -> [(&'static str, String); 4] {
        [
            ("S3_ENDPOINT", format!("http://127.0.0.1:{}", self.port)),
            ("S3_BUCKET", BUCKET.to_owned()),
            ("S3_ACCESS_KEY", ACCESS_KEY.to_owned()),
            ("S3_SECRET_KEY", SECRET_KEY.to_owned()),
        ]
    }

    /// Ends it at once, connections included.
    pub fn stop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            let _ = stop.send(());
            thread.join().expect("the S3 server");
        }
    }

    /// Starts it again, with the files that it had.
    pub fn resume(&mut self) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).expect("the port of the S3 server");
        listener.set_nonblocking(true).expect("a socket");
        let mut service = S3ServiceBuilder::new(FileSystem::new(self.folder.path()).expect("the folder of the bucket"));
        service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let service = service.build();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            // What is under way ends with the runtime.
            runtime.block_on(async {
                tokio::select! {
                    () = serve(listener, service) => {}
                    _ = stopped => {}
                }
            });
        });
        self.running = Some((stop, thread));
    }

    /// Names of the files in the bucket.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        files_below(&self.folder.path().join(BUCKET))
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn serve(listener: TcpListener, service: S3Service) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("a socket of the runtime");
    while let Ok((socket, _)) = listener.accept().await {
        let service = service.clone();
        tokio::spawn(async move {
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
        });
    }
}
