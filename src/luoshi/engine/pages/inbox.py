"""The reader's inbox: what they were reminded of and still owe; where messages go besides; robots of a unit."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from luoshi.foundation.grants import EVERY, Verb
from luoshi.foundation.units import Unit
from luoshi.ui.render import render

from .. import forms as engine_forms
from .. import home
from ..actor import Actor
from ..models import Channel, Delivery, Reach, Reminder
from ..reminders import asking, robots, sending
from . import asked, lamps

NEWEST = 3


def inbox_page(request: HttpRequest) -> HttpResponse:
    """GET lists what is open; POST marks all of it as read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        Reminder.objects.filter(account=actor.account, read=False).update(read=True)
        messages.success(request, _("已全部标为已读。事项办理登记后会自动移出收件箱"))
        return redirect("inbox")
    found = asking.open_of(actor.account, actor) if actor.account else []
    shown, pager = asked.page(request, found)
    unread = sum(not one.read for one in found)
    matters = asking.matters_of(actor)
    managed = [one for one in home.seats(actor) if actor.may(Verb.MANAGE, EVERY, one.place)]
    tools = [(_("邮件设置"), reverse("inbox-mail"), "edit", False)]
    tools += [(_("群机器人"), reverse("robots"), "bell", False)] if managed else []
    return render(request, "engine/inbox.html", {
        "title": _("收件箱"), "note": _("共 %(n)d 项未办，%(m)d 项未读") % {
            "n": len(found) + len(matters), "m": unread + len(matters)},
        "matters": [matter(one) for one in matters[:asked.PAGE]], "items": [row(one, actor) for one in shown],
        "pager": pager, "unread": unread, "tools": tools,
        "crumbs": [(_("首页"), reverse("home")), (_("收件箱"), None)],
    })


def row(one: asking.Item, actor: Actor) -> dict[str, Any]:
    return lamps.item(one.unit, one.duty, one.lamp, actor, named=True)


def matter(one: asking.Matter) -> dict[str, Any]:
    return {"state": one.state, "word": one.word, "title": one.title, "url": one.url, "due": one.due, "note": one.kind}


def block(actor: Actor) -> dict[str, Any] | None:
    """How many reminders are unread, and the newest."""
    if actor.account is None:
        return None
    matters = asking.matters_of(actor)
    found = [one for one in asking.open_of(actor.account, actor) if not one.read]
    if not found and not matters:
        return None
    rows = [*map(matter, matters[:NEWEST]), *(row(one, actor) for one in found[:NEWEST])][:NEWEST]
    return {"title": _("收件箱（%(n)d 项未读）") % {"n": len(found) + len(matters)}, "rows": rows,
            "template": "engine/inbox_block.html"}


home.later.append(block)


class MailForm(forms.Form):
    mail = forms.EmailField(label=gettext_lazy("邮箱"), max_length=120, required=False, help_text=gettext_lazy(
        "已填写的邮箱不再显示全文；留空表示不改动"), error_messages={"invalid": gettext_lazy("邮箱格式不正确，请写成 name@example.cn")})
    by_mail = forms.BooleanField(label=gettext_lazy("用邮件提醒"), required=False, help_text=gettext_lazy(
        "邮件只写工作类别和数量，不写姓名；21:00 至 8:00 和非工作日不发送"))


@never_cache
def mail_page(request: HttpRequest) -> HttpResponse:
    """Whether and where the reader is told by mail."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.account is None:
        raise Http404
    kept = Reach.objects.filter(account=actor.account).first()
    form = MailForm(request.POST if request.method == "POST" else None, initial={"by_mail": bool(kept and kept.by_mail)})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        if sent["by_mail"] and not sent["mail"] and not (kept and kept.mail):
            form.add_error("mail", _("请填写接收提醒的邮箱，或者取消勾选“用邮件提醒”"))
        else:
            given = {"mail": sent["mail"]} if sent["mail"] else {}
            Reach.objects.update_or_create(account=actor.account, defaults={"by_mail": sent["by_mail"], **given})
            messages.success(request, _("已保存邮件设置"))
            return redirect("inbox")
    failed = Delivery.objects.filter(account=actor.account).exclude(why="").order_by("-pk").first()
    return render(request, "engine/inbox_mail.html", {
        "title": _("邮件设置"), "note": _("现有邮箱：%(mail)s") % {"mail": kept.mail if kept and kept.mail else _("未填写")},
        "fields": engine_forms.drawn(form), "errors": engine_forms.errors_of(form) if form.is_bound else [],
        "failed": failed.why if failed else "", "back": reverse("inbox"),
        "crumbs": [(_("首页"), reverse("home")), (_("收件箱"), reverse("inbox")), (_("邮件设置"), None)],
    }, status=422 if form.is_bound else 200)


class RobotForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=Channel.Kind.choices)
    token = forms.CharField(label=gettext_lazy("机器人地址"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}),
                            help_text=gettext_lazy("从群聊的机器人设置中复制；保存后不再显示"),
                            error_messages={"required": gettext_lazy("请粘贴群聊机器人设置中的地址")})

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "token" in found and "kind" in found:
            found["token"] = robots.token(found["kind"], found["token"])
            if not found["token"]:
                self.add_error("token", _("这不是所选类型的机器人地址，请核对类型，或从群聊的机器人设置中重新复制"))
        return found


@never_cache
def robots_page(request: HttpRequest) -> HttpResponse:
    """The robots of a unit that the reader manages: set one, try it, take it away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    here = _managed(request, actor)
    adding = request.method == "POST" and not request.POST.get("pk")
    form = RobotForm(request.POST if adding else None)
    if request.method == "POST" and not adding:
        _act(request, here)
        return redirect(f"{reverse('robots')}?unit={here.code}")
    if adding and form.is_valid():
        sent = form.cleaned_data
        Channel.objects.update_or_create(unit=here, kind=sent["kind"], defaults={"token": sent["token"], "failure": ""})
        messages.success(request, _("已保存机器人，请发送测试消息确认"))
        return redirect(f"{reverse('robots')}?unit={here.code}")
    rows = [{"pk": one.pk, "kind": one.get_kind_display(), "failure": one.failure,
             "told": one.told_at.date().isoformat() if one.told_at else _("还没有发送过")}
            for one in Channel.objects.filter(unit=here).order_by("kind")]
    return render(request, "engine/robots.html", {
        "title": _("群机器人"), "note": here.name, "rows": rows, "fields": engine_forms.drawn(form),
        "errors": engine_forms.errors_of(form) if form.is_bound else [], "back": reverse("inbox"),
        "crumbs": [(_("首页"), reverse("home")), (_("收件箱"), reverse("inbox")), (_("群机器人"), None)],
    }, status=422 if form.is_bound else 200)


def _managed(request: HttpRequest, actor: Actor) -> Unit:
    found = asked.units(request, actor)
    if len(found) != 1:
        raise Http404
    if not actor.may(Verb.MANAGE, EVERY, found[0].place):
        raise PermissionDenied(_("您没有管理该单位机器人的权限。如工作需要，请联系本单位的系统管理人员"))
    return found[0]


def _act(request: HttpRequest, here: Unit) -> None:
    """Try or take away one robot of this unit."""
    pk = request.POST["pk"]
    one = Channel.objects.filter(unit=here, pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None
    if one is None:
        raise Http404
    if request.POST.get("do") == "remove":
        one.delete()
        messages.success(request, _("已删除机器人"))
    elif why := sending.test(one):
        messages.error(request, why)
    else:
        messages.success(request, _("测试消息已发送，请在群聊中查看"))
