//! A condition bound to who asks and when: few kinds of atoms, of which each
//! is evaluated here and written as SQL in the store of tickets.

use super::cel::Cel;
use super::fold::fold_text;
use super::model::{Condition, Field, FieldRef, Node, Operand, Operator, Quantifier, Test};
use jiff::SignedDuration;
use std::collections::BTreeMap;
use steward_kernel::Instant;
use steward_kernel::id::{TeamId, UserId};
use uuid::Uuid;

/// Who asks, and when.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The person who asks, if one does.
    pub me: Option<UserId>,
    /// Teams of that person.
    pub my_teams: &'a [TeamId],
    /// Now.
    pub now: Instant,
}

/// How two values that have an order compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// One thing to know about a ticket; false where the value is absent, except
/// for [`Atom::Empty`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Atom {
    /// The value is absent: none, an empty text, no tags.
    Empty,
    /// The text is one of these, letter by letter.
    Text(Vec<String>),
    /// The text contains this, whatever the case of letters.
    Contains(String),
    /// The text begins with this, whatever the case of letters.
    StartsWith(String),
    /// One of the tags is one of these.
    Tagged(Vec<String>),
    /// The reference is one of these; none of them when there are none.
    Id(Vec<Uuid>),
    /// The number compares so.
    Number(Order, i64),
    /// It is so.
    Flag(bool),
    /// The instant compares so.
    Instant(Order, Instant),
}

/// What a condition says of a ticket, without who asks and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// All are true.
    All(Vec<Self>),
    /// At least one is true.
    Any(Vec<Self>),
    /// It is false.
    Not(Box<Self>),
    /// One thing.
    Atom(FieldRef, Atom),
    /// What a text in CEL says at this instant. Only known in memory.
    Cel(Cel, Instant),
}

/// Binds a condition.
#[must_use]
pub fn bind(condition: &Condition, context: Context<'_>) -> Predicate {
    node(&condition.root, context)
}

fn node(part: &Node, context: Context<'_>) -> Predicate {
    match part {
        Node::Group(quantifier, parts) => {
            let parts = parts.iter().map(|part| node(part, context)).collect();
            match quantifier {
                Quantifier::All => Predicate::All(parts),
                Quantifier::Any => Predicate::Any(parts),
                Quantifier::None => not(Predicate::Any(parts)),
            }
        }
        Node::Test(test) => bound(test, context),
        Node::Cel(cel) => Predicate::Cel(cel.clone(), context.now),
    }
}

fn not(inner: Predicate) -> Predicate {
    Predicate::Not(Box::new(inner))
}

/// A test. Negations are the contrary of their positive form, so that of
/// every ticket exactly one of the two is true.
fn bound(test: &Test, context: Context<'_>) -> Predicate {
    let atom = |atom| Predicate::Atom(test.field.clone(), atom);
    let first = || match &test.operand {
        Operand::Texts(texts) => texts.first().cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let me = || Atom::Id(context.me.iter().map(|me| me.0).collect());
    let teams = || Atom::Id(context.my_teams.iter().map(|team| team.0).collect());
    match test.operator {
        Operator::IsEmpty => atom(Atom::Empty),
        Operator::IsNotEmpty => not(atom(Atom::Empty)),
        Operator::IsMe => atom(me()),
        Operator::IsNotMe => not(atom(me())),
        Operator::InMyTeams => atom(teams()),
        Operator::NotInMyTeams => not(atom(teams())),
        Operator::Contains if is_tags(test) => atom(equal(&test.operand, true)),
        Operator::NotContains if is_tags(test) => not(atom(equal(&test.operand, true))),
        Operator::ContainsAny => atom(equal(&test.operand, true)),
        Operator::ContainsAll => Predicate::All(each_tag(test)),
        Operator::Contains => atom(Atom::Contains(first())),
        Operator::NotContains => not(atom(Atom::Contains(first()))),
        Operator::StartsWith => atom(Atom::StartsWith(first())),
        Operator::Eq | Operator::In => atom(equal(&test.operand, false)),
        Operator::Ne | Operator::NotIn => not(atom(equal(&test.operand, false))),
        Operator::Lt => atom(ordered(&test.operand, Order::Less)),
        Operator::Lte => atom(ordered(&test.operand, Order::AtMost)),
        Operator::Gt => atom(ordered(&test.operand, Order::Greater)),
        Operator::Gte | Operator::After => atom(ordered(&test.operand, Order::AtLeast)),
        Operator::Before => atom(ordered(&test.operand, Order::Less)),
        Operator::WithinLast => Predicate::All(vec![
            atom(Atom::Instant(
                Order::AtLeast,
                ago(&test.operand, context.now),
            )),
            atom(Atom::Instant(Order::AtMost, context.now)),
        ]),
        Operator::OlderThan => atom(Atom::Instant(Order::Less, ago(&test.operand, context.now))),
    }
}

fn is_tags(test: &Test) -> bool {
    test.field.value_type() == super::model::Type::Tags
}

fn each_tag(test: &Test) -> Vec<Predicate> {
    let Operand::Texts(tags) = &test.operand else {
        return Vec::new();
    };
    let each = |tag: &String| Predicate::Atom(test.field.clone(), Atom::Tagged(vec![tag.clone()]));
    tags.iter().map(each).collect()
}

/// Equality with one of the operand's values.
fn equal(operand: &Operand, is_tags: bool) -> Atom {
    match operand {
        Operand::Texts(texts) if is_tags => Atom::Tagged(texts.clone()),
        Operand::Texts(texts) => Atom::Text(texts.clone()),
        Operand::Ids(ids) => Atom::Id(ids.clone()),
        Operand::Flag(flag) => Atom::Flag(*flag),
        Operand::Nothing | Operand::Number(_) | Operand::At(_) | Operand::Minutes(_) => {
            ordered(operand, Order::Equal)
        }
    }
}

fn ordered(operand: &Operand, order: Order) -> Atom {
    match operand {
        Operand::Number(number) => Atom::Number(order, *number),
        Operand::At(at) => Atom::Instant(order, *at),
        // The check lets no other operand through; nothing equals one.
        _ => Atom::Id(Vec::new()),
    }
}

fn ago(operand: &Operand, now: Instant) -> Instant {
    let minutes = match operand {
        Operand::Minutes(minutes) => *minutes,
        _ => 0,
    };
    let back = SignedDuration::from_mins(minutes);
    now.checked_sub(back).unwrap_or(Instant::UNIX_EPOCH)
}

/// A value of a ticket.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A word or text.
    Text(String),
    /// Tags.
    Texts(Vec<String>),
    /// A reference.
    Id(Uuid),
    /// A number.
    Number(i64),
    /// A number that may have a fraction.
    Decimal(f64),
    /// Yes or no.
    Flag(bool),
    /// An instant.
    Instant(Instant),
}

