use super::*;
use crate::calendar::{Calendar, Micros, SECOND};
use crate::sla::book::{CalendarVersion, Target, Targets};
use crate::sla::explain::{Kind, pieces};
use crate::tickets::model::Status;
use jiff::ToSpan;
use proptest::prelude::*;
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn target(response: i64, resolution: i64, calendar: Option<u128>) -> Target {
    Target {
        response_minutes: Some(response),
        resolution_minutes: Some(resolution),
        next_update_minutes: Some(resolution / 2),
        calendar_id: calendar.map(id),
    }
}

/// Office hours in Berlin; critical runs day and night.
fn book() -> Book {
    let day = || vec![("09:00".to_owned(), "17:00".to_owned())];
    let week = [day(), day(), day(), day(), day(), vec![], vec![]];
    let office = Calendar::new("Europe/Berlin", &week, &[]).expect("a calendar");
    let always = Calendar::always("Europe/Berlin", &[]).expect("a calendar");
    let version = |n: u128, calendar| CalendarVersion {
        id: id(n * 10),
        calendar_id: id(n),
        calendar,
    };
    Book {
        policies: vec![PolicyVersion {
            id: id(100),
            policy_id: id(99),
            agreement: Agreement::Sla,
            calendar_id: id(1),
            targets: Targets {
                critical: target(15, 240, Some(2)),
                high: target(30, 480, None),
                medium: target(60, 1440, None),
                low: target(120, 2880, None),
            },
            escalation: Escalation::default(),
        }],
        earlier: Vec::new(),
        calendars: [(id(10), version(1, office)), (id(20), version(2, always))].into(),
        current: [(id(1), id(10)), (id(2), id(20))].into(),
    }
}

fn change(status: Status, is_answered: bool, priority: Priority) -> Change {
    Change {
        situation: Situation {
            status,
            is_answered,
            is_merged: false,
        },
        priority,
        is_rematch: true,
        is_news: false,
    }
}

fn counted(track: &Track, book: &Book, now: Instant) -> Micros {
    let pieces = pieces(&track.legs, |id| book.calendar(id), now, usize::MAX);
    for pair in pieces.windows(2) {
        assert_eq!(pair[0].until, pair[1].from);
    }
    let counted = pieces.iter().filter(|p| p.kind == Kind::Counted);
    counted.map(crate::sla::explain::Piece::length).sum()
}

#[test]
fn a_ticket_over_a_weekend_with_two_raises_and_a_reopening_is_explained() {
    let book = book();
    let at = |text: &str| -> Instant { text.parse().expect("an instant") };
    let mut ledger = Ledger::default();
    let all = |_: &PolicyVersion| true;
    // Friday 10:00 in Berlin, low; held over the weekend; raised twice on Monday.
    for (when, status, is_answered, priority) in [
        ("2026-11-27T09:00:00Z", Status::New, false, Priority::Low),
        (
            "2026-11-27T10:00:00Z",
            Status::InProgress,
            true,
            Priority::Low,
        ),
        ("2026-11-27T12:00:00Z", Status::OnHold, true, Priority::Low),
        (
            "2026-11-30T09:00:00Z",
            Status::InProgress,
            true,
            Priority::Low,
        ),
        (
            "2026-11-30T10:00:00Z",
            Status::InProgress,
            true,
            Priority::High,
        ),
        (
            "2026-11-30T11:00:00Z",
            Status::InProgress,
            true,
            Priority::Critical,
        ),
        (
            "2026-11-30T11:30:00Z",
            Status::Resolved,
            true,
            Priority::Critical,
        ),
        (
            "2026-12-01T11:30:00Z",
            Status::InProgress,
            true,
            Priority::Critical,
        ),
        (
            "2026-12-01T12:00:00Z",
            Status::Resolved,
            true,
            Priority::Critical,
        ),
    ] {
        assert!(ledger.follow(&book, change(status, is_answered, priority), &all, at(when)));
    }
    let resolution = ledger
        .0
        .iter()
        .find(|t| t.metric == Metric::Resolution)
        .expect("a clock");
    // 3 h on Friday, 2 h on Monday, then half an hour twice.
    assert_eq!(resolution.clock.consumed, 6 * 3600 * SECOND);
    assert_eq!(
        resolution.clock.breached_at,
        Some(at("2026-11-30T11:00:00Z"))
    );
    let later = at("2026-12-05T00:00:00Z");
    assert_eq!(counted(resolution, &book, later), 6 * 3600 * SECOND);
    let response = &ledger.0[0];
    assert_eq!(response.clock.met_at, Some(at("2026-11-27T10:00:00Z")));
    assert_eq!(response.clock.consumed, 3600 * SECOND);
}

