"""The hand-over list as an official paper, and what the organisation itself has open at a unit."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import handover as open_matters
from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.engine.handover import Block, Open
from luoshi.engine.register import register
from luoshi.foundation.grants import EVERY, Verb, granted
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel import periods

from . import rules
from .models import Handover


def terms_ahead(actor: Actor, unit: Unit) -> Block | None:
    """Terms of a unit and those below that end within a year or have ended."""
    if not register("term").may(actor, Verb.SEE, unit.place):
        return None
    rows = register("term").rows(actor).filter(
        within((unit.place,)), ended_on__isnull=True, unit__until__isnull=True,
        due_on__lte=periods.add_months(actor.today, 2 * rules.REMIND_MONTHS))
    return _("将要届满的届次"), [
        Open(_("%(unit)s第 %(n)d 届") % {"unit": one.unit, "n": one.number},
             _("届满日期 %(day)s") % {"day": one.due_on.isoformat()}, reverse("detail", args=["term", one.pk]))
        for one in rows.select_related("unit").order_by("due_on", "id")[:open_matters.MOST]]


def follow_ups(actor: Actor, unit: Unit) -> Block | None:
    """What guidance visits left to be done and is not closed."""
    if not register("guidance").may(actor, Verb.SEE, unit.place):
        return None
    rows = register("guidance").rows(actor).filter(within((unit.place,)), closed_on__isnull=True).exclude(follow_up="")
    return _("联系指导的后续事项"), [
        Open(one.follow_up, _("办理期限 %(day)s") % {"day": one.follow_up_due.isoformat()} if one.follow_up_due else "",
             reverse("detail", args=["guidance", one.pk])) for one in rows.order_by("follow_up_due", "id")[:open_matters.MOST]]


def rights(handover: Handover, today: Any) -> list[Open]:
    """The grants on the unit that the leaving person holds."""
    return [Open(f"{_('全部台账') if one.register == EVERY else register(one.register).label}：{one.get_verb_display()}"
                 f"{'，' + one.get_line_display() if one.line else ''}", one.account.login)
            for one in granted(handover.leaving_id, handover.unit, today).select_related("account")]


def pack(handover: Handover, actor: Actor) -> Paper:
    """The list both sign: what is open, which rights pass, and two lines for the names."""
    sections = [*open_matters.gather(actor, handover.unit), (_("系统权限"), rights(handover, actor.today))]
    body: list[Paragraph | Table] = [
        Paragraph(_("移交人：%(a)s　接收人：%(b)s　交接日期：%(day)s")
                  % {"a": handover.leaving, "b": handover.taking, "day": handover.on.isoformat()})]
    for title, rows in sections:
        body.append(Paragraph(title, 1))
        if rows:
            body.append(Table(header=(_("序号"), _("事项"), _("情况")), widths=(1, 6, 3),
                              rows=tuple((str(n), one.what, one.how) for n, one in enumerate(rows, 1))))
        else:
            body.append(Paragraph(_("无")))
    if handover.note:
        body += [Paragraph(_("移交说明"), 1), *(Paragraph(text) for text in handover.note.splitlines() if text.strip())]
    body += [Paragraph(_("双方签字"), 1), Paragraph(_("移交人（签字）：　　　　　　　　　　日期：")),
             Paragraph(_("接收人（签字）：　　　　　　　　　　日期："))]
    return Paper(title=_("%(unit)s\n工作交接清单") % {"unit": handover.unit}, issuer=str(handover.unit), kind="交接清单",
                 body=tuple(body), red_head=False, signed_by=str(handover.unit), signed_on=handover.on)
