//! What a due instant costs: `cargo bench -p steward-domain --bench due`.

#![expect(clippy::panic, reason = "a broken fixture should stop the measurement")]

use divan::{Bencher, black_box};
use steward_domain::calendar::{Calendar, Holiday, SECOND};
use steward_domain::sla::arithmetic::{due, elapsed};
use steward_domain::sla::pauses::Pauses;

fn main() {
    divan::main();
}

/// Two intervals a working day and thirty holidays.
fn calendar(zone: &str) -> Calendar {
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let day = || vec![pair("08:00", "12:00"), pair("13:00", "17:30")];
    let week = [day(), day(), day(), day(), day(), Vec::new(), Vec::new()];
    let holidays: Vec<Holiday> = (0..30_i8)
        .filter_map(|n| {
            format!("2026-{:02}-{:02}", n % 12 + 1, n / 12 * 9 + 5)
                .parse()
                .ok()
        })
        .collect();
    Calendar::new(zone, &week, &holidays).unwrap_or_else(|mistake| panic!("{mistake}"))
}

const ZONES: &[&str] = &["UTC", "Europe/Berlin", "Africa/Casablanca"];

#[divan::bench(args = ZONES)]
fn a_working_year(bencher: Bencher<'_, '_>, zone: &str) {
    let calendar = calendar(zone);
    let start = "2026-01-02T10:00:00Z".parse().unwrap_or_default();
    let target = 1700 * 3600 * SECOND;
    let pauses = Pauses::default();
    bencher.bench(|| due(black_box(&calendar), black_box(start), target, &pauses));
}

#[divan::bench(args = ZONES)]
fn two_working_days(bencher: Bencher<'_, '_>, zone: &str) {
    let calendar = calendar(zone);
    let start = "2026-03-27T10:00:00Z".parse().unwrap_or_default();
    let target = 17 * 3600 * SECOND;
    let pauses = Pauses::default();
    bencher.bench(|| due(black_box(&calendar), black_box(start), target, &pauses));
}

#[divan::bench(args = ZONES)]
fn elapsed_in_a_year(bencher: Bencher<'_, '_>, zone: &str) {
    let calendar = calendar(zone);
    let from = "2026-01-02T10:00:00Z".parse().unwrap_or_default();
    let until = "2026-12-31T10:00:00Z".parse().unwrap_or_default();
    let pauses = Pauses::default();
    bencher.bench(|| elapsed(black_box(&calendar), black_box(from), until, &pauses));
}

#[divan::bench(args = ZONES)]
fn three_thousand_years(bencher: Bencher<'_, '_>, zone: &str) {
    let calendar = calendar(zone);
    let start = "2026-01-02T10:00:00Z".parse().unwrap_or_default();
    let target = 3000 * 2000 * 3600 * SECOND;
    let pauses = Pauses::default();
    bencher.bench(|| due(black_box(&calendar), black_box(start), target, &pauses));
}
