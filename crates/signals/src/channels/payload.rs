//! What is sent over the wire: one request for each kind of channel.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use steward_domain::notifications::channels::{ChannelKind, SmsProvider, in_chat, short};
use steward_kernel::{Error, Result};
use steward_platform::outgoing::Request;
use uuid::Uuid;

/// Where Twilio is.
pub(super) const TWILIO: &str = "https://api.twilio.com";

/// How a channel is reached; sealed in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settings {
    /// The address; the whole of it may be a secret.
    pub(super) url: String,
    /// Who carries short messages.
    pub(super) provider: Option<SmsProvider>,
    /// Number or name that short messages come from.
    pub(super) from: Option<String>,
    /// The account at Twilio.
    pub(super) account: Option<String>,
    /// Token of the gateway.
    pub(super) secret: Option<String>,
}

/// What is said; sealed while it waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    /// Why: a topic, a reason, or `test`.
    pub(super) about: String,
    /// Number of the ticket; none in a test.
    pub(super) number: Option<String>,
    /// Its title.
    pub(super) title: String,
    /// Its page.
    pub(super) link: String,
    /// What happened, for the readers of this channel.
    pub(super) text: String,
    /// The same one by one; none in a test.
    pub(super) items: Vec<Item>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    /// Why: a topic or a reason.
    pub(super) about: String,
    /// What happened.
    pub(super) text: String,
}

