use super::*;
use crate::imports::mapping::SERVICENOW;
use crate::imports::model::Person;
use crate::tickets::model::Priority;
use crate::tickets::model::{Level, Source as Channel, Status};

const HEADER: &str = "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at";
const LINE: &str = "INC7,Awaiting User Info,TRUE,2,1,9,TRUE,Lea Fontaine,?,02-05-2016 08:00,Intake 3,02-05-2016 08:04,Priya Raman,03-05-2016 14:30,Phone,Oslo,Network,VPN,Drops,?,1 - High,2 - Medium,2 - High,Group N,Jonas Weber,FALSE,FALSE,Send Email,?,?,?,?,Solved (Work Around),Priya Raman,04-05-2016 09:00,09-05-2016 09:00";

fn cells(line: &str) -> Vec<String> {
    line.split(',').map(str::to_owned).collect()
}

fn servicenow() -> Source {
    let mapping = SERVICENOW.parse().expect("valid");
    let zone = TimeZone::get("Europe/Berlin").expect("a zone");
    Source::new(mapping, &cells(HEADER), zone).expect("all columns")
}

/// The example line with some cells replaced.
fn with(changes: &[(&str, &str)]) -> Vec<String> {
    let mut line = cells(LINE);
    for (column, value) in changes {
        let place = HEADER.split(',').position(|h| h == *column);
        line[place.expect("a column")] = (*value).to_owned();
    }
    line
}

#[test]
fn a_line_of_servicenow_says_what_the_ticket_was() {
    let line = servicenow().line(&cells(LINE)).expect("a good line");
    let name = |p: &Option<Person>| p.as_ref().map(Person::shown).unwrap_or_default();
    assert_eq!(line.external_id, "INC7");
    assert_eq!(line.at.to_string(), "2016-05-03T12:30:00Z");
    assert_eq!(line.created_at.to_string(), "2016-05-02T06:00:00Z");
    assert_eq!(
        (line.revision, line.reassignment_count, line.reopened_count),
        (Some(9), 2, 1)
    );
    assert_eq!(
        (line.status, line.priority),
        (Status::OnHold, Priority::High)
    );
    assert_eq!((line.impact, line.urgency), (Level::High, Level::Medium));
    assert_eq!(line.hold_reason.as_deref(), Some("Awaiting User Info"));
    assert_eq!(line.requester.shown(), "Lea Fontaine");
    assert_eq!(
        name(&line.opened_by),
        "Intake 3",
        "the next column when one is unknown"
    );
    assert_eq!(name(&line.actor), "Priya Raman");
    assert_eq!(name(&line.assignee), "Jonas Weber");
    assert_eq!(line.team.as_deref(), Some("Group N"));
    assert_eq!(
        (line.title.as_str(), line.has_own_title),
        ("Drops – Network – VPN", false)
    );
    assert_eq!(line.source, Channel::Phone);
    assert!(
        line.description().contains("- Location: Oslo\n"),
        "{}",
        line.description()
    );
    assert_eq!(line.outcome.resolution_code.as_deref(), Some("workaround"));
    let note = line.outcome.resolution_note.expect("a note");
    assert_eq!(
        note,
        "Close code: Solved (Work Around)\nResolved by: Priya Raman"
    );
}

#[test]
fn every_state_and_level_of_servicenow_has_its_word() {
    let source = servicenow();
    let cases: &[(&str, &[(&str, &str)])] = &[
        (
            "incident_state",
            &[
                ("New", "new"),
                ("Active", "in_progress"),
                ("Awaiting User Info", "on_hold"),
                ("Awaiting Problem", "on_hold"),
                ("Awaiting Vendor", "on_hold"),
                ("Awaiting Evidence", "on_hold"),
                ("Resolved", "resolved"),
                ("Closed", "closed"),
            ],
        ),
        (
            "priority",
            &[
                ("1 - Critical", "critical"),
                ("2 - High", "high"),
                ("3 - Moderate", "medium"),
                ("4 - Low", "low"),
                ("?", "high"),
            ],
        ),
        (
            "impact",
            &[("1 - High", "high"), ("3 - Low", "low"), ("?", "medium")],
        ),
        (
            "urgency",
            &[("2 - Medium", "medium"), ("3 - Low", "low"), ("", "medium")],
        ),
    ];
    for (column, words) in cases {
        for (theirs, ours) in *words {
            let line = source.line(&with(&[(column, theirs)])).expect(theirs);
            let got = match *column {
                "incident_state" => line.status.as_str(),
                "priority" => line.priority.as_str(),
                "impact" => line.impact.as_str(),
                _ => line.urgency.as_str(),
            };
            assert_eq!(got, *ours, "{column} {theirs}");
        }
    }
}

