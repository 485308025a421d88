//! The priority matrix.

use crate::tickets::model::{Level, Priority};

/// Priority for each impact and urgency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriorityMatrix([[Priority; 3]; 3]);

impl Default for PriorityMatrix {
    /// Rows impact, columns urgency, both high, medium, low.
    fn default() -> Self {
        use Priority::{Critical, High, Low, Medium};
        Self([
            [Critical, High, Medium],
            [High, Medium, Low],
            [Medium, Low, Low],
        ])
    }
}

impl PriorityMatrix {
    /// The priority of an incident.
    #[must_use]
    pub const fn priority(&self, impact: Level, urgency: Level) -> Priority {
        let [high, medium, low] = self.0;
        let [h, m, l] = match impact {
            Level::High => high,
            Level::Medium => medium,
            Level::Low => low,
        };
        match urgency {
            Level::High => h,
            Level::Medium => m,
            Level::Low => l,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_matrix_is_the_documented_one() {
        use Level::{High, Low, Medium};
        let expected = [
            (High, High, "critical"),
            (High, Medium, "high"),
            (High, Low, "medium"),
            (Medium, High, "high"),
            (Medium, Medium, "medium"),
            (Medium, Low, "low"),
            (Low, High, "medium"),
            (Low, Medium, "low"),
            (Low, Low, "low"),
        ];
        for (impact, urgency, priority) in expected {
            assert_eq!(
                PriorityMatrix::default().priority(impact, urgency).as_str(),
                priority
            );
        }
    }
}
