"""What becomes of each row of a file: cells to values, rules asked, stored rows and repeated ones found; a pile at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models.base import ModelState
from django.db.models.signals import post_init, pre_init
from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb

from .. import write
from ..actor import Actor
from ..models import BatchRow
from ..register import Register
from . import fields, proposals
from .lookups import lookup_of, nearest

State = BatchRow.State
Reason = list[Any]  # [position of the cell or None, sentence, what to write instead or "", [[to write, shown], …]]
Parsed = tuple[dict[str, Any], list[Reason]]
REMEMBERED = 5_000  # different texts of a column whose meaning is kept; the same few return in row after row


@dataclass(slots=True)
class Verdict:
    """What becomes of one row: the record as it would be, a state, reasons, and the mark of what it is about."""

    row: Any
    state: str
    reasons: list[Reason] = field(default_factory=list)
    mark: str = ""


class Reader:
    """Cells to values for one register and one set of columns; what a text means is worked out once a column."""

    def __init__(self, one: Register, actor: Actor, mapping: dict[int, str]) -> None:
        self.columns: list[tuple[int, str, Any, Any, bool, dict[str, Any], dict[str, Reason]]] = []
        for i, name in sorted(mapping.items(), key=lambda item: item[1] != "unit"):  # the unit first: persons lean on it
            kind: Any = one.model._meta.get_field(name)
            lookup = lookup_of(kind, one, actor)
            self.columns.append((i, name, kind, lookup, fields.verbatim(kind, lookup), {}, {}))

    def parse(self, rows: Sequence[Sequence[str]]) -> list[Parsed]:
        """The values of rows of tidied cells."""
        for i, _name, _kind, lookup, _verbatim, _known, _wrong in self.columns:
            if lookup is not None:
                lookup.load({row[i] for row in rows if i < len(row)})
        return [self._row(row) for row in rows]

    def _row(self, row: Sequence[str]) -> Parsed:
        values: dict[str, Any] = {}
        why: list[Reason] = []
        for i, name, kind, lookup, verbatim, known, wrong in self.columns:
            cell = row[i] if i < len(row) else ""
            if verbatim and cell and "+" not in cell:
                values[name] = cell
                continue
            if cell in known:
                values[name] = known[cell]
                continue
            reason = wrong.get(cell)
            if reason is None:
                value, reason = self._cell(i, kind, lookup, cell)
                if len(known) < REMEMBERED:
                    if reason is None:
                        known[cell] = value
                    else:
                        wrong[cell] = reason
            if reason is None:
                values[name] = value
            else:
                why.append(_leaning(reason, lookup, values.get("unit")))
        return values, why

    def _cell(self, i: int, kind: Any, lookup: Any, cell: str) -> tuple[Any, Reason | None]:
        try:
            return fields.to_python(kind, cell, lookup), None
        except ValidationError as error:
            proposal = getattr(error, "proposal", "") or proposals.proposed(kind, cell)
            return None, [i, " ".join(error.messages), proposal, [list(o) for o in getattr(error, "options", ())]]


def _leaning(reason: Reason, lookup: Any, unit: Any) -> Reason:
    """A name that several bear means, most likely, the one of the row's own unit."""
    if unit is None or lookup is None or not reason[3] or reason[2]:
        return reason
    found = nearest(fields.Unclear(reason[1], options=[(a, b) for a, b in reason[3]]), unit, lookup)
    return [*reason[:2], found.proposal, reason[3]] if found else reason