#[test]
fn a_line_that_cannot_be_used_is_refused_with_column_and_reason() {
    let long = "x".repeat(201);
    let cases: &[(&str, &str, &str)] = &[
        ("number", "", "number: missing"),
        ("number", "?", "number: missing"),
        (
            "incident_state",
            "-100",
            "incident_state: '-100' is no known state",
        ),
        ("incident_state", "?", "incident_state: missing"),
        ("sys_updated_at", "?", "sys_updated_at: missing"),
        (
            "sys_updated_at",
            "31-02-2016 10:00",
            "is no time of the form %d-%m-%Y %H:%M",
        ),
        (
            "opened_at",
            "yesterday",
            "opened_at: 'yesterday' is no time",
        ),
        ("closed_at", "2016", "closed_at: '2016' is no time"),
        ("sys_mod_count", "-1", "sys_mod_count: '-1' is no number"),
        ("reopen_count", "many", "reopen_count: 'many' is no number"),
        ("reassignment_count", "99999999999", "is too large"),
        ("priority", "9", "priority: '9' is no known priority"),
        (
            "impact",
            "huge",
            "impact: 'huge' is not high, medium or low",
        ),
        ("category", &long, "category: longer than 200"),
        (
            "assignment_group",
            &long,
            "assignment_group: longer than 100",
        ),
        ("caller_id", &long, "caller_id: a name of more than 100"),
        ("incident_state", "\u{1b}[2J", "\\u{1b}"),
    ];
    for (column, value, reason) in cases {
        let refusal = servicenow()
            .line(&with(&[(column, value)]))
            .expect_err(column);
        assert!(refusal.0.contains(reason), "{reason} in: {refusal}");
    }
    let mut short = cells(LINE);
    short.pop();
    let refusal = servicenow().line(&short).expect_err("short");
    assert_eq!(refusal.0, "35 columns where the first line names 36");
}

#[test]
fn what_is_unknown_is_left_out_or_taken_from_the_next_column() {
    let line = with(&[
        ("caller_id", "?"),
        ("sys_created_by", "?"),
        ("assigned_to", "?"),
        ("assignment_group", "?"),
        ("u_symptom", "?"),
        ("category", "?"),
        ("subcategory", "?"),
        ("opened_at", "?"),
        ("sys_created_at", "?"),
        ("contact_type", "Carrier pigeon"),
    ]);
    let line = servicenow().line(&line).expect("a good line");
    assert_eq!(line.requester.name, "Unknown person");
    assert_eq!(
        (line.assignee, line.team, line.category),
        (None, None, None)
    );
    assert_eq!(line.title, "Incident INC7");
    assert_eq!(line.created_at, line.at);
    assert_eq!(line.source, Channel::Api);
}

#[test]
fn the_fingerprint_tells_changes_apart_and_ignores_how_it_ended() {
    let source = servicenow();
    let print = |changes: &[(&str, &str)]| {
        let line = source.line(&with(changes)).expect("a good line");
        line.fingerprint
    };
    let first = print(&[]);
    for (column, value) in [
        ("closed_at", "?"),
        ("resolved_at", "?"),
        ("closed_code", "?"),
        ("resolved_by", "?"),
        ("made_sla", "FALSE"),
    ] {
        assert_eq!(print(&[(column, value)]), first, "{column}");
    }
    for (column, value) in [
        ("number", "INC8"),
        ("sys_updated_at", "03-05-2016 14:31"),
        ("sys_mod_count", "10"),
        ("sys_updated_by", "Jonas Weber"),
        ("incident_state", "Awaiting Vendor"),
        ("assigned_to", "?"),
        ("assignment_group", "Group M"),
        ("subcategory", "Wireless"),
    ] {
        assert_ne!(print(&[(column, value)]), first, "{column}");
    }
}

#[test]
fn missing_columns_are_named_all_at_once() {
    let mapping = SERVICENOW.parse().expect("valid");
    let header = cells("number,incident_state,colour");
    let error = Source::new(mapping, &header, TimeZone::UTC).expect_err("not a log");
    for part in ["sys_updated_at", "assigned_to", "u_symptom", "colour"] {
        assert!(error.detail.contains(part), "{part} in: {error}");
    }
}

#[test]
fn another_system_is_read_by_its_mapping() {
    let mapping = r#"
            system = "helpdesk"
            date_format = "%d.%m.%Y %H:%M"
            delimiter = ";"
            unknown = ["", "n/a"]
            [columns]
            external_id = "No"
            status = "State"
            created_at = "Opened"
            title = "Subject"
            description = "Text"
            requester = "From"
            priority = "Prio"
            [values.status]
            "Waiting" = "on_hold"
            "Done" = "closed"
            [values.priority]
            "A" = "critical"
            [details]
            "Room no." = "Room"
        "#;
    let header = "No;State;Opened;Subject;Text;From;Prio;Room".split(';');
    let header: Vec<String> = header.map(str::to_owned).collect();
    let mapping = mapping.parse().expect("valid");
    let source = Source::new(mapping, &header, TimeZone::UTC).expect("all columns");
    let cells =
        "17;waiting;01.02.2020 10:00;Fax is mute;No tone;Ada Byron <ada@acme.example>;a;n/a";
    let cells: Vec<String> = cells.split(';').map(str::to_owned).collect();
    let line = source.line(&cells).expect("a good line");
    assert_eq!(
        (line.status, line.priority),
        (Status::OnHold, Priority::Critical)
    );
    assert_eq!(line.hold_reason.as_deref(), Some("waiting"));
    assert_eq!(line.requester.email.as_deref(), Some("ada@acme.example"));
    assert_eq!(
        (line.title.as_str(), line.has_own_title),
        ("Fax is mute", true)
    );
    assert_eq!(line.description(), "No tone");
    assert_eq!(line.at, line.created_at);
}
