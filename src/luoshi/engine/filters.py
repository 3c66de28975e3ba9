"""From the address bar to a queryset: one django-filter set for each register, made from its declaration."""

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.foundation.places import within
from luoshi.foundation.units import Unit

from .columns import follow
from .finding import words
from .register import Register


class DaysWidget(django_filters.widgets.RangeWidget):
    """Two days, named <field>_from and <field>_to in the address."""

    suffixes = ["from", "to"]


class UnitFilter(django_filters.CharFilter):
    """A unit and all below it, named by its code or its name."""

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return rows
        code = value.split(" ")[0]
        found = Unit.objects.filter(Q(code=code) | Q(name=value)).values_list("place", flat=True)
        return rows.filter(within(tuple(found), self.field_name))


class WordsFilter(django_filters.CharFilter):
    """Words in the fields a register names for search; names also by pinyin and initials."""

    def __init__(self, *args: Any, fields: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = fields

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(words(value or "", self.fields, rows.model))


def filterset(register: Register) -> type[django_filters.FilterSet]:
    """The filter set of a register; built once."""
    if register.name not in _sets:
        parts = {name: _filter(register, name) for name in register.filters}
        if register.search:
            parts = {"q": WordsFilter(label=gettext_lazy("查找"), fields=tuple(register.search)), **parts}
        meta = type("Meta", (), {"model": register.model, "fields": []})
        _sets[register.name] = type(f"{register.name}_filters", (django_filters.FilterSet,), {**parts, "Meta": meta})
    return _sets[register.name]


_sets: dict[str, type[django_filters.FilterSet]] = {}


def _filter(register: Register, name: str) -> django_filters.Filter:
    field, path = follow(register.model, name)
    label = field.verbose_name
    if field.is_relation and field.related_model is Unit:
        place = "place" if name == "unit" else f"{name}__place"
        widget = forms.TextInput(attrs={"list": "units", "data-pick": "unit"})
        return UnitFilter(field_name=place, label=label, widget=widget)
    if field.is_relation:
        return django_filters.CharFilter(field_name=path, lookup_expr="icontains", label=label)
    if field.choices:
        return django_filters.MultipleChoiceFilter(field_name=name, choices=field.flatchoices, label=label)
    if isinstance(field, models.DateField):
        return django_filters.DateFromToRangeFilter(field_name=name, label=label, widget=DaysWidget)
    if isinstance(field, models.BooleanField):
        return django_filters.BooleanFilter(field_name=name, label=label)
    if isinstance(field, models.IntegerField):
        return django_filters.NumberFilter(field_name=name, label=label)
    return django_filters.CharFilter(field_name=name, lookup_expr="icontains", label=label)


PAGING = {"after", "before", "sort"}


def asked(query: Any) -> bool:
    """Whether the address asks for anything but a page or an order."""
    return any(value and key not in PAGING for key, value in query.items())


def apply(register: Register, rows: QuerySet[Any], query: Any) -> QuerySet[Any]:
    """Narrow rows by what the address asks; a value that does not fit its field narrows nothing."""
    if not asked(query):
        return rows
    for name, one in filterset(register).base_filters.items():
        value = _value(one.field, name, query)
        if value not in (None, "", [], ()):
            rows = one.filter(rows, value)
    return rows


def _value(field: Any, name: str, query: Any) -> Any:
    """What the address says for one filter. Field by field: a form for each request costs as much as the page's rows."""
    try:
        return field.clean(field.widget.value_from_datadict(query, {}, name))
    except forms.ValidationError:
        return None


def bar(register: Register, query: Any) -> list[dict[str, Any]]:
    """The filters as plain dicts for the ui's filter part, the search box first; kept but for what is asked."""
    key = (register.name, translation.get_language())
    if key not in _bars:
        found = [_shown(name, one.field) for name, one in filterset(register).base_filters.items()]
        _bars[key] = sorted(found, key=lambda one: one["name"] != "q")
    return [one | {"value": _said(one, query)} for one in _bars[key]] if asked(query) else _bars[key]


_bars: dict[tuple[str, str | None], list[dict[str, Any]]] = {}


def _said(one: dict[str, Any], query: Any) -> Any:
    """What a filter shows as chosen."""
    if one["type"] != "range":
        return query.get(one["name"], "")
    days = (query.get(f"{one['name']}_from", ""), query.get(f"{one['name']}_to", ""))
    return days if any(days) else ""


def _shown(name: str, field: Any) -> dict[str, Any]:
    one: dict[str, Any] = {"name": name, "label": str(field.label), "value": ""}
    choices = [(str(v), str(w)) for v, w in getattr(field, "choices", ()) if v not in ("", None)]
    if name == "q":
        return one | {"type": "search", "placeholder": _("名称、拼音或关键词")}
    if isinstance(field, django_filters.fields.DateRangeField):
        return one | {"type": "range"}
    if choices:
        return one | {"type": "select", "choices": choices}
    if "data-pick" in field.widget.attrs:
        return one | {"type": "text", "placeholder": _("名称或编码")}
    return one | {"type": "text"}


def chips(register: Register, query: Any) -> list[tuple[str, str]]:
    """What is chosen, as (words, address without it)."""
    if not asked(query):
        return []
    found = []
    for one in bar(register, query):
        name, words = one["name"], dict(one.get("choices", ()))
        keys = [key for key in (name, f"{name}_from", f"{name}_to") if query.get(key)]
        shown = [words.get(value, value) for key in keys for value in query.getlist(key) if value]
        if shown:
            rest = query.copy()
            for key in {*keys, *PAGING} - {"sort"}:
                rest.pop(key, None)
            found.append((_("%(name)s：%(value)s") % {"name": one["label"], "value": "、".join(shown)},
                          f"?{rest.urlencode()}"))
    return found
