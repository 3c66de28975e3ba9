"""Parts that all these papers are made of: labelled lines, text as paragraphs, a table or the word that there is none."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luoshi.engine.documents.paper import Paragraph, Table

Part = Paragraph | Table


def written(day: date | None) -> str:
    """A date as papers write it: 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def labelled(pairs: Iterable[tuple[Any, Any]]) -> list[Part]:
    """One line for each pair that has a value."""
    return [Paragraph(_("%(label)s：%(value)s") % {"label": label, "value": value}) for label, value in pairs
            if value not in (None, "")]


def under(title: str, text: str) -> list[Part]:
    """A heading and the text below it, nothing where there is no text."""
    found = [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]
    return [Paragraph(title, 1), *found] if found else []


def listed(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> list[Part]:
    """A heading and a table, or the word that there is nothing to list."""
    if not rows:
        return [Paragraph(title, 1), Paragraph(_("无"))]
    return [Paragraph(title, 1), Table(header=tuple(header), rows=tuple(tuple(row) for row in rows), widths=tuple(widths))]
