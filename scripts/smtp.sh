#!/usr/bin/env bash
# A throw-away SMTP server (aiosmtpd) that writes each mail to a file.
#   scripts/smtp.sh start       prints "DIR PORT"; mails go to DIR/mail
#   scripts/smtp.sh stop DIR    stops it and removes DIR
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  start)
    if ! venv=$(scripts/venv.sh smtp "aiosmtpd==1.4.6"); then
      echo "no SMTP server: aiosmtpd cannot be installed (no python3-venv, or no network for pip)" >&2
      exit 1
    fi
    dir=$(mktemp -d /tmp/steward-smtp.XXXXXX)
    port=$((20000 + RANDOM % 12000))
    "$venv/bin/aiosmtpd" -n -l "127.0.0.1:$port" -c aiosmtpd.handlers.Mailbox "$dir/mail" >"$dir/log" 2>&1 &
    echo $! >"$dir/pid"
    for _ in $(seq 100); do
      (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
      sleep 0.1
    done
    echo "$dir $port"
    ;;
  stop)
    kill "$(cat "$2/pid")" 2>/dev/null || true
    rm -rf "$2"
    ;;
  *)
    sed -n '2,4p' "$0" >&2
    exit 1
    ;;
esac
