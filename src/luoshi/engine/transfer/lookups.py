"""Units, persons and other records that a cell names: by code, name, path or the end of the name; read a pile at a time."""

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from luoshi.foundation.people import Person
from luoshi.foundation.units import Unit

from ..actor import Actor
from ..columns import title_field
from ..forms import choosable, related
from ..register import Register
from .fields import MOST_OPTIONS, Unclear

STEP = re.compile(r"\s*(?:/|\\|＞|>|→|—)\s*")  # between the names of a path; a single hyphen is part of names
GAP = 0.05
MOST_NAMES = 5000  # so many names are compared for what a wrong one may have meant


class Lookup:
    """From a text to the row it names; `load` reads what is not known yet, in a query for a few hundred texts."""

    def __init__(self, rows: Any, codes: Sequence[str] = ()) -> None:
        self.rows, self.codes, self.title = rows, codes, title_field(rows.model)
        self.found: dict[str, list[Any]] = {}
        self.names: list[str] | None = None

    def load(self, texts: Iterable[str]) -> None:
        wanted = [text for text in set(texts) if text and text not in self.found]
        last = {text: STEP.split(text)[-1] for text in wanted if self.rows.model is Unit}
        for start in range(0, len(wanted), 300):
            some = wanted[start:start + 300]
            names = {last.get(text, text) for text in some} | set(some)
            condition = models.Q((f"{self.title}__in", names))
            for code in self.codes:
                condition |= models.Q((f"{code}__in", some))
            by: dict[str, list[Any]] = {}
            for row in self.rows.filter(condition):
                for key in {getattr(row, self.title), *(getattr(row, code) for code in self.codes)}:
                    by.setdefault(str(key), []).append(row)
            for text in some:
                self.found[text] = by.get(text, []) or _on_path(by.get(last.get(text, ""), []), text)

    def __call__(self, text: str) -> Any:
        if text not in self.found:
            self.load([text])
        rows = self.found[text] or self._short(text)
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise Unclear(_("有多个“%(text)s”，请改填编码") % {"text": text[:40]}, options=self.shown(rows))
        near = self._near(text)
        raise Unclear(_("没有找到“%(text)s”，请核对名称或改填编码") % {"text": text[:40]},
                      proposal=_clearly(near, text), options=[(one, one) for one in near])

    def shown(self, rows: Sequence[Any]) -> list[tuple[str, str]]:
        """What to write for each of several, and how to tell them apart."""
        code = self.codes[0] if self.codes else self.title
        return [(str(getattr(row, code)), f"{row}（{getattr(row, code)}{_where(row)}）") for row in rows[:MOST_OPTIONS]]

    def _short(self, text: str) -> list[Any]:
        """A unit by the end of its name, where only one ends so: 第一党支部 for 甲司第一党支部."""
        if self.rows.model is not Unit or len(text) < 3:
            return []
        self.found[text] = list(self.rows.filter(name__endswith=text)[:MOST_OPTIONS])
        return self.found[text]

    def _near(self, text: str) -> list[str]:
        if self.rows.model is not Unit:
            return []  # another person's name is no better guess than none
        if self.names is None:
            self.names = list(self.rows.values_list(self.title, flat=True)[:MOST_NAMES])
        return difflib.get_close_matches(text, self.names, n=3, cutoff=0.75)


def _clearly(near: list[str], text: str) -> str:
    """The nearest of several names, where it is nearer than the next by far."""
    alike = [difflib.SequenceMatcher(None, text, one).ratio() for one in near[:2]]
    return near[0] if alike and (len(alike) == 1 or alike[0] - alike[1] >= GAP) else ""


def _on_path(rows: list[Any], text: str) -> list[Any]:
    """Of units with the last name of a path, those that stand below a unit of the name before it."""
    steps = STEP.split(text)
    if len(steps) < 2 or len(rows) < 2:
        return rows
    return [row for row in rows if row.parent is not None and row.parent.name == steps[-2]]


def _where(row: Any) -> str:
    unit = row.parent if isinstance(row, Unit) else getattr(row, "unit", None)
    return f"，{unit}" if unit is not None else ""


def lookup_of(field: Any, one: Register, actor: Actor) -> Lookup | None:
    """How the cells of a relation are read; None for a field that is no relation."""
    if not field.is_relation:
        return None
    model = field.related_model
    if model is Unit:
        return Lookup(choosable(model, one, actor, field.name).select_related("parent"), ["code"])
    if model is Person:
        return Lookup(choosable(model, one, actor, field.name).select_related("unit"), ["number"])
    rows = related(field, one, actor)
    return Lookup(model._default_manager.all() if rows is None else rows)


def nearest(error: ValidationError, unit: Any, lookup: Any) -> Unclear | None:
    """Of several persons of one name, the one whose file is kept in the row's own unit, where it is one."""
    if not isinstance(error, Unclear) or lookup is None or lookup.rows.model is not Person:
        return None
    own = [code for code, _shown in error.options
           if any(row.unit_id == unit.pk for row in lookup.found.get(code, []) or lookup.rows.filter(number=code))]
    return Unclear(error.messages[0], proposal=own[0], options=error.options) if len(own) == 1 else None
