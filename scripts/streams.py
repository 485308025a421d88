"""Opens many streams on one node and measures what they cost: CPU time and memory of
the server, and how long after a change each listener hears of it.

    steward serve --demo                      # elsewhere; the printed sign-ins are used
    python3 scripts/streams.py [STREAMS] [CHANGES] [URL] [PID]

Needs nothing but Python. PID is the server's, for CPU and memory (Linux).
"""

import asyncio
import json
import os
import sys
import time
import urllib.request

STREAMS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
CHANGES = int(sys.argv[2]) if len(sys.argv) > 2 else 50
URL = sys.argv[3] if len(sys.argv) > 3 else "http://127.0.0.1:8000"
PID = sys.argv[4] if len(sys.argv) > 4 else None
PASSWORD = os.environ.get("PASSWORD", "steward-demo-harbour-42")
HOST, PORT = URL.removeprefix("http://").split(":")


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


def cost():
    """CPU seconds and resident MiB of the server."""
    if not PID:
        return 0.0, 0.0
    fields = open(f"/proc/{PID}/stat").read().rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    resident = int(open(f"/proc/{PID}/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return ticks / os.sysconf("SC_CLK_TCK"), resident / 2**20


class Ear:
    def __init__(self, token):
        self.token = token
        self.heard = {}

    async def open(self):
        self.reader, writer = await asyncio.open_connection(HOST, int(PORT))
        self.writer = writer
        writer.write(
            f"GET /api/v1/stream HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {self.token}\r\n\r\n".encode()
        )
        await writer.drain()
        await self.reader.readuntil(b"event: ready")

    async def listen(self):
        while line := await self.reader.readline():
            if line.startswith(b"data: {") and b'"number"' in line:
                number = json.loads(line[6:])["number"]
                self.heard.setdefault(number, time.monotonic())


async def main():
    admin = sign_in("admin@example.com")
    people = call("GET", "/users?per_page=100&is_active=true", admin)["data"]
    emails = [person["email"] for person in people]
    tokens = []
    for email in emails:
        try:
            tokens.append(sign_in(email))
        except OSError:
            pass
    ears = [Ear(tokens[n % len(tokens)]) for n in range(STREAMS)]
    print(f"{len(tokens)} people, {STREAMS} streams, {CHANGES} changes")
    before, idle = cost()
    begun = time.monotonic()
    for n in range(0, STREAMS, 50):
        await asyncio.gather(*(ear.open() for ear in ears[n : n + 50]))
    opened, held = cost()
    print(f"opened in {time.monotonic() - begun:.1f} s, {opened - before:.2f} s of CPU; "
          f"resident {idle:.0f} -> {held:.0f} MiB")
    listening = [asyncio.create_task(ear.listen()) for ear in ears]
    await asyncio.sleep(30)
    rested, _ = cost()
    print(f"30 s of silence: {rested - opened:.2f} s of CPU")
    made = {}
    begun = time.monotonic()
    for n in range(CHANGES):
        body = {"title": f"stream {n}", "impact": "low", "urgency": "low"}
        ticket = await asyncio.to_thread(call, "POST", "/incidents", admin, body)
        made[ticket["number"]] = time.monotonic()
        await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    changed, after = cost()
    waits, least = [], None
    for number, at in made.items():
        times = [ear.heard[number] - at for ear in ears if number in ear.heard]
        least = len(times) if least is None else min(least, len(times))
        waits += times
    waits.sort()
    pick = lambda share: waits[min(len(waits) - 1, int(len(waits) * share))] * 1000
    print(f"{len(waits)} messages, at least {least} listeners of each change; "
          f"ms after the answer: median {pick(0.5):.0f}, p99 {pick(0.99):.0f}, most {pick(1):.0f}")
    print(f"{CHANGES} changes: {(changed - rested) * 1000 / CHANGES:.1f} ms of CPU each, making the ticket included; "
          f"resident {after:.0f} MiB")
    for task in listening:
        task.cancel()


asyncio.run(main())
