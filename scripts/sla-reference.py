#!/usr/bin/env python3
"""Writes cases of business time with their answers, one JSON object a line.

    scripts/sla-reference.py [HOW_MANY] [SEED] > CASES.jsonl
    scripts/sla-reference.py HOW_MANY SEED BINARY

The answers come from an implementation of its own that shares nothing with the
server's: it lists every opening between two dates with Python's `zoneinfo`, takes
away holidays and pauses, and adds up. With BINARY the cases are not written but
asked of `steward sla calculate`, and every difference is told. `scripts/sla-cases.py`
lives them as tickets. Years end in 2025: of later ones zone data may differ.
"""

import json
import random
import subprocess
import sys
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UTC = timezone.utc
# Whole and half hours, changes at midnight, a skipped date, Ramadan, both hemispheres.
ZONES = ("Europe/Berlin", "America/New_York", "UTC", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
         "Africa/Casablanca", "America/Sao_Paulo", "Asia/Tehran", "America/St_Johns", "Asia/Kathmandu",
         "Pacific/Chatham", "Africa/Cairo", "America/Havana", "Europe/Dublin", "Asia/Beirut")
# The sparsest case opens for an hour a week; this is ten years of it.
HORIZON = timedelta(days=3700)


def instant(zone, day, minutes):
    """A local time as an instant: in a gap by the offset before it, of two the earlier one."""
    local = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def exists(zone, day):
    noon = datetime.combine(day, time(12), tzinfo=zone)
    return noon.astimezone(UTC).astimezone(zone).date() == day


