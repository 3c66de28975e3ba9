"""What is printed of a class: the notice with its lessons and persons, the sheet to sign, the results, and a certificate."""

from typing import Any

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.engine.register import register
from luoshi.kernel.names import spaced

from .models import Enrolment, Result, TrainingClass


def people(row: TrainingClass, actor: Actor) -> list[Enrolment]:
    """The enrolled whom the reader may see, in tree order and by surname strokes; who left is not among them."""
    rows = register("enrolment").rows(actor).filter(training=row).exclude(result=Result.LEFT)
    return list(rows.select_related("person", "unit").order_by("place", "person__strokes", "pk"))


def notice(row: TrainingClass, actor: Actor) -> Paper:
    """Who is called, when, where, and to which lessons."""
    pairs = ((_("时间"), f"{row.starts_on.isoformat()} — {row.ends_on.isoformat()}"), (_("地点"), row.venue),
             (_("学时"), row.hours), (_("脱产培训"), _("是") if row.away else _("否")))
    body: list[Paragraph | Table] = [Paragraph(_("培训安排"), 1)]
    body += [Paragraph(_("%(label)s：%(value)s") % {"label": label, "value": value}) for label, value in pairs if value]
    if row.content.strip():
        body += [Paragraph(_("培训内容"), 1), *(Paragraph(line.strip()) for line in row.content.splitlines() if line.strip())]
    lessons = [(one.day.isoformat(), f"{one.begins:%H:%M}—{one.ends:%H:%M}", str(one.course), str(one.teacher or ""),
                str(one.room or "")) for one in row.lessons.select_related("course", "teacher", "room")]
    if lessons:
        body += [Paragraph(_("课程安排"), 1), Table(header=(_("日期"), _("时间"), _("课程"), _("教师"), _("教室")),
                                               rows=tuple(lessons), widths=(3, 3, 5, 2, 3))]
    body += [Paragraph(_("参加人员"), 1), _listed(people(row, actor), (_("备注"),), lambda _one: ("",))]
    return Paper(title=_("关于举办%(name)s的通知") % {"name": row.name}, issuer=str(row.unit), kind="通知", body=tuple(body),
                 red_head=False, signed_by=str(row.unit), as_of=actor.today)


def signing(row: TrainingClass, actor: Actor) -> Paper:
    """A list with room for a name a day."""
    return _sheet(row, actor, _("签到表"), (_("上午"), _("下午")), lambda _one: ("", ""))


def table(row: TrainingClass, actor: Actor) -> Paper:
    """Hours, leave, result and certificate of everybody."""
    return _sheet(row, actor, _("学员结果表"), (_("参加学时"), _("请假学时"), _("结果"), _("证书编号")),
                  lambda one: ("" if one.hours is None else str(one.hours), str(one.leave_hours), str(one.get_result_display()),
                               one.certificate))


def certificate(row: Enrolment, actor: Actor) -> Paper:
    """For one who finished the class; another paper says that there is none yet."""
    if row.result != Result.COMPLETED:
        text = _("%(name)s同志在%(training)s尚未结业，不能出具证书。") % {"name": row.person.name, "training": row.training}
    else:
        text = _("%(name)s同志于%(since)s至%(until)s参加%(training)s，共%(hours)s学时，准予结业。") % {
            "name": row.person.name, "since": row.training.starts_on.isoformat(), "until": row.training.ends_on.isoformat(),
            "training": row.training, "hours": row.hours}
    number = [Paragraph(_("证书编号：%(number)s") % {"number": row.certificate})] if row.certificate else []
    return Paper(title=_("结业证书"), issuer=str(row.training.unit), kind="证书", body=(Paragraph(text), *number), red_head=False,
                 signed_by=str(row.training.unit), signed_on=row.training.ends_on)


def _sheet(row: TrainingClass, actor: Actor, what: str, heads: tuple[str, ...], cells: Any) -> Paper:
    return Paper(title=f"{row.name}\n{what}", issuer=str(row.unit), kind="名单", red_head=False, signed_by=str(row.unit),
                 body=(_listed(people(row, actor), heads, cells),), as_of=actor.today)


def _listed(rows: list[Enrolment], heads: tuple[str, ...], cells: Any) -> Paragraph | Table:
    if not rows:
        return Paragraph(_("目前没有报名的学员。"))
    return Table(header=(_("序号"), _("姓名"), _("单位"), *heads), widths=(1, 2, 5, *([2] * len(heads))), rows=tuple(
        (str(n), spaced(one.person.name), one.unit.name, *cells(one)) for n, one in enumerate(rows, 1)))
