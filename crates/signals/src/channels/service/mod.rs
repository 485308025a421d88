//! Use cases of channels: setting them up and trying them.

mod plan;
mod send;
mod write;

pub(crate) use plan::{News, announce, sms_channel};
pub(super) use send::deliver;
pub(crate) use send::send_again;
pub use write::send_due;
pub(crate) use write::skip;

use super::dto::{
    ChannelInput, ChannelKindInput, ChannelPatch, ChannelView, NotificationChannels, ProviderInput,
    TeamView, TestInput, TestView,
};
use super::payload::{self, Said, Settings, TWILIO};
use super::store::{self, ChannelRow};
use super::words;
use serde_json::json;
use steward_db::time::{from_db, to_db};
use steward_domain::notifications::channels::{ChannelKind, SmsProvider, Topic, phone};
use steward_domain::notifications::templates::Language;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::http::{IfMatch, conditional};
use steward_platform::{App, clock, seal};
use uuid::Uuid;

const MANAGE: &str = "notification_channel:manage";

fn require(actor: &Actor) -> Result<()> {
    if actor.may_all(MANAGE) {
        Ok(())
    } else {
        Err(Error::forbidden(MANAGE))
    }
}

fn place(id: Uuid) -> String {
    format!("notification_channels.settings/{id}")
}

fn sealed(app: &App, id: Uuid, settings: &Settings) -> Result<String> {
    let text = serde_json::to_vec(settings).map_err(Error::internal)?;
    seal::seal(&app.config, &place(id), &text)
}

/// How a channel is reached.
fn opened(app: &App, row: &ChannelRow) -> Result<Settings> {
    let text = seal::open(&app.config, &place(row.id), &row.settings)?;
    serde_json::from_slice(&text).map_err(Error::internal)
}

fn kind(row: &ChannelRow) -> Result<ChannelKind> {
    row.kind.parse().map_err(Error::internal)
}

/// The topics that a channel wants.
fn topics(row: &ChannelRow) -> Vec<Topic> {
    serde_json::from_value(row.topics.clone()).unwrap_or_default()
}

fn view(app: &App, row: ChannelRow) -> Result<ChannelView> {
    let settings = opened(app, &row)?;
    let host = url::Url::parse(&settings.url).ok();
    let host = host.and_then(|url| url.host_str().map(str::to_owned));
    let team = row.team_id.zip(row.team_name.clone());
    let topics = topics(&row).into_iter().map(|t| t.as_str().to_owned());
    Ok(ChannelView {
        topics: topics.collect(),
        id: row.id,
        kind: row.kind,
        name: row.name,
        team: team.map(|(id, name)| TeamView { id, name }),
        host: host.unwrap_or_default(),
        provider: settings.provider.map(|p| p.as_str().to_owned()),
        from: settings.from,
        account: settings.account,
        has_secret: settings.secret.is_some(),
        is_active: row.is_active,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    })
}

/// Every channel, by name.
pub(super) async fn list(app: &App, actor: &Actor) -> Result<NotificationChannels> {
    require(actor)?;
    let rows = store::all(&app.db, actor.organization_id).await?;
    let views: Result<Vec<ChannelView>> = rows.into_iter().map(|row| view(app, row)).collect();
    Ok(NotificationChannels { data: views? })
}

async fn find<E: steward_db::Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<ChannelRow> {
    require(actor)?;
    let row = store::find(db, actor.organization_id, id).await?;
    row.ok_or_else(|| Error::not_found("notification channel", id))
}

/// One channel.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<ChannelView> {
    view(app, find(&app.db, actor, id).await?)
}

fn read_topics(words: &[String]) -> Result<Vec<Topic>> {
    let read = |word: &String| {
        let unknown = |_| Error::unknown("topics", format!("'{word}' is no topic"));
        word.parse::<Topic>().map_err(unknown)
    };
    let mut topics: Vec<Topic> = words.iter().map(read).collect::<Result<_>>()?;
    topics.sort();
    topics.dedup();
    Ok(topics)
}

