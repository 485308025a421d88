//! What people choose of the screens.

use crate::support::{join, organization, send};
use serde_json::json;

#[tokio::test]
async fn preferences_are_kept_for_their_owner_alone() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let lea = join(t, acme, "lea", "end_user").await;
        let omar = join(t, acme, "omar", "end_user").await;
        let start = lea.get("/users/me/preferences").await.expect(200);
        assert_eq!(start["color_scheme"], "auto");
        assert_eq!(start["density"], "normal");
        assert_eq!(
            (&start["version"], &start["columns"]),
            (&json!(0), &json!({}))
        );
        let chosen = json!({
            "color_scheme": "dark", "density": "compact", "language": "de",
            "columns": {"tickets": ["number", "title"]}, "sidebar_pins": ["view:mine"]
        });
        let kept = lea
            .put("/users/me/preferences", "\"0\"", chosen.clone())
            .await;
        let etag = kept.headers["etag"].to_str().expect("text").to_owned();
        kept.expect(200);
        let mut read = lea.get("/users/me/preferences").await.expect(200);
        assert_eq!(read["version"], 1, "{}", t.engine);
        let fields = read.as_object_mut().expect("an object");
        fields.remove("version");
        fields.remove("updated_at");
        assert_eq!(read, chosen);
        let stale = lea.put("/users/me/preferences", "\"0\"", json!({})).await;
        stale.expect_code(412, "PRECONDITION_FAILED");
        lea.put("/users/me/preferences", &etag, json!({}))
            .await
            .expect(200);
        let start = lea.get("/users/me/preferences").await.expect(200);
        assert_eq!(start["color_scheme"], "auto", "a PUT replaces everything");
        assert_eq!(
            omar.get("/users/me/preferences").await.expect(200)["version"],
            0
        );
        send(t, "GET", "/api/v1/users/me/preferences", &[], None)
            .await
            .expect(401);
    }
}

#[tokio::test]
async fn what_is_beyond_the_bounds_is_refused() {
    for t in &steward_testkit::apps().await {
        let lea = join(t, organization(t, "Acme").await, "lea", "end_user").await;
        let many: Vec<String> = (0..51).map(|n| format!("c{n}")).collect();
        for wrong in [
            json!({"color_scheme": "red"}),
            json!({"density": 3}),
            json!({"colour": "red"}),
            json!({"language": "german!"}),
            json!({"columns": {"Tickets": []}}),
            json!({"columns": {"tickets": many}}),
            json!({"columns": {"tickets": ["a b"]}}),
            json!({"sidebar_pins": [""]}),
            json!({"sidebar_pins": ["x".repeat(201)]}),
        ] {
            let reply = lea.put("/users/me/preferences", "*", wrong.clone()).await;
            assert_eq!(reply.status.as_u16(), 422, "{wrong}: {}", reply.body);
        }
        assert_eq!(t.number("SELECT count(*) FROM user_preferences").await, 0);
    }
}
