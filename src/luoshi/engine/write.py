"""The one way to store a record: grants, rules and versions are asked, then row, trail and reactions go in together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation import trail
from luoshi.foundation.grants import Verb
from luoshi.foundation.kept import Kept
from luoshi.foundation.trail import Deed, Line
from luoshi.foundation.units import Unit, hold

from .actor import Actor
from .events import Event, announce
from .models import Receipt
from .register import Register
from .soundness import broken, sound

Lines = Mapping[str, Sequence[models.Model]]  # reverse name → the parts as they shall be

UNTRAILED = {"id", "version", "created_at", "changed_at", "search", "place"}


class Conflict(Exception):
    """Someone else saved the row in between; carries the stored row so that a page can show both."""

    def __init__(self, stored: Kept) -> None:
        super().__init__(_("这条记录已被修改，请比较两份内容后再保存"))
        self.stored = stored


class Repeated(Exception):
    """The same submission arrived before; carries the row it made."""

    def __init__(self, pk: int) -> None:
        super().__init__(_("这次登记已保存，无需再次提交"))
        self.pk = pk


def values(row: Kept) -> dict[str, Any]:
    """The fields of a row that the trail keeps, as plain values."""
    return {name: read(row) if read else getattr(row, name) for name, read in _kept_fields(type(row))}


def begun(row: Kept) -> str:
    """What the trail keeps of a new record without parts: `difference({}, values(row))` in its one text."""
    read, text = _beginning(type(row))
    return text(read(row))


@lru_cache(maxsize=256)
def _beginning(model: type[models.Model]) -> tuple[Callable[[Any], list[Any]], Callable[[Sequence[Any]], str]]:
    kept = _kept_fields(model)
    names = [name for name, _read in kept]
    take = attrgetter(*names)
    own = [(at, read) for at, (_name, read) in enumerate(kept) if read]

    def values_of(row: Any) -> list[Any]:
        found = list(take(row))
        for at, read in own:
            found[at] = read(row)
        return found

    return values_of, trail.begun(names)


@lru_cache(maxsize=256)
def _kept_fields(model: type[models.Model]) -> list[tuple[str, Callable[[Any], Any] | None]]:
    """(attribute, how it is read where not simply taken) of each field that the trail keeps."""
    return [(f.attname, _own_reading(f)) for f in model._meta.concrete_fields if f.name not in UNTRAILED]


def _own_reading(field: Any) -> Callable[[Any], Any] | None:
    """What a field says of itself for the trail (a sealed one its mask and a mark), or else how it reads its value."""
    if hasattr(field, "trail_value"):
        return field.trail_value  # type: ignore[no-any-return]
    return None if type(field).value_from_object is models.Field.value_from_object else field.value_from_object


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{field: [before, after]} for each that differs."""
    if not before:
        return {k: [None, v] for k, v in after.items() if v is not None}
    return {k: [before.get(k), v] for k, v in after.items() if before.get(k) != v}


def check(row: Kept, *, today: date, lines: Lines | None = None, unique: bool = True) -> None:
    """Fields first, then the rules, then the constraints; raises ValidationError.

    Rules are asked only when the fields are sound: Django would call `clean` on half-valid rows. `unique=False` leaves
    what must be unique to the database, which has the last word anyway: bulk work asks nothing row by row, and does not
    ask Django where `sound` has shown what it would say.
    A row on its way out is asked no rule: what was wrong from the start must not be impossible to withdraw.
    """
    if unique or not sound(row):
        row.full_clean(exclude=_held(row), validate_unique=False, validate_constraints=False)
    if row.withdrawn:
        return
    for name, parts in (lines or {}).items():
        _check_lines(row, name, parts, unique=unique)
    found: dict[str, list[Any]] = {}
    for field, message in row.problems(today=today, lines=lines):
        found.setdefault(field, []).append(message)
    if found:
        raise ValidationError({k if _has(row, k) else "__all__": v for k, v in found.items()})
    if unique:
        row.validate_unique()
        row.validate_constraints()
    else:
        for one in broken(row):
            one.validate(type(row), row)


