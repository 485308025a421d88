#!/usr/bin/env bash
# Generated requests against the built binary: schemathesis with every check.
#   scripts/contract.sh [SEED]
# EXAMPLES (default 40) is the number of examples per operation and phase;
# STEWARD_BIN a binary that is built already; PHASES some of coverage,fuzzing,stateful.
set -euo pipefail
cd "$(dirname "$0")/.."

seed=${1:-1}
examples=${EXAMPLES:-40}
target=${CARGO_TARGET_DIR:-target}
if ! venv=$(scripts/venv.sh contract "schemathesis==4.32.5" "openapi-spec-validator==0.9.0"); then
  echo "contract tests are SKIPPED: schemathesis cannot be installed (no python3-venv, or no network for pip)" >&2
  exit 0
fi
schemathesis=$venv/bin/schemathesis

if [ -z "${STEWARD_BIN:-}" ]; then
  cargo build -q --workspace --bins
  STEWARD_BIN=$target/debug/steward
fi
work=$(mktemp -d)
trap 'kill "${server:-0}" 2>/dev/null || true; rm -rf "$work"' EXIT

export STEWARD_DATA_DIR=$work/data STEWARD_LISTEN=127.0.0.1:0 NO_COLOR=1
export STEWARD_RATE_LIMIT_USER=0 STEWARD_RATE_LIMIT_ADDRESS=0 STEWARD_RATE_LIMIT_LOGIN=0
"$STEWARD_BIN" serve --demo >"$work/out" 2>"$work/log" &
server=$!
for _ in $(seq 3000); do
  url=$(sed -n 's/.*listening address=\(127\.0\.0\.1:[0-9]*\).*/http:\/\/\1/p' "$work/log")
  [ -z "$url" ] && kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
[ -n "$url" ] || { cat "$work/log" >&2; exit 1; }

curl -sf "$url/api/openapi.json" -o "$work/openapi.json"
"$venv/bin/openapi-spec-validator" "$work/openapi.json"

# One worker: several threads at once break the parser of Python 3.11 now and then
# (SystemError: AST constructor recursion depth mismatch), which ends a run.
is_right=true
"$schemathesis" --config-file scripts/schemathesis.toml run "$url/api/openapi.json" --workers 1 --seed "$seed" \
  --max-examples "$examples" ${PHASES:+--phases "$PHASES"} \
  --exclude-operation-id logout --exclude-operation-id endSession --no-color \
  --request-timeout 60 --max-response-time 60 --suppress-health-check too_slow || is_right=false
if grep -q "request failed" "$work/log"; then
  echo "the server logged failures:" >&2
  grep "request failed" "$work/log" | head -20 >&2
  is_right=false
fi
$is_right
