//! What reacts to events: notifications, the stream, webhooks. Never imports the desk;
//! what it needs to know of a ticket comes with the event, except who may hear
//! of it at this moment: that the stream reads itself.

pub mod deliveries;
pub mod notifications;
pub mod stream;
pub mod webhooks;

use steward_platform::App;
use steward_platform::jobs::Registry;
use utoipa_axum::router::OpenApiRouter;

/// Every route of the crate, relative to `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/notifications", notifications::routes())
        .nest("/notification-preferences", deliveries::preference_routes())
        .nest("/deliveries", deliveries::routes())
        .nest("/stream", stream::routes())
        .nest("/webhooks", webhooks::routes())
}

/// Names the crate's background work.
pub fn jobs(registry: &mut Registry) {
    notifications::jobs::register(registry);
    deliveries::register(registry);
    webhooks::register(registry);
}
