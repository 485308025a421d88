//! What is refused, and when what is due.

use super::*;
use proptest::prelude::*;

fn with(percents: &[u8]) -> Escalation {
    let threshold = |percent: &u8| Threshold {
        percent: *percent,
        actions: Actions::default(),
    };
    Escalation {
        thresholds: percents.iter().map(threshold).collect(),
        ..Escalation::default()
    }
}

#[test]
fn the_breach_is_always_the_last_threshold() {
    for (percents, expected) in [
        (&[75, 90, 100][..], &[75, 90, 100][..]),
        (&[], &[100]),
        (&[50], &[50, 100]),
        (&[60, 10], &[10, 60, 100]),
    ] {
        let escalation = with(percents).checked().expect("fine");
        let expected: Vec<_> = expected.iter().copied().map(Mark::Percent).collect();
        assert_eq!(marks(&escalation, 3600), expected);
    }
    let breach = Mark::Percent(100);
    assert_eq!(with(&[]).at(breach), Actions::default());
    assert!(Escalation::default().at(breach).raises_level);
}

/// Every mark of a clock in its order.
fn marks(escalation: &Escalation, target: i64) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut fired = Fired::default();
    while let Some(next) = escalation.next(fired, target) {
        found.push(next);
        fired = fired.with(next);
    }
    found
}

fn before(percents: &[u8], minutes: &[i64]) -> Escalation {
    let before = |minutes: &i64| BeforeDue {
        minutes: *minutes,
        actions: Actions::default(),
    };
    Escalation {
        before_due: minutes.iter().map(before).collect(),
        ..with(percents)
    }
}

#[test]
fn minutes_before_the_end_come_between_percents_where_the_target_puts_them() {
    use Mark::{MinutesBefore as Before, Percent};
    let escalation = before(&[50, 90], &[5, 60, 15]).checked().expect("fine");
    for (target_minutes, expected) in [
        // 50 % are 60 minutes before the end: what counts down comes first.
        (
            120,
            &[
                Before(60),
                Percent(50),
                Before(15),
                Percent(90),
                Before(5),
                Percent(100),
            ][..],
        ),
        (
            600,
            &[
                Percent(50),
                Before(60),
                Percent(90),
                Before(15),
                Before(5),
                Percent(100),
            ],
        ),
        // No more time than that: passed over.
        (
            60,
            &[
                Percent(50),
                Before(15),
                Percent(90),
                Before(5),
                Percent(100),
            ],
        ),
        (5, &[Percent(50), Percent(90), Percent(100)]),
        (0, &[Percent(50), Percent(90), Percent(100)]),
    ] {
        assert_eq!(marks(&escalation, target_minutes * 60), expected);
    }
    assert!(!Before(1).is_breach() && !Percent(99).is_breach() && Percent(100).is_breach());
}

#[test]
fn a_changed_target_does_not_bring_back_what_was_acted_on() {
    let escalation = before(&[], &[60, 15]).checked().expect("fine");
    let fired = Fired::default().with(Mark::MinutesBefore(15));
    assert_eq!(escalation.next(fired, 36_000), Some(Mark::Percent(100)));
    assert_eq!(fired.with(Mark::MinutesBefore(60)), fired);
    let breached = fired.with(Mark::Percent(100));
    assert_eq!(before(&[], &[1]).next(breached, 36_000), None);
}

proptest! {
    #[test]
    fn every_mark_comes_once_and_no_earlier_than_the_one_before(
        percents in proptest::collection::btree_set(1_u8..=100, 0..10),
        minutes in proptest::collection::btree_set(1_i64..5000, 0..10),
        target in 0_i64..400_000,
    ) {
        let percents: Vec<u8> = percents.into_iter().collect();
        let all: Vec<i64> = minutes.iter().copied().collect();
        let escalation = before(&percents, &all).checked().expect("fine");
        let marks = marks(&escalation, target);
        let seconds: Vec<i64> = marks.iter().map(|mark| mark.seconds(target)).collect();
        prop_assert!(seconds.is_sorted(), "{seconds:?}");
        prop_assert_eq!(marks.last(), Some(&Mark::Percent(100)));
        let mut seen = marks.clone();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), marks.len());
        let with_breach = percents.len() + usize::from(!percents.contains(&100));
        let within = minutes.iter().filter(|m| **m * 60 < target).count();
        prop_assert_eq!(marks.len(), with_breach + within);
    }
}

#[test]
fn what_was_stored_before_there_were_minutes_is_read() {
    let mut stored = serde_json::to_value(Escalation::default()).expect("written");
    stored
        .as_object_mut()
        .expect("an object")
        .remove("before_due");
    let read: Escalation = serde_json::from_value(stored).expect("read");
    assert_eq!(read, Escalation::default());
}

#[test]
fn what_is_out_of_bounds_is_named() {
    let place = |escalation: Escalation| {
        let error = escalation.checked().expect_err("refused");
        error.errors[0].field.clone()
    };
    assert_eq!(place(with(&[0])), "escalation.thresholds.0.percent");
    assert_eq!(place(with(&[101])), "escalation.thresholds.0.percent");
    assert_eq!(place(with(&[5, 5])), "escalation.thresholds.1.percent");
    assert_eq!(place(with(&[1; 11])), "escalation.thresholds");
    let mut twice = with(&[5]);
    twice.thresholds[0].actions.tells = vec![Audience::Lead, Audience::Managers, Audience::Lead];
    assert_eq!(place(twice), "escalation.thresholds.0.actions.tells.2");
    let mut twice = Escalation::default();
    if let Some(reminder) = &mut twice.no_response {
        reminder.actions.tells = vec![Audience::Assignee; 2];
    }
    assert_eq!(place(twice), "escalation.no_response.actions.tells.1");
    assert_eq!(
        place(before(&[], &[5, 5])),
        "escalation.before_due.1.minutes"
    );
    assert_eq!(place(before(&[], &[1; 11])), "escalation.before_due");
    let mut twice = before(&[], &[5]);
    twice.before_due[0].actions.tells = vec![Audience::Lead; 2];
    assert_eq!(place(twice), "escalation.before_due.0.actions.tells.1");
    for minutes in [0, -1, MOST_MINUTES + 1] {
        assert_eq!(
            place(before(&[], &[minutes])),
            "escalation.before_due.0.minutes"
        );
        let mut escalation = Escalation::default();
        if let Some(reminder) = &mut escalation.no_update {
            reminder.after_minutes = minutes;
        }
        assert_eq!(place(escalation), "escalation.no_update.after_minutes");
    }
}
