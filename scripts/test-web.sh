#!/usr/bin/env bash
# The checks of the web front end, in the browser too; ends non-zero at the first failure.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== web: %s\n' "$*"; }

apt_install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing: $*. Install it, or run once as root on Debian." >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"
}

step "tools"
command -v npm >/dev/null || apt_install nodejs npm
node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) { console.error("Node 20.19 or newer is needed"); process.exit(1); }'
export CHROMIUM="${CHROMIUM:-$(command -v chromium || true)}"
[ -n "$CHROMIUM" ] || { apt_install chromium; CHROMIUM=$(command -v chromium); }

step "packages"
(cd web && npm ci --no-audit --no-fund)

step "format, lints, types, house rules, unit tests"
(cd web && npm run --silent check && npm test --silent)

step "build, budgets"
(cd web && npm run --silent build && npm run --silent budget)

step "server with this front end"
cargo build -p steward-server
STEWARD_BIN="${CARGO_TARGET_DIR:-target}/debug/steward"
STEWARD_BIN=$(realpath "$STEWARD_BIN")
export STEWARD_BIN

step "the API client is what the server's document makes it"
(cd web && npm run --silent generate >/dev/null)
changed=$(git status --porcelain -- web/src/api/gen)
if [ -n "$changed" ]; then
  echo "web/src/api/gen is not up to date; run 'npm run generate' in web/ and commit:" >&2
  echo "$changed" >&2
  exit 1
fi

step "browser tests"
(cd web && npm run --silent e2e)

step "all passed"
