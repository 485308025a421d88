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
        self.clauses.push(format!("({clause})"));
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
        self.sql_after(0)
    }

    /// As [`Filter::sql`], behind `taken` parameters of the statement.
    #[must_use]
    pub fn sql_after(&self, taken: usize) -> String {
        if self.clauses.is_empty() {
            return "1 = 1".to_owned();
        }
        let clauses = self.clauses.join(" AND ");
        let mut text = String::with_capacity(clauses.len() + self.values.len() * 2);
        let mut number = taken;
        for (at, part) in clauses.split('?').enumerate() {
            if at > 0 {
                number += 1;
                text.push_str(&format!("${number}"));
            }
            text.push_str(part);
        }
        text
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
        assert_eq!(
            filter.sql_after(7),
            "(a = $8 OR b = $9) AND (c IN ($10, $11))"
        );
    }

    #[test]
    fn an_empty_list_matches_nothing() {
        let mut filter = Filter::default();
        filter.and_in("c", Vec::<i32>::new());
        assert_eq!(filter.sql(), "(1 = 0)");
    }
}
