//! Types of conditions that cannot be wrong.

pub use super::field::{Field, FieldRef};

use super::cel::Cel;
use crate::tickets::model::vocabulary;
use serde_json::{Map, Value, json};
use steward_kernel::Instant;
use uuid::Uuid;

/// The version of the stored form that this code writes.
pub const VERSION: i64 = 1;
/// Deepest nesting of groups; the outermost is the first.
pub const MAX_DEPTH: usize = 8;
/// Most tests of one condition.
pub const MAX_TESTS: usize = 100;
/// Most parts in CEL of one condition.
pub const MAX_CEL: usize = 5;
/// Most groups of one condition.
pub const MAX_GROUPS: usize = 100;
/// Most values in one list.
pub const MAX_LIST: usize = 100;
/// Longest text, in characters.
pub const MAX_TEXT: usize = 500;
/// Longest time back, in minutes: ten years.
pub const MAX_MINUTES: i64 = 10 * 366 * 24 * 60;
/// Greatest number that a test compares with; it fits an `i32`.
pub const MAX_NUMBER: i64 = 1_000_000_000;

vocabulary! {
    /// What the values of a field are.
    Type {
        /// A word of a fixed list.
        Word = "word",
        /// A text.
        Text = "text",
        /// A list of short texts.
        Tags = "tags",
        /// A person.
        Person = "person",
        /// A team.
        Team = "team",
        /// A department.
        Department = "department",
        /// A site.
        Site = "site",
        /// A whole number.
        Number = "number",
        /// Yes or no.
        Flag = "flag",
        /// An instant.
        Instant = "instant",
    }
}

vocabulary! {
    /// How a test compares.
    Operator {
        /// Is this value.
        Eq = "eq",
        /// Is not this value.
        Ne = "ne",
        /// Is one of these.
        In = "in",
        /// Is none of these.
        NotIn = "not_in",
        /// Contains this text (ignoring case), or holds this tag.
        Contains = "contains",
        /// The contrary.
        NotContains = "not_contains",
        /// Begins with this text, ignoring case.
        StartsWith = "starts_with",
        /// Holds at least one of these tags.
        ContainsAny = "contains_any",
        /// Holds all of these tags.
        ContainsAll = "contains_all",
        /// There is none.
        IsEmpty = "is_empty",
        /// There is one.
        IsNotEmpty = "is_not_empty",
        /// Less than.
        Lt = "lt",
        /// Less or equal.
        Lte = "lte",
        /// Greater than.
        Gt = "gt",
        /// Greater or equal.
        Gte = "gte",
        /// Before this instant.
        Before = "before",
        /// At this instant or later.
        After = "after",
        /// At most so long ago.
        WithinLast = "within_last",
        /// Longer ago than this.
        OlderThan = "older_than",
        /// Is the person who asks.
        IsMe = "is_me",
        /// Is not the person who asks.
        IsNotMe = "is_not_me",
        /// Is one of the teams of the person who asks.
        InMyTeams = "in_my_teams",
        /// Is none of them.
        NotInMyTeams = "not_in_my_teams",
    }
}

vocabulary! {
    /// What an operator takes as value.
    Takes {
        /// No value.
        Nothing = "nothing",
        /// One value of the field's type.
        One = "one",
        /// A list of values of the field's type.
        List = "list",
        /// A length of time such as `30m`, `12h`, `7d`.
        Duration = "duration",
    }
}

impl Operator {
    /// What stands in `value`.
    #[must_use]
    pub const fn takes(self) -> Takes {
        match self {
            Self::IsEmpty
            | Self::IsNotEmpty
            | Self::IsMe
            | Self::IsNotMe
            | Self::InMyTeams
            | Self::NotInMyTeams => Takes::Nothing,
            Self::In | Self::NotIn | Self::ContainsAny | Self::ContainsAll => Takes::List,
            Self::WithinLast | Self::OlderThan => Takes::Duration,
            _ => Takes::One,
        }
    }

    /// Whether it only has a meaning when somebody asks.
    #[must_use]
    pub const fn needs_actor(self) -> bool {
        matches!(
            self,
            Self::IsMe | Self::IsNotMe | Self::InMyTeams | Self::NotInMyTeams
        )
    }
}

impl Type {
    /// Operators of a field of this type; those for an absent value only
    /// where the value can be absent.
    #[must_use]
    pub fn operators(self, can_be_empty: bool) -> Vec<Operator> {
        use Operator::{
            After, Before, Contains, ContainsAll, ContainsAny, Eq, Gt, Gte, In, InMyTeams, IsEmpty,
            IsMe, IsNotEmpty, IsNotMe, Lt, Lte, Ne, NotContains, NotIn, NotInMyTeams, OlderThan,
            StartsWith, WithinLast,
        };
        let own: &[Operator] = match self {
            Self::Word | Self::Department | Self::Site => &[Eq, Ne, In, NotIn],
            Self::Text => &[Contains, NotContains, StartsWith, Eq, Ne, In, NotIn],
            Self::Tags => &[Contains, NotContains, ContainsAny, ContainsAll],
            Self::Person => &[Eq, Ne, In, NotIn, IsMe, IsNotMe],
            Self::Team => &[Eq, Ne, In, NotIn, InMyTeams, NotInMyTeams],
            Self::Number => &[Eq, Ne, Lt, Lte, Gt, Gte],
            Self::Flag => &[Eq, Ne],
            Self::Instant => &[WithinLast, OlderThan, Before, After],
        };
        let empty: &[Operator] = if can_be_empty {
            &[IsEmpty, IsNotEmpty]
        } else {
            &[]
        };
        own.iter().chain(empty).copied().collect()
    }
}

