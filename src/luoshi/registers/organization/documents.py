"""Decisions about units, hand-over lists, plans of operations and cards of files as papers, and what is open at a unit."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import handover as open_matters
from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.engine.handover import Block, Open
from luoshi.engine.register import register
from luoshi.foundation.grants import EVERY, Verb, granted
from luoshi.foundation.people import Person, Position
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.kernel.names import spaced

from . import rules
from .models import Audit, Change, Handover, Operation, Side, UnitChange

# What the card shows; the ethnicity is a statistics code and stays in the file.
ON_CARD = ("sex", "born", "native_place", "education", "employment", "worked_since", "joined", "full_on", "id_number",
           "phone")


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


def decision(change: UnitChange, actor: Actor) -> Paper:
    """What was decided about an organisation, in the form of a notice of its superior."""
    unit, parent = change.unit, change.unit.parent or change.unit
    sides: dict[str, list[str]] = {Side.FROM: [], Side.TO: []}
    for one in change.sides.select_related("unit").order_by("pk"):
        if one.unit_id != change.unit_id:
            sides[one.side].append(one.unit.name)
    words = {"unit": unit.name, "before": "、".join(sides[Side.FROM]), "after": "、".join(sides[Side.TO]),
             "body": unit.get_body_display(), "parent": parent.name}
    said = {Change.FOUNDED: _("成立%(unit)s，组织类型为%(body)s，隶属%(parent)s。"), Change.MOVED: _("%(unit)s调整为隶属%(after)s。"),
            Change.MERGED: _("%(before)s并入%(unit)s，党员和下级组织一并转入，原职务终止。"),
            Change.SPLIT: _("%(unit)s分设%(after)s。"), Change.CLOSED: _("撤销%(unit)s，组织内全部任职终止。")}[Change(change.kind)]
    body = [Paragraph(_("依据%(document)s，现就有关事项决定如下。") % {"document": change.document}), Paragraph(said % words),
            Paragraph(_("以上决定自 %(day)s 起施行。") % {"day": change.on.isoformat()})]
    return Paper(title=_("关于%(unit)s%(kind)s的决定") % {"unit": unit.name, "kind": change.get_kind_display()},
                 issuer=parent.name, kind="决定", body=tuple(body), red_head=False, signed_by=parent.name, signed_on=change.on)


def audit_report(row: Audit, actor: Actor) -> Paper:
    """The review of a union's money: period, opinion, what was found and how it was put right."""
    union = row.unit.parent or row.unit
    found = list(row.findings.order_by("pk"))
    body: list[Paragraph | Table] = [
        Paragraph(_("%(unit)s对%(union)s %(since)s 至 %(until)s 的经费收支进行了审查。")
                  % {"unit": row.unit, "union": union, "since": row.since.isoformat(), "until": row.until.isoformat()}),
        Paragraph(_("审查意见"), 1), *(Paragraph(text) for text in row.result.splitlines() if text.strip()),
        Paragraph(_("发现的问题和整改"), 1)]
    body.append(Table(header=(_("序号"), _("发现的问题"), _("整改期限"), _("整改完成日期")), widths=(1, 5, 2, 2), rows=tuple(
        (str(n), one.text, one.due.isoformat() if one.due else "—", one.closed_on.isoformat() if one.closed_on else _("未完成"))
        for n, one in enumerate(found, 1))) if found else Paragraph(_("未发现问题。")))
    return Paper(title=_("%(title)s报告") % {"title": row.title}, issuer=row.unit.name, kind="报告", body=tuple(body), red_head=False,
                 signed_by=row.unit.name, signed_on=row.reviewed_on)


def checklist(operation: Operation) -> list[tuple[str, str, str]]:
    """(state of a lamp, matter, how it stands): what an operation needs by rule, and whether it is there."""
    called = operation.forms
    words = {"temporary": _("成立临时党支部（参加党员 3 人以上，不足 6 个月）"),
             "ordinary": _("按程序设立党支部（6 个月以上或转移组织关系）"), "": _("参加党员不足 3 人，编入就近党支部")}
    branch = operation.branch
    stands = (_("已撤销") if branch and branch.until else str(branch) if branch else _("未成立"))
    rows = [("ok" if branch or called != "temporary" else "none", words[called], stands if called == "temporary" else ""),
            ("ok" if operation.staff else "none", _("明确参加人员"), _("%(n)d 人") % {"n": operation.staff}),
            ("ok" if operation.planned_on else "none", _("确定岗位分工和保障方案"),
             operation.planned_on.isoformat() if operation.planned_on else
             _("期限 %(day)s") % {"day": operation.plan_due.isoformat()})]
    if operation.reported_by:
        rows.append(("ok" if operation.report else "none", _("结束后上报总结"), operation.closed_on.isoformat()
                     if operation.closed_on else _("未办结")))
    return rows


def plan(operation: Operation, actor: Actor) -> Paper:
    """The plan of an operation on one page: when, who, what is set up, and how the work is shared."""
    span = f"{operation.starts_on.isoformat()} — {operation.ends_on.isoformat()}"
    body: list[Paragraph | Table] = [
        Paragraph(_("基本情况"), 1), Paragraph(_("时间：%(span)s") % {"span": span}),
        Paragraph(_("牵头单位：%(unit)s　联系人：%(contact)s　参加党员：%(n)d 人")
                  % {"unit": operation.unit, "contact": operation.contact, "n": operation.staff}),
        Paragraph(_("组织设置"), 1),
        Table(header=(_("事项"), _("情况")), widths=(6, 4),
              rows=tuple((what, how or "—") for _state, what, how in checklist(operation))),
        Paragraph(_("分工和安排"), 1)]
    lines = [text.strip() for text in operation.plan.splitlines() if text.strip()]
    body += [Paragraph(text) for text in lines or [_("待定")]]
    return Paper(title=_("%(name)s\n党建保障方案") % {"name": operation.name}, issuer=str(operation.unit), kind="方案",
                 body=tuple(body), red_head=False, signed_by=str(operation.unit),
                 signed_on=operation.planned_on or actor.today)


def card(row: Person, actor: Actor) -> Paper:
    """Base data and posts of a person; numbers stay masked on paper too."""
    fields = [(str(Person._meta.get_field(name).verbose_name), _text(row, name)) for name in ON_CARD]  # type: ignore[union-attr]
    facts = [(_("姓名"), spaced(row.name)), (_("工号"), row.number), (_("单位"), str(row.unit)), *fields]
    held = Position.objects.filter(person=row, withdrawn=False).select_related("unit").order_by("since", "pk")
    posts = tuple((str(one.get_post_display()), str(one.unit), one.since.isoformat(),
                   one.until.isoformat() if one.until else _("至今")) for one in held)
    body: list[Paragraph | Table] = [Table(header=(_("项目"), _("内容")), widths=(1, 3), rows=tuple(facts))]
    if posts:
        body.append(Table(header=(_("职务"), _("单位"), _("任职日期"), _("离任日期")), widths=(2, 4, 2, 2), rows=posts))
    return Paper(title=_("党员信息表"), issuer=str(row.unit), kind="信息表", body=tuple(body), red_head=False,
                 signed_by=str(row.unit), signed_on=actor.today)


def _text(row: Person, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "—")
