#!/usr/bin/env bash
# Every check of the project; ends non-zero at the first failure.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

apt_install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing: $*. Install it, or run once as root on Debian." >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"
}

step "tools"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || apt_install postgresql
cargo nextest --version >/dev/null 2>&1 || cargo install --locked cargo-nextest

step "format, lints, house rules"
cargo fmt --all --check
cargo clippy --workspace --all-targets -- -D warnings
cargo run -q -p xtask -- tidy

step "tests on SQLite and PostgreSQL"
cluster=$(./scripts/postgres.sh start)
read -r dir port <<<"$cluster"
trap './scripts/postgres.sh stop "$dir"' EXIT
export STEWARD_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
cargo nextest run --workspace

./scripts/test-web.sh

step "all passed"
