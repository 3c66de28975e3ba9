"""Which registers a packet carries, and their forms as data that a page without network can draw."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms as django_forms
from django.db import models

from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.sealed import SealedField
from luoshi.foundation.units import Unit

from .. import forms
from ..actor import Actor
from ..duties import duties
from ..register import Register, registers

MOST_CHOICES = 60  # records that a field may point at; newer ones first

Start = Callable[[Actor, Unit], Mapping[str, Any]]


@dataclass(frozen=True)
class Ways:
    """What a register adds to its derived form in a packet.

    `start` gives values for a blank form; `presets` values that follow from the choice of another field, as
    {field: {choice: {field: value}}}; `rest` names a number that is another one less the lines of a part, when left
    open: {"present": ("expected", "absences")}.
    """

    start: Start = lambda _actor, _unit: {}
    presets: Callable[[Actor, Unit], Mapping[str, Any]] = lambda _actor, _unit: {}
    rest: Mapping[str, tuple[str, str]] = field(default_factory=dict)


_ways: dict[str, Ways] = {}
_staying: set[str] = set()


def stay(register: str) -> None:
    """Keep a register out of packets, such as the one that packets themselves are."""
    _staying.add(register)


def carry(register: str, ways: Ways) -> None:
    """Say how a register's form behaves in a packet."""
    _ways[register] = ways


def ways(register: str) -> Ways:
    return _ways.get(register, Ways())


def carried(actor: Actor, unit: Unit) -> list[Register]:
    """The registers whose records the unit adds day by day: those with a duty first, then those that are counted by a day.

    Sensitive ones and those with sealed columns never travel.
    """
    owed = {one.register for one in duties().values()}
    found = [one for one in registers() if _travels(one) and one.may(actor, Verb.ADD, unit.place)]
    return sorted(found, key=lambda one: one.name not in owed)


def _travels(one: Register) -> bool:
    if one.name in _staying or one.sensitive or not one.form or "unit" not in one.form or one.model in (Unit, Person):
        return False
    columns = [one.model._meta.get_field(name) for name in one.form]
    if any(isinstance(each, SealedField | models.FileField | models.JSONField) for each in columns):
        return False
    return any(i.on and "__" not in i.on and not i.duty and i.on in one.form for i in one.indicators)


def described(one: Register, actor: Actor, unit: Unit) -> dict[str, Any] | None:
    """A register's form as plain data; None where something obligatory cannot be filled in without the network."""
    form = forms.form_class(one, actor)()
    start = ways(one.name).start(actor, unit)
    rest = ways(one.name).rest
    fields = list(_fields(form, start, rest))
    if any(each is None for each in fields):
        return None
    lines = []
    for name in one.lines:
        part = list(_fields(forms.line_forms(one, name, actor)[0], {}, {}))
        if any(each is None for each in part):
            continue
        label = one.model._meta.get_field(name).related_model._meta.verbose_name  # type: ignore[union-attr]
        lines.append({"n": name, "l": str(label), "f": [each for each in part if each]})
    found: dict[str, Any] = {"n": one.name, "l": one.label, "f": [each for each in fields if each]}
    if lines:
        found["p"] = lines
    if rest:
        found["rest"] = {name: list(of) for name, of in rest.items()}
    if presets := ways(one.name).presets(actor, unit):
        found["presets"] = presets
    return found


def _fields(form: Any, start: Mapping[str, Any], rest: Mapping[str, Any]) -> Iterator[dict[str, Any] | None]:
    """Each field but the unit as data; {} is left out, None cannot be filled in although it must."""
    for name, each in form.fields.items():
        if name == "unit":
            continue
        kind = _kind(each)
        choices = _choices(each, kind)
        if kind == "" or (choices == [] and kind == "select"):
            yield None if each.required else {}
            continue
        one: dict[str, Any] = {"n": name, "l": str(each.label), "t": kind}
        if each.required and kind != "check" and name not in rest:
            one["r"] = 1
        if each.help_text:
            one["h"] = str(each.help_text)
        if choices is not None:
            one["c"] = choices
        if length := getattr(each, "max_length", None):
            one["m"] = length
        value = start.get(name, form[name].value())
        if value not in (None, "", False):
            one["i"] = str(getattr(value, "pk", value)) if value is not True else "on"
        yield one


def _kind(each: Any) -> str:
    """The kind of a field in a packet; "" where it cannot travel."""
    match each:
        case forms.PickField():
            return "person" if each.kind == "person" else ""
        case django_forms.FileField() | django_forms.MultipleChoiceField() | django_forms.ModelMultipleChoiceField():
            return ""
        case django_forms.ChoiceField():
            return "select"
        case django_forms.BooleanField():
            return "check"
        case django_forms.DateField():
            return "date"
        case django_forms.TimeField():
            return "time"
        case django_forms.DecimalField() | django_forms.FloatField():
            return "decimal"
        case django_forms.IntegerField():
            return "number"
        case django_forms.CharField():
            return "area" if isinstance(each.widget, django_forms.Textarea) else "text"
    return ""


def _choices(each: Any, kind: str) -> list[list[str]] | None:
    if kind != "select":
        return None
    if isinstance(each, django_forms.ModelChoiceField):
        return [[str(row.pk), str(row)] for row in each.queryset.order_by("-pk")[:MOST_CHOICES]]  # type: ignore[union-attr]
    return [[str(value), str(label)] for value, label in each.choices if value != ""]
