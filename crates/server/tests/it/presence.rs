//! Presence: who else has a ticket open.

use crate::support::{Client, join, organization};
use jiff::SignedDuration;
use serde_json::{Value, json};
use steward_db::{Executor, time::to_db, values};
use steward_platform::clock;
use steward_testkit::TestApp;

async fn beat(who: &Client<'_>, activity: &str) -> Value {
    let body = json!({"activity": activity});
    who.put("/tickets/INC-1/presence", "*", body)
        .await
        .expect(200)
}

fn people(list: &Value) -> Vec<(&str, &str)> {
    let rows = list.as_array().expect("rows").iter();
    rows.map(|row| {
        let name = row["user"]["name"].as_str().expect("a name");
        (name, row["activity"].as_str().expect("a word"))
    })
    .collect()
}

/// Lets every heartbeat be so many seconds older.
async fn age(t: &TestApp, seconds: i64) {
    let at = clock::now()
        .checked_sub(SignedDuration::from_secs(seconds))
        .expect("a time");
    let tx = t.app.db.write("test").await.expect("open");
    let sql = "UPDATE ticket_presence SET seen_at = $1";
    tx.execute(sql, values![to_db(at)]).await.expect("aged");
    tx.commit().await.expect("kept");
}

#[tokio::test]
async fn agents_see_each_other_while_they_are_there_and_the_ticket_does_not_change() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let one = join(t, org, "priya", "agent").await;
        let two = join(t, org, "omar", "agent").await;
        let ticket = one.report("VPN drops").await;
        let id = ticket["id"].as_str().expect("an id");
        let before = one.get("/tickets/INC-1").await;
        assert_eq!(people(&beat(&one, "viewing").await["data"]), []);
        assert_eq!(
            people(&beat(&two, "typing").await["data"]),
            [("priya Test", "viewing")]
        );
        assert_eq!(
            people(&beat(&one, "viewing").await["data"]),
            [("omar Test", "typing")]
        );
        beat(&two, "viewing").await;
        assert_eq!(
            people(&beat(&one, "viewing").await["data"]),
            [("omar Test", "viewing")]
        );
        let after = one.get("/tickets/INC-1").await;
        assert_eq!(
            before.headers["etag"], after.headers["etag"],
            "{}",
            t.engine
        );

        let list = one.get(&format!("/presence?ids={id}")).await.expect(200);
        assert_eq!(list["data"][0]["ticket_id"], id);
        assert_eq!(
            people(&list["data"][0]["people"]),
            [("omar Test", "viewing")]
        );

        two.delete("/tickets/INC-1/presence").await;
        assert_eq!(people(&beat(&one, "viewing").await["data"]), []);
        beat(&two, "viewing").await;
        age(t, 40).await;
        assert_eq!(
            people(&beat(&one, "viewing").await["data"]),
            [("omar Test", "viewing")]
        );
        age(t, 46).await;
        let list = one.get(&format!("/presence?ids={id}")).await.expect(200);
        assert_eq!(list["data"], json!([]), "{}", t.engine);
        assert_eq!(people(&beat(&one, "viewing").await["data"]), []);
        steward_desk::presence::sweep(&t.app, clock::now())
            .await
            .expect("swept");
        age(t, 121).await;
        steward_desk::presence::sweep(&t.app, clock::now())
            .await
            .expect("swept");
        let left = t.text("SELECT count(*) || '' FROM ticket_presence").await;
        assert_eq!(left, "0", "{}", t.engine);
    }
}

#[tokio::test]
async fn requesters_and_other_tenants_learn_nothing() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let stranger = join(t, other, "eve", "admin").await;
        let ticket = user.report("VPN drops").await;
        let id = ticket["id"].as_str().expect("an id");
        beat(&agent, "typing").await;
        let path = format!("/tickets/{id}/presence");
        let body = json!({"activity": "viewing"});
        user.put(&path, "*", body.clone())
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        stranger
            .put(&path, "*", body)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        user.get(&format!("/presence?ids={id}"))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let theirs = stranger
            .get(&format!("/presence?ids={id}"))
            .await
            .expect(200);
        assert_eq!(theirs, json!({"data": []}));
        agent
            .put(&path, "*", json!({"activity": "sleeping"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        for wrong in ["x".to_owned(), vec![id; 101].join(",")] {
            agent
                .get(&format!("/presence?ids={wrong}"))
                .await
                .expect_code(422, "VALIDATION_ERROR");
        }
    }
}
