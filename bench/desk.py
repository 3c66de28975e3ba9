"""The exception desk: what every branch owes and has not done, for 12 duties of 12 months, on SQLite and PostgreSQL.

Cold: each time is that of the first reckoning in a new process. The peer asks the database for each branch, duty and
month, as a hand-written page does; it is timed on a sample of branches, whose answers must be the same as ours.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

SEED, DAY = 20081122, date(2026, 11, 23)
SIZES = tuple(int(n) for n in os.environ.get("BENCH_BRANCHES", "300,20000").split(","))
LIMITS = {300: 1.0, 20000: 5.0}  # seconds
SAMPLE, ROUNDS, DONE, FIRST_LEVEL = 20, 3, 0.92, 40
KINDS = ("members", "committee", "group", "lecture", "theme_day", "life")
THEMES = ("章程", "条例", "历史", "业务", "安全", "法规")


def months() -> list[Any]:
    """The twelve months up to the one of the day."""
    from luoshi.kernel import periods

    end = periods.month(DAY).end
    return periods.split(periods.Period(periods.add_months(end, -12), end), "month")


def declared() -> list[Any]:
    """Twelve monthly duties over two registers: six kinds of meeting, the committee's with its quorum, six themes of study."""
    from django.db.models import Q

    from luoshi.engine.audience import Audience
    from luoshi.engine.duties import Duty
    from luoshi.registers.meetings.models import QUORATE

    who = Audience()
    return [*(Duty(f"bench.{one}", one, "", "meeting", every="month", who=who, where=Q(kind=one) & QUORATE) for one in KINDS),
            *(Duty(f"bench.study_{n}", one, "", "study", every="month", who=who, where=Q(theme=one)) for n, one in enumerate(THEMES))]


def units(branches: int) -> list[tuple[str, str, str, int]]:
    """(place, code, name, place in the list of the parent) of the root, its first-level units and their branches."""
    from luoshi.kernel import places

    root = places.child("", 1)
    found = [(root, "0", "机关党委", -1)]
    found += [(places.child(root, n + 1), f"{n + 1:02d}", f"第{n + 1}单位党委", 0) for n in range(FIRST_LEVEL)]
    for n in range(branches):
        above = n % FIRST_LEVEL
        found.append((places.child(found[above + 1][0], n // FIRST_LEVEL + 1), f"{above + 1:02d}-{n:05d}",
                      f"第{above + 1}单位第{n // FIRST_LEVEL + 1}党支部", above + 1))
    return found


def records(tree: list[tuple[str, str, str, int]], kinds: tuple[str, ...]) -> Iterator[tuple[int, str, str, date]]:
    """(unit, place, kind or theme, day): most months of each have one, some two."""
    dice = random.Random(f"{SEED}{kinds[0]}")
    for unit, (place, *_more) in enumerate(tree[FIRST_LEVEL + 1:], FIRST_LEVEL + 2):  # keys count from 1
        for month in months():
            for kind in kinds:
                for n in range((dice.random() < DONE) + (dice.random() < 0.05)):
                    yield unit, place, kind, month.start + timedelta(days=14 * n + dice.randrange(14))


def fill(branches: int) -> int:
    """Tables, units and records of one engine; gives the number of records."""
    from django.core.management import call_command
    from django.db import connection

    from luoshi.foundation.units import Body, Placement, Unit
    from luoshi.registers.meetings.models import Meeting
    from luoshi.registers.study.models import StudySession

    call_command("migrate", verbosity=0)
    tree, now = units(branches), datetime(2026, 11, 23, tzinfo=UTC)
    since = date(2000, 1, 1)
    Unit.objects.bulk_create([
        Unit(pk=at + 1, place=place, code=code, name=name, parent_id=above + 1 or None, since=since,
             body=Body.BRANCH if above > 0 else Body.COMMITTEE) for at, (place, code, name, above) in enumerate(tree)])
    Placement.objects.bulk_create([Placement(unit_id=at + 1, place=place, since=since) for at, (place, *_more) in enumerate(tree)])
    common = {"version": 1, "created_at": now, "changed_at": now, "withdrawn": False, "starts": None, "venue": "", "expected": 9,
              "present": 9}
    meeting = {**common, "topic": "学习", "theme": "", "agenda": "", "guest": "", "observers": "", "discussion": "", "decisions": "",
               "called_off": ""}
    study = {**common, "timely": False, "notes": ""}
    count = load(Meeting, meeting, ("unit_id", "place", "kind", "held_on", "day"),
                 ((unit, place, kind, day, day) for unit, place, kind, day in records(tree, KINDS)))
    count += load(StudySession, study, ("unit_id", "place", "theme", "topic", "held_on", "day"),
                  ((unit, place, theme, theme, day, day) for unit, place, theme, day in records(tree, THEMES)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return count


def load(model: Any, fixed: dict[str, Any], names: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> int:
    """Rows straight into a table that is not yet used; gives how many."""
    from django.db import connection

    columns = ", ".join([*fixed, *names])
    count = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*fixed.values(), *row))
                    count += 1
            return count
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [model._meta.db_table])
        for (name,) in cursor.fetchall():  # of the search index, which the desk does not ask
            cursor.execute(f"DROP TRIGGER {name}")
        first = [one.isoformat(" ") if isinstance(one, datetime) else one for one in fixed.values()]
        made = [(*first, *(one.isoformat() if isinstance(one, date) else one for one in row)) for row in rows]
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(made[0]))})", made)  # noqa: S608
        return len(made)


