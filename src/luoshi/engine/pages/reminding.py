"""The button 提醒 of the list of what is not done: for one row, or for all that the filter leaves."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from .. import home, jobs
from ..actor import Actor, now
from ..duties import Duty, Lamp, desk, window
from ..models import Delivery
from ..register import register
from ..reminders import asking
from . import asked

NAMED = 5  # units named in one sentence


def may_remind(actor: Actor, duty: Duty, place: str) -> bool:
    """Those who may change the records of a duty there may remind of it."""
    return register(duty.register).may(actor, Verb.CHANGE, place)


def row_url(actor: Actor, unit: Unit, duty: Duty, lamp: Lamp) -> str:
    """Where a press reminds of one row; "" for those who may not."""
    if not may_remind(actor, duty, unit.place):
        return ""
    asks = {"unit": unit.code, "duty": duty.name, "period": lamp.period.key, "only": "1"}
    return f"{reverse('remind')}?{urlencode(asks)}"


def all_url(request: HttpRequest, actor: Actor, here: Unit, chosen: Sequence[Duty]) -> str:
    """Where a press reminds of everything shown; "" for those who may not."""
    if not any(may_remind(actor, one, here.place) for one in chosen):
        return ""
    kept = {key: request.GET[key] for key in ("unit", "duty", "period") if request.GET.get(key)}
    return f"{reverse('remind')}?{urlencode(kept | {'unit': here.code})}"


@require_POST
def remind_page(request: HttpRequest) -> HttpResponse:
    """Remind of what is late or soon; read anew now, so that nobody who has done it is told. A second press tells nobody."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = asked.units(request, actor)
    if len(found) != 1:
        raise Http404
    here, only = found[0], request.GET.get("only") == "1"
    known = home.visible_duties(actor, here.place)
    chosen = [one for one in known if one.name == request.GET.get("duty")] or known
    allowed = [one for one in chosen if may_remind(actor, one, here.place)]
    if not allowed:
        raise PermissionDenied(_("您没有提醒该单位的权限。如工作需要，请联系本单位的系统管理人员"))
    period = asked.period(request, window(actor.today))
    owed = desk(root=here.place, today=actor.today, periods=[period], wanted=allowed, undone=True)
    told = asking.remind([one for one in owed if not only or one[0].pk == here.pk], day=actor.today, moment=now(),
                         by_hand=True)
    if told.accounts and Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=now()).exists():
        jobs.start(actor, "remind", _("发送提醒"), {})
    _say(request, told)
    back = {key: request.GET[key] for key in ("unit", "duty", "period") if request.GET.get(key) and not only}
    return redirect(f"{reverse('duties')}?{urlencode(back)}".rstrip("?"))


def _say(request: HttpRequest, told: asking.Told) -> None:
    if told.accounts:
        messages.success(request, _("已提醒 %(n)d 个账号，其中 %(m)d 个没有设置邮件，只在收件箱显示")
                         % {"n": told.accounts, "m": told.no_mail})
    elif told.before:
        messages.info(request, _("这些事项今天已经提醒过，没有重复发送"))
    elif not told.nobody:
        messages.info(request, _("没有需要提醒的事项，可能刚刚已经办理"))
    if told.nobody:
        more = _("等 %(n)d 个单位") % {"n": len(told.nobody)} if len(told.nobody) > NAMED else ""
        messages.warning(request, _("以下单位没有可以登记的账号，请电话联系：%(units)s")
                         % {"units": "、".join(told.nobody[:NAMED]) + more})
