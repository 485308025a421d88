//! Search of tickets, people and teams.

use crate::lists::{numbers, report};
use crate::support::{join, organization};
use serde_json::json;

#[tokio::test]
async fn search_finds_words_everywhere_the_actor_may_read_and_ranks_titles_first() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        report(
            &user,
            "Café Zürich: printer jam",
            json!({"description": "paper **stuck**"}),
        )
        .await;
        report(
            &user,
            "Something else",
            json!({"description": "the printer in the hall is loud"}),
        )
        .await;
        report(&agent, "Printer order", json!({})).await;
        agent
            .post(
                "/tickets/INC-2/comments",
                json!({"body": "a secret gearbox", "visibility": "internal"}),
            )
            .await
            .expect(201);
        agent
            .post(
                "/tickets/INC-1/comments",
                json!({"body": "new rollers ordered", "visibility": "public"}),
            )
            .await
            .expect(201);

        let found = agent.get("/search?q=printer%20").await.expect(200);
        assert_eq!(
            numbers(&found),
            [3, 1, 2],
            "titles first, then newest: {}",
            t.engine
        );
        let cases: &[(&str, &[u32], &[u32])] = &[
            ("zurich%20", &[1], &[1]),
            ("CAF%C3%89%20jam", &[1], &[1]),
            ("roll", &[1], &[1]),
            ("roll%20", &[], &[]),
            ("printer%20rollers", &[1], &[1]),
            ("gearbox", &[2], &[]),
            ("INC-000003", &[3], &[]),
            ("order", &[3, 1], &[1]),
            ("status:open%20hall", &[2], &[2]),
            ("is:open%20hall", &[2], &[2]),
            ("is:open", &[3, 2, 1], &[2, 1]),
            ("is:open%20sla:kept%20is:unassigned", &[3, 2, 1], &[2, 1]),
            ("is:open%20assignee:me%20sla:breached", &[], &[]),
            ("is:resolved", &[], &[]),
            ("%22%20OR%20*%20NOT%20(", &[], &[]),
            ("nothing", &[], &[]),
        ];
        for (q, by_agent, by_user) in cases {
            let found = agent.get(&format!("/search?q={q}")).await.expect(200);
            assert_eq!(
                numbers(&found),
                *by_agent,
                "{q} by the agent on {}",
                t.engine
            );
            let found = user.get(&format!("/search?q={q}")).await.expect(200);
            assert_eq!(
                numbers(&found),
                *by_user,
                "{q} by the requester on {}",
                t.engine
            );
        }
        let hit = &agent.get("/search?q=rollers").await.expect(200)["data"][0];
        assert_eq!(
            hit["excerpt"][1],
            json!({"text": "rollers", "is_match": true})
        );

        agent
            .patch("/tickets/INC-1", "*", json!({"title": "Scanner jam"}))
            .await
            .expect(200);
        assert!(numbers(&agent.get("/search?q=zurich").await.expect(200)).is_empty());
        assert_eq!(
            numbers(&agent.get("/search?q=scanner%20rollers").await.expect(200)),
            [1]
        );

        let other = organization(t, "Other").await;
        let spy = join(t, other, "eve", "admin").await;
        assert!(numbers(&spy.get("/search?q=printer").await.expect(200)).is_empty());
    }
}

#[tokio::test]
async fn people_and_teams_are_found_on_demand_by_those_who_may_see_them() {
    for t in &steward_testkit::apps().await {
        let (org, other) = (
            organization(t, "Acme").await,
            organization(t, "Other").await,
        );
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let admin = join(t, org, "ines", "admin").await;
        let spy = join(t, other, "priya", "admin").await;
        for name in ["Network", "Workplace"] {
            let team = json!({"name": name, "description": "Lines"});
            admin.post("/teams", team).await.expect(201);
        }
        user.report("priya is not there").await;
        let all = "/search?q=PRIYA&type=ticket,user,team";
        let found = agent.get(all).await.expect(200);
        assert_eq!(
            found["data"].as_array().map(Vec::len),
            Some(1),
            "{}",
            t.engine
        );
        assert_eq!(found["users"].as_array().map(Vec::len), Some(1));
        assert_eq!(found["users"][0]["id"].as_str(), Some(agent.id.as_str()));
        assert_eq!(found["teams"], json!([]));
        let found = agent.get("/search?q=net&type=team").await.expect(200);
        assert_eq!(found["teams"][0]["name"], "Network");
        assert_eq!((&found["data"], &found["users"]), (&json!([]), &json!([])));
        let plain = agent.get("/search?q=priya").await.expect(200);
        assert_eq!(plain["users"], json!([]), "only on demand");
        let none = user
            .get("/search?q=priya%20test&type=user,team")
            .await
            .expect(200);
        assert_eq!(
            none["users"],
            json!([]),
            "an end user does not see the directory"
        );
        let own = spy
            .get("/search?q=priya&type=user,ticket")
            .await
            .expect(200);
        assert_eq!(own["users"][0]["id"].as_str(), Some(spy.id.as_str()));
        assert_eq!(
            (own["users"].as_array().map(Vec::len), &own["data"]),
            (Some(1), &json!([]))
        );
        admin
            .post(&format!("/users/{}/deactivate", agent.id), json!({}))
            .await
            .expect(200);
        let gone = admin.get("/search?q=priya&type=user").await.expect(200);
        assert_eq!(gone["users"], json!([]));
        for wrong in ["type=", "type=user,", "type=role", "type=ticket,%20user"] {
            let reply = admin.get(&format!("/search?q=x&{wrong}")).await;
            reply.expect_code(422, "VALIDATION_ERROR");
        }
    }
}
