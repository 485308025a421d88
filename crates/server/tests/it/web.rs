//! The front end in the binary; these hold with and without a built one.

use crate::support::send;
use steward_testkit::apps;

const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml");

#[tokio::test]
async fn every_address_of_the_application_is_the_same_page_never_kept_and_without_inline_scripts() {
    for t in apps().await {
        let home = send(&t, "GET", "/", &[BROWSER], None).await;
        for path in [
            "/",
            "/portal",
            "/agent/tickets/",
            "/agent/incidents/INC-000001",
        ] {
            let page = send(&t, "GET", path, &[BROWSER], None).await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(page.headers["content-type"], "text/html");
            assert_eq!(page.headers["etag"], home.headers["etag"]);
            let cache = page.headers["cache-control"].to_str().expect("text");
            assert!(cache.contains("no-cache"), "{path}: {cache}");
            let policy = page.headers["content-security-policy"]
                .to_str()
                .expect("text");
            assert!(policy.contains("script-src 'self';"), "{policy}");
            assert_eq!(page.headers["x-content-type-options"], "nosniff");
        }
    }
}

#[tokio::test]
async fn what_is_no_page_is_not_found() {
    for t in apps().await {
        for path in ["/assets/gone-0123.js", "/favicon.ico.bak"] {
            let reply = send(&t, "GET", path, &[BROWSER], None).await;
            assert_eq!(reply.status, 404, "{path}");
        }
        let json = [("accept", "application/json")];
        assert_eq!(send(&t, "GET", "/portal", &json, None).await.status, 404);
        send(&t, "GET", "/api/v1/nothing", &[BROWSER], None)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(send(&t, "GET", "/healthz", &[], None).await.status, 200);
    }
}
