"""Checks mails named on standard input; see dkim-verify.sh."""

import json
import sys

import dkim

for line in sys.stdin:
    asked = json.loads(line)

    def records(name, timeout=5):
        found = asked["records"].get(name.decode().rstrip("."))
        return found.encode() if found is not None else None

    with open(asked["path"], "rb") as mail:
        signed = dkim.DKIM(mail.read(), minkey=1024)
    try:
        if not signed.verify(dnsfunc=records):
            print("the signature does not fit")
            continue
        covered = {name.decode().lower() for name in signed.include_headers}
        missing = [name for name in asked.get("covers", []) if name not in covered]
        print(f"does not cover {', '.join(missing)}" if missing else "ok")
    except dkim.DKIMException as refused:
        print(f"refused: {refused}")