/// Slack reads `<`, `>` and `&` as its own (docs of incoming webhooks).
fn slack(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Teams reads a part of Markdown (docs of adaptive cards). Emphasis does no harm,
/// but a link with a text of its own may lead anywhere.
fn teams(text: &str) -> String {
    text.replace("](", "] (")
}

/// The request that sends a message; `id` makes a repetition known to who understands it.
///
/// # Errors
/// When something cannot be in a header.
pub(super) fn request(
    kind: ChannelKind,
    settings: &Settings,
    to: Option<&str>,
    said: &Said,
    id: Uuid,
) -> Result<Request> {
    match kind {
        ChannelKind::Slack => {
            let link = format!(
                "<{}|{}>",
                said.link,
                said.number.as_deref().unwrap_or("Steward")
            );
            let text = format!("{}\n{link}", slack(&in_chat(&said.text)));
            post(settings, &json!({"text": text}), id)
        }
        ChannelKind::Teams => post(settings, &card(said), id),
        ChannelKind::Webhook => {
            let ticket = said
                .number
                .as_ref()
                .map(|number| json!({"number": number, "title": said.title, "link": said.link}));
            let body = json!({"id": id, "about": said.about, "ticket": ticket,
                "text": in_chat(&said.text), "items": said.items});
            post(settings, &body, id)
        }
        ChannelKind::Sms => sms(settings, to.unwrap_or_default(), said, id),
    }
}

/// An adaptive card, as the webhooks of Teams take it.
fn card(said: &Said) -> serde_json::Value {
    let text = json!({"type": "TextBlock", "text": teams(&in_chat(&said.text)), "wrap": true});
    let title = said.number.as_deref().unwrap_or("Steward");
    json!({"type": "message", "attachments": [{
        "contentType": "application/vnd.microsoft.card.adaptive",
        "content": {
            "type": "AdaptiveCard", "version": "1.4",
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "body": [text],
            "actions": [{"type": "Action.OpenUrl", "title": title, "url": said.link}],
        },
    }]})
}

fn sms(settings: &Settings, to: &str, said: &Said, id: Uuid) -> Result<Request> {
    let text = short(&said.text, &said.link);
    let from = settings.from.as_deref().unwrap_or_default();
    let secret = settings.secret.as_deref();
    if settings.provider == Some(SmsProvider::Twilio) {
        let account = settings.account.as_deref().unwrap_or_default();
        let base = settings.url.trim_end_matches('/');
        let pairs = [("To", to), ("From", from), ("Body", text.as_str())];
        let body = serde_urlencoded::to_string(pairs).map_err(Error::internal)?;
        let basic = format!("{account}:{}", secret.unwrap_or_default());
        let mut headers = headers(id, "application/x-www-form-urlencoded")?;
        let basic = format!("Basic {}", BASE64.encode(basic.as_bytes()));
        headers.insert(AUTHORIZATION, sensitive(&basic)?);
        return Ok(Request {
            method: Method::POST,
            url: format!("{base}/2010-04-01/Accounts/{account}/Messages.json"),
            headers,
            body: body.into(),
        });
    }
    let body = json!({"to": to, "from": from, "text": text});
    let mut request = post(settings, &body, id)?;
    if let Some(secret) = secret {
        let bearer = sensitive(&format!("Bearer {secret}"))?;
        request.headers.insert(AUTHORIZATION, bearer);
    }
    Ok(request)
}

fn post(settings: &Settings, body: &serde_json::Value, id: Uuid) -> Result<Request> {
    Ok(Request {
        method: Method::POST,
        url: settings.url.clone(),
        headers: headers(id, "application/json")?,
        body: body.to_string().into(),
    })
}

fn headers(id: Uuid, kind: &'static str) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    let key = HeaderValue::from_str(&id.to_string()).map_err(Error::internal)?;
    headers.insert(HeaderName::from_static("idempotency-key"), key);
    Ok(headers)
}

fn sensitive(text: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(text).map_err(Error::internal)?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn settings(provider: Option<SmsProvider>) -> Settings {
        Settings {
            url: "https://hooks.example/T/1".to_owned(),
            provider,
            from: Some("+15550100".to_owned()),
            account: Some("AC1".to_owned()),
            secret: Some("s3cret".to_owned()),
        }
    }

    fn said(comment: &str) -> Said {
        Said {
            about: "commented".to_owned(),
            number: Some("INC-000042".to_owned()),
            title: "VPN <drops>".to_owned(),
            link: "https://desk.example/agent/incidents/INC-000042".to_owned(),
            text: format!("INC-000042 VPN <drops>: Lea wrote: {comment}"),
            items: vec![Item {
                about: "commented".to_owned(),
                text: format!("Lea wrote: {comment}"),
            }],
        }
    }

    fn body(request: &Request) -> Value {
        serde_json::from_slice(&request.body).expect("JSON")
    }

    fn sent(kind: ChannelKind, provider: Option<SmsProvider>, comment: &str) -> Request {
        let to = Some("+491512345678");
        request(kind, &settings(provider), to, &said(comment), Uuid::nil()).expect("a request")
    }

    #[test]
    fn each_kind_speaks_as_its_receiver_reads() {
        let slack = sent(ChannelKind::Slack, None, "a & b");
        assert_eq!(
            body(&slack)["text"],
            "INC-000042 VPN &lt;drops&gt;: Lea wrote: a &amp; b\n\
             <https://desk.example/agent/incidents/INC-000042|INC-000042>"
        );
        let teams = body(&sent(ChannelKind::Teams, None, "hi"));
        let content = &teams["attachments"][0]["content"];
        assert_eq!(
            content["body"][0]["text"],
            "INC-000042 VPN <drops>: Lea wrote: hi"
        );
        assert_eq!(
            content["actions"][0]["url"],
            "https://desk.example/agent/incidents/INC-000042"
        );
        let lure = body(&sent(
            ChannelKind::Teams,
            None,
            "[bank](https://evil.example)",
        ));
        assert_eq!(
            lure["attachments"][0]["content"]["body"][0]["text"],
            "INC-000042 VPN <drops>: Lea wrote: [bank] (https://evil.example)"
        );
        let hook = body(&sent(ChannelKind::Webhook, None, "hi"));
        assert_eq!(
            hook["items"],
            json!([{"about": "commented", "text": "Lea wrote: hi"}])
        );
        assert_eq!(
            (&hook["about"], &hook["ticket"]["number"]),
            (&json!("commented"), &json!("INC-000042"))
        );
    }

    #[test]
    fn gateways_are_asked_with_their_secret_and_the_text_is_bounded() {
        let http = sent(
            ChannelKind::Sms,
            Some(SmsProvider::Http),
            &"long ".repeat(400),
        );
        assert_eq!(http.headers["authorization"], "Bearer s3cret");
        assert_eq!(http.headers["idempotency-key"], Uuid::nil().to_string());
        let text = body(&http)["text"].as_str().expect("a text").to_owned();
        assert!(
            text.ends_with("... https://desk.example/agent/incidents/INC-000042"),
            "{text}"
        );
        assert!(text.len() <= 459, "{}", text.len());
        let twilio = sent(ChannelKind::Sms, Some(SmsProvider::Twilio), "hi");
        assert_eq!(
            twilio.url,
            "https://hooks.example/T/1/2010-04-01/Accounts/AC1/Messages.json"
        );
        assert_eq!(twilio.headers["authorization"], "Basic QUMxOnMzY3JldA==");
        let form = String::from_utf8(twilio.body.to_vec()).expect("text");
        assert!(
            form.starts_with("To=%2B491512345678&From=%2B15550100&Body=INC-000042"),
            "{form}"
        );
    }

    #[test]
    fn a_message_to_a_team_is_bounded() {
        let hook = body(&sent(ChannelKind::Webhook, None, &"x".repeat(7_000)));
        let text = hook["text"].as_str().expect("a text");
        assert!(text.ends_with("x […]") && text.chars().count() == 6_004);
    }
}
