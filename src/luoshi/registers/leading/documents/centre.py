"""Minutes of a centre-group session, the plan of a year, and the yearly attendance table."""

from typing import Any

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.foundation.units import Unit

from ..models import CentrePlan, CentreSession
from .lines import labelled, listed, under, written


def minutes(row: CentreSession, actor: Actor) -> Paper:
    """Who studied what, who was away and why, what was made up, what was said in short."""
    here = list(row.attendances.filter(withdrawn=False).select_related("person").order_by("person__strokes", "pk"))
    came = "、".join(str(one.person) for one in here if one.attended)
    starts = row.starts.strftime("%H:%M") if row.starts else ""
    body = [Paragraph(_("基本情况"), 1), *labelled((
        (_("时间"), f"{written(row.held_on)} {starts}".strip()), (_("地点"), row.venue), (_("学习形式"), row.get_form_display()),
        (_("学习专题"), row.title), (_("主持人"), row.chair), (_("学习秘书"), row.secretary), (_("辅导专家"), row.expert),
        (_("范围"), _("扩大学习") if row.enlarged else _("中心组成员")), (_("应到人数"), row.expected), (_("实到人数"), row.present),
        (_("到会人员"), came)))]
    away = [(str(one.person), str(one.get_reason_display()), written(one.made_up_on) or _("待补学")) for one in here if not one.attended]
    if away:
        body += listed(_("缺席和补学"), (_("姓名"), _("原因"), _("补学日期")), away, (2, 2, 3))
    body += under(_("学习材料"), row.materials) + under(_("研讨情况"), row.discussion)
    return Paper(title=_("%(unit)s\n理论学习中心组学习记录") % {"unit": row.unit}, issuer=str(row.unit), kind="学习记录",
                 body=tuple(body), red_head=False, signed_by=str(row.unit), signed_on=row.held_on)


def plan(row: CentrePlan, actor: Actor) -> Paper:
    """The plan by quarters, with what was held in each."""
    items = [(str(one.get_quarter_display()), one.theme, one.speaker or "—") for one in row.items.order_by("quarter", "pk")]
    body = [*labelled(((_("印发文号"), row.reference),)), *under(_("学习要求"), row.note),
            *listed(_("学习安排"), (_("季度"), _("学习专题"), _("重点发言人或辅导人")), items, (2, 6, 3))]
    return Paper(title=_("%(unit)s\n%(year)s年度理论学习中心组学习计划") % {"unit": row.unit, "year": row.year}, issuer=str(row.unit),
                 kind="计划", body=tuple(body), red_head=False, signed_by=str(row.unit), signed_on=row.adopted_on)


def yearly(unit: Unit, year: int, heads: list[str], rows: list[list[Any]], actor: Actor) -> Paper:
    """The yearly table by member, as the page shows it."""
    table = Table(header=tuple(heads), rows=tuple(tuple(str(cell) for cell in row) for row in rows),
                  widths=(3, *(2 for _head in heads[1:])))
    body = (table,) if rows else (Paragraph(_("本年度还没有登记中心组学习的到会名单。")),)
    return Paper(title=_("%(unit)s\n%(year)s年度中心组学习到会情况") % {"unit": unit, "year": year}, issuer=str(unit), kind="统计表",
                 body=body, red_head=False, signed_by=str(unit), as_of=actor.today)