def ours() -> list[Any]:
    """(unit, duty, lamp) of all that is not done, as the desk lists it."""
    from luoshi.engine.duties import owed
    from luoshi.foundation.units import Unit
    from luoshi.kernel.periods import Period

    its = months()
    root = Unit.objects.get(code="0")
    return owed(root=root.place, today=DAY, wanted=declared(), within=Period(its[0].start, its[-1].end))


def theirs(branches: list[Any]) -> list[tuple[int, str, str, str]]:
    """The same for some branches, by one question each."""
    from luoshi.engine.duties import SOON
    from luoshi.engine.register import register

    found = []
    for unit in branches:
        for duty in declared():
            for month in months():
                rows = register(duty.register).base().filter(duty.where, unit=unit, held_on__gte=month.start, held_on__lt=month.end)
                if not rows.count():
                    soon = month.start <= DAY and month.last_day - DAY <= SOON
                    found.append((unit.pk, duty.name, month.key, "late" if month.last_day < DAY else "soon" if soon else "none"))
    return found


def engine(what: str, branches: int) -> None:
    """One step in a process of its own; says what it found as JSON."""
    import django

    django.setup()
    from luoshi.foundation.units import Body, Unit

    if what == "fill":
        print(json.dumps({"records": fill(branches)}))
        return
    from django.db import connection

    connection.ensure_connection()
    if what == "ours":
        start = time.perf_counter()
        found = ours()
        print(json.dumps({"seconds": time.perf_counter() - start, "missing": len(found)}))
        return
    sample = list(Unit.objects.filter(body=Body.BRANCH).order_by("pk")[:SAMPLE])
    start = time.perf_counter()
    asked = theirs(sample)
    seconds = time.perf_counter() - start
    keys = {unit.pk for unit in sample}
    mine = [(unit.pk, duty.name, lamp.period.key, lamp.state) for unit, duty, lamp in ours() if unit.pk in keys]
    if sorted(asked) != sorted(mine):
        sys.exit("the two do not agree")
    print(json.dumps({"seconds": seconds / SAMPLE * branches, "missing": len(asked)}))


def run(title: str, branches: int, **environment: str) -> dict[str, float]:
    """Fill one engine, then take turns; medians in seconds."""
    from statistics import median

    with tempfile.TemporaryDirectory(prefix="luoshi-desk-") as home:
        def step(what: str) -> dict[str, Any]:
            done = subprocess.run([sys.executable, "-m", "bench.desk", what, str(branches)], check=False, stdout=subprocess.PIPE,
                                  text=True, env={**os.environ, "LUOSHI_DATA": home, **environment})
            if done.returncode:
                sys.exit(f"{title}, {what}: {done.stdout}")
            found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
            return found

        records = step("fill")["records"]
        mine = [step("ours") for _n in range(ROUNDS)]
        peer = step("theirs")
    seconds = median(one["seconds"] for one in mine)
    print(f"{title:<12}{branches:>10}{records:>12}{mine[0]['missing']:>10}{seconds:>10.2f}{peer['seconds']:>12.1f}"
          f"{peer['seconds'] / seconds:>9.0f}{LIMITS.get(branches, 0):>8.1f}", flush=True)
    return {"seconds": seconds, "ratio": peer["seconds"] / seconds}


def main() -> None:
    from bench import load as last
    from scripts.postgres import binaries, server

    print(f"12 duties of 12 months; the peer on {SAMPLE} branches, scaled up; medians of {ROUNDS} cold starts")
    print(f"{'':<12}{'branches':>10}{'records':>12}{'missing':>10}{'ours, s':>10}{'loop, s':>12}{'times':>9}{'limit':>8}")
    ratios = {}
    for branches in SIZES:
        found = {"sqlite": run("SQLite", branches, LUOSHI_DATABASE="")}
        if folder := binaries():
            with server(folder) as address:
                found["postgresql"] = run("PostgreSQL", branches, LUOSHI_DATABASE=address)
        for name, one in found.items():
            ratios[f"{name}: loop by branch, {branches}"] = one["ratio"]
            if branches in LIMITS:
                ratios[f"{name}: limit of {LIMITS[branches]:.0f} s, {branches}"] = LIMITS[branches] / one["seconds"]
    last.last_line("desk", ratios, {"branches": list(SIZES), "duties": 12, "months": 12, "sample": SAMPLE}, ["django", "psycopg"])


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    engine(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 2 else main()
