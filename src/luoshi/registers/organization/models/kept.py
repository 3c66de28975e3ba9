"""Terms of office, guidance visits and improvement sheets as stored; units and people are the foundation's."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record
from luoshi.kernel.periods import term_end

from .. import rules
from ..rules import elected

Lines = Mapping[str, Sequence[Any]]  # parts of a record as they shall be, by their reverse name

PROBLEMS = {
    "later_than_today": _("日期不能晚于今天，请改为实际日期"),
    "no_term": _("任期至少为 1 年，请填写任期年数，例如 3"),
    "ends_before_start": _("结束日期不能早于当选日期，请核对"),
    "extension_not_approved": _("延期换届须经上级批准，请填写批准文号"),
    "extension_within_term": _("延期截止日期应晚于任期届满日期，请核对"),
    "extension_over_a_year": _("延期一般不超过 1 年，确需超过的请在“说明”中写明理由"),
    "extension_over_half_a_year": _("团支部延期一般不超过 6 个月，确需超过的请在“说明”中写明理由"),
    "years_differ": _("工会任期为 3 年或 5 年，团委为 3 至 5 年，团支部、团总支为 3 年，请核对任期年数"),
    "temporary_body": _("只有支部、总支部和委员会可以设为临时，请核对组织类型"),
    "move_by_page": _("调整上级须写明生效日期和批准文号，请在该组织页面选择“调整隶属关系”"),
    "parent_inside": _("上级不能是本组织或其下级，请另选上级"),
    "parent_unchanged": _("所选上级就是现在的上级，请另选上级"),
    "other_system": _("所选上级属于另一个系统，请在同一系统中选择"),
    "found_day": _("成立日期不能早于上级的成立日期，也不能晚于今天，请核对"),
    "move_day": _("生效日期应在上次调整之后、今天之前（含今天），请核对"),
    "close_day": _("撤销日期应在成立之后、今天之前（含今天），请核对"),
    "no_document": _("请填写批准文号或会议决定的名称"),
    "posts_later": _("有任职自生效日期当天或以后开始，请改用较晚的生效日期，或先更正这些任职"),
    "no_source": _("请至少选择 1 个并入的组织"),
    "one_part": _("分设后应有 2 个以上组织：原组织撤销的至少新设 2 个，保留的至少新设 1 个"),
    "code_twice": _("新组织的编码不能相同，请修改"),
    "not_placed": _("原组织撤销的，每名党员和每个下级组织都须选定去向，请补充"),
    "nobody_goes": _("“%(name)s”还没有人员，请为其选择人员"),
    "same_person": _("移交人和接收人不能是同一人，请另选接收人"),
    "operation_backwards": _("结束日期不能早于开始日期，请核对"),
    "plan_without_text": _("已填写方案确定日期，请写明保障方案"),
    "plan_without_day": _("已填写保障方案，请填写方案确定日期"),
    "plan_before_entry": _("方案确定日期不能早于列入日期，请核对"),
    "report_missing": _("需要上报总结的，办结前请填写总结"),
    "closed_before_start": _("办结日期不能早于开始日期，请核对"),
    "branch_still_open": _("临时党支部还没有撤销，请先在本页撤销临时党支部"),
    "audit_backwards": _("审查期间的止日不能早于起日，请核对"),
    "audit_before_end": _("审查日期不能早于审查期间的止日，请核对"),
    "finding_before_review": _("整改期限和完成日期不能早于审查日期，请核对"),
    "units_below": _("该组织还有下级组织，请先调整或撤销下级组织"),
    "due_without_follow_up": _("已填写办理期限，请写明后续事项"),
    "due_before_visit": _("办理期限不能早于走访日期，请核对"),
    "closed_before_visit": _("办结日期不能早于走访日期，请核对"),
    "no_study": _("“学习能力”至少填写 1 项措施"),
    "no_education": _("“教育能力”至少填写 1 项措施"),
    "no_innovation": _("“创新能力”至少填写 1 项措施"),
    "no_service": _("“服务能力”至少填写 1 项措施"),
    "many_study": _("“学习能力”最多填写 3 项措施，请合并"),
    "many_education": _("“教育能力”最多填写 3 项措施，请合并"),
    "many_innovation": _("“创新能力”最多填写 3 项措施，请合并"),
    "many_service": _("“服务能力”最多填写 3 项措施，请合并"),
}


class Term(Record):
    """One term of office of a unit's committee, or of the secretary where it has none."""

    number = models.PositiveSmallIntegerField(_("届次"), help_text=_("第几届，例如 3"))
    elected_on = models.DateField(_("当选日期"))
    years = models.PositiveSmallIntegerField(_("任期（年）"), blank=True, default=0,
                                             help_text=_("留空或填 0 时按组织类型计算：委员会和工会 5 年，总支部、支部 3 年"))
    due_on = models.DateField(_("届满日期"), editable=False)
    # The first day without a body in its term; what the state indicator asks.
    lapses_on = models.DateField(editable=False)
    extended_to = models.DateField(_("延期至"), null=True, blank=True)
    approval = models.CharField(_("批准文号"), max_length=60, blank=True)
    ended_on = models.DateField(_("实际换届日期"), null=True, blank=True)
    reason = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("届次")
        indexes = [models.Index(fields=["due_on", "id"], name="term_due"),
                   models.Index(fields=["place", "elected_on"], name="term_place")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], condition=Q(withdrawn=False), name="one_term_a_number",
                                    violation_error_message=_("本单位已登记过这一届，请查找后修改原记录")),
            models.CheckConstraint(condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("elected_on")),
                                   name="term_ends_later", violation_error_message=PROBLEMS["ends_before_start"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.elected_on} {self.due_on}"

    def settle(self) -> None:
        super().settle()
        if not self.years:
            self.years = elected.usual_years(system=self.unit.system, body=self.unit.body)
        if isinstance(self.elected_on, date):
            self.due_on = term_end(self.elected_on, self.years)
            self.lapses_on = rules.lapse(elected=self.elected_on, years=self.years, extended_to=self.extended_to,
                                         ended=self.ended_on)

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.term_problems(
                elected=self.elected_on, years=self.years, ended=self.ended_on, extended_to=self.extended_to,
                approval=self.approval, reason=self.reason, today=today, months=self._months,
                years_fit=elected.years_fit(system=self.unit.system, body=self.unit.body, years=self.years)):
            yield field, PROBLEMS[code]

    def state(self, today: date) -> rules.State:
        return rules.term_state(elected=self.elected_on, years=self.years, today=today, extended_to=self.extended_to,
                                ended=self.ended_on, months=self._months)

    def stage(self, today: date) -> int:
        """How many months at most are left: 6, 3, 1, or 0 for more and for none."""
        return elected.stage(elected=self.elected_on, years=self.years, today=today)

    @property
    def _months(self) -> int:
        return elected.extension_months(system=self.unit.system, body=self.unit.body)


