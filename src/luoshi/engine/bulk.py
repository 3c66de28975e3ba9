"""Many rows through the writing door in set-based steps: refuses and records what the single form would."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation import pile, trail
from luoshi.foundation.grants import Verb
from luoshi.foundation.trail import Deed
from luoshi.foundation.units import hold

from . import indexing, write
from .actor import Actor
from .events import Event, announce, listened
from .register import Register

CHUNK = 8000
Refusals = Mapping[int, ValidationError]


def save_many(actor: Actor, register: Register, rows: list[Any], *, lines: Mapping[int, write.Lines] | None = None,
              batch: str = "", verb: str = "import", chunk: int = CHUNK,
              proven: Collection[int] = ()) -> dict[int, ValidationError]:
    """Save rows in one transaction; returns {position: why} of those refused, the others are saved.

    `lines` holds the parts of new records by position. `proven` names new rows whose columns were shown sound by the same
    rules on the same day, where the rules lean on nothing else (`SELF_CONTAINED`): rights, the unit's being open and what
    must be unique are asked of them all the same. Raises PermissionDenied for the whole when a row lies outside
    the grant: nothing is stored then.
    """
    refused: dict[int, ValidationError] = {}
    rights = Rights(actor, register)
    model: Any = register.model
    if model.ONE_BY_ONE:
        chunk = 1
    with transaction.atomic():
        hold(rows)
        if chunk > 1:
            for row in rows:
                row.settle()
            trail.hold({trail.stream_of(row.place) for row in rows})
        for start in range(0, len(rows), chunk):
            some = {start + i: row for i, row in enumerate(rows[start:start + chunk])}
            refused |= _save_chunk(rights, some, lines or {}, batch, verb, proven)
    return refused


class Rights:
    """Rights asked once for each place and line of work instead of once for each row."""

    def __init__(self, actor: Actor, register: Register) -> None:
        self.actor, self.register = actor, register
        self.granted: set[tuple[Verb, str, str | None]] = set()
        # A register that looks at the row itself is asked about every row.
        self.by_row = type(register).require_row is not Register.require_row

    def require(self, verb: Verb, row: Any) -> None:
        """Raise PermissionDenied where `Register.require_row` would."""
        key = (verb, row.place, self.register.line_of(row))
        if self.by_row or key not in self.granted:
            self.register.require_row(self.actor, verb, row)
            self.granted.add(key)


def _save_chunk(rights: Rights, some: dict[int, Any], lines: Mapping[int, write.Lines], batch: str,
                verb: str, proven: Collection[int]) -> dict[int, ValidationError]:
    actor, register = rights.actor, rights.register
    refused: dict[int, ValidationError] = {}
    before = _stored(rights, some, refused)
    for i, row in some.items():
        if i in refused:
            continue
        if not row.place:
            row.settle()
        rights.require(Verb.CHANGE if i in before else Verb.ADD, row)
        try:
            if i not in proven:
                write.check(row, today=actor.today, lines=lines.get(i), unique=False)
            write.check_open(actor, row, before.get(i, {}))
        except ValidationError as error:
            refused[i] = error
    good = {i: row for i, row in some.items() if i not in refused}
    _store(register, good, before, refused)
    saved = {i: row for i, row in good.items() if i not in refused}
    parts = _store_lines({i: (row, lines[i]) for i, row in saved.items() if i in lines and i not in before})
    _note(actor, register, saved, before, parts, batch, verb)
    return refused


def _stored(rights: Rights, some: dict[int, Any], refused: dict[int, ValidationError]) -> dict[int, dict[str, Any]]:
    """Lock the rows that exist, check the right where they are and the version that was seen."""
    old = {i: row for i, row in some.items() if row.pk is not None}
    if not old:
        return {}
    keys = [row.pk for row in old.values()]
    manager = rights.register.model._default_manager
    kept = {one.pk: one for start in range(0, len(keys), 900)
            for one in manager.select_for_update().filter(pk__in=sorted(keys)[start:start + 900]).order_by("pk")}
    before = {}
    for i, row in old.items():
        stored = kept[row.pk]
        rights.require(Verb.CHANGE, stored)
        if stored.version != row.version:
            refused[i] = ValidationError(_("预览之后这条记录又被修改过，请重新导入这一行"))
        before[i] = write.values(stored)
    return before


def _store(register: Register, good: dict[int, Any], before: Mapping[int, Any], refused: dict[int, ValidationError]
           ) -> None:
    """Insert and update in piles; where a constraint refuses, halve the pile until the row is found."""
    now = timezone.now()
    for row in good.values():
        row.version += 1
        row.changed_at = now
    names = written(register.model)
    for i in [*_refused_of({i: row for i, row in good.items() if i not in before}, _insert),
              *_refused_of({i: row for i, row in good.items() if i in before}, lambda rows: pile.change(rows, names))]:
        if i not in before:
            good[i].pk = None  # the key it was tried with is another row's by now
        refused[i] = _why(good[i])


def _why(row: Any) -> ValidationError:
    """What the single form says of a row that a constraint has refused."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        return error
    return ValidationError(_("已有相同的记录，请先查找后修改原记录"))


def written(model: type[models.Model]) -> list[str]:
    """The columns that a change of a record writes."""
    return [f.name for f in model._meta.concrete_fields if f.name not in ("id", "created_at")]


def _insert(rows: list[Any]) -> None:
    for row in rows:
        row.pk, row._state.adding = None, True
    indexing.insert(rows)


def _refused_of(rows: dict[int, Any], store: Any) -> Iterable[int]:
    """Store the rows; positions of those that a constraint refuses. The others are stored, in their order."""
    if not rows:
        return []
    try:
        with transaction.atomic():
            store(list(rows.values()))
    except IntegrityError:
        if len(rows) == 1:
            return list(rows)
        half = len(rows) // 2
        places = list(rows)
        return [i for part in (places[:half], places[half:]) for i in _refused_of({i: rows[i] for i in part}, store)]
    return []


def _store_lines(found: dict[int, tuple[Any, write.Lines]]) -> dict[int, dict[str, Any]]:
    """Insert the parts of new records, one statement a kind; {position: {reverse name: [before, after]}}."""
    piles: dict[type[models.Model], list[models.Model]] = {}
    changed: dict[int, dict[str, Any]] = {}
    for i, (row, its) in found.items():
        for name, parts in its.items():
            link = getattr(row, name).field.name
            write.join(row, link, parts)
            for part in parts:
                piles.setdefault(type(part), []).append(part)
            if parts:
                changed.setdefault(i, {})[name] = [[], write.plain(parts, link)]
    for parts in piles.values():
        indexing.insert(parts)
    return changed


def _note(actor: Actor, register: Register, saved: dict[int, Any], before: Mapping[int, Any],
          parts: Mapping[int, dict[str, Any]], batch: str, verb: str) -> None:
    deeds = [Deed(verb, register.name, row.pk, getattr(row, "unit_id", row.pk), row.place,
                  write.difference(before.get(i, {}), write.values(row)) | parts.get(i, {}) if i in before or i in parts
                  else write.begun(row), batch)
             for i, row in saved.items()]
    trail.append(deeds, actor=actor.id, actor_name=actor.name, at=timezone.now())
    for name in register.announces:
        if name not in listened():
            continue
        for i, row in saved.items():
            announce(Event(name, actor, row, before.get(i, {})))
