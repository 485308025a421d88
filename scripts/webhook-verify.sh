#!/usr/bin/env bash
# Checks signatures of webhooks with the reference library of the Standard Webhooks
# specification (PyPI: standardwebhooks). Reads messages as lines of JSON with
# secret, headers and body; writes `ok` or the reason for each. With a file as
# argument that program is run instead. Exit status 77: the library cannot be
# installed here.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=$(scripts/venv.sh webhook "standardwebhooks==1.1.0")
exec "$venv/bin/python" "${1:-scripts/webhook_verify.py}" "${@:2}"
