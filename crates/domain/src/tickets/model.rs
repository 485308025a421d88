//! Types of tickets that cannot be wrong.

/// A text that is no word of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a known value")]
pub struct UnknownWord(pub String);

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in database, API and code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::tickets::model::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err($crate::tickets::model::UnknownWord(text.to_owned())) }
            }
        }
    };
}

pub(crate) use vocabulary;

vocabulary! {
    /// Kinds of tickets.
    Kind {
        /// An unplanned interruption or loss of quality of a service.
        Incident = "incident",
        /// A request for something that is part of normal delivery.
        ServiceRequest = "service_request",
        /// A cause of incidents.
        Problem = "problem",
        /// An addition, change or removal that could affect services.
        Change = "change",
        /// A child work item of any of them.
        Task = "task",
    }
}

vocabulary! {
    /// What a list of tickets can be grouped by.
    GroupField {
        /// The status.
        Status = "status",
        /// The priority.
        Priority = "priority",
        /// The person who works on it.
        Assignee = "assignee",
        /// The team that looks after it.
        Team = "team",
    }
}

vocabulary! {
    /// States of an incident.
    Status {
        /// Reported.
        New = "new",
        /// Someone was given it.
        Assigned = "assigned",
        /// Someone works on it.
        InProgress = "in_progress",
        /// It waits for something outside.
        OnHold = "on_hold",
        /// Service is restored.
        Resolved = "resolved",
        /// Confirmed or expired.
        Closed = "closed",
        /// Not needed any more.
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// Order of work.
    Priority {
        /// First.
        Critical = "critical",
        /// Second.
        High = "high",
        /// Third.
        Medium = "medium",
        /// Last.
        Low = "low",
    }
}

vocabulary! {
    /// Impact or urgency.
    Level {
        /// High.
        High = "high",
        /// Medium.
        Medium = "medium",
        /// Low.
        Low = "low",
    }
}

vocabulary! {
    /// How a ticket came in.
    Source {
        /// The requester's portal.
        Portal = "portal",
        /// E-mail.
        Email = "email",
        /// A call.
        Phone = "phone",
        /// The API.
        Api = "api",
        /// A monitoring system.
        Monitoring = "monitoring",
        /// A chat.
        Chat = "chat",
    }
}

vocabulary! {
    /// How an incident was resolved.
    ResolutionCode {
        /// The cause is gone.
        Solved = "solved",
        /// A way around it was given.
        Workaround = "workaround",
        /// Another ticket has it.
        Duplicate = "duplicate",
        /// It could not be seen again.
        NotReproducible = "not_reproducible",
        /// Nothing was wrong.
        NoFault = "no_fault",
        /// The requester took it back.
        Withdrawn = "withdrawn",
    }
}

impl Status {
    /// Whether work is still to be done: neither resolved nor over.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Resolved | Self::Closed | Self::Cancelled)
    }
}

vocabulary! {
    /// How two tickets belong together; read from the first to the second.
    LinkKind {
        /// The first says the same as the second.
        Duplicates = "duplicates",
        /// They have to do with each other.
        RelatesTo = "relates_to",
        /// The second is the cause of the first.
        CausedBy = "caused_by",
        /// The second waits for the first.
        Blocks = "blocks",
    }
}

impl Kind {
    /// First part of the number.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Incident => "INC",
            Self::ServiceRequest => "REQ",
            Self::Problem => "PRB",
            Self::Change => "CHG",
            Self::Task => "TSK",
        }
    }
}

/// `INC-000042`: six digits at least.
#[must_use]
pub fn format_number(kind: Kind, number: i64) -> String {
    format!("{}-{number:06}", kind.prefix())
}

/// Reads [`format_number`]'s text, in any case and with any number of zeros.
#[must_use]
pub fn parse_number(text: &str) -> Option<(Kind, i64)> {
    let (prefix, digits) = text.split_once('-')?;
    let kind = Kind::ALL
        .iter()
        .copied()
        .find(|k| k.prefix().eq_ignore_ascii_case(prefix))?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|n| *n > 0).map(|n| (kind, n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_as_they_were_written() {
        for kind in Kind::ALL {
            for n in [1, 42, 999_999, 1_000_000, i64::MAX] {
                assert_eq!(parse_number(&format_number(*kind, n)), Some((*kind, n)));
            }
        }
        assert_eq!(format_number(Kind::Incident, 42), "INC-000042");
        assert_eq!(parse_number("inc-42"), Some((Kind::Incident, 42)));
        for text in [
            "",
            "INC",
            "INC-",
            "INC-x",
            "XYZ-1",
            "INC-0",
            "INC--1",
            "INC-99999999999999999999",
        ] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
