//! The demo organization: invented people and faults, always the same.

use steward_desk::tickets::dto::{IncidentInput, LevelInput};
use steward_desk::tickets::service as tickets;
use steward_identity::users::dto::UserInput;
use steward_identity::{organizations, teams, users};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Grant, Instant, PermissionSet, Result};
use steward_platform::App;
use uuid::Uuid;

/// Password of every demo account.
pub const PASSWORD: &str = "steward-demo-harbour-42";

/// E-mail address, first name, last name, role.
const PEOPLE: &[(&str, &str, &str, &str)] = &[
    ("admin@example.com", "Ines", "Albrecht", "admin"),
    ("manager@example.com", "Tomas", "Lindqvist", "manager"),
    ("agent@example.com", "Priya", "Raman", "agent"),
    ("agent2@example.com", "Jonas", "Weber", "agent"),
    ("auditor@example.com", "Marta", "Kowalska", "auditor"),
    ("user@example.com", "Lea", "Fontaine", "end_user"),
    ("user2@example.com", "Omar", "Haddad", "end_user"),
    ("user3@example.com", "Grace", "Okafor", "end_user"),
];

const TEAMS: &[(&str, &str)] = &[
    ("Service desk", "First contact for everyone"),
    ("Network", "Wired, wireless, VPN"),
    ("Workplace", "Laptops, phones, printers"),
];

/// Title, description.
const FAULTS: &[(&str, &str)] = &[
    (
        "VPN drops every few minutes",
        "Since this morning the tunnel breaks off while I am in calls.",
    ),
    (
        "Printer on floor 2 prints blank pages",
        "Two cartridges tried, the same result.",
    ),
    (
        "Cannot open the payroll share",
        "The folder asks for a password that I do not have.",
    ),
    (
        "Laptop does not wake up",
        "After closing the lid the screen stays black. Only a restart helps.",
    ),
    (
        "Meeting room display shows no picture",
        "Room **Oslo**, HDMI and wireless.",
    ),
    (
        "Mail with large attachments is stuck",
        "Everything above 10 MB stays in the outbox.",
    ),
];

/// Fills an empty database. Returns the sign-ins made, none when there was an organization.
///
/// # Errors
/// When the database refuses.
pub async fn fill(app: &App, now: Instant) -> Result<Vec<(&'static str, &'static str)>> {
    if !organizations::service::is_empty(app).await? {
        return Ok(Vec::new());
    }
    let organization = organizations::service::ensure(app, "Example", now).await?;
    let mut ids = Vec::new();
    for (email, first, last, role) in PEOPLE {
        let input = UserInput {
            email: (*email).to_owned(),
            username: None,
            first_name: (*first).to_owned(),
            last_name: (*last).to_owned(),
            password: PASSWORD.to_owned(),
            roles: Some(vec![(*role).to_owned()]),
        };
        ids.push((
            *role,
            users::service::add(app, organization, input, now).await?,
        ));
    }
    for (name, description) in TEAMS {
        let team = teams::service::add(app, organization, name, description, now).await?;
        for (_, agent) in ids.iter().filter(|(role, _)| *role == "agent") {
            teams::service::join(app, organization, team, *agent).await?;
        }
    }
    let requesters: Vec<Uuid> = ids
        .iter()
        .filter(|(role, _)| *role == "end_user")
        .map(|(_, id)| *id)
        .collect();
    let levels = [LevelInput::High, LevelInput::Medium, LevelInput::Low];
    for n in 0..24_usize {
        let (Some((title, description)), Some(requester), Some(impact), Some(urgency)) = (
            FAULTS.get(n % FAULTS.len()),
            requesters.get(n % requesters.len().max(1)),
            levels.get(n % 3),
            levels.get((n / 3) % 3),
        ) else {
            continue;
        };
        let input = IncidentInput {
            title: (*title).to_owned(),
            description: Some((*description).to_owned()),
            impact: Some(*impact),
            urgency: Some(*urgency),
            category: None,
            subcategory: None,
            requester_id: None,
            team_id: None,
            assignee_id: None,
            tags: None,
        };
        tickets::report(app, &requester_actor(organization, *requester), input, now).await?;
    }
    Ok(PEOPLE
        .iter()
        .map(|(email, _, _, role)| (*email, *role))
        .collect())
}

fn requester_actor(organization: OrganizationId, user: Uuid) -> Actor {
    let grants: Vec<Grant> = ["ticket:read:own", "ticket:create:own"]
        .iter()
        .filter_map(|g| g.parse().ok())
        .collect();
    Actor {
        user_id: user.into(),
        organization_id: organization,
        session_id: None,
        permissions: grants.iter().collect::<PermissionSet>(),
        teams: Vec::new(),
        roles: vec!["end_user".to_owned()],
        is_operator: false,
    }
}
