"""The exception desk of a whole ministry: 12 duties in 12 months of 300 and of 20,000 branches, on SQLite and PostgreSQL.

Beside it, on a sample of the same branches in the same run, the plain way: a query for each branch, duty and month.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

SEED, DAY, YEAR = 20081122, date(2026, 11, 23), 2025
SIZES = tuple(int(n) for n in os.environ.get("BENCH_BRANCHES", "300,20000").split(","))
DUTIES, MONTHS, SAMPLE, ROUNDS = 12, 12, 20, 3
MISSED = 0.05  # share of the cells without a record
LIMITS = {300: 1.0, 20000: 5.0}  # seconds


def fill(branches: int) -> float:
    """A tree and the year's meetings; seconds."""
    from django.db import connection

    from luoshi.foundation.units import Body, Placement, Unit
    from luoshi.kernel import places

    start = time.monotonic()
    root = places.child("", 1)
    parents = branches // 500 + 1
    tree = [Unit(pk=1, place=root, code="0", name="机关党委", since=date(2000, 1, 1), body=Body.COMMITTEE)]
    for n in range(parents):
        tree.append(Unit(pk=n + 2, place=places.child(root, n + 1), code=f"{n + 1:03d}", name=f"第{n + 1}单位党委",
                         parent_id=1, since=date(2000, 1, 1), body=Body.COMMITTEE))
    for n in range(branches):
        above = tree[1 + n % parents]
        tree.append(Unit(pk=parents + 2 + n, place=places.child(above.place, n // parents + 1), code=f"b{n:05d}",
                         name=f"第{n + 1}党支部", parent_id=above.pk, since=date(2000, 1, 1), body=Body.BRANCH))
    Unit.objects.bulk_create(tree, batch_size=2000)
    Placement.objects.bulk_create([Placement(unit_id=one.pk, place=one.place, parent_id=one.parent_id, since=one.since)
                                   for one in tree], batch_size=2000)
    meetings(connection, tree[parents + 1:])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return time.monotonic() - start


def meetings(connection: Any, branches: list[Any]) -> None:
    """One meeting a branch, duty and month, but for those missed."""
    from luoshi.registers.meetings.models import Meeting

    dice, now = random.Random(SEED), datetime(2026, 1, 2, tzinfo=UTC)
    given = {"version": 1, "created_at": now, "changed_at": now, "withdrawn": False, "expected": 9, "present": 8}
    fields = [one for one in Meeting._meta.concrete_fields if one.column != "id"]
    names = [one.column for one in fields]
    base = [given.get(one.name, "" if one.get_internal_type() in ("CharField", "TextField") and not one.null else None)
            for one in fields]
    if connection.vendor == "sqlite":
        base = [one.isoformat(" ") if isinstance(one, datetime) else one for one in base]
    at = {name: names.index(name) for name in ("unit_id", "place", "kind", "day", "held_on", "topic")}

    def rows() -> Any:
        for unit in branches:
            for month in range(1, MONTHS + 1):
                for number in range(DUTIES):
                    if dice.random() < MISSED:
                        continue
                    row, day = list(base), date(YEAR, month, 1) + timedelta(days=dice.randrange(28))
                    row[at["unit_id"]], row[at["place"]], row[at["kind"]] = unit.pk, unit.place, f"kind{number}"
                    row[at["day"]] = row[at["held_on"]] = (day.isoformat() if connection.vendor == "sqlite" else day)
                    row[at["topic"]] = "例会"
                    yield row

    table, columns = Meeting._meta.db_table, ", ".join(names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows():
                    copy.write_row(row)
        else:
            connection.connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})", rows())  # noqa: S608
            connection.connection.commit()


def measure(branches: int) -> dict[str, Any]:
    """Seconds of the desk, of its first call, and of the plain way on a sample; both must find the same."""
    from django.db.models import Q

    from luoshi.engine.audience import Audience
    from luoshi.engine.duties import WAITING, Duty, desk
    from luoshi.foundation.units import Body, Unit
    from luoshi.kernel import periods, places
    from luoshi.registers.meetings.models import Meeting

    wanted = [Duty(f"bench.{n}", f"{n}", "", "meeting", every="month", who=Audience(), where=Q(kind=f"kind{n}"))
              for n in range(DUTIES)]
    year, times = periods.year(YEAR), []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        found = desk(root=places.child("", 1), today=DAY, periods=[year], wanted=wanted, states=WAITING)
        times.append(time.perf_counter() - start)
    sample = random.Random(SEED).sample(sorted(Unit.objects.filter(body=Body.BRANCH).values_list("pk", flat=True)), SAMPLE)
    start = time.perf_counter()
    plain = {(pk, one.name, month.key) for pk in sample for one in wanted for month in periods.split(year, "month")
             if not Meeting.objects.filter(one.where, unit=pk, withdrawn=False, held_on__gte=month.start,
                                           held_on__lt=month.end).exists()}
    slow = (time.perf_counter() - start) / SAMPLE * branches
    drawn = set(sample)
    if plain != {(unit.pk, duty.name, lamp.period.key) for unit, duty, lamp in found if unit.pk in drawn}:
        sys.exit("the desk and the plain way do not agree")
    return {"first": times[0], "later": min(times[1:]), "plain": slow, "missing": len(found)}


def engine(branches: int) -> None:
    """One engine and size, in a process and database of its own."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    built = fill(branches)
    print(json.dumps({"built": built, **measure(branches)}))


def run(title: str, branches: int, **environment: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="luoshi-desk-") as home:
        done = subprocess.run([sys.executable, "-m", "bench.desk", str(branches)], check=False, stdout=subprocess.PIPE,
                              text=True, env={**os.environ, "LUOSHI_DATA": home, **environment})
    if done.returncode:
        sys.exit(f"{title}: {done.stdout}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    kept = found["first"] <= LIMITS.get(branches, float("inf"))
    print(f"{title:<12}{branches:>9}{found['missing']:>9}{found['built']:>9.0f}{found['first']:>9.2f}"
          f"{found['later']:>9.2f}{found['plain']:>12.1f}{found['plain'] / found['first']:>8.0f}"
          f"  {'' if kept else 'over the limit'}", flush=True)
    return found


def main() -> None:
    from bench import load
    from scripts.postgres import binaries, server

    print(f"{DUTIES} duties, {MONTHS} months; the plain way on {SAMPLE} branches, multiplied; all in seconds")
    print(f"{'':<12}{'branches':>9}{'missing':>9}{'built':>9}{'first':>9}{'later':>9}{'plain':>12}{'times':>8}")
    found = {}
    for branches in SIZES:
        found[f"sqlite {branches}"] = run("SQLite", branches, LUOSHI_DATABASE="")
    if bin_folder := binaries():
        for branches in SIZES:
            with server(bin_folder) as address:
                found[f"postgresql {branches}"] = run("PostgreSQL", branches, LUOSHI_DATABASE=address)
    else:
        print("PostgreSQL is not installed here")
    load.last_line("desk", {name: one["plain"] / one["first"] for name, one in found.items()},
                   {"branches": list(SIZES), "duties": DUTIES, "months": MONTHS, "sample": SAMPLE,
                    "seconds": {name: round(one["first"], 3) for name, one in found.items()}}, ["django", "psycopg"])


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    engine(int(sys.argv[1])) if len(sys.argv) > 1 else main()
