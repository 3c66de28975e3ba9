"""The list that the old and the new secretary sign, and the card of a person's file."""

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.engine.handover import pack
from luoshi.foundation.people import Person, Position
from luoshi.kernel.names import spaced

from .models.changes import Handover

# What the card shows; the ethnicity is a statistics code and stays in the file.
ON_CARD = ("sex", "born", "native_place", "education", "employment", "worked_since", "joined", "full_on", "id_number",
           "phone")


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


def card(row: Person, actor: Actor) -> Paper:
    """Base data and posts of a person; numbers stay masked on paper too."""
    fields = [(str(Person._meta.get_field(name).verbose_name), _text(row, name)) for name in ON_CARD]  # type: ignore[union-attr]
    facts = [(_("姓名"), spaced(row.name)), (_("工号"), row.number), (_("单位"), str(row.unit)), *fields]
    held = Position.objects.filter(person=row, withdrawn=False).select_related("unit").order_by("since", "pk")
    posts = tuple((str(one.get_post_display()), str(one.unit), one.since.isoformat(),
                   one.until.isoformat() if one.until else _("至今")) for one in held)
    body: list[Paragraph | Table] = [Table(header=(_("项目"), _("内容")), widths=(1, 3), rows=tuple(facts))]
    if posts:
        body.append(Table(header=(_("职务"), _("单位"), _("任职日期"), _("离任日期")), widths=(2, 4, 2, 2), rows=posts))
    return Paper(title=_("党员信息表"), issuer=str(row.unit), kind="信息表", body=tuple(body), red_head=False,
                 signed_by=str(row.unit), signed_on=actor.today)


def _text(row: Person, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "—")
