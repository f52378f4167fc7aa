//! Long answers, written while PostgreSQL reads them: memory stays the same whatever their length.

use std::time::Duration;

use bytes::Bytes;
use diesel::result::Error as QueryError;
use diesel_async::pooled_connection::deadpool::PoolError;
use futures::Stream;
use tokio::sync::mpsc;

/// Bytes of a chunk: large enough to be cheap, small enough for many readers at once.
const CHUNK: usize = 64 * 1024;
/// Chunks that wait for a slow reader.
const WAITING: usize = 4;
/// A reader that takes nothing for so long is given up, so that it does not keep a database connection.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why an answer cannot begin.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A query failed.
    #[error("reading what is public")]
    Query(#[from] QueryError),
    /// PostgreSQL gives no connection.
    #[error("connecting to PostgreSQL")]
    Pool(#[from] PoolError),
}

/// Why an answer stops in the middle. The reader sees a connection that ends too early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The reader went away, or is too slow.
    #[error("the reader takes no more of the answer")]
    ReaderGone,
    /// A query failed.
    #[error("reading the rest of the answer")]
    Query(#[from] QueryError),
}

/// The end where an answer is written.
pub struct Writer {
    chunks: mpsc::Sender<Result<Bytes, StreamError>>,
    buffer: Vec<u8>,
}

/// Both ends of an answer.
pub fn channel() -> (Writer, impl Stream<Item = Result<Bytes, StreamError>> + Unpin + use<>) {
    let (chunks, mut receiver) = mpsc::channel(WAITING);
    let reader = futures::stream::poll_fn(move |context| receiver.poll_recv(context));
    (Writer { chunks, buffer: Vec::with_capacity(CHUNK) }, reader)
}

impl Writer {
    /// Adds a piece to the answer.
    ///
    /// # Errors
    /// [`StreamError::ReaderGone`].
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), StreamError> {
        self.buffer.extend_from_slice(piece);
        if self.buffer.len() < CHUNK {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK));
        self.send(Ok(full.into())).await
    }

    /// Ends the answer, well or badly.
    pub async fn finish(mut self, result: Result<(), StreamError>) {
        let last = std::mem::take(&mut self.buffer);
        let sent = match result {
            Ok(()) if last.is_empty() => Ok(()),
            Ok(()) => self.send(Ok(last.into())).await,
            Err(error) => {
                tracing::warn!(error.cause = %error, "an answer was cut");
                self.send(Err(error)).await
            }
        };
        if sent.is_err() {
            tracing::debug!("a reader left before the end of its answer");
        }
    }

    async fn send(&self, chunk: Result<Bytes, StreamError>) -> Result<(), StreamError> {
        match tokio::time::timeout(PATIENCE, self.chunks.send(chunk)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(StreamError::ReaderGone),
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::StreamExt;

    use super::*;

    #[tokio::test]
    async fn pieces_come_out_in_order_and_in_chunks() {
        let (mut writer, reader) = channel();
        let writing = async move {
            for _ in 0..3 {
                writer.write(&[b'a'; 40_000]).await.unwrap();
            }
            writer.finish(Ok(())).await;
        };
        let (chunks, ()) = futures::join!(reader.map(|chunk| chunk.unwrap().len()).collect::<Vec<_>>(), writing);
        assert_eq!(chunks, [80_000, 40_000]);
    }

    #[tokio::test]
    async fn writer_stops_when_the_reader_leaves() {
        let (mut writer, reader) = channel();
        drop(reader);
        assert!(matches!(writer.write(&[b'a'; CHUNK]).await, Err(StreamError::ReaderGone)));
    }

    #[tokio::test]
    async fn failure_reaches_the_reader_so_that_the_answer_is_not_taken_for_a_whole_one() {
        let (writer, mut reader) = channel();
        writer.finish(Err(StreamError::Query(QueryError::NotFound))).await;
        assert!(reader.next().await.is_some_and(|chunk| chunk.is_err()));
    }
}
