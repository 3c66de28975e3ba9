"""Sending a notice to units, who has confirmed, confirming and replying; what waits for a unit."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import agenda, handover, jobs, write
from luoshi.engine import forms as engine_forms
from luoshi.engine.actor import Actor, now
from luoshi.engine.agenda import MOST, Entry
from luoshi.engine.bulk import save_many
from luoshi.engine.handover import Block, Open
from luoshi.engine.pages import asked
from luoshi.engine.pages.attach import attach_page
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.engine.reminders import asking, timing
from luoshi.engine.reminders.asking import Matter
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit
from luoshi.ui.render import render

from . import forms
from .models import Notice, NoticeReceipt

WORDS = {"ok": gettext_lazy("已完成"), "late": gettext_lazy("逾期"), "soon": gettext_lazy("待办理"), "none": gettext_lazy("待回复")}
OPEN = Q(confirmed_on__isnull=True) | Q(reply_by__isnull=False, replied_on__isnull=True)
LISTED = 200


def crumbs(row: Any, *more: str) -> list[tuple[str, str | None]]:
    one = register("notice" if isinstance(row, Notice) else "notice_receipt")
    return [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
            (str(row), reverse("detail", args=[one.name, row.pk])), *((word, None) for word in more)]


def send_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose units; each gets one receipt, however often it is chosen."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row: Notice = get_row(register("notice"), actor, pk, Verb.CHANGE)
    form = forms.Sending(request.POST if request.method == "POST" else None, sender=row.unit, today=actor.today)
    if request.method == "POST" and form.is_valid():
        known = set(row.receipts.filter(withdrawn=False).values_list("unit", flat=True))
        new = [NoticeReceipt(notice=row, unit=unit) for unit in form.units if unit.pk not in known]
        refused = save_many(actor, register("notice_receipt"), new, verb="add")
        sent = [one for at, one in enumerate(new) if at not in refused]
        told = _tell(actor, row, [one.unit for one in sent], stage="sent")
        messages.success(request, _("已发送到 %(n)d 个单位；%(m)d 个单位此前已发送")
                         % {"n": len(sent), "m": len(form.units) - len(new)})
        for at, why in list(refused.items())[:5]:
            messages.error(request, f"{new[at].unit}：{' '.join(why.messages)}")
        _say_nobody(request, told)
        return redirect("notice-receipts", row.pk)
    return render(request, "notices/send.html", {
        "title": _("发送到单位"), "note": row.title, "fields": engine_forms.drawn(form),
        "errors": engine_forms.errors_of(form) if form.is_bound else [], "back": reverse("detail", args=["notice", row.pk]),
        "crumbs": crumbs(row, _("发送到单位")),
    }, status=422 if form.is_bound else 200)


def _tell(actor: Actor, row: Notice, units: list[Unit], *, stage: str) -> asking.Told:
    told = asking.notify("notice_receipt", units, key=f"notice-{row.pk}", stage=stage, day=actor.today, moment=now())
    if told.accounts:
        jobs.start(actor, "remind", _("发送提醒"), {})
    return told


def _say_nobody(request: HttpRequest, told: asking.Told) -> None:
    if told.nobody:
        more = _("等 %(n)d 个单位") % {"n": len(told.nobody)} if len(told.nobody) > 5 else ""
        messages.warning(request, _("以下单位没有可以登记的账号，请电话联系：%(units)s")
                         % {"units": "、".join(told.nobody[:5]) + more})


def receipts_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has not confirmed or replied, then who has; POST reminds those who have not, once a day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row: Notice = get_row(register("notice"), actor, pk)
    found = list(register("notice_receipt").rows(actor).filter(notice=row).select_related("unit").order_by("place", "id"))
    waiting = [one for one in found if one.lamp(actor.today) != "ok"]
    may = register("notice").may_row(actor, Verb.CHANGE, row)
    if request.method == "POST":
        get_row(register("notice"), actor, pk, Verb.CHANGE)
        told = _tell(actor, row, [one.unit for one in waiting], stage=actor.today.isoformat())
        if told.accounts:
            messages.success(request, _("已提醒 %(n)d 个账号，其中 %(m)d 个没有设置邮件，只在收件箱显示")
                             % {"n": told.accounts, "m": told.no_mail})
        elif told.before:
            messages.info(request, _("这些单位今天已经提醒过，没有重复发送"))
        _say_nobody(request, told)
        return redirect("notice-receipts", row.pk)
    shown, pager = asked.page(request, waiting + [one for one in found if one.lamp(actor.today) == "ok"])
    return render(request, "notices/receipts.html", {
        "title": _("回执情况"), "note": row.title, "items": [item(one, actor.today) for one in shown], "pager": pager,
        "said": _("已确认 %(done)d 个，共 %(all)d 个单位；未办完 %(n)d 个") % {
            "done": sum(one.confirmed_on is not None for one in found), "all": len(found), "n": len(waiting)},
        "remind": may and bool(waiting), "send_url": reverse("notice-send", args=[row.pk]) if may else "",
        "tools": [(_("导出 Excel"), f"{reverse('export', args=['notice_receipt', 'xlsx'])}?notice={row.pk}", "download", False),
                  (_("打印"), reverse("document", args=["notice", row.pk, "receipts", "pdf"]), "print", False)],
        "crumbs": crumbs(row, _("回执情况")),
    })


def item(one: NoticeReceipt, today: date) -> dict[str, Any]:
    state = one.lamp(today)
    parts = [_("%(day)s 确认") % {"day": one.confirmed_on.isoformat()} if one.confirmed_on else _("未确认")]
    if one.reply_by:
        parts.append(_("%(day)s 回复") % {"day": one.replied_on.isoformat()} if one.replied_on else _("未回复"))
    return {"state": state, "word": WORDS[state], "title": one.unit.name, "note": " · ".join(parts),
            "url": reverse("detail", args=["notice_receipt", one.pk]),
            "due": _("期限 %(day)s") % {"day": one.reply_by.isoformat()} if one.reply_by else ""}


def answer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice, and one press that confirms it; a reply where there is something to say. Pressed twice it stays as it is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("notice_receipt")
    row: NoticeReceipt = get_row(one, actor, pk, Verb.CHANGE)
    form = forms.Answering(request.POST if request.method == "POST" else None, initial={"reply": row.reply})
    if request.method == "POST" and form.is_valid():
        if (seen := request.POST.get("version", "")).isdecimal() and len(seen) < 10:
            row.version = int(seen)
        reply = form.cleaned_data["reply"].strip()
        if row.confirmed_on and reply == row.reply:
            messages.info(request, _("已确认收到，内容没有变化"))
            return redirect("detail", one.name, row.pk)
        row.confirmed_on = row.confirmed_on or actor.today
        if reply != row.reply:
            row.reply, row.replied_on = reply, actor.today if reply else None
        try:
            write.save(actor, one, row)
            messages.success(request, _("已确认并回复") if reply else _("已确认收到"))
            return redirect("detail", one.name, row.pk)
        except write.Conflict as clash:
            row = clash.stored  # type: ignore[assignment]
            engine_forms.take_errors(form, ValidationError(_("其他人刚刚办理过，请看上面的最新内容，再决定是否提交")))
        except ValidationError as error:
            engine_forms.take_errors(form, error)
    notice = row.notice
    return render(request, "notices/answer.html", {
        "title": notice.title, "version": row.version, "fields": engine_forms.drawn(form), "text": notice.text.splitlines(),
        "facts": [(_("发出单位"), notice.unit.name), (_("接收单位"), row.unit.name), (_("通知日期"), row.sent_on.isoformat()),
                  (_("回复期限"), row.reply_by.isoformat() if row.reply_by else _("不要求回复")),
                  (_("确认日期"), row.confirmed_on.isoformat() if row.confirmed_on else _("未确认")),
                  *([(_("回复"), row.reply)] if row.reply else [])],
        "file": (notice.file.name, reverse("file", args=[notice.file.token])) if notice.file else None,
        "press": _("保存回复") if row.confirmed_on else _("已收到"), "back": reverse("detail", args=[one.name, row.pk]),
        "errors": engine_forms.errors_of(form) if form.is_bound else [], "crumbs": crumbs(row, _("确认和回复")),
    }, status=422 if form.is_bound else 200)


def waiting_of(reach: Callable[[str], Q], today: date) -> list[Matter]:
    """What waits to be confirmed or answered, for inboxes and messages."""
    rows = register("notice_receipt").base().filter(OPEN, reach("notice_receipt")).select_related("unit", "notice")
    return [Matter(_("待确认或回复的通知"), _("%(unit)s：%(title)s") % {"unit": one.unit.name, "title": one.notice.title},
                   reverse("notice-answer", args=[one.pk]), one.lamp(today), str(WORDS[one.lamp(today)]),
                   _("期限 %(day)s") % {"day": one.reply_by.isoformat()} if one.reply_by else "")
            for one in rows.order_by("sent_on", "id")[:LISTED]]


def tell_daily(today: date, moment: datetime) -> None:
    """Remind of the day for a reply, ten and three days before, on it and after it; each once."""
    rows = register("notice_receipt").base().filter(OPEN, reply_by__isnull=False).select_related("unit")
    groups: dict[tuple[int, str], list[Unit]] = {}
    for one in rows:
        if one.reply_by and (stage := timing.stage(due=one.reply_by, today=today)):
            groups.setdefault((one.notice_id, stage), []).append(one.unit)
    for (notice, stage), units in groups.items():
        asking.notify("notice_receipt", units, key=f"notice-{notice}", stage=stage, day=today, moment=moment)


def due(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterator[Entry]:
    """Last days for replies of the reader's own units."""
    rows = register("notice_receipt").rows(actor).filter(OPEN, unit__in=seats, reply_by__range=(first, last))
    for one in rows.select_related("notice").order_by("reply_by", "id")[:MOST]:
        yield Entry(one.reply_by, _("通知回复截止：%(title)s") % {"title": one.notice.title},
                    reverse("detail", args=["notice_receipt", one.pk]), f"notice-{one.pk}")


def handed(actor: Actor, unit: Unit) -> Block | None:
    """What the unit has not confirmed or answered."""
    if not register("notice_receipt").may(actor, Verb.SEE, unit.place):
        return None
    rows = register("notice_receipt").rows(actor).filter(OPEN, unit=unit).select_related("notice").order_by("sent_on", "id")
    return _("未确认或未回复的通知"), [
        Open(one.notice.title, _("期限 %(day)s") % {"day": one.reply_by.isoformat()} if one.reply_by else _("待确认"),
             reverse("notice-answer", args=[one.pk])) for one in rows[:handover.MOST + 1]]


asking.sources.append(waiting_of)
asking.daily.append(tell_daily)
agenda.sources.append(due)
handover.blocks.append(handed)
urlpatterns = [
    path("<int:pk>/send/", send_page, name="notice-send"),
    path("<int:pk>/receipts/", receipts_page, name="notice-receipts"),
    path("<int:pk>/file/", attach_page, {"name": "notice"}, name="notice-file"),
    path("receipts/<int:pk>/", answer_page, name="notice-answer"),
    path("receipts/<int:pk>/file/", attach_page, {"name": "notice_receipt"}, name="notice-reply-file"),
]
