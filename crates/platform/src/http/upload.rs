//! Forms with files (`multipart/form-data`), read piece by piece.

use super::{Problem, nul};
use axum::body::{Body, BodyDataStream};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use bytes::Bytes;
use futures::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use steward_kernel::{Error, ErrorCode, Result};

/// Bytes handed to the form's parser at once.
const PIECE: usize = 64 * 1024;
/// Bytes the parser may swallow without giving out a header or a piece.
const MOST_WITHOUT_PROGRESS: usize = 256 * 1024;

/// A form whose files are read piece by piece; never whole in memory. The
/// route must switch off the usual bound of bodies and bound each part itself.
#[derive(Debug)]
pub struct Upload {
    form: Multipart,
    swallowed: Arc<AtomicUsize>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> std::result::Result<Self, Problem> {
        let swallowed = Arc::new(AtomicUsize::new(0));
        let (parts, body) = request.into_parts();
        let paced = Paced {
            inner: body.into_data_stream(),
            rest: Bytes::new(),
            rested: false,
            swallowed: swallowed.clone(),
        };
        let request = Request::from_parts(parts, Body::from_stream(paced));
        let form = Multipart::from_request(request, state).await.map_err(|_| {
            let detail = "send a form with Content-Type: multipart/form-data and its boundary";
            Error::new(ErrorCode::InvalidFileType, detail)
        })?;
        Ok(Self { form, swallowed })
    }
}

impl Upload {
    /// The next field, once the one before was read to its end.
    ///
    /// # Errors
    /// When the form is cut off or malformed.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>> {
        let field = self.form.next_field().await.map_err(unreadable)?;
        self.swallowed.store(0, Ordering::Relaxed);
        Ok(field.map(|field| Part {
            field,
            swallowed: &self.swallowed,
        }))
    }
}

/// A field of a form.
#[derive(Debug)]
pub struct Part<'a> {
    field: Field<'a>,
    swallowed: &'a AtomicUsize,
}

impl Part<'_> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.field.name().unwrap_or_default()
    }

    /// The file name that the sender gives; never to be trusted.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.field.file_name()
    }

    /// The next bytes; none at its end.
    ///
    /// # Errors
    /// When the form is cut off or malformed.
    pub async fn piece(&mut self) -> Result<Option<Bytes>> {
        let piece = self.field.chunk().await.map_err(unreadable)?;
        self.swallowed.store(0, Ordering::Relaxed);
        Ok(piece)
    }

    /// The whole field as text of at most `max` bytes.
    ///
    /// # Errors
    /// Names the field when it is longer or no text.
    pub async fn text(mut self, max: usize) -> Result<String> {
        let name = self.name().to_owned();
        let mut bytes = Vec::new();
        while let Some(piece) = self.piece().await? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > max {
                let message = format!("use at most {max} bytes");
                return Err(Error::field(name, "too_long", message));
            }
        }
        String::from_utf8(bytes)
            .map(nul::replaced)
            .map_err(|_| Error::field(name, "invalid", "write UTF-8 text"))
    }
}

fn unreadable(cause: MultipartError) -> Error {
    if cause.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::new(ErrorCode::AttachmentTooLarge, "the form is too large");
    }
    let detail = format!("the form cannot be read: {}", cause.body_text());
    Error::new(ErrorCode::MalformedRequest, detail)
}

/// Hands out small pieces with a pause after each. The form's parser gathers
/// whatever is ready before it gives anything out, so without the pauses a
/// fast sender fills the memory; and it gathers headers without a bound.
struct Paced {
    inner: BodyDataStream,
    rest: Bytes,
    rested: bool,
    swallowed: Arc<AtomicUsize>,
}

impl Stream for Paced {
    type Item = std::result::Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.rested {
            self.rested = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.rest.is_empty() {
            match Pin::new(&mut self.inner).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(cause))) => {
                    return Poll::Ready(Some(Err(std::io::Error::other(cause))));
                }
                Poll::Ready(Some(Ok(bytes))) => self.rest = bytes,
            }
        }
        let size = PIECE.min(self.rest.len());
        let piece = self.rest.split_to(size);
        self.rested = false;
        if self.swallowed.fetch_add(size, Ordering::Relaxed) > MOST_WITHOUT_PROGRESS {
            let detail = "a part's header is too long";
            return Poll::Ready(Some(Err(std::io::Error::other(detail))));
        }
        Poll::Ready(Some(Ok(piece)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;

    fn form(parts: Vec<Bytes>) -> Request {
        let pieces = parts.into_iter().map(Ok::<_, std::convert::Infallible>);
        let mut request = Request::builder()
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(Body::from_stream(futures::stream::iter(pieces)))
            .expect("a request");
        let _ = request
            .extensions_mut()
            .insert(axum::extract::DefaultBodyLimit::disable());
        request
    }

    #[tokio::test]
    async fn a_file_comes_in_small_pieces_even_when_all_of_it_is_there() {
        let bytes = vec![b'x'; 1_500_000];
        let body = [
            b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
                .to_vec(),
            bytes.clone(),
            b"\r\n--b--\r\n".to_vec(),
        ]
        .concat();
        let mut upload = Upload::from_request(form(vec![body.into()]), &())
            .await
            .expect("a form");
        let mut part = upload.next().await.expect("read").expect("a part");
        assert_eq!((part.name(), part.file_name()), ("file", Some("a.txt")));
        let mut seen = Vec::new();
        while let Some(piece) = part.piece().await.expect("read") {
            assert!(piece.len() <= 4 * PIECE, "{} bytes at once", piece.len());
            seen.extend_from_slice(&piece);
        }
        assert!(seen == bytes);
        drop(part);
        assert!(upload.next().await.expect("read").is_none());
    }

    #[tokio::test]
    async fn an_endless_header_is_refused_before_it_fills_the_memory() {
        let endless: Vec<Bytes> = std::iter::once(Bytes::from_static(b"--b\r\nX: "))
            .chain(std::iter::repeat_n(Bytes::from(vec![b'x'; PIECE]), 1000))
            .collect();
        let mut upload = Upload::from_request(form(endless), &())
            .await
            .expect("a form");
        let refused = upload.next().await.expect_err("refused");
        assert_eq!(refused.code, ErrorCode::MalformedRequest);
        assert!(upload.swallowed.load(Ordering::Relaxed) < 2 * MOST_WITHOUT_PROGRESS);
    }

    #[tokio::test]
    async fn a_form_that_is_cut_off_is_malformed() {
        let body =
            Bytes::from_static(b"--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nab");
        let mut upload = Upload::from_request(form(vec![body]), &())
            .await
            .expect("a form");
        let mut part = upload.next().await.expect("read").expect("a part");
        let mut last = part.piece().await;
        while let Ok(Some(_)) = last {
            last = part.piece().await;
        }
        assert_eq!(last.expect_err("cut").code, ErrorCode::MalformedRequest);
    }
}
