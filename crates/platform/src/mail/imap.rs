//! Reading a folder of an IMAP server (RFC 9051, RFC 3501). Every step is
//! bounded in time, and no message is read that is too large.
//!
//! The host is set by administrators, who may name any server that this
//! machine reaches, private ones too.

use async_imap::Session;
use async_imap::extensions::idle::{Handle, IdleResponse};
use async_imap::imap_proto::{MailboxDatum, Response};
use futures::TryStreamExt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use steward_kernel::{Error, ErrorCode, Result};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

const LOST: &str = "the connection is lost";

/// How a connection is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secured {
    /// TLS from the first byte.
    Tls,
    /// TLS after `STARTTLS`; a server that does not offer it is refused.
    Starttls,
    /// Not at all.
    Not,
}

/// What is needed to sign in.
#[derive(Clone)]
pub struct Account {
    /// Name or address of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is secured.
    pub secured: Secured,
    /// Name to sign in with.
    pub user: String,
    /// Password.
    pub password: String,
}

/// Leaves the password out.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}:{}", self.user, self.host, self.port)
    }
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Stream for T {}

/// A folder that is open for reading and flagging.
#[derive(Debug)]
pub struct Folder {
    session: Session<Box<dyn Stream>>,
    /// Changes when the server has numbered its messages anew.
    pub validity: u32,
    /// The number that the next message gets, if the server says so.
    pub next: Option<u32>,
    /// Messages in the folder.
    pub count: u32,
}

/// A folder whose server says by itself when a message came (RFC 2177). Nothing
/// else can be asked of it meanwhile.
#[derive(Debug)]
pub struct Listening {
    handle: Handle<Box<dyn Stream>>,
    validity: u32,
    next: Option<u32>,
    count: u32,
}

/// What the server said, for whoever set it up.
fn failure(what: &str, cause: impl std::fmt::Display) -> Error {
    let text: String = format!("{what}: {cause}").chars().take(500).collect();
    Error::new(ErrorCode::ResourceConflict, text)
}

async fn patient<T, E: std::fmt::Display>(
    what: &str,
    work: impl Future<Output = std::result::Result<T, E>>,
) -> Result<T> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done.map_err(|cause| failure(what, cause)),
        Err(_) => Err(failure(what, "the server did not answer within 30 seconds")),
    }
}

impl Folder {
    /// Signs in and opens a folder.
    ///
    /// # Errors
    /// `RESOURCE_CONFLICT` with what the server said: it is not reached, its
    /// certificate is not trusted, it refuses the user, it has no such folder.
    pub async fn open(account: &Account, folder: &str) -> Result<Self> {
        let stream = connect(account).await?;
        let client = async_imap::Client::new(stream);
        let login = client.login(&account.user, &account.password);
        let login = async { login.await.map_err(|(cause, _)| cause) };
        let mut session = patient("the server refuses to let us in", login).await?;
        let opened = patient("the folder cannot be opened", session.select(folder)).await?;
        let validity = opened.uid_validity.ok_or_else(|| {
            failure(
                "the folder cannot be read",
                "the server does not number its messages",
            )
        })?;
        Ok(Self {
            session,
            validity,
            next: opened.uid_next,
            count: opened.exists,
        })
    }

    /// Numbers of messages, in order: those after `last`, or without one those
    /// that nobody has read yet.
    ///
    /// # Errors
    /// With what the server said.
    pub async fn numbers(&mut self, last: Option<u32>) -> Result<Vec<u32>> {
        let query = match last {
            // The last message is always in this range, so it is left out below.
            Some(last) => format!("UID {}:*", last.saturating_add(1)),
            None => "UNSEEN".to_owned(),
        };
        let found = patient("messages cannot be listed", self.session.uid_search(query)).await?;
        let mut found: Vec<u32> = found
            .into_iter()
            .filter(|uid| last.is_none_or(|last| *uid > last))
            .collect();
        found.sort_unstable();
        Ok(found)
    }

    /// A message, or its beginning when it has more than `most` bytes; none
    /// when it is gone.
    ///
    /// # Errors
    /// With what the server said.
    pub async fn message(&mut self, uid: u32, most: usize) -> Result<Option<Vec<u8>>> {
        let size = self.fetch(uid, "(UID RFC822.SIZE)").await?;
        let Some(size) = size.first().and_then(|one| one.size) else {
            return Ok(None);
        };
        let is_large = usize::try_from(size).unwrap_or(usize::MAX) > most;
        let query = if is_large {
            format!("(UID BODY.PEEK[]<0.{}>)", most.saturating_add(1))
        } else {
            "(UID BODY.PEEK[])".to_owned()
        };
        let found = self.fetch(uid, &query).await?;
        let body = found.iter().find_map(|one| one.body().map(<[u8]>::to_vec));
        Ok(body)
    }

