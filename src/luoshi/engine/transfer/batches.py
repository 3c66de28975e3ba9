"""From a file to a checked batch: kept, its columns found, each row judged and shown; nothing is written before a yes."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

import luoshi
from luoshi.foundation import pile, trail
from luoshi.foundation.files import StoredFile, clean_name, store
from luoshi.foundation.grants import Verb

from .. import jobs
from ..actor import Actor
from ..models import Batch, BatchRow, Job, KnownHeadings
from ..register import Register, register
from . import fields, headings, refusals, sheets
from .judging import Judge, Reader, Verdict

State = BatchRow.State
PILE = 8000  # rows judged and stored at a time: bounds memory, is the step of the bar; a savepoint copies pages anew for each
SAMPLES = 3  # rows shown below the headings where columns are told apart


def take(actor: Actor, one: Register, data: bytes, name: str) -> Job:
    """Keep the file and queue its check. Raises Unreadable at once for what is no table."""
    sheet = sheets.read(data, name)
    one.require(actor, Verb.ADD)
    name = clean_name(name)
    refusals.refuse_marked(sheet.rows, data, name)
    dropped = refusals.refused_columns(sheet.rows)
    if dropped:  # the file as sent is not kept
        data = b"".join(sheets.stream_csv((), ([("" if i in dropped else fields.tidy(cell))
                                               for i, cell in enumerate(row)] for row in sheet.rows)))
    batch = Batch.objects.create(register=one.name, name=name[:200], account=actor.id)
    store(data, name=name, register="import", row=batch.pk, by=actor.id)
    return start_check(actor, batch, dropped=list(dict.fromkeys(dropped.values())))


def start_check(actor: Actor, batch: Batch, **more: Any) -> Job:
    """Queue the check of a kept file, at first and whenever its columns were told apart anew."""
    return jobs.start(actor, "import.check", _("检查 %(name)s") % {"name": batch.name[:80]},
                      {"batch": batch.pk, **more})


@jobs.worker("import.check")
def check(job: Job, actor: Actor, step: jobs.Step) -> dict[str, Any]:
    """Read the file again, decide for each row, store the preview."""
    sweep(actor.today)
    batch = Batch.objects.get(pk=job.payload["batch"])
    kept = StoredFile.objects.get(register="import", row=batch.pk)
    one = register(batch.register)
    with kept.open() as source:
        sheet = sheets.read(source.read(), kept.name, checked=True)
    if not batch.mapping:
        place_columns(batch, one, sheet)
    if not batch.mapping:
        batch.state = Batch.State.NAMING
        batch.save()
        return {"url": f"/r/{one.name}/import/{batch.pk}/columns/"}
    preview(batch, one, actor, sheet, step)
    return {"url": f"/r/{one.name}/import/{batch.pk}/"}


def place_columns(batch: Batch, one: Register, sheet: sheets.Sheet) -> None:
    """Find the row of headings and which field each column is: as somebody told before, else as guessed."""
    first = list(islice(sheet.rows, headings.LOOKED_AT + SAMPLES))
    at, mapping, words = headings.find(one, first)
    if not mapping:
        at = max(range(min(len(first), headings.LOOKED_AT)), key=lambda i: sum(1 for cell in first[i] if cell != ""))
        words = [fields.tidy(cell) for cell in first[at]]
    known = KnownHeadings.objects.filter(register=one.name, digest=headings.digest(words)).first()
    if known:
        mapping = {int(i): name for i, name in known.mapping.items() if name in one.form}
    batch.header, batch.header_at = words, at
    batch.samples = [[fields.tidy(cell) for cell in row] for row in first[at + 1:at + 1 + SAMPLES]]
    batch.mapping = {str(i): name for i, name in mapping.items()}


def remap(actor: Actor, batch: Batch, mapping: dict[int, str]) -> Job:
    """Take the columns as a person told them apart, remember it for these headings, and check again."""
    batch.mapping = {str(i): name for i, name in mapping.items()}
    batch.state = Batch.State.CHECKING
    batch.save()
    KnownHeadings.objects.update_or_create(register=batch.register, digest=headings.digest(batch.header),
                                           defaults={"mapping": batch.mapping})
    return start_check(actor, batch)


def labels(one: Register) -> list[str]:
    return [str(one.model._meta.get_field(name).verbose_name) for name in one.form]  # type: ignore[union-attr]


def missing(one: Register, mapping: Iterable[str]) -> list[str]:
    """Names of fields that a new record needs and the file does not give."""
    given, found = set(mapping), []
    for name in one.form:
        kind: Any = one.model._meta.get_field(name)
        if name not in given and not (kind.blank or kind.null or kind.has_default()):
            found.append(str(kind.verbose_name))
    return found


def records_of(batch: Batch, sheet: sheets.Sheet) -> Iterator[tuple[int, list[str]]]:
    """(line, tidied cells) of each row below the headings that is about something."""
    width = len(batch.header)
    plain = frozenset(batch.header)
    for n, row in enumerate(sheet.rows, 1):
        if n <= batch.header_at + 1:
            continue
        texts = [fields.tidy(cell) for cell in row[:width]]
        plainly = len(texts) > 2 and texts[0] and texts[1] and texts[2] and texts[0] not in plain
        if plainly or headings.is_record(batch.header, texts):
            yield n, texts


def piles(rows: Iterator[Any], size: int = PILE) -> Iterator[list[Any]]:
    while some := list(islice(rows, size)):
        yield some


def preview(batch: Batch, one: Register, actor: Actor, sheet: sheets.Sheet, step: jobs.Step) -> None:
    """One BatchRow a record: new, change, same, repeated or error, with a reason and where."""
    mapping = {int(i): name for i, name in batch.mapping.items()}
    reader, judge = Reader(one, actor, mapping), Judge(one, actor, mapping)
    BatchRow.objects.filter(batch=batch).delete()
    counts: Counter[str] = Counter()
    total = len(sheet.rows) - batch.header_at - 1
    for some in piles(records_of(batch, sheet)):
        with pile.unhurried():
            states, streams = _keep(batch, some, reader, judge)
        counts.update(states)
        batch.streams = sorted({*batch.streams, *streams})
        step(min(some[-1][0] - batch.header_at - 1, total), total, _("检查"))
    batch.counts, batch.state, batch.stamp = dict(counts), Batch.State.READY, stamp(actor.today)
    batch.save()


def _keep(batch: Batch, some: list[tuple[int, list[str]]], reader: Reader, judge: Judge) -> tuple[Counter[str], set[str]]:
    """Judge a pile of (line, cells) and store what was found; how many there are of each state, and their chains."""
    verdicts = judge.judge(reader.parse([texts for _line, texts in some]), [line for line, _texts in some])
    with transaction.atomic():
        pile.write(BatchRow, COLUMNS, [
            (batch.pk, line, to_json(texts), one.state, to_json(one.reasons) if one.reasons else "[]", one.mark,
             one.row.pk if one.row is not None else None, one.row.version if one.row is not None else None)
            for (line, texts), one in zip(some, verdicts, strict=True)])
    return Counter(one.state for one in verdicts), streams_of(verdicts)


COLUMNS = ["batch_id", "line", "cells", "state", "reasons", "mark", "row", "version"]
to_json = json.JSONEncoder(ensure_ascii=False).encode


def stamp(today: date) -> str:
    """By which rules and on which day rows are judged: what is sound by the same rules on the same day is sound still."""
    return f"{today.isoformat()} {_rules()}"


@lru_cache(maxsize=1)
def _rules() -> str:
    """A mark of the program's own files: another release judges anew."""
    root = Path(luoshi.__file__).parent
    found = sorted((str(one.relative_to(root)), one.stat().st_size, one.stat().st_mtime_ns) for one in root.rglob("*.py"))
    return blake2b(repr(found).encode(), digest_size=8).hexdigest()


def streams_of(verdicts: Iterable[Verdict]) -> set[str]:
    """The chains of the trail that these rows will add to."""
    return {trail.stream_of(one.row.place) for one in verdicts if one.row is not None and one.row.place}


def count_again(batch: Batch) -> None:
    batch.counts = dict(batch.rows.order_by().values_list("state").annotate(n=Count("pk")))


def sweep(today: date) -> int:
    """Forget the files and cells of imports older than the settings say; gives how many batches were emptied.

    What was written stays and can still be undone: the keys and versions of the rows are kept, not what the file said.
    """
    old = Batch.objects.filter(made_at__date__lt=today - timedelta(days=settings.IMPORT_KEPT_DAYS), swept=False)
    swept = 0
    for batch in old.iterator(100):
        for kept in StoredFile.objects.filter(register="import", row=batch.pk):
            kept.path.unlink(missing_ok=True)
            kept.delete()
        with transaction.atomic():
            if batch.state in (Batch.State.WRITTEN, Batch.State.UNDONE):
                batch.rows.update(cells=[], reasons=[])
            else:
                batch.rows.all().delete()
                batch.state = Batch.State.EXPIRED
            batch.samples, batch.swept = [], True
            batch.save()
        swept += 1
    return swept
