"""Calling the roll: all of a roster are present but those ticked, who are kept with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person


class Reason(models.TextChoices):
    LEAVE = "leave", _("请假")
    TRAVEL = "travel", _("出差")
    SICK = "sick", _("病假")
    OTHER = "other", _("其他")


class Away(models.Model):
    """A person expected who did not come; a register adds the key to its own record."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    reason = models.CharField(_("原因"), max_length=8, choices=Reason, default=Reason.LEAVE)

    class Meta:
        abstract = True
        verbose_name = _("缺席人员")

    def __str__(self) -> str:
        return f"{self.person} {self.get_reason_display()}"


Part = TypeVar("Part", bound=Away)


@dataclass(frozen=True, slots=True)
class Name:
    """One person of the roster as the form shows them."""

    pk: int
    name: str
    away: bool
    reason: str


def names(people: models.QuerySet[Person], sent: Any = None, known: dict[int, str] | None = None) -> list[Name]:
    """The people in their order, with those ticked as away in what was `sent`; unsent, those `known` to be away."""
    stored = known or {}
    listed = people.values_list("pk", "name")
    if sent is None:
        return [Name(pk, name, pk in stored, stored.get(pk, str(Reason.LEAVE))) for pk, name in listed]
    ticked = set(sent.getlist("away"))
    return [Name(pk, name, str(pk) in ticked, _reason(sent, pk)) for pk, name in listed]


def _reason(sent: Any, pk: int) -> str:
    reason = sent.get(f"reason-{pk}", "")
    return reason if reason in Reason.values else str(Reason.LEAVE)


def completed(sent: Any, listed: Iterable[Name]) -> Any:
    """The sent values with the number present worked out where it was left open: expected less those away."""
    data = sent.copy()
    expected = str(data.get("expected") or "").strip()
    if not str(data.get("present") or "").strip() and expected.isdecimal():
        data["present"] = str(max(int(expected) - sum(1 for one in listed if one.away), 0))
    return data


def absences(part: type[Part], listed: Iterable[Name]) -> list[Part]:
    """Those away as parts of a record, unsaved."""
    away = [one for one in listed if one.away]
    people = Person.objects.in_bulk([one.pk for one in away])
    return [part(person=people[one.pk], reason=one.reason) for one in away]
