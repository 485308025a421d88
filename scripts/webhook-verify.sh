#!/usr/bin/env bash
# Checks signatures of webhooks with the reference library of the Standard Webhooks
# specification (PyPI: standardwebhooks). Reads messages as lines of JSON with
# secret, headers and body; writes `ok` or the reason for each. With a file as
# argument that program is run instead. Exit status 77: the library cannot be
# installed here.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${CARGO_TARGET_DIR:-target}/webhook-venv
exec 9>"${TMPDIR:-/tmp}/steward-webhook-venv.lock"
flock 9
if ! "$venv/bin/python" -c 'import standardwebhooks' 2>/dev/null; then
  if ! { python3 -m venv "$venv" &&
    "$venv/bin/pip" install -q --disable-pip-version-check "standardwebhooks==1.1.0"; } >&2; then
    rm -rf "$venv"
    exit 77
  fi
fi
flock -u 9
exec "$venv/bin/python" "${1:-scripts/webhook_verify.py}" "${@:2}"
