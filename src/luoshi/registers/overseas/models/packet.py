"""Packets as issued, the papers in them, and what became of each record that came back."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts import Account
from luoshi.foundation.record import Record
from luoshi.foundation.sealed import SealedField
from luoshi.kernel import periods

from .. import rules
from .words import PROBLEMS


class PacketState(models.TextChoices):
    VALID = "valid", _("有效")
    REVOKED = "revoked", _("已作废")


class Packet(Record):
    """A month's packet for one person of a unit; whoever is sent it can send records back in their name."""

    number = models.CharField(_("包号"), max_length=10, unique=True, blank=True, editable=False)
    person = models.ForeignKey("foundation.Person", models.PROTECT, related_name="+", verbose_name=_("签发给"),
                               help_text=_("回传的登记以此人的账号受理"))
    month = models.DateField(_("所属月份"), help_text=_("填写该月任意一天"))
    until = models.DateField(_("有效期至"), null=True, blank=True, help_text=_("留空时为所属月份起 92 天"))
    note = models.CharField(_("附言"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=PacketState, default=PacketState.VALID, editable=False)
    returned_on = models.DateField(_("最近回传日期"), null=True, blank=True, editable=False)
    taken = models.PositiveIntegerField(_("已受理条数"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("未受理次数"), default=0, editable=False)
    secret = SealedField(blank=True, default="", editable=False, length=64, verbose_name=_("签名密钥"))

    class Meta:
        verbose_name = _("离线包")
        indexes = [models.Index(fields=["-month", "-id"], name="packet_newest"),
                   models.Index(fields=["returned_on", "place"], name="packet_returned")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.number}"

    def settle(self) -> None:
        super().settle()
        self.month = periods.month(self.month).start
        self.until = self.until or self.month + rules.VALID
        if not self.number:
            self.number, self.secret = secrets.token_hex(5), secrets.token_hex(32)

    @property
    def account(self) -> Account | None:
        """The account in whose name its records are taken in; None where there is none any more."""
        return Account.objects.filter(person=self.person_id, is_active=True).select_related("home").order_by("pk").first()

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.pk and self.withdrawn is False and self.state == PacketState.REVOKED:
            return
        account = self.account
        for field, code in rules.packet_problems(month=self.month, until=self.until or self.month, account=account is not None,
                                                 home=account is not None and account.home_id == self.unit_id):
            yield field, PROBLEMS[code]


class PacketPaper(models.Model):
    """A paper that travels in a packet, as text."""

    packet = models.ForeignKey(Packet, models.CASCADE, related_name="papers")
    title = models.CharField(_("标题"), max_length=160)
    text = models.TextField(_("正文"), max_length=60000)

    class Meta:
        verbose_name = _("随包材料")

    def __str__(self) -> str:
        return self.title


class Result(models.TextChoices):
    TAKEN = "taken", _("已受理")
    REFUSED = "refused", _("未受理")


class Item(models.Model):
    """What became of one record of a packet back; only ever added. A record that was refused may come again."""

    packet = models.ForeignKey(Packet, models.CASCADE, related_name="items")
    key = models.CharField(max_length=32)
    mark = models.CharField(max_length=16)  # fingerprint of what the record said
    sequence = models.PositiveIntegerField()
    register = models.CharField(max_length=40)
    summary = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=Result)
    reasons = models.TextField(blank=True)  # one a line
    row = models.BigIntegerField(null=True, blank=True)
    on = models.DateField()

    class Meta:
        verbose_name = _("受理情况")
        constraints = [
            models.UniqueConstraint(fields=["packet", "key", "mark", "state"], name="one_result_a_record"),
            models.UniqueConstraint(fields=["packet", "key"], condition=Q(state=Result.TAKEN), name="taken_in_once"),
        ]

    def __str__(self) -> str:
        return self.summary


def told(packet: Packet) -> list[Item]:
    """What the next packet says about what the unit sent before: the last word on each record, of the last ninety days."""
    since: date = packet.month - rules.VALID
    last: dict[str, Item] = {}
    for one in Item.objects.filter(packet__unit=packet.unit_id, on__gte=since).order_by("pk"):
        if one.key not in last or last[one.key].state != Result.TAKEN:
            last[one.key] = one
    return list(last.values())
