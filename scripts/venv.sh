#!/usr/bin/env bash
# A folder with a Python package that tests need, made once.
#   scripts/venv.sh NAME PACKAGE==VERSION...    prints the folder
# Exit status 77: the packages cannot be installed here (no python3-venv, or no
# network for pip).
set -euo pipefail
cd "$(dirname "$0")/.."

name=$1
shift
venv=$(realpath -m "${CARGO_TARGET_DIR:-target}")/$name-venv
exec 9>"${TMPDIR:-/tmp}/steward-$name-venv.lock"
flock 9
if [ "$(cat "$venv/packages" 2>/dev/null)" != "$*" ]; then
  rm -rf "$venv"
  if ! { python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check "$@"; } >&2; then
    rm -rf "$venv"
    exit 77
  fi
  echo "$*" >"$venv/packages"
fi
echo "$venv"
