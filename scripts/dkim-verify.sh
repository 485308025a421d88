#!/usr/bin/env bash
# Checks the DKIM signatures of mails with a library of others (PyPI: dkimpy). Reads
# lines of JSON with the path of a mail and the TXT records of the DNS by name;
# writes `ok` or the reason for each. Exit status 77: the library cannot be
# installed here.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${CARGO_TARGET_DIR:-target}/dkim-venv
exec 9>"${TMPDIR:-/tmp}/steward-dkim-venv.lock"
flock 9
if ! "$venv/bin/python" -c 'import dkim' 2>/dev/null; then
  if ! { python3 -m venv "$venv" &&
    "$venv/bin/pip" install -q --disable-pip-version-check "dkimpy==1.1.8"; } >&2; then
    rm -rf "$venv"
    exit 77
  fi
fi
flock -u 9
exec "$venv/bin/python" scripts/dkim_verify.py
