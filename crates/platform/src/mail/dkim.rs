//! Signatures of outgoing mail (DKIM, RFC 6376): making keys, the DNS record
//! that publishes one, and signing.
//!
//! RSA of 2048 bits, because the large receivers check nothing else (RFC 8301
//! §3.2; Ed25519 of RFC 8463 is hardly read). The timing attack known of the
//! `rsa` crate (RUSTSEC-2023-0071) needs somebody who can have texts of their
//! choice signed again and again and measure each: a job signs, at its time.

use crate::{config::Config, seal};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::message::Message;
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm,
    DkimSigningKey, dkim_sign,
};
use lettre::message::header::HeaderName;
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::{EncodePublicKey, LineEnding};
use steward_kernel::{Error, Result};
use uuid::Uuid;

const BITS: usize = 2048;

/// What is signed: whatever a reader or their program acts on. RFC 8058 §4 asks
/// for the two of unsubscribing; one that a mail does not have cannot be added
/// to it on its way.
const HEADERS: [&str; 14] = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
];

/// A new pair of keys.
pub struct NewKey {
    /// Sealed for the row of this id.
    pub sealed: String,
    /// As the DNS record has it: base64 of a `SubjectPublicKeyInfo`.
    pub public: String,
}

/// Leaves the sealed key out.
impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.public)
    }
}

/// What signs the mail of a domain.
#[derive(Debug, Clone)]
pub struct Signer {
    /// Row of the key.
    pub id: Uuid,
    /// Domain of the sender.
    pub domain: String,
    /// Names the key among those of the domain.
    pub selector: String,
    /// Private key, sealed.
    pub sealed: String,
}

fn place(id: Uuid) -> String {
    format!("dkim_keys.private_key/{id}")
}

/// Makes a pair of keys for the row `id`. Takes a second or so of one core.
///
/// # Errors
/// When the keys cannot be made or sealed.
pub async fn generate(config: &Config, id: Uuid) -> Result<NewKey> {
    let made = tokio::task::spawn_blocking(pair).await;
    let (private, public) = made.map_err(Error::internal)??;
    Ok(NewKey {
        sealed: seal::seal(config, &place(id), private.as_bytes())?,
        public,
    })
}

fn pair() -> Result<(String, String)> {
    let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, BITS).map_err(Error::internal)?;
    let public = key.to_public_key().to_public_key_der();
    let public = STANDARD.encode(public.map_err(Error::internal)?.as_bytes());
    let private = key.to_pkcs1_pem(LineEnding::LF).map_err(Error::internal)?;
    Ok((private.to_string(), public))
}

/// Name of the TXT record of a key.
#[must_use]
pub fn record_name(selector: &str, domain: &str) -> String {
    format!("{selector}._domainkey.{domain}")
}

/// Content of the TXT record of a public key.
#[must_use]
pub fn record(public: &str) -> String {
    format!("v=DKIM1; k=rsa; p={public}")
}

/// Signs a mail as it is: nothing may change in it afterwards.
pub(super) fn sign(config: &Config, message: &mut Message, signer: &Signer) -> Result<()> {
    let private = seal::open(config, &place(signer.id), &signer.sealed)?;
    let private = String::from_utf8(private).map_err(Error::internal)?;
    let key = DkimSigningKey::new(&private, DkimSigningAlgorithm::Rsa).map_err(Error::internal)?;
    let headers = HEADERS.into_iter().map(HeaderName::new_from_ascii_str);
    // Servers on the way fold headers anew and trim lines.
    let relaxed = DkimCanonicalization {
        header: DkimCanonicalizationType::Relaxed,
        body: DkimCanonicalizationType::Relaxed,
    };
    let settings = DkimConfig::new(
        signer.selector.clone(),
        signer.domain.clone(),
        key,
        headers.collect(),
        relaxed,
    );
    dkim_sign(message, &settings);
    Ok(())
}
