"""The trail: what was done to which record, by whom and when; append-only, each line sealed by the hash of the one before.

One chain for each first-level unit, so that the head of the chain is no lock for the whole house.
Lines have no foreign keys: deleting a unit or an account can never touch them.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from luoshi.kernel import places

from . import pile

GENESIS = "0" * 64


class Line(models.Model):
    stream = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60)
    verb = models.CharField(max_length=16)
    register = models.CharField(max_length=40)
    row = models.BigIntegerField(null=True)
    unit = models.BigIntegerField(null=True)
    batch = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    data = models.TextField()  # canonical JSON: {field: [before, after]}
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_line_a_number")]
        indexes = [models.Index(fields=["register", "row"]), models.Index(fields=["batch"])]

    def __str__(self) -> str:
        return f"{self.stream}/{self.seq} {self.verb} {self.register}#{self.row}"


COLUMNS = pile.columns_of(Line, key=False)


class Head(models.Model):
    """The last line of each chain; locked while a line is added."""

    stream = models.CharField(max_length=64, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"{self.stream} {self.seq}"


class Deed(NamedTuple):
    """One thing done to one record, before it is written down."""

    verb: str
    register: str
    row: int | None
    unit: int | None
    place: str
    data: dict[str, Any] | str  # or already in its one text
    batch: str = ""
    reason: str = ""


_encoder = DjangoJSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(data: Any) -> str:
    """The one text of a value: keys sorted, no blanks, characters as they are."""
    if data.__class__ is dict:
        try:
            return _pairs(data)
        except (KeyError, ValueError, TypeError):
            pass  # something nested: the general way, which writes the plain ones just so
    return _encoder.encode(data)


_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: encode_basestring, int: str, bool: lambda v: "true" if v else "false", type(None): lambda _v: "null",
    date: lambda v: f'"{v.isoformat()}"'}


def _pairs(data: dict[str, Any]) -> str:
    """{field: [before, after]} of plain values, put together at once. KeyError or ValueError for anything else."""
    found = []
    for name in sorted(data):
        pair = data[name]
        if pair.__class__ is not list:
            raise ValueError(name)
        before, after = pair
        found.append(f"{encode_basestring(name)}:[{_WRITTEN[before.__class__](before)},{_WRITTEN[after.__class__](after)}]")
    return "{" + ",".join(found) + "}"


def begun(names: Sequence[str]) -> Callable[[Sequence[Any]], str]:
    """How the values of a new record, in the order of `names`, become the text that `canonical` makes of them.

    The same as `canonical({name: [None, value]})` of each value that is there, without a dict between.
    """
    heads = [f"{encode_basestring(name)}:[null," for name in names]
    order = sorted(range(len(names)), key=lambda at: names[at])

    def text(values: Sequence[Any]) -> str:
        found = []
        try:
            for at in order:
                if (value := values[at]) is not None:
                    found.append(heads[at] + _WRITTEN[value.__class__](value))
        except KeyError:
            return canonical({names[at]: [None, value] for at, value in enumerate(values) if value is not None})
        return "{" + "],".join(found) + "]}" if found else "{}"

    return text


def loads(data: str) -> Any:
    """The reverse of `canonical`."""
    return json.loads(data)


def stream_of(place: str) -> str:
    """The chain a place belongs to: its first-level unit, or the root's own."""
    return places.top(place, 2) or "0"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _seal(line: Line) -> str:
    return _hash(_sealed(line.previous, line.stream, line.seq, _moment(line.at), line.actor, line.actor_name, line.verb,
                         line.register, line.row, line.unit, line.batch, line.reason, line.data))


def _sealed(*parts: Any) -> str:
    return "\x1f".join(map(str, parts))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def hold(streams: Iterable[str]) -> dict[str, Head]:
    """Lock the heads of these chains until the transaction ends, in one order everywhere; make those that are missing.

    A writer of many piles holds all its chains before the first one: two such writers never wait for each other.
    """
    wanted = sorted(set(streams))
    heads = {head.stream: head for head in _heads(wanted)}
    missing = [Head(stream=stream) for stream in wanted if stream not in heads]
    if missing:
        Head.objects.bulk_create(missing, ignore_conflicts=True)
        heads = {head.stream: head for head in _heads(wanted)}
    return heads


def _heads(streams: list[str]) -> list[Head]:
    return [head for start in range(0, len(streams), 500)
            for head in Head.objects.filter(stream__in=streams[start:start + 500]).order_by("stream")
            .select_for_update()]


def append(deeds: Iterable[Deed], *, actor: int | None, actor_name: str, at: datetime, stream: str = "") -> None:
    """Write lines, inside the caller's transaction; a failure here fails the deed.

    `stream` puts them on a chain of their own: a crowd then keeps nobody else of its unit waiting.
    """
    by_stream: dict[str, list[Deed]] = {}
    for deed in deeds:
        by_stream.setdefault(stream or stream_of(deed.place), []).append(deed)
    if not by_stream:
        return
    heads, moment = hold(by_stream), _moment(at)
    stored_at = Line._meta.get_field("at").get_db_prep_save(at, connection)
    lines = []
    for stream, its in by_stream.items():
        head = heads[stream]
        seq, last = head.seq, head.hash
        for deed in its:
            seq, before = seq + 1, last
            data = deed.data if deed.data.__class__ is str else canonical(deed.data)
            last = _hash(_sealed(before, stream, seq, moment, actor, actor_name, deed.verb, deed.register, deed.row,
                                 deed.unit, deed.batch, deed.reason, data))
            lines.append((stream, seq, stored_at, actor, actor_name, deed.verb, deed.register, deed.row, deed.unit,
                          deed.batch, deed.reason, data, before, last))
        head.seq, head.hash = seq, last
    pile.write(Line, COLUMNS, lines)  # no object is made for a line: an import writes as many as it has rows
    pile.change(list(heads.values()), ["seq", "hash"])


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold."""

    stream: str
    seq: int
    why: str


def verify(streams: Iterable[str] | None = None) -> Iterator[Break]:
    """Recompute every chain from the stored lines; yield the first break of each chain that has one."""
    known = set(Head.objects.values_list("stream", flat=True)) | set(
        Line.objects.order_by().values_list("stream", flat=True).distinct())
    for stream in sorted(known if streams is None else streams):
        if found := _first_break(stream):
            yield found


def _first_break(stream: str) -> Break | None:
    last, seq = GENESIS, 0
    for line in Line.objects.filter(stream=stream).order_by("seq").iterator(5000):
        seq += 1
        if line.seq != seq:
            return Break(stream, seq, "missing")
        if line.previous != last:
            return Break(stream, seq, "unlinked")
        if line.hash != _seal(line):
            return Break(stream, seq, "altered")
        last = line.hash
    head = Head.objects.filter(stream=stream).first()
    if head is None or (head.seq, head.hash) != (seq, last):
        return Break(stream, seq + 1, "truncated")
    return None
