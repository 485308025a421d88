//! What a draft belongs to, and its bounds.

use std::time::Duration;
use steward_kernel::{Error, ErrorCode, Instant};
use uuid::Uuid;

/// Largest content, in bytes of JSON.
pub const MAX_BYTES: usize = 64 * 1024;
/// Most drafts of one person.
pub const MAX_PER_PERSON: i64 = 200;
/// A draft that nobody touched for so long is thrown away.
pub const KEPT: Duration = Duration::from_secs(90 * 24 * 3600);

/// What a draft belongs to. A person has one draft per context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Context {
    /// An incident that is being reported.
    NewIncident,
    /// A public comment on a ticket, which is named by id or number.
    Reply(String),
    /// An internal comment on a ticket.
    Internal(String),
}

impl Context {
    /// Reads `new_incident`, `reply:TICKET` or `internal:TICKET`.
    ///
    /// # Errors
    /// Not found: no draft can have another address.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = match text.split_once(':') {
            None if text == "new_incident" => Some(Self::NewIncident),
            Some((_, "")) => None,
            Some(("reply", ticket)) => Some(Self::Reply(ticket.to_owned())),
            Some(("internal", ticket)) => Some(Self::Internal(ticket.to_owned())),
            _ => None,
        };
        read.ok_or_else(|| {
            let detail = "a draft is called new_incident, reply:TICKET or internal:TICKET";
            Error::new(ErrorCode::ResourceNotFound, detail)
        })
    }

    /// The ticket's id or number.
    #[must_use]
    pub fn ticket(&self) -> Option<&str> {
        match self {
            Self::NewIncident => None,
            Self::Reply(ticket) | Self::Internal(ticket) => Some(ticket),
        }
    }

    /// The one form under which the draft is kept: with the ticket's id.
    #[must_use]
    pub fn canonical(&self, ticket: Option<Uuid>) -> String {
        let word = match self {
            Self::NewIncident => "new_incident",
            Self::Reply(_) => "reply",
            Self::Internal(_) => "internal",
        };
        ticket.map_or_else(|| word.to_owned(), |id| format!("{word}:{id}"))
    }
}

/// Version of a new draft. It starts at the time of creation, so that a tab
/// that remembers a draft thrown away never takes its successor for it.
#[must_use]
pub fn first_version(now: Instant) -> i64 {
    now.as_microsecond()
}

/// Refuses a content of more than [`MAX_BYTES`].
///
/// # Errors
/// Names the bound.
pub fn check_size(bytes: usize) -> Result<(), Error> {
    if bytes > MAX_BYTES {
        let message = format!("a draft may have {MAX_BYTES} bytes, this one has {bytes}");
        return Err(Error::field("content", "too_long", message));
    }
    Ok(())
}

/// Refuses more than [`MAX_PER_PERSON`] drafts.
///
/// # Errors
/// Says what to do.
pub fn check_room(drafts: i64) -> Result<(), Error> {
    if drafts >= MAX_PER_PERSON {
        let detail = format!("you have {drafts} drafts; send or discard some first");
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_read_back_in_their_canonical_form() {
        let id = Uuid::from_u128(7);
        let cases = [
            ("new_incident", None, "new_incident".to_owned()),
            ("reply:INC-000001", Some(id), format!("reply:{id}")),
            ("internal:inc-1", Some(id), format!("internal:{id}")),
        ];
        for (text, ticket, expected) in cases {
            let context = Context::parse(text).expect(text);
            assert_eq!(context.ticket().is_some(), ticket.is_some());
            let canonical = context.canonical(ticket);
            assert_eq!(canonical, expected);
            assert!(Context::parse(&canonical).is_ok());
        }
        for text in [
            "",
            "reply",
            "reply:",
            "new_incident:x",
            "note:INC-000001",
            ":",
        ] {
            assert!(Context::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_bounds_hold() {
        assert!(check_size(MAX_BYTES).is_ok() && check_size(MAX_BYTES + 1).is_err());
        assert!(check_room(MAX_PER_PERSON - 1).is_ok() && check_room(MAX_PER_PERSON).is_err());
    }
}
