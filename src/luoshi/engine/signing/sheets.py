"""Opening and ending a sign-in, and the one statement that stores who signed; each with its line in the trail."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation import trail
from luoshi.foundation.grants import Verb
from luoshi.foundation.trail import Deed

from ..actor import Actor, now
from ..models import Presence, Sheet
from ..register import Register
from .declared import Signing, register_of, signing_of

PILE = 400  # people in one statement: below the number of parameters that every database takes
AT_THE_DOOR = Actor(id=None, name="签到", today=date.min)  # who signs without an account


def sheet_of(row: Any) -> Sheet | None:
    """The sheet of a record; None where signing in was never opened for it."""
    return Sheet.objects.filter(register=register_of(row).name, row=row.pk).first()


def signed(row: Any) -> set[int]:
    """The people who signed in to a record, by their keys; those of the list who did not are proposed as absent.

    Empty too where signing in was never opened: `sheet_of` tells the two apart.
    """
    return set(Presence.objects.filter(sheet__register=register_of(row).name, sheet__row=row.pk)
               .values_list("person", flat=True))


def people(row: Any, sheet: Sheet | None) -> QuerySet[Any]:
    """The list of a record, each with `here`: whether they signed."""
    listed = declared(row).people(row)
    here = Presence.objects.filter(sheet=sheet.pk if sheet else None, person=OuterRef("pk"))
    return listed.annotate(here=Exists(here))


def count(row: Any, sheet: Sheet | None) -> tuple[int, int]:
    """(how many are on the list, how many of them signed)."""
    listed = people(row, sheet)
    return listed.count(), listed.filter(here=True).count() if sheet else 0


def declared(row: Any) -> Signing:
    found = signing_of(register_of(row).name)
    if found is None:
        raise KeyError(type(row).__name__)
    return found


def refusal(row: Any, today: date) -> str:
    """Why signing in cannot be opened on this day; "" where it can."""
    if why := declared(row).refusal(row):
        return str(why)
    if over(row, today):
        return _("日期已过，签到不能再开放，请直接登记到场情况")
    return ""


def over(row: Any, today: date) -> bool:
    """Whether the address of a record has expired: the day after its last day is the last one."""
    return (today - declared(row).days(row)[1]).days > 1


def open_sheet(actor: Actor, row: Any) -> Sheet:
    """Open the sign-in of a record, or open it again; doing it twice changes nothing.

    Raises PermissionDenied, or ValidationError where the record cannot be signed in to.
    """
    one = register_of(row)
    one.require_row(actor, Verb.CHANGE, row)
    if why := refusal(row, actor.today):
        raise ValidationError(why)
    with transaction.atomic():
        sheet, new = Sheet.objects.get_or_create(register=one.name, row=row.pk)
        sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
        if new or sheet.closed:
            sheet.closed = False
            sheet.save()
            _note(actor, one, row, "sign-open", {})
    return sheet


def renew(actor: Actor, row: Any) -> None:
    """A new address; the one before, wherever it was forwarded, is void. Raises PermissionDenied."""
    _change(actor, row, "sign-renew", lambda sheet: {"issue": sheet.issue + 1})


def close(actor: Actor, row: Any) -> None:
    """End the sign-in; what was signed stays. Raises PermissionDenied."""
    _change(actor, row, "sign-close", lambda sheet: {} if sheet.closed else {"closed": True})


def _change(actor: Actor, row: Any, verb: str, wanted: Any) -> None:
    one = register_of(row)
    one.require_row(actor, Verb.CHANGE, row)
    with transaction.atomic():
        sheet = Sheet.objects.select_for_update().filter(register=one.name, row=row.pk).first()
        values: Mapping[str, Any] = wanted(sheet) if sheet else {}
        if sheet is None or not values:
            return
        for name, value in values.items():
            setattr(sheet, name, value)
        sheet.save()
        _note(actor, one, row, verb, {})


def _note(actor: Actor, one: Register, row: Any, verb: str, data: dict[str, Any]) -> None:
    deed = Deed(verb, one.name, row.pk, row.unit_id, row.place, data)
    trail.append([deed], actor=actor.id, actor_name=actor.name, at=now())


def sign(sheet: Sheet, row: Any, persons: Iterable[int], *, today: date, actor: Actor = AT_THE_DOOR) -> set[int]:
    """Store that these people signed; gives those who had not yet. Signing twice, or two at once, changes nothing.

    The constraint decides, not a read. The caller has seen that each is on the list. `actor` is who signs for others.
    """
    wanted, new = sorted(set(persons)), set[int]()  # in one order: two piles never wait for each other in a circle
    with transaction.atomic():
        for start in range(0, len(wanted), PILE):
            new |= _insert(sheet.pk, wanted[start:start + PILE])
        _tell(sheet, row, sorted(new), "sign", today, actor)
    return new


def unsign(actor: Actor, row: Any, persons: Iterable[int]) -> int:
    """Take back what was signed wrongly, such as for somebody who was not there; gives how many. Raises PermissionDenied."""
    register_of(row).require_row(actor, Verb.CHANGE, row)
    sheet = sheet_of(row)
    if sheet is None:
        return 0
    with transaction.atomic():
        held = Presence.objects.select_for_update().filter(sheet=sheet, person__in=sorted(set(persons)))
        gone = sorted(held.values_list("person", flat=True))
        held.delete()
        _tell(sheet, row, gone, "unsign", actor.today, actor)
    return len(gone)


def _insert(sheet: int, persons: list[int]) -> set[int]:
    """One statement; the people who were not there before."""
    quote, table = connection.ops.quote_name, Presence._meta.db_table
    marks = ", ".join(["(%s, %s)"] * len(persons))
    with connection.cursor() as cursor:
        # Names come from the model; every value is a parameter.
        cursor.execute(f"INSERT INTO {quote(table)} (sheet_id, person_id) VALUES {marks} "  # noqa: S608
                       "ON CONFLICT (sheet_id, person_id) DO NOTHING RETURNING person_id",
                       [value for person in persons for value in (sheet, person)])
        return {person for (person,) in cursor.fetchall()}


def _tell(sheet: Sheet, row: Any, persons: list[int], verb: str, today: date, actor: Actor) -> None:
    """A line for each person, on a chain of the sheet's own, with the day alone: the hour of arrival is nobody's business."""
    deeds = [Deed(verb, "presence", sheet.pk, row.unit_id, row.place, {"person_id": [None, one] if verb == "sign" else [one, None]})
             for one in persons]
    day = timezone.make_aware(datetime.combine(today, time()))
    trail.append(deeds, actor=actor.id, actor_name=actor.name, at=day, stream=f"sign-in {sheet.pk}")
