"""One activity, 10,000 people who sign in with name and digits of the phone, and 20 % who do it twice, all over HTTP.

The product is served as in production, on SQLite and on a PostgreSQL that waits for its disk. As many connections as there are
workers' queues for send one entry after the other as fast as they are answered. The peer is a plain view in the same server.
"""

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote, urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
SEED, UNITS, CONNECTIONS, PORT = 20081122, 300, 32, 8392
PEOPLE, REPEATS = int(os.environ.get("BENCH_PEOPLE", "10000")), 0.2
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华文远知书语清"
SECRET = "b" * 32  # of the form: the cookie and the field hold the same, as a browser would send them


def build() -> None:
    """Units, people, their places in one activity, an open sign-in and a second sheet for the peer; prints where."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from luoshi.engine import actor, bulk, samples
    from luoshi.engine.models import Sheet
    from luoshi.engine.register import register
    from luoshi.engine.signing import address, sheets
    from luoshi.foundation.people import Person
    from luoshi.registers.events.models import Signup

    dice, system = random.Random(SEED), actor.system_actor()
    root = samples.unit(system, "机关党委")
    units = [samples.unit(system, f"第{n}党支部", parent=root) for n in range(UNITS)]
    people = [Person(unit=units[n % UNITS], name=dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN),
                     number=f"N{n:06d}", phone=f"1380000{n % 10000:04d}") for n in range(PEOPLE)]
    event = samples.saved(register("event"), root, system, title="万人活动", starts_on=system.today, state="open",
                          head_count=None, cost=None)
    for one, rows in (("person", people), ("signup", None)):
        rows = rows or [Signup(event=event, person=person, unit=person.unit) for person in people]
        if one == "signup":  # asked row by row, each would count all others: here it is known that they fit
            for row in rows:
                row.settle()
            Signup.objects.bulk_create(rows, batch_size=2000)
        elif refused := bulk.save_many(system, register(one), rows):
            sys.exit(f"the benchmark's own rows were refused: {next(iter(refused.values()))}")
    sheet = sheets.open_sheet(system, event)
    peer = Sheet.objects.create(register="event", row=0)
    print(json.dumps({"ours": f"/sign/{quote(address.token(sheet.pk, sheet.issue))}/", "plain": f"/plain-sign/{peer.pk}/",
                      "sheet": sheet.pk, "peer": peer.pk, "people": [(p.name, p.phone[-4:], p.number) for p in people]}))


def check(sheet: int, peer: int) -> None:
    """Exactly one row and, for ours, one line a person; the whole trail holds."""
    import django

    django.setup()
    from luoshi.engine.models import Presence
    from luoshi.foundation import trail

    found = {"ours": Presence.objects.filter(sheet=sheet).count(), "plain": Presence.objects.filter(sheet=peer).count(),
             "lines": trail.Line.objects.filter(register="presence", row=sheet, verb="sign").count(), "breaks": len(list(trail.verify()))}
    print(json.dumps(found))


def burst(path: str, entries: list[tuple[str, str]]) -> tuple[float, list[float], int]:
    """All entries over CONNECTIONS lines; (seconds, time of each answer, how many were not 200)."""
    left, lock, times, wrong = list(reversed(entries)), threading.Lock(), [], [0]

    def work() -> None:
        own, bad = [], 0
        with socket.create_connection(("127.0.0.1", PORT), timeout=60) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                with lock:
                    if not left:
                        break
                    name, number = left.pop()
                body = urlencode({"csrfmiddlewaretoken": SECRET, "name": name, "number": number}).encode()
                head = (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken={SECRET}\r\nAccept-Encoding: identity\r\n"
                        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n").encode()
                start = time.monotonic()
                line.sendall(head + body)
                bad += not load._answer(line)
                own.append(time.monotonic() - start)
        with lock:
            times.extend(own)
            wrong[0] += bad

    from bench import load

    start = time.monotonic()
    threads = [threading.Thread(target=work) for _n in range(CONNECTIONS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return time.monotonic() - start, sorted(times), wrong[0]


def serve() -> subprocess.Popen[bytes]:
    """The web server with the workers and threads of production."""
    from luoshi.config import serving

    server = subprocess.Popen(serving.processes(PORT)[0].words)
    for _try in range(150):
        if serving.answers(PORT):
            return server
        time.sleep(0.2)
    sys.exit("the server did not start")


def measured(database: str) -> dict[str, dict[str, float]]:
    """Both on one fresh database in one run of the server."""
    from bench import load

    os.environ.update(LUOSHI_DATABASE=database, LUOSHI_DATA=tempfile.mkdtemp(prefix="luoshi-bench-"), LUOSHI_SECRET="bench")
    made = json.loads(child("build"))
    dice = random.Random(SEED)
    server, found = serve(), {}
    try:
        for who in ("ours", "plain"):
            entries = [(name, digits if who == "ours" else number) for name, digits, number in made["people"]]
            entries += dice.sample(entries, int(PEOPLE * REPEATS))
            dice.shuffle(entries)
            used = load.cpu_seconds(server.pid)
            seconds, times, wrong = burst(made[who], entries)
            if wrong:
                sys.exit(f"{who}: {wrong} answers were not 200")
            found[who] = {"seconds": seconds, "rate": len(entries) / seconds, "p50": times[len(times) // 2] * 1000,
                          "p95": times[int(len(times) * 0.95)] * 1000, "worst": times[-1] * 1000,
                          "processor": (load.cpu_seconds(server.pid) - used) / len(entries) * 1000}
    finally:
        server.terminate()
        server.wait()
    counted = json.loads(child("check", str(made["sheet"]), str(made["peer"])))
    if counted != {"ours": PEOPLE, "plain": PEOPLE, "lines": PEOPLE, "breaks": 0}:
        sys.exit(f"not exactly once: {counted}")
    return found


def child(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "bench.attendance", *words], env=os.environ, capture_output=True, text=True,
                          check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return done.stdout.splitlines()[-1]


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from bench import load
    from scripts import postgres

    ratios: dict[str, float] = {}
    print(f"{'':<24}{'seconds':>9}{'a minute':>10}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'processor ms':>14}")
    folder = postgres.binaries()
    for name, server in (("sqlite", nullcontext("")), ("postgresql", postgres.server(folder, durable=True) if folder else None)):
        if server is None:
            continue
        with server as address:
            found = measured(address)
        for who, its in found.items():
            print(f"{name + ', ' + who:<24}{its['seconds']:>9.1f}{its['rate'] * 60:>10,.0f}{its['p50']:>9.0f}{its['p95']:>9.0f}"
                  f"{its['worst']:>9.0f}{its['processor']:>14.2f}", flush=True)
        ratios |= {f"{name}_over_plain": found["ours"]["rate"] / found["plain"]["rate"],
                   f"{name}_a_minute": found["ours"]["rate"] * 60, f"{name}_p95_ms": found["ours"]["p95"],
                   f"{name}_seconds": found["ours"]["seconds"]}
    load.last_line("attendance", ratios, {"people": PEOPLE, "entries": int(PEOPLE * (1 + REPEATS)), "connections": CONNECTIONS},
                   ["django", "granian", "psycopg"])


if __name__ == "__main__":
    {"build": build, "check": lambda: check(*map(int, sys.argv[2:]))}[sys.argv[1]]() if len(sys.argv) > 1 else main()