/// Refuses a channel that could not send anything, or to where it must not.
async fn check<E: steward_db::Executor>(
    app: &App,
    db: &E,
    actor: &Actor,
    row: &ChannelRow,
    settings: &Settings,
) -> Result<()> {
    if row.name.trim().is_empty() {
        return Err(Error::field("name", "required", "give it a name"));
    }
    check_length("name", &row.name, 100)?;
    check_settings(app, kind(row)?, settings)?;
    match row.team_id {
        Some(team) if kind(row)?.is_of_team() => {
            if !store::has_team(db, actor.organization_id, team).await? {
                return Err(Error::unknown("team_id", "there is no such team"));
            }
            Ok(())
        }
        None if kind(row)?.is_of_team() => {
            let message = "name the team whose tickets it hears of";
            Err(Error::field("team_id", "required", message))
        }
        Some(_) => Err(Error::field(
            "team_id",
            "not_allowed",
            "short messages go to people",
        )),
        None => Ok(()),
    }
}

fn check_settings(app: &App, kind: ChannelKind, settings: &Settings) -> Result<()> {
    check_length("url", &settings.url, 2_000)?;
    let checked = app.outgoing.check(&settings.url);
    checked.map_err(|refused| Error::field("url", refused.kind.as_str(), refused.text))?;
    let bounded = [
        ("from", &settings.from, 20),
        ("account", &settings.account, 100),
        ("secret", &settings.secret, 500),
    ];
    for (field, text, most) in bounded {
        let text = text.as_deref().unwrap_or_default();
        check_length(field, text, most)?;
        if text.chars().any(|c| !c.is_ascii_graphic() && c != ' ') {
            return Err(Error::field(
                field,
                "invalid",
                "use visible ASCII characters",
            ));
        }
    }
    let needed = match (kind, settings.provider) {
        (ChannelKind::Sms, None) => {
            return Err(Error::field(
                "provider",
                "required",
                "say who carries the messages",
            ));
        }
        (ChannelKind::Sms, Some(SmsProvider::Twilio)) => vec![
            ("from", &settings.from),
            ("account", &settings.account),
            ("secret", &settings.secret),
        ],
        (ChannelKind::Sms, Some(SmsProvider::Http)) => vec![("from", &settings.from)],
        _ => Vec::new(),
    };
    for (field, text) in needed {
        if text.as_deref().unwrap_or_default().is_empty() {
            return Err(Error::field(field, "required", "is needed to send"));
        }
    }
    let account = settings.account.as_deref().unwrap_or_default();
    if !account.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(Error::field("account", "invalid", "use letters and digits"));
    }
    Ok(())
}

const fn provider_of(input: ProviderInput) -> SmsProvider {
    match input {
        ProviderInput::Http => SmsProvider::Http,
        ProviderInput::Twilio => SmsProvider::Twilio,
    }
}

/// Where a provider is when nothing else is said.
fn usual_url(provider: Option<SmsProvider>) -> String {
    match provider {
        Some(SmsProvider::Twilio) => TWILIO.to_owned(),
        Some(SmsProvider::Http) | None => String::new(),
    }
}

/// Turns to another provider, which gets nothing of what was the old one's.
fn turn_to(settings: &mut Settings, provider: SmsProvider) {
    if settings.provider != Some(provider) {
        *settings = Settings {
            url: usual_url(Some(provider)),
            provider: Some(provider),
            from: settings.from.take(),
            account: None,
            secret: None,
        };
    }
}

