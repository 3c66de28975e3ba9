"""Campaigns with their stages, activities, and who signed up, as stored. Money is in 分."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.grants import Line
from luoshi.foundation.people import Person
from luoshi.foundation.places import within
from luoshi.foundation.record import Record
from luoshi.kernel import money

from . import rules

Lines = Mapping[str, Sequence[Any]]  # parts of a record as they shall be, by their reverse name

PROBLEMS = {
    "ends_before_start": _("结束日期不能早于开始日期，请核对"),
    "held_later_than_today": _("活动日期晚于今天，举办之后才能登记为已举办"),
    "cancelled_with_people": _("已取消的活动不能填写参加人数，请清空参加人数"),
    "negative_amount": _("金额不能小于 0，请核对"),
    "event_cancelled": _("活动已取消，不能报名"),
    "not_open": _("活动尚未开放报名，请等待举办单位开放"),
    "already_held": _("活动已举办，请直接登记是否到场"),
    "not_yet_held": _("活动尚未举办，举办之后才能登记是否到场"),
    "full": _("名额已满，请与举办单位联系"),
    "unit_full": _("本单位的名额已满，请与举办单位联系或调整已报名人员"),
    "no_amount": _("请填写大于 0 的金额"),
    "closed_before_start": _("总结日期不能早于开始日期，请核对"),
    "stage_ends_before_start": _("阶段的结束日期不能早于开始日期，请核对"),
    "stage_outside": _("阶段日期应在活动起止日期之内，请核对"),
    "stages_overlap": _("各阶段的日期不能重叠，请核对"),
}


class YuanField(forms.CharField):
    """An amount typed in 元 ("1,234.50") and kept in 分."""

    def prepare_value(self, value: Any) -> Any:
        return money.show(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return money.parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]
    """A column of 分 that people read and type in 元."""

    def formfield(self, **kwargs: Any) -> Any:
        return YuanField(label=self.verbose_name, required=not self.blank, help_text=self.help_text,
                         widget=kwargs.get("widget", forms.TextInput))

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigIntegerField", args, kwargs


class State(models.TextChoices):
    FILED = rules.FILED, _("已备案")
    OPEN = rules.OPEN, _("报名中")
    HELD = rules.HELD, _("已举办")
    CANCELLED = rules.CANCELLED, _("已取消")


class Kind(models.TextChoices):
    THEME = "theme", _("主题活动")
    LECTURE = "lecture", _("讲座")
    VISIT = "visit", _("参观")
    CONTEST = "contest", _("比赛")
    SHOW = "show", _("演出")
    MEETING = "meeting", _("会议")


class Campaign(Record):
    """An umbrella over activities of many units: stages, how many are planned, and how it ended. The unit leads it."""

    name = models.CharField(_("名称"), max_length=120)
    line = models.CharField(_("条线"), max_length=16, choices=Line, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    planned = models.PositiveIntegerField(_("计划活动数"), default=0)
    brief = models.TextField(_("活动要求"), blank=True)
    closed_on = models.DateField(_("总结日期"), null=True, blank=True)
    closing = models.TextField(_("总结"), blank=True)

    class Meta:
        verbose_name = _("系列活动")
        indexes = [models.Index(fields=["-starts_on", "-id"], name="campaign_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(withdrawn=False), name="one_campaign_a_name",
                                    violation_error_message=_("本单位已有同名的系列活动，请更换名称")),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_later",
                                   violation_error_message=PROBLEMS["ends_before_start"]),
        ]

    def __str__(self) -> str:
        return self.name

    def problems(self, *, lines: Lines | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        stages = [(one.starts_on, one.ends_on) for one in lines["stages"]] if lines and "stages" in lines else None
        for field, code in rules.campaign_problems(starts_on=self.starts_on, ends_on=self.ends_on,
                                                   closed_on=self.closed_on, stages=stages):
            yield field, PROBLEMS[code]


class Stage(models.Model):
    """A stretch of a campaign; activities belong to it by their day."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="stages")
    name = models.CharField(_("阶段"), max_length=60)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    brief = models.CharField(_("主要内容"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("阶段")
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="stage_ends_later",
                                              violation_error_message=PROBLEMS["stage_ends_before_start"])]

    def __str__(self) -> str:
        return self.name


