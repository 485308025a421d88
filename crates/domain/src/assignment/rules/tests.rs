use super::*;
use crate::assignment::model::Skills;
use proptest::prelude::{Strategy as _, any, prop_assert, prop_assert_eq, proptest};
use std::collections::BTreeMap;
use uuid::Uuid;

const NOW: Instant = Instant::UNIX_EPOCH;

fn user(n: u128) -> UserId {
    Uuid::from_u128(n).into()
}

fn at(seconds: i64) -> Option<Instant> {
    Instant::from_second(seconds).ok()
}

fn member(n: u128) -> Candidate {
    Candidate {
        user_id: user(n),
        is_active: true,
        away_from: None,
        away_until: None,
        open_tickets: 0,
        max_open_tickets: None,
        skills: Skills::default(),
        experience: 0,
    }
}

fn work(priority: Priority, wanted: &[&str]) -> Work {
    Work {
        priority,
        wanted: wanted.iter().collect(),
    }
}

/// A member with open tickets, experience and skills.
fn with(n: u128, open_tickets: u32, experience: u32, skills: &[&str]) -> Candidate {
    Candidate {
        open_tickets,
        experience,
        skills: skills.iter().collect(),
        ..member(n)
    }
}

#[test]
fn only_the_active_and_present_under_their_maximum_are_eligible() {
    let table = [
        (member(1), true),
        (
            Candidate {
                is_active: false,
                ..member(1)
            },
            false,
        ),
        (
            Candidate {
                open_tickets: 4,
                max_open_tickets: Some(5),
                ..member(1)
            },
            true,
        ),
        (
            Candidate {
                open_tickets: 5,
                max_open_tickets: Some(5),
                ..member(1)
            },
            false,
        ),
        (
            Candidate {
                open_tickets: 6,
                max_open_tickets: Some(5),
                ..member(1)
            },
            false,
        ),
        (
            Candidate {
                max_open_tickets: Some(0),
                ..member(1)
            },
            false,
        ),
        // Away times are half-open; now is 0.
        (
            Candidate {
                away_from: at(0),
                ..member(1)
            },
            false,
        ),
        (
            Candidate {
                away_from: at(1),
                ..member(1)
            },
            true,
        ),
        (
            Candidate {
                away_until: at(0),
                ..member(1)
            },
            true,
        ),
        (
            Candidate {
                away_until: at(1),
                ..member(1)
            },
            false,
        ),
        (
            Candidate {
                away_from: at(-9),
                away_until: at(9),
                ..member(1)
            },
            false,
        ),
        (
            Candidate {
                away_from: at(-9),
                away_until: at(0),
                ..member(1)
            },
            true,
        ),
        (
            Candidate {
                away_from: at(1),
                away_until: at(9),
                ..member(1)
            },
            true,
        ),
    ];
    for (candidate, expected) in table {
        assert_eq!(candidate.is_eligible(NOW), expected, "{candidate:?}");
        let chosen = choose(
            Strategy::LeastLoaded,
            &work(Priority::Low, &[]),
            std::slice::from_ref(&candidate),
            None,
            NOW,
        );
        assert_eq!(chosen.is_some(), expected, "{candidate:?}");
    }
}

#[test]
fn turns_go_on_after_the_last_one_even_when_that_one_left() {
    let members = [member(1), member(3), member(5)];
    let next = |last: Option<u128>| {
        choose(
            Strategy::RoundRobin,
            &work(Priority::Low, &[]),
            &members,
            last.map(user),
            NOW,
        )
    };
    let table = [
        (None, 1),
        (Some(1), 3),
        (Some(2), 3),
        (Some(3), 5),
        (Some(5), 1),
        (Some(9), 1),
        (Some(0), 1),
    ];
    for (last, expected) in table {
        assert_eq!(next(last), Some(user(expected)), "after {last:?}");
    }
}

