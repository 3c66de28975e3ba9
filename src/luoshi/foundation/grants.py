"""Who may do what, on which unit and all below it, for which register and line of work, from when until when."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .accounts import Account
from .units import Unit


class Verb(models.IntegerChoices):
    """A ladder: each verb includes those below it."""

    SEE = 1, _("查看")
    ADD = 2, _("登记")
    CHANGE = 3, _("修改")
    MANAGE = 4, _("管理")


class Line(models.TextChoices):
    """A line of work: a tag on records and grants, never a menu."""

    PARTY = "party", _("党务")
    UNION = "union", _("工会")
    YOUTH = "youth", _("青年")
    WOMEN = "women", _("女工")
    DISCIPLINE = "discipline", _("纪检")


EVERY = "*"


class Grant(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name=_("单位"))
    register = models.CharField(_("台账"), max_length=40, default=EVERY)
    verb = models.PositiveSmallIntegerField(_("权限"), choices=Verb)
    line = models.CharField(_("条线"), max_length=16, choices=Line, blank=True)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权")

    def __str__(self) -> str:
        return f"{self.account} {self.get_verb_display()} {self.register} {self.unit}"


def in_force(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