/// How the parts of a group count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// All are true.
    All,
    /// At least one is true.
    Any,
    /// None is true.
    None,
}

impl Quantifier {
    /// Every one, with its key in the stored form.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("all", Self::All), ("any", Self::Any), ("none", Self::None)];

    /// The key in the stored form.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
        }
    }
}

/// What a test compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// Nothing.
    Nothing,
    /// Words, texts or tags; one where the operator takes one.
    Texts(Vec<String>),
    /// People, teams, departments or sites; one where the operator takes one.
    Ids(Vec<Uuid>),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// An instant.
    At(Instant),
    /// So many minutes.
    Minutes(i64),
}

/// A comparison of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// What is looked at.
    pub field: FieldRef,
    /// How it is compared.
    pub operator: Operator,
    /// With what.
    pub operand: Operand,
}

/// A group, a test or a text in CEL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Parts under a quantifier.
    Group(Quantifier, Vec<Self>),
    /// A test.
    Test(Test),
    /// A text in CEL.
    Cel(Cel),
}

/// A checked condition. Its root is a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The outermost group.
    pub root: Node,
}

impl Condition {
    /// True of every ticket.
    #[must_use]
    pub const fn always() -> Self {
        Self {
            root: Node::Group(Quantifier::All, Vec::new()),
        }
    }

    /// The stored form.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut form = self.root.to_json();
        if let Some(form) = form.as_object_mut() {
            form.insert("version".to_owned(), VERSION.into());
        }
        form
    }

    /// Every test from left to right, with its place (JSON Pointer).
    #[must_use]
    pub fn tests(&self) -> Vec<(String, &Test)> {
        let leaves = self.leaves().into_iter();
        let tests = leaves.filter_map(|(at, node)| match node {
            Node::Test(test) => Some((at, test)),
            _ => None,
        });
        tests.collect()
    }

    /// Every text in CEL from left to right, with its place (JSON Pointer).
    #[must_use]
    pub fn cels(&self) -> Vec<(String, &Cel)> {
        let leaves = self.leaves().into_iter();
        let cels = leaves.filter_map(|(at, node)| match node {
            Node::Cel(cel) => Some((format!("{at}/cel"), cel)),
            _ => None,
        });
        cels.collect()
    }

    fn leaves(&self) -> Vec<(String, &Node)> {
        let mut leaves = Vec::new();
        self.root.walk("", &mut leaves);
        leaves
    }
}

impl Node {
    fn walk<'a>(&'a self, at: &str, to: &mut Vec<(String, &'a Self)>) {
        match self {
            Self::Group(quantifier, parts) => {
                for (i, part) in parts.iter().enumerate() {
                    part.walk(&format!("{at}/{}/{i}", quantifier.key()), to);
                }
            }
            Self::Test(_) | Self::Cel(_) => to.push((at.to_owned(), self)),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Group(quantifier, parts) => {
                let parts: Vec<Value> = parts.iter().map(Self::to_json).collect();
                json!({ quantifier.key(): parts })
            }
            Self::Test(test) => test.to_json(),
            Self::Cel(cel) => json!({ "cel": cel.text() }),
        }
    }
}

impl Test {
    fn to_json(&self) -> Value {
        let mut form = Map::new();
        form.insert("field".to_owned(), self.field.name().into());
        form.insert("op".to_owned(), self.operator.as_str().into());
        let is_list = self.operator.takes() == Takes::List;
        let value = match &self.operand {
            Operand::Nothing => None,
            Operand::Texts(texts) if is_list => Some(json!(texts)),
            Operand::Ids(ids) if is_list => Some(json!(ids)),
            Operand::Texts(texts) => texts.first().map(|text| json!(text)),
            Operand::Ids(ids) => ids.first().map(|id| json!(id)),
            Operand::Number(number) => Some(json!(number)),
            Operand::Flag(flag) => Some(json!(flag)),
            Operand::At(at) => Some(json!(at.to_string())),
            Operand::Minutes(minutes) => Some(json!(duration(*minutes))),
        };
        if let Some(value) = value {
            form.insert("value".to_owned(), value);
        }
        Value::Object(form)
    }
}

/// `7d`, `12h` or `30m`: the longest unit that has no rest.
#[must_use]
pub fn duration(minutes: i64) -> String {
    if minutes % (24 * 60) == 0 {
        format!("{}d", minutes / (24 * 60))
    } else if minutes % 60 == 0 {
        format!("{}h", minutes / 60)
    } else {
        format!("{minutes}m")
    }
}
