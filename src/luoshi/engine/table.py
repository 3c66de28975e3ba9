"""One page of a list: rows after or before a key, never a count; cells as text or ready table rows."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from markupsafe import Markup

from .bounds import fitted
from .columns import EMPTY, Column, follow, paths

PAGE = 50
CLASSES = {"right": ' class="num"', "date": ' class="date"', "wrap": ' class="wrap"'}


@dataclass(frozen=True, slots=True)
class Page:
    """Plain values of one page, the key first; `paths` names the values of a row in order."""

    rows: list[tuple[Any, ...]]
    paths: list[str]
    after: str  # key of the last row where more follow, else empty
    before: str  # key of the first row where some precede, else empty


def page(rows: QuerySet[Any], found: list[Column], *, order: tuple[str, ...], after: str = "", before: str = "",
         size: int = PAGE) -> Page:
    """Rows in keyset order: the key of the last row seen is the start of the next page, so page 5,000 costs as page 1.

    `order` names non-null fields and ends in a unique one. Raises ValueError on a key that is not ours.
    """
    names = [name.lstrip("-") for name in order]
    backwards = bool(before)
    marker = _unpack(after or before, [follow(rows.model, name)[0] for name in names])
    if marker:
        rows = rows.filter(_beyond(order, marker, backwards))
    rows = fitted(rows, order[0])
    wanted = list(dict.fromkeys(["pk", *paths(found), *names]))
    taken = list(rows.order_by(*(_flip(o) for o in order) if backwards else order).values_list(*wanted)[: size + 1])
    more = len(taken) > size
    taken = taken[:size]
    if backwards:
        taken.reverse()

    def key(row: tuple[Any, ...]) -> str:
        return _pack([row[wanted.index(name)] for name in names])

    follows = bool(taken) and (more if not backwards else True)
    precedes = bool(taken) and (more if backwards else bool(marker))
    return Page(taken, wanted, key(taken[-1]) if follows else "", key(taken[0]) if precedes else "")


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: tuple[str, ...], marker: list[Any], backwards: bool) -> Q:
    """(a > x) or (a = x and b > y) …, each in its own direction; a bare a >= x first lets the index start there."""
    name, value = order[0].lstrip("-"), marker[0]
    down = order[0].startswith("-") != backwards
    strict, loose = ("lt", "lte") if down else ("gt", "gte")
    if len(order) == 1:
        return Q((f"{name}__{strict}", value))
    rest = Q((name, value)) & _beyond(order[1:], marker[1:], backwards)
    return Q((f"{name}__{loose}", value)) & (Q((f"{name}__{strict}", value)) | rest)


def _pack(values: list[Any]) -> str:
    plain = [v.isoformat() if isinstance(v, date | datetime) else v for v in values]
    return urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def _unpack(text: str, fields: list[Any]) -> list[Any]:
    """The values of a marker, each one its field could hold; what is not ours raises ValueError."""
    if not text:
        return []
    try:
        values = json.loads(urlsafe_b64decode(text[:4000] + "=" * (-len(text[:4000]) % 4)))
        if not isinstance(values, list) or len(values) != len(fields):
            raise ValueError(text)
        return [_fitting(field, value) for field, value in zip(fields, values, strict=True)]
    except (ValidationError, RecursionError, OverflowError, TypeError) as error:
        raise ValueError(text) from error


def _fitting(field: Any, value: Any) -> Any:
    if value is None or isinstance(value, dict | list | float):
        raise ValueError(value)
    made = field.to_python(value)
    if isinstance(made, str) and not made.isprintable():
        raise ValueError(value)
    if isinstance(made, int) and abs(made) >= 2**63:
        raise ValueError(value)
    return made


def texts(one: Page, found: list[Column]) -> list[list[str]]:
    """Cells of a page as text, row by row."""
    plan = [(column.text, tuple(map(one.paths.index, column.needs))) for column in found]
    return [[text(*[row[s] for s in spots]) for text, spots in plan] for row in one.rows]


def body(one: Page, found: list[Column], *, link: str = "") -> Markup:
    """The rows of a table as markup. Joined by hand: this is the hottest loop of the product (see docs/decisions)."""
    head, spots = found[0].text, tuple(map(one.paths.index, found[0].needs))
    plan = [(c.text, tuple(map(one.paths.index, c.needs)), _opening(c)) for c in found[1:]]
    out: list[str] = []
    add = out.append
    for row in one.rows:
        title = escape(head(*[row[s] for s in spots])) or EMPTY
        add(f'<tr><th scope="row"><a href="{link}{row[0]}/">{title}</a></th>' if link
            else f'<tr><th scope="row">{title}</th>')
        for text, needed, start in plan:
            add(f"{start}{escape(text(*[row[s] for s in needed])) or EMPTY}</td>")
        add("</tr>")
    return Markup("".join(out))  # noqa: S704  every cell went through escape


def _opening(column: Column) -> str:
    return f'<td data-label="{escape(column.label)}"{CLASSES.get(column.align, "")}>'
