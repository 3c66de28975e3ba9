"""Official papers of a public notice: the notice itself, drafted from the case, and how it ended."""

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.kernel.workdays import count_workdays

from ..models.development_fields import written
from ..models.development_notice import Notice


def notice(row: Notice, actor: Actor) -> Paper:
    """The text that hangs on the wall: who is to be listed, from when until when, and where to say something."""
    case = row.case
    contacts = "、".join(one.name for one in (case.contact_first, case.contact_second) if one)
    body = [
        Paragraph(_("根据《中国共产党发展党员工作细则》，经支部委员会讨论同意、上级党委研究，拟将%(name)s列为发展对象。"
                    "现将有关情况公示如下：") % {"name": case.person.name}),
        Table(header=(_("项目"), _("内容")), widths=(1, 2), rows=(
            (_("姓名"), case.person.name), (_("所在党支部"), case.unit.name),
            (_("申请入党日期"), written(case.applied_on)), (_("确定积极分子日期"), written(case.activist_on)),
            (_("培养联系人"), contacts), (_("上级同意日期"), written(case.consented_on)))),
        Paragraph(_("公示期自%(first)s至%(last)s，共 %(days)s 个工作日。公示期间，如有情况需要反映，请以来信、来电、来访等方式"
                    "向受理部门提出。") % {"first": written(row.posted_on), "last": written(row.ends_on), "days": row.days}),
        Paragraph(_("公示地点：%(where)s") % {"where": row.where}),
        Paragraph(_("受理电话和部门：%(contact)s") % {"contact": row.contact}),
    ]
    return Paper(title=_("关于拟列为发展对象人员的公示"), issuer=str(case.unit), kind="公示", body=tuple(body),
                 red_head=False, signed_by=str(case.unit), signed_on=row.posted_on)


def closing(row: Notice, actor: Actor) -> Paper:
    """How the notice went, for the file; while it runs, how far it has come."""
    lines = [Paragraph(_("%(name)s拟列为发展对象的公示自%(first)s开始，在%(where)s进行，应公示 %(days)s 个工作日，%(last)s期满。")
                       % {"name": row.case.person.name, "first": written(row.posted_on), "where": row.where,
                          "days": row.days, "last": written(row.ends_on)})]
    if row.closed_on:
        lines.append(Paragraph(_("公示期满后于%(day)s登记结果：%(result)s。")
                               % {"day": written(row.closed_on), "result": row.get_result_display()}))
    else:
        shown = count_workdays(row.posted_on, min(actor.today, row.ends_on))
        lines.append(Paragraph(_("截至%(day)s，已公示 %(n)s 个工作日，尚未登记结果。")
                               % {"day": written(actor.today), "n": shown}))
    received = list(row.objections.order_by("received_on", "pk"))
    lines.append(Paragraph(_("公示期间收到反映 %(n)s 件。") % {"n": len(received)}))
    tables = [Table(header=(_("收到日期"), _("渠道"), _("办结日期"), _("核实结果")), widths=(1, 1, 1, 2), rows=tuple(
        (written(one.received_on), str(one.get_channel_display()), written(one.handled_on),
         str(one.get_outcome_display()) if one.outcome else "") for one in received))] if received else []
    return Paper(title=_("发展对象公示情况"), issuer=str(row.case.unit), kind="公示情况", body=(*lines, *tables),
                 red_head=False, signed_by=str(row.case.unit), signed_on=row.closed_on or actor.today)
