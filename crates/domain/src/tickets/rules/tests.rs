use super::*;
use steward_kernel::{Grant, PermissionSet};

const VERBS: [Verb; 9] = [
    Verb::Assign,
    Verb::Start,
    Verb::Hold,
    Verb::Resume,
    Verb::Resolve,
    Verb::Confirm,
    Verb::Close,
    Verb::Reopen,
    Verb::Cancel,
];

fn actor(role: &str) -> Actor {
    let role = crate::identity::roles::SYSTEM_ROLES
        .iter()
        .find(|r| r.name == role)
        .expect("a system role");
    let grants: Vec<Grant> = role
        .grants
        .iter()
        .map(|g| g.parse().expect("valid"))
        .collect();
    Actor {
        user_id: uuid::Uuid::nil().into(),
        organization_id: uuid::Uuid::nil().into(),
        session_id: None,
        permissions: grants.iter().collect::<PermissionSet>(),
        teams: Vec::new(),
        roles: Vec::new(),
        is_operator: false,
    }
}

#[test]
fn mentions_are_usernames_outside_of_addresses_and_code() {
    let found = |text: &str| mentions(text).join(" ");
    assert_eq!(
        found("@priya, see @jonas.weber. And @PRIYA!"),
        "priya jonas.weber"
    );
    assert_eq!(found("write to ada@example.com or `@code`"), "");
    assert_eq!(found("```\n@inside\n```\n(@outside)"), "outside");
    assert_eq!(found("@ alone"), "");
}

#[test]
fn tags_are_trimmed_unique_and_bounded() {
    let clean = |tags: &[&str]| clean_tags(tags.iter().map(|t| (*t).to_owned()).collect());
    assert_eq!(
        clean(&[" vpn", "vpn", "berlin "]).expect("clean"),
        ["vpn", "berlin"]
    );
    assert!(clean(&["a,b"]).is_err() && clean(&[" "]).is_err());
    assert!(clean(&["x"; 51]).is_err());
}

#[test]
fn the_lifecycle_of_an_incident_is_exactly_this_table() {
    // Rows: status. Columns: VERBS. `-` refused.
    let expected = [
        (New, "assigned in_progress - - - - - - cancelled"),
        (Assigned, "assigned in_progress on_hold - - - - - cancelled"),
        (
            InProgress,
            "in_progress - on_hold - resolved - - - cancelled",
        ),
        (OnHold, "on_hold - - in_progress - - - - cancelled"),
        (Resolved, "- - - - - closed closed in_progress -"),
        (Closed, "- - - - - - - in_progress -"),
        (Cancelled, "- - - - - - - - -"),
    ];
    let admin = actor("admin");
    for (status, line) in expected {
        let facts = Facts {
            status,
            is_requester: false,
            has_assignee: true,
            is_major: false,
            is_review_pending: false,
            is_reopen_late: false,
        };
        let got: Vec<&str> = VERBS
            .iter()
            .map(|v| transition(&admin, &facts, *v).map_or("-", Status::as_str))
            .collect();
        assert_eq!(got.join(" "), line, "from {}", status.as_str());
    }
}

#[test]
fn a_requester_confirms_reopens_and_cancels_own_tickets_only() {
    let user = actor("end_user");
    for (status, verb) in [
        (Resolved, Verb::Confirm),
        (Resolved, Verb::Reopen),
        (New, Verb::Cancel),
    ] {
        let own = Facts {
            status,
            is_requester: true,
            has_assignee: true,
            is_major: false,
            is_review_pending: false,
            is_reopen_late: false,
        };
        assert!(transition(&user, &own, verb).is_ok(), "{verb:?}");
        let other = Facts {
            is_requester: false,
            ..own
        };
        assert!(
            matches!(
                transition(&user, &other, verb),
                Err(Refusal::NotAllowed { .. })
            ),
            "{verb:?}"
        );
    }
    let own = Facts {
        status: InProgress,
        is_requester: true,
        has_assignee: true,
        is_major: false,
        is_review_pending: false,
        is_reopen_late: false,
    };
    assert!(transition(&user, &own, Verb::Resolve).is_err());
}

#[test]
fn a_closed_ticket_is_reopened_by_a_manager_and_not_by_an_agent() {
    let closed = Facts {
        status: Closed,
        is_requester: false,
        has_assignee: true,
        is_major: false,
        is_review_pending: false,
        is_reopen_late: false,
    };
    assert_eq!(
        transition(&actor("manager"), &closed, Verb::Reopen),
        Ok(InProgress)
    );
    assert!(transition(&actor("agent"), &closed, Verb::Reopen).is_err());
    assert_eq!(
        transition(&actor("agent"), &closed, Verb::Start),
        Err(Refusal::Closed)
    );
}

