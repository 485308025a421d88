//! Instants in filters: fixed, or so long ago.

use steward_kernel::Instant;

/// Longest way back, in hours: ten years.
const MOST_HOURS: i64 = 10 * 366 * 24;

/// Reads `2026-01-15T10:00:00Z` (RFC 3339), `-7d` or `-12h`.
#[must_use]
pub fn instant_or_ago(text: &str, now: Instant) -> Option<Instant> {
    let Some(ago) = text.strip_prefix('-') else {
        return text.parse().ok();
    };
    let (number, hours_each) = match (ago.strip_suffix('d'), ago.strip_suffix('h')) {
        (Some(days), _) => (days, 24),
        (_, Some(hours)) => (hours, 1),
        _ => return None,
    };
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = number.parse().ok().filter(|_| is_number)?;
    let hours = number
        .checked_mul(hours_each)
        .filter(|h| *h <= MOST_HOURS)?;
    now.checked_sub(jiff::SignedDuration::from_hours(hours))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_fixed_or_count_back_from_now() {
        let now: Instant = "2026-11-23T12:00:00Z".parse().expect("an instant");
        let cases = [
            ("2026-01-15T10:00:00Z", Some("2026-01-15T10:00:00Z")),
            ("2026-01-15T10:00:00+02:00", Some("2026-01-15T08:00:00Z")),
            ("-7d", Some("2026-11-16T12:00:00Z")),
            ("-12h", Some("2026-11-23T00:00:00Z")),
            ("-0d", Some("2026-11-23T12:00:00Z")),
            ("-", None),
            ("-d", None),
            ("-7", None),
            ("-7w", None),
            ("--7d", None),
            ("-+7d", None),
            ("-99999999999d", None),
            ("-9223372036854775807d", None),
            ("7d", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|t| t.parse::<Instant>().expect("an instant"));
            assert_eq!(instant_or_ago(text, now), expected, "{text}");
        }
    }
}
