"""A case of developing a member from application to full member, and its reviews; every date is typed once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person, Position, Post
from luoshi.foundation.record import Record
from luoshi.foundation.units import Body, Unit

from ..rules import development as rules
from .development_words import DATES, NEEDS, Because, Conclusion, Recommended, State, sentence

Lines = Mapping[str, Sequence[Any]]
OPEN = (State.APPLIED, State.ACTIVIST, State.OBJECT, State.PROBATION)
ON_THE_WAY = Q(state__in=("applied", "activist", "object", "probation"))


def day(label: Any, **more: Any) -> Any:
    return models.DateField(label, null=True, blank=True, **more)


def heads(label: Any) -> Any:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def who(label: Any) -> Any:
    return models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label)


def paper(label: Any) -> Any:
    return models.CharField(label, max_length=60, blank=True)


class Case(Record):
    """One person's way into the Party; the unit is the branch. What stands below the dates follows from them."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    state = models.CharField(_("阶段"), max_length=10, choices=State, default=State.APPLIED, editable=False)
    applied_on = models.DateField(_("申请日期"), help_text=_("递交入党申请书的日期"))
    application_paper = models.CharField(_("申请书编号"), max_length=60, blank=True, help_text=_("没有编号的不填"))
    talked_on = day(_("谈话日期"))
    talked_by = who(_("谈话人"))
    activist_on = day(_("确定为积极分子日期"), help_text=_("支部委员会研究决定的日期"))
    recommended = models.CharField(_("推荐方式"), max_length=8, choices=Recommended, blank=True)
    activist_filed_on = day(_("备案日期"))
    contacts_on = day(_("指定日期"))
    contact_first = who(_("培养联系人"))
    contact_second = who(_("第二培养联系人"))
    # The class of activists: written by the register of training, never typed here.
    class_on = day(_("积极分子培训班结业日期"), editable=False)
    class_hours = models.PositiveSmallIntegerField(_("积极分子培训学时"), null=True, blank=True, editable=False)
    class_paper = models.CharField(_("积极分子培训证书编号"), max_length=60, blank=True, editable=False)
    object_on = day(_("支委会讨论同意日期"))
    heard_on = day(_("听取意见日期"), help_text=_("听取党小组、培养联系人、党员和群众意见的日期"))
    consented_on = day(_("上级同意日期"))
    consent_paper = paper(_("同意文号"))
    listed_on = day(_("列为发展对象日期"))
    sponsors_on = day(_("确定日期"))
    sponsor_first = who(_("入党介绍人"))
    sponsor_second = who(_("第二入党介绍人"))
    political_on = day(_("政治审查日期"))
    political_result = models.CharField(_("审查结论"), max_length=8, choices=Conclusion, blank=True)
    political_body = models.CharField(_("审查单位"), max_length=80, blank=True)
    political_paper = paper(_("审查材料编号"))
    trained_on = day(_("培训结束日期"))
    training_days = heads(_("培训天数"))
    training_hours = heads(_("培训学时"))
    training_special = models.BooleanField(_("特殊情况已批准免训"), default=False)
    training_paper = paper(_("培训证明编号"))
    committee_on = day(_("支委会审查日期"))
    prereviewed_on = day(_("预审合格日期"))
    prereview_paper = paper(_("预审文号"))
    leaves_on = day(_("预计离开本单位日期"), help_text=_("没有的不填"))
    form_on = day(_("填写入党志愿书日期"))
    admitted_on = day(_("支部大会日期"))
    admit_entitled = heads(_("应到会有表决权人数"))
    admit_present = heads(_("实到会有表决权人数"))
    admit_yes = heads(_("赞成票"))
    admit_no = heads(_("反对票"))
    admit_abstain = heads(_("弃权票"))
    admit_written = models.PositiveSmallIntegerField(
        _("其中书面意见"), null=True, blank=True, help_text=_("因故不能到会、会前书面表示意见的人数，已计入票数；没有的不填"))
    interviewed_on = day(_("谈话日期（上级党委）"))
    interviewed_by = models.CharField(_("谈话人（上级党委）"), max_length=60, blank=True)
    approved_on = day(_("批准日期"))
    approval_paper = paper(_("批复文号"))
    approval_reason = models.CharField(_("延长审批的说明"), max_length=200, blank=True,
                                       help_text=_("审批超过 3 个月时填写"))
    upfiled_on = day(_("报上级备案日期"))
    assigned_on = day(_("编入党支部日期"))
    oath_on = day(_("宣誓日期"))
    conversion_applied_on = day(_("转正申请日期"))
    conversion_checked_on = day(_("支委会审查日期（转正）"))
    extended_on = day(_("延长决定日期"), help_text=_("支部大会决定延长的日期"))
    extension_months = models.PositiveSmallIntegerField(_("延长月数"), null=True, blank=True,
                                                        validators=[MaxValueValidator(120)])
    converted_on = day(_("转正大会日期"))
    convert_entitled = heads(_("应到会有表决权人数（转正）"))
    convert_present = heads(_("实到会有表决权人数（转正）"))
    convert_yes = heads(_("赞成票（转正）"))
    convert_no = heads(_("反对票（转正）"))
    convert_abstain = heads(_("弃权票（转正）"))
    convert_written = models.PositiveSmallIntegerField(_("其中书面意见（转正）"), null=True, blank=True)
    by_organisation = models.BooleanField(_("因组织原因推迟讨论"), default=False,
                                          help_text=_("勾选后，转正日期从预备期满之日算起"))
    conversion_approved_on = day(_("转正批准日期"))
    conversion_paper = paper(_("转正批复文号"))
    archived_on = day(_("归档日期"))
    cancelled_on = day(_("取消资格日期"))
    cancel_paper = paper(_("取消资格文号"))
    ended_on = day(_("终止日期"))
    ended_because = models.CharField(_("终止原因"), max_length=8, choices=Because, blank=True)

    waivers = models.JSONField(_("例外办理"), default=list, blank=True, editable=False)  # [{code, reason, on, by}]
    probation_ends_on = day(_("预备期满"), editable=False)
    full_on = day(_("转正日期"), editable=False)
    conversion_late_from = day(_("转正逾期日"), editable=False)
    decided_on = day(_("预备期结束日期"), editable=False)

    class Meta:
        verbose_name = _("发展党员")
        indexes = [models.Index(fields=["place", "id"], name="development_place"),
                   models.Index(fields=["state", "place"], name="development_state"),
                   models.Index(fields=["admitted_on", "place"], name="development_admitted")]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(withdrawn=False) & ON_THE_WAY,
                                    name="one_open_case_a_person",
                                    violation_error_message=_("此人已有正在办理的发展党员记录，请在原记录上继续办理")),
            models.UniqueConstraint(fields=["person", "applied_on"], condition=Q(withdrawn=False),
                                    name="one_application_a_day",
                                    violation_error_message=_("此人当天的入党申请已经登记，请查找原记录")),
        ]

    def __str__(self) -> str:
        return _("%(name)s 发展党员") % {"name": self.person}

    def settle(self) -> None:
        super().settle()
        if not isinstance(self.applied_on, date):
            return  # the fields are refused next, with a sentence
        for name, value in rules.settled(facts=self.facts(alone=True)).items():
            setattr(self, name, value)

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self._state.adding and self.person.unit_id != self.unit_id:
            yield "person", sentence(rules.Problem("apply", "person_elsewhere"), rules.VERSION_2026)
        if self._state.adding and self.person.joined and self.person.joined <= self.applied_on:
            yield "person", sentence(rules.Problem("apply", "already_member"), rules.VERSION_2026)
        if self.heard_on and self.object_on and self.heard_on > self.object_on:
            yield "heard_on", sentence(rules.Problem("object", "heard_after"), self.version_of("object"))
        for code, names in NEEDS.items():
            if getattr(self, DATES[code]) is not None:
                for name in names:
                    if getattr(self, name) in (None, ""):
                        yield name, _("请填写%(name)s") % {"name": self._meta.get_field(name).verbose_name}
        for one in rules.problems(facts=self.facts(), today=today):
            yield DATES[one.step], sentence(one, self.version_of(one.step))

    def version_of(self, code: str) -> str:
        """The text a step follows: that of its day."""
        return rules.version_on(day=getattr(self, DATES.get(code, ""), None) or date.max)

    def facts(self, *, alone: bool = False, people: bool = True) -> rules.Facts:
        """What the rules ask. `alone` leaves out other tables, which the phase and the dates do not need; without
        `people` contact persons and sponsors are not looked up. Reviews and notices prefetched are not read again.
        """
        on = {code: value for code, name in DATES.items() if (value := getattr(self, name)) is not None}
        saved = not alone and self.pk is not None
        return rules.Facts(
            on=on, born=self.person.born, political=self.political_result, leaves_on=self.leaves_on,
            contacts=self.full("contact") if people and not alone else (),
            sponsors=self.full("sponsor") if people and not alone else (),
            training=(self.training_days, self.training_hours, self.training_special),
            admission=self.vote("admit"), conversion=self.vote("convert"), approval_reason=self.approval_reason,
            extension=self.extension_months, by_organisation=self.by_organisation,
            waived=frozenset(one["code"] for one in self.waivers),
            reviews=tuple(rules.Review(r.kind, r.due_on, r.held_on) for r in self.reviews.all() if not r.withdrawn)
            if saved else (),
            notices=tuple(n.fact() for n in self.notices.all() if not n.withdrawn) if saved else ())

    def vote(self, which: str) -> rules.Vote | None:
        """The vote of "admit" or "convert"; None where its numbers are not there."""
        entitled, present, yes = (getattr(self, f"{which}_{name}") for name in ("entitled", "present", "yes"))
        if entitled is None or present is None or yes is None:
            return None
        rest = (getattr(self, f"{which}_{name}") or 0 for name in ("no", "abstain", "written"))
        return rules.Vote(entitled, present, yes, *rest)

    def full(self, role: str) -> tuple[bool, ...]:
        """For each "contact" or "sponsor": whether a full member on the day of appointment."""
        people = [key for n in ("first", "second") if (key := getattr(self, f"{role}_{n}_id"))]
        on = getattr(self, f"{role}s_on")
        if not people or on is None:
            return ()
        able = set(Position.objects.filter(
            Q(until__isnull=True) | Q(until__gt=on), person__in=people, post=Post.MEMBER, since__lte=on, withdrawn=False,
        ).values_list("person", flat=True))
        return tuple(key in able for key in people)