class Event(Record):
    """An activity, from filing with a budget to what it was; the unit holds it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="+",
                                 verbose_name=_("所属系列活动"), limit_choices_to={"withdrawn": False})
    title = models.CharField(_("活动名称"), max_length=120)
    line = models.CharField(_("条线"), max_length=16, choices=Line, blank=True)
    kind = models.CharField(_("形式"), max_length=12, choices=Kind, default=Kind.THEME)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True, help_text=_("当天结束的可以不填"))
    venue = models.CharField(_("地点"), max_length=120, blank=True)
    content = models.TextField(_("内容安排"), blank=True)
    capacity = models.PositiveIntegerField(_("总名额"), null=True, blank=True, help_text=_("不限的可以不填"))
    per_unit = models.PositiveIntegerField(_("每单位名额"), null=True, blank=True, help_text=_("不限的可以不填"))
    budget = MoneyField(_("预算（元）"), null=True, blank=True)
    head_count = models.PositiveIntegerField(_("参加人数"), null=True, blank=True, help_text=_("举办之后填写"))
    cost = MoneyField(_("支出（元）"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.FILED, editable=False)
    note = models.TextField(_("活动小结"), blank=True)

    class Meta:
        verbose_name = _("活动")
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="event_newest"),
            models.Index(fields=["state", "starts_on", "place"], name="event_rollup"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "title", "starts_on"], condition=Q(withdrawn=False),
                                    name="event_filed_once",
                                    violation_error_message=_("本单位当天已有同名活动，请查找后修改原记录")),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                                   name="event_ends_later",
                                   violation_error_message=PROBLEMS["ends_before_start"]),
            models.CheckConstraint(condition=(Q(cost__isnull=True) | Q(cost__gte=0))
                                   & (Q(budget__isnull=True) | Q(budget__gte=0)), name="event_amounts_not_negative",
                                   violation_error_message=PROBLEMS["negative_amount"]),
        ]

    def __str__(self) -> str:
        return self.title

    def settle(self) -> None:
        super().settle()
        # A number of people who came says that it was held; nobody has to say it twice.
        if self.head_count and self.state in (State.FILED, State.OPEN):
            self.state = State.HELD

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.event_problems(starts_on=self.starts_on, ends_on=self.ends_on, state=self.state,
                                                head_count=self.head_count, cost=self.cost, today=today):
            yield field, PROBLEMS[code]


class Allotment(Record):
    """The share of the year's money that a unit may spend on activities; what of it is used follows from the activities."""

    name = models.CharField(_("经费名称"), max_length=80)
    line = models.CharField(_("条线"), max_length=16, choices=Line, blank=True, help_text=_("不限条线的可以不填"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    amount = MoneyField(_("额度（元）"))
    paper = models.CharField(_("依据"), max_length=80, blank=True, help_text=_("批准额度的文号或会议"))

    class Meta:
        verbose_name = _("活动经费额度")
        indexes = [models.Index(fields=["-starts_on", "-id"], name="allotment_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name", "starts_on"], condition=Q(withdrawn=False), name="allotted_once",
                                    violation_error_message=_("本单位已有同名同期的额度，请查找后修改")),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="allotment_ends_later",
                                   violation_error_message=PROBLEMS["ends_before_start"]),
            models.CheckConstraint(condition=Q(amount__gt=0), name="allotment_positive",
                                   violation_error_message=PROBLEMS["no_amount"]),
        ]

    def __str__(self) -> str:
        return self.name

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.allotment_problems(starts_on=self.starts_on, ends_on=self.ends_on, amount=self.amount):
            yield field, PROBLEMS[code]

    def draws(self) -> Q:
        """The activities that draw on it: those of the unit and below, in its line and its days."""
        own = within((self.unit.place,)) & Q(starts_on__range=(self.starts_on, self.ends_on), withdrawn=False)
        return own & Q(line=self.line) if self.line else own


class Outcome(models.TextChoices):
    SIGNED = rules.SIGNED, _("已报名")
    CAME = rules.CAME, _("到场")
    AWAY = rules.AWAY, _("未到")


class Signup(Record):
    """A person's place in an activity, and whether they came; the unit is the person's."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="signups", verbose_name=_("活动"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    outcome = models.CharField(_("到场情况"), max_length=8, choices=Outcome, default=Outcome.SIGNED)

    class Meta:
        verbose_name = _("报名")
        indexes = [models.Index(fields=["event", "outcome", "place"], name="signup_rollup")]
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], condition=Q(withdrawn=False), name="signed_up_once",
                                    violation_error_message=_("此人已经报名，无需重复报名")),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.event}"

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.withdrawn:
            return
        event = self._held() or _locked(self.event_id)
        taken = taken_by_unit = 0
        if event.state == State.OPEN:  # only then is there a place to be had
            others = Signup.objects.filter(event=self.event_id, withdrawn=False).exclude(pk=self.pk)
            taken, taken_by_unit = others.count(), others.filter(unit=self.unit_id).count()
        for field, code in rules.signup_problems(
                state=event.state, outcome=self.outcome, capacity=event.capacity, taken=taken,
                per_unit=event.per_unit, taken_by_unit=taken_by_unit):
            yield field, PROBLEMS[code]

    def _held(self) -> Event | None:
        """The activity where it is at hand and was held: it stays so, and ten thousand need not each ask for it again."""
        event: Event | None = self._state.fields_cache.get("event")
        return event if event is not None and event.state == State.HELD else None


def places_taken(event: Event) -> int:
    """How many people have a place, of whatever unit."""
    return Signup.objects.filter(event=event, withdrawn=False).count()


def _locked(pk: int) -> Event:
    """The activity, held until the transaction ends, so that two people cannot both take the last place."""
    rows = Event.objects.select_for_update() if connection.in_atomic_block else Event.objects
    return rows.get(pk=pk)
