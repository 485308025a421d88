//! Which mails are made of what waits for one person, and which messages of
//! what waits for one place.

use super::preferences::Pace;
use std::collections::{BTreeMap, BTreeSet};
use steward_kernel::Instant;
use uuid::Uuid;

/// Something that waits to be told by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its delivery.
    pub id: Uuid,
    /// The ticket it is about.
    pub ticket_id: Uuid,
    /// How the person wants it.
    pub pace: Pace,
    /// Not before this instant.
    pub due_at: Instant,
}

/// One mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The ticket, when the mail is about one only.
    pub ticket_id: Option<Uuid>,
    /// The deliveries, in the order in which they were given.
    pub ids: Vec<Uuid>,
}

/// The mails that are due now. What is wanted soon goes together with all that
/// waits about its ticket; hourly and daily mails hold what is due of all tickets.
#[must_use]
pub fn bundles(waiting: &[Waiting], now: Instant) -> Vec<Bundle> {
    let is_due = |w: &&Waiting| w.due_at <= now;
    let soon = || waiting.iter().filter(|w| w.pace == Pace::Soon);
    let tickets: BTreeSet<Uuid> = soon().filter(is_due).map(|w| w.ticket_id).collect();
    let mut by_ticket: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for one in soon().filter(|w| tickets.contains(&w.ticket_id)) {
        by_ticket.entry(one.ticket_id).or_default().push(one.id);
    }
    let mut bundles: Vec<Bundle> = by_ticket
        .into_iter()
        .map(|(ticket, ids)| Bundle {
            ticket_id: Some(ticket),
            ids,
        })
        .collect();
    for pace in [Pace::Hourly, Pace::Daily] {
        let due = waiting.iter().filter(|w| w.pace == pace).filter(is_due);
        let ids: Vec<Uuid> = due.map(|w| w.id).collect();
        if !ids.is_empty() {
            bundles.push(Bundle {
                ticket_id: None,
                ids,
            });
        }
    }
    bundles
}

/// Most things that one message says.
pub const MOST_IN_MESSAGE: usize = 20;

/// Splits what waits about one ticket for one place into messages: in order,
/// each with as much as `fits`. What does not fit even alone has its own.
pub fn parcels<T>(items: Vec<T>, fits: impl Fn(&[T]) -> bool) -> Vec<Vec<T>> {
    let mut parcels: Vec<Vec<T>> = Vec::new();
    let mut open: Vec<T> = Vec::new();
    for item in items {
        open.push(item);
        if open.len() > 1
            && (open.len() > MOST_IN_MESSAGE || !fits(&open))
            && let Some(last) = open.pop()
        {
            parcels.push(std::mem::replace(&mut open, vec![last]));
        }
    }
    if !open.is_empty() {
        parcels.push(open);
    }
    parcels
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn waiting(id: u128, ticket: u128, pace: Pace, due: i64) -> Waiting {
        Waiting {
            id: Uuid::from_u128(id),
            ticket_id: Uuid::from_u128(ticket),
            pace,
            due_at: Instant::from_second(due).expect("an instant"),
        }
    }

    #[test]
    fn what_belongs_together_is_one_mail() {
        let all = [
            waiting(1, 7, Pace::Soon, 10),
            waiting(2, 8, Pace::Soon, 10),
            waiting(3, 7, Pace::Soon, 99),
            waiting(4, 9, Pace::Soon, 99),
            waiting(5, 7, Pace::Daily, 10),
            waiting(6, 9, Pace::Daily, 10),
            waiting(7, 9, Pace::Hourly, 99),
        ];
        let now = Instant::from_second(10).expect("an instant");
        let found: Vec<Vec<u128>> = bundles(&all, now)
            .into_iter()
            .map(|b| b.ids.iter().map(Uuid::as_u128).collect())
            .collect();
        assert_eq!(found, [vec![1, 3], vec![2], vec![5, 6]]);
    }

    proptest! {
        #[test]
        fn everything_due_is_in_exactly_one_mail(
            rows in prop::collection::vec((1_u128..4, 0_usize..3, 0_i64..20), 0..40)
        ) {
            let paces = [Pace::Soon, Pace::Hourly, Pace::Daily];
            let all: Vec<Waiting> = (0_u128..).zip(&rows)
                .map(|(id, (ticket, pace, due))| waiting(id, *ticket, paces[*pace], *due))
                .collect();
            let now = Instant::from_second(10).expect("an instant");
            let mut sent: Vec<Uuid> = bundles(&all, now).into_iter().flat_map(|b| b.ids).collect();
            let count = sent.len();
            sent.sort();
            sent.dedup();
            prop_assert_eq!(sent.len(), count);
            for one in all.iter().filter(|w| w.due_at <= now) {
                prop_assert!(sent.contains(&one.id));
            }
        }

        #[test]
        fn messages_hold_everything_in_order_and_no_more_than_fits(
            sizes in prop::collection::vec(1_usize..30, 0..60)
        ) {
            let fits = |items: &[usize]| items.iter().sum::<usize>() <= 40;
            let found = parcels(sizes.clone(), fits);
            for (parcel, next) in found.iter().zip(found.iter().skip(1)) {
                let mut more = parcel.clone();
                more.extend(next.first());
                prop_assert!(!fits(&more) || parcel.len() == MOST_IN_MESSAGE, "{:?}", found);
            }
            for parcel in &found {
                prop_assert!(fits(parcel) && (1..=MOST_IN_MESSAGE).contains(&parcel.len()), "{:?}", parcel);
            }
            prop_assert_eq!(found.concat(), sizes);
        }

        #[test]
        fn what_never_fits_has_a_message_of_its_own(count in 0_usize..9) {
            let found = parcels(vec![0; count], |_| false);
            prop_assert_eq!(found, vec![vec![0]; count]);
        }
    }
}
