"""From the address bar to a queryset: one django-filter set for each register, made from its declaration."""

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.foundation.places import within
from luoshi.foundation.units import Unit

from .columns import follow
from .finding import words
from .register import Register


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
        return rows.filter(words(value or "", self.fields))


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
        return django_filters.DateFromToRangeFilter(
            field_name=name, label=label, widget=django_filters.widgets.DateRangeWidget(attrs={"type": "date"}))
    if isinstance(field, models.BooleanField):
        return django_filters.BooleanFilter(field_name=name, label=label)
    if isinstance(field, models.IntegerField):
        return django_filters.NumberFilter(field_name=name, label=label)
    return django_filters.CharFilter(field_name=name, lookup_expr="icontains", label=label)


def apply(register: Register, rows: QuerySet[Any], query: Any) -> tuple[QuerySet[Any], django_filters.FilterSet]:
    """Narrow rows by what the address asks; wrong values are ignored and said by the form."""
    chosen = filterset(register)(query, queryset=rows)
    chosen.form.is_valid()
    cleaned = chosen.form.cleaned_data
    for name, one in chosen.filters.items():
        value = cleaned.get(name)
        if value not in (None, "", [], ()):
            rows = one.filter(rows, value)
    return rows, chosen


def chips(chosen: django_filters.FilterSet, query: Any) -> list[tuple[str, str]]:
    """What is chosen, as (words, address without it)."""
    found = []
    for name, field in chosen.form.fields.items():
        keys = [k for k in query if k == name or k.startswith((f"{name}_min", f"{name}_max", f"{name}_after",
                                                               f"{name}_before"))]
        shown = [str(dict(getattr(field, "choices", ())).get(v, v)) for k in keys for v in query.getlist(k) if v]
        if shown:
            rest = query.copy()
            for k in [*keys, "after", "before"]:
                rest.pop(k, None)
            found.append((_("%(name)s：%(value)s") % {"name": field.label, "value": "、".join(shown)},
                          f"?{rest.urlencode()}"))
    return found
