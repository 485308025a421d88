//! A tenant with one of everything, all of it marked with a word that must
//! not be found in anybody else's answers.

use crate::support::{Client, dispatch, join, login, organization, send};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use steward_db::{Executor, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_platform::{App, clock, jobs};
use steward_signals::mailboxes::{self, Arrival};
use steward_testkit::TestApp;

/// In every text of the tenant, and never in a request.
pub(super) const SECRET: &str = "okapi7";
/// In every text too; what the sweep searches for.
const WORD: &str = "zebrafinch";

pub(super) struct World<'a> {
    pub(super) organization: OrganizationId,
    /// The administrator who made most of it.
    pub(super) admin: Client<'a>,
    /// What an id in a path stands for, by the word before it.
    paths: BTreeMap<&'static str, String>,
}

impl<'a> World<'a> {
    pub(super) async fn new(t: &'a TestApp, name: &str) -> Self {
        let organization = organization(t, &format!("{name} {SECRET}")).await;
        let admin = join(t, organization, &format!("{SECRET}-admin"), "admin").await;
        let owner = join(t, organization, &format!("{SECRET}-owner"), "end_user").await;
        // So that operations on organizations are reached too.
        let user = format!("UPDATE users SET is_operator = TRUE WHERE username = '{SECRET}-admin'");
        t.run(&user).await;
        let text = |what: &str| format!("{WORD} {SECRET} {what}");
        let id = |value: &Value| value["id"].as_str().expect("an id").to_owned();

        let team = json!({"name": text("team"), "description": text("")});
        let team = id(&admin.post("/teams", team).await.expect(201));
        let member = json!({"user_id": owner.id});
        let members = format!("/teams/{team}/members");
        admin.post(&members, member).await.expect(200);
        let ticket = owner.report(&text("ticket")).await;
        let ticket = id(&ticket);
        let other = id(&owner.report(&text("other")).await);
        let path = format!("/tickets/{ticket}");
        for visibility in ["internal", "public"] {
            let body = json!({"body": text("comment"), "visibility": visibility});
            admin
                .post(&format!("{path}/comments"), body)
                .await
                .expect(201);
        }
        let timeline = admin.get(&format!("{path}/timeline")).await.expect(200);
        let comments = timeline["data"].as_array().expect("a timeline");
        let comment = comments
            .iter()
            .rfind(|item| item["type"] == "comment")
            .expect("a comment");
        let comment = id(comment);
        let patch = json!({"body": text("comment again")});
        admin
            .patch(&format!("{path}/comments/{comment}"), "*", patch)
            .await
            .expect(200);
        let attachment = attach(&admin, &ticket).await;
        let link = json!({"kind": "relates_to", "ticket": other});
        let link = admin.post(&format!("{path}/links"), link).await.expect(200);
        let task = json!({"title": text("task")});
        admin.post(&format!("{path}/tasks"), task).await.expect(201);
        let watcher = json!({"user_id": owner.id});
        admin
            .post(&format!("{path}/watchers"), watcher)
            .await
            .expect(200);
        let watcher = json!({"user_id": admin.id});
        admin
            .post(&format!("{path}/watchers"), watcher)
            .await
            .expect(200);
        let draft = format!("reply:{ticket}");
        let content = json!({"content": {"body": text("draft")}});
        let headers = [("authorization", admin.bearer.as_str())];
        let address = format!("/api/v1/drafts/{draft}");
        send(t, "PUT", &address, &headers, Some(content))
            .await
            .expect(201);
        let answer = json!({"body": text("answer"), "visibility": "public"});
        owner
            .post(&format!("{path}/comments"), answer)
            .await
            .expect(201);
        let notification = first_notification(&admin).await;
        let deliveries = admin.get("/deliveries").await.expect(200);
        let delivery = id(&deliveries["data"][0]);
        let bulk = json!({"tickets": [other], "add_tags": [text("tag")]});
        let bulk = admin.post("/tickets/bulk", bulk).await.expect(200);
        let major = id(&owner.report(&text("major")).await);
        let declared = json!({"headline": text("headline"), "commander_id": admin.id});
        admin
            .post(&format!("/incidents/{major}/major"), declared)
            .await
            .expect(201);
        let role = json!({"name": format!("{WORD}_{SECRET}"), "description": text("role"), "permissions": []});
        let role = id(&admin.post("/roles", role).await.expect(201));
        let token = json!({"name": text("token"), "permissions": ["ticket:read:own"]});
        let token = id(&admin.post("/api-tokens", token).await.expect(201));
        let session = other_session(t, &admin).await;
        let category = json!({"name": text("category")});
        let category = id(&admin.post("/categories", category).await.expect(201));
        let field =
            json!({"kind": "problem", "key": "place", "type": "text", "label": text("field")});
        let field = id(&admin.post("/custom-fields", field).await.expect(201));
        let template = json!({"name": text("template"), "body": text("body")});
        let template = id(&admin.post("/reply-templates", template).await.expect(201));
        let channel = json!({"kind": "webhook", "name": text("channel"), "team_id": team,
            "url": "https://hooks.example.com/x"});
        let channel = id(&admin
            .post("/notification-channels", channel)
            .await
            .expect(201));
        let announcement = json!({"title": text("announcement"), "body": text("body")});
        let announcement = id(&admin.post("/announcements", announcement).await.expect(201));
        let webhook =
            json!({"name": text("webhook"), "url": "https://hooks.invalid/", "events": ["*"]});
        let webhook = id(&admin.post("/webhooks", webhook).await.expect(201));
        let test = format!("/webhooks/{webhook}/test");
        let test = admin.post(&test, json!({})).await.expect(200);
        let webhook_delivery = id(&test["delivery"]);
        let view =
            json!({"name": text("view"), "scope": "organization", "filters": {"status": "open"}});
        let view = id(&admin.post("/views", view).await.expect(201));
        let policies = admin.get("/sla/policies").await.expect(200);
        let calendar = json!({"name": text("calendar"), "time_zone": "UTC", "weekly": "24x7"});
        let calendar = id(&admin.post("/sla/calendars", calendar).await.expect(201));
        let targets = policies["data"][0]["targets"].clone();
        let policy = json!({"name": text("policy"), "agreement": "ola", "calendar_id": calendar, "targets": targets});
        let policy = id(&admin.post("/sla/policies", policy).await.expect(201));
        let recompute = id(&admin.post("/sla/recomputes", json!({})).await.expect(200));
        let job = dead_job(t, organization).await;
        let address = format!("{SECRET}@{}.example", organization.0.simple());
        let mailbox = json!({"address": address, "sender_name": text("mailbox")});
        let mailbox = id(&admin.post("/mailboxes", mailbox).await.expect(201));
        let inbound_mail = letter(t, &address, &text("mail")).await;
        let department = json!({"name": text("department")});
        let department = id(&admin.post("/departments", department).await.expect(201));
        let site = json!({"name": text("site"), "address": text("address")});
        let site = id(&admin.post("/sites", site).await.expect(201));
        let key = dkim_key(t).await;
        let paths = BTreeMap::from([
            ("dkim-keys/{id}", key),
            ("jobs/{id}", job),
            ("organizations/{id}", organization.0.to_string()),
            ("departments/{id}", department),
            ("sites/{id}", site),
            ("members/{user_id}", owner.id.clone()),
            ("calendars/{id}", calendar),
            ("policies/{id}", policy),
            ("recomputes/{id}", recompute),
            ("incidents/{key}", major),
            ("roles/{id}", role),
            ("api-tokens/{id}", token),
            ("sessions/{id}", session),
            ("categories/{id}", category),
            ("custom-fields/{id}", field),
            ("reply-templates/{id}", template.clone()),
            ("reply-templates/{template_id}", template),
            ("announcements/{id}", announcement),
            ("views/{id}", view),
            ("webhooks/{id}", webhook),
            ("deliveries/{delivery_id}", webhook_delivery),
            ("reports/{name}", "backlog".to_owned()),
            ("groups/{field}", "status".to_owned()),
            ("tickets/{key}", ticket.clone()),
            ("comments/{comment_id}", comment),
            ("attachments/{id}", attachment),
            ("links/{link_id}", id(&link["data"][0])),
            ("watchers/{user_id}", owner.id.clone()),
            (
                "bulk/{undo_id}",
                bulk["undo_id"].as_str().expect("an id").to_owned(),
            ),
            ("drafts/{context}", draft),
            ("notifications/{id}", notification),
            ("muted-tickets/{ticket_id}", ticket),
            ("deliveries/{id}", delivery),
            ("unsubscribe/{token}", "1.x.y.z".to_owned()),
            ("mailboxes/{id}", mailbox),
            ("inbound-mails/{id}", inbound_mail),
            ("notification-channels/{id}", channel),
            ("notification-templates/{matter}", "assigned".to_owned()),
            ("{matter}/{medium}", "email".to_owned()),
            ("{medium}/{language}", "en".to_owned()),
            ("teams/{id}", team),
            ("users/{id}", owner.id),
            ("other ticket", other),
        ]);
        Self {
            organization,
            admin,
            paths,
        }
    }