/// What conditions know of one ticket: its values; what is absent is left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts(BTreeMap<FieldRef, Fact>);

impl Facts {
    /// With a value of a field that every ticket has.
    #[must_use]
    pub fn with(mut self, field: Field, value: Option<Fact>) -> Self {
        self.set(FieldRef::Own(field), value);
        self
    }

    /// The value of a field; none where it is absent.
    #[must_use]
    pub fn get(&self, field: &FieldRef) -> Option<&Fact> {
        self.0.get(field)
    }

    /// Sets the value of a field, or takes it away.
    pub fn set(&mut self, field: FieldRef, value: Option<Fact>) {
        match value {
            Some(value) => self.0.insert(field, value),
            None => self.0.remove(&field),
        };
    }
}

impl Predicate {
    /// Whether it is true of a ticket.
    #[must_use]
    pub fn matches(&self, facts: &Facts) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.matches(facts)),
            Self::Any(parts) => parts.iter().any(|part| part.matches(facts)),
            Self::Not(part) => !part.matches(facts),
            Self::Atom(field, atom) => atom.holds(facts.get(field)),
            Self::Cel(cel, now) => cel.matches(facts, *now),
        }
    }

    /// Whether it holds CEL, which SQL cannot say.
    #[must_use]
    pub fn has_cel(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::has_cel),
            Self::Not(part) => part.has_cel(),
            Self::Atom(..) => false,
            Self::Cel(..) => true,
        }
    }

    /// One without CEL that is true of every ticket of which this one is, and
    /// maybe of more: to ask the database which tickets to look at.
    #[must_use]
    pub fn widened(&self) -> Self {
        self.settled(true)
    }

    /// With each CEL taken for what makes the whole `outcome`.
    fn settled(&self, outcome: bool) -> Self {
        let each = |parts: &[Self]| parts.iter().map(|part| part.settled(outcome)).collect();
        match self {
            Self::All(parts) => Self::All(each(parts)),
            Self::Any(parts) => Self::Any(each(parts)),
            Self::Not(part) => not(part.settled(!outcome)),
            Self::Atom(..) => self.clone(),
            Self::Cel(..) if outcome => Self::All(Vec::new()),
            Self::Cel(..) => Self::Any(Vec::new()),
        }
    }
}

impl Atom {
    fn holds(&self, value: Option<&Fact>) -> bool {
        match (self, value) {
            (Self::Empty, value) => match value {
                None => true,
                Some(Fact::Text(text)) => text.is_empty(),
                Some(Fact::Texts(texts)) => texts.is_empty(),
                Some(_) => false,
            },
            (Self::Text(known), Some(Fact::Text(text))) => known.contains(text),
            (Self::Contains(part), Some(Fact::Text(text))) => {
                fold_text(text).contains(&fold_text(part))
            }
            (Self::StartsWith(start), Some(Fact::Text(text))) => {
                fold_text(text).starts_with(&fold_text(start))
            }
            (Self::Tagged(known), Some(Fact::Texts(tags))) => {
                tags.iter().any(|tag| known.contains(tag))
            }
            (Self::Id(known), Some(Fact::Id(id))) => known.contains(id),
            (Self::Number(order, bound), Some(Fact::Number(number))) => order.holds(number, bound),
            (Self::Number(order, bound), Some(Fact::Decimal(number))) => {
                i32::try_from(*bound).is_ok_and(|bound| order.holds(number, &f64::from(bound)))
            }
            (Self::Flag(flag), Some(Fact::Flag(is))) => flag == is,
            (Self::Instant(order, bound), Some(Fact::Instant(at))) => order.holds(at, bound),
            _ => false,
        }
    }
}

impl Order {
    fn holds<T: PartialOrd>(self, value: &T, bound: &T) -> bool {
        match self {
            Self::Equal => value == bound,
            Self::Less => value < bound,
            Self::AtMost => value <= bound,
            Self::Greater => value > bound,
            Self::AtLeast => value >= bound,
        }
    }
}
