//! The two halves of the visibility predicate.

use super::write::Names;
use super::*;
use steward_db::Tx;
use steward_domain::visibility::TicketFacts;
use steward_identity::users::dto::UserInput;
use steward_identity::{organizations, teams, users};
use steward_kernel::PermissionSet;
use steward_kernel::id::OrganizationId;
use steward_platform::clock;

fn actor(organization: OrganizationId, user: Uuid) -> Actor {
    Actor {
        user_id: user.into(),
        organization_id: organization,
        session_id: None,
        permissions: PermissionSet::default(),
        teams: Vec::new(),
        roles: Vec::new(),
        is_operator: false,
    }
}

/// Every combination of requester, requested for, assignee, team and watcher.
async fn combinations(
    tx: &Tx,
    organization: OrganizationId,
    people: &[Uuid],
    teams: &[Uuid],
) -> Vec<(Uuid, TicketFacts)> {
    let maybe = |all: &[Uuid]| {
        std::iter::once(None)
            .chain(all.iter().copied().map(Some))
            .collect::<Vec<_>>()
    };
    let mut made = Vec::new();
    for requester in people {
        for requested_for in maybe(people) {
            for assignee in maybe(people) {
                for team in maybe(teams) {
                    for watcher in maybe(people) {
                        let id = clock::new_id();
                        let ticket = NewTicket {
                            id,
                            kind: "incident",
                            title: "x".to_owned(),
                            description: String::new(),
                            status: "new",
                            priority: "low",
                            impact: "low",
                            urgency: "low",
                            requester_id: *requester,
                            assignee_id: assignee,
                            team_id: team,
                            category: None,
                            subcategory: None,
                            tags: Vec::new(),
                            source: "api",
                            parent_id: None,
                            custom_fields: Default::default(),
                            requested_for_id: None,
                        };
                        let mut row = ticket.row(organization, Names::default(), clock::now());
                        row.number = id.to_string();
                        insert(tx, &row).await.expect("inserted");
                        tx.execute(
                            "UPDATE tickets SET requested_for_id = $2 WHERE id = $1",
                            values![id, requested_for],
                        )
                        .await
                        .expect("updated");
                        if let Some(user) = watcher {
                            let sql = "INSERT INTO ticket_watchers (ticket_id, user_id, organization_id) VALUES ($1, $2, $3)";
                            tx.execute(sql, values![id, user, organization.0])
                                .await
                                .expect("watched");
                        }
                        let facts = TicketFacts {
                            requester_id: (*requester).into(),
                            requested_for_id: requested_for.map(Into::into),
                            assignee_id: assignee.map(Into::into),
                            team_id: team.map(Into::into),
                            watcher_ids: watcher.map(Into::into).into_iter().collect(),
                        };
                        made.push((id, facts));
                    }
                }
            }
        }
    }
    made
}

#[tokio::test]
async fn visibility_in_sql_and_in_memory_agree_on_every_combination() {
    for t in &steward_testkit::apps().await {
        let now = clock::now();
        let organization = organizations::service::ensure(&t.app, "Acme", now)
            .await
            .expect("made");
        let other = organizations::service::ensure(&t.app, "Other", now)
            .await
            .expect("made");
        let mut people = Vec::new();
        for name in ["ada", "bob"] {
            let input = UserInput {
                email: format!("{name}@acme.example"),
                username: None,
                first_name: name.to_owned(),
                last_name: String::new(),
                password: "violet-tractor-93-moon".to_owned(),
                roles: None,
            };
            people.push(
                users::service::add(&t.app, organization, input, now)
                    .await
                    .expect("made"),
            );
        }
        let team = teams::service::add(&t.app, organization, "Network", "", now)
            .await
            .expect("made");
        let tx = t.app.db.write("test").await.expect("open");
        let tickets = combinations(&tx, organization, &people, &[team]).await;
        tx.commit().await.expect("kept");
        assert_eq!(tickets.len(), 2 * 3 * 3 * 2 * 3);

        let user = people[0].into();
        let kinds = [
            Visibility::Nothing,
            Visibility::Everything,
            Visibility::Involved {
                user,
                teams: vec![],
            },
            Visibility::Involved {
                user,
                teams: vec![team.into()],
            },
        ];
        for visibility in kinds {
            for (id, facts) in &tickets {
                let mut filter = visible(&actor(organization, people[0]), &visibility);
                filter.and("t.id = ?", values![*id]);
                let in_sql = find(&t.app.db, &filter).await.expect("read").is_some();
                assert_eq!(
                    in_sql,
                    visibility.sees(facts),
                    "{visibility:?} {facts:?} on {}",
                    t.engine
                );
            }
            let foreign = visible(&actor(other, people[0]), &visibility);
            assert_eq!(
                bounded_count(&t.app.db, &foreign, 1000)
                    .await
                    .expect("counted"),
                0,
                "{visibility:?} across tenants"
            );
        }
    }
}
