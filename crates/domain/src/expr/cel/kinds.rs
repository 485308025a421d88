//! What the parts of a text are, and how much each can hold at most.

use super::eval::MAX_ITEMS;
use crate::expr::model::{Field, FieldRef, Type};

/// Longest description, and the longest other text, in characters.
const LONG: u64 = 100_000;
const SHORT: u64 = 5_000;
/// Most tags of a ticket.
const MAX_TAGS: u64 = 50;

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    Int,
    Double,
    Text,
    Instant,
    Span,
    List(Box<Kind>),
    /// Element of a list that holds nothing.
    Nothing,
    /// The ticket, and its custom fields: only a name can follow.
    Ticket,
    Custom,
}

impl Kind {
    pub(super) fn said(&self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Int => "a whole number",
            Self::Double => "a number with a fraction",
            Self::Text => "a text",
            Self::Instant => "an instant",
            Self::Span => "a length of time",
            Self::List(_) => "a list",
            Self::Nothing => "nothing",
            Self::Ticket => "the whole ticket",
            Self::Custom => "all custom fields",
        }
    }

    /// Whether values of the two can be compared; numbers of both kinds can.
    pub(super) fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Int | Self::Double, Self::Int | Self::Double) => true,
            (Self::List(a), Self::List(b)) => a.fits(b),
            (Self::Nothing, _) | (_, Self::Nothing) => true,
            (Self::Ticket | Self::Custom, _) => false,
            (a, b) => a == b,
        }
    }
}

/// What is known of a part.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) kind: Kind,
    /// Work to evaluate it.
    pub(super) cost: u64,
    /// Most characters of a text, or of each text of a list.
    pub(super) chars: u64,
    /// Most values of a list.
    pub(super) items: u64,
    /// The field that it is.
    pub(super) field: Option<FieldRef>,
}

impl Seen {
    pub(super) const fn new(kind: Kind, cost: u64) -> Self {
        Self {
            kind,
            cost,
            chars: 0,
            items: 0,
            field: None,
        }
    }
}

/// What a field is, and how much it can hold.
pub(super) fn of_field(field: FieldRef) -> Seen {
    let (kind, chars, items) = match field.value_type() {
        Type::Word | Type::Person | Type::Team | Type::Department | Type::Site => {
            (Kind::Text, 64, 0)
        }
        Type::Text if field == FieldRef::Own(Field::Description) => (Kind::Text, LONG, 0),
        Type::Text => (Kind::Text, SHORT, 0),
        Type::Tags => {
            let most = match field {
                FieldRef::Own(_) => MAX_TAGS,
                FieldRef::Custom { .. } => u64::try_from(MAX_ITEMS).unwrap_or(u64::MAX),
            };
            (Kind::List(Box::new(Kind::Text)), 100, most)
        }
        Type::Number if matches!(field, FieldRef::Own(_)) => (Kind::Int, 0, 0),
        Type::Number => (Kind::Double, 0, 0),
        Type::Flag => (Kind::Bool, 0, 0),
        Type::Instant => (Kind::Instant, 0, 0),
    };
    Seen {
        chars,
        items,
        field: Some(field),
        ..Seen::new(kind, 3)
    }
}
