#!/usr/bin/env bash
# Checks the DKIM signatures of mails with a library of others (PyPI: dkimpy). Reads
# lines of JSON with the path of a mail and the TXT records of the DNS by name;
# writes `ok` or the reason for each. Exit status 77: the library cannot be
# installed here.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=$(scripts/venv.sh dkim "dkimpy==1.1.8")
exec "$venv/bin/python" scripts/dkim_verify.py
