"""The seat notice for one unit, and the record of a report meeting."""

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph
from luoshi.engine.register import register

from ..models import ReportMeeting, ReportSeat
from .lines import Part, labelled, listed, under, written


def _when(row: ReportMeeting) -> str:
    return f"{written(row.held_on)} {row.starts.strftime('%H:%M') if row.starts else ''}".strip()


def notice(seat: ReportSeat, actor: Actor) -> Paper:
    """To one unit: when and where, who speaks, how many seats it has."""
    row = seat.meeting
    speakers = [(one.name, one.organisation or "—", one.subject) for one in row.speakers.order_by("pk")]
    body: list[Part] = [
        Paragraph(_("现将“%(title)s”参会安排通知如下。") % {"title": row.title}), Paragraph(_("时间和地点"), 1),
        *labelled(((_("时间"), _when(row)), (_("地点"), row.venue))),
        *listed(_("报告人"), (_("姓名"), _("单位和职务"), _("报告题目")), speakers, (2, 4, 5)),
        Paragraph(_("席位安排"), 1), Paragraph(_("贵单位席位 %(n)s 个，请按席位数组织人员参加。") % {"n": seat.seats}),
        *under(_("参会要求"), row.notice), *under(_("会议资料"), row.materials),
        *labelled(((_("联系电话"), row.contact),))]
    return Paper(title=_("关于参加学习报告会的通知"), issuer=str(row.unit), kind="通知", recipient=str(seat.unit),
                 body=tuple(body), red_head=False, signed_by=str(row.unit), signed_on=min(actor.today, row.held_on))


def record(row: ReportMeeting, actor: Actor) -> Paper:
    """What was reported by whom, and how many of each unit came."""
    speakers = [(one.name, one.organisation or "—", one.subject) for one in row.speakers.order_by("pk")]
    seats = list(register("report_seat").rows(actor).filter(meeting=row).select_related("unit").order_by("place", "pk"))
    heads = [(str(one.unit), str(one.seats), "—" if one.present is None else str(one.present)) for one in seats]
    came = sum(one.present or 0 for one in seats)
    body = [Paragraph(_("基本情况"), 1), *labelled((
        (_("时间"), _when(row)), (_("地点"), row.venue), (_("席位总数"), row.seats), (_("到会人数"), came))),
        *listed(_("报告人"), (_("姓名"), _("单位和职务"), _("报告题目")), speakers, (2, 4, 5)),
        *listed(_("各单位到会情况"), (_("单位"), _("席位数"), _("到会人数")), heads, (6, 2, 2)), *under(_("会议资料"), row.materials)]
    return Paper(title=_("%(title)s\n会议记录") % {"title": row.title}, issuer=str(row.unit), kind="会议记录", body=tuple(body),
                 red_head=False, signed_by=str(row.unit), signed_on=row.held_on)
