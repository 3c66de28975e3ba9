"""Reading lists, and the posts and pledges that branches display; nothing is kept about what a person thinks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.record import Record

from .. import rules
from .words import PROBLEMS


class For(models.TextChoices):
    ALL = "all", _("全体党员")
    LEADERS = "leaders", _("领导干部")
    COMMITTEE = "committee", _("支部委员")
    YOUTH = "youth", _("青年党员")
    NEW = "new", _("新党员和发展对象")


class ReadingItem(Record):
    """One title of a reading list: where it comes from, which part, and for whom."""

    name = models.CharField(_("学习书目"), max_length=80, help_text=_("书目的名称，例如：年度必读书目"))
    theme = models.CharField(_("专题"), max_length=60, blank=True)
    title = models.CharField(_("篇名"), max_length=160)
    source = models.CharField(_("出处"), max_length=120, blank=True)
    part = models.CharField(_("章节"), max_length=80, blank=True)
    audience = models.CharField(_("学习对象"), max_length=12, choices=For, default=For.ALL)
    issued_on = models.DateField(_("发布日期"))

    class Meta:
        verbose_name = _("学习书目")
        indexes = [models.Index(fields=["-issued_on", "-id"], name="reading_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name", "title", "part"], condition=Q(withdrawn=False),
                                    name="reading_listed_once",
                                    violation_error_message=_("书目中已有这一篇，无需重复登记")),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.part}".strip()


class DisplayKind(models.TextChoices):
    POST = "post", _("党员示范岗")
    AREA = "area", _("党员责任区")
    PLEDGE = "pledge", _("支部承诺")


class Display(Record):
    """A post, an area or a branch's pledge that is displayed: what stands where, never who thinks what."""

    kind = models.CharField(_("类别"), max_length=8, choices=DisplayKind, default=DisplayKind.POST)
    name = models.CharField(_("名称"), max_length=80, help_text=_("岗位或承诺的名称，例如：窗口服务岗"))
    spot = models.CharField(_("公示地点"), max_length=120, blank=True)
    text = models.TextField(_("公示内容"), max_length=500, blank=True, help_text=_("岗位职责，或支部的承诺"))
    starts_on = models.DateField(_("公示日期"))
    ends_on = models.DateField(_("撤下日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("示范岗和承诺")
        indexes = [models.Index(fields=["-starts_on", "-id"], name="display_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "name"], condition=Q(withdrawn=False), name="displayed_once",
                                    violation_error_message=_("本单位已登记同名的示范岗或承诺，请查找后修改")),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                                   name="display_ends_later", violation_error_message=PROBLEMS["ends_before_start"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.starts_on > today:
            yield "starts_on", PROBLEMS["later_than_today"]
        for field, code in rules.span_problems(starts_on=self.starts_on, ends_on=self.ends_on):
            yield field, PROBLEMS[code]
