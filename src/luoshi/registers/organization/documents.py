"""The list that the old and the new secretary sign."""

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.engine.handover import pack

from .models.changes import Handover


def handover_list(row: Handover, actor: Actor) -> Paper:
    """What is handed over, as it stands when it is printed, and two lines to sign."""
    body: list[Paragraph | Table] = [
        Paragraph(_("%(giver)s 与 %(taker)s 于 %(day)s 办理%(unit)s工作交接。") % {
            "giver": row.giver, "taker": row.taker, "unit": row.unit, "day": row.on.isoformat()})]
    for part in pack(row.unit, actor):
        body += [Paragraph(part.title, 1), Table(header=part.heads, rows=part.rows)]
    if row.note.strip():
        body += [Paragraph(_("交接说明"), 1), *(Paragraph(line) for line in row.note.splitlines() if line.strip())]
    body += [Paragraph(_("交出人（签字）："), 0), Paragraph(_("接收人（签字）："), 0)]
    return Paper(title=_("%(unit)s\n工作交接清单") % {"unit": row.unit}, issuer=str(row.unit), kind="清单", body=tuple(body),
                 red_head=False, signed_by=str(row.unit), signed_on=row.on, as_of=actor.today)