class Judge:
    """Verdicts for the rows of one file, pile after pile: it remembers what the file has brought so far."""

    def __init__(self, one: Register, actor: Actor, mapping: dict[int, str], *, ask: bool = True) -> None:
        self.one, self.actor, self.ask = one, actor, ask
        self.places = {name: i for i, name in mapping.items()}
        self.labels = {i: one.model._meta.get_field(name).verbose_name for i, name in mapping.items()}  # type: ignore[union-attr]
        self.seen: dict[str, int] = {}  # mark → line of the first sound row that bears it
        self.streams: set[str] = set()
        self.unique = unique_sets(one)
        self.blank = blank_rows(one.model)

    def judge(self, parsed: Sequence[Parsed], lines: Sequence[int]) -> list[Verdict]:
        stored = self._stored([values for values, why in parsed if not why])
        found = [self._one(values, why, line, stored) for (values, why), line in zip(parsed, lines, strict=True)]
        if self.ask:
            self._refuse_taken([one for one in found if one.state in (State.NEW, State.CHANGE)])
        for one, line in zip(found, lines, strict=True):
            if one.mark and one.state not in (State.ERROR, State.REPEAT):
                self.seen.setdefault(one.mark, line)
        return found

    def _one(self, values: dict[str, Any], why: list[Reason], line: int, stored: dict[Any, Any]) -> Verdict:
        if why:
            return Verdict(None, str(State.ERROR), why)
        key = key_of(self.one, values)
        mark = self._mark(key, values)
        if (first := self.seen.get(mark)) is not None:  # it must not touch the row of the line that it repeats
            reason = _("文件第 %(line)d 行已有相同的一行，这一行不再导入") % {"line": first}
            return Verdict(None, str(State.REPEAT), [[None, reason, "", []]], mark)
        row = stored.get(key) if key is not None else None
        made = row if row is not None else self.blank()
        old = write.values(made) if row is not None else {}
        before = {name: shown(made, name) for name in values} if row is not None else {}
        put(made, values)
        if self.ask and (why := self._problems(made, old)):
            return Verdict(made, str(State.ERROR), why, mark)
        if mark:
            self.seen[mark] = line
        if row is None:
            return Verdict(made, str(State.NEW), [], mark)
        if not write.difference(old, write.values(made)):
            return Verdict(made, str(State.SAME), [], mark)
        now = {name: shown(made, name) for name in values}
        differs = [[self.places[name], _("%(name)s：原为“%(old)s”") % {"name": self.labels[self.places[name]],
                                                                  "old": before[name] or "—"}, "", []]
                   for name in values if before[name] != now[name]]
        return Verdict(made, str(State.CHANGE), differs, mark)

    def _mark(self, key: Any, values: dict[str, Any]) -> str:
        """What tells repeated rows; when a checked batch is written they are apart already."""
        if not self.ask:
            return ""
        return mark_of(key if key is not None else sorted((k, getattr(v, "pk", v)) for k, v in values.items()))

    def _problems(self, row: Any, before: dict[str, Any]) -> list[Reason]:
        try:
            row.settle()
            write.check(row, today=self.actor.today, unique=False)
            write.check_open(self.actor, row, before)
        except ValidationError as error:
            return self.reasons(error, row)
        except ObjectDoesNotExist:
            name = row._meta.get_field("unit").verbose_name
            return [[None, _("文件没有“%(name)s”一栏，请补上后重新导入") % {"name": name}, "", []]]
        return []

    def reasons(self, error: ValidationError, row: Any) -> list[Reason]:
        """What a rule refused, at the cell that it is about, with what would be right where that can be told."""
        found: list[Reason] = []
        said = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for name, messages in said.items():
            at = self.places.get(name)
            text = "" if at is None else fields.tidy(getattr(row, name, ""))
            proposal = proposals.proposed(row._meta.get_field(name), text) if at is not None else ""
            label = f"{self.labels[at]}：" if at is not None else ""
            found += [[at, f"{label}{message}", proposal, []] for message in messages]
        return found

    def _stored(self, rows: Iterable[dict[str, Any]]) -> dict[Any, Any]:
        """Stored rows that the file's keys meet, through the reading door."""
        one = self.one
        wanted = {key for values in rows if (key := key_of(one, values)) is not None}
        if not wanted:
            return {}
        names = [f.name for f in one.model._meta.concrete_fields if f.is_relation]
        reads = [one.model._meta.get_field(name).value_from_object for name in one.key]  # type: ignore[union-attr]
        found: dict[Any, Any] = {}
        firsts = sorted({key[0] for key in wanted}, key=str)
        for start in range(0, len(firsts), 900):
            some = one.rows(self.actor, Verb.CHANGE).filter((f"{one.key[0]}__in", firsts[start:start + 900]))
            for row in some.select_related(*names) if names else some:
                key = tuple(read(row) for read in reads)
                if key in wanted:
                    found[key] = row
        return found

    def _refuse_taken(self, found: list[Verdict]) -> None:
        """What must be unique and is taken by a row that the key does not lead to: one the actor may not see, say."""
        for names in self.unique:
            reads = [self.one.model._meta.get_field(name).value_from_object for name in names]  # type: ignore[union-attr]
            own = {id(one): tuple(read(one.row) for read in reads) for one in found if one.state == State.NEW}
            taken = _taken(self.one.model, names, {key for key in own.values() if None not in key})
            for one in found:
                if own.get(id(one)) in taken:
                    self.seen.pop(one.mark, None)
                    one.state = str(State.ERROR)
                    one.reasons = [[self.places.get(names[-1]), _("已有相同的记录，请先查找后修改原记录"), "", []]]


