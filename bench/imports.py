"""A workbook of 100,000 persons with planted errors: ours with preview, trail and undo; the same checks with django-import-export.

The peer has its own recommended settings for speed (bulk, no diffs, cached instances and relations), writes no trail and
keeps no preview. It is given a smaller workbook, as it is slow; rows a second are compared.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from datetime import date, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
SEED, UNITS = 20081122, 300
ROWS, PEER_ROWS = int(os.environ.get("BENCH_ROWS", "100000")), int(os.environ.get("BENCH_PEER_ROWS", "10000"))
REGISTER = "person"
HEADER = ["单位", "姓名", "工号", "身份证号", "性别", "民族", "出生日期", "学历", "入党日期", "转正日期", "手机"]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华文远知书语清"
NATIONS, SCHOOLS = ("汉族", "汉族", "汉族", "满族", "回族", "壮族"), ("研究生教育", "大学本科毕业", "大学专科毕业")
FAULTS = (  # (column, text) of the planted errors, in turn; a callable is given the row's number
    ("单位", "没有的党支部"), ("姓名", ""), ("工号", "N" * 40), ("出生日期", "1975-02-30"), ("工号", lambda n: f"N{n - 1:07d}"),
    ("身份证号", lambda n: identity(n, date(1970, 1, 1), wrong=True)), ("民族", "不存在的民族"), ("学历", "不存在的学历"),
    ("转正日期", "2009-07-01"), ("入党日期", "2031-07-01"), ("手机", "1" * 30),
)


def identity(n: int, born: date, *, wrong: bool = False) -> str:
    """A made-up number of the fictional district 110199, another for every n below 1,000 a day; the check digit may be wrong."""
    from luoshi.kernel import ids

    first = f"110199{born:%Y%m%d}{n % 1000:03d}"
    good = ids.identity_check(first)
    return first + ("1" if wrong and good != "1" else "2" if wrong else good)


def lines(count: int) -> tuple[list[list[object]], set[int]]:
    """The rows of the workbook and the positions of the faulty ones, 3 in 100."""
    dice = random.Random(SEED)
    rows: list[list[object]] = []
    wrong: set[int] = set()
    for n in range(count):
        born = date(1960, 1, 1) + timedelta(days=n // 1000 * 37 + n % 37)
        row: list[object] = [
            f"第{dice.randrange(UNITS)}党支部", dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN), f"N{n:07d}",
            identity(n, born), "男" if n % 2 else "女", dice.choice(NATIONS), born.isoformat(), dice.choice(SCHOOLS),
            "2010.7.1", "2011.7.1", f"138{n:08d}"]
        if n % 100 in (13, 47, 88):
            column, text = FAULTS[len(wrong) % len(FAULTS)]
            wrong.add(n)
            row[HEADER.index(column)] = text(n) if callable(text) else text
        rows.append(row)
    return rows, wrong


def ready() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from luoshi.engine import samples
    from luoshi.engine.actor import system_actor

    actor = system_actor(date(2026, 11, 23))
    root = samples.unit(actor, "机关党委")
    for n in range(UNITS):
        samples.unit(actor, f"第{n}党支部", parent=root)


class Watch:
    """The largest resident memory of this process while it is open, in MB over what it was at the start."""

    def __enter__(self) -> "Watch":
        self.base = self.peak = self.now()
        self.open = True
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self

    def __exit__(self, *_more: object) -> None:
        self.open = False
        self.thread.join()

    def look(self) -> None:
        while self.open:
            self.peak = max(self.peak, self.now())
            time.sleep(0.02)

    def now(self) -> float:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def ours(data: bytes, count: int, wrong: set[int]) -> dict[str, float]:
    """From the file's bytes to a checked preview to stored rows with their trail; every planted error must be found."""
    from luoshi.engine.actor import system_actor
    from luoshi.engine.models import Batch
    from luoshi.engine.register import register
    from luoshi.engine.transfer import batches, writing
    from luoshi.foundation import trail

    actor, one = system_actor(date(2026, 11, 23)), register(REGISTER)
    with Watch() as watch:
        start = time.perf_counter()
        job = batches.take(actor, one, data, "persons.xlsx")
        batches.check(job, actor, lambda *_a: None)
        checked = time.perf_counter() - start
        batch = Batch.objects.latest("pk")
        writing.write_batch(actor, batch)
        took = time.perf_counter() - start
    found = {line - 4 for line in batch.rows.filter(state__in=["error", "repeat"]).values_list("line", flat=True)}
    assert found == wrong, "every planted error is found, and nothing else"
    assert one.base().count() == count - len(wrong), "no good row is lost"
    assert trail.Line.objects.filter(register=one.name, verb="import").count() == count - len(wrong)
    return {"preview": count / checked, "whole": count / took, "memory": watch.peak - watch.base}


