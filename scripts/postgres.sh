#!/usr/bin/env bash
# A throw-away PostgreSQL cluster for tests.
#   scripts/postgres.sh start       prints "DIR PORT"
#   scripts/postgres.sh stop DIR    stops it and removes DIR
# With DURABLE=1 it waits for the disk as a real one does; tests do not need that.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
  echo "no PostgreSQL server found in /usr/lib/postgresql; install the package postgresql" >&2
  exit 1
fi

as_postgres() { # the server refuses to run as root
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

careless="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ "${DURABLE:-0}" = 0 ] || careless=""

case "${1:-}" in
  start)
    dir=$(as_postgres mktemp -d /tmp/steward-pg.XXXXXX)
    trap 'as_postgres rm -rf "$dir"' ERR
    as_postgres "$bin/initdb" -D "$dir/data" -U postgres --auth=trust --encoding=UTF8 --no-sync >/dev/null
    for _ in 1 2 3 4 5; do
      port=$((20000 + RANDOM % 12000))
      if as_postgres "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir $careless -c max_connections=300" \
        start >/dev/null 2>&1; then
        echo "$dir $port"
        exit 0
      fi
    done
    echo "PostgreSQL did not start:" >&2
    tail -n 20 "$dir/log" >&2 || true
    as_postgres rm -rf "$dir"
    exit 1
    ;;
  stop)
    dir=${2:?the directory that start printed}
    case "$dir" in /tmp/steward-pg.*) ;; *) echo "not a test cluster: $dir" >&2; exit 1 ;; esac
    as_postgres "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
    as_postgres rm -rf "$dir"
    ;;
  *)
    echo "usage: $0 start | stop DIR" >&2
    exit 2
    ;;
esac
