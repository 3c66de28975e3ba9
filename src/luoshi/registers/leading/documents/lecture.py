"""The table of who owes a lecture this year and when it was given."""

from typing import Any

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.foundation.units import Unit


def table(unit: Unit, year: int, heads: list[str], rows: list[list[Any]], actor: Actor) -> Paper:
    """As the page shows it, in tree order."""
    body = (Table(header=tuple(heads), rows=tuple(tuple(str(cell) for cell in row) for row in rows), widths=(4, 2, 2, 3, 5)),) \
        if rows else (Paragraph(_("没有应讲党课的人员。")),)
    return Paper(title=_("%(unit)s\n%(year)s年度领导干部和书记讲党课情况") % {"unit": unit, "year": year}, issuer=str(unit), kind="统计表",
                 body=body, red_head=False, signed_by=str(unit), as_of=actor.today)
