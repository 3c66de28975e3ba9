"""Many rows through the writing door in set-based steps: refuses and records what the single form would."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation import trail
from luoshi.foundation.grants import Verb
from luoshi.foundation.trail import Deed
from luoshi.foundation.units import hold

from . import write
from .actor import Actor
from .events import Event, announce
from .register import Register

CHUNK = 500
Refusals = Mapping[int, ValidationError]


def save_many(actor: Actor, register: Register, rows: list[Any], *, lines: Mapping[int, write.Lines] | None = None,
              batch: str = "", verb: str = "import", chunk: int = CHUNK) -> dict[int, ValidationError]:
    """Save rows in one transaction; returns {position: why} of those refused, the others are saved.

    `lines` holds the parts of new records by position. Raises PermissionDenied for the whole when a row lies outside
    the grant: nothing is stored then.
    """
    refused: dict[int, ValidationError] = {}
    with transaction.atomic():
        for start in range(0, len(rows), chunk):
            some = {start + i: row for i, row in enumerate(rows[start:start + chunk])}
            refused |= _save_chunk(actor, register, some, lines or {}, batch, verb)
    return refused


def _save_chunk(actor: Actor, register: Register, some: dict[int, Any], lines: Mapping[int, write.Lines], batch: str,
                verb: str) -> dict[int, ValidationError]:
    refused: dict[int, ValidationError] = {}
    before = _stored(actor, register, some, refused)
    hold(list(some.values()))
    for i, row in some.items():
        if i in refused:
            continue
        row.settle()
        register.require_row(actor, Verb.CHANGE if i in before else Verb.ADD, row)
        try:
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


def _stored(actor: Actor, register: Register, some: dict[int, Any], refused: dict[int, ValidationError]
            ) -> dict[int, dict[str, Any]]:
    """Lock the rows that exist, check the right where they are and the version that was seen."""
    old = {i: row for i, row in some.items() if row.pk is not None}
    kept = {one.pk: one for one in register.model._default_manager.select_for_update().filter(
        pk__in=[row.pk for row in old.values()])}
    before = {}
    for i, row in old.items():
        stored = kept[row.pk]
        register.require_row(actor, Verb.CHANGE, stored)
        if stored.version != row.version:
            refused[i] = ValidationError(_("预览之后这条记录又被修改过，请重新导入这一行"))
        before[i] = write.values(stored)
    return before


def _store(register: Register, good: dict[int, Any], before: Mapping[int, Any], refused: dict[int, ValidationError]
           ) -> None:
    """Insert and update in bulk; where a constraint refuses, go row by row to find which."""
    manager = register.model._default_manager
    now = timezone.now()
    for row in good.values():
        row.version += 1
        row.changed_at = now
    new = [row for i, row in good.items() if i not in before]
    old = [row for i, row in good.items() if i in before]
    names = [f.name for f in register.model._meta.concrete_fields if f.name not in ("id", "created_at")]
    try:
        with transaction.atomic():
            manager.bulk_create(new)
            if old:
                manager.bulk_update(old, names)
    except IntegrityError:
        for i, row in good.items():
            if i not in before:
                row.pk = None
                row._state.adding = True
            try:
                with transaction.atomic():
                    row.save()
            except IntegrityError:
                refused[i] = ValidationError(_("已有相同的记录，请先查找后修改原记录"))


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
    for kind, parts in piles.items():
        kind._default_manager.bulk_create(parts)
    return changed


def _note(actor: Actor, register: Register, saved: dict[int, Any], before: Mapping[int, Any],
          parts: Mapping[int, dict[str, Any]], batch: str, verb: str) -> None:
    deeds = [Deed(verb, register.name, row.pk, getattr(row, "unit_id", row.pk), row.place,
                  write.difference(before.get(i, {}), write.values(row)) | parts.get(i, {}), batch)
             for i, row in saved.items()]
    trail.append(deeds, actor=actor.id, actor_name=actor.name, at=timezone.now())
    for name in register.announces:
        for i, row in saved.items():
            announce(Event(name, actor, row, before.get(i, {})))