    /// What stands for `teams/{id}`.
    pub(super) fn id_in_path(&self, slot: &str) -> Option<&str> {
        self.paths.get(slot).map(String::as_str)
    }

    /// The record that a field of a body names, by the field's name.
    pub(super) fn reference(&self, field: &str) -> Option<&str> {
        let slot = match field {
            "assignee_id" | "requester_id" | "requested_for_id" | "user_id" => "users/{id}",
            "team_id" => "teams/{id}",
            "parent_id" => "categories/{id}",
            "commander_id" => "users/{id}",
            "comment_id" => "comments/{comment_id}",
            "calendar_id" => "calendars/{id}",
            "ticket" | "tickets" | "into" | "parent" => "other ticket",
            _ => return None,
        };
        self.id_in_path(slot)
    }

    /// A text for a field or parameter without a reference.
    pub(super) fn word_for(&self, name: &str) -> String {
        match name {
            "email" | "address" => "nobody@example.com".to_owned(),
            "host" | "allowed_domains" => "localhost".to_owned(),
            "password" => crate::support::PASSWORD.to_owned(),
            "q" | "search" => WORD.to_owned(),
            "ids" => self.reference("ticket").unwrap_or_default().to_owned(),
            name => format!("a {name}"),
        }
    }

    /// Bodies that the schema alone does not tell.
    pub(super) fn body_of(&self, operation: &str) -> Option<Value> {
        let other = self.reference("ticket");
        match operation {
            "bulkUpdateTickets" => Some(json!({"tickets": [other], "add_tags": ["x"]})),
            "createCustomField" => {
                Some(json!({"kind": "problem", "key": "a_key", "type": "text", "label": "a label"}))
            }
            "createDepartment" | "updateDepartment" => Some(json!({"name": "a department"})),
            "checkExpression" => Some(json!({
                "condition": {"version": 1, "all": []}, "ticket": other
            })),
            "simulateSla" => {
                Some(json!({"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z"}))
            }
            "moveCategory" => Some(json!({"position": 0})),
            "calculateSla" => Some(json!({"calendar": {"time_zone": "UTC", "weekly": "24x7"},
                "start": "2026-01-15T10:00:00Z", "target_minutes": 60})),
            "createSlaCalendar" => {
                Some(json!({"name": "a calendar", "time_zone": "UTC", "weekly": "24x7"}))
            }
            "readHolidayFile" => Some(json!({"content": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n\
                DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"})),
            "createNotificationChannel" => Some(json!({"kind": "slack", "name": "a channel",
                "team_id": self.reference("team_id"), "url": "https://hooks.example.com/x"})),
            "updateNotificationChannel" => Some(json!({"name": "a channel"})),
            "putNotificationTemplate" => Some(
                json!({"subject": "{{ ticket.number }}", "text": "{{ comment }}",
                "html": "{{ comment_html }}"}),
            ),
            "previewNotificationTemplate" => Some(json!({"ticket": self.reference("ticket")})),
            "createView" | "updateView" => Some(json!({"name": "a view"})),
            "createWebhook" => {
                Some(json!({"name": "a webhook", "url": "https://hooks.invalid/", "events": ["*"]}))
            }
            "replayWebhook" => {
                Some(json!({"from": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"}))
            }
            "createRole" => Some(json!({"name": "a_role", "permissions": []})),
            "previewRole" => Some(json!({"permissions": []})),
            "createApiToken" => {
                Some(json!({"name": "a token", "permissions": ["ticket:read:own"]}))
            }
            "changePassword" => Some(json!({
                "current_password": crate::support::PASSWORD,
                "new_password": "copper-lantern-58-ridge"
            })),
            _ => None,
        }
    }

    /// Every id of the tenant, from every table.
    pub(super) async fn all_ids(&self, t: &TestApp) -> Vec<String> {
        let mut ids = Vec::new();
        for table in tables_with(t, "id").await {
            let (select, of) = match t.engine {
                "sqlite" => (
                    "lower(hex(id))",
                    format!("x'{}'", self.organization.0.simple()),
                ),
                _ => (
                    "replace(id::text, '-', '')",
                    format!("'{}'", self.organization.0),
                ),
            };
            let sql = format!("SELECT {select} FROM {table} WHERE organization_id = {of}");
            ids.extend(t.texts(&sql).await);
        }
        let dashed = |id: String| id.parse::<uuid::Uuid>().map(|id| id.to_string());
        ids.into_iter().filter_map(|id| dashed(id).ok()).collect()
    }

    /// The tenant's rows as text, to see whether anything changed.
    pub(super) async fn rows(&self, t: &TestApp) -> Vec<String> {
        let mut rows = Vec::new();
        for table in [
            "tickets",
            "comments",
            "attachments",
            "ticket_links",
            "ticket_watchers",
            "users",
            "teams",
            "team_members",
            "departments",
            "sites",
            "activities",
            "events",
        ] {
            let sql = match t.engine {
                "sqlite" => {
                    let columns = format!(
                        "SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ')
                         FROM pragma_table_info('{table}')"
                    );
                    let columns = t.text(&columns).await;
                    let of = self.organization.0.simple();
                    format!(
                        "SELECT {columns} FROM {table} WHERE organization_id = x'{of}' ORDER BY 1"
                    )
                }
                _ => format!(
                    "SELECT x::text FROM {table} x WHERE organization_id = '{}' ORDER BY 1",
                    self.organization.0
                ),
            };
            let found = t.texts(&sql).await;
            rows.extend(found.into_iter().map(|row| format!("{table}: {row}")));
        }
        rows
    }
}

/// Tables that have this column and name their tenant.
async fn tables_with(t: &TestApp, column: &str) -> Vec<String> {
    let sql = match t.engine {
        "sqlite" => format!(
            "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'organization_id'
             JOIN pragma_table_info(m.name) d ON d.name = '{column}' WHERE m.type = 'table'"
        ),
        _ => format!(
            "SELECT c.table_name::text FROM information_schema.columns c
             JOIN information_schema.columns d USING (table_schema, table_name)
             WHERE c.table_schema = current_schema() AND c.column_name = 'organization_id'
               AND d.column_name = '{column}'"
        ),
    };
    t.texts(&sql).await
}

/// A second session of a person.
async fn other_session(t: &TestApp, who: &Client<'_>) -> String {
    let me = who.get("/users/me").await.expect(200);
    login(t, me["email"].as_str().expect("an address")).await;
    let open = who.get("/auth/sessions").await.expect(200);
    let open = open["data"].as_array().expect("sessions");
    let other = open.iter().find(|s| s["is_current"] == false);
    let id = other.expect("another session")["id"].as_str();
    id.expect("an id").to_owned()
}

async fn attach(who: &Client<'_>, ticket: &str) -> String {
    let form = format!(
        "--b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{SECRET}.txt\"\r\n\
         Content-Type: text/plain\r\n\r\n{SECRET}\r\n--b0und--\r\n"
    );
    let request = Request::post(format!("/api/v1/tickets/{ticket}/attachments"))
        .header("authorization", &who.bearer)
        .header("content-type", "multipart/form-data; boundary=b0und")
        .body(Body::from(form))
        .expect("a request");
    let list = dispatch(who.t, request).await.expect(201);
    list["data"][0]["id"].as_str().expect("an id").to_owned()
}

/// A mail of a stranger, which is refused.
async fn letter(t: &TestApp, mailbox: &str, text: &str) -> String {
    let raw = format!("From: stranger@example.net\r\nSubject: {text}\r\n\r\n{text}");
    let taken = mailboxes::receive(&t.app, Some(mailbox), raw.as_bytes(), clock::now()).await;
    let Arrival::Stored(id) = taken.expect("taken") else {
        unreachable!("the mail is not stored");
    };
    crate::support::work(t).await;
    id.to_string()
}

/// Lets the background work run, and returns what the person heard of by it.
async fn first_notification(who: &Client<'_>) -> String {
    let app = App {
        jobs: Arc::new(steward_server::jobs()),
        ..who.t.app.clone()
    };
    jobs::drain(&app).await.expect("drained");
    let list = who.get("/notifications").await.expect(200);
    list["data"][0]["id"].as_str().expect("an id").to_owned()
}

/// A key that could sign mail; making a real one takes too long for each world.
async fn dkim_key(t: &TestApp) -> String {
    let id = clock::new_id();
    let sql =
        "INSERT INTO dkim_keys (id, domain, selector, private_key, public_key, is_active, version,
          created_at, updated_at)
        VALUES ($1, 'example.com', $2, '', '', false, 1, $3, $3)";
    let values = values![id, id.simple().to_string(), to_db(clock::now())];
    t.app.db.execute(sql, values).await.expect("a key");
    id.to_string()
}

/// A job that was given up.
async fn dead_job(t: &TestApp, organization: OrganizationId) -> String {
    let now = clock::now();
    let job = jobs::NewJob {
        organization_id: Some(organization),
        kind: "sweep.dead",
        payload: json!({}),
        run_at: now,
        dedupe_key: None,
    };
    let tx = t.app.db.write("test").await.expect("open");
    jobs::enqueue(&tx, job, now).await.expect("written");
    tx.commit().await.expect("kept");
    let dead = "UPDATE jobs SET state = 'dead' WHERE kind = 'sweep.dead'";
    t.run(dead).await;
    let wanted = jobs::Wanted {
        organization: Some(organization),
        state: "dead",
        kind: None,
    };
    let jobs = jobs::list(&t.app.db, wanted, None, 1).await;
    jobs.expect("read").first().expect("a job").id.to_string()
}

/// The status that a request without a sign-in gets.
pub(super) async fn anonymous(t: &TestApp, method: &str, path: &str) -> u16 {
    let body = (method != "get").then(|| json!({}));
    let reply = send(t, &method.to_uppercase(), path, &[], body).await;
    assert!(!reply.body.to_string().contains(SECRET), "{method} {path}");
    reply.status.as_u16()
}