#[test]
fn a_requester_who_comes_late_does_not_reopen_but_an_agent_does() {
    let facts = Facts {
        status: Resolved,
        is_requester: true,
        has_assignee: true,
        is_major: false,
        is_review_pending: false,
        is_reopen_late: true,
    };
    let reopen = |role| transition(&actor(role), &facts, Verb::Reopen);
    assert_eq!(reopen("end_user"), Err(Refusal::ReopenLate));
    assert_eq!(reopen("agent"), Ok(InProgress));
    let confirm = transition(&actor("end_user"), &facts, Verb::Confirm);
    assert_eq!(confirm, Ok(Closed));
}

#[test]
fn a_status_that_does_not_allow_it_is_said_with_those_that_do() {
    let refused = |verb, status| Refused::from(Refusal::NotFromHere { verb, status }).reason;
    for (verb, status, words) in [
        (
            "hold",
            "on_hold",
            "it is on hold, and only a ticket that is assigned or in progress can be put on hold",
        ),
        (
            "cancel",
            "resolved",
            "it is resolved, and only a ticket that is new, assigned, in progress or on hold can be cancelled",
        ),
        (
            "resume",
            "new",
            "it is new, and only a ticket that is on hold can be resumed",
        ),
    ] {
        assert_eq!(refused(verb, status), words);
    }
    // Every verb has words.
    for row in LIFECYCLE {
        assert!(!refused(row.word, "new").contains(&format!("be {} ", row.word)));
        assert!(
            done(row.word).ends_with("ed") || row.word == "hold",
            "{}",
            row.word
        );
    }
}

#[test]
fn a_refusal_has_the_same_word_for_programs_wherever_it_is_told() {
    let refusal = Refusal::NotFromHere {
        verb: "hold",
        status: "resolved",
    };
    let error = Error::from(refusal.clone());
    assert_eq!(error.code, ErrorCode::InvalidStatusTransition);
    assert_eq!(error.detail, Refused::from(refusal).reason);
    let reason = error.reason.expect("a reason");
    assert_eq!(reason.code, "wrong_status");
    assert_eq!(reason.params["verb"], "hold");
    assert_eq!(reason.params["status"], "resolved");
    let lacking = Error::from(Refusal::NotAllowed {
        permission: "ticket:work",
    });
    assert_eq!(lacking.detail, Error::forbidden("ticket:work").detail);
    assert_eq!(lacking.reason, Error::forbidden("ticket:work").reason);
}

#[test]
fn allowed_actions_agree_with_the_decision_and_say_why_not() {
    for role in crate::identity::roles::SYSTEM_ROLES {
        let actor = actor(role.name);
        for status in Status::ALL {
            for is_requester in [false, true] {
                let facts = Facts {
                    status: *status,
                    is_requester,
                    has_assignee: false,
                    is_major: false,
                    is_review_pending: false,
                    is_reopen_late: false,
                };
                for action in allowed_actions(&actor, &facts) {
                    let Some(verb) = Verb::from_word(action.verb) else {
                        assert!(OTHERS.iter().any(|(word, ..)| *word == action.verb));
                        continue;
                    };
                    assert_eq!(
                        action.refused.is_none(),
                        transition(&actor, &facts, verb).is_ok()
                    );
                }
            }
        }
    }
}

#[test]
fn blank_and_endless_texts_are_refused() {
    assert!(check_title("Printer").is_ok());
    assert!(check_title(&"x".repeat(500)).is_ok());
    for title in [String::new(), " \t".to_owned(), "x".repeat(501)] {
        assert!(check_title(&title).is_err());
    }
    assert!(check_body(&"x".repeat(65_536)).is_ok());
    assert!(check_body(&"x".repeat(65_537)).is_err());
}

#[test]
fn only_the_requesters_answer_moves_a_ticket() {
    let facts = |status, is_requester, is_reopen_late| Facts {
        status,
        is_requester,
        has_assignee: true,
        is_major: false,
        is_review_pending: false,
        is_reopen_late,
    };
    let requester = actor("end_user");
    for (status, is_requester, is_late, expected) in [
        (Status::New, true, false, Answered::Stays),
        (Status::InProgress, true, false, Answered::Stays),
        (Status::OnHold, true, false, Answered::Resumes),
        (Status::OnHold, false, false, Answered::Stays),
        (Status::Resolved, true, false, Answered::Reopens),
        (Status::Resolved, true, true, Answered::FollowUp),
        (Status::Resolved, false, false, Answered::Stays),
        (Status::Closed, true, false, Answered::FollowUp),
        (Status::Closed, false, false, Answered::FollowUp),
        (Status::Cancelled, true, false, Answered::Stays),
    ] {
        let done = answered(&requester, &facts(status, is_requester, is_late));
        assert_eq!(done, expected, "{status:?} {is_requester} {is_late}");
    }
}
