"""The papers of a democratic-life meeting: plan, list of problems, rectification list, report to the higher body."""

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph
from luoshi.engine.register import register

from ..models import DemocraticLife, Rectification
from ..rules import life as rules
from .lines import Part, labelled, listed, written


def stage_label(name: str) -> str:
    return str(DemocraticLife._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def rectifications(row: DemocraticLife, actor: Actor) -> list[Rectification]:
    """The items that this reader may see, by due day."""
    found: list[Rectification] = list(register("rectification").rows(actor).filter(life=row).select_related("owner")
                                      .order_by("due_on", "pk"))
    return found


def plan(row: DemocraticLife, actor: Actor) -> Paper:
    """方案: theme and the stages with the days that are fixed."""
    stages = [(stage_label(name), written(day) or _("待定")) for name, day in row.days.items()]
    body = [Paragraph(_("会议主题"), 1), Paragraph(row.theme),
            *listed(_("工作安排"), (_("环节"), _("时间")), stages, (5, 4))]
    return _paper(row, _("方案"), "方案", body, row.reported_on or actor.today)


def problem_list(row: DemocraticLife, actor: Actor) -> Paper:
    """问题清单: what was named and how often, never by whom."""
    rows = [(str(n), one.text, str(one.times)) for n, one in enumerate(row.found.order_by("-times", "pk"), 1)]
    head = [Paragraph(_("共征求到意见 %(n)s 条，归纳如下。") % {"n": row.voices})] if row.voices is not None else []
    body = [*head, *listed(_("问题清单"), (_("序号"), _("问题"), _("提出次数")), rows, (1, 7, 2))]
    return _paper(row, _("问题清单"), "清单", body, row.gathered_on or actor.today)


def rectify_list(row: DemocraticLife, actor: Actor) -> Paper:
    """整改清单: measure, person, due day, result."""
    rows = [(one.title, one.measure, str(one.owner), written(one.due_on), written(one.closed_on) or _("办理中"))
            for one in rectifications(row, actor)]
    body = listed(_("整改清单"), (_("问题"), _("整改措施"), _("责任人"), _("期限"), _("完成情况")), rows, (4, 5, 2, 3, 3))
    return _paper(row, _("整改清单"), "清单", body, row.rectified_on or actor.today)


def report(row: DemocraticLife, actor: Actor) -> Paper:
    """报告: how the meeting went, in numbers and days, to the higher body."""
    body: list[Part] = [Paragraph(_("基本情况"), 1), *labelled((
        (_("主题"), row.theme), (_("会议日期"), written(row.held_on)), (_("应到人数"), row.expected), (_("实到人数"), row.present)))]
    done = [(stage_label(name), written(row.days[name]) or _("未完成")) for name in rules.BEFORE]
    body += listed(_("会前准备"), (_("环节"), _("完成日期")), done, (5, 4))
    its = rectifications(row, actor)
    closed = sum(1 for one in its if one.closed_on)
    body += [Paragraph(_("征求意见和整改"), 1),
             Paragraph(_("征求到意见 %(n)s 条，归纳问题 %(problems)s 个，列入整改 %(all)s 项，已完成 %(closed)s 项。") % {
                 "n": row.voices or 0, "problems": row.found.count(), "all": len(its), "closed": closed})]
    return _paper(row, _("情况报告"), "报告", body, row.filed_on or actor.today)


def _paper(row: DemocraticLife, what: str, kind: str, body: list[Part], signed_on: object) -> Paper:
    return Paper(title=_("%(unit)s\n%(life)s%(what)s") % {"unit": row.unit, "life": row.title, "what": what}, issuer=str(row.unit),
                 kind=kind, body=tuple(body), red_head=False, signed_by=str(row.unit), signed_on=signed_on)  # type: ignore[arg-type]


