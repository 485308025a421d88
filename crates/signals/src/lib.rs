//! What reacts to events, and mail that comes in. Never imports the desk;
//! what it needs to know of a ticket comes with the event, except who may hear
//! of it at this moment: that the stream reads itself.

pub mod channels;
pub mod deliveries;
pub mod dkim;
pub mod mailboxes;
pub mod notifications;
pub mod retention;
pub mod stream;
pub mod templates;
pub mod webhooks;

use steward_platform::App;
use steward_platform::jobs::Registry;
use utoipa_axum::router::OpenApiRouter;

/// Every route of the crate, relative to `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/notifications", notifications::routes())
        .nest("/notification-preferences", deliveries::preference_routes())
        .nest("/notification-templates", templates::routes())
        .nest("/notification-channels", channels::routes())
        .nest("/deliveries", deliveries::routes())
        .nest("/unsubscribe", deliveries::unsubscribe_routes())
        .nest("/mailboxes", mailboxes::routes())
        .nest("/inbound-mails", mailboxes::mail_routes())
        .nest("/dkim-keys", dkim::routes())
        .nest("/retention-settings", retention::routes())
        .nest("/stream", stream::routes())
        .nest("/webhooks", webhooks::routes())
}

/// Names the crate's background work.
pub fn jobs(registry: &mut Registry) {
    notifications::jobs::register(registry);
    deliveries::register(registry);
    mailboxes::register(registry);
    channels::register(registry);
    retention::register(registry);
}
