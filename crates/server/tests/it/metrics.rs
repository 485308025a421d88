//! Metrics for monitoring, for nobody else.

use crate::support::{join, organization, send};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use tower::ServiceExt;

const TOKEN: &str = "a token that only tests use";

#[tokio::test]
async fn metrics_are_counted_by_route_and_shown_to_who_knows_the_token() {
    let with_token = |config: &mut steward_platform::config::Config| {
        config.http.metrics_token = Some(TOKEN.to_owned());
    };
    for t in &steward_testkit::apps_with(with_token).await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent.report("VPN drops").await;
        agent.get("/tickets/INC-000001").await.expect(200);
        agent.get("/tickets/INC-000099").await.expect(404);
        send(t, "GET", "/metrics", &[], None)
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        let wrong = [("authorization", "Bearer another")];
        send(t, "GET", "/metrics", &wrong, None)
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        let right = format!("Bearer {TOKEN}");
        let reply = send(t, "GET", "/metrics", &[("authorization", &right)], None).await;
        assert!(
            reply.headers["content-type"]
                .to_str()
                .expect("text")
                .starts_with("text/plain")
        );
        for line in [
            r#"steward_http_requests_total{method="GET",route="/api/v1/tickets/{key}",status="404"}"#,
            r#"steward_http_request_duration_seconds_bucket{method="GET",route="/api/v1/tickets/{key}",le="0.001"}"#,
            "steward_db_connections_max{",
            "steward_build_info{version=",
        ] {
            assert!(reply.text().contains(line), "{line} in {}", reply.text());
        }
        assert!(!reply.text().contains("INC-0000"), "no ids in labels");
    }
}

#[tokio::test]
async fn without_a_token_there_is_nothing_but_on_the_own_listener() {
    for t in &steward_testkit::apps().await {
        send(t, "GET", "/metrics", &[], None)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let request = Request::get("/metrics")
            .body(Body::empty())
            .expect("a request");
        let reply = steward_server::ops::metrics_router(t.app.clone())
            .oneshot(request)
            .await
            .expect("an answer");
        let text = to_bytes(reply.into_body(), usize::MAX)
            .await
            .expect("a body");
        assert!(String::from_utf8_lossy(&text).contains("steward_db_connections{"));
    }
}
