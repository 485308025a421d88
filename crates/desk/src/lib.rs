//! The service desk: tickets, incidents and what belongs to them, and imports.

pub mod announcements;
pub mod assignment;
pub mod attachments;
pub mod categories;
mod conditions;
pub mod custom_fields;
pub mod desk_settings;
pub mod drafts;
pub mod expressions;
pub mod imports;
pub mod incidents;
mod letters;
pub mod presence;
pub mod reply_templates;
pub mod reports;
pub mod sla;
pub mod tickets;
pub mod views;

use steward_platform::App;
use steward_platform::jobs::Registry;
use utoipa_axum::router::OpenApiRouter;

/// Every route of the crate, relative to `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/categories", categories::routes())
        .nest("/custom-fields", custom_fields::routes())
        .nest(
            "/tickets",
            tickets::routes()
                .merge(attachments::ticket_routes())
                .merge(presence::ticket_routes())
                .merge(reply_templates::ticket_routes())
                .merge(incidents::escalation::routes())
                .merge(sla::ticket_routes()),
        )
        .nest("/announcements", announcements::routes())
        .nest("/attachments", attachments::routes())
        .nest("/incidents", incidents::routes())
        .nest("/priority-matrix", incidents::priority::routes())
        .nest("/desk-settings", desk_settings::routes())
        .nest("/drafts", drafts::routes())
        .nest("/expressions", expressions::routes())
        .nest("/major-incidents", incidents::major::feed_routes())
        .nest("/presence", presence::routes())
        .nest("/reply-templates", reply_templates::routes())
        .nest("/reports", reports::routes())
        .nest("/search", tickets::search_routes())
        .nest("/sla", sla::routes())
        .nest("/views", views::routes())
}

/// Names the crate's background work.
pub fn jobs(registry: &mut Registry) {
    tickets::jobs(registry);
    incidents::jobs(registry);
    letters::register(registry);
    attachments::jobs::register(registry);
    drafts::jobs::register(registry);
    presence::jobs(registry);
    sla::jobs(registry);
}
