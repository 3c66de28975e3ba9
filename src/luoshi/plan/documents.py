"""The plan's papers: the task table as issued, the monthly circular, the yearly summary."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.engine.register import register
from luoshi.kernel import periods

from . import circulating
from .models import ALIVE, Circular, CircularState, Measure, Plan
from .progress import with_parts

EMPTY = "—"


def plan_paper(plan: Plan, actor: Actor) -> Paper:
    """The plan in the order of its text: chapters and goals as headings, under each a table of its measures."""
    rows = with_parts(register("measure").rows(actor).filter(plan=plan, state__in=ALIVE)).order_by("start", "id")
    by_code: dict[str, list[Measure]] = {}
    for one in rows:
        by_code.setdefault(one.section, []).append(one)
    body: list[Paragraph | Table] = []
    for section in plan.sections.all():
        body.append(Paragraph(section.title, min(section.level, 2)))
        if found := by_code.pop(section.code, []):
            body.append(_tasks(found))
    if rest := [one for ones in by_code.values() for one in ones]:
        body.append(_tasks(rest))
    return Paper(title=_("%(title)s\n任务分解表") % {"title": plan.title}, issuer=str(plan.unit), kind="要点",
                 body=tuple(body), red_head=False, signed_by=str(plan.unit), signed_on=plan.issued_on or actor.today)


def _tasks(found: list[Measure]) -> Table:
    header = (_("编号"), _("措施"), _("牵头单位"), _("协办单位"), _("完成期限"))
    rows = tuple((one.number or EMPTY, one.wording, one.owner.name if one.owner else EMPTY,
                  "、".join(h.unit.name for h in one.helpers.all()) or EMPTY, _written(one.due)) for one in found)
    return Table(header=header, rows=rows, widths=(1.2, 5, 2, 2, 1.6))


def _written(day: date | None) -> str:
    return day.isoformat() if day else EMPTY


def circular_paper(circular: Circular, actor: Actor) -> Paper:
    """A monthly circular: opening, figures over all, owners, measures, requirements; frozen figures once issued."""
    found = circulating.shown(circular, actor.today)
    month = periods.parse(circular.period).label()
    body: list[Paragraph | Table] = [*_paragraphs(circular.opening), Paragraph(_("总体情况"), 1),
                                     Paragraph(overall(found)), Paragraph(_("各牵头单位情况"), 1)]
    if found["units"]:
        body.append(_of_units(found))
    body += [Paragraph(_("各项措施情况"), 1), _of_measures(found)]
    if circular.closing:
        body += [Paragraph(_("工作要求"), 1), *_paragraphs(circular.closing)]
    return Paper(title=_("关于%(month)s%(title)s\n落实情况的通报") % {"month": month, "title": circular.plan.title},
                 issuer=str(circular.unit), kind="通报", body=tuple(body),
                 red_head=circular.state == CircularState.ISSUED,
                 signed_by=str(circular.unit), signed_on=circular.issued_on or actor.today,
                 as_of=date.fromisoformat(found["as_of"]))


def summary_paper(plan: Plan, actor: Actor) -> Paper:
    """The year's summary: every measure with target, count and state."""
    found = circulating.figures(plan, register("measure").rows(actor), first=periods.year(plan.year).start,
                                as_of=min(last_day(plan), actor.today))
    body: list[Paragraph | Table] = [Paragraph(_("总体情况"), 1), Paragraph(overall(found))]
    if found["units"]:
        body += [Paragraph(_("各牵头单位情况"), 1), _of_units(found)]
    body += [Paragraph(_("各项措施完成情况"), 1), _of_measures(found)]
    return Paper(title=_("%(title)s\n落实情况年度总结") % {"title": plan.title}, issuer=str(plan.unit), kind="总结",
                 body=tuple(body), red_head=False, signed_by=str(plan.unit), signed_on=actor.today,
                 as_of=date.fromisoformat(found["as_of"]))


def last_day(plan: Plan) -> date:
    return periods.year(plan.year).last_day


def overall(found: circulating.Figures) -> str:
    """The sentence that says how the measures stand; counts only."""
    tally = found["tally"]
    words = _("截至%(day)s，共有措施%(all)d条，其中已完成%(done)d条，进行中%(ok)d条，"
              "有风险%(risk)d条，未开始%(none)d条。")
    return words % {"day": _long(found["as_of"]), **tally}


def _long(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def _of_units(found: circulating.Figures) -> Table:
    header = (_("牵头单位"), _("措施"), _("已完成"), _("进行中"), _("有风险"), _("未开始"))
    rows = tuple((one["unit"], *(str(one[code]) for code in ("all", "done", "ok", "risk", "none")))
                 for one in found["units"])
    return Table(header=header, rows=rows, widths=(4, 1, 1.2, 1.2, 1.2, 1.2))


def _of_measures(found: circulating.Figures) -> Table:
    header: tuple[str, ...] = (_("编号"), _("措施"), _("牵头单位"), _("完成情况"), _("状态"))
    rows: tuple[tuple[Any, ...], ...] = tuple(
        (one["number"] or EMPTY, one["text"], one["owner"] or EMPTY, one["figures"] or EMPTY,
         f"{one['words']}。{one['remark']}" if one["remark"] else one["words"]) for one in found["measures"])
    if not rows:
        rows = ((EMPTY, _("没有措施"), EMPTY, EMPTY, EMPTY),)
    return Table(header=header, rows=rows, widths=(1.2, 4.4, 1.8, 2, 2.2))


def _paragraphs(text: str) -> list[Paragraph]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


