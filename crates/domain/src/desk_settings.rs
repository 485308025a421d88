//! What an organization decides about its desk as a whole.

use crate::incidents::closing;
use jiff::SignedDuration;
use steward_kernel::{Error, Instant, Result};

/// Most days in which a requester may reopen.
pub const MAX_REOPEN_DAYS: i32 = 365;

/// The settings of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Working days after which a resolved ticket closes by itself.
    pub auto_close_days: i32,
    /// Whether requesters are asked how content they are.
    pub has_survey: bool,
    /// Days after the resolution in which a requester may reopen; as long as
    /// the ticket is not closed when nothing is said.
    pub reopen_days: Option<i32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            auto_close_days: i32::from(closing::DEFAULT_DAYS),
            has_survey: true,
            reopen_days: None,
        }
    }
}

impl Settings {
    /// Refuses numbers out of their bounds.
    ///
    /// # Errors
    /// Names the setting and the bound.
    pub fn check(&self) -> Result<()> {
        let most = i32::from(closing::MAX_DAYS);
        if !(1..=most).contains(&self.auto_close_days) {
            let hint = format!("must be from 1 to {most}");
            return Err(Error::field("auto_close_days", "out_of_range", hint));
        }
        if self
            .reopen_days
            .is_some_and(|days| !(1..=MAX_REOPEN_DAYS).contains(&days))
        {
            let hint = format!("must be from 1 to {MAX_REOPEN_DAYS}, or null");
            return Err(Error::field("reopen_days", "out_of_range", hint));
        }
        Ok(())
    }

    /// Names of the settings that differ in `after`.
    #[must_use]
    pub fn changed(&self, after: &Self) -> Vec<String> {
        let settings = [
            (
                "auto_close_days",
                self.auto_close_days != after.auto_close_days,
            ),
            ("has_survey", self.has_survey != after.has_survey),
            ("reopen_days", self.reopen_days != after.reopen_days),
        ];
        let changed = settings.into_iter().filter(|(_, is_changed)| *is_changed);
        changed.map(|(name, _)| name.to_owned()).collect()
    }

    /// Whether a requester comes too late to reopen.
    #[must_use]
    pub fn is_reopen_late(&self, resolved_at: Option<Instant>, now: Instant) -> bool {
        let Some((days, at)) = self.reopen_days.zip(resolved_at) else {
            return false;
        };
        let end = at.saturating_add(SignedDuration::from_hours(24 * i64::from(days)));
        end.is_ok_and(|end| now > end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_have_bounds() {
        let with = |auto_close_days, reopen_days| Settings {
            auto_close_days,
            reopen_days,
            ..Settings::default()
        };
        for (settings, fits) in [
            (Settings::default(), true),
            (with(1, Some(1)), true),
            (with(365, Some(365)), true),
            (with(0, None), false),
            (with(366, None), false),
            (with(5, Some(0)), false),
            (with(5, Some(366)), false),
        ] {
            assert_eq!(settings.check().is_ok(), fits, "{settings:?}");
        }
    }

    #[test]
    fn a_requester_reopens_within_the_days_of_the_setting() {
        let at = |text: &str| text.parse().expect("an instant");
        let resolved = Some(at("2026-01-01T10:00:00Z"));
        let three = Settings {
            reopen_days: Some(3),
            ..Settings::default()
        };
        assert!(!three.is_reopen_late(resolved, at("2026-01-04T10:00:00Z")));
        assert!(three.is_reopen_late(resolved, at("2026-01-04T10:00:01Z")));
        assert!(!three.is_reopen_late(None, at("2027-01-01T00:00:00Z")));
        let never = Settings::default();
        assert!(!never.is_reopen_late(resolved, at("2027-01-01T00:00:00Z")));
    }
}