class Review(Record):
    """A half-yearly review of an activist or a member on probation. The next one waits without a day of its own."""

    class Kind(models.TextChoices):
        ACTIVIST = "activist", _("积极分子考察")
        PROBATION = "probation", _("预备党员考察")

    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews", verbose_name=_("发展党员"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField(_("次数"))
    due_on = models.DateField(_("应于何日前"))
    held_on = day(_("考察日期"))
    reviewer = who(_("考察人"))
    report_on = day(_("书面汇报收到日期"), help_text=_("没有收到的不填；汇报原件由支部保存"))

    class Meta:
        verbose_name = _("培养考察")
        indexes = [models.Index(fields=["due_on", "place"], name="development_review_due")]
        constraints = [models.UniqueConstraint(
            fields=["case", "kind", "number"], condition=Q(withdrawn=False), name="one_review_a_number",
            violation_error_message=_("这一次考察已经登记，请刷新页面"))]

    def __str__(self) -> str:
        return f"{self.case.person} {self.get_kind_display()} {self.number}"

    def settle(self) -> None:
        self.unit = self.case.unit if self.case.unit_id != self.unit_id else self.unit
        super().settle()

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.held_on is None:
            return
        if today is not None and self.held_on > today:
            yield "held_on", sentence(rules.Problem("cultivate", "later_than_today"), rules.VERSION_2026)
        since = self.case.activist_on if self.kind == Review.Kind.ACTIVIST else self.case.admitted_on
        if since and self.held_on < since:
            yield "held_on", sentence(rules.Problem("cultivate", "review_too_early", needs=since.isoformat()),
                                      rules.VERSION_2026)


IN_TIME = Q(held_on__isnull=False) & Q(held_on__lte=F("due_on"))


def higher_place(unit: Unit) -> str:
    """The place whose rights the acts of the higher organisation need: that of the nearest committee above.

    A general branch approves only where it is authorised (Art. 25, recall): it is then given the right by the committee.
    """
    above = unit.parent
    while above and above.body != Body.COMMITTEE and above.parent:
        above = above.parent
    return above.place if above else unit.place
