#!/usr/bin/env bash
# A throw-away Dovecot for tests: one user "desk" with the password "hush".
#   scripts/imap.sh start       prints "DIR PORT"
#   scripts/imap.sh stop DIR    stops it and removes DIR
set -euo pipefail

dovecot=$(command -v dovecot || ls /usr/sbin/dovecot 2>/dev/null || true)
if [ -z "$dovecot" ]; then
  echo "no Dovecot found; install the package dovecot-imapd" >&2
  exit 1
fi

case "${1:-}" in
  start)
    dir=$(mktemp -d /tmp/steward-imap.XXXXXX)
    port=$((20000 + RANDOM % 12000))
    if [ "$(id -u)" = 0 ]; then
      owner=mail internal=dovecot login=dovenull
    else
      owner=$(id -un) internal=$(id -un) login=$(id -un)
    fi
    mkdir -p "$dir/mail/cur" "$dir/mail/new" "$dir/mail/tmp"
    cat >"$dir/dovecot.conf" <<CONF
protocols = imap
listen = 127.0.0.1
base_dir = $dir/run
state_dir = $dir/state
log_path = $dir/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:$dir/mail
first_valid_uid = 1
default_internal_user = $internal
default_internal_group = $(id -gn "$internal")
default_login_user = $login
passdb {
  driver = static
  args = password=hush
}
userdb {
  driver = static
  args = uid=$owner gid=$(id -gn "$owner") home=$dir
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $port
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
CONF
    [ "$(id -u)" != 0 ] || { chown -R "$owner" "$dir/mail"; chmod 755 "$dir"; }
    "$dovecot" -c "$dir/dovecot.conf"
    echo "$dir $port"
    ;;
  stop)
    doveadm -c "$2/dovecot.conf" stop || kill "$(cat "$2/run/master.pid")" || true
    rm -rf "$2"
    ;;
  *)
    sed -n '2,4p' "$0" >&2
    exit 1
    ;;
esac