/// Adds a channel.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: ChannelInput,
    now: Instant,
) -> Result<ChannelView> {
    require(actor)?;
    let kind = match input.kind {
        ChannelKindInput::Sms => ChannelKind::Sms,
        ChannelKindInput::Slack => ChannelKind::Slack,
        ChannelKindInput::Teams => ChannelKind::Teams,
        ChannelKindInput::Webhook => ChannelKind::Webhook,
    };
    let provider = input.provider.map(provider_of);
    let settings = Settings {
        url: input.url.unwrap_or_else(|| usual_url(provider)),
        provider,
        from: input.from,
        account: input.account,
        secret: input.secret,
    };
    let id = clock::new_id();
    let row = ChannelRow {
        id,
        organization_id: actor.organization_id.0,
        kind: kind.as_str().to_owned(),
        name: input.name.trim().to_owned(),
        team_id: input.team_id,
        team_name: None,
        topics: json!(read_topics(&input.topics)?),
        settings: sealed(app, id, &settings)?,
        is_active: input.is_active,
        organization_name: String::new(),
        locale: String::new(),
        version: 1,
        created_at: to_db(now),
        updated_at: to_db(now),
    };
    let tx = app.db.write("notification_channels.create").await?;
    check(app, &tx, actor, &row, &settings).await?;
    store::insert(&tx, &row, now).await?;
    let row = find(&tx, actor, id).await?;
    tx.commit().await?;
    view(app, row)
}

/// Changes a channel; what is left out stays.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: ChannelPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<ChannelView> {
    let tx = app.db.write("notification_channels.update").await?;
    let mut row = find(&tx, actor, id).await?;
    seen.check("the channel", row.version)?;
    let mut settings = opened(app, &row)?;
    if let Some(provider) = patch.provider {
        if kind(&row)? != ChannelKind::Sms {
            let message = "only short messages have a provider";
            return Err(Error::field("provider", "not_allowed", message));
        }
        turn_to(&mut settings, provider_of(provider));
    }
    settings.url = patch.url.unwrap_or(settings.url);
    settings.from = patch.from.or(settings.from);
    settings.account = patch.account.or(settings.account);
    settings.secret = patch.secret.or(settings.secret);
    if let Some(words) = patch.topics {
        row.topics = json!(read_topics(&words)?);
    }
    row.name = patch.name.map_or(row.name, |name| name.trim().to_owned());
    row.team_id = patch.team_id.or(row.team_id);
    row.is_active = patch.is_active.unwrap_or(row.is_active);
    row.settings = sealed(app, id, &settings)?;
    check(app, &tx, actor, &row, &settings).await?;
    if !store::save(&tx, &row, now).await? {
        return Err(conditional::stale());
    }
    let row = find(&tx, actor, id).await?;
    tx.commit().await?;
    view(app, row)
}

/// Removes a channel.
pub(super) async fn delete(
    app: &App,
    actor: &Actor,
    id: Uuid,
    seen: IfMatch,
    now: Instant,
) -> Result<()> {
    let tx = app.db.write("notification_channels.delete").await?;
    let row = find(&tx, actor, id).await?;
    seen.check("the channel", row.version)?;
    store::delete(&tx, id, now).await?;
    tx.commit().await
}

/// Sends a test at once.
pub(super) async fn test(app: &App, actor: &Actor, id: Uuid, input: TestInput) -> Result<TestView> {
    let row = find(&app.db, actor, id).await?;
    let kind = kind(&row)?;
    let to = match kind.is_of_team() {
        true => None,
        false => Some(phone_of(app, actor, input.to).await?),
    };
    let base = app.config.public_url.trim_end_matches('/');
    let said = Said {
        about: "test".to_owned(),
        number: None,
        title: String::new(),
        link: format!("{base}/"),
        text: words::trial(Language::of(&row.locale)).to_owned(),
        items: Vec::new(),
    };
    let settings = opened(app, &row)?;
    let request = payload::request(kind, &settings, to.as_deref(), &said, clock::new_id())?;
    let (end, answer) = send::judged(app.outgoing.send(request).await);
    Ok(TestView {
        is_sent: end == store::End::Sent,
        answer,
    })
}

async fn phone_of(app: &App, actor: &Actor, to: Option<String>) -> Result<String> {
    let own = match to {
        Some(to) => Some(to),
        None => {
            let row = store::phone(&app.db, actor.user_id.0).await?;
            row.and_then(|row| row.phone)
        }
    };
    let number = own.as_deref().and_then(phone);
    let wrong = || {
        Error::field(
            "to",
            "invalid",
            "give a phone number with its country, such as +49 151 2345678",
        )
    };
    number.ok_or_else(wrong)
}
