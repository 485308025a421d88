"""Runs a recorded program on SQLite in one thread: database, program, seconds."""
import json, os, random, sqlite3, sys, time

database, path, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
with open(path) as file:
    program = json.load(file)
db = sqlite3.connect(database, isolation_level=None, cached_statements=256)
for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
    db.execute("PRAGMA " + pragma)


def value(param, turn):
    if "new" in param:
        return turn["ids"][param["new"]]
    if "ticket" in param:
        return turn[param["ticket"]]
    return bytes.fromhex(param["uuid"]) if "uuid" in param else param["value"]


def new_id():
    digits = "%012x7%03x8%015x" % (
        int(time.time() * 1000), random.getrandbits(12), random.getrandbits(60))
    return bytes.fromhex(digits)


statements = [(s["sql"], s["params"]) for s in program["statements"]]
count, busy = 0, time.process_time()
started = time.perf_counter()
while time.perf_counter() - started < seconds:
    number = "INC-%06d" % random.randint(1, program["tickets"])
    turn = {"number": number, "fresh": "TMP-%d" % random.getrandbits(48),
            "ids": [new_id() for _ in range(program["new_ids"])]}
    if program["needs_ticket"]:
        turn["id"], = db.execute(program["find"]["sqlite"], (number,)).fetchone()
    if program["writes"]:
        db.execute("BEGIN IMMEDIATE")
    for sql, params in statements:
        values = [value(p, turn) for p in params]
        # Parameters are numbered ($1) or, where rows are many, in order (?).
        named = {str(i + 1): each for i, each in enumerate(values)}
        db.execute(sql, named if "$1" in sql else values).fetchall()
    if program["writes"]:
        db.execute("COMMIT")
    count += 1
elapsed = time.perf_counter() - started
print(json.dumps({"rate": count / elapsed, "cpu_ms": (time.process_time() - busy) * 1000 / count}))