#[test]
fn each_strategy_chooses_as_documented() {
    use Priority::{Critical, High, Low, Medium};
    use Strategy::{Hybrid, LeastLoaded, PriorityBased, RoundRobin, SkillBased};
    // 1: an idle newcomer. 2: busy, knows networks. 3: half busy, knows both,
    // some experience. 4: very busy, the most experienced.
    let members = [
        with(1, 0, 0, &[]),
        with(2, 7, 1, &["Network"]),
        with(3, 3, 2, &["network", " VPN "]),
        with(4, 9, 8, &["mail"]),
    ];
    let vpn: &[&str] = &["NETWORK", "vpn"];
    let table = [
        (RoundRobin, Critical, vpn, 1),
        (LeastLoaded, Critical, vpn, 1),
        (SkillBased, Low, vpn, 3),
        (SkillBased, Low, &["mail"], 4),
        (SkillBased, Low, &["network"], 3),
        (SkillBased, Low, &["unheard of"], 1),
        (SkillBased, Low, &[], 1),
        (PriorityBased, Critical, vpn, 4),
        (PriorityBased, High, vpn, 3),
        (PriorityBased, Medium, vpn, 1),
        (PriorityBased, Low, vpn, 1),
        (Hybrid, Critical, vpn, 3),
        (Hybrid, High, &["mail"], 4),
        (Hybrid, Medium, vpn, 1),
        (Hybrid, Low, &["mail"], 1),
    ];
    for (strategy, priority, wanted, expected) in table {
        let chosen = choose(strategy, &work(priority, wanted), &members, None, NOW);
        assert_eq!(
            chosen,
            Some(user(expected)),
            "{strategy:?} {priority:?} {wanted:?}"
        );
    }
}

#[test]
fn a_high_ticket_goes_to_the_least_loaded_when_nobody_is_experienced() {
    let members = [with(1, 4, 1, &[]), with(2, 2, 1, &[]), with(3, 3, 0, &[])];
    let high = work(Priority::High, &[]);
    let chosen = choose(Strategy::PriorityBased, &high, &members, None, NOW);
    assert_eq!(chosen, Some(user(2)));
}

#[test]
fn equals_take_turns() {
    let members = [with(1, 2, 5, &["a"]), with(2, 2, 5, &["a"])];
    for strategy in Strategy::ALL {
        for priority in Priority::ALL {
            let work = work(*priority, &["a"]);
            let next = |last| choose(*strategy, &work, &members, last, NOW);
            assert_eq!(next(None), Some(user(1)), "{strategy:?}");
            assert_eq!(next(Some(user(1))), Some(user(2)), "{strategy:?}");
            assert_eq!(next(Some(user(2))), Some(user(1)), "{strategy:?}");
        }
    }
}

#[test]
fn the_score_is_the_documented_one() {
    let work = work(Priority::Low, &["a", "b", "c"]);
    for (skills, open, expected) in [
        (&[][..], 0, 0.3),
        (&["a"][..], 0, 1.0),
        (&["A", "b", "x"][..], 2, 1.5),
        (&["a", "b", "c"][..], 4, 2.16),
    ] {
        let got = score(&with(1, open, 0, skills), &work);
        assert!((got - expected).abs() < 1e-9, "{skills:?} {open}: {got}");
    }
}

fn strategies() -> impl proptest::strategy::Strategy<Value = Strategy> {
    proptest::sample::select(Strategy::ALL)
}

fn works() -> impl proptest::strategy::Strategy<Value = Work> {
    let words = proptest::sample::subsequence(vec!["a", "b", "c", "d"], 0..=4);
    (proptest::sample::select(Priority::ALL), words).prop_map(|(p, w)| work(p, &w))
}

fn teams() -> impl proptest::strategy::Strategy<Value = Vec<Candidate>> {
    let words = proptest::sample::subsequence(vec!["a", "b", "c", "x"], 0..=4);
    let away = proptest::option::of(-5_i64..5);
    let one = (
        any::<bool>(),
        (away.clone(), away),
        0_u32..9,
        proptest::option::of(0_u32..9),
        words,
        0_u32..5,
    );
    proptest::collection::vec(one, 0..8).prop_map(|all| {
        all.into_iter()
            .zip(1..)
            .map(
                |((is_active, (from, until), open, max, skills, experience), n)| Candidate {
                    is_active,
                    away_from: from.and_then(at),
                    away_until: until.and_then(at),
                    max_open_tickets: max,
                    ..with(n, open, experience, &skills)
                },
            )
            .collect()
    })
}

