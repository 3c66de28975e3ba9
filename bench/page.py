"""A list page of 50 rows: ours, the same written in plain Django templates, the same with django-tables2."""

import os
import random
import subprocess
import sys
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
SEED, UNITS, ROWS = 20081122, 300, int(os.environ.get("BENCH_ROWS", "20000"))
ROUNDS, SECONDS = int(os.environ.get("BENCH_ROUNDS", "5")), float(os.environ.get("BENCH_SECONDS", "4"))
PAGES = {"ours": "/r/meeting/", "plain": "/plain/", "tables2": "/tables2/"}


def build() -> str:
    """Units, meetings and a signed-in session; gives the session's cookie."""
    import django

    django.setup()
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from luoshi.engine import bulk, samples
    from luoshi.engine.actor import system_actor
    from luoshi.engine.register import register
    from luoshi.foundation.accounts import Account
    from luoshi.foundation.grants import Grant, Verb

    dice, day = random.Random(SEED), date(2026, 11, 23)
    actor, one = system_actor(day), register("meeting")
    root = samples.unit(actor, "机关党委")
    units = [samples.unit(actor, f"第{n}党支部", parent=root) for n in range(UNITS)]
    lecturers = [samples.person(unit) for unit in units[:50]]
    kinds = [key for key, _word in one.model._meta.get_field("kind").flatchoices]
    rows = [samples.row(one, dice.choice(units), actor, kind=dice.choice(kinds), topic=f"议题{n}",
                        held_on=day - timedelta(days=dice.randrange(365)), lecturer=dice.choice(lecturers),
                        expected=30, present=dice.randrange(16, 31)) for n in range(ROWS)]
    refused = bulk.save_many(actor, one, rows)
    if refused:
        sys.exit(f"the benchmark's own rows were refused: {next(iter(refused.values()))}")
    account = Account.objects.create_user("bench", None, label="压测", home=root)
    Grant.objects.create(account=account, unit=root, verb=Verb.MANAGE, since=date(2020, 1, 1))
    session = SessionStore()
    session["_auth_user_id"], session["_auth_user_hash"] = str(account.pk), account.get_session_auth_hash()
    session["_auth_user_backend"] = "luoshi.foundation.grants.SessionDoor"
    session.create()
    return f"session={session.session_key}"


def serve(port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--workers", "2", "--port", str(port),
         "--host", "127.0.0.1", "--no-ws", "--log-level", "error", "luoshi.config.wsgi:application"])
    for _try in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=1)
            return server
        except OSError:
            time.sleep(0.2)
    sys.exit("the server did not start")


def main() -> None:
    from bench import load

    cookie, port = build(), 8390
    server = serve(port)
    try:
        rates: dict[str, list[float]] = {name: [] for name in PAGES}
        cost: dict[str, list[float]] = {name: [] for name in PAGES}
        late: dict[str, list[float]] = {name: [] for name in PAGES}
        for path in PAGES.values():
            load.run(port, path, cookie=cookie, seconds=1)
        for _round in range(ROUNDS):
            for name, path in PAGES.items():
                used = load.cpu_seconds(server.pid)
                tally = load.run(port, path, cookie=cookie, seconds=SECONDS)
                cost[name].append((load.cpu_seconds(server.pid) - used) / tally.answers * 1000)
                if tally.wrong:
                    sys.exit(f"{name}: {tally.wrong} answers were not 200")
                rates[name].append(tally.answers / SECONDS)
                late[name] += tally.times
    finally:
        server.terminate()
        server.wait()
    print(f"{'page':<10}{'requests/s':>12}{'median ms':>12}{'processor ms':>14}")
    for name in PAGES:
        print(f"{name:<10}{load.median(rates[name]):>12.0f}{load.median(late[name]) * 1000:>12.1f}"
              f"{load.median(cost[name]):>14.2f}")
    ours = load.median(rates["ours"])
    ratios = {f"over_{n}": ours / load.median(rates[n]) for n in ("plain", "tables2")}
    ratios |= {f"processor_{n}": load.median(cost[n]) / load.median(cost["ours"]) for n in ("plain", "tables2")}
    load.last_line("page", ratios,
                   {"rows": ROWS, "units": UNITS, "page": 50}, ["django", "jinja2", "granian", "django-tables2"])


if __name__ == "__main__":
    main()
