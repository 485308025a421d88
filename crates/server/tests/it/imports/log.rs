//! A small incident log in the form of ServiceNow's, told line by line.

use crate::support::Client;
use serde_json::Value;
use steward_desk::imports::{self, Order, Progress, Summary};
use steward_domain::imports::mapping::{Mapping, SERVICENOW};
use steward_platform::clock;
use steward_testkit::TestApp;

const HEADER: &str = "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,\
opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,\
subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,\
u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at";

const VPN: &str = "INC0000011,New,TRUE,0,0,0,TRUE,Lea Fontaine,Intake  3,04-01-2021 07:55,Intake  3,04-01-2021 07:58,\
Intake  3,04-01-2021 08:00,Phone,Oslo,Network,VPN,Drops,?,2 - Medium,2 - Medium,3 - Moderate,Desk,?,FALSE,FALSE,\
Do Not Notify,?,?,?,?,code 6,Jonas Weber,04-01-2021 13:00,09-01-2021 13:00";

/// `base` with some columns replaced.
pub(crate) fn with(base: &str, changes: &[(&str, &str)]) -> String {
    let names: Vec<&str> = HEADER.split(',').collect();
    let mut cells: Vec<&str> = base.split(',').collect();
    for (column, value) in changes {
        let place = names.iter().position(|n| n == column).expect("a column");
        cells[place] = value;
    }
    cells.join(",")
}

/// Three incidents: one from report over a hold and a reopening to closure,
/// one that waits, one whose first lines are lost.
pub(crate) fn lines() -> Vec<String> {
    let (network, weber) = (
        ("assignment_group", "Network"),
        ("assigned_to", "Jonas Weber"),
    );
    let raman = ("sys_updated_by", "Priya Raman");
    let by_weber = ("sys_updated_by", "Jonas Weber");
    let high = [("impact", "1 - High"), ("priority", "2 - High")];
    let at = |mod_count: &'static str, time: &'static str| {
        [("sys_mod_count", mod_count), ("sys_updated_at", time)]
    };
    let step = |base: &str, when: [(&str, &str); 2], changes: &[(&str, &str)]| {
        with(&with(base, &when), changes)
    };
    let one = ("reassignment_count", "1");
    let given = step(VPN, at("1", "04-01-2021 08:20"), &[network, one, raman]);
    let active = ("incident_state", "Active");
    let taken = step(&given, at("2", "04-01-2021 08:30"), &[active, weber]);
    let waits = ("incident_state", "Awaiting User Info");
    let asked = step(&taken, at("3", "04-01-2021 09:00"), &[waits, by_weber]);
    let noted = step(&asked, at("4", "04-01-2021 09:00"), &[]);
    let raised = step(
        &noted,
        at("5", "04-01-2021 10:00"),
        &[active, high[0], high[1]],
    );
    let resolved = ("incident_state", "Resolved");
    let solved = step(&raised, at("6", "04-01-2021 11:00"), &[resolved]);
    let again = step(
        &solved,
        at("7", "04-01-2021 12:00"),
        &[active, ("reopen_count", "1"), raman],
    );
    let solved_again = step(&again, at("8", "04-01-2021 13:00"), &[resolved, by_weber]);
    let closed = [
        ("incident_state", "Closed"),
        ("active", "FALSE"),
        ("sys_updated_by", "Robot 1"),
    ];
    let over = step(&solved_again, at("9", "09-01-2021 13:00"), &closed);

    let open = [
        ("closed_code", "?"),
        ("resolved_by", "?"),
        ("resolved_at", "?"),
        ("closed_at", "?"),
    ];
    let disk = with(
        VPN,
        &[
            ("number", "INC0000012"),
            ("caller_id", "Omar Haddad"),
            ("opened_at", "05-01-2021 09:00"),
            ("sys_updated_at", "05-01-2021 09:05"),
            ("category", "Hardware"),
            ("subcategory", "Disk"),
            ("u_symptom", "?"),
            ("priority", "4 - Low"),
            ("contact_type", "Email"),
        ],
    );
    let disk = with(&disk, &open);
    let vendor = step(
        &disk,
        at("1", "06-01-2021 10:00"),
        &[("incident_state", "Awaiting Vendor"), weber],
    );

    let lost = with(
        VPN,
        &[
            ("number", "INC0000013"),
            ("incident_state", "Active"),
            ("caller_id", "?"),
            ("opened_by", "?"),
            ("sys_mod_count", "7"),
            ("sys_updated_at", "06-01-2021 08:00"),
            ("sys_updated_by", "?"),
            ("opened_at", "05-01-2021 20:00"),
            ("assignment_group", "?"),
            ("category", "?"),
            ("subcategory", "?"),
            ("priority", "1 - Critical"),
        ],
    );
    vec![
        VPN.to_owned(),
        given,
        taken,
        asked,
        noted,
        raised,
        solved,
        again,
        solved_again,
        over,
        disk,
        vendor,
        with(&lost, &open),
    ]
}

/// A file of these lines.
pub(crate) fn file(lines: &[String]) -> Vec<u8> {
    format!("{HEADER}\r\n{}\r\n", lines.join("\r\n")).into_bytes()
}

/// Line number and reason of each refused line.
pub(crate) type Refused = Vec<(u64, String)>;

/// Imports a file; on failure what the user is told.
pub(crate) async fn import_as(
    t: &TestApp,
    organization: Option<&str>,
    mapping: &str,
    file: &[u8],
    is_dry_run: bool,
) -> Result<(Summary, Refused), String> {
    let order = Order {
        organization,
        mapping: mapping.parse::<Mapping>().map_err(|e| e.to_string())?,
        is_dry_run,
    };
    let mut refused = Vec::new();
    let mut tell = |progress: Progress<'_>| {
        if let Progress::Refused { line, reason } = progress {
            refused.push((line, reason.to_owned()));
        }
    };
    let summary = imports::run(&t.app, order, file, clock::now(), &mut tell)
        .await
        .map_err(|e| e.to_string())?;
    Ok((summary, refused))
}

/// Imports a file of ServiceNow into an organization.
pub(crate) async fn import(t: &TestApp, organization: &str, file: &[u8]) -> (Summary, Refused) {
    import_as(t, Some(organization), SERVICENOW, file, false)
        .await
        .expect("imported")
}

/// What the timeline tells: time, actor, field, before, after.
pub(crate) async fn story(who: &Client<'_>, ticket: &str) -> Vec<String> {
    let timeline = who
        .get(&format!("/tickets/{ticket}/timeline"))
        .await
        .expect(200);
    let text = |v: &Value| v.as_str().unwrap_or("-").to_owned();
    let items = timeline["data"].as_array().expect("items");
    let times: Vec<String> = items.iter().map(|i| text(&i["at"])).collect();
    assert!(times.is_sorted(), "{times:?}");
    let told = items.iter().map(|i| {
        let (at, who) = (text(&i["at"]), text(&i["actor"]["name"]));
        format!(
            "{at} {who}: {} {}>{}",
            text(&i["field"]),
            text(&i["old"]),
            text(&i["new"])
        )
    });
    told.collect()
}
