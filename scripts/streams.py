"""Opens many streams on one node and measures what they cost: CPU time and memory of
the server, and how long after a change each listener hears of it. Then it takes a
right away while everyone listens, kills the server and lets everyone come back, and
compares what each heard with what the API lets them see: nothing more, nothing less,
nothing twice.

    STEWARD_DATA_DIR=/tmp/desk STEWARD_LISTEN=127.0.0.1:8400 \\
        python3 scripts/streams.py 1000 50 http://127.0.0.1:8400 -- target/release/steward serve --demo

Needs nothing but Python and Linux. Without a command after `--` a running server with
demo data is used, which is not killed; a PID before it is then measured.
Ends with status 1 when somebody heard too much, too little, or twice.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

cut = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
given, COMMAND = sys.argv[1:cut], sys.argv[cut + 1 :]
STREAMS = int(given[0]) if len(given) > 0 else 1000
CHANGES = int(given[1]) if len(given) > 1 else 50
URL = given[2] if len(given) > 2 else "http://127.0.0.1:8000"
PID = given[3] if len(given) > 3 else None
PASSWORD = os.environ.get("PASSWORD", "steward-demo-harbour-42")
HOST, PORT = URL.removeprefix("http://").split(":")
# How long the last listener may take.
PATIENCE = float(os.environ.get("PATIENCE", "60"))
wrong = []


def call(method, path, token=None, body=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"{URL}/api/v1{path}", data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"null")


def sign_in(email):
    return call("POST", "/auth/login", body={"email": email, "password": PASSWORD})["access"]


def sees(token, number):
    try:
        call("GET", f"/tickets/{number}?fields=number", token)
        return True
    except urllib.error.HTTPError as refused:
        if refused.code != 404 and refused.code != 403:
            raise
        return False


def start():
    """Starts the server of the command line and waits until it answers."""
    global PID
    log = open(os.environ.get("SERVER_LOG", os.devnull), "ab")
    server = subprocess.Popen(COMMAND, stdout=log, stderr=log)
    PID = str(server.pid)
    while True:
        try:
            urllib.request.urlopen(f"{URL}/readyz").read()
            return server
        except OSError:
            if server.poll() is not None:
                sys.exit(f"the server ended with {server.returncode}")
            time.sleep(0.1)


def cost():
    """CPU seconds and resident MiB of the server."""
    if not PID:
        return 0.0, 0.0
    fields = open(f"/proc/{PID}/stat").read().rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    resident = int(open(f"/proc/{PID}/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return ticks / os.sysconf("SC_CLK_TCK"), resident / 2**20


class Ear:
    def __init__(self, email, token):
        self.email = email
        self.token = token
        self.last = None
        self.heard = {}
        self.events = []

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection(HOST, int(PORT))
        since = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        self.writer.write(
            f"GET /api/v1/stream HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {self.token}\r\n{since}\r\n".encode()
        )
        await self.writer.drain()
        status = await self.reader.readline()
        if b" 200 " not in status:
            raise OSError(f"{self.email}: {status.decode().strip()}")
        self.task = asyncio.create_task(self.listen())

    async def listen(self):
        name = None
        try:
            while line := await self.reader.readline():
                if line.startswith(b"id: "):
                    self.last = line[4:].decode().strip()
                elif line.startswith(b"event: "):
                    name = line[7:].decode().strip()
                elif line.startswith(b"data: {") and b'"number"' in line:
                    data = json.loads(line[6:])
                    self.heard.setdefault(data["number"], time.monotonic())
                    if data.get("type") == "created":
                        self.events.append(data["number"])
                elif line.startswith(b"data:") and name in ("access", "end", "behind"):
                    self.heard.setdefault(name, time.monotonic())
        except OSError:
            pass


async def open_all(ears):
    begun = time.monotonic()
    for n in range(0, len(ears), 50):
        await asyncio.gather(*(ear.open() for ear in ears[n : n + 50]))
    return time.monotonic() - begun


def report(token, title):
    body = {"title": title, "impact": "low", "urgency": "low"}
    return call("POST", "/incidents", token, body)["number"]


async def until(what, holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            wrong.append(f"waited {PATIENCE:.0f} s until {what}")
            return
        await asyncio.sleep(0.05)


async def compare(what, ears, numbers, tokens):
    """Compares what each stream heard with what its person may see."""
    seen = {
        email: {number for number in numbers if await asyncio.to_thread(sees, token, number)}
        for email, token in tokens.items()
    }
    await until(f"{what}: everyone heard", lambda: all(seen[e.email] <= set(e.events) for e in ears))
    # What is told wrongly has its chance too.
    await asyncio.sleep(2)
    leaks = sum(len(set(numbers) & set(ear.events) - seen[ear.email]) for ear in ears)
    gaps = sum(len(seen[ear.email] - set(ear.events)) for ear in ears)
    twice = sum(ear.events.count(number) - 1 for ear in ears for number in set(numbers) & set(ear.events))
    told = sum(len(seen[ear.email]) for ear in ears)
    print(f"{what}: {told} messages to {len(ears)} streams, {leaks} leaked, {gaps} missing, {twice} twice")
    if leaks or gaps or twice:
        wrong.append(what)


async def measure(ears, admin):
    before, idle = cost()
    took = await open_all(ears)
    opened, held = cost()
    print(f"opened in {took:.1f} s, {opened - before:.2f} s of CPU; resident {idle:.0f} -> {held:.0f} MiB")
    await asyncio.sleep(30)
    rested, _ = cost()
    print(f"30 s of silence: {rested - opened:.2f} s of CPU")
    made = {}
    for n in range(CHANGES):
        number = await asyncio.to_thread(report, admin, f"stream {n}")
        made[number] = time.monotonic()
        await asyncio.sleep(0.1)
    changed, after = cost()
    return made, (changed - rested, after)


def spread(ears, made):
    waits = sorted(ear.heard[number] - at for number, at in made.items() for ear in ears if number in ear.heard)
    pick = lambda share: waits[min(len(waits) - 1, int(len(waits) * share))] * 1000
    return f"ms after the answer: median {pick(0.5):.0f}, p99 {pick(0.99):.0f}, most {pick(1):.0f}"


async def main():
    server = start() if COMMAND else None
    admin = sign_in("admin@example.com")
    people = call("GET", "/users?per_page=100&is_active=true", admin)["data"]
    tokens = {}
    for person in people:
        try:
            tokens[person["email"]] = sign_in(person["email"])
        except OSError:
            pass
    emails = list(tokens)
    ears = [Ear(email, tokens[email]) for email in (emails[n % len(emails)] for n in range(STREAMS))]
    print(f"{len(tokens)} people, {STREAMS} streams, {CHANGES} changes")
    made, (spent, resident) = await measure(ears, admin)
    await compare("live", ears, list(made), tokens)
    print(spread(ears, made))
    print(f"{CHANGES} changes: {spent * 1000 / CHANGES:.1f} ms of CPU each, making the ticket included; "
          f"resident {resident:.0f} MiB")

    # Somebody who sees everything loses it while they listen.
    agent = next(p for p in people if p["email"] == "agent@example.com")
    before = await asyncio.to_thread(report, admin, "before the right is gone")
    await until("the agent hears", lambda: any(before in e.events for e in ears if e.email == agent["email"]))
    roles = agent["roles"]
    roles = [role if isinstance(role, str) else role["name"] for role in roles]
    request = f"/users/{agent['id']}"
    await asyncio.to_thread(change, request, admin, {"roles": ["end_user"]})
    after = [await asyncio.to_thread(report, admin, f"after the right is gone {n}") for n in range(5)]
    await compare("after a right was taken away", ears, after, tokens)
    await asyncio.to_thread(change, request, admin, {"roles": roles})
    if any(set(after) & set(ear.events) for ear in ears if ear.email == agent["email"]):
        wrong.append("the agent heard what they may not see")

    if server:
        await restart(server, ears, admin, tokens)
    for ear in ears:
        ear.task.cancel()
    for one in wrong:
        print(f"WRONG: {one}")
    sys.exit(1 if wrong else 0)


def change(path, token, body):
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}", "If-Match": "*"}
    request = urllib.request.Request(f"{URL}/api/v1{path}", json.dumps(body).encode(), headers, method="PATCH")
    urllib.request.urlopen(request).read()


async def restart(server, ears, admin, tokens):
    """Kills the server in the middle of changes; everyone comes back and hears what they missed."""
    # A heartbeat tells everyone where they are, those too who hear nothing else.
    await asyncio.sleep(20)
    for ear in ears:
        ear.events.clear()
    numbers = [await asyncio.to_thread(report, admin, f"before the end {n}") for n in range(5)]
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    await asyncio.gather(*(ear.task for ear in ears))
    silent = sum(ear.last is None for ear in ears)
    if silent:
        wrong.append(f"{silent} streams do not know where they are")
    server = await asyncio.to_thread(start)
    numbers += [await asyncio.to_thread(report, admin, f"after the end {n}") for n in range(20)]
    print(f"killed and started; {len(ears)} streams come back in {await open_all(ears):.1f} s")
    numbers += [await asyncio.to_thread(report, admin, f"when all are back {n}") for n in range(5)]
    await compare("killed, started, resumed by Last-Event-ID", ears, numbers, tokens)
    server.terminate()
    server.wait()


asyncio.run(main())
