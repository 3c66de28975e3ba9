"""Sending what waits: its words are made now from what is still owed, and a failure is tried again later."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.sealed import Unopened, clear

from ..actor import Actor, actor_of, now, today
from ..jobs import Step, worker
from ..models import Channel, Delivery, Job, Reach
from . import asking, robots, timing

log = logging.getLogger(__name__)
TRIES = 5
State = Delivery.State


@worker("remind")
def send_job(_job: Job, _actor: Actor, step: Step) -> dict[str, str]:
    """Send what may go out now."""
    sent = send(now())
    step(sent, sent, "")
    return {"url": reverse("inbox")}


def send(moment: datetime) -> int:
    """Send every message that is due; how many went out. Two senders at once send none twice."""
    sent = 0
    for pk in Delivery.objects.filter(state=State.WAITING, not_before__lte=moment).order_by("pk").values_list("pk", flat=True):
        one = Delivery.objects.select_related("account__home", "channel__unit").get(pk=pk)
        zone = (one.channel.unit.zone if one.channel else one.account.home.zone if one.account and one.account.home else "")
        later = timing.allowed(moment=moment, place=zone)
        if later > moment:
            Delivery.objects.filter(pk=pk).update(not_before=later)
            continue
        # Taken by moving its hour: whoever comes second finds it moved, and a sender that dies leaves it to be tried again.
        if not Delivery.objects.filter(pk=pk, state=State.WAITING, not_before=one.not_before).update(
                not_before=moment + timing.again(tries=one.tries + 1), tries=one.tries + 1):
            continue
        sent += _one(one, moment)
    return sent


def _one(one: Delivery, moment: datetime) -> int:
    try:
        state, why = (State.SENT if (_mail(one) if one.account else _robot(one)) else State.DONE), ""
    except (robots.Failed, OSError, Unopened) as error:
        log.warning("message %s was not sent: %s", one.pk, type(error).__name__)
        state = State.FAILED if one.tries + 1 >= TRIES else State.WAITING
        why = str(error) if isinstance(error, robots.Failed | Unopened) else _("邮件服务器没有接收，请核对邮件设置")
    Delivery.objects.filter(pk=one.pk).update(state=state, why=why[:200])
    if one.channel is not None:
        told = {"told_at": moment} if state == State.SENT else {}
        Channel.objects.filter(pk=one.channel.pk).update(failure=why[:200], **told)
    return state == State.SENT


def words(counted: Iterable[tuple[str, int]], route: str) -> str:
    """Kinds of duty, counts and the page's address: nothing that names anybody."""
    lines = [_("%(duty)s：%(n)d 项") % {"duty": duty, "n": n} for duty, n in counted]
    return "\n".join([*lines, _("请登录查看：%(url)s") % {"url": settings.ADDRESS.rstrip("/") + route}])


def _mail(one: Delivery) -> bool:
    """Whether there was still something to say."""
    account = one.account
    reach = Reach.objects.filter(account=account, by_mail=True).first()
    if account is None or not account.is_active or reach is None or not reach.mail:
        return False
    actor = actor_of(account)
    counted = asking.tally(((item.duty, 1) for item in asking.open_of(account, actor)), asking.matters_of(actor))
    if not counted:
        return False
    subject = _("您有 %(n)d 项工作待办") % {"n": sum(n for _d, n in counted)}
    mail = EmailMessage(subject, words(counted, reverse("inbox")), to=[clear(reach.mail)])
    return bool(mail.send())


def _robot(one: Delivery) -> bool:
    channel = one.channel
    if channel is None:
        return False
    counted = asking.tally(asking.owed_below(channel.unit, today()), asking.matters_below(channel.unit, today()))
    if not counted:
        return False
    head = _("待办的工作共 %(n)d 项") % {"n": sum(n for _d, n in counted)}
    robots.tell(channel.kind, clear(channel.token), head + "\n" + words(counted, f"{reverse('duties')}?unit={channel.unit.code}"))
    return True


def test(channel: Channel) -> str:
    """Say a trial sentence; "" or why it was not taken, which is kept with the channel."""
    try:
        robots.tell(channel.kind, clear(channel.token), _("这是一条测试消息，工作提醒将发送到这里"))
        why = ""
    except (robots.Failed, Unopened) as error:
        why = str(error)
    told = {} if why else {"told_at": now()}
    Channel.objects.filter(pk=channel.pk).update(failure=why[:200], **told)
    return why