def minutes_of(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def is_holiday(day, holidays):
    return day.isoformat() in holidays or day.strftime("%m-%d") in holidays


def union(spans):
    merged = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif end > begin:
            merged.append((begin, end))
    return merged


def without(spans, holes):
    """Both in order and without overlaps."""
    left = []
    for begin, end in spans:
        for hole_begin, hole_end in holes:
            if hole_end <= begin or hole_begin >= end:
                continue
            if begin < hole_begin:
                left.append((begin, hole_begin))
            begin = max(begin, hole_end)
        if begin < end:
            left.append((begin, end))
    return left


def openings(calendar, first, last):
    zone = ZoneInfo(calendar["time_zone"])
    opened, closed = [], []
    day = first
    while day <= last:
        if is_holiday(day, calendar["holidays"]):
            closed.append((instant(zone, day, 0), instant(zone, day, 1440)))
        if exists(zone, day):
            hours = [["00:00", "24:00"]] if calendar["weekly"] == "24x7" else calendar["weekly"].get(DAYS[day.weekday()], [])
            for begin, end in hours:
                begin, end = minutes_of(begin), minutes_of(end)
                opened.append((instant(zone, day, begin), instant(zone, day, end if end > begin else end + 1440)))
        day += timedelta(days=1)
    return without(union(opened), union(closed))


def answer(case):
    start, at = read(case["start"]), read(case["at"])
    # A pause without an end lasts longer than anybody looks.
    never = start + 2 * HORIZON
    zone = ZoneInfo(case["calendar"]["time_zone"])
    first = start.astimezone(zone).date() - timedelta(days=3)
    target = timedelta(minutes=case["target_minutes"])
    pauses = union([(read(p["from"]), read(p["to"]) if p["to"] else never) for p in case["pauses"]])
    needed = max(at, start) + timedelta(days=3)
    due = start if not target else None
    # Look further only where it is needed.
    for days in (0, 30, 400, HORIZON.days):
        last = max(needed, start + timedelta(days=days)).astimezone(zone).date()
        spans = without(openings(case["calendar"], first, last), pauses)
        spans = [(max(begin, start), end) for begin, end in spans if end > start]
        used = timedelta()
        for begin, end in spans:
            if due is None and used + (end - begin) >= target:
                due = begin + (target - used)
            used += end - begin
        if due is not None:
            break
    elapsed = sum((min(end, at) - begin for begin, end in spans if begin < at), timedelta())
    return {"due_at": write(due) if due else None, "elapsed_seconds": int(elapsed.total_seconds())}


def read(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def write(at):
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def week(dice):
    """Opening hours of a week in one of the usual shapes."""
    shape = dice.randrange(6)
    if shape == 0:
        return "24x7"
    clock = lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}"
    weekly = {}
    for day in DAYS:
        if shape == 1 and day in DAYS[:5]:
            weekly[day] = [["09:00", "17:00"]]
        elif shape == 2 and day in DAYS[:6]:
            weekly[day] = [["08:00", "12:00"], ["12:30", "16:45"]]
        elif shape == 3 and dice.random() < 0.6:
            # A night shift, also over midnight into a closed day.
            weekly[day] = [[clock(dice.randrange(1080, 1440)), clock(dice.randrange(0, 540))]]
        elif shape == 4 and dice.random() < 0.5:
            edges = [(dice.randrange(0, 1380), dice.randrange(1, 400)) for _ in range(dice.randrange(1, 4))]
            weekly[day] = [[clock(begin), clock(min(begin + length, 1440))] for begin, length in edges]
        elif shape == 5 and day == DAYS[dice.randrange(7)]:
            weekly[day] = [["01:30", "02:30"]]
    return weekly or {"friday": [["22:00", "06:00"]]}


def transitions(dice, zone, year):
    """A moment near a change of the clocks of the year, where there is one."""
    hour = datetime(year, 1, 1, tzinfo=UTC)
    found = []
    while hour.year == year:
        later = hour + timedelta(hours=6)
        if hour.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            found.append(hour)
        hour = later
    return dice.choice(found) if found else None


def make(dice):
    name = dice.choice(ZONES)
    year = dice.randrange(2005, 2025)
    near = transitions(dice, ZoneInfo(name), year) if dice.random() < 0.5 else None
    if name == "Pacific/Apia" and dice.random() < 0.5:
        near = datetime(2011, 12, 30, tzinfo=UTC)
    start = near or datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=dice.randrange(365))
    start += timedelta(minutes=dice.randrange(-3 * 1440, 1440))
    if dice.random() < 0.3:
        start += timedelta(seconds=dice.randrange(60))
    day = lambda: (start + timedelta(days=dice.randrange(-1, 12))).date()
    holidays = [day().isoformat() if dice.random() < 0.7 else day().strftime("%m-%d") for _ in range(dice.randrange(4))]
    target = dice.choice([0, 1, 15, 60, 240, 480, 1440, 2880, dice.randrange(20_000)])
    pauses = []
    for _ in range(dice.randrange(4)):
        begin = start + timedelta(minutes=dice.randrange(-1000, 12_000))
        end = begin + timedelta(minutes=dice.choice([0, 1, 60, 600, 4000]))
        pauses.append({"from": write(begin), "to": None if dice.random() < 0.1 else write(end)})
    at = start + timedelta(minutes=dice.randrange(0, 20_000))
    calendar = {"time_zone": name, "weekly": week(dice), "holidays": list(dict.fromkeys(holidays))}
    return {"calendar": calendar, "start": write(start), "target_minutes": target, "pauses": pauses, "at": write(at)}


def differing(binary, lines):
    """How many answers of the calculator are other ones."""
    asked = "".join(json.dumps(line["case"]) + "\n" for line in lines)
    told = subprocess.run([binary, "sla", "calculate"], input=asked, text=True, capture_output=True, check=False)
    answers = told.stdout.splitlines()
    if len(answers) != len(lines):
        raise SystemExit(f"{len(lines)} questions, {len(answers)} answers: {told.stderr}")
    wrong = 0
    for line, text in zip(lines, answers):
        found = json.loads(text)
        if {name: found.get(name) for name in line["want"]} != line["want"]:
            wrong += 1
            print(f"{json.dumps(line['case'])}\n  wanted {line['want']}\n  found {found}")
    return wrong


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1200
    dice = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    cases = (make(dice) for _ in range(count))
    lines = [{"case": case, "want": answer(case)} for case in cases]
    if len(sys.argv) > 3:
        wrong = differing(sys.argv[3], lines)
        print(f"{len(lines)} cases, {wrong} differ")
        sys.exit(1 if wrong else 0)
    for line in lines:
        print(json.dumps(line))


if __name__ == "__main__":
    main()
