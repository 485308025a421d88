//! What is refused of a major incident, to whom, and where it says so.

use super::{Cast, PATH, allowed, cast, post, review};
use crate::support::{join, organization};
use serde_json::json;

#[tokio::test]
async fn who_may_not_lead_finds_closed_doors_and_other_tenants_find_nothing() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let Cast {
            leader,
            agent,
            reporter,
            colleague,
        } = &cast(t, acme).await;
        let stranger = &join(t, organization(t, "Other").await, "eve", "admin").await;
        let reason = json!({"reason": "x"});
        let update = json!({"body": "x"});
        for declared in [false, true] {
            if declared {
                post(leader, PATH, json!({}), 201).await;
            }
            for (who, status) in [
                (agent, 403),
                (reporter, 403),
                (colleague, 404),
                (stranger, 404),
            ] {
                let answers = [
                    who.post(PATH, json!({})).await,
                    who.patch(PATH, "*", json!({"cadence_minutes": 10})).await,
                    who.delete_with(PATH, "*", reason.clone()).await,
                    who.post(&format!("{PATH}/updates"), update.clone()).await,
                    who.put(&format!("{PATH}/review"), "*", review()).await,
                ];
                for answer in answers {
                    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
                    assert!(!answer.body.to_string().contains("private"));
                }
            }
            for (path, status) in [(PATH, 404), ("/incidents/INC-000001/major/updates", 404)] {
                stranger.get(path).await.expect(status);
            }
            let feed = stranger.get("/major-incidents").await.expect(200);
            assert_eq!(feed["pagination"]["total"], 0, "{}", t.engine);
        }
        let found = agent.get(PATH).await.expect(200);
        assert_eq!(found["version"], 1, "nothing changed");
        assert!(allowed(&found, "stand_down").is_some());
        assert!(allowed(&leader.get(PATH).await.expect(200), "stand_down").is_none());
        // An incident that never was one.
        reporter.report("second").await;
        for path in [
            "/incidents/INC-000002/major",
            "/incidents/INC-000002/major/updates",
        ] {
            leader
                .get(path)
                .await
                .expect_code(404, "RESOURCE_NOT_FOUND");
        }
        leader
            .post("/incidents/INC-000002/major/updates", update)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
    }
}

#[tokio::test]
async fn bad_declarations_updates_and_reviews_are_refused_field_by_field() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let Cast { leader, .. } = &cast(t, acme).await;
        let other = join(t, organization(t, "Other").await, "eve", "agent").await;
        let check = |reply: crate::support::Reply, field: &str| {
            // An unknown reference is 404, anything else 422; both name the field.
            let status = reply.status.as_u16();
            let problem = reply.body;
            assert!(matches!(status, 404 | 422), "{problem}");
            assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        };
        for (body, field) in [
            (json!({"cadence_minutes": 4}), "cadence_minutes"),
            (json!({"cadence_minutes": 1441}), "cadence_minutes"),
            (json!({"headline": " "}), "headline"),
            (json!({"headline": "x".repeat(501)}), "headline"),
            (json!({"commander_id": other.id}), "commander_id"),
            (json!({"commander": "me"}), "commander"),
        ] {
            check(leader.post(PATH, body).await, field);
        }
        post(leader, PATH, json!({}), 201).await;
        check(
            leader.patch(PATH, "*", json!({"cadence_minutes": 0})).await,
            "cadence_minutes",
        );
        check(
            leader
                .patch(PATH, "*", json!({"commander_id": other.id}))
                .await,
            "commander_id",
        );
        for body in [" ".to_owned(), "x".repeat(5001)] {
            let reply = leader
                .post(&format!("{PATH}/updates"), json!({"body": body}))
                .await;
            check(reply, "body");
        }
        for (field, value, named) in [
            ("outcome", json!(" "), "outcome"),
            ("root_cause", json!(""), "root_cause"),
            ("lessons", json!("x".repeat(10_001)), "lessons"),
            (
                "timeline_notes",
                json!("x".repeat(20_001)),
                "timeline_notes",
            ),
            ("actions", json!([{"title": " "}]), "actions.title"),
            (
                "actions",
                json!([{"title": "x", "owner_id": other.id}]),
                "actions.owner_id",
            ),
            ("actions", json!(vec![json!({"title": "x"}); 51]), "actions"),
        ] {
            let mut body = review();
            body[field] = value;
            check(
                leader.put(&format!("{PATH}/review"), "*", body).await,
                named,
            );
        }
        let mut body = review();
        body["actions"][0]["due_on"] = json!("soon");
        leader
            .put(&format!("{PATH}/review"), "*", body)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        leader
            .get("/major-incidents?state=over")
            .await
            .expect_code(400, "MALFORMED_REQUEST");
        leader
            .get(&format!("{PATH}/updates?cursor=abc"))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(
            leader.get(PATH).await.expect(200)["version"],
            1,
            "{}",
            t.engine
        );
    }
}
