"""The list of receipts of a notice as a paper."""

from typing import Any

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.engine.register import register

from .models import Notice


def receipts(notice: Notice, actor: Actor) -> Paper:
    """Every unit that the reader may see, with the days of its confirmation and reply."""
    rows = register("notice_receipt").rows(actor).filter(notice=notice).select_related("unit").order_by("place", "id")
    table: list[tuple[str, ...]] = [(str(n), one.unit.name, _day(one.confirmed_on), _day(one.replied_on), one.reply)
                                    for n, one in enumerate(rows, 1)]
    done = sum(bool(one[2]) for one in table)
    return Paper(title=_("通知回执情况"), issuer=notice.unit.name, kind="回执情况", red_head=False, signed_by=notice.unit.name,
                 signed_on=actor.today, body=(
        Paragraph(_("通知：%(title)s") % {"title": notice.title}),
        Paragraph(_("发出单位：%(unit)s　通知日期：%(day)s　已确认 %(done)d 个，共 %(all)d 个单位") % {
            "unit": notice.unit.name, "day": notice.sent_on.isoformat(), "done": done, "all": len(table)}),
        Table(header=(_("序号"), _("单位"), _("确认日期"), _("回复日期"), _("回复")), widths=(1, 4, 2, 2, 4), rows=tuple(table)),
    ))


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
