//! Conventions that hold for every operation, and the locked document.

use crate::support::{join, organization, send};
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn the_document_is_the_one_in_the_repository() {
    insta::assert_json_snapshot!("openapi", steward_server::openapi::document());
}

#[test]
fn every_operation_has_a_unique_id_and_every_reference_resolves() {
    let document = steward_server::openapi::document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut ids = BTreeSet::new();
    for methods in document["paths"].as_object().expect("paths").values() {
        for operation in methods.as_object().expect("methods").values() {
            let id = operation["operationId"].as_str().expect("an id");
            assert!(ids.insert(id.to_owned()), "{id} twice");
            for (status, response) in operation["responses"].as_object().expect("answers") {
                assert!(response["description"].is_string(), "{id} {status}");
            }
        }
    }
    for reference in document.to_string().split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().expect("a pointer");
        assert!(
            document.pointer(pointer).is_some(),
            "{pointer} leads nowhere"
        );
    }
}

#[tokio::test]
async fn unknown_names_and_bad_values_are_refused_never_ignored() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent
            .get("/tickets?colour=red")
            .await
            .expect_code(400, "MALFORMED_REQUEST");
        agent
            .get("/tickets?status=newish")
            .await
            .expect_code(422, "VALIDATION_ERROR");
        agent
            .get("/tickets?per_page=101")
            .await
            .expect_code(422, "VALIDATION_ERROR");
        agent
            .get("/tickets?cursor=abc")
            .await
            .expect_code(422, "VALIDATION_ERROR");
        agent
            .get("/tickets?page=400&per_page=100")
            .await
            .expect(200);
        let refused = agent
            .post("/incidents", json!({"title": "x", "colour": "red"}))
            .await;
        assert_eq!(
            refused.expect_code(422, "VALIDATION_ERROR")["errors"][0]["field"],
            "colour"
        );
        agent
            .post("/incidents", json!({"title": " "}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        for field in ["description", "category"] {
            let endless = json!({"title": "x", field: "x".repeat(65_537)});
            let problem = agent
                .post("/incidents", endless)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let unknown = json!({"title": "x", "assignee_id": org.0});
        agent
            .post("/incidents", unknown)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(
            agent.report("first").await["number"],
            "INC-000001",
            "refused reports use no number"
        );
    }
}

#[tokio::test]
async fn a_text_in_a_query_that_is_longer_than_documented_is_refused() {
    let document = steward_server::openapi::document();
    let mut bounds = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        // A stream does not end, and what is not there is 404 before its query is looked at.
        if path.contains('{') || path.ends_with("/stream") {
            continue;
        }
        for parameter in methods["get"]["parameters"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let name = parameter["name"].as_str().expect("a name");
            if let Some(most) = parameter["schema"]["maxLength"].as_u64() {
                let text = "x".repeat(usize::try_from(most).expect("short") + 1);
                let path = path.strip_prefix("/api/v1").expect("below it");
                bounds.push((name, format!("{path}?{name}={text}")));
            }
        }
    }
    assert!(bounds.len() > 8, "bounded texts: {}", bounds.len());
    let t = &steward_testkit::apps().await[0];
    let org = organization(t, "Acme").await;
    let admin = join(t, org, "ada", "admin").await;
    for (name, path) in bounds {
        let reply = admin.get(&path).await;
        let refused = [400, 422].contains(&reply.status.as_u16());
        assert!(refused, "{} {name}: {}", reply.status, &path[..40]);
    }
}

#[tokio::test]
async fn configuration_items_are_none_yet_and_a_list_is_no_object() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        for (items, field) in [
            (json!([org.0]), "ci_ids"),
            (json!(["x"]), "ci_ids[0]"),
            (json!({}), "ci_ids"),
        ] {
            let body = json!({"title": "x", "ci_ids": items});
            let reply = admin.post("/incidents", body).await;
            let problem = reply.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field, "on {}", t.engine);
        }
        for items in [json!([]), json!(null)] {
            let body = json!({"title": "x", "ci_ids": items});
            admin.post("/incidents", body).await.expect(201);
        }
        for body in [json!([]), json!([null]), json!([null, null, null])] {
            let reply = admin.patch("/desk-settings", "*", body.clone()).await;
            let problem = reply.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], "body", "{body}");
        }
    }
}

#[tokio::test]
async fn errors_are_problem_documents_with_the_request_id_and_security_headers() {
    for t in &steward_testkit::apps().await {
        let reply = send(
            t,
            "GET",
            "/api/v1/nothing",
            &[("x-request-id", "abc-1")],
            None,
        )
        .await;
        assert_eq!(reply.headers["x-request-id"], "abc-1");
        assert_eq!(reply.headers["x-content-type-options"], "nosniff");
        assert!(reply.headers.contains_key("content-security-policy"));
        assert_eq!(
            reply.expect_code(404, "RESOURCE_NOT_FOUND")["request_id"],
            "abc-1"
        );
        let reply = send(t, "DELETE", "/api/v1/auth/login", &[], None).await;
        assert!(reply.headers.contains_key("allow"));
        reply.expect_code(405, "METHOD_NOT_ALLOWED");
        assert_eq!(send(t, "GET", "/readyz", &[], None).await.status, 200);
    }
}