def _held(row: models.Model) -> set[str]:
    """Relations whose row is at hand: it was read, so asking the database whether it exists is asking twice."""
    return {f.name for f in row._meta.concrete_fields
            if f.is_relation and row._state.fields_cache.get(f.name) is not None}


def _check_lines(row: Kept, name: str, parts: Sequence[models.Model], *, unique: bool) -> None:
    """The parts of a record, before anything is stored; what is wrong is said with the name of the part."""
    link = getattr(row.__class__, name).field.name
    for part in parts:
        try:
            part.full_clean(exclude={link, *_held(part)}, validate_unique=False, validate_constraints=unique)
        except ValidationError as error:
            what = part._meta.verbose_name
            raise ValidationError([_("%(what)s：%(why)s") % {"what": what, "why": m} for m in error.messages]) from error


def _has(row: Kept, name: str) -> bool:
    return any(f.name == name for f in row._meta.fields)


def check_open(actor: Actor, row: Any, before: Mapping[str, Any]) -> None:
    """A unit that has ended takes no new records; what it has stays and can be corrected.

    The product itself may write the past down. Raises ValidationError.
    """
    if actor.system or row.withdrawn:
        return
    for name in ("unit", "parent"):
        unit = getattr(row, name, None) if before.get(f"{name}_id") != getattr(row, f"{name}_id", None) else None
        if isinstance(unit, Unit) and unit.until and unit.until <= actor.today:
            raise ValidationError({name: _("“%(unit)s”已于 %(day)s 撤销，请选择现有的单位")
                                   % {"unit": unit, "day": unit.until.isoformat()}})


def save(actor: Actor, register: Register, row: Any, *, lines: Lines | None = None, reason: str = "", key: str = "",
         batch: str = "", verb: str = "", extra: Callable[[], None] | None = None) -> Any:
    """Save one row through the door and return it.

    `row.version` is the version the writer saw; `key` makes a repeated submission harmless; `extra` runs inside the
    transaction after the save. Raises PermissionDenied, ValidationError, Conflict or Repeated; then nothing is stored.
    """
    with transaction.atomic():
        if key:
            _once(actor, register, key)
        before, stored = _stored(actor, register, row)
        hold([row])
        try:
            row.settle()
        except models.ObjectDoesNotExist:
            row.full_clean(validate_unique=False, validate_constraints=False)  # says which relation is missing
            raise
        register.require_row(actor, Verb.CHANGE if stored else Verb.ADD, row)
        if stored and register.moves and not _allowed(register, stored.state, row.state):
            raise ValidationError({"state": _("当前状态不能进行此操作，请刷新页面后再试")})
        check(row, today=actor.today, lines=lines)
        check_open(actor, row, before)
        row.version += 1
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            row.version -= 1
            raise ValidationError(_("已有相同的记录，请先查找后修改原记录")) from error
        changed = difference(before, values(row))
        for name, parts in (lines or {}).items():
            if one := _save_lines(row, name, parts):
                changed[name] = one
        if extra:
            extra()
        deed = Deed(verb or ("change" if stored else "add"), register.name, row.pk, getattr(row, "unit_id", row.pk),
                    row.place, changed, batch, reason)
        trail.append([deed], actor=actor.id, actor_name=actor.name, at=timezone.now())
        if key:
            Receipt.objects.filter(key=key, actor=actor.id or 0).update(row=row.pk)
        for name in register.announces:
            announce(Event(name, actor, row, before))
    return row


def _once(actor: Actor, register: Register, key: str) -> None:
    """Take the submission's key; raise Repeated where it was taken. The unique constraint decides, not a read."""
    receipt, new = Receipt.objects.get_or_create(key=key, actor=actor.id or 0, defaults={"register": register.name})
    if not new:
        raise Repeated(receipt.row or 0)


