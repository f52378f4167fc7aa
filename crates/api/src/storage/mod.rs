//! Files: a folder, or a bucket of an S3-compatible service ([`StorageSettings`]).
//!
//! Names are ours and never used twice, so that a file never changes once it is written. Whoever writes one first has
//! its removal enqueued, and cancels that when something refers to the file: see `services::orders::documents`.

mod detect;
mod names;

use std::future::Future;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path as FolderPath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt;
use futures::stream::BoxStream;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig};
use uuid::Uuid;

pub use detect::media_type;
pub use names::{attachment, download_name};

use crate::config::{Bucket, StorageSettings};

/// Longest wait for one answer of the storage: whoever sends or asks for a file is waiting too.
const PATIENCE: Duration = Duration::from_secs(6);

/// Why the storage did not do what it was asked. It may do it another time.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// It refuses, fails, or cannot be reached.
    #[error("the storage fails")]
    Failed(#[source] object_store::Error),
    /// Its folder cannot be made.
    #[error("the folder of the storage cannot be made")]
    Folder(#[source] std::io::Error),
    /// It does not answer.
    #[error("the storage does not answer")]
    Silent,
    /// A file was removed before anything referred to it: writing it took too long.
    #[error("the file came too late")]
    TooLate,
}

/// What storing answers.
pub type Result<T> = std::result::Result<T, StorageError>;

/// The storage of a process, cheap to clone. Nothing is opened until it is used.
#[derive(Clone)]
pub struct Storage(Place);

#[derive(Clone)]
enum Place {
    Folder(PathBuf),
    Bucket(Arc<AmazonS3>),
}

/// A file that is being read.
pub struct Content {
    /// Its length.
    pub size: u64,
    /// Its bytes.
    pub stream: BoxStream<'static, std::result::Result<Bytes, object_store::Error>>,
}

impl Storage {
    /// The storage that is configured.
    ///
    /// # Errors
    /// When a bucket cannot be described to the S3 client.
    pub fn new(settings: &StorageSettings) -> Result<Self> {
        Ok(Self(match settings {
            StorageSettings::Folder(folder) => Place::Folder(folder.clone()),
            StorageSettings::Bucket(bucket) => Place::Bucket(Arc::new(open_bucket(bucket)?)),
        }))
    }

    /// A name for a new file.
    #[must_use]
    pub fn new_key() -> String {
        format!("documents/{}", Uuid::new_v4().simple())
    }

    /// Writes a file: all of it or nothing.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn put(&self, key: &str, content: Bytes) -> Result<()> {
        let store = self.store()?;
        patiently(store.put(&Path::from(key), content.into())).await.map(drop)
    }

    /// Opens a file; `None` when there is none of this name.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn get(&self, key: &str) -> Result<Option<Content>> {
        let store = self.store()?;
        match patiently(store.get(&Path::from(key))).await {
            Ok(found) => Ok(Some(Content { size: found.meta.size, stream: found.into_stream() })),
            Err(StorageError::Failed(object_store::Error::NotFound { .. })) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a file; one that is not there is removed already.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn delete(&self, key: &str) -> Result<()> {
        let store = self.store()?;
        match patiently(store.delete(&Path::from(key))).await {
            Err(StorageError::Failed(object_store::Error::NotFound { .. })) => Ok(()),
            deleted => deleted,
        }
    }

    /// Whether it answers, for monitors.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn ping(&self) -> Result<()> {
        let store = self.store()?;
        // A folder that nothing is written to: the answer is short.
        let prefix = Path::from("health");
        let mut files = store.list(Some(&prefix));
        patiently(async { files.next().await.transpose() }).await.map(drop)
    }

    fn store(&self) -> Result<Arc<dyn ObjectStore>> {
        match &self.0 {
            Place::Folder(folder) => {
                make(folder)?;
                let store = LocalFileSystem::new_with_prefix(folder).map_err(StorageError::Failed)?;
                // A file that was acknowledged survives a power cut.
                Ok(Arc::new(store.with_fsync(true)))
            }
            Place::Bucket(bucket) => Ok(Arc::clone(bucket) as Arc<dyn ObjectStore>),
        }
    }
}

/// Drafts have files too: the folder is for the processes alone.
fn make(folder: &FolderPath) -> Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(StorageError::Folder)
}

fn open_bucket(bucket: &Bucket) -> Result<AmazonS3> {
    let options = ClientOptions::new()
        .with_allow_http(bucket.endpoint.scheme() == "http")
        .with_connect_timeout(Duration::from_secs(2))
        // Of each read, not of a whole file: a slow reader of a long file is no failure.
        .with_timeout_disabled()
        .with_read_timeout(Duration::from_secs(5));
    let retry = RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(1),
            base: 2.0,
        },
        max_retries: 3,
        retry_timeout: Duration::from_secs(3),
    };
    AmazonS3Builder::new()
        .with_endpoint(bucket.endpoint.as_str().trim_end_matches('/'))
        .with_virtual_hosted_style_request(false)
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_access_key_id(bucket.access_key.expose())
        .with_secret_access_key(bucket.secret_key.expose())
        .with_client_options(options)
        .with_retry(retry)
        .build()
        .map_err(StorageError::Failed)
}

async fn patiently<T>(work: impl Future<Output = object_store::Result<T>>) -> Result<T> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done.map_err(StorageError::Failed),
        Err(_) => Err(StorageError::Silent),
    }
}
