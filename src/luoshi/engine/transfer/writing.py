"""A checked batch is written as one, and taken back as one; nobody's later work is lost either way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation import pile, trail
from luoshi.foundation.grants import Verb
from luoshi.foundation.sealed import SealedField
from luoshi.foundation.trail import Deed

from .. import bulk, jobs, write
from ..actor import Actor
from ..events import Event, announce, listened
from ..models import Batch, BatchRow, Job
from ..register import Register, register
from .batches import PILE, count_again, stamp, to_json
from .judging import Judge, Parsed, Reader

State = BatchRow.State
AT_ONCE = 1000  # rows that are written while the clerk waits; more go to the background
DONE = (State.NEW, State.CHANGE)


class Touched(ValidationError):
    """Rows of a batch that somebody has changed since; the batch is left as it is."""

    def __init__(self, rows: list[tuple[int, str]], count: int) -> None:
        super().__init__(_("有 %(n)d 条记录在导入后又被修改（如“%(row)s”），不能整批撤销，请逐条处理")
                         % {"n": count, "row": rows[0][1]})
        self.rows = rows


def quiet(_done: int, _total: int, _stage: str) -> None:
    """A step that nobody watches."""


def start(actor: Actor, batch: Batch, deed: str) -> Job:
    """Queue the writing or undoing of a large batch."""
    subject = {"write": _("写入 %(name)s"), "undo": _("撤销 %(name)s")}[deed] % {"name": batch.name[:80]}
    return jobs.start(actor, f"import.{deed}", subject, {"batch": batch.pk})


@jobs.worker("import.write")
def written(job: Job, actor: Actor, step: jobs.Step) -> dict[str, Any]:
    return _worked(write_batch, job, actor, step)


@jobs.worker("import.undo")
def undone(job: Job, actor: Actor, step: jobs.Step) -> dict[str, Any]:
    return _worked(undo, job, actor, step)


def _worked(deed: Any, job: Job, actor: Actor, step: jobs.Step) -> dict[str, Any]:
    batch = Batch.objects.get(pk=job.payload["batch"])
    address = f"/r/{batch.register}/import/{batch.pk}/"
    try:
        deed(actor, batch, step)
    except Touched:
        return {"url": f"{address}?touched=1"}
    except (ValidationError, PermissionDenied) as error:
        raise jobs.Refused(" ".join(error.messages) if isinstance(error, ValidationError) else str(error)) from error
    return {"url": address}


def write_batch(actor: Actor, batch: Batch, step: jobs.Step = quiet) -> dict[str, int]:
    """Write the rows that are new or changed; everything is checked again, as time has passed since the preview."""
    one = register(batch.register)
    mapping = {int(i): name for i, name in batch.mapping.items()}
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.READY:
            raise ValidationError(_("这一批已经写入，无需再次确认"))
        trail.hold(batch.streams)
        reader, judge = Reader(one, actor, mapping), Judge(one, actor, mapping, ask=False)
        total, done = sum(batch.counts.get(str(state), 0) for state in DONE), 0
        for rows in _open(batch):
            with pile.unhurried():
                _write_pile(actor, one, judge, batch, rows, reader.parse([row.cells for row in rows]))
            done += len(rows)
            step(done, total, _("写入"))
        count_again(batch)
        batch.state, batch.written_at = Batch.State.WRITTEN, timezone.now()
        batch.save()
    return dict(batch.counts)


@dataclass(slots=True)
class Line:
    """What writing needs of a row of the file; a lighter thing than the stored row."""

    pk: int
    line: int
    cells: list[str]
    state: str
    version: int | None
    reasons: list[Any] = field(default_factory=list)


def _open(batch: Batch) -> Iterator[list[Line]]:
    """The rows to be written, in the order of the file."""
    last = 0
    while rows := [Line(*values) for values in batch.rows.filter(state__in=DONE, line__gt=last).order_by("line")
                   .values_list("pk", "line", "cells", "state", "version")[:PILE]]:
        last = rows[-1].line
        yield rows


def _piles(batch: Batch) -> Iterator[list[BatchRow]]:
    """The rows that were written, in the order of the file."""
    last = 0
    while rows := list(batch.rows.filter(state__in=DONE, line__gt=last).order_by("line")[:PILE]):
        last = rows[-1].line
        yield rows


def _write_pile(actor: Actor, one: Register, judge: Judge, batch: Batch, rows: list[Line],
                parsed: list[Parsed]) -> None:
    verdicts = judge.judge(parsed, [row.line for row in rows])
    sound = []
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.state == State.NEW and verdict.row is not None and verdict.row.pk is not None:
            verdict.state = str(State.ERROR)
            verdict.reasons = [[None, _("预览之后已有人登记了相同的记录，请核对后重新导入这一行"), "", []]]
        if verdict.state in DONE or (verdict.state == State.SAME and row.state == State.CHANGE):
            if row.state == State.CHANGE and row.version is not None:
                verdict.row.version = row.version  # what the clerk saw beside the new values
            sound.append((row, verdict))
        else:
            row.state, row.reasons = str(State.ERROR), verdict.reasons
    proven = one.model.SELF_CONTAINED and batch.stamp == stamp(actor.today)
    refused = bulk.save_many(actor, one, [verdict.row for _row, verdict in sound], batch=f"import-{batch.pk}",
                             proven={i for i, (row, _verdict) in enumerate(sound) if proven and row.state == State.NEW})
    for i, (row, verdict) in enumerate(sound):
        if i in refused:
            row.state, row.reasons = str(State.ERROR), judge.reasons(refused[i], verdict.row)
    pile.rewrite(BatchRow, ["row", "version"], [(verdict.row.pk, verdict.row.version, row.pk)
                                                for i, (row, verdict) in enumerate(sound) if i not in refused])
    pile.rewrite(BatchRow, ["state", "reasons"], [(row.state, to_json(row.reasons), row.pk) for row in rows
                                                  if row.state == State.ERROR])


def touched(batch: Batch, *, most: int = 50) -> tuple[list[tuple[int, str]], int]:
    """([(key, name)] of rows that were changed since the batch was written, how many there are)."""
    model = register(batch.register).model
    found: list[int] = []
    count = 0
    for rows in _piles(batch):
        versions = {row.row: row.version for row in rows}
        for start in range(0, len(rows), 500):
            keys = [row.row for row in rows[start:start + 500]]
            for key, version in model._default_manager.filter(pk__in=keys).values_list("pk", "version"):
                if versions[key] != version:
                    count += 1
                    if len(found) < most:
                        found.append(key)
    names = model._default_manager.in_bulk(found)
    return [(key, str(names[key])) for key in found], count


def undo(actor: Actor, batch: Batch, step: jobs.Step = quiet) -> None:
    """Take a written batch back whole; refused, not forced, where someone has since touched one of its rows.

    Raises Touched, or ValidationError where the former values are taken by now or a reaction says no.
    """
    one = register(batch.register)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.WRITTEN:
            raise ValidationError(_("这一批没有写入或已经撤销"))
        trail.hold(batch.streams)
        rows, count = touched(batch)
        if rows:
            raise Touched(rows, count)
        total, done = sum(batch.counts.get(str(state), 0) for state in DONE), 0
        try:
            with transaction.atomic():
                for some in _piles(batch):
                    _revert(actor, one, batch, {row.row: row for row in some})
                    done += len(some)
                    step(done, total, _("撤销"))
        except IntegrityError as error:
            raise ValidationError(_("导入之后又有了相同的记录，不能整批撤销，请逐条处理")) from error
        batch.state = Batch.State.UNDONE
        batch.save()


def _revert(actor: Actor, one: Register, batch: Batch, done: dict[int | None, BatchRow]) -> None:
    """Put a pile of rows back: a new one is withdrawn, a changed one gets its former values; reactions are told."""
    keys = sorted(key for key in done if key is not None)
    names = [f.name for f in one.model._meta.concrete_fields if f.is_relation]
    found = one.model._default_manager.select_related(*names) if names else one.model._default_manager.all()
    rows = [row for start in range(0, len(keys), 500)
            for row in found.select_for_update(of=("self",)).filter(pk__in=keys[start:start + 500]).order_by("pk")]
    earlier = _earlier(one, batch, [key for key in keys if done[key].state == State.CHANGE])
    before, deeds, rights = {}, [], bulk.Rights(actor, one)
    for row in rows:
        rights.require(Verb.CHANGE, row)
        before[row.pk] = now = write.values(row)
        if done[row.pk].state == State.NEW:
            row.withdrawn = True
        else:
            for name, (old, _new) in earlier[row.pk].items():
                kind: Any = row._meta.get_field(name)
                if old and isinstance(kind, SealedField):  # the trail holds a mask of it, which must never become the value
                    raise ValidationError(_("导入改动了“%(row)s”的%(name)s，原值加密后不留副本，不能整批撤销，请逐条改回")
                                          % {"row": row, "name": kind.verbose_name})
                setattr(row, name, kind.to_python(old))
            row.settle()
        row.version += 1
        row.changed_at = timezone.now()
        deeds.append(Deed("undo", one.name, row.pk, getattr(row, "unit_id", row.pk), row.place,
                          write.difference(now, write.values(row)), f"undo-{batch.pk}"))
    pile.change(rows, bulk.written(one.model))
    trail.append(deeds, actor=actor.id, actor_name=actor.name, at=timezone.now())
    for name in (name for name in one.announces if name in listened()):
        for row in rows:
            announce(Event(name, actor, row, before[row.pk], verb="undo"))


def _earlier(one: Register, batch: Batch, keys: list[int]) -> dict[int | None, dict[str, Any]]:
    return {line.row: trail.loads(line.data) for start in range(0, len(keys), 500)
            for line in trail.Line.objects.filter(batch=f"import-{batch.pk}", register=one.name,
                                                  row__in=keys[start:start + 500])}