def _stored(actor: Actor, register: Register, row: Any) -> tuple[dict[str, Any], Any]:
    """Lock the stored row, check the right on its present unit and the version the writer saw."""
    if row.pk is None or row._state.adding:
        return {}, None
    stored = register.model._default_manager.select_for_update().get(pk=row.pk)
    register.require_row(actor, Verb.CHANGE, stored)
    if stored.version != row.version:
        raise Conflict(stored)
    if isinstance(row, Unit):
        row.place = stored.place  # a unit above may have moved since; only `units.move` changes a place
    return values(stored), stored


def _allowed(register: Register, old: str, new: str) -> bool:
    return old == new or register.moves.can(old, new)


def add_part(part: models.Model) -> None:
    """Store a part that is only ever added, inside the transaction of its record (`save(extra=…)`)."""
    part.full_clean()
    part.save()


def plain(parts: Any, link: str) -> list[dict[str, Any]]:
    """The parts of a record as the trail keeps them: without their keys and the link to the record."""
    return [{f.attname: f.value_from_object(one) for f in one._meta.concrete_fields
             if f.name not in ("id", link)} for one in parts]


def join(row: Any, link: str, parts: Sequence[models.Model]) -> None:
    """Make parts new ones of this record."""
    for part in parts:
        setattr(part, link, row)
        part.pk = None
        part._state.adding = True


def _save_lines(row: Any, name: str, parts: Sequence[models.Model]) -> list[Any] | None:
    """Make the parts of a record be exactly these; return [before, after] for the trail where they differ."""
    manager = getattr(row, name)
    old = plain(manager.order_by("pk"), manager.field.name)
    join(row, manager.field.name, parts)
    new = plain(parts, manager.field.name)
    if old == new:
        return None
    manager.all().delete()
    try:
        with transaction.atomic():
            manager.model._default_manager.bulk_create(parts)
    except IntegrityError as error:
        raise ValidationError(_("“%(what)s”中有重复或互相矛盾的行，请核对后只保留一行")
                              % {"what": manager.model._meta.verbose_name}) from error
    return [old, new]


def move(actor: Actor, register: Register, row: Any, to: str, *, reason: str = "") -> Any:
    """Take an allowed step between states, through the door; ValidationError where it is not allowed."""
    if register.moves is None or not register.moves.can(row.state, to):
        raise ValidationError({"state": _("当前状态不能进行此操作，请刷新页面后再试")})
    row.state = to
    return save(actor, register, row, reason=reason, verb="move")


def withdraw(actor: Actor, register: Register, row: Any, *, reason: str) -> Any:
    """Deleting is a move to the state withdrawn; the row stays and can be restored."""
    row.withdrawn = True
    return save(actor, register, row, reason=reason, verb="withdraw")


def restore(actor: Actor, register: Register, row: Any) -> Any:
    """Bring a withdrawn row back; for those who manage the register there."""
    register.require_row(actor, Verb.MANAGE, row)
    row.withdrawn = False
    return save(actor, register, row, verb="restore")


def note_reading(actor: Actor, register: Register, *rows: Any) -> None:
    """A reading of a sensitive record leaves a line in the trail; of others it leaves nothing."""
    if not register.sensitive:
        return
    with transaction.atomic():
        deeds = [Deed("see", register.name, row.pk, getattr(row, "unit_id", row.pk), row.place, {}) for row in rows]
        trail.append(deeds, actor=actor.id, actor_name=actor.name, at=timezone.now())


def note_revealing(actor: Actor, register: Register, row: Any, field: str, reason: str) -> None:
    """A sealed value that was opened leaves a line in the trail: which one, by whom and why, never the value."""
    with transaction.atomic():
        deed = Deed("reveal", register.name, row.pk, getattr(row, "unit_id", row.pk), row.place, {field: None},
                    reason=reason)
        trail.append([deed], actor=actor.id, actor_name=actor.name, at=timezone.now())


def revealed_lately(actor: Actor) -> int:
    """How many sealed values the actor opened within the last hour, by whichever server process."""
    since = timezone.now() - timedelta(hours=1)
    return Line.objects.filter(actor=actor.id, verb="reveal", at__gte=since).count()
