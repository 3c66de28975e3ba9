"""Finding one of a million people: our list beside a stock Django admin's change list, on SQLite and PostgreSQL.

First page, one branch, page 5,000, a name's first two characters, a name in pinyin. Both run in one process on the same
rows, in turn, through the real routes.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

REGISTER = "person"
SEED, DAY = 20081122, date(2026, 11, 23)
PEOPLE, BRANCHES = int(os.environ.get("BENCH_PEOPLE", "1000000")), int(os.environ.get("BENCH_BRANCHES", "20000"))
ROUNDS, PAGE, FIRST_LEVEL = int(os.environ.get("BENCH_ROUNDS", "5")), 50, 40
FAR = min(5000, PEOPLE // PAGE // 2)
# The rest of a person's file, as wide as real ones: two sealed texts, codes, days.
FILE = {"id_number": "0a1b2c3d:" + "A" * 64, "phone": "0a1b2c3d:" + "A" * 54, "sex": "1", "ethnicity": "01", "born": "1980-05-04",
        "native_place": "平川", "education": "21", "employment": "11", "full_on": "2011-07-01"}
KINDS = ("first page", "branch filter", f"page {FAR}", "two characters", "pinyin")


def units() -> list[tuple[str, str, str, int]]:
    """(place, code, name, place in the list of the parent) of the root, its first-level units and their branches."""
    from luoshi.kernel import places

    root = places.child("", 1)
    found = [(root, "0", "机关党委", -1)]
    for n in range(FIRST_LEVEL):
        found.append((places.child(root, n + 1), f"{n + 1:02d}", f"第{n + 1}单位党委", 0))
    for n in range(BRANCHES):
        above = n % FIRST_LEVEL
        found.append((places.child(found[above + 1][0], n // FIRST_LEVEL + 1), f"{above + 1:02d}-{n:05d}",
                      f"第{above + 1}单位第{n // FIRST_LEVEL + 1}党支部", above + 1))
    return found


def people(path: Path) -> None:
    """Write the generated people as lines of tabs: name, number, joined, letters, strokes, unit."""
    from luoshi.config.demo import names
    from luoshi.kernel.names import search_text, stroke_key

    dice = random.Random(SEED)
    source, known = names.people(dice), {}
    with path.open("w") as out:
        for n in range(PEOPLE):
            name = next(source)
            if name not in known:
                known[name] = (search_text(name, limit=199), stroke_key(name)[:200])
            letters, strokes = known[name]
            joined = (date(1980, 1, 1) + timedelta(days=dice.randrange(16000))).isoformat()
            unit = FIRST_LEVEL + 2 + dice.randrange(BRANCHES)  # keys count from 1
            out.write(f"{name}\t{10_000_000 + n}\t{joined}\t {letters}\t{strokes}\t{unit}\n")


def fill(path: Path) -> dict[str, float]:
    """Tables, units, people and index of one engine; seconds of each step."""
    from django.core.management import call_command
    from django.db import connection

    from luoshi.engine import indexing
    from luoshi.foundation.units import Body, Unit

    took, start = {}, time.monotonic()
    call_command("migrate", verbosity=0)
    tree = units()
    Unit.objects.bulk_create(
        [Unit(pk=at + 1, place=place, code=code, name=name, parent_id=above + 1 or None, since=date(2000, 1, 1),
              body=Body.BRANCH if above > 0 else Body.COMMITTEE) for at, (place, code, name, above) in enumerate(tree)])
    took["tables and units"], start = time.monotonic() - start, time.monotonic()
    without_index(connection)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    columns = ("version, created_at, changed_at, withdrawn, place, name, number, joined, search, strokes, unit_id, "
               + ", ".join([*FILE, "id_digest"]))
    rows = ((1, now, now, False, tree[int(unit) - 1][0], *more, int(unit), *FILE.values(), f"{n:032x}")
            for n, (*more, unit) in enumerate(line.rstrip("\n").split("\t") for line in path.open()))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY foundation_person ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute("SELECT setval(pg_get_serial_sequence('foundation_unit', 'id'), %s)", [len(tree)])
        else:
            connection.connection.executemany(
                f"INSERT INTO foundation_person ({columns}) VALUES ({', '.join('?' * (12 + len(FILE)))})",  # noqa: S608
                ((row[0], now.isoformat(" "), now.isoformat(" "), 0, *row[4:]) for row in rows))
            connection.connection.commit()
    took["people"], start = time.monotonic() - start, time.monotonic()
    indexing.rebuild()
    took["search index"], start = time.monotonic() - start, time.monotonic()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what its own service does within minutes
    took["statistics"] = time.monotonic() - start
    return took


def without_index(connection) -> None:
    """Take the search index down for the load, as one does before a million rows."""
    from luoshi.engine.indexing import postgresql, sqlite
    from luoshi.engine.indexing.declared import fields
    from luoshi.foundation.people import Person

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP INDEX "{postgresql.name(Person, fields()[Person])}"')
        else:
            cursor.execute(f"DROP TRIGGER {sqlite.name(Person)}_add")


def client():
    """Signed in as an account that manages everything."""
    from django.test import Client

    from luoshi.foundation.accounts import Account
    from luoshi.foundation.grants import Grant, Verb
    from luoshi.foundation.units import Unit

    root = Unit.objects.get(code="0")
    account = Account.objects.create_user("bench", None, label="压测", home=root)
    Grant.objects.create(account=account, unit=root, verb=Verb.MANAGE, since=date(2020, 1, 1))
    one = Client(HTTP_HOST="127.0.0.1")
    one.force_login(account)
    return one


def addresses() -> dict[str, list[tuple[str, str]]]:
    """kind → pairs of our address and the admin's, asking for the same; drawn from the people there are."""
    from urllib.parse import urlencode

    from luoshi.engine import columns, table
    from luoshi.engine.actor import system_actor
    from luoshi.engine.register import register
    from luoshi.kernel.names import keys

    one, dice = register(REGISTER), random.Random(SEED)
    ours, theirs = f"/r/{REGISTER}/", f"/admin/{one.model._meta.app_label}/{one.model._meta.model_name}/"
    rows = one.rows(system_actor(DAY))
    start = list(rows.order_by(*one.order).values_list("pk", flat=True)[(FAR - 1) * PAGE - 1:(FAR - 1) * PAGE])
    before = rows.filter(pk=start[0])
    key = table._pack([before.values_list(name, flat=True)[0] for name in one.order])
    drawn = [rows.get(pk=dice.randrange(PEOPLE) + 1) for _n in range(4)]
    assert columns.columns(one)
    words = {"two characters": [p.name[:2] for p in drawn], "pinyin": [keys(p.name).full for p in drawn]}
    found = {
        "first page": [(ours, theirs)],
        "branch filter": [(f"{ours}?{urlencode({'unit': p.unit.code})}", f"{theirs}?unit={p.unit_id}") for p in drawn],
        f"page {FAR}": [(f"{ours}?after={key}", f"{theirs}?p={FAR}")],
    }
    return found | {kind: [(f"{ours}?{urlencode({'q': w})}", f"{theirs}?{urlencode({'q': w})}") for w in some]
                    for kind, some in words.items()}


