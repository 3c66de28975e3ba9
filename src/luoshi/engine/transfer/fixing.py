"""Rows that were refused are mended on the page: saved as they are typed, judged again each time, nothing lost."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..actor import Actor
from ..models import Batch, BatchRow
from ..register import register
from . import fields
from .batches import PILE, count_again, streams_of
from .judging import Judge, Reader

State = BatchRow.State
FAULTY = (State.ERROR, State.REPEAT)


def mend(actor: Actor, batch: Batch, typed: Mapping[int, Mapping[int, str]]) -> dict[str, int]:
    """Put texts into cells ({key of the row: {position: text}}) and judge those rows again; gives the new counts.

    Raises ValidationError where the batch is no longer open: written, undone or gone.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.READY:
            raise ValidationError(_("这一批已经写入，无需再次确认"))
        rows = list(batch.rows.filter(pk__in=list(typed), state__in=FAULTY).order_by("line"))
        for row in rows:
            cells = [*row.cells, *[""] * (len(batch.header) - len(row.cells))]
            for position, text in typed[row.pk].items():
                if 0 <= position < len(cells):
                    cells[position] = fields.tidy(text)
            row.cells = cells
        _judge_again(actor, batch, rows)
    return dict(batch.counts)


def accept(actor: Actor, batch: Batch) -> int:
    """Take every proposal of the batch; gives how many rows are sound now that were not before."""
    before = batch.counts.get(str(State.ERROR), 0)
    last = 0
    while rows := list(batch.rows.filter(state=State.ERROR, line__gt=last).order_by("line")[:PILE]):
        last = rows[-1].line
        typed = {row.pk: its for row in rows if (its := proposals_of(row))}
        if typed:
            mend(actor, batch, typed)
    batch.refresh_from_db()
    return int(before - batch.counts.get(str(State.ERROR), 0))


def proposals_of(row: BatchRow) -> dict[int, str]:
    """Position → proposed text, for the cells of a row that have one."""
    return {reason[0]: reason[2] for reason in row.reasons if len(reason) > 2 and reason[2] and reason[0] is not None}


def _judge_again(actor: Actor, batch: Batch, rows: list[BatchRow]) -> None:
    one = register(batch.register)
    mapping = {int(i): name for i, name in batch.mapping.items()}
    reader, judge = Reader(one, actor, mapping), Judge(one, actor, mapping)
    parsed = reader.parse([row.cells for row in rows])
    judge.seen = _Marks(batch, {row.pk for row in rows})
    for row, verdict in zip(rows, judge.judge(parsed, [row.line for row in rows]), strict=True):
        row.state, row.reasons, row.mark = verdict.state, verdict.reasons, verdict.mark
        row.row, row.version = (verdict.row.pk, verdict.row.version) if verdict.row is not None else (None, None)
        batch.streams = sorted({*batch.streams, *streams_of([verdict])})
    BatchRow.objects.bulk_update(rows, ["cells", "state", "reasons", "mark", "row", "version"], batch_size=500)
    count_again(batch)
    batch.save()


class _Marks(dict[str, int]):
    """The marks of the batch's sound rows, looked up as they are asked for; those of the rows in hand are not among them."""

    def __init__(self, batch: Batch, own: set[Any]) -> None:
        super().__init__()
        self.batch, self.own = batch, own

    def get(self, mark: str, default: Any = None) -> Any:
        if mark in self:
            return self[mark]
        sound = self.batch.rows.filter(mark=mark).exclude(state__in=FAULTY).exclude(pk__in=self.own)
        return sound.order_by("line").values_list("line", flat=True).first() or default
