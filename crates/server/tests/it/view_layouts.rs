//! Saved views keep how their tickets are laid out.

use crate::support::{join, organization};
use serde_json::{Value, json};

#[tokio::test]
async fn a_view_keeps_its_layout_or_leaves_it_to_its_reader() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let plain = agent.post("/views", json!({"name": "Plain"})).await;
        let plain = plain.expect(201);
        assert_eq!(plain["layout"], Value::Null);
        assert_eq!(plain["group_by"], Value::Null);

        let board = json!({"name": "Wall", "layout": "board", "group_by": "team"});
        let board = agent.post("/views", board).await.expect(201);
        let found = agent
            .get(&format!("/views/{}", board["id"].as_str().expect("an id")))
            .await;
        let found = found.expect(200);
        assert_eq!(
            (&found["layout"], &found["group_by"]),
            (&json!("board"), &json!("team"))
        );

        let path = format!("/views/{}", board["id"].as_str().expect("an id"));
        let renamed = agent
            .patch(&path, "\"1\"", json!({"name": "Wall 2"}))
            .await
            .expect(200);
        assert_eq!(renamed["layout"], "board", "what is left out stays");
        let change = json!({"layout": "list", "group_by": null});
        let changed = agent.patch(&path, "\"2\"", change).await.expect(200);
        assert_eq!(
            (&changed["layout"], &changed["group_by"]),
            (&json!("list"), &Value::Null)
        );

        for wrong in [json!({"layout": "wall"}), json!({"group_by": "colour"})] {
            agent.patch(&path, "\"3\"", wrong).await.expect(422);
        }
        let views = agent.get("/views").await.expect(200);
        let views = views["data"].as_array().expect("views");
        for view in views.iter().filter(|v| v["scope"] == "system") {
            assert_eq!(
                view["layout"],
                Value::Null,
                "views of the product follow their reader"
            );
        }
    }
}
