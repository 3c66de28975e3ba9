"""From the names in a declaration to columns that read plain values: no object is made for a row of a list."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luoshi.foundation.sealed import SealedField

from .register import Register

EMPTY = "—"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: which stored values it needs and how they become text (page) and a cell (sheet)."""

    key: str
    label: str
    needs: tuple[str, ...]
    text: Callable[..., str]
    cell: Callable[..., Any]
    align: str = "left"
    sort: str = ""  # the path to order by; empty where the column cannot be sorted by keyset


def columns(register: Register, names: tuple[str, ...] | None = None) -> list[Column]:
    """The columns of a register, in the reader's language; made once for each language."""
    language = translation.get_language() or ""
    cached = _cache.get((register.name, language, names))
    if cached is None:
        cached = [column(register, name) for name in (names or register.columns)]
        _cache[register.name, language, names] = cached
    return cached


_cache: dict[tuple[str, str, tuple[str, ...] | None], list[Column]] = {}


def column(register: Register, name: str) -> Column:
    """One column from a field name, a path or a method; raises FieldDoesNotExist where it is none of them."""
    method = getattr(register, name, None)
    if callable(method):
        needs = tuple(inspect.signature(method).parameters)
        label = getattr(method, "label", None) or name
        align = getattr(method, "align", "left")
        return Column(name, str(label), needs, method, method, align)
    field, path = follow(register.model, name)
    return _of_field(field, name, path)


def headed(label: Any, *, align: str = "left") -> Callable[[Any], Any]:
    """Give a computed column its heading."""

    def mark(method: Any) -> Any:
        method.label, method.align = label, align
        return method

    return mark


def follow(model: type[models.Model], name: str) -> tuple[models.Field[Any, Any], str]:
    """The field a path ends in, and the path to its readable value."""
    field: Any = None
    owner: Any = model
    for part in name.split("__"):
        if owner is None:
            raise FieldDoesNotExist(name)
        field = owner._meta.get_field(part)
        owner = field.related_model if field.is_relation else None
    if field.is_relation:
        return field, f"{name}__{title_field(field.related_model)}"
    return field, name


def title_field(model: Any) -> str:
    """The field that names a row of a model."""
    for candidate in ("name", "title", "label", "topic"):
        if any(f.name == candidate for f in model._meta.fields):
            return candidate
    return "pk"


def _of_field(field: Any, name: str, path: str) -> Column:
    label = str(field.verbose_name)
    sort = sort_path(field, name)
    if field.choices:
        words = {key: str(word) for key, word in field.flatchoices}
        return Column(name, label, (path,), lambda v: words.get(v, v or ""), lambda v: words.get(v, v or ""), sort=sort)
    shown = field if not field.is_relation else None
    if isinstance(shown, models.BooleanField):
        yes, no = _("是"), _("否")
        return Column(name, label, (path,), lambda v: yes if v else no, lambda v: yes if v else no)
    if isinstance(shown, models.DateTimeField):
        return Column(name, label, (path,), _moment, _moment, "date", sort)
    if isinstance(shown, models.DateField):
        return Column(name, label, (path,), _day, lambda v: v, "date", sort)
    if isinstance(shown, models.TimeField):
        return Column(name, label, (path,), _clock, _clock, "date", sort)
    if isinstance(shown, models.IntegerField | models.DecimalField):
        return Column(name, label, (path,), _number, lambda v: v, "right", sort)
    wide = isinstance(shown, models.TextField) or (getattr(shown, "max_length", None) or 0) > 100
    return Column(name, label, (path,), _plain, _plain, "wrap" if wide else "left", sort)


def sort_path(field: Any, name: str) -> str:
    """Where keyset paging may start: a non-null stored column; the unit's own column is sorted in tree order,
    names of people by strokes."""
    if name == "unit":
        return "place"
    if isinstance(field, SealedField):
        return ""  # what is stored is encrypted: its order means nothing
    if name == "name" and any(f.name == "strokes" for f in field.model._meta.fields):
        return "strokes"  # 姓氏笔画为序, as names are listed
    return "" if field.null or field.is_relation or "__" in name else name


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _number(value: Any) -> str:
    return "" if value is None else f"{value:,}"


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _clock(value: time | None) -> str:
    return value.strftime("%H:%M") if value else ""


def _moment(value: datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def paths(found: list[Column]) -> list[str]:
    """Every stored value the columns need, each once, in order."""
    return list(dict.fromkeys(path for one in found for path in one.needs))
