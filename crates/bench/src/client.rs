//! A small HTTP/1.1 client over one connection: the load should cost little
//! beside what it measures.

use crate::Failure;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A request, ready to be sent many times.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// `GET` or `POST`.
    pub(crate) method: &'static str,
    /// Path with query.
    pub(crate) path: String,
    /// JSON; empty when there is none.
    pub(crate) body: String,
}

impl Call {
    /// Reads something.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self {
            method: "GET",
            path: path.into(),
            body: String::new(),
        }
    }

    /// Sends JSON.
    pub(crate) fn post(path: impl Into<String>, body: &serde_json::Value) -> Self {
        Self {
            method: "POST",
            path: path.into(),
            body: body.to_string(),
        }
    }
}

/// One kept connection.
#[derive(Debug)]
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Client {
    /// Connects to the server on the loopback address.
    pub(crate) async fn connect(port: u16, token: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::with_capacity(64 * 1024, stream),
            token: token.to_owned(),
        })
    }

    /// Sends and reads the whole answer: status and body.
    pub(crate) async fn send(&mut self, call: &Call) -> Result<(u16, Vec<u8>), Failure> {
        let mut text = format!(
            "{} {} HTTP/1.1\r\nhost: 127.0.0.1\r\n",
            call.method, call.path
        );
        if !self.token.is_empty() {
            text.push_str(&format!("authorization: Bearer {}\r\n", self.token));
        }
        if call.method == "POST" {
            let length = call.body.len();
            text.push_str(&format!(
                "content-type: application/json\r\ncontent-length: {length}\r\n"
            ));
        }
        text.push_str("\r\n");
        text.push_str(&call.body);
        self.stream.get_mut().write_all(text.as_bytes()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> Result<(u16, Vec<u8>), Failure> {
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        let status = line.split(' ').nth(1).ok_or("no status line")?.parse()?;
        let mut length = 0_usize;
        loop {
            line.clear();
            self.stream.read_line(&mut line).await?;
            let header = line.trim_end();
            if header.is_empty() {
                break;
            }
            let (name, value) = header.split_once(':').ok_or("a header without a value")?;
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse()?;
            }
            if name.eq_ignore_ascii_case("transfer-encoding") {
                return Err("the answer comes in chunks, which this client does not read".into());
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok((status, body))
    }

    /// Sends, and reads JSON of an answer that must be a success.
    pub(crate) async fn json(&mut self, call: &Call) -> Result<serde_json::Value, Failure> {
        let (status, body) = self.send(call).await?;
        if !(200..300).contains(&status) {
            let text = String::from_utf8_lossy(&body).into_owned();
            return Err(format!("{} {}: {status} {text}", call.method, call.path).into());
        }
        Ok(serde_json::from_slice(&body)?)
    }
}