    async fn fetch(&mut self, uid: u32, query: &str) -> Result<Vec<async_imap::types::Fetch>> {
        let fetched = async {
            let stream = self.session.uid_fetch(uid.to_string(), query).await?;
            stream.try_collect::<Vec<_>>().await
        };
        patient("a message cannot be read", fetched).await
    }

    /// Marks a message as read.
    ///
    /// # Errors
    /// With what the server said.
    pub async fn mark_seen(&mut self, uid: u32) -> Result<()> {
        let marked = async {
            let stream = self
                .session
                .uid_store(uid.to_string(), "+FLAGS (\\Seen)")
                .await?;
            stream.try_collect::<Vec<_>>().await
        };
        patient("a message cannot be marked", marked)
            .await
            .map(drop)
    }

    /// Moves a message to another folder (RFC 6851).
    ///
    /// # Errors
    /// With what the server said.
    pub async fn move_to(&mut self, uid: u32, folder: &str) -> Result<()> {
        let moved = self.session.uid_mv(uid.to_string(), folder);
        patient("a message cannot be moved", moved).await
    }

    /// Whether the server says by itself when a message came.
    ///
    /// # Errors
    /// With what the server said.
    pub async fn can_tell(&mut self) -> Result<bool> {
        let what = "the server does not say what it can do";
        let can = patient(what, self.session.capabilities()).await?;
        Ok(can.has_str("IDLE"))
    }

    /// Has the server say by itself when a message comes.
    ///
    /// # Errors
    /// With what the server said.
    pub async fn listen(self) -> Result<Listening> {
        let mut handle = self.session.idle();
        patient("the server does not listen", handle.init()).await?;
        Ok(Listening {
            handle,
            validity: self.validity,
            next: self.next,
            count: self.count,
        })
    }

    /// Signs out; a server that is gone already counts as done.
    pub async fn close(mut self) {
        drop(patient("sign out", self.session.logout()).await);
    }
}

impl Listening {
    /// Waits until a message came, at most for `time`; false when none did. To be
    /// renewed by [`Self::end`] before 29 minutes are over.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn came(&mut self, time: Duration) -> Result<bool> {
        let handle = &mut self.handle;
        let waited = async {
            loop {
                let (wait, stop) = handle.wait_with_timeout(time);
                let said = wait.await.map_err(|cause| failure(LOST, cause))?;
                drop(stop);
                match said {
                    IdleResponse::NewData(data) => {
                        if let Response::MailboxData(MailboxDatum::Exists(_)) = data.parsed() {
                            return Ok(true);
                        }
                    }
                    IdleResponse::Timeout => return Ok(false),
                    // So the library says that there is nothing more to read.
                    IdleResponse::ManualInterrupt => {
                        return Err(failure(LOST, "the server closed it"));
                    }
                }
            }
        };
        let waited = tokio::time::timeout(time, waited).await;
        waited.unwrap_or(Ok(false))
    }

    /// Ends it, so that the server can be asked again.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn end(self) -> Result<Folder> {
        Ok(Folder {
            session: patient(LOST, self.handle.done()).await?,
            validity: self.validity,
            next: self.next,
            count: self.count,
        })
    }
}

/// A stream on which the server has greeted and that is as secure as asked for.
async fn connect(account: &Account) -> Result<Box<dyn Stream>> {
    let address = (account.host.as_str(), account.port);
    let what = "the server cannot be reached";
    let stream = patient(what, TcpStream::connect(address)).await?;
    match account.secured {
        Secured::Tls => greeted(Box::new(secure(account, stream).await?)).await,
        Secured::Not => greeted(Box::new(stream)).await,
        Secured::Starttls => {
            let mut client = async_imap::Client::new(stream);
            greeting(&mut client).await?;
            let asked = client.run_command_and_check_ok("STARTTLS", None);
            patient("the server refuses TLS", asked).await?;
            Ok(Box::new(secure(account, client.into_inner()).await?))
        }
    }
}

async fn greeted(stream: Box<dyn Stream>) -> Result<Box<dyn Stream>> {
    let mut client = async_imap::Client::new(stream);
    greeting(&mut client).await?;
    Ok(client.into_inner())
}

async fn greeting<T: Stream>(client: &mut async_imap::Client<T>) -> Result<()> {
    let greeting = patient("the server does not greet", client.read_response()).await?;
    greeting
        .map(drop)
        .ok_or_else(|| failure("the server does not greet", "it closed the connection"))
}

async fn secure(
    account: &Account,
    stream: TcpStream,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let what = "the connection cannot be secured";
    let name = ServerName::try_from(account.host.clone()).map_err(|cause| failure(what, cause))?;
    let connector = TlsConnector::from(Arc::new(config));
    patient(what, connector.connect(name, stream)).await
}
