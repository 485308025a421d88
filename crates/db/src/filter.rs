//! Conditions of a statement, collected with their parameters.

use sea_orm::Value;

/// `WHERE` clauses joined by `AND`, and the parameters they use.
#[derive(Debug, Default, Clone)]
pub struct Filter {
    clauses: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// Adds a clause; each `?` in it takes the next of `values`.
    pub fn and(&mut self, clause: &str, values: Vec<Value>) {
        let mut text = String::with_capacity(clause.len() + 8);
        let mut number = self.values.len();
        for c in clause.chars() {
            if c == '?' {
                number += 1;
                text.push_str(&format!("${number}"));
            } else {
                text.push(c);
            }
        }
        self.clauses.push(format!("({text})"));
        self.values.extend(values);
    }

    /// `column IN (…)`; nothing matches an empty list.
    pub fn and_in<V: Into<Value>>(&mut self, column: &str, values: impl IntoIterator<Item = V>) {
        let values: Vec<Value> = values.into_iter().map(Into::into).collect();
        if values.is_empty() {
            self.and("1 = 0", Vec::new());
            return;
        }
        let marks = vec!["?"; values.len()].join(", ");
        self.and(&format!("{column} IN ({marks})"), values);
    }

    /// The clauses, without `WHERE`; true for all rows when there is none.
    #[must_use]
    pub fn sql(&self) -> String {
        if self.clauses.is_empty() {
            "1 = 1".to_owned()
        } else {
            self.clauses.join(" AND ")
        }
    }

    /// The parameters, in the order of their numbers.
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        self.values.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_number_their_parameters_in_order() {
        let mut filter = Filter::default();
        filter.and("a = ? OR b = ?", crate::values![1, 2]);
        filter.and_in("c", [3, 4]);
        assert_eq!(filter.sql(), "(a = $1 OR b = $2) AND (c IN ($3, $4))");
        assert_eq!(filter.values().len(), 4);
    }

    #[test]
    fn an_empty_list_matches_nothing() {
        let mut filter = Filter::default();
        filter.and_in("c", Vec::<i32>::new());
        assert_eq!(filter.sql(), "(1 = 0)");
    }
}
