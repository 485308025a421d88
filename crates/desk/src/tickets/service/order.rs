//! The order that a list's `sort` names, and its cursors.

use crate::tickets::store::{Column, Key, Keys, Mark, Order, Place};
use steward_db::time::from_db;
use steward_domain::tickets::model::Priority;
use steward_kernel::{Error, Instant, Result};
use steward_platform::http::page::Cursor;

const fn name(column: Column) -> &'static str {
    match column {
        Column::CreatedAt => "created_at",
        Column::UpdatedAt => "updated_at",
        Column::Number => "number",
        Column::Priority => "priority",
        Column::NextBreachAt => "next_breach_at",
    }
}

/// The order that `sort` names; newest first when it is left out.
pub(in crate::tickets) fn order(sort: Option<&str>) -> Result<Order> {
    let mut words = sort.unwrap_or("-created_at").splitn(2, ',');
    let order = Order {
        first: key_named(words.next().unwrap_or_default())?,
        second: words.next().map(key_named).transpose()?,
    };
    if order.is_bounded() {
        return Ok(order);
    }
    let hint = "two keys start with created_at, updated_at or number, or are priority,created_at; - in front of a key reverses it";
    Err(Error::field("sort", "unknown_value", hint))
}

fn key_named(text: &str) -> Result<Key> {
    let (word, is_descending) = text
        .strip_prefix('-')
        .map_or((text, false), |word| (word, true));
    let found = Column::ALL.into_iter().find(|column| name(*column) == word);
    let unknown = || {
        let hint = format!(
            "sort by one of {}, or by two with a comma between; - in front reverses it",
            Column::ALL.map(name).join(", ")
        );
        Error::field("sort", "unknown_value", hint)
    };
    found
        .map(|column| Key {
            column,
            is_descending,
        })
        .ok_or_else(unknown)
}

/// Where a row stands in an order.
pub(super) fn mark<'a>(order: Order, row: impl Into<Keys<'a>>) -> Mark {
    let row = row.into();
    let place = |key: Key| match key.column {
        Column::CreatedAt => Place::At(from_db(row.created_at)),
        Column::UpdatedAt => Place::At(from_db(row.updated_at)),
        Column::NextBreachAt => Place::At(from_db(row.next_breach_at)),
        Column::Number => Place::Number(row.number.to_owned()),
        Column::Priority => {
            let ranks = (0_u8..).zip(Priority::ALL);
            let lowest = ranks.clone().map(|(rank, _)| rank).max();
            let mut named = ranks.filter(|(_, p)| p.as_str() == row.priority);
            Place::Rank(named.next().map(|(rank, _)| rank).or(lowest).unwrap_or(0))
        }
    };
    Mark {
        first: place(order.first),
        second: order.second.map(place),
        id: row.id,
    }
}

/// The cursor that stands for a row.
pub(super) fn cursor(mark: &Mark) -> String {
    let text = |place: &Place| match place {
        Place::At(at) => at.as_microsecond().to_string(),
        Place::Number(number) => number.clone(),
        Place::Rank(rank) => rank.to_string(),
    };
    let mut key = text(&mark.first);
    if let Some(second) = &mark.second {
        key = format!("{key},{}", text(second));
    }
    Cursor { key, id: mark.id }.encode()
}

/// Reads a cursor of this order.
pub(super) fn mark_of(order: Order, text: &str) -> Result<Mark> {
    let cursor = Cursor::decode(text)?;
    let (first, second) = match cursor.key.split_once(',') {
        Some((first, second)) => (first, Some(second)),
        None => (cursor.key.as_str(), None),
    };
    let read = place_of(order.first, first).and_then(|first| {
        let second = match (order.second, second) {
            (Some(key), Some(text)) => Some(place_of(key, text)?),
            (None, None) => None,
            _ => return None,
        };
        Some(Mark {
            first,
            second,
            id: cursor.id,
        })
    });
    read.ok_or_else(|| {
        let hint =
            "this cursor belongs to another order; use next_cursor of an answer with the same sort";
        Error::field("cursor", "invalid", hint)
    })
}

fn place_of(key: Key, text: &str) -> Option<Place> {
    match key.column {
        Column::CreatedAt | Column::UpdatedAt | Column::NextBreachAt => {
            let at = Instant::from_microsecond(text.parse().ok()?).ok()?;
            Some(Place::At(at))
        }
        Column::Number => Some(Place::Number(text.to_owned())),
        Column::Priority => {
            let rank: u8 = text.parse().ok()?;
            (usize::from(rank) < Priority::ALL.len()).then_some(Place::Rank(rank))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_or_two_that_an_index_bounds_and_nothing_else() {
        for sort in [
            "created_at",
            "-priority",
            "-created_at,priority",
            "number,-updated_at",
            "-priority,created_at",
            "priority,-created_at",
        ] {
            assert!(order(Some(sort)).is_ok(), "{sort}");
        }
        for sort in [
            "",
            "-",
            "colour",
            "created_at,",
            ",created_at",
            "created_at,colour",
            "created_at,priority,number",
            "created_at, priority",
            "priority,number",
            "next_breach_at,priority",
        ] {
            assert!(order(Some(sort)).is_err(), "{sort}");
        }
    }

    #[test]
    fn a_cursor_of_another_order_is_refused() {
        let two = order(Some("-created_at,priority")).expect("an order");
        let one = order(Some("-created_at")).expect("an order");
        let at = Instant::from_microsecond(1_700_000_000_000_000).expect("an instant");
        let mut mark = Mark {
            first: Place::At(at),
            second: Some(Place::Rank(3)),
            id: uuid::Uuid::nil(),
        };
        let text = cursor(&mark);
        assert_eq!(mark_of(two, &text).expect("read"), mark);
        assert!(mark_of(one, &text).is_err());
        mark.second = Some(Place::Rank(4));
        assert!(mark_of(two, &cursor(&mark)).is_err(), "no such priority");
        mark.second = None;
        assert!(mark_of(two, &cursor(&mark)).is_err());
        assert_eq!(mark_of(one, &cursor(&mark)).expect("read"), mark);
    }
}
