//! Bounds of views and the columns they may show.

use steward_kernel::{Error, ErrorCode};

/// Most views that one person owns.
pub const MAX_PER_PERSON: i64 = 100;
/// Most filters of a view.
pub const MAX_FILTERS: usize = 30;
/// Longest value of a filter, in characters.
pub const MAX_VALUE: usize = 500;
/// Longest condition of the ticket list, in characters.
pub const MAX_CONDITION: usize = 4000;
/// Most columns of a view.
pub const MAX_COLUMNS: usize = 30;
/// Rows that a live count goes up to.
pub const MOST_COUNTED: u32 = 1000;
/// Greatest position.
pub const MAX_POSITION: i32 = 10_000;

/// Columns of the ticket list, besides custom fields (`cf_` and their key).
pub const COLUMNS: &[&str] = &[
    "number",
    "kind",
    "title",
    "status",
    "priority",
    "impact",
    "urgency",
    "requester",
    "requested_for",
    "assignee",
    "team",
    "category",
    "subcategory",
    "tags",
    "source",
    "parent",
    "created_at",
    "updated_at",
    "first_response_at",
    "resolved_at",
    "closed_at",
    "sla",
];

/// Query parameters of the ticket list that belong to a page, not to a view.
pub const NOT_FILTERS: &[&str] = &["page", "per_page", "cursor", "sort", "fields"];

/// A name has 1 to 100 characters that are not all blank.
///
/// # Errors
/// Names the field and the bound.
pub fn check_name(name: &str) -> Result<(), Error> {
    if name.trim().is_empty() || name.chars().count() > 100 {
        return Err(Error::field("name", "length", "write 1 to 100 characters"));
    }
    Ok(())
}

/// Columns are known, named once, and not too many.
///
/// # Errors
/// Names the first one that is wrong.
pub fn check_columns(columns: &[String]) -> Result<(), Error> {
    if columns.len() > MAX_COLUMNS {
        let message = format!("choose at most {MAX_COLUMNS} columns");
        return Err(Error::field("columns", "too_many", message));
    }
    for (at, column) in columns.iter().enumerate() {
        let is_known = COLUMNS.contains(&column.as_str())
            || column.strip_prefix("cf_").is_some_and(is_field_key);
        if !is_known {
            let message = format!("'{column}' is no column; known are {}", COLUMNS.join(", "));
            return Err(Error::field("columns", "unknown_value", message));
        }
        if columns.iter().take(at).any(|earlier| earlier == column) {
            let message = format!("'{column}' stands there twice");
            return Err(Error::field("columns", "duplicate", message));
        }
    }
    Ok(())
}

fn is_field_key(key: &str) -> bool {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !key.is_empty() && key.len() <= 64 && key.chars().all(word)
}

/// Filters have names and values of bounded length, and none belongs to a page.
///
/// # Errors
/// Names the filter.
pub fn check_filters<'a>(
    filters: impl ExactSizeIterator<Item = (&'a str, &'a str)>,
) -> Result<(), Error> {
    if filters.len() > MAX_FILTERS {
        let message = format!("use at most {MAX_FILTERS} filters");
        return Err(Error::field("filters", "too_many", message));
    }
    for (name, value) in filters {
        if NOT_FILTERS.contains(&name) {
            let message = "this belongs to a page of the list, not to a view";
            return Err(Error::field(
                format!("filters.{name}"),
                "unknown_field",
                message,
            ));
        }
        let most = if name == "condition" {
            MAX_CONDITION
        } else {
            MAX_VALUE
        };
        if value.is_empty() || value.chars().count() > most {
            let message = format!("write 1 to {most} characters");
            return Err(Error::field(format!("filters.{name}"), "length", message));
        }
    }
    Ok(())
}

/// Refuses more than [`MAX_PER_PERSON`] views.
///
/// # Errors
/// Says what to do.
pub fn check_room(views: i64) -> Result<(), Error> {
    if views >= MAX_PER_PERSON {
        let detail = format!("you have {views} views; delete some first");
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Result<(), Error> {
        let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        check_columns(&names)
    }

    #[test]
    fn columns_are_known_and_named_once() {
        assert!(columns(&["number", "title", "cf_room"]).is_ok());
        for wrong in [
            &["colour"][..],
            &["title", "title"],
            &["cf_"],
            &["cf_Room"],
            &["cf_a b"],
        ] {
            assert!(columns(wrong).is_err(), "{wrong:?}");
        }
        assert!(columns(&["x"; MAX_COLUMNS + 1]).is_err());
    }

    #[test]
    fn what_belongs_to_a_page_is_no_filter() {
        let check = |name, value| check_filters([(name, value)].into_iter());
        assert!(check("status", "open").is_ok());
        for name in NOT_FILTERS {
            let error = check(name, "1").expect_err(name);
            assert_eq!(error.errors[0].field, format!("filters.{name}"));
        }
        assert!(check("status", "").is_err());
        for (name, most) in [("search", MAX_VALUE), ("condition", MAX_CONDITION)] {
            let value = "x".repeat(most + 1);
            assert!(check_filters([(name, &value[1..])].into_iter()).is_ok());
            assert!(check_filters([(name, value.as_str())].into_iter()).is_err());
        }
    }

    #[test]
    fn the_bounds_hold() {
        assert!(check_name("x").is_ok() && check_name(" ").is_err());
        assert!(check_name(&"x".repeat(101)).is_err());
        assert!(check_room(MAX_PER_PERSON - 1).is_ok() && check_room(MAX_PER_PERSON).is_err());
    }
}
