//! A condition in plain English, for screens and explanations.

use super::fields::Fields;
use super::model::{
    Condition, FieldRef, Node, Operand, Operator, Quantifier, Test, Type, duration,
};
use uuid::Uuid;

/// Words for the condition. `name` knows people, teams, departments and sites.
#[must_use]
pub fn sentence(
    condition: &Condition,
    fields: &Fields,
    name: &dyn Fn(Type, Uuid) -> Option<String>,
) -> String {
    let speaker = Speaker { fields, name };
    match &condition.root {
        Node::Group(Quantifier::All, parts) if parts.is_empty() => "Every ticket".to_owned(),
        root => capital(&speaker.node(root, true)),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + chars.as_str()
    })
}

struct Speaker<'a> {
    fields: &'a Fields,
    name: &'a dyn Fn(Type, Uuid) -> Option<String>,
}

impl Speaker<'_> {
    fn node(&self, node: &Node, is_outermost: bool) -> String {
        match node {
            Node::Test(test) => self.test(test),
            Node::Cel(cel) => {
                let words: Vec<&str> = cel.text().split_whitespace().collect();
                format!("the expression “{}” is true", words.join(" "))
            }
            Node::Group(quantifier, parts) => {
                let said: Vec<String> = parts.iter().map(|part| self.node(part, false)).collect();
                let is_single = said.len() == 1;
                let text = match quantifier {
                    Quantifier::All => said.join(" and "),
                    Quantifier::Any => said.join(" or "),
                    Quantifier::None => format!(
                        "it is not so that {}",
                        bracketed(&said.join(" or "), is_single)
                    ),
                };
                let is_bare = is_outermost || is_single || *quantifier == Quantifier::None;
                bracketed(&text, is_bare)
            }
        }
    }

    fn test(&self, test: &Test) -> String {
        let field = self.fields.label(&test.field);
        let is_plural = test.field.value_type() == Type::Tags || field.starts_with("times ");
        let is = if is_plural { "are" } else { "is" };
        let values = || self.values(test);
        match test.operator {
            Operator::Eq | Operator::In => self.equality(test, &field, is),
            Operator::Ne | Operator::NotIn => self.equality(test, &field, &format!("{is} not")),
            Operator::Contains if is_plural => format!("{field} include {}", values()),
            Operator::NotContains if is_plural => format!("{field} do not include {}", values()),
            Operator::ContainsAny => format!("{field} include {}", values()),
            Operator::ContainsAll => format!("{field} include all of {}", values()),
            Operator::Contains => format!("{field} contains {}", values()),
            Operator::NotContains => format!("{field} does not contain {}", values()),
            Operator::StartsWith => format!("{field} begins with {}", values()),
            Operator::IsEmpty => format!("{field} {is} empty"),
            Operator::IsNotEmpty => format!("{field} {is} not empty"),
            Operator::Lt => format!("{field} {is} less than {}", values()),
            Operator::Lte => format!("{field} {is} at most {}", values()),
            Operator::Gt => format!("{field} {is} more than {}", values()),
            Operator::Gte => format!("{field} {is} at least {}", values()),
            Operator::Before => format!("{field} is before {}", values()),
            Operator::After => format!("{field} is {} or later", values()),
            Operator::WithinLast => format!("{field} is within the last {}", values()),
            Operator::OlderThan => format!("{field} is more than {} ago", values()),
            Operator::IsMe => format!("{field} is me"),
            Operator::IsNotMe => format!("{field} is not me"),
            Operator::InMyTeams => format!("{field} is one of my teams"),
            Operator::NotInMyTeams => format!("{field} is none of my teams"),
        }
    }

    fn equality(&self, test: &Test, field: &str, is: &str) -> String {
        match test.operand {
            Operand::Flag(flag) => {
                let is_yes = flag == (test.operator == Operator::Eq);
                let article = if matches!(test.field, FieldRef::Own(_)) {
                    "a "
                } else {
                    ""
                };
                let verb = if is_yes { "is" } else { "is not" };
                format!("it {verb} {article}{field}")
            }
            _ => format!("{field} {is} {}", self.values(test)),
        }
    }

    /// `a`, `a or b`, `a, b or c`.
    fn values(&self, test: &Test) -> String {
        let kind = test.field.value_type();
        let said: Vec<String> = match &test.operand {
            Operand::Nothing => Vec::new(),
            Operand::Texts(texts) if kind == Type::Word => {
                texts.iter().map(|word| word.replace('_', " ")).collect()
            }
            Operand::Texts(texts) => texts.iter().map(|text| format!("“{text}”")).collect(),
            Operand::Ids(ids) => {
                let named = |id: &Uuid| (self.name)(kind, *id).unwrap_or_else(|| id.to_string());
                ids.iter().map(named).collect()
            }
            Operand::Number(number) => vec![number.to_string()],
            Operand::Flag(flag) => vec![if *flag { "yes" } else { "no" }.to_owned()],
            Operand::At(at) => vec![at.to_string()],
            Operand::Minutes(minutes) => vec![spoken(*minutes)],
        };
        let word = if test.operator == Operator::ContainsAll {
            "and"
        } else {
            "or"
        };
        match said.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
            _ => said.concat(),
        }
    }
}

fn bracketed(text: &str, is_bare: bool) -> String {
    if is_bare {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

/// `7 days`, `1 hour`.
fn spoken(minutes: i64) -> String {
    let short = duration(minutes);
    let unit = short.chars().next_back();
    let number = short.trim_end_matches(['d', 'h', 'm']);
    let word = match unit {
        Some('d') => "day",
        Some('h') => "hour",
        _ => "minute",
    };
    let ending = if number == "1" { "" } else { "s" };
    format!("{number} {word}{ending}")
}