def measure() -> dict[str, tuple[float, float]]:
    """kind → median seconds of our page and of the admin's."""
    from statistics import median

    one, asked = client(), addresses()
    times: dict[str, tuple[list[float], list[float]]] = {kind: ([], []) for kind in KINDS}
    # Turn and turn about by rounds, so that a busy machine meets both; not by requests, where each page would find the
    # database's cache swept by the other's counting of a million rows.
    for turn, side in product(range(ROUNDS + 1), (0, 1)):  # the first round warms both
        for kind in KINDS:
            for pair in asked[kind][:1] if turn == 0 else asked[kind]:
                start = time.perf_counter()
                answer = one.get(pair[side])
                took = time.perf_counter() - start
                if answer.status_code != 200 or b"<tbody" not in answer.content:
                    sys.exit(f"{pair[side]}: {answer.status_code}, no rows")
                if turn:
                    times[kind][side].append(took)
    return {kind: (median(ours), median(theirs)) for kind, (ours, theirs) in times.items()}


def engine(path: Path) -> None:
    """One engine, in a process of its own: fill, measure, say so as JSON."""
    import django

    django.setup()
    took = fill(path)
    print(json.dumps({"built": took, "times": measure()}, ensure_ascii=False))


def run(path: Path, title: str, **environment: str) -> dict[str, tuple[float, float]]:
    with tempfile.TemporaryDirectory(prefix="luoshi-finding-") as home:
        done = subprocess.run([sys.executable, "-m", "bench.finding", str(path)], check=False, stdout=subprocess.PIPE,
                              text=True, env={**os.environ, "LUOSHI_DATA": home, **environment})
    if done.returncode:
        sys.exit(f"{title}: {done.stdout}")
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"\n{title}: built in " + ", ".join(f"{what} {seconds:.0f} s" for what, seconds in found["built"].items()))
    print(f"{'':<18}{'ours, ms':>10}{'admin, ms':>12}{'times':>8}")
    for kind, (ours, theirs) in found["times"].items():
        print(f"{kind:<18}{ours * 1000:>10.1f}{theirs * 1000:>12.1f}{theirs / ours:>8.1f}", flush=True)
    return found["times"]


def main() -> None:
    from bench import load
    from scripts.postgres import binaries, server

    with tempfile.TemporaryDirectory(prefix="luoshi-people-") as folder:
        path, start = Path(folder) / "people.tsv", time.monotonic()
        people(path)
        print(f"{PEOPLE} people in {BRANCHES} branches, names worked out in {time.monotonic() - start:.0f} s")
        found = {"sqlite": run(path, "SQLite", LUOSHI_DATABASE="")}
        if bin_folder := binaries():
            with server(bin_folder) as address:
                found["postgresql"] = run(path, "PostgreSQL", LUOSHI_DATABASE=address)
        else:
            print("\nPostgreSQL is not installed here")
    ratios = {f"{name}: {kind}": theirs / ours for name, times in found.items() for kind, (ours, theirs) in times.items()}
    load.last_line("finding", ratios, {"people": PEOPLE, "branches": BRANCHES, "page": PAGE}, ["django", "psycopg"])


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.finding_settings"
    engine(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
