//! The fields of tickets that conditions can test.

use super::model::Type;
use crate::sla::simulation::Outcome;
use crate::tickets::model::{Kind, Level, Priority, ResolutionCode, Source, Status, vocabulary};

vocabulary! {
    /// What a test looks at.
    Field {
        /// Kind.
        Kind = "kind",
        /// Status.
        Status = "status",
        /// Priority.
        Priority = "priority",
        /// Impact.
        Impact = "impact",
        /// Urgency.
        Urgency = "urgency",
        /// Category.
        Category = "category",
        /// Subcategory.
        Subcategory = "subcategory",
        /// The team that looks after it.
        Team = "team",
        /// Who works on it.
        Assignee = "assignee",
        /// Who reported it.
        Requester = "requester",
        /// For whom, when not for the requester.
        RequestedFor = "requested_for",
        /// The requester's department.
        RequesterDepartment = "requester_department",
        /// The requester's site.
        RequesterSite = "requester_site",
        /// The requester's manager.
        RequesterManager = "requester_manager",
        /// Tags.
        Tags = "tags",
        /// How it came in.
        Source = "source",
        /// Title.
        Title = "title",
        /// Description.
        Description = "description",
        /// How it was resolved.
        ResolutionCode = "resolution_code",
        /// Whether it is a major incident.
        IsMajor = "is_major",
        /// How high it was escalated.
        EscalationLevel = "escalation_level",
        /// Times it was reopened.
        ReopenedCount = "reopened_count",
        /// Times it went from one team to another.
        ReassignmentCount = "reassignment_count",
        /// What came of the first answer that was promised to the customer.
        SlaResponse = "sla_response",
        /// What came of the resolution that was promised to the customer.
        SlaResolution = "sla_resolution",
        /// When it was reported.
        CreatedAt = "created_at",
        /// When it last changed.
        UpdatedAt = "updated_at",
        /// First public answer.
        FirstResponseAt = "first_response_at",
        /// When it was resolved.
        ResolvedAt = "resolved_at",
        /// When it was closed.
        ClosedAt = "closed_at",
    }
}

impl Field {
    /// The type of its values.
    #[must_use]
    pub const fn value_type(self) -> Type {
        match self {
            Self::Kind
            | Self::Status
            | Self::Priority
            | Self::Impact
            | Self::Urgency
            | Self::Source
            | Self::ResolutionCode
            | Self::SlaResponse
            | Self::SlaResolution => Type::Word,
            Self::Category | Self::Subcategory | Self::Title | Self::Description => Type::Text,
            Self::Tags => Type::Tags,
            Self::Team => Type::Team,
            Self::Assignee | Self::Requester | Self::RequestedFor | Self::RequesterManager => {
                Type::Person
            }
            Self::RequesterDepartment => Type::Department,
            Self::RequesterSite => Type::Site,
            Self::EscalationLevel | Self::ReopenedCount | Self::ReassignmentCount => Type::Number,
            Self::IsMajor => Type::Flag,
            Self::CreatedAt
            | Self::UpdatedAt
            | Self::FirstResponseAt
            | Self::ResolvedAt
            | Self::ClosedAt => Type::Instant,
        }
    }

    /// Whether a ticket can be without it.
    #[must_use]
    pub const fn can_be_empty(self) -> bool {
        matches!(
            self,
            Self::Category
                | Self::Subcategory
                | Self::Team
                | Self::Assignee
                | Self::RequestedFor
                | Self::RequesterDepartment
                | Self::RequesterSite
                | Self::RequesterManager
                | Self::Tags
                | Self::Description
                | Self::ResolutionCode
                | Self::SlaResponse
                | Self::SlaResolution
                | Self::FirstResponseAt
                | Self::ResolvedAt
                | Self::ClosedAt
        )
    }

    /// The words that a field of a fixed list can have; empty for all others.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Self::Kind => Kind::ALL.iter().map(|w| w.as_str()).collect(),
            Self::Status => Status::ALL.iter().map(|w| w.as_str()).collect(),
            Self::Priority => Priority::ALL.iter().map(|w| w.as_str()).collect(),
            Self::Impact | Self::Urgency => Level::ALL.iter().map(|w| w.as_str()).collect(),
            Self::Source => Source::ALL.iter().map(|w| w.as_str()).collect(),
            Self::ResolutionCode => ResolutionCode::ALL.iter().map(|w| w.as_str()).collect(),
            Self::SlaResponse | Self::SlaResolution => {
                Outcome::ALL.iter().map(|w| w.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// English name, as a sentence has it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Status => "status",
            Self::Priority => "priority",
            Self::Impact => "impact",
            Self::Urgency => "urgency",
            Self::Category => "category",
            Self::Subcategory => "subcategory",
            Self::Team => "team",
            Self::Assignee => "assignee",
            Self::Requester => "requester",
            Self::RequestedFor => "person it is for",
            Self::RequesterDepartment => "requester's department",
            Self::RequesterSite => "requester's site",
            Self::RequesterManager => "requester's manager",
            Self::Tags => "tags",
            Self::Source => "source",
            Self::Title => "title",
            Self::Description => "description",
            Self::ResolutionCode => "resolution",
            Self::IsMajor => "major incident",
            Self::EscalationLevel => "escalation level",
            Self::ReopenedCount => "times reopened",
            Self::ReassignmentCount => "times reassigned",
            Self::SlaResponse => "service level of the first answer",
            Self::SlaResolution => "service level of the resolution",
            Self::CreatedAt => "time of the report",
            Self::UpdatedAt => "time of the last change",
            Self::FirstResponseAt => "time of the first answer",
            Self::ResolvedAt => "time of the resolution",
            Self::ClosedAt => "time of closing",
        }
    }
}

/// A field of every ticket, or one that the organization defined.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldRef {
    /// A field of every ticket.
    Own(Field),
    /// A custom field, named `custom.<key>`.
    Custom {
        /// Its key.
        key: String,
        /// Type of its values.
        value_type: Type,
    },
}

impl FieldRef {
    /// The name in the stored form.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Own(field) => field.as_str().to_owned(),
            Self::Custom { key, .. } => format!("custom.{key}"),
        }
    }

    /// The type of its values.
    #[must_use]
    pub const fn value_type(&self) -> Type {
        match self {
            Self::Own(field) => field.value_type(),
            Self::Custom { value_type, .. } => *value_type,
        }
    }

    /// Whether a ticket can be without it.
    #[must_use]
    pub const fn can_be_empty(&self) -> bool {
        match self {
            Self::Own(field) => field.can_be_empty(),
            Self::Custom { .. } => true,
        }
    }
}
