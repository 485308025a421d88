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
  # At this run level Debian starts no service that it installs.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"
}

step "tools"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || apt_install postgresql
# Without Dovecot the tests of fetching mail keep to a server of their own.
[ -x /usr/sbin/dovecot ] || (apt_install --no-install-recommends dovecot-imapd) || true
cargo nextest --version >/dev/null 2>&1 || cargo install --locked cargo-nextest

step "format, lints, house rules"
cargo fmt --all --check
cargo clippy --workspace --all-targets -- -D warnings
cargo run -q -p xtask -- tidy

step "tests on SQLite and PostgreSQL"
cluster=$(./scripts/postgres.sh start)
read -r dir port <<<"$cluster"
stop() {
  ./scripts/postgres.sh stop "$dir"
  [ -z "${imap_dir:-}" ] || ./scripts/imap.sh stop "$imap_dir"
  [ -z "${smtp_dir:-}" ] || ./scripts/smtp.sh stop "$smtp_dir"
}
trap stop EXIT
if read -r imap_dir imap_port < <(./scripts/imap.sh start); then
  export STEWARD_TEST_IMAP="$imap_port:$imap_dir/mail"
fi
if read -r smtp_dir smtp_port < <(./scripts/smtp.sh start); then
  export STEWARD_TEST_SMTP="$smtp_port:$smtp_dir/mail"
fi
export STEWARD_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
cargo nextest run --workspace

step "generated requests"
# What is found twice on fresh servers is a finding; times and answers of a busy machine differ.
EXAMPLES=1 ./scripts/contract.sh 1 || EXAMPLES=1 ./scripts/contract.sh 1

./scripts/test-web.sh

step "all passed"
