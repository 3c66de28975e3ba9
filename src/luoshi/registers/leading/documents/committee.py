"""The minutes of a committee meeting, numbered by year, with its agenda, votes and what is to be done."""

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph
from luoshi.engine.register import register

from ..models import CommitteeMeeting
from .lines import labelled, listed, written


def minutes(row: CommitteeMeeting, actor: Actor) -> Paper:
    """会议纪要: who met, what was decided on each matter, by how many votes, who carries it out until when."""
    away = "、".join(f"{one.person}（{one.get_reason_display()}）"
                    for one in row.absences.select_related("person").order_by("person__strokes", "pk"))
    starts = row.starts.strftime("%H:%M") if row.starts else ""
    body = [Paragraph(_("会议情况"), 1), *labelled((
        (_("会议"), row.title), (_("时间"), f"{written(row.held_on)} {starts}".strip()), (_("地点"), row.venue),
        (_("主持人"), row.chair), (_("记录人"), row.recorder), (_("应到人数"), row.expected), (_("实到人数"), row.present),
        (_("缺席人员"), away), (_("列席人员"), row.observers)))]
    if not row.quorate:
        body.append(Paragraph(_("到会人数未达到 %(n)s 人，本次会议未进行表决。") % {"n": row.needed}))
    for item in row.items.order_by("pk"):
        body += [Paragraph(item.subject, 1), *labelled(((_("汇报人"), item.reporter), (_("决定"), item.conclusion)))]
        if item.voted:
            body.append(Paragraph(_("表决：赞成 %(yes)s 票，反对 %(no)s 票，弃权 %(abstain)s 票，%(result)s。") % {
                "yes": item.yes, "no": item.no or 0, "abstain": item.abstain or 0,
                "result": _("通过") if item.carried else _("未通过")}))
    todo = [(one.title, one.office or "—", str(one.owner), written(one.due_on))
            for one in register("committee_decision").rows(actor).filter(meeting=row).select_related("owner").order_by("due_on", "pk")]
    if todo:
        body += listed(_("办理事项"), (_("决定事项"), _("承办单位"), _("责任人"), _("办理期限")), todo, (5, 3, 2, 3))
    return Paper(title=_("%(unit)s\n%(meeting)s会议纪要") % {"unit": row.unit, "meeting": row.title}, issuer=str(row.unit),
                 kind="纪要", body=tuple(body), red_head=False, number=f"纪要〔{row.year}〕{row.number}号", signed_by=str(row.unit),
                 signed_on=row.held_on)
