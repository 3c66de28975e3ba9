"""The minutes of a meeting as an official paper: all that the record says, in the order people read it."""

from typing import Any

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.foundation.units import Unit

from .models import Meeting


def minutes(meeting: Meeting, actor: Actor) -> Paper:
    """Minutes as a branch keeps them: who, when, where, what was said, decided and voted."""
    body: list[Paragraph | Table] = [Paragraph(_("基本情况"), 1), *(Paragraph(line) for line in _head(meeting))]
    for title, text in ((_("议程"), meeting.agenda), (_("发言摘要"), meeting.discussion),
                        (_("决定事项"), meeting.decisions)):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines:
            body += [Paragraph(title, 1), *(Paragraph(line) for line in lines)]
    if votes := _votes(meeting):
        body += [Paragraph(_("表决情况"), 1), votes]
    return Paper(title=_("%(unit)s\n%(kind)s记录") % {"unit": meeting.unit, "kind": meeting.get_kind_display()},
                 issuer=str(meeting.unit), kind="会议记录", body=tuple(body), red_head=False,
                 signed_by=str(meeting.unit), signed_on=meeting.day)


def call(meeting: Meeting, actor: Actor) -> Paper:
    """What the people of a meeting are told beforehand: when, where, about what."""
    day = f"{meeting.day.year}年{meeting.day.month}月{meeting.day.day}日"
    lines = [_("定于%(day)s%(hour)s召开%(kind)s，请准时参加。") % {
        "day": day, "hour": meeting.starts.strftime("%H:%M") if meeting.starts else "", "kind": meeting.get_kind_display()}]
    lines += [_("%(label)s：%(value)s") % {"label": label, "value": value}
              for label, value in ((_("地点"), meeting.venue), (_("主题"), meeting.topic), (_("主持人"), meeting.chair)) if value]
    agenda = [line.strip() for line in meeting.agenda.splitlines() if line.strip()]
    body = [Paragraph(line) for line in lines]
    if agenda:
        body += [Paragraph(_("议程"), 1), *(Paragraph(line) for line in agenda)]
    return Paper(title=_("关于召开%(kind)s的通知") % {"kind": meeting.get_kind_display()}, issuer=str(meeting.unit), kind="会议通知",
                 body=tuple(body), red_head=False, signed_by=str(meeting.unit), signed_on=actor.today)


def _head(meeting: Meeting) -> list[str]:
    starts = meeting.starts.strftime("%H:%M") if meeting.starts else ""
    pairs = (
        (_("时间"), f"{meeting.day.year}年{meeting.day.month}月{meeting.day.day}日 {starts}".strip()),
        (_("地点"), meeting.venue),
        (_("主题"), meeting.topic),
        (_("主持人"), meeting.chair),
        (_("记录人"), meeting.recorder),
        (_("讲课人"), meeting.lecturer or meeting.guest),
        (_("应到人数"), meeting.expected),
        (_("实到人数"), meeting.present),
        (_("缺席人员"), _absent(meeting)),
        (_("列席人员"), meeting.observers),
    )
    return [_("%(label)s：%(value)s") % {"label": label, "value": value} for label, value in pairs
            if value not in (None, "")]


def _absent(meeting: Meeting) -> str:
    named = [f"{one.person}（{one.get_reason_display()}）"
             for one in meeting.absences.select_related("person").order_by("person__strokes", "pk")]
    return "、".join(named)


def _votes(meeting: Meeting) -> Table | None:
    rows = tuple((vote.subject, str(vote.entitled), str(vote.present), str(vote.yes), str(vote.no), str(vote.abstain),
                  _("通过") if vote.passed else _("未通过")) for vote in meeting.votes.order_by("pk"))
    if not rows:
        return None
    header = (_("表决事项"), _("应到"), _("实到"), _("赞成"), _("反对"), _("弃权"), _("结果"))
    return Table(header=header, rows=rows, widths=(4, 1, 1, 1, 1, 1, 1.4))


def quarter_table(unit: Unit, title: str, heads: list[str], rows: list[list[Any]], actor: Actor) -> Paper:
    """A quarter's organisation life as the page shows it, in tree order."""
    body = (Table(header=tuple(heads), rows=tuple(tuple(map(str, row)) for row in rows), widths=(3, *[1.4] * (len(heads) - 1))),) \
        if rows else (Paragraph(_("没有应开展组织生活的单位。")),)
    return Paper(title=title, issuer=str(unit), kind="统计表", body=body, red_head=False, signed_by=str(unit), as_of=actor.today)