def peer(data: bytes, count: int, wrong: set[int]) -> dict[str, float]:
    """The same workbook and checks through a ModelResource; with a dry run first, as its own admin page does, and without."""
    from import_export.formats.base_formats import XLSX

    from bench.import_peer import resource
    from luoshi.engine.register import register

    with Watch() as watch:
        start = time.perf_counter()
        dataset = XLSX().create_dataset(data)
        read = time.perf_counter() - start
        resource().import_data(dataset, dry_run=True)
        dry = time.perf_counter() - start - read
        result = resource().import_data(dataset, dry_run=False)
        wet = time.perf_counter() - start - read - dry
    found = {invalid.number - 1 for invalid in result.invalid_rows}
    assert found == wrong, (sorted(wrong - found)[:5], sorted(found - wrong)[:5])
    assert register(REGISTER).base().count() == count - len(wrong)
    return {"whole": count / (read + wet), "twice": count / (read + dry + read + wet), "memory": watch.peak - watch.base}


def child(who: str) -> None:
    from luoshi.engine.transfer import sheets

    ready()
    count = ROWS if who == "ours" else PEER_ROWS
    rows, wrong = lines(count)
    data = sheets.write_xlsx("人员", HEADER, rows) if who == "ours" else plain_workbook(rows)
    rows.clear()
    print(json.dumps((ours if who == "ours" else peer)(data, count, wrong)))


def plain_workbook(rows: list[list[object]]) -> bytes:
    """Headings in the first row: the peer knows no title rows."""
    import io

    import openpyxl

    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in [HEADER, *rows]:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def measured(who: str, database: str) -> dict[str, float]:
    environment = {**os.environ, "LUOSHI_DATABASE": database}
    environment.pop("LUOSHI_DATA", None)
    done = subprocess.run([sys.executable, "-m", "bench.imports", who], env=environment, capture_output=True, text=True,
                          check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    from bench import load
    from scripts import postgres

    ratios: dict[str, float] = {}
    print(f"{'rows/s':<12}{'ours: preview':>16}{'preview+write':>16}{'peer: one pass':>16}{'dry run+write':>16}"
          f"{'MB ours':>10}{'MB peer':>10}")

    def compare(name: str, mine: dict[str, float], other: dict[str, float]) -> None:
        print(f"{name:<12}{mine['preview']:>16,.0f}{mine['whole']:>16,.0f}{other['whole']:>16,.0f}{other['twice']:>16,.0f}"
              f"{mine['memory']:>10.0f}{other['memory']:>10.0f}", flush=True)
        ratios[f"{name}_over_one_pass"] = mine["whole"] / other["whole"]
        ratios[f"{name}_over_dry_run_and_write"] = mine["whole"] / other["twice"]
        ratios[f"{name}_memory_mb"] = mine["memory"]

    compare("sqlite", measured("ours", ""), measured("peer", ""))
    if folder := postgres.binaries():
        with postgres.server(folder) as first:
            mine = measured("ours", first)
        with postgres.server(folder) as second:
            compare("postgresql", mine, measured("peer", second))
    load.last_line("imports", ratios, {"rows": ROWS, "peer_rows": PEER_ROWS, "units": UNITS, "faulty_percent": 3},
                   ["django", "django-import-export", "python-calamine"])


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) > 1 else main()