class Way(models.TextChoices):
    VISIT = "visit", _("实地走访")
    CALL = "call", _("电话、视频")
    MEETING = "meeting", _("座谈")
    OFFICE = "office", _("来访接待")


class Guidance(Record):
    """A contact with a unit that is guided: who went, about what, and what follows. The unit is the one visited."""

    visitor = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("联系人"))
    visited_on = models.DateField(_("联系日期"))
    way = models.CharField(_("方式"), max_length=8, choices=Way, default=Way.VISIT)
    subject = models.CharField(_("事项"), max_length=200)
    found = models.TextField(_("了解到的情况"), blank=True)
    follow_up = models.CharField(_("后续事项"), max_length=200, blank=True)
    follow_up_due = models.DateField(_("办理期限"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("联系指导")
        indexes = [models.Index(fields=["-visited_on", "-id"], name="guidance_newest"),
                   models.Index(fields=["visited_on", "place"], name="guidance_rollup")]
        constraints = [
            models.CheckConstraint(condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("visited_on")),
                                   name="guidance_closed_later",
                                   violation_error_message=PROBLEMS["closed_before_visit"]),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.subject}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.guidance_problems(
                visited_on=self.visited_on, follow_up=self.follow_up, follow_up_due=self.follow_up_due,
                closed_on=self.closed_on, today=today):
            yield field, PROBLEMS[code]


class Heading(models.TextChoices):
    STUDY = "study", _("学习能力")
    EDUCATION = "education", _("教育能力")
    INNOVATION = "innovation", _("创新能力")
    SERVICE = "service", _("服务能力")


class Improvement(Record):
    """A unit's improvement sheet of one year: a few actions under four headings, reviewed at the half-year."""

    year = models.PositiveSmallIntegerField(_("年度"), help_text=_("例如 2026"))
    title = models.CharField(_("名称"), max_length=120)
    made_on = models.DateField(_("制定日期"))
    reviewed_on = models.DateField(_("回顾日期"), null=True, blank=True)
    review = models.TextField(_("半年回顾"), blank=True)

    class Meta:
        verbose_name = _("能力提升表")
        indexes = [models.Index(fields=["-made_on", "-id"], name="improvement_newest"),
                   models.Index(fields=["made_on", "place"], name="improvement_rollup")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], condition=Q(withdrawn=False), name="one_sheet_a_year",
                                    violation_error_message=_("本单位本年度已有能力提升表，请在原表上修改")),
        ]

    def __str__(self) -> str:
        return self.title

    def problems(self, *, today: date | None = None, lines: Lines | None = None,
                 **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.made_on > today:
            yield "made_on", PROBLEMS["later_than_today"]
        if lines and lines.get("actions"):  # a sheet may be begun without actions; it counts once it has them
            for field, code in rules.improvement_problems(headings=[one.heading for one in lines["actions"]]):
                yield field, PROBLEMS[code]


class Action(models.Model):
    """One action of a sheet, and in a sentence what came of it; numbers come from the records."""

    sheet = models.ForeignKey(Improvement, models.CASCADE, related_name="actions")
    heading = models.CharField(_("方面"), max_length=12, choices=Heading)
    text = models.CharField(_("措施"), max_length=200)
    due = models.DateField(_("完成期限"), null=True, blank=True)
    result = models.CharField(_("完成情况"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("措施")

    def __str__(self) -> str:
        return self.text