/// Gives `count` tickets one after the other; returns how many each one got.
fn give(
    strategy: Strategy,
    work: &Work,
    members: &mut [Candidate],
    count: u32,
) -> BTreeMap<UserId, u32> {
    let (mut last, mut got) = (None, BTreeMap::new());
    for _ in 0..count {
        let Some(chosen) = choose(strategy, work, members, last, NOW) else {
            break;
        };
        let member = members
            .iter_mut()
            .find(|m| m.user_id == chosen)
            .expect("a member");
        member.open_tickets += 1;
        *got.entry(chosen).or_default() += 1;
        last = Some(chosen);
    }
    got
}

proptest! {
    #[test]
    fn the_chosen_one_is_eligible_and_nobody_means_nobody_is(
        strategy in strategies(), work in works(), members in teams(), last in 0_u128..9
    ) {
        let last = (last > 0).then(|| user(last));
        match choose(strategy, &work, &members, last, NOW) {
            Some(chosen) => prop_assert!(members.iter().any(|m| m.user_id == chosen && m.is_eligible(NOW))),
            None => prop_assert!(!members.iter().any(|m| m.is_eligible(NOW))),
        }
    }

    #[test]
    fn the_order_in_which_members_are_read_does_not_matter(
        strategy in strategies(), work in works(), members in teams()
    ) {
        let mut backwards = members.clone();
        backwards.reverse();
        prop_assert_eq!(
            choose(strategy, &work, &members, None, NOW),
            choose(strategy, &work, &backwards, None, NOW)
        );
    }

    #[test]
    fn a_maximum_is_never_exceeded(
        strategy in strategies(), work in works(), mut members in teams(), count in 0_u32..60
    ) {
        let before: BTreeMap<_, _> = members.iter().map(|m| (m.user_id, m.open_tickets)).collect();
        give(strategy, &work, &mut members, count);
        for m in &members {
            let kept = m.open_tickets == before[&m.user_id];
            prop_assert!(kept || m.max_open_tickets.is_none_or(|max| m.open_tickets <= max));
        }
    }

    #[test]
    fn turns_are_shared_equally(count in 0_u32..60, size in 1_u128..8, work in works()) {
        let mut members: Vec<_> = (1..=size).map(member).collect();
        let got = give(Strategy::RoundRobin, &work, &mut members, count);
        let shares: Vec<u32> = members.iter().map(|m| got.get(&m.user_id).copied().unwrap_or(0)).collect();
        prop_assert!(shares.iter().max().zip(shares.iter().min()).is_some_and(|(most, least)| most - least <= 1));
    }

    #[test]
    fn the_least_loaded_level_out_and_then_differ_by_one_at_most(loads in proptest::collection::vec(0_u32..9, 1..8), work in works()) {
        let mut members: Vec<_> = loads.iter().zip(1..).map(|(open, n)| with(n, *open, 0, &[])).collect();
        give(Strategy::LeastLoaded, &work, &mut members, 9 * 8);
        let after = || members.iter().map(|m| m.open_tickets);
        prop_assert!(after().max().zip(after().min()).is_some_and(|(most, least)| most - least <= 1));
    }

    #[test]
    fn one_more_matched_skill_beats_any_load(members in teams(), work in works()) {
        if let Some(chosen) = choose(Strategy::SkillBased, &work, &members, None, NOW) {
            let key = |m: &Candidate| (Reverse(m.skills.matched(&work.wanted)), m.open_tickets);
            let best = members.iter().filter(|m| m.is_eligible(NOW)).map(key).min();
            let chosen = members.iter().find(|m| m.user_id == chosen).map(key);
            prop_assert_eq!(chosen, best);
        }
    }
}
