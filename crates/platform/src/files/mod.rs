//! The store of files: a folder of this machine or an S3-compatible bucket.
//!
//! Objects are named by our own ids and spread over folders by the id's random
//! end. A file is written in pieces while it is counted and hashed, appears
//! only when it is complete, and is on disk by then. Deliberately absent: what
//! a file means and who may read it; that stands in rows of the modules.

mod settings;
#[cfg(test)]
mod tests;

pub use settings::{Bucket, DEFAULT_MAX_BYTES, FileSettings, Place};

use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use futures::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{
    GetOptions, GetRange, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload,
};
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use steward_kernel::{Error, ErrorCode, Result};
use uuid::Uuid;

/// S3 takes no smaller piece than this but the last.
const BUCKET_PIECE: usize = 5 * 1024 * 1024;
const FOLDER_PIECE: usize = 256 * 1024;

/// Pieces of a file on their way out.
pub type Pieces = BoxStream<'static, std::io::Result<Bytes>>;

/// Keeps files.
#[derive(Debug, Clone)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
    piece: usize,
    folder: Option<PathBuf>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, as hexadecimal digits.
    pub sha256: String,
}

impl FileStore {
    /// Opens the store that the settings name; a folder is made when absent.
    ///
    /// # Errors
    /// When the folder cannot be made or the bucket's settings are refused.
    pub fn open(settings: &FileSettings) -> Result<Self> {
        match &settings.place {
            Place::Folder(folder) => Self::folder(folder),
            Place::Bucket(bucket) => Self::bucket(bucket),
        }
    }

    fn folder(folder: &std::path::Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(Error::internal)?;
        let folder = folder.canonicalize().map_err(Error::internal)?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(Error::internal)?;
        Ok(Self {
            store: Arc::new(store.with_fsync(true)),
            piece: FOLDER_PIECE,
            folder: Some(folder),
        })
    }

    fn bucket(bucket: &Bucket) -> Result<Self> {
        // The HTTP client takes the process's provider of cryptography; another
        // part of the program may have set it already, to the same.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&bucket.name)
            .with_region(&bucket.region)
            .with_access_key_id(&bucket.access_key)
            .with_secret_access_key(&bucket.secret_key)
            .with_disable_bulk_delete(true);
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"));
        }
        let store = builder.build().map_err(Error::internal)?;
        Ok(Self {
            store: Arc::new(PrefixStore::new(store, bucket.prefix.as_str())),
            piece: BUCKET_PIECE,
            folder: None,
        })
    }

    /// Starts writing the file `id`, which takes at most `max` bytes.
    #[must_use]
    pub fn writer(&self, id: Uuid, max: u64) -> FileWriter {
        FileWriter {
            store: self.store.clone(),
            path: path(id),
            piece: self.piece,
            max,
            size: 0,
            hash: Sha256::new(),
            waiting: BytesMut::new(),
            upload: None,
        }
    }

    /// The file's bytes, or a part of them.
    ///
    /// # Errors
    /// When the store does not answer or has no such file.
    pub async fn read(&self, id: Uuid, range: Option<Range<u64>>) -> Result<Pieces> {
        let options = GetOptions {
            range: range.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        let found = self
            .store
            .get_opts(&path(id), options)
            .await
            .map_err(Error::internal)?;
        let pieces = found.into_stream();
        Ok(pieces.map(|p| p.map_err(std::io::Error::other)).boxed())
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// When it does not, or refuses us.
    pub async fn ping(&self) -> Result<()> {
        if let Some(folder) = &self.folder {
            return tokio::fs::metadata(folder)
                .await
                .map(drop)
                .map_err(Error::internal);
        }
        match self.store.head(&path(Uuid::nil())).await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(Error::internal(cause)),
        }
    }

    /// Whether files lie in a folder of this machine.
    #[must_use]
    pub const fn is_folder(&self) -> bool {
        self.folder.is_some()
    }

    /// Removes the file and what an interrupted upload left of it; one that
    /// does not exist counts as removed.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn delete(&self, id: Uuid) -> Result<()> {
        let path = path(id);
        if let Some(folder) = &self.folder {
            // Where the local store gathers the pieces of an unfinished file.
            let staged = folder.join(format!("{path}#1"));
            drop(tokio::fs::remove_file(staged).await);
        }
        match self.store.delete(&path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(Error::internal(cause)),
        }
    }
}

/// `f3/9a/01934b…f39a`: ids sort by time, so only their end spreads evenly.
fn path(id: Uuid) -> Path {
    let [.., first, second] = id.into_bytes();
    Path::from(format!("{first:02x}/{second:02x}/{id}"))
}

/// A file being written. Dropping it leaves nothing that can be read.
#[derive(Debug)]
pub struct FileWriter {
    store: Arc<dyn ObjectStore>,
    path: Path,
    piece: usize,
    max: u64,
    size: u64,
    hash: Sha256,
    waiting: BytesMut,
    upload: Option<Box<dyn MultipartUpload>>,
}

impl FileWriter {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// `ATTACHMENT_TOO_LARGE` beyond the bound, or when the store fails. Abort then.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.size = self.size.saturating_add(more);
        if self.size > self.max {
            let detail = format!("a file may have at most {} bytes", self.max);
            return Err(Error::new(ErrorCode::AttachmentTooLarge, detail));
        }
        self.hash.update(bytes);
        self.waiting.extend_from_slice(bytes);
        while self.waiting.len() >= self.piece {
            let piece = self.waiting.split_to(self.piece).freeze();
            self.send(piece).await?;
        }
        Ok(())
    }

    async fn send(&mut self, piece: Bytes) -> Result<()> {
        if self.upload.is_none() {
            let upload = self.store.put_multipart(&self.path).await;
            self.upload = Some(upload.map_err(Error::internal)?);
        }
        let Some(upload) = &mut self.upload else {
            return Ok(());
        };
        upload
            .put_part(PutPayload::from(piece))
            .await
            .map_err(Error::internal)
    }

    /// Makes the file durable and readable.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn finish(mut self) -> Result<Stored> {
        let rest = std::mem::take(&mut self.waiting).freeze();
        if self.upload.is_none() {
            let put = self.store.put(&self.path, PutPayload::from(rest)).await;
            put.map_err(Error::internal)?;
        } else {
            if !rest.is_empty() {
                self.send(rest).await?;
            }
            if let Some(upload) = &mut self.upload {
                upload.complete().await.map_err(Error::internal)?;
            }
        }
        let digest = self.hash.finalize();
        Ok(Stored {
            size: self.size,
            sha256: digest.iter().map(|b| format!("{b:02x}")).collect(),
        })
    }

    /// Forgets what was written so far.
    pub async fn abort(mut self) {
        if let Some(upload) = &mut self.upload
            && let Err(cause) = upload.abort().await
        {
            tracing::warn!(file = %self.path, %cause, "an upload could not be taken back");
        }
    }
}