def _taken(model: type[models.Model], names: tuple[str, ...], keys: set[Any]) -> set[Any]:
    firsts = sorted({key[0] for key in keys}, key=str)
    return {key for start in range(0, len(firsts), 900)
            for key in model._default_manager.filter((f"{names[0]}__in", firsts[start:start + 900]))
            .values_list(*[model._meta.get_field(name).attname for name in names]) if key in keys}  # type: ignore[union-attr]


def blank_rows(model: type[Any]) -> Callable[[], Any]:
    """New rows with their defaults: copies of one, where no default is worked out anew for each and nobody listens."""
    if any(f.has_default() and callable(f.default) for f in model._meta.concrete_fields) or pre_init.has_listeners(model) \
            or post_init.has_listeners(model) or model.__init__ is not models.Model.__init__:
        return model
    values = {name: value for name, value in model().__dict__.items() if name != "_state"}

    def make() -> Any:
        row = object.__new__(model)
        row.__dict__.update(values)
        row._state = ModelState()
        return row

    return make


def put(row: Any, values: dict[str, Any]) -> None:
    """Set the fields of a row; a related row that was read is set beside its key without asking anything."""
    own, at_hand = row.__dict__, row._state.fields_cache
    for name, value in values.items():
        if name in own:
            own[name] = value
        elif isinstance(value, models.Model) and f"{name}_id" in own:
            own[f"{name}_id"], at_hand[name] = value.pk, value
        else:
            setattr(row, name, value)


def unique_sets(one: Register) -> list[tuple[str, ...]]:
    """Fields that together must be unique, where all are plain columns; the database has the last word on the others."""
    model = one.model
    found: list[tuple[str, ...]] = [(f.name,) for f in model._meta.concrete_fields if f.unique and not f.primary_key and f.name in one.form]
    found += [tuple(c.fields) for c in model._meta.constraints
              if isinstance(c, models.UniqueConstraint) and c.fields and c.condition is None]
    own: Callable[[str], bool] = lambda name: type(model._meta.get_field(name)).__module__.startswith("django.")  # noqa: E731
    return [names for names in found if all(own(name) for name in names)]


def key_of(one: Register, values: dict[str, Any]) -> Any:
    """The key of a row as comparable values; None where the register has none or the file does not name it all."""
    if not one.key or any(name not in values for name in one.key):
        return None
    return tuple(getattr(values[name], "pk", values[name]) for name in one.key)


def mark_of(key: Any) -> str:
    """A short text that is the same for the same key."""
    return blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def shown(row: Any, name: str) -> str:
    """A field as the clerk reads it in a sheet."""
    kind = row._meta.get_field(name)
    if kind.choices:
        return str(dict(kind.flatchoices).get(getattr(row, name), getattr(row, name)))
    try:
        value = getattr(row, name)
    except ObjectDoesNotExist:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return fields.tidy(value)
