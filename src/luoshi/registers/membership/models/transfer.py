"""A transfer of membership: letter, acceptance, receipt; out of the ministry, into it, or between two branches of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.documents.errors import PaperError
from luoshi.engine.documents.numbers import check_doc_no
from luoshi.foundation.people import MEMBER_POSTS, Person, Position, Post
from luoshi.foundation.record import Record
from luoshi.foundation.units import Body, System, Unit
from luoshi.kernel.moves import Moves

from ..rules import transfer as rules
from .development import higher_place
from .transfer_words import sentence


class Kind(models.TextChoices):
    OUT = rules.OUT, _("转出本部")
    IN = rules.IN, _("从外部转入")
    WITHIN = rules.WITHIN, _("本部内转接")


class TransferState(models.TextChoices):
    DRAFTED = rules.DRAFTED, _("待开介绍信")
    ISSUED = rules.ISSUED, _("待接收")
    ACCEPTED = rules.ACCEPTED, _("待返回执")
    DONE = rules.DONE, _("已办结")
    REFUSED = rules.REFUSED, _("已退回")


class Cause(models.TextChoices):
    WORK = "work", _("工作调动")
    STUDY = "study", _("外出学习")
    HOME = "home", _("居住地变化")
    RETIRED = "retired", _("离退休")
    UNIT = "unit", _("组织调整")
    OTHER = "other", _("其他")


MOVES = Moves(states=dict(TransferState.choices), allowed=rules.STEPS, start=rules.DRAFTED, ends=frozenset({rules.DONE}))
POSTS = [(one.value, one.label) for one in MEMBER_POSTS]
CORE = ("kind", "unit_id", "person_id", "receiver_id", "outside", "post")  # fixed once the member has arrived
ARRIVED = (TransferState.ACCEPTED, TransferState.DONE)
UNDERWAY = Q(state__in=(rules.DRAFTED, rules.ISSUED, rules.REFUSED))


def day(label: Any, **more: Any) -> Any:
    return models.DateField(label, null=True, blank=True, **more)


class Transfer(Record):
    """The unit is the branch that sends, for a letter from outside the one that receives. The state follows from dates."""

    kind = models.CharField(_("类型"), max_length=6, choices=Kind, default=Kind.OUT)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("党员"))
    newcomer = models.CharField(_("转入人员姓名"), max_length=60, blank=True, help_text=_("从外部转入的新人员填写"))
    newcomer_number = models.CharField(_("转入人员工号"), max_length=32, blank=True)
    joined = day(_("入党日期"), help_text=_("从外部转入时填写"))
    post = models.CharField(_("党员身份"), max_length=16, choices=POSTS, default=Post.MEMBER, blank=True,
                            help_text=_("从外部转入时选择；转出的按名册确定"))
    receiver = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接收党支部"))
    outside = models.CharField(_("外部党组织"), max_length=120, blank=True, help_text=_("转往或转自的党组织全称"))
    cause = models.CharField(_("转接原因"), max_length=8, choices=Cause, default=Cause.WORK)
    drafted_on = models.DateField(_("提出日期"))
    letter_no = models.CharField(_("介绍信编号"), max_length=60, blank=True)
    # The committee whose letter it is; numbers are its own.
    issuer = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
                               verbose_name=_("开具单位"))
    issued_on = day(_("开具日期"))
    valid_days = models.PositiveSmallIntegerField(_("有效期（天）"), default=rules.USUAL_DAYS, help_text=_("最长 90 天"))
    valid_until = day(_("有效期至"), editable=False)
    presented_on = day(_("报到日期"), help_text=_("本人持介绍信报到的日期"))
    accepted_on = day(_("接收日期"), help_text=_("编入接收支部的日期，党员身份从这一天起转入"))
    case_taken = models.BooleanField(_("已收到发展党员材料"), default=False)
    receipt_on = day(_("回执日期"))
    receipt_due_on = day(_("回执应于何日前"), editable=False)
    refused_on = day(_("退回日期"))
    refusal = models.CharField(_("退回原因"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=TransferState, default=TransferState.DRAFTED, editable=False)

    class Meta:
        verbose_name = _("组织关系转接")
        indexes = [models.Index(fields=["place", "id"], name="transfer_place"),
                   models.Index(fields=["receiver", "state"], name="transfer_receiver"),
                   models.Index(fields=["receipt_due_on", "place"], name="transfer_receipt")]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(withdrawn=False) & UNDERWAY,
                                    name="one_transfer_a_person",
                                    violation_error_message=_("此人已有正在办理的转接，请在原记录上继续办理")),
            models.UniqueConstraint(fields=["issuer", "letter_no"], condition=Q(withdrawn=False) & ~Q(letter_no=""),
                                    name="one_letter_a_number",
                                    violation_error_message=_("这个编号的介绍信已经登记，请查找原记录")),
        ]

    def __str__(self) -> str:
        return _("%(name)s %(kind)s") % {"name": self.who, "kind": self.get_kind_display()}

    @property
    def who(self) -> str:
        """The member's name, also of one who is no person here yet."""
        return self.person.name if self.person_id and self.person else self.newcomer

    def settle(self) -> None:
        super().settle()
        issued, days = self.issued_on, self.valid_days
        if isinstance(days, int) and (issued is None or isinstance(issued, date)):
            self.valid_until = rules.valid_until(issued=issued, days=min(days, 9999)) if issued else None
            self.receipt_due_on = rules.receipt_due(kind=self.kind, issued=issued, days=min(days, 9999),
                                                    accepted=self.accepted_on)
        self.state = rules.state_of(issued=issued, accepted=self.accepted_on, receipt=self.receipt_on,
                                    refused=self.refused_on)
        if self.kind != Kind.IN and self.state in (TransferState.DRAFTED, TransferState.ISSUED) and self.person_id:
            here = self.membership()
            self.post = here.post if here else self.post
        self.post = self.post or Post.MEMBER
        if self.kind == Kind.IN or issued is None:
            self.issuer = None
        elif self.issuer_id is None:
            self.issuer = Unit.objects.get(place=higher_place(self.unit))

    def membership(self) -> Position | None:
        """The member's open post in the unit."""
        return Position.objects.filter(person=self.person_id, unit=self.unit_id, post__in=MEMBER_POSTS, until__isnull=True,
                                       withdrawn=False).order_by("-since").first()

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in self._found(today):
            yield field, sentence(code)
        if self.kind != Kind.IN and self.letter_no:
            try:
                check_doc_no(self.letter_no)
            except PaperError as error:
                yield "letter_no", str(error)

    def _found(self, today: date | None) -> Iterable[tuple[str, str]]:
        to = self.receiver
        yield from rules.side_problems(
            kind=self.kind, person=self.person_id is not None, newcomer=self.newcomer, number=self.newcomer_number,
            joined=self.joined, outside=self.outside, receiver=to is not None, same=self.receiver_id == self.unit_id,
            suits=to is not None and to.body == Body.BRANCH and to.system == System.PARTY and not to.temporary
            and (to.until is None or self.state in ARRIVED))
        yield from rules.letter_problems(kind=self.kind, drafted=self.drafted_on, number=self.letter_no,
                                         issued=self.issued_on, days=self.valid_days, today=today)
        yield from rules.course_problems(
            kind=self.kind, issued=self.issued_on, days=self.valid_days, presented=self.presented_on,
            accepted=self.accepted_on, receipt=self.receipt_on, refused=self.refused_on, refusal=self.refusal, today=today)
        stored = Transfer.objects.filter(pk=self.pk).values("state", *CORE).first() if self.pk else None
        if stored and stored["state"] != self.state and not (
                MOVES.can(stored["state"], self.state)
                and rules.step_allowed(kind=self.kind, before=stored["state"], after=self.state)):
            yield "", "step_not_allowed"
        if stored and stored["state"] in ARRIVED and any(stored[name] != getattr(self, name) for name in CORE):
            yield "", "facts_fixed"
        leaves = not stored or stored["state"] not in ARRIVED
        if self.kind != Kind.IN and self.person_id and leaves and self.membership() is None:
            yield "person", "not_member"
        if self.kind == Kind.IN and self.person_id and leaves and self._member_somewhere():
            yield "person", "already_member"

    def _member_somewhere(self) -> bool:
        return Position.objects.filter(person=self.person_id, post__in=MEMBER_POSTS, until__isnull=True, withdrawn=False,
                                       unit__body=Body.BRANCH, unit__temporary=False).exists()