#[test]
fn without_a_policy_there_is_no_clock_and_one_that_is_lost_ends() {
    let book = book();
    let now: Instant = "2026-11-27T09:00:00Z".parse().expect("an instant");
    let mut ledger = Ledger::default();
    let new = change(Status::New, false, Priority::Low);
    assert!(!ledger.follow(&book, new, &|_| false, now));
    assert!(ledger.follow(&book, new, &|_| true, now + 1.hours()));
    assert!(
        ledger
            .0
            .iter()
            .all(|t| t.clock.started_at == now + 1.hours())
    );
    assert!(ledger.next_breach_at().is_some());
    assert!(ledger.follow(&book, new, &|_| false, now + 2.hours()));
    assert!(ledger.0.iter().all(|t| t.clock.mode == Mode::Cancelled));
    assert_eq!(ledger.next_breach_at(), None);
}

#[test]
fn a_clock_that_lost_its_policy_wakes_only_when_one_is_meant_for_it_again() {
    let book = book();
    let now: Instant = "2026-11-27T09:00:00Z".parse().expect("an instant");
    let on = |status| Change {
        is_rematch: false,
        ..change(status, false, Priority::Low)
    };
    let modes =
        |ledger: &Ledger| -> Vec<Mode> { ledger.0.iter().map(|track| track.clock.mode).collect() };
    let mut ledger = Ledger::default();
    let new = change(Status::New, false, Priority::Low);
    assert!(ledger.follow(&book, new, &|_| true, now));
    assert!(!ledger.wakes(new.situation), "they run");
    assert!(ledger.follow(&book, new, &|_| false, now + 1.hours()));
    assert!(ledger.wakes(new.situation));
    for status in [Status::Assigned, Status::InProgress, Status::OnHold] {
        assert!(!ledger.follow(&book, on(status), &|_| false, now + 2.hours()));
        let news = Change {
            is_news: true,
            ..on(status)
        };
        assert!(!ledger.follow(&book, news, &|_| false, now + 2.hours()));
    }
    assert_eq!(modes(&ledger), [Mode::Cancelled; 3]);
    assert!(ledger.follow(&book, on(Status::InProgress), &|_| true, now + 3.hours()));
    assert_eq!(modes(&ledger), [Mode::Running; 3]);
    // A ticket that was cancelled and is open again has its clocks back.
    let terms: Vec<Terms> = ledger.0.iter().map(|track| track.clock.terms).collect();
    assert!(ledger.follow(&book, on(Status::Cancelled), &|_| true, now + 4.hours()));
    assert!(ledger.follow(&book, on(Status::InProgress), &|_| true, now + 5.hours()));
    assert_eq!(modes(&ledger), [Mode::Running; 3]);
    assert!(ledger.0.iter().map(|track| track.clock.terms).eq(terms));
}

#[test]
fn a_new_version_counts_for_running_clocks_only_when_asked_for() {
    let mut book = book();
    let now: Instant = "2026-11-27T09:00:00Z".parse().expect("an instant");
    let mut ledger = Ledger::default();
    let all = |_: &PolicyVersion| true;
    ledger.follow(&book, change(Status::New, false, Priority::Low), &all, now);
    let old = book.policies[0].clone();
    book.policies[0].id = id(101);
    book.policies[0].targets.high = target(1, 2, None);
    book.earlier.push(old);
    // Raised: the targets of the version it began with.
    ledger.follow(
        &book,
        change(Status::New, false, Priority::High),
        &all,
        now + 1.hours(),
    );
    assert_eq!(ledger.0[0].clock.terms.target_seconds, 30 * 60);
    let current = book.policies[0].clone();
    let asked = |track: &Track| book.terms(Some(&current), Priority::High, track.metric, None);
    assert!(ledger.recompute(&book, asked, now + 2.hours()));
    assert_eq!(ledger.0[0].clock.terms.target_seconds, 60);
    assert!(ledger.0[0].legs.last().expect("a leg").is_recompute);
    assert!(
        !ledger.recompute(&book, asked, now + 3.hours()),
        "a second time changes nothing"
    );
}

proptest! {
    #[test]
    fn what_is_explained_sums_to_what_was_consumed(
        steps in proptest::collection::vec((0_i64..400_000, 0_usize..7, any::<bool>(), 0_usize..4, any::<bool>()), 1..15),
        second in 1_262_304_000_i64..1_893_456_000
    ) {
        let book = book();
        let mut ledger = Ledger::default();
        let mut now = Instant::from_second(second).expect("an instant");
        let mut is_answered = false;
        for (wait, status, answers, priority, is_news) in steps {
            now += wait.seconds();
            is_answered |= answers;
            let mut to = change(Status::ALL[status], is_answered, Priority::ALL[priority]);
            to.is_news = is_news;
            ledger.follow(&book, to, &|_| true, now);
            let again = ledger.clone();
            to.is_news = false;
            prop_assert!(!ledger.follow(&book, to, &|_| true, now), "twice moves nothing");
            prop_assert_eq!(&again, &ledger);
            for track in &ledger.0 {
                let calendar = book.calendar(track.clock.terms.calendar_version_id).expect("known");
                let later = now + 3.hours();
                prop_assert_eq!(counted(track, &book, later), track.clock.consumed_at(calendar, later));
                if let Some((mark, at)) = track.next_threshold(&book) {
                    prop_assert!(track.fired.with(mark) != track.fired && at >= track.clock.as_of);
                }
            }
        }
    }
}
