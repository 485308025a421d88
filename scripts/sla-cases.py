#!/usr/bin/env python3
"""Lives cases of business time as tickets of a running server whose clock is shifted.

    scripts/sla-cases.py BINARY CASES.jsonl [HOW_MANY]

Each line of CASES is {"case": …, "want": …}: a question to the SLA calculator
(docs/sla.md) and the answer of an independent reference. Every case becomes a
calendar, a policy and a ticket: reported at its start, put on hold and resumed at
its pauses, asked at `at`. What the ticket's clock says must be what is wanted, and
`steward rebuild sla --check` must find nothing afterwards. Needs libfaketime
(Debian: faketime). Each case has a server of its own, on SQLite; its wall clock
stands where this script puts it, its other clocks run.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone

LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
EMAIL, PASSWORD = "ines@example.com", "violet-tractor-93-moon"
PERMISSIONS = ["sla:read:all", "sla:manage:all", "ticket:create:all", "ticket:read:all", "ticket:update:all",
               "ticket:work:all", "ticket:read_internal:all"]
EARLY = datetime(2000, 1, 1, tzinfo=timezone.utc)


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Server:
    def __init__(self, binary, folder):
        self.clock = os.path.join(folder, "clock")
        self.set(EARLY)
        self.env = {
            **os.environ,
            "LD_PRELOAD": LIBRARY,
            "FAKETIME_TIMESTAMP_FILE": self.clock,
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "UTC",
            "NO_COLOR": "1",
            "STEWARD_DATA_DIR": folder,
            "STEWARD_LISTEN": "127.0.0.1:0",
            "STEWARD_LOG": "steward_server=info",
            "STEWARD_RATE_LIMIT_USER": "1000000",
            "STEWARD_RATE_LIMIT_ADDRESS": "1000000",
            "STEWARD_RATE_LIMIT_LOGIN": "1000000",
        }
        made = [binary, "admin", "create", "--email", EMAIL, "--organization", "Acme", "--password-stdin"]
        subprocess.run(made, input=PASSWORD + "\n", text=True, env=self.env, check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen([binary, "serve"], env=self.env, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "listening" in line and "127.0.0.1:" in line:
                port = line.split("127.0.0.1:")[1].split()[0].strip('"')
                self.url = f"http://127.0.0.1:{port}/api/v1"
                break
        else:
            raise SystemExit("the server did not start")
        self.token = None
        self.made = None

    def set(self, at):
        """Puts the server's wall clock to an instant, where it stands."""
        with open(self.clock + ".new", "w", encoding="ascii") as file:
            file.write(at.strftime("%Y-%m-%d %H:%M:%S\n"))
        os.replace(self.clock + ".new", self.clock)
        self.now = at

    def sign_in(self):
        """Sessions last minutes of the shifted clock; an API token lasts two years of it."""
        self.token = None
        self.token = self.ask("POST", "/auth/login", {"email": EMAIL, "password": PASSWORD})["access"]
        ends = self.now + timedelta(days=700)
        body = {"name": "cases", "permissions": PERMISSIONS, "expires_at": ends.isoformat().replace("+00:00", "Z")}
        made = self.ask("POST", "/api-tokens", body)
        if self.made:
            # A person has at most a hundred.
            self.ask("DELETE", f"/api-tokens/{self.made}")
        self.token, self.made, self.valid = made["token"], made["id"], (self.now, ends)

    def at(self, when):
        self.set(when)
        if not self.token or not self.valid[0] <= when < self.valid[1]:
            self.sign_in()

    def ask(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path} at {self.now}: {error.code} {error.read().decode()}") from error


def union(pauses, start):
    """The pauses as the life of a ticket: in order, none inside another, from its start on."""
    spans = []
    for pause in pauses:
        begin = max(instant(pause["from"]), start)
        end = instant(pause["to"]) if pause["to"] else None
        if end is None or end > begin:
            spans.append((begin, end))
    spans.sort(key=lambda span: span[0])
    merged = []
    for begin, end in spans:
        if merged and (merged[-1][1] is None or begin <= merged[-1][1]):
            last = merged[-1][1]
            merged[-1] = (merged[-1][0], None if last is None or end is None else max(last, end))
        else:
            merged.append((begin, end))
    return merged


