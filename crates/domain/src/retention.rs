//! How long an organization keeps what was sent and what came in.

use jiff::SignedDuration;
use steward_kernel::{Error, Instant, Result};

/// Most days that can be asked for.
pub const MAX_DAYS: i32 = 3650;

/// Days after which something is removed; 0 keeps it for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Of mail that came in: the message itself. Its line in the ledger stays.
    pub inbound_mail_days: i32,
    /// Of what was sent to people and teams: mails, messages and the log.
    pub delivery_days: i32,
    /// Of what was sent to webhooks, with every try.
    pub webhook_delivery_days: i32,
}

impl Default for Settings {
    /// A year to answer "what was sent, what came in?"; a month for programs.
    fn default() -> Self {
        Self {
            inbound_mail_days: 365,
            delivery_days: 365,
            webhook_delivery_days: 30,
        }
    }
}

impl Settings {
    /// Refuses days out of their bounds.
    ///
    /// # Errors
    /// Names the setting and the bound.
    pub fn check(&self) -> Result<()> {
        let all = [
            ("inbound_mail_days", self.inbound_mail_days),
            ("delivery_days", self.delivery_days),
            ("webhook_delivery_days", self.webhook_delivery_days),
        ];
        match all.iter().find(|(_, days)| !(0..=MAX_DAYS).contains(days)) {
            Some((field, _)) => {
                let hint = format!("must be from 1 to {MAX_DAYS}, or 0 to keep it for good");
                Err(Error::field(*field, "out_of_range", hint))
            }
            None => Ok(()),
        }
    }
}

/// What ended before this instant is removed; nothing is with 0 days.
#[must_use]
pub fn before(days: i32, now: Instant) -> Option<Instant> {
    let kept = SignedDuration::from_hours(24 * i64::from(days));
    (days > 0).then(|| now.checked_sub(kept).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_bounds() {
        let with = |inbound_mail_days, delivery_days, webhook_delivery_days| Settings {
            inbound_mail_days,
            delivery_days,
            webhook_delivery_days,
        };
        for (settings, wrong) in [
            (Settings::default(), None),
            (with(0, 0, 0), None),
            (with(1, 3650, 30), None),
            (with(-1, 1, 1), Some("inbound_mail_days")),
            (with(1, 3651, 1), Some("delivery_days")),
            (with(1, 1, i32::MAX), Some("webhook_delivery_days")),
        ] {
            let refused = settings.check().err();
            let field = refused.as_ref().map(|error| error.errors[0].field.as_str());
            assert_eq!(field, wrong, "{settings:?}");
        }
    }

    #[test]
    fn nothing_is_removed_with_zero_days() {
        let now: Instant = "2026-03-01T12:00:00Z".parse().expect("an instant");
        assert_eq!(before(0, now), None);
        assert_eq!(before(-3, now), None);
        let day: Instant = "2026-02-28T12:00:00Z".parse().expect("an instant");
        assert_eq!(before(1, now), Some(day));
        assert!(before(MAX_DAYS, now).is_some());
    }
}
