#!/usr/bin/env bash
# The everyday part of the tests: format, lints, house rules, unit tests, and
# storage and HTTP on SQLite alone. `make test` is what decides.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo fmt --all --check
cargo clippy --workspace --all-targets -- -D warnings
cargo run -q -p xtask -- tidy
env -u STEWARD_TEST_POSTGRES cargo nextest run --workspace --profile quick