def live(server, case, number):
    """The clock of the case's ticket at `at`, and when its life is told to the end."""
    start = instant(case["start"])
    server.at(start)
    hours = case["calendar"]
    holidays = [{"date": date, "name": ""} for date in dict.fromkeys(hours.get("holidays", []))]
    calendar = server.ask("POST", "/sla/calendars", {
        "name": f"Case {number}", "time_zone": hours["time_zone"], "weekly": hours["weekly"], "holidays": holidays})
    target = {"response_minutes": None, "resolution_minutes": case["target_minutes"],
              "next_update_minutes": None, "calendar_id": None}
    server.ask("POST", "/sla/policies", {
        "name": f"Case {number}", "agreement": "sla", "calendar_id": calendar["id"],
        "targets": {word: target for word in ("critical", "high", "medium", "low")}})
    ticket = server.ask("POST", "/incidents", {"title": f"Case {number}"})["number"]
    server.ask("POST", f"/tickets/{ticket}/start", {})
    steps = []
    for begin, end in union(case.get("pauses", []), start):
        steps.append((begin, "hold"))
        if end is not None:
            steps.append((end, "resume"))
    at = instant(case["at"]) if "at" in case else None
    asked = None
    for when, step in steps:
        if at is not None and asked is None and at < when:
            asked = look(server, ticket, max(at, start))
        server.at(when)
        server.ask("POST", f"/tickets/{ticket}/{step}", {"reason": "waits"} if step == "hold" else {})
    if at is not None and asked is None:
        asked = look(server, ticket, max(at, start))
    last = max([start, at or start] + [when for when, _ in steps])
    return asked, look(server, ticket, last)


def look(server, ticket, when):
    server.at(when)
    clocks = server.ask("GET", f"/tickets/{ticket}/sla")["clocks"]
    return next(clock for clock in clocks if clock["metric"] == "resolution")


def differences(want, asked, told):
    found = []
    due = told["breached_at"] or told["due_at"]
    due = instant(due) if due else None
    wanted = instant(want["due_at"]) if want["due_at"] else None
    if due != wanted:
        found.append(f"due {due}, wanted {wanted}")
    if asked is not None:
        if asked["elapsed_seconds"] != want["elapsed_seconds"]:
            found.append(f"elapsed {asked['elapsed_seconds']}, wanted {want['elapsed_seconds']}")
        counted = sum((instant(i["until"]) - instant(i["from"])).total_seconds()
                      for i in asked["intervals"] if i["kind"] == "counted")
        if not asked["is_truncated"] and counted != asked["elapsed_seconds"]:
            found.append(f"explained {counted}, elapsed {asked['elapsed_seconds']}")
    return found


def main():
    binary, path = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    # Questions about a stretch without a target are no tickets.
    lines = [line for line in lines if "target_minutes" in line["case"]]
    chosen = random.Random(7).sample(lines, min(count, len(lines)))
    began = time.monotonic()
    wrong = 0
    for number, line in enumerate(chosen, 1):
        found = lived(os.path.abspath(binary), line, number)
        wrong += bool(found)
        for text in found:
            print(f"case {number}: {text}\n  {json.dumps(line['case'])}")
    print(f"{len(chosen)} cases, {wrong} differ, {time.monotonic() - began:.0f} s")
    sys.exit(1 if wrong else 0)


def lived(binary, line, number):
    """What differs in a case that has a server, and with it a time, of its own."""
    with tempfile.TemporaryDirectory(prefix="steward-cases-") as folder:
        server = Server(binary, folder)
        try:
            found = differences(line["want"], *live(server, line["case"], number))
        finally:
            server.process.terminate()
            server.process.wait()
        checked = subprocess.run([binary, "rebuild", "sla", "--check"], env=server.env, text=True,
                                 capture_output=True, check=False)
        if checked.returncode:
            found.append(checked.stdout.strip() or checked.stderr.strip())
        return found


if __name__ == "__main__":
    main()
