//! Where mail goes: to an SMTP server, or into files when there is none.

use super::dkim::{self, Signer};
use super::{Envelope, Mail, envelope};
use crate::config::Config;
use lettre::address::Envelope as Route;
use lettre::message::header::{
    self, ContentTransferEncoding, ContentType, HeaderName, HeaderValue,
};
use lettre::message::{Body, Mailbox, Message, MessageBuilder, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::time::Duration;
use steward_kernel::{Error, Result};
use uuid::Uuid;

/// Longest wait for the mail server.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a mail is sent with, beside itself.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// What stands around it.
    pub envelope: Envelope,
    /// What signs it, if something does.
    pub signer: Option<Signer>,
}

/// Delivers one mail at a time.
#[derive(Debug, Clone)]
pub enum Mailer {
    /// `STEWARD_SMTP_URL`, with connections kept open for the next mail.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// A folder that gets one file a mail.
    Files(PathBuf),
}

impl Mailer {
    /// The mailer that the settings ask for.
    ///
    /// # Errors
    /// When `STEWARD_SMTP_URL` cannot be read.
    pub fn new(config: &Config) -> Result<Self> {
        let Some(url) = &config.smtp_url else {
            return Ok(Self::Files(config.data_dir.join("mail")));
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let builder = builder.map_err(Error::internal)?;
        Ok(Self::Smtp(builder.timeout(Some(PATIENCE)).build()))
    }

    /// The address of every mail's sender, in lower case.
    #[must_use]
    pub fn sender_address(&self, config: &Config) -> Option<String> {
        let from: Mailbox = config.mail_from.parse().ok()?;
        Some(from.email.to_string().to_lowercase())
    }

    /// Delivers `mail` under a Message-ID made of `id`.
    ///
    /// # Errors
    /// When an address cannot be read, it cannot be signed, or the server or
    /// folder does not take it.
    pub async fn deliver(
        &self,
        config: &Config,
        id: Uuid,
        mail: &Mail,
        around: &Around,
    ) -> Result<()> {
        let mut message = message(config, id, mail)?;
        let from: Mailbox = config.mail_from.parse().map_err(Error::internal)?;
        envelope::apply(&mut message, &from.email, &around.envelope)?;
        if let Some(signer) = &around.signer {
            dkim::sign(config, &mut message, signer)?;
        }
        match self {
            Self::Smtp(transport) => {
                let route = route(config, id, &message)?;
                let bytes = message.formatted();
                let sent = match transport.send_raw(&route, &bytes).await {
                    // A kept connection may have died since it was last used.
                    Err(error) if !error.is_response() => transport.send_raw(&route, &bytes).await,
                    sent => sent,
                };
                sent.map(drop).map_err(Error::internal)
            }
            Self::Files(folder) => {
                let path = folder.join(format!("{id}.eml"));
                write(folder, &path, &message.formatted()).map_err(Error::internal)?;
                tracing::info!(file = %path.display(), "STEWARD_SMTP_URL is not set; a mail was written to a file");
                Ok(())
            }
        }
    }
}

/// From where to where the mail goes. With a return path, each mail comes back to
/// an address of its own, so that a notice is understood that names no mail.
fn route(config: &Config, id: Uuid, message: &Message) -> Result<Route> {
    let usual = message.envelope();
    let Some(path) = &config.mail_return_path else {
        return Ok(usual.clone());
    };
    let path = path.replace("{mail}", &id.simple().to_string());
    let path = path.parse().map_err(Error::internal)?;
    Route::new(Some(path), usual.to().to_vec()).map_err(Error::internal)
}

fn message(config: &Config, id: Uuid, mail: &Mail) -> Result<Message> {
    let from: Mailbox = config.mail_from.parse().map_err(Error::internal)?;
    let to: Mailbox = mail.to.parse().map_err(Error::internal)?;
    let domain = from.email.domain().to_owned();
    let id = format!("<{id}@{domain}>");
    let subject: String = mail
        .subject
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    // Nobody has the first mail of the conversation; clients join by its id.
    let thread = mail
        .thread
        .map(|thread| format!("<thread-{thread}@{domain}>"));
    let mut builder = Message::builder();
    if let Some(thread) = thread {
        builder = builder.in_reply_to(thread.clone()).references(thread);
    }
    let message = builder
        .from(from)
        .to(to)
        .subject(subject)
        .message_id(Some(id));
    let message = match &mail.html {
        Some(html) => {
            let both = MultiPart::alternative_plain_html(mail.text.clone(), html.clone());
            parted(message, &both)?
        }
        None => {
            let plain = message.header(ContentType::TEXT_PLAIN);
            plain.body(mail.text.clone())
        }
    };
    let mut message = message.map_err(Error::internal)?;
    // RFC 3834: nobody's holiday notice answers this.
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    let value = HeaderValue::new(name, "auto-generated".to_owned());
    message.headers_mut().insert_raw(value);
    Ok(message)
}

/// A message of parts. The header that says so is one of the message, not only
/// of its body as the library would have it, so that a signature covers it.
fn parted(
    message: MessageBuilder,
    parts: &MultiPart,
) -> Result<std::result::Result<Message, lettre::error::Error>> {
    const END: &[u8] = b"\r\n\r\n";
    let kind = parts.headers().get::<ContentType>();
    let kind = kind.ok_or_else(|| Error::internal("parts have no boundary"))?;
    let formatted = parts.formatted();
    let end = formatted.windows(END.len()).position(|four| four == END);
    let body = end.and_then(|end| formatted.get(end.saturating_add(END.len())..));
    let body = body.ok_or_else(|| Error::internal("parts have no end of headers"))?;
    // Each part is encoded for itself; around them there is nothing but ASCII.
    let encoding = ContentTransferEncoding::SevenBit;
    let body = Body::dangerous_pre_encoded(body.to_vec(), encoding);
    let message = message.header(header::MIME_VERSION_1_0).header(kind);
    Ok(message.body(body))
}

/// Only the owner reads the files: they carry links that set passwords.
fn write(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(path)?, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(smtp: Option<&'static str>) -> Config {
        Config::from_lookup(move |name| match name {
            "STEWARD_SMTP_URL" => smtp.map(str::to_owned),
            "STEWARD_MAIL_FROM" => Some("Service desk <desk@example.com>".to_owned()),
            "STEWARD_DATA_DIR" => Some(
                std::env::temp_dir()
                    .join("steward-mail")
                    .display()
                    .to_string(),
            ),
            _ => None,
        })
        .expect("settings")
    }

    #[test]
    fn a_mail_names_sender_and_recipient_and_says_that_a_machine_wrote_it() {
        let mail = Mail {
            to: "ada@example.com".to_owned(),
            subject: "Grüße\r\nBcc: eve@example.com".to_owned(),
            text: "Hello\n".to_owned(),
            html: None,
            thread: Some(Uuid::nil()),
        };
        let message = message(&config(None), Uuid::nil(), &mail).expect("a message");
        let text = String::from_utf8(message.formatted()).expect("text");
        for part in [
            "From: \"Service desk\" <desk@example.com>\r\n",
            "To: ada@example.com\r\n",
            "Message-ID: <00000000-0000-0000-0000-000000000000@example.com>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "In-Reply-To: <thread-00000000-0000-0000-0000-000000000000@example.com>\r\n",
            "References: <thread-00000000-0000-0000-0000-000000000000@example.com>\r\n",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("\nBcc:"), "{text}");
        let to = "not an address".to_owned();
        assert!(super::message(&config(None), Uuid::nil(), &Mail { to, ..mail }).is_err());
    }

    #[test]
    fn a_mail_comes_back_to_an_address_of_its_own_when_one_is_set() {
        let mail = Mail {
            to: "ada@example.com".to_owned(),
            subject: "x".to_owned(),
            text: "x".to_owned(),
            html: None,
            thread: None,
        };
        let id = Uuid::from_u128(7);
        let mut config = config(None);
        let message = message(&config, id, &mail).expect("a message");
        let from = |config: &Config| {
            let route = route(config, id, &message).expect("a route");
            assert_eq!(route.to(), ["ada@example.com".parse().expect("an address")]);
            route.from().map(ToString::to_string)
        };
        assert_eq!(from(&config).as_deref(), Some("desk@example.com"));
        config.mail_return_path = Some("back+{mail}@example.com".to_owned());
        assert_eq!(
            from(&config).as_deref(),
            Some("back+00000000000000000000000000000007@example.com")
        );
    }

    #[test]
    fn the_settings_choose_between_a_server_and_files() {
        assert!(matches!(Mailer::new(&config(None)), Ok(Mailer::Files(_))));
        let smtp = config(Some("smtp://user:secret@mail.example.com:587?tls=required"));
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let _inside = runtime.enter();
        assert!(matches!(Mailer::new(&smtp), Ok(Mailer::Smtp(_))));
        assert!(
            !format!("{smtp:?}").contains("secret"),
            "settings do not print secrets"
        );
    }
}
